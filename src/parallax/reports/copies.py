"""Reprints and wire copies: which reports are the same text, and which of them came first.

What one text shares with another is counted in words: a word is shared where a run of
`RUN` words around it stands in the other text too, in any order of the runs. That holds up
under what editors do to a wire text: a new headline, a trim, moved paragraphs, a changed
word here and there. It is containment (Broder, 1997), not likeness: a trimmed copy is all
contained in the longer text, however little of that it is.

Candidates come from MinHash signatures (Broder, 1997) over the same runs. Each of the
`PERMUTATIONS` minima is a band of its own, in which two texts meet with a probability of
j, the part that their common runs are of all their runs; copies are sought among those
that meet in `MEET` bands. That finds 0.84 of pairs at a j of 0.05 (a trim to a twentieth),
0.99 at 0.1 and all above. What it brings together is then compared word by word.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from datasketch import MinHash

from parallax.model import Origin, Report
from parallax.reports.zones import without_clutter

# Shorter runs are shared by the set phrases of daily digests, longer ones are broken by light edits.
RUN = 5
PERMUTATIONS = 64
MEET = 2
# Among the reports of fifteen outlets on one war, stories of one wire text lie above this;
# stories that share an agency's paragraphs of background, at half a text or less, lie below.
COPY = 0.6
# How much of a longer, later text a shorter one must make up for it to be the same text, grown.
GROWN = 0.3
_SEED = 1
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Wording:
    words: tuple[str, ...]
    runs: frozenset[tuple[str, ...]]


def wording(report: Report) -> str:
    """What of a report is compared: its text without clutter and readers' comments."""
    return without_clutter(report.text, report.zones)


def signature(text: str) -> MinHash:
    """The MinHash of a text's runs of words; the same text gives the same one on every machine."""
    return _signature(_wording(text))


def bands(signature: MinHash) -> tuple[str, ...]:
    """The names under which to store a signature and look others up: near-copies share `MEET` or more.

    A text without words has none.
    """
    if signature.is_empty():
        return ()
    return tuple(f"{number:02d}-{value:08x}" for number, value in enumerate(signature.digest().tolist()))


def share(text: str, other: str) -> float:
    """How much of `text` stands in `other`: the part of its words in shared runs, 0 to 1."""
    return _share(_wording(text), _wording(other))


def linked(report: Report, candidates: Iterable[Report]) -> tuple[str, ...]:
    """The keys, sorted, of those candidates that are copies of the report, or it of them."""
    mine = _wording(wording(report))
    found = {one.key for one in candidates if one.key != report.key and _copied(mine, _wording(wording(one)))}
    return tuple(sorted(found))


def component(start: Iterable[Report], near: Callable[[Sequence[Report]], Iterable[Report]]) -> tuple[Report, ...]:
    """All reports that are linked to those of `start`, and to these in turn, by key.

    `near` gives, for some reports, those of a store that share `MEET` bands with any of them. What
    `origins` says of a component stays true whatever else the store holds, so a store grows
    by the components of its new reports and comes to the same as if it were read at once.
    """
    known = {report.key: report for report in start}
    fresh = [known[key] for key in sorted(known)]
    while fresh:
        texts = [_wording(wording(report)) for report in fresh]
        candidates = {report.key: report for report in near(fresh) if report.key not in known}
        fresh = []
        for key in sorted(candidates):
            text = _wording(wording(candidates[key]))
            if any(_copied(one, text) for one in texts):
                fresh.append(candidates[key])
        known.update((report.key, report) for report in fresh)
    return tuple(known[key] for key in sorted(known))


def origins(reports: Sequence[Report]) -> dict[str, Origin]:
    """For each report's key, the first report of the same text and the share of this one that stands in it.

    A report that copies nothing has itself, with share 1.0. The first is the earliest
    published, undated reports last, then the smallest key. The result does not depend on the
    order of `reports`, and a group not on reports outside what its members are linked to.
    """
    known = {report.key: report for report in reports}
    texts = {key: _wording(wording(known[key])) for key in sorted(known)}
    groups = _groups(known, texts, _pairs(texts))
    found: dict[str, Origin] = {}
    for group in groups:
        first = min(group, key=lambda key: _age(known[key]))
        for key in group:
            found[key] = Origin(first, 1.0 if key == first else round(_share(texts[key], texts[first]), 4))
    return {key: found.get(key, Origin(key, 1.0)) for key in sorted(known)}


