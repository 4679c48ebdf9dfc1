"""How many dead the words of a claim's sentence come to, where that is another number than the claim counts.

A reader that looks for the killed in reports of a shooting takes "six people were shot, two of them fatally" for
six killed, and "three victims were shot" for three. These words say of those whom they count that they were hit;
only a word for death makes any of them dead. Those who record casualties count who is said to have died, and not
who is said to have been hit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parallax.incidents.listed import NUMBERS, killed_himself_too, listed, told_dead
from parallax.model import ACTS, Claim, Kind, Report, Scope, Stance

_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)})"
# Words that may say of somebody that he is dead: a wide net, so that what is without them surely says nothing of it.
_DEATH = re.compile(
    r"\b(?:kill\w*|dead\w*|deaths?|die[sd]?|dying|fatal\w*|murder\w*|homicid\w*|sla(?:in|y\w*|ughter\w*)"
    r"|manslaughter|decea\w+|succumb\w*|pass(?:ed|ing|es) away|li(?:fe|ves)|martyr\w*|corpses?"
    r"|(?<!upper )(?<!lower )bod(?:y|ies)|execut\w*|assassinat\w*|massacr\w*|perish\w*|gun(?:s|ned|ning)? down"
    r"|mow\w* down|cut down|coroner\w*|medical examiner\w*|bur(?:y|ial|ied)|funeral\w*|expired?|casualt\w+"
    r"|los(?:s|t|ing|es|e)|suicid\w*|lifeless|mourn\w*|memor\w+|tolls?"
    r"|graves?|autops\w+|morgue|next of kin|surviv\w+|late|behead\w*|hanged|drown\w*|crush\w*|burnt|burned|remains"
    r"|rubble|names?|named)\b",
    re.IGNORECASE,
)
# Words that say of people that they were hit or are being cared for.
_HIT = re.compile(
    r"\b(?:shot|shots|shooting\w*|hit|hitting|gun ?shots?|gun ?fire|wound\w*|injur\w*|hurt|struck|bullets?"
    r"|open\w* fire|graz\w+|hospital\w*|recover\w*|(?:in|fair|good|stable|serious|critical) condition)\b",
    re.IGNORECASE,
)
_OF_THEM = rf"(?P<part>{_NUMBER})(?:\s+(?:of\s+(?:whom|them|those|the\s+\w+)|person|people|man|woman|victim|victims))?"
_DIED = (
    r"(?:(?:\s+(?:has|have|had|was|were|are|is|later|since|also|both|already))*\s+"
    r"(?:fatally|dead|die[sd]?|dying|killed|mortally|deceased|succumbed|murdered))"
)
# "Were shot, two of whom have died", "shot, one fatally", "shot and one killed", "were shot, leaving two dead".
_PARTLY = re.compile(
    rf"(?:\s+[\w'’-]+){{0,5}}?\s+(?:shot|wounded|struck|hit|injured|hurt)\b(?!\s+(?:dead|and\s+killed|to\s+death))"
    rf"[^.;]{{0,60}}?(?:,|\band\b|;|—|–|--|\()\s*(?:and\s+|with\s+|including\s+|at\s+least\s+)*"
    rf"(?:(?:killing|leaving)\s+(?P<left>{_NUMBER})\b|{_OF_THEM}{_DIED}\b)",
    re.IGNORECASE,
)
# "Injuring nine people", "the shooting of five"; but "killed and wounded nine" is of both.
_HURTS = re.compile(
    r"(?:(?<!killed and )(?<!killing and )(?<!dead and )(?<! or )\b"
    r"(?:injur(?:ed|es|ing)|wound(?:ed|s|ing)|hurting|grazing)|(?<!fatal )(?<!deadly )\bshooting of)\s+"
    r"(?:at least |about |up to |some |the |another )*$",
    re.IGNORECASE,
)
# "Found four shooting victims": hit, whatever else befell one of them.
_ARE_HIT = re.compile(
    r"(?:\s+(?!and\b|or\b|who\b)[\w'’-]+){0,3}?\s+(?:(?:shooting|gunshot|gun)\s+victims\b"
    r"|(?:with|suffering(?:\s+from)?)\s+(?:\w+\s+)?(?:gunshot|gun|bullet)\b)",
    re.IGNORECASE,
)
# "Three were shot, and the gunman died": what comes after is told of somebody else.
_OTHERS_DIED = re.compile(
    r"(?:\s+(?!and\b|or\b)[\w'’-]+){0,8}?\s+(?:were|was|had been|have been)\s+(?:found\s+with\s+gunshot\s+wounds"
    r"|shot|wounded|injured|hurt|struck)(?!\s+(?:dead|to\s+death|and\s+killed))\b[^.;:]{0,60}?"
    r"(?:,?\s+(?:and|but|while)\s+|;\s+)(?:the|his|her|an?|[A-Z])\b",
)
# "With gunshot wounds were found dead", "were taken to hospital, where they died": they are the dead.
_THEY_DIED = re.compile(
    r"(?:^(?:(?!,|;|\band\b|\bbut\b).)*?\b|\b(?:where|who|and|but)\s+(?:(?:they|all|both|later|also|have|had|were|then)\s+)*)"
    r"(?:died?|dead|pronounced|declared|succumbed|deceased)\b",
    re.IGNORECASE,
)
_SHOOTING = re.compile(r"\b(?:shootings?|gunshots?|gun ?fire|gunm[ae]n|shooters?|shot)\b", re.IGNORECASE)
LEAST_OF_A_SHOOTING = 3  # words: one may be of something told beside it
# "All four victims", "Anna Petrova, 30, and ...": people told of before, whose death may have been told then.
_BACK = re.compile(
    r"\W*(?:(?i:all|both|the|these|those|his|her|their|our|my|none|no)\b|[A-Z][a-z]+(?:,|\s+(?:and\s+)?[A-Z]))"
)


def dead(report: Report, claim: Claim) -> int | None:
    """How many dead the words come to in which `report` makes a claim of people killed; None where they say no other.

    Of an act, how many people its sentence tells of as dead. 0: they say that those whom the claim counts were
    hit, and nobody says that they died.
    """
    count = claim.count
    if claim.stance is not Stance.ASSERTED or claim.scope is not Scope.EVENT or not _is_english(report):
        return None
    if claim.kind in ACTS:
        return told_dead(report.text[claim.start : claim.end])
    if claim.kind is not Kind.KILLED:
        return None
    if count is not None and count.high == 0:
        return None
    sentence = report.text[claim.start : claim.end]
    if not _DEATH.search(f"{report.title or ''}\n{report.text}"):
        return 0
    spans = [sentence, *(report.text[span.start : span.end] for span in claim.also)]
    if count is not None and (count.high is None or count.high > 1):
        may_be_dead = _BACK.match(count.text) is not None or not _is_of_a_shooting(report)
        if not any(map(_DEATH.search, spans)) and (_HIT.search(sentence) or not may_be_dead):
            return 0
        if (part := _part(sentence, claim)) is not None:
            return part
        if _is_hit(sentence, claim):
            return 0
    return _together(sentence, claim)


def told(report: Report, claims: Sequence[Claim]) -> list[int | None]:
    """For each of a report's claims, how many dead its words come to (`dead`).

    An act tells of dead only where no claim of the report counts people killed. Where no act's sentence does, the
    first act of the report stands for the people whom its headline tells of as dead.
    """
    found = [dead(report, claim) for claim in claims]
    told_of = (c.kind is Kind.KILLED and n != 0 for c, n in zip(claims, found, strict=True))
    acts = [at for at, claim in enumerate(claims) if claim.kind in ACTS]
    if any(told_of):
        return [None if claim.kind in ACTS else n for claim, n in zip(claims, found, strict=True)]
    if acts and not any(found[at] for at in acts) and report.title and _is_english(report):
        first = min(acts, key=lambda at: (claims[at].start, claims[at].key))
        if claims[first].stance is Stance.ASSERTED and claims[first].scope is Scope.EVENT:
            found[first] = told_dead(report.title)
    return found


def _is_english(report: Report) -> bool:
    return not report.language or report.language.lower().startswith("en")


def _is_of_a_shooting(report: Report) -> bool:
    """Whether the report tells of a shooting: its victims are all who were shot, those of an air strike the dead."""
    return len(_SHOOTING.findall(f"{report.title or ''}\n{report.text}")) >= LEAST_OF_A_SHOOTING


def _part(sentence: str, claim: Claim) -> int | None:
    """How many of the people shot, whom the claim counts, the same sentence tells of as dead."""
    if claim.count is None or not claim.count.text:
        return None
    at = sentence.find(claim.count.text)
    found = _PARTLY.match(sentence, at + len(claim.count.text)) if at >= 0 else None
    if found is None:
        return None
    number = _value(found["left"] or found["part"])
    most = max(claim.count.low or 0, claim.count.high or 0)
    return number if 0 < number < most else None


def _is_hit(sentence: str, claim: Claim) -> bool:
    """Whether those whom the claim counts were hit by the words next to them, and those who died are others."""
    if claim.count is None or not claim.count.text or (at := sentence.find(claim.count.text)) < 0:
        return False
    end = at + len(claim.count.text)
    if _HURTS.search(sentence[:at]):
        return True
    hit = _ARE_HIT.match(sentence, end) or _OTHERS_DIED.match(sentence, end)
    return hit is not None and not _DEATH.search(sentence[: hit.end()]) and not _THEY_DIED.search(sentence[hit.end() :])


def _together(sentence: str, claim: Claim) -> int | None:
    """How many dead the sentence tells of together with those whom the claim counts."""
    count, whom = claim.count, claim.whom
    if count is None or count.low is None or count.low != count.high or whom is None:
        return None
    words = count.text if count.text in sentence else whom.text
    at = _nearest(sentence, words, whom.start - claim.start)
    if at < 0:
        return None
    end = max(at + len(words), min(whom.end - claim.start, len(sentence)))
    number = max(count.low, listed(sentence, at) or 0)
    number += killed_himself_too(sentence, at, end)
    return number if number > count.low else None


def _nearest(sentence: str, words: str, place: int) -> int:
    """Where the words stand in the sentence nearest before or at a place, else where they first stand; -1: nowhere."""
    before = sentence.rfind(words, 0, place + len(words)) if 0 <= place < len(sentence) else -1
    return before if before >= 0 else sentence.find(words)


def _value(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS.index(word.lower()) + 1
