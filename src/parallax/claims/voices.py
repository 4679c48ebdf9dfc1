"""Who vouches for what a passage says: sources before, after and between, across sentences, in chains.

An attribution is a source with the tokens it covers. "The army said that ..." covers
what follows, "..., activists said" what precedes, "according to ..." its sentence. In a
chain ("state television quoted a military source") the last link is the voice and the
first the one that passes it on. "He added" and a quotation that runs on keep the voice
of the passage before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise, takewhile

from parallax.claims import roles, sources
from parallax.claims.drafts import Words
from parallax.claims.lexicons import Phrases, all_forms, load, words
from parallax.claims.sentences import Sentence
from parallax.model import Mention

_ANAPHORS = tuple(tuple(phrase.split()) for phrase in load("voices")["anaphors"])
_DENY = words("grammar", "voices_deny")
_PHRASES = frozenset(("of", "for", "in", "at", "from", "with"))


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source and the token range it covers; `denies` where the cue is a denial."""

    source: Mention | None
    via: Mention | None
    covers: Words
    denies: bool = False


@dataclass(slots=True)
class Memory:
    """What carries over from passage to passage: the voices so far, the last, and whether its quotation is open."""

    voice: Mention | None = None
    via: Mention | None = None
    open_quote: bool = False
    spoken: list[Mention] = field(default_factory=list)


@cache
def _cues() -> frozenset[str]:
    return frozenset(all_forms(load("voices")["said"]))


@cache
def _weak() -> frozenset[str]:
    return frozenset(all_forms(load("voices")["weak"]))


@cache
def _according() -> Phrases:
    return Phrases(dict.fromkeys(load("voices")["according"], True))


def attributions(sentence: Sentence, offset: int, memory: Memory) -> list[Attribution]:
    """The attributions of one passage, in order; `memory` is read and brought up to date."""
    found = [
        *_by_colon(sentence, offset),
        *_by_hearsay(sentence, offset),
        *_by_preposition(sentence, offset, memory),
        *_by_verb(sentence, offset, memory),
    ]
    found.sort(key=lambda a: (a.covers[1] - a.covers[0], a.covers))
    if not found:
        found = _carried(sentence, memory)
    _remember(sentence, found, memory)
    return found


def source_words(sentence: Sentence, offset: int, found: list[Attribution]) -> list[Words]:
    """The token ranges of the sources that stand in this passage."""
    spans = []
    for mention in {m for a in found for m in (a.source, a.via) if m is not None}:
        inside = [i for i, start in enumerate(sentence.starts) if mention.start <= start + offset < mention.end]
        if inside:
            spans.append((inside[0], inside[-1] + 1))
    return spans


def voice_at(found: list[Attribution], index: int) -> Attribution | None:
    """The narrowest attribution that covers this token."""
    return next((a for a in found if a.covers[0] <= index < a.covers[1]), None)


def name_monitors(voices: list[Mention | None]) -> list[Mention | None]:
    """The voices with "a monitoring group" and the like replaced by the one monitor that the report names."""
    named = [v for v in voices if v is not None and _is_named_monitor(v)]
    unnamed = words("voices", "unnamed_monitors")
    if not named:
        return voices
    return [named[0] if v is not None and v.text.lower() in unnamed else v for v in voices]


def is_place_alone(voice: Mention, named: list[Mention]) -> bool:
    """Whether the voice is no more than a place where the report sets something, and no government."""
    last = voice.text.lower().removeprefix("the ")
    if last in words("actors", "words") | words("voices", "sources"):
        return False
    return any(voice.text == place.text or last == place.text.lower() for place in named)


def _is_named_monitor(voice: Mention) -> bool:
    parts = voice.text.lower().replace(",", " ").split()
    return (
        any(part in words("voices", "named_monitors") for part in parts)
        and any(part[0].isupper() and part.lower() not in ("a", "the") for part in voice.text.split())
        and voice.text.lower() not in words("voices", "unnamed_monitors")
    )


