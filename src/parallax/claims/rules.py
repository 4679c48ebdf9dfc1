"""The rules: what lexicons and grammar alone make of a report, passage by passage.

The way of a report: passages, each cut into words and noun groups; triggers and their
frames give drafts (`harms`, `acts`, `states`); attributions give the voice; days and
places are taken from the passage or from what was said before. The network reads the
same passages with what the rules found marked in them; the rules alone are the floor.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from parallax.claims import (
    acts,
    counting,
    days,
    denials,
    doers,
    harms,
    losses,
    passages,
    places,
    roles,
    scopes,
    stances,
    states,
    tellings,
    voices,
)
from parallax.claims.drafts import Draft, Parsed, Words
from parallax.claims.lexicons import words
from parallax.claims.repeats import Reading
from parallax.claims.sentences import Sentence
from parallax.claims.victims import harmed, target_class, victim_class
from parallax.model import (
    ACTS,
    HARMS,
    Days,
    Kind,
    Mention,
    Passage,
    Report,
    Scope,
    Stance,
    VictimClass,
    ZoneKind,
)

_LONGEST = 4000
_LEAD = 500
_TIMELESS = (Kind.TRUCE,)
_NEAR = 62
_DENIED_WITHIN = 200
_YEAR = re.compile(r"\d{4}")


@dataclass(slots=True)
class _Carried:
    """What a passage takes over from those before it."""

    when: Days | None = None
    where: Mention | None = None
    places: list[Mention] = field(default_factory=list)
    who: Mention | None = None
    whom_class: VictimClass = VictimClass.UNKNOWN
    loser: Mention | None = None
    told: list[Reading] = field(default_factory=list)
    told_at: int = -1


@dataclass(slots=True)
class Seen:
    """One passage, and what the rules found in it; the days and places are those named in it, told of or not."""

    passage: Passage
    parsed: Parsed
    attributed: list[voices.Attribution]
    days: tuple[days.DayMention, ...]
    places: list[Mention]
    readings: list[Reading]


def look(report: Report, stretches: Sequence[Passage]) -> list[Seen]:
    """What the rules find in these passages of a report, in order; what one says carries over to the next."""
    parsed = [counting.read(passage.text) for passage in stretches]
    lean = acts.leaning(one.sentence for one in parsed)
    memory, carried = voices.Memory(), _Carried(where=_titled(report))
    published = _anchor(report)
    seen = [
        _see(passage, one, lean, memory, carried, published) for passage, one in zip(stretches, parsed, strict=True)
    ]
    spoken = [reading.voice for one in seen for reading in one.readings]
    named = iter(
        voices.name_monitors(
            [None if voice is not None and voices.is_place_alone(voice, carried.places) else voice for voice in spoken]
        )
    )
    told = _commonest(carried.places)
    for one in seen:
        one.readings = [replace(reading, voice=next(named), where=reading.where or told) for reading in one.readings]
    return seen


def stretches(report: Report) -> list[Passage]:
    """The passages of a report that may carry claims, the longest cut into pieces; page clutter is left out."""
    told_in = [p for p in passages.split(report.text, report.zones) if p.zone is not ZoneKind.CLUTTER]
    return [piece for passage in told_in for piece in passages.pieces(passage, _LONGEST)]


def _titled(report: Report) -> Mention | None:
    """The place that the report's title names, where the text names it too; it holds until the text names one."""
    if not report.title:
        return None
    sentence = counting.read(report.title[:_LONGEST]).sentence
    for ground in places.grounds(sentence, []):
        words_ = sentence.words(ground.first, ground.end) if ground.named else ""
        at = report.text.find(words_) if words_ else -1
        if at >= 0:
            return Mention(at, at + len(words_), words_)
    for index in range(len(sentence)):
        name = sentence.words(index, index + 1)
        if sentence.tags[index] != "N" or not sentence.is_capital(index) or len(name) < 3:
            continue
        found = re.search(
            rf"\b(?:in|at|near|into|before|outside|towards)\s+(?:the\s+)?({re.escape(name)})\b", report.text
        )
        if found:
            return Mention(*found.span(1), found[1])
    return None


def _commonest(named: list[Mention]) -> Mention | None:
    """The place that the report names most, by its last word; the first of them told."""
    counts = Counter(mention.text.split()[-1] for mention in named)
    return max(named, key=lambda mention: (counts[mention.text.split()[-1]], -mention.start)) if named else None


def _anchor(report: Report) -> date | None:
    """The day from which "Monday" counts: the text's own dateline if it bears one, else the day of publication.

    A republished text keeps its weekdays, so that a dateline close to the given day goes before it.
    """
    published = report.published.day if report.published else None
    for mention in days.find(report.text[:_LEAD], published):
        before = report.text[max(0, mention.start - 12) : mention.start].lower().split()
        whole = _YEAR.search(mention.words) or tellings.is_dateline(report.text, mention.start, mention.end)
        dated = mention.days is not None and mention.days.length == 1 and whole
        if mention.days is None or not dated or (before and before[-1] in words("grammar", "day_prepositions")):
            continue
        if published is None or abs((mention.days.first - published).days) <= _NEAR:
            return mention.days.first
    return published


