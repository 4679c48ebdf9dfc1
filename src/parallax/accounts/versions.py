"""What changed in the claims of one page from one version to the next."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from parallax.model import Mention, Statement

# What each slot says, in one or more forms: two claims agree on it where one of the forms is the same,
# for a later version may spell a place otherwise, or the same words may be resolved otherwise.
_SAID: Mapping[str, Callable[[Statement], tuple[Hashable, ...]]] = {
    "count": lambda s: (s.claim.count and (s.claim.count.low, s.claim.count.high),),
    "whom": lambda s: (_words(s.claim.whom),),
    "whom_class": lambda s: (s.claim.whom_class,),
    "who": lambda s: (_words(s.claim.who), s.who.key if s.who else _words(s.claim.who)),
    "where": lambda s: (_words(s.claim.where), s.place.name.casefold() if s.place else _words(s.claim.where)),
    "when": lambda s: (s.claim.when,),
    "voice": lambda s: (s.voice.key,),
    "stance": lambda s: (s.claim.stance,),
    "scope": lambda s: (s.claim.scope,),
}
SLOTS = tuple(_SAID)
# Two claims of one kind are the same claim, told again, where their sentences are alike by so much,
# or where this many more slots say the same than say something else.
ALIKE = 0.6
AGREE = 2


@dataclass(frozen=True, slots=True)
class Revision:
    """A claim in the earlier and the later version; None on one side: it was added, or is gone.

    `slots` are those that say something else now.
    """

    before: Statement | None
    after: Statement | None
    slots: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether both versions say it, and say the same."""
        return self.before is not None and self.after is not None and not self.slots


def revisions(before: Sequence[Statement], after: Sequence[Statement], texts: tuple[str, str]) -> tuple[Revision, ...]:
    """The claims of two versions matched: those that stand in the later one by place, then those that are gone.

    Claims of one kind are paired, the most alike first: by their sentences in `texts`, the earlier
    and the later, and by how many slots say the same.
    """
    pairs = []
    for i, old in enumerate(before):
        for j, new in enumerate(after):
            if old.claim.kind is new.claim.kind:
                likeness = fuzz.ratio(_sentence(old, texts[0]), _sentence(new, texts[1])) / 100
                agree = len(SLOTS) - 2 * len(_differing(old, new))
                if likeness >= ALIKE or agree >= AGREE:
                    pairs.append((-likeness - agree / len(SLOTS), abs(old.claim.start - new.claim.start), i, j))
    old_of: dict[int, int] = {}
    for _, _, i, j in sorted(pairs):
        if i not in old_of.values() and j not in old_of:
            old_of[j] = i
    found = [
        Revision(before[old_of[j]], new, _differing(before[old_of[j]], new)) if j in old_of else Revision(None, new)
        for j, new in enumerate(after)
    ]
    kept = set(old_of.values())
    return (*found, *(Revision(old, None) for i, old in enumerate(before) if i not in kept))


def _sentence(statement: Statement, text: str) -> str:
    return text[statement.claim.start : statement.claim.end]


def _differing(old: Statement, new: Statement) -> tuple[str, ...]:
    return tuple(slot for slot, said in _SAID.items() if not set(said(old)) & set(said(new)))


def _words(mention: Mention | None) -> str | None:
    return mention.text.casefold() if mention else None