def _remember(sentence: Sentence, found: list[Attribution], memory: Memory) -> None:
    if found:
        memory.voice, memory.via = found[-1].source or memory.voice, found[-1].via
        memory.spoken.extend(a.source for a in found if a.source is not None)
    marks = sum(norm in ('"',) for norm in sentence.norms)
    opened = sum(norm in ("“", "«") for norm in sentence.norms) - sum(norm in ("”", "»") for norm in sentence.norms)
    if marks % 2:
        memory.open_quote = not memory.open_quote
    elif opened:
        memory.open_quote = opened > 0


def _carried(sentence: Sentence, memory: Memory) -> list[Attribution]:
    """A quotation that runs on, or that begins a passage of its own, keeps the voice before it."""
    starts_quoted = bool(sentence.norms) and sentence.norms[0] in sources.QUOTES
    if memory.voice is None or not (memory.open_quote or starts_quoted):
        return []
    return [Attribution(memory.voice, memory.via, (0, len(sentence)))]


def _by_colon(sentence: Sentence, offset: int) -> list[Attribution]:
    """ "SOHR: ten killed": a source before the first colon."""
    if ":" not in sentence.norms[1:7]:
        return []
    colon = sentence.norms.index(":", 1)
    norms = sentence.norms[:colon]
    if not any(norm in words("voices", "sources") for norm in norms) or any(
        tag in "VXP" for tag in sentence.tags[:colon]
    ):
        return []
    return [Attribution(_mention(sentence, (0, colon), offset), None, (colon + 1, len(sentence)))]


def _by_hearsay(sentence: Sentence, offset: int) -> list[Attribution]:
    """ "Rumours that ...": hearsay that opens the sentence vouches for its clause."""
    for index in range(min(4, len(sentence) - 1)):
        if sentence.norms[index] in words("voices", "hearsay") and sentence.norms[index + 1] == "that":
            if any(tag in "VP." for tag in sentence.tags[:index]):
                return []
            source = _mention(sentence, (0, index + 1), offset)
            return [Attribution(source, None, (index + 2, _sentence_end(sentence, index)))]
    return []


def _by_preposition(sentence: Sentence, offset: int, memory: Memory) -> list[Attribution]:
    """ "according to X", "citing X", "in a post by X"."""
    found = []
    for first, end, _ in _according().all(sentence.norms):
        span = sources.after(sentence, end)
        if span is None or not sources.is_source(
            sentence, span, strict=sentence.norms[first] not in ("according", "accordding")
        ):
            continue
        joined = sentence.norms[first - 1] in (",", "and", "but", "while")
        if first <= 2 or (joined and not sources.has_verb(sentence, 0, first)):
            covers = (span[1], len(sentence))
        else:
            covers = (_clause_start(sentence, first), _sentence_end(sentence, span[1]))
        found.append(Attribution(_resolve(sentence, span, offset, memory), None, covers))
    return found


def _by_verb(sentence: Sentence, offset: int, memory: Memory) -> list[Attribution]:
    """ "X said that ...", "..., X said", "said X", "X quoted Y as saying"."""
    found: list[Attribution] = []
    floor = 0
    for index, norm in enumerate(sentence.norms):
        holds = _holds(sentence, index)
        if (
            not holds
            and not _tallies(sentence, index)
            and norm not in _cues()
            and norm not in words("voices", "quoting")
        ):
            continue
        if not holds and sentence.tags[index] != "V" and not _finite(sentence, index):
            continue
        attribution = _goes_on(sentence, index, found) or _at_cue(sentence, index, floor, offset, memory)
        if attribution is not None:
            found.append(attribution)
            floor = index + 1
    return found


def _goes_on(sentence: Sentence, index: int, found: list[Attribution]) -> Attribution | None:
    """ "..., adding that": the source that spoke before in the sentence speaks on."""
    if not found or not sentence.norms[index].endswith("ing") or sentence.norms[index - 1] in ("was", "were", "is"):
        return None
    start = _after_source(sentence, index, None)
    return Attribution(found[-1].source, found[-1].via, (start, _sentence_end(sentence, start)))


def _holds(sentence: Sentence, index: int) -> bool:
    """Whether "have it that" stands here: "foreign papers would have it that"."""
    return sentence.norms[index] in ("have", "has", "had") and sentence.norms[index + 1 : index + 3] == ["it", "that"]