def _see(
    passage: Passage,
    parsed: Parsed,
    lean: Kind | None,
    memory: voices.Memory,
    carried: _Carried,
    published: date | None,
) -> Seen:
    sentence = parsed.sentence
    attributed = voices.attributions(sentence, passage.start, memory)
    drafts = _drafts(parsed, lean)
    found = days.find(passage.text, published, _last(carried))
    mentioned = _of_events(passage, found, carried)
    doers.settle(sentence, drafts)
    known = places.grounds(sentence, voices.source_words(sentence, passage.start, attributed))
    named = [_mention(passage, parsed, ground.words) for ground in known if ground.named]
    carried.places.extend(mention for mention in named if mention is not None)
    carried.loser = _mention(passage, parsed, losses.named(sentence)) or carried.loser
    readings = _denied(passage, sentence, attributed, carried)
    seen = Seen(passage, parsed, attributed, found, [mention for mention in named if mention is not None], readings)
    if not drafts:
        _carry(carried, mentioned)
        return seen
    drafts.sort(key=lambda draft: draft.trigger)
    doubted = stances.doubts_all(sentence)
    for draft in drafts:
        reading = _reading(passage, parsed, draft, attributed, mentioned, known, carried)
        if doubted and reading.stance is Stance.ASSERTED:
            reading = replace(reading, stance=Stance.DOUBTED)
        readings.append(reading)
    _carry(carried, mentioned)
    carried.told, carried.told_at = readings, passage.end
    return seen


def _denied(
    passage: Passage, sentence: Sentence, attributed: list[voices.Attribution], carried: _Carried
) -> list[Reading]:
    """What was told just before, where this passage denies it as a whole."""
    at = denials.place(sentence)
    near = carried.told_at >= 0 and passage.start - carried.told_at <= _DENIED_WITHIN
    return denials.denied(passage, at, attributed, carried.told) if at is not None and near else []


def _drafts(parsed: Parsed, lean: Kind | None) -> list[Draft]:
    """What the triggers of the passage say; arms destroyed or taken are no attack with them."""
    harmed = harms.find(parsed)
    stated = states.find(parsed, harmed)
    lost = [draft.whom for draft in stated if draft.kind is Kind.DAMAGE and draft.whom is not None]
    attacks = [act for act in acts.find(parsed, lean) if not any(first <= act.trigger[0] < end for first, end in lost)]
    fallen = next((harm for harm in harmed if harm.kind is Kind.KILLED and _is_armed(parsed, harm)), None)
    for act in attacks:
        if act.whom is None and fallen is not None:
            act.whom = fallen.whom
    return [*harmed, *attacks, *stated]


def _is_armed(parsed: Parsed, harm: Draft) -> bool:
    """Whether those killed are fighters, who are then what a strike without another target was aimed at."""
    return harm.whom is not None and victim_class(parsed.sentence, *harm.whom) is VictimClass.COMBATANT


def _reading(
    passage: Passage,
    parsed: Parsed,
    draft: Draft,
    attributed: list[voices.Attribution],
    mentioned: tuple[days.DayMention, ...],
    known: list[places.Ground],
    carried: _Carried,
) -> Reading:
    sentence = parsed.sentence
    attribution = voices.voice_at(attributed, draft.trigger[0])
    when = _when(sentence.starts[draft.trigger[0]], mentioned)
    ground = places.where(sentence, draft, known)
    scope = scopes.scope(sentence, draft, when, placed=ground is not None and ground.named)
    if when is None and scope is Scope.EVENT and not _is_standing(sentence, draft):
        when = carried.when
    where = (
        _mention(passage, parsed, ground.words) if ground and (ground.named or carried.where is None) else carried.where
    )
    if ground is not None and ground.named and not _is_ruin(draft, ground):
        carried.where = where
    who = _mention(passage, parsed, draft.who)
    if who is None and scope is Scope.EVENT and doers.inherits(draft):
        who = carried.who
    elif draft.kind in ACTS:
        carried.who = who or carried.who
    return Reading(
        start=passage.start,
        end=passage.end,
        kind=draft.kind,
        count=draft.count,
        whom=_whom(passage, parsed, draft, carried),
        whom_class=_class(parsed, draft, carried),
        who=who,
        where=where,
        when=when,
        voice=attribution.source if attribution else None,
        via=attribution.via if attribution else None,
        stance=stances.stance(sentence, draft, attribution.denies if attribution else False),
        scope=scope,
        certainty=_certainty(draft, attribution is not None),
        part=draft.part,
        headline=is_headline(passage),
        anaphor=draft.rules[:1] == ["anaphor"],
        at=_at(passage, parsed, draft),
    )


def _at(passage: Passage, parsed: Parsed, draft: Draft) -> int:
    """Where the claim is told: where its number begins, or its trigger if it has none."""
    trigger = parsed.sentence.starts[draft.trigger[0]]
    if draft.count is None:
        return passage.start + trigger
    said = [match.start() for match in re.finditer(re.escape(draft.count.text), passage.text)]
    return passage.start + min(said, key=lambda at: abs(at - trigger), default=trigger)


