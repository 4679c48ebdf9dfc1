"""The words that say where: the most specific place named for a claim. Resolving them is another room's work."""

from __future__ import annotations

from dataclasses import dataclass

from parallax.claims import roles
from parallax.claims.drafts import Draft, Words
from parallax.claims.lexicons import words
from parallax.claims.sentences import Group, Sentence
from parallax.model import ACTS, Kind

_PREPOSITIONS = words("grammar", "places_prepositions")


@dataclass(frozen=True, slots=True)
class Ground:
    """A place phrase of a passage; `named` where it bears a name ("the market in Hesna"), not only a noun."""

    first: int
    end: int
    named: bool

    @property
    def words(self) -> Words:
        return self.first, self.end


def grounds(sentence: Sentence, sources: list[Words]) -> list[Ground]:
    """The place phrases of a passage, in order; what stands inside the words of a source is none."""
    found: list[Ground] = []
    for group in sentence.groups:
        before = sentence.norms[group.first - 1] if group.first else ""
        if before == "of" and not _of_place(sentence, group.first - 2):
            continue
        if _is_told_from(sentence, group.first - 1):
            continue
        if before not in _PREPOSITIONS or any(first <= group.first < end for first, end in sources):
            continue
        ground = _ground(sentence, group, before)
        if ground is not None and not (found and found[-1].end > ground.first):
            found.append(ground)
    return found


def _is_told_from(sentence: Sentence, index: int) -> bool:
    """Whether the preposition here leads to where the news came from or was told: "a despatch from", "arrived at"."""
    if index < 1 or sentence.norms[index] not in ("from", "at", "in", "of", "via"):
        return sentence.norms[index : index + 1] == ["via"]
    return sentence.norms[index - 1] in words("grammar", "places_telling")


def _of_place(sentence: Sentence, index: int) -> bool:
    """Whether "of" after this word can lead to a place: "west of", "the shelling of", not "the death of"."""
    norm = sentence.norms[index] if index >= 0 else ""
    known = words("things", "compass") | words("things", "places") | words("actors", "act_nouns")
    return (
        norm in known or norm in words("things", "takable") or norm in ("control", "part", "parts", "siege", "capture")
    )


def where(sentence: Sentence, draft: Draft, known: list[Ground]) -> Ground | None:
    """The place of one claim: what it took, its target, the first place after its trigger, or the last before."""
    if draft.where is not None:
        return Ground(*draft.where, _is_named(sentence, *draft.where))
    if draft.whom is not None and (draft.kind in ACTS or draft.kind is Kind.DAMAGE):
        first, end = draft.whom
        inside = [ground for ground in known if first <= ground.first < end and _is_area(sentence, ground)]
        if inside:
            return inside[0]
        target = Ground(first, end, _is_named(sentence, first, end))
        if _is_area(sentence, target) and any(n in words("things", "places") for n in sentence.norms[first:end]):
            return target
        if _is_named(sentence, first, end) and _only_name(sentence, first, end):
            return Ground(first, end, True)
    if draft.kind is Kind.WITHDREW:
        known = [ground for ground in known if not _is_goal(sentence, draft, ground)]
    named = [ground for ground in known if ground.named]
    areas = [ground for ground in named if _is_area(sentence, ground)]
    return _nearest(sentence, areas, draft) or _nearest(sentence, named, draft) or _nearest(sentence, known, draft)


def _is_goal(sentence: Sentence, draft: Draft, ground: Ground) -> bool:
    """Whether those who left went there: "fell back on the river", "withdrew to the town"."""
    before = sentence.norms[ground.first - 1] if ground.first else ""
    return ground.first >= draft.trigger[1] and before in words("grammar", "places_goal")


def _is_area(sentence: Sentence, ground: Ground) -> bool:
    """Whether a named place is more than one building, which a report names beside the place where it stands."""
    return ground.named and not any(
        n in words("things", "buildings") for n in sentence.norms[ground.first : ground.end]
    )


def _nearest(sentence: Sentence, known: list[Ground], draft: Draft) -> Ground | None:
    """The first after the trigger; else the first of the last run before it, which is the most specific."""
    after = [ground for ground in known if ground.first >= draft.trigger[0]]
    if after:
        return after[0]
    before = [ground for ground in known if ground.first < draft.trigger[0]]
    at = len(before) - 1
    while at > 0 and _runs_on(sentence, before[at - 1].end, before[at].first):
        at -= 1
    return before[at] if before else None


def _runs_on(sentence: Sentence, first: int, end: int) -> bool:
    """Whether two places are told in one run: "in Hesna, west of Tell Amra"."""
    return end - first <= 5 and all(sentence.tags[i] in "PND." for i in range(first, end))


def _ground(sentence: Sentence, group: Group, before: str) -> Ground | None:
    """The place that a group after a preposition names, cut at what follows the name."""
    first, end = group.first, group.end
    while end - 1 > first and sentence.norms[end - 1] in words("things", "compass"):
        end -= 1
    norms = sentence.norms[first:end]
    if any(sentence.tags[i] in "TR" for i in range(first, end)) or any(
        n in words("things", "no_places") for n in norms
    ):
        return None
    if roles.is_people(sentence, end - 1, end):
        return None
    noun = norms[-1] in words("things", "places")
    end = _with_of(sentence, end) if noun else end
    named = _is_named(sentence, first, end)
    if noun:
        return Ground(first, end, named)
    actor = any(norm in words("actors", "words") for norm in norms)
    if not named or actor or (before in ("from", "against", "over", "to") and end - first > 3):
        return None
    return Ground(first, end, True) if sentence.is_capital(end - 1) else None


def _with_of(sentence: Sentence, end: int) -> int:
    """The end of the phrase with its "of": "the town of Hesna", "the outskirts of Hesna village"."""
    while sentence.norms[end : end + 1] == ["of"] and (inner := sentence.group(end + 1)) is not None:
        if inner.first != end + 1 or not _is_named(sentence, inner.first, inner.end):
            break
        end = inner.end
    return end


def _is_named(sentence: Sentence, first: int, end: int) -> bool:
    """Whether a name stands in these words, as far as capitals tell."""
    if sentence.caseless:
        return any(
            sentence.norms[i] not in words("things", "places") for i in range(first, end) if sentence.tags[i] == "N"
        )
    return any(
        sentence.is_capital(i) and sentence.tags[i] == "N" and not _is_compound(sentence.norms[i])
        for i in range(first + (first == 0), end)
    )


def _is_compound(norm: str) -> bool:
    """Whether the word only says who holds a place: "Kurdish-held"."""
    return norm.rpartition("-")[2] in words("grammar", "places_compounds")


def _only_name(sentence: Sentence, first: int, end: int) -> bool:
    """Whether a target is a bare name and no people: "the shelling of Hesna"."""
    norms = sentence.norms[first:end]
    actor = any(norm in words("actors", "words") for norm in norms)
    return not actor and not roles.is_people(sentence, first, end) and sentence.is_capital(end - 1)