def _tallies(sentence: Sentence, index: int) -> bool:
    """Whether the verb gives a number of losses: "puts the toll at 40", "gives 362 killed"."""
    if sentence.norms[index] not in words("voices", "tallies"):
        return False
    following = range(index + 1, min(index + 14, len(sentence)))
    counted = any(sentence.tags[i] == "Q" for i in following)
    return counted and any(sentence.norms[i] in words("voices", "tallied") for i in following)


def _finite(sentence: Sentence, index: int) -> bool:
    """Whether a word read as a noun is a verb of saying after all: "SANA reports", "The SOHR claims"."""
    before = sentence.group(index - 1) if index else None
    told = sentence.norms[index + 1 : index + 2] == ["that"] and index > 0
    if told and sentence.norms[index] == "reports" and sentence.norms[index - 1] in words("voices", "sources"):
        return True
    if before is None or sentence.norms[index] not in ("reports", "claims", "states", "notes", "posts", "say", "shows"):
        return False
    if sentence.tags[index + 1 : index + 2] in (["V"], ["X"]):
        return False
    return sentence.is_capital(index - 1) and not sentence.is_capital(index)


def _at_cue(sentence: Sentence, index: int, floor: int, offset: int, memory: Memory) -> Attribution | None:
    """The attribution of one verb of saying."""
    norm = sentence.norms[index]
    if norm.endswith("ed") and sentence.norms[index + 1 : index + 2] in (["to"], ["by"]):
        return None
    if sentence.norms[index + 1 : index + 2] == ["responsibility"] or sentence.norms[index + 2 : index + 3] in (
        ["lives"],
        ["life"],
    ):
        return None
    if (norm in words("voices", "quoting") or _as_saying(sentence, index)) and (
        chain := _chain(sentence, index, offset)
    ) is not None:
        return chain
    if roles.auxiliary(sentence, index) in ("be", "been", "is", "was", "were", "are", "being") and not norm.endswith(
        "ing"
    ):
        return None
    span = sources.inverted(sentence, index)
    inverted = span is not None
    if span is None:
        span = sources.before(sentence, index, floor)
    if span is None or not sources.is_source(sentence, span, strict=norm in _weak()):
        return None
    if sentence.norms[span[0]] in ("we", "i") and not (memory.open_quote and memory.voice):
        return None
    source = _resolve(sentence, span, offset, memory)
    after = _after_source(sentence, index, span if inverted else None)
    via = _told(sentence, index, offset)
    stops = _stops(sentence, after)
    leads = not inverted and not stops and _has_content(sentence, after, norm in words("voices", "plain"))
    aside = stops and sentence.norms[after : after + 1] == [","]
    covers = (after, _sentence_end(sentence, after)) if leads else (floor, len(sentence) if aside else span[0])
    if not leads and covers[1] - covers[0] < 2:
        covers = (0, len(sentence))
    return Attribution(source, via, covers, norm in _DENY)


def _stops(sentence: Sentence, index: int) -> bool:
    """Whether the clause of the cue ends here, so that the source covers what stands before it."""
    if index >= len(sentence):
        return True
    quote = sentence.norms[index + 1 : index + 2]
    return sentence.norms[index] in words("grammar", "voices_after_said") and quote not in (["“"], ['"'])


def _as_saying(sentence: Sentence, index: int) -> bool:
    """Whether "as saying" follows the verb and its object: "reported residents as saying"."""
    rest = sentence.norms[index + 1 : index + 14]
    return any(pair in (("as", "saying"), ("as", "stating")) for pair in pairwise(rest))


def _chain(sentence: Sentence, index: int, offset: int) -> Attribution | None:
    """ "state television quoted a military source as saying": the second is the voice."""
    span = sources.after(sentence, index + 1)
    if span is None or not sources.is_source(sentence, span, strict=True):
        return None
    before = sources.before(sentence, index, 0)
    via = _mention(sentence, before, offset) if before else None
    leads = _has_content(sentence, span[1])
    covers = (span[1], len(sentence)) if leads else (0, index)
    return Attribution(_mention(sentence, span, offset), via, covers)


