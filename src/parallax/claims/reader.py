"""The reader: every claim that a report makes, with every slot filled and how sure each is.

The way of a report: passages (`passages`); those that can carry a claim (`screen`); what the
lexicons and the grammar find in them (`rules`); windows of them (`windows`) with those findings
marked (`marks`), read by the trained network (`trained`, `decode`); what plain words say of those harmed
(`fates`); repeats joined (`repeats`);
certainties made honest (`calibration`). English only: a report in another language gives no claims.
"""

from __future__ import annotations

from collections.abc import Sequence

from parallax.claims import calibration, decode, fates, repeats, rules, screen, trained, windows
from parallax.claims.lexicons import LEXICONS, load
from parallax.claims.repeats import Reading
from parallax.claims.rules import Seen
from parallax.model import Claim, Kind, Reader, Report, digest

_READ = 100_000
_SLOTS = (
    "count", "whom", "whom_class", "who", "where", "when", "voice", "via", "stance", "scope", "certainty", "also",
    "certainties",
)  # fmt: skip


# The settings bear the digest of the network's files, so that nothing large is read to know who reads.
READER = Reader("network", "2", digest(trained.settings(), *map(load, LEXICONS)))


def read(report: Report) -> tuple[Claim, ...]:
    """The claims of a report, sorted by start, then kind, then key; none if it is not in English."""
    if not is_english(report):
        return ()
    settings = trained.settings()
    floors = {Kind(kind): floor for kind, floor in settings["floors"].items()}
    seen = look(report)
    told = decode.read(report.text, seen, windows.cut([one.passage for one in seen]), trained.network(), floors)
    joined = [
        calibration.settle(reading, settings["calibration"])
        for reading in repeats.join(fates.settled(report.text, told))
    ]
    return claims(report, joined)


def look(report: Report) -> list[Seen]:
    """What the rules find in the passages that can carry a claim: what the network is given."""
    return rules.look(report, screen.keep(rules.stretches(report)))


def claims(report: Report, readings: Sequence[Reading]) -> tuple[Claim, ...]:
    """The readings as claims, each said once."""
    made = {claim.key: claim for claim in (_claim(report, reading) for reading in readings)}
    return tuple(sorted(made.values(), key=lambda claim: (claim.start, claim.kind, claim.key)))


def is_english(report: Report) -> bool:
    """Whether the report says that it is in English, or says nothing and is mostly in Latin letters."""
    if report.language is not None and not report.language.lower().startswith("en"):
        return False
    letters = [char for char in report.text[:_READ] if char.isalpha()]
    return sum(char < "ɐ" for char in letters) * 2 >= len(letters) if letters else True


def _claim(report: Report, reading: Reading) -> Claim:
    slots = {name: getattr(reading, name) for name in _SLOTS}
    return Claim.of(report.key, reading.start, reading.end, reading.kind, **slots)
