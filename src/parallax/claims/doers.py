"""Who did it: the words that name an actor, cleaned of the act and of what names nobody."""

from __future__ import annotations

from parallax.claims import roles
from parallax.claims.drafts import Draft, Words
from parallax.claims.lexicons import words
from parallax.claims.sentences import Sentence
from parallax.model import ACTS, Kind

_DONE = (Kind.KILLED, Kind.INJURED, Kind.DAMAGE, *ACTS)


def settle(sentence: Sentence, drafts: list[Draft]) -> None:
    """Clean each draft's doer; a harm without one takes that of the act told nearest to it in the passage."""
    for draft in drafts:
        draft.who = _named(sentence, draft.who)
    acts = [draft for draft in drafts if draft.kind in ACTS and draft.who is not None]
    for draft in drafts:
        if draft.who is None and draft.kind in _DONE and acts:
            nearest = min(acts, key=lambda act: (abs(act.trigger[0] - draft.trigger[0]), act.trigger))
            draft.who = nearest.who


def inherits(draft: Draft) -> bool:
    """Whether a draft without a doer can take the one last named in the report."""
    return draft.who is None and draft.kind in _DONE


def _named(sentence: Sentence, span: Words | None) -> Words | None:
    """The part of these words that names an actor: "an alleged Israeli airstrike" names "Israeli"."""
    if span is None:
        return None
    first, end = span
    if sentence.tags[first] == "R" or sentence.norms[end - 1] in words("grammar", "victims_else"):
        return None
    acts = [i for i in range(first, end) if sentence.norms[i] in words("actors", "act_nouns")]
    if acts:
        end = acts[0]
        known = [i for i in range(first, end) if _is_actor(sentence, i)]
        return (known[0], known[-1] + 1) if known else None
    if any(_is_actor(sentence, i) for i in range(first, end)) or roles.is_people(sentence, first, end):
        return span
    return None


def _is_actor(sentence: Sentence, index: int) -> bool:
    if sentence.norms[index] in words("actors", "words") or sentence.norms[index] in words("people", "combatant"):
        return True
    return index > 0 and sentence.is_capital(index) and sentence.tags[index] == "N"