def _resolve(sentence: Sentence, span: Words, offset: int, memory: Memory) -> Mention | None:
    """The source as a mention; "he" and "the ministry" stand for a voice before, if one fits the word."""
    norms = tuple(sentence.norms[span[0] : span[1]])
    own = norms[0] in words("grammar", "voices_own") and len(norms) <= 3
    if norms in _ANAPHORS or norms[0] in ("we", "i") or own:
        meant = memory.voice if own or norms[0] in ("we", "i") else _meant(norms[-1], memory)
        if meant is not None:
            return meant
        if sentence.tags[span[0]] == "R" or norms[-1] in words("voices", "carriers_owned"):
            return None
    return _mention(sentence, sources.owner(sentence, span), offset)


def _meant(norm: str, memory: Memory) -> Mention | None:
    """The voice that an anaphor stands for: for "he" the last person, for a noun the last of its kind."""
    if norm in ("he", "she"):
        return next((voice for voice in reversed(memory.spoken) if not _is_body(voice)), None)
    kinds = load("voices")["anaphor_kinds"].get(norm)
    if kinds is not None:
        return next(
            (voice for voice in reversed(memory.spoken) if not frozenset(kinds).isdisjoint(_heads(voice))), None
        )
    crowd = memory.voice is not None and not words("voices", "crowds").isdisjoint(_heads(memory.voice))
    return None if crowd and norm in ("report", "statement") else memory.voice


def _heads(voice: Mention) -> list[str]:
    """The words of a voice that say what it is, those before the first "of", "for" and the like."""
    norms = re.findall(r"[\w-]+", voice.text.lower())
    return list(takewhile(lambda norm: norm not in _PHRASES, norms))


def _is_body(voice: Mention) -> bool:
    """Whether a voice is a body or several people, which is no "he"."""
    heads = _heads(voice)
    return bool(heads) and heads[-1] in words("voices", "bodies")


def _after_source(sentence: Sentence, index: int, inverted: Words | None) -> int:
    """Where the content begins: after the cue, the one told, the day and "that"."""
    if inverted is not None:
        return inverted[1]
    at = index + 3 if _holds(sentence, index) else index + 1
    if sentence.norms[index] in ("told", "tell", "tells", "telling", "informed"):
        group = sentence.group(at)
        at = group.end if group is not None else at
    while at < len(sentence) and (
        sentence.tags[at] in "TB" or sentence.norms[at] in ("on", "in", "a", "statement", "that", "late", "early")
    ):
        at += 1
    return at


def _told(sentence: Sentence, index: int, offset: int) -> Mention | None:
    """The outlet that a source told: the one who passes the word on."""
    if sentence.norms[index] not in ("told", "tells"):
        return None
    group = sentence.group(index + 1)
    if group is None or sentence.tags[group.first] == "R":
        return None
    return _mention(sentence, (group.first, group.end), offset)


def _has_content(sentence: Sentence, index: int, plain: bool = False) -> bool:
    """Whether something is told from here on: a clause, or the object of "reported"."""
    rest = range(index, _sentence_end(sentence, index))
    if len(rest) <= 2:
        return False
    return any(sentence.tags[i] in "VX" or sentence.norms[i] in (":", "“", '"') for i in rest) or not plain


def _clause_start(sentence: Sentence, index: int) -> int:
    """The start of what a trailing source covers: after the last semicolon or full stop."""
    for at in range(index - 1, -1, -1):
        if sentence.norms[at] in (";", "!", "?"):
            return at + 1
    return 0


def _sentence_end(sentence: Sentence, index: int) -> int:
    """The end of what a leading source covers: a semicolon, or the end."""
    for at in range(index, len(sentence)):
        if sentence.norms[at] == ";":
            return at
    return len(sentence)


def _mention(sentence: Sentence, span: Words, offset: int) -> Mention:
    """The words as a mention, without the "'s" of one who owns the letter that speaks."""
    start, end = sentence.starts[span[0]], sentence.ends[span[1] - 1]
    text = sentence.text[start:end]
    text = text[:-2] if text.endswith(("'s", "\u2019s")) else text.rstrip("'\u2019")
    return Mention(offset + start, offset + start + len(text), text)