def _pairs(texts: dict[str, _Wording]) -> dict[tuple[str, str], tuple[float, float]]:
    """The pairs that bands bring together and that are copies, with the share each way."""
    shelves: defaultdict[str, list[str]] = defaultdict(list)
    for key, text in texts.items():
        for band in bands(_signature(text)):
            shelves[band].append(key)
    meetings = Counter(pair for shelf in shelves.values() for pair in combinations(shelf, 2))
    pairs: dict[tuple[str, str], tuple[float, float]] = {}
    for (a, b), times in meetings.items():
        if times >= MEET and (shares := _copied(texts[a], texts[b])):
            pairs[a, b] = shares
    return pairs


def _signature(text: _Wording) -> MinHash:
    sketch = MinHash(num_perm=PERMUTATIONS, seed=_SEED, hashfunc=_hash, scheme="affine32")
    if text.runs:
        sketch.update_batch([" ".join(run).encode("utf-8", "surrogatepass") for run in text.runs])
    return sketch


def _groups(
    known: dict[str, Report], texts: dict[str, _Wording], pairs: dict[tuple[str, str], tuple[float, float]]
) -> list[set[str]]:
    """The groups of near-copies.

    Two texts that are mostly in each other belong together. Where a short text is all in a
    long one, either the short one is a trim of the long one, or the long one took it in
    among other matter. It is a trim where the long one is older. Otherwise the long one
    counts as a copy only if the short one makes up at least `GROWN` of it, and it is left
    alone if it took in two texts that are no copies of each other: it is a round-up then.
    """
    parent = {key: key for key in known}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    def join(a: str, b: str) -> None:
        first, second = sorted((root(a), root(b)))
        parent[second] = first

    one_sided: list[tuple[str, str]] = []
    for (a, b), (a_in_b, b_in_a) in pairs.items():
        if min(a_in_b, b_in_a) >= COPY:
            join(a, b)
        else:
            one_sided.append((a, b) if a_in_b > b_in_a else (b, a))
    alike = {key: root(key) for key in known}
    takes: defaultdict[str, list[str]] = defaultdict(list)
    for short, long in sorted(one_sided):
        if _day(known[long]) < _day(known[short]):
            join(short, long)
        else:
            takes[long].append(short)
    for long, shorts in sorted(takes.items()):
        if len({alike[short] for short in shorts}) > 1:
            continue
        for short in shorts:
            same_day = _day(known[long]) == _day(known[short])
            if same_day or _share(texts[long], texts[short]) >= GROWN:
                join(short, long)
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for key in known:
        groups[root(key)].add(key)
    return list(groups.values())


def _age(report: Report) -> tuple[str, str]:
    return _day(report), report.key


def _day(report: Report) -> str:
    return report.published.day.isoformat() if report.published else "9999-99-99"


def _copied(a: _Wording, b: _Wording) -> tuple[float, float] | None:
    """How much of each text stands in the other, if one is a copy; None if not."""
    # A share cannot be larger than the runs in common allow; most candidates end here.
    common = len(a.runs & b.runs)
    if not common or common * RUN < COPY * min(len(a.words), len(b.words)):
        return None
    shares = _share(a, b), _share(b, a)
    return shares if max(shares) >= COPY else None


def _share(text: _Wording, other: _Wording) -> float:
    words, there = text.words, other.runs
    if not words:
        return 0.0
    length = min(RUN, len(words))
    covered = reached = 0
    for start in range(len(words) - length + 1):
        if words[start : start + length] in there:
            covered += start + length - max(start, reached)
            reached = start + length
    return covered / len(words)


@lru_cache(maxsize=256)
def _wording(text: str) -> _Wording:
    words = tuple(_WORD.findall(text.casefold()))
    length = min(RUN, len(words))
    runs = (
        frozenset(words[start : start + length] for start in range(len(words) - length + 1)) if words else frozenset()
    )
    return _Wording(words, runs)


def _hash(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=4).digest(), "big")