def _is_standing(sentence: Sentence, draft: Draft) -> bool:
    """Whether the claim tells of a state that no day told before dates: "now controls", a truce, a population."""
    if draft.kind is Kind.STRENGTH:
        heads = words("states", "battle_heads") | words("states", "nations")
        return draft.rules[:1] != ["strong"] and (draft.whom is None or sentence.norms[draft.whom[1] - 1] not in heads)
    if draft.kind is Kind.SEIZED:
        past = draft.trigger[1] - draft.trigger[0] == 1 and sentence.norms[draft.trigger[0]].endswith(
            ("ed", "took", "n")
        )
        return not past or roles.auxiliary(sentence, draft.trigger[0]) in ("has", "have", "had", "is", "are")
    return draft.kind in _TIMELESS


def _is_ruin(draft: Draft, ground: places.Ground) -> bool:
    """Whether the place is the thing destroyed, where nothing else that is told next need have happened."""
    whom = draft.whom
    return draft.kind is Kind.DAMAGE and whom is not None and whom[0] <= ground.first < whom[1]


def is_headline(passage: Passage) -> bool:
    """Whether the passage is a headline: zoned so, or the first line of the text and no sentence."""
    if passage.zone is ZoneKind.HEADLINE:
        return True
    return (
        passage.paragraph == 0 and passage.start == 0 and not passage.text.rstrip().endswith((".", "!", "?", "”", '"'))
    )


def _class(parsed: Parsed, draft: Draft, carried: _Carried) -> VictimClass:
    """The class of the harmed; "others" are of the class last named."""
    if draft.whom_class is not None:
        return draft.whom_class
    if draft.whom is None:
        return VictimClass.UNKNOWN
    named = victim_class(parsed.sentence, *draft.whom)
    if draft.kind in HARMS or draft.kind is Kind.STRENGTH:
        bare = draft.count is not None and draft.kind in HARMS and harmed(parsed, *draft.whom) is None
        if bare and carried.loser is not None:
            return VictimClass.COMBATANT
        if named is None:
            return carried.whom_class
        if draft.kind is Kind.STRENGTH and parsed.sentence.norms[draft.whom[1] - 1] == "men":
            return VictimClass.COMBATANT
        carried.whom_class = named
        return named
    if draft.kind in ACTS:
        return target_class(parsed.sentence, *draft.whom)
    return VictimClass.UNKNOWN


def _whom(passage: Passage, parsed: Parsed, draft: Draft, carried: _Carried) -> Mention | None:
    """The words for the harmed, their number left out; a bare number is of the body whose losses are told."""
    counted = draft.kind in HARMS or draft.kind is Kind.STRENGTH
    if not counted or draft.whom is None:
        return _mention(passage, parsed, draft.whom)
    span = harmed(parsed, *draft.whom)
    if span is not None:
        return _mention(passage, parsed, span)
    return _mention(passage, parsed, draft.loser) or (carried.loser if draft.kind in HARMS else None)


def _of_events(passage: Passage, found: tuple[days.DayMention, ...], carried: _Carried) -> tuple[days.DayMention, ...]:
    """The days named but those of the telling, which stand for the event only where no other day is known."""
    found = tuple(mention for mention in found if not tellings.is_old_style(passage.text, mention.end))
    kept = tuple(mention for mention in found if not tellings.is_telling(passage.text, mention))
    known = carried.when is not None or any(mention.days is not None for mention in kept)
    return kept if known else found


def _last(carried: _Carried) -> date | None:
    """The single day told last."""
    return carried.when.first if carried.when is not None and carried.when.length == 1 else None


def _when(at: int, mentioned: tuple[days.DayMention, ...]) -> Days | None:
    """The days named nearest to this offset in the passage."""
    dated = [
        (abs(mention.start - at), mention.start, mention.days) for mention in mentioned if mention.days is not None
    ]
    return min(dated, key=lambda row: row[:2])[2] if dated else None


def _carry(carried: _Carried, mentioned: tuple[days.DayMention, ...]) -> None:
    """Keep the day last stated, if it was short enough to be the day of a happening."""
    for mention in mentioned:
        if mention.days is not None and mention.days.length <= 7:
            carried.when = mention.days


def _mention(passage: Passage, parsed: Parsed, span: Words | None) -> Mention | None:
    if span is None or span[0] >= span[1]:
        return None
    start, end = parsed.sentence.starts[span[0]], parsed.sentence.ends[span[1] - 1]
    return Mention(passage.start + start, passage.start + end, passage.text[start:end])


def _certainty(draft: Draft, attributed: bool) -> float:
    """How sure the rules are: more for a stated number and a named object, less for bare acts."""
    score = 0.5 + 0.2 * (draft.count is not None) + 0.1 * (draft.whom is not None) + 0.1 * attributed
    return round(min(score, 0.95), 2)
