"""Average linkage under constraints, against its definition written out plainly."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from parallax.incidents.linkage import Bar, clusters

BAR = Bar(2500, 1 / 3)
Links = dict[tuple[int, int], int]


def plainly(firm: Sequence[bool], links: Links, asunder: set[tuple[int, int]]) -> list[list[int]]:
    """The same by looking at every pair of clusters before each joining."""
    found = [[number] for number in range(len(firm))]
    while True:
        offers = []
        for one, other in combinations(sorted(found), 2):
            between = [(min(a, b), max(a, b)) for a in one for b in other]
            scores = [links[pair] for pair in between if pair in links]
            if not scores or any(pair in asunder for pair in between):
                continue
            stage = sum(not any(firm[n] for n in some) for some in (one, other))
            average = sum(scores) / len(between)
            if average > BAR.average or (stage == 1 and len(scores) / len(between) >= BAR.share):
                offers.append((stage, -sum(scores) if stage == 1 else -average, one[0], other[0], one, other))
        if not offers:
            return sorted(found)
        *_, one, other = min(offers)
        found = [some for some in found if some not in (one, other)] + [sorted(one + other)]


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[bool], Links, set[tuple[int, int]]]:
    firm = draw(st.lists(st.booleans(), min_size=1, max_size=9))
    pairs = list(combinations(range(len(firm)), 2))
    score = st.sampled_from([-4000, 1000, 2500, 2501, 3000, 6000, 9000])
    links = draw(st.dictionaries(st.sampled_from(pairs), score)) if pairs else {}
    asunder = draw(st.sets(st.sampled_from(pairs), max_size=3)) if pairs else set()
    return firm, links, asunder


@given(cases(), st.randoms())
def test_it_joins_what_its_definition_joins_in_whatever_order_links_come(
    case: tuple[list[bool], Links, set[tuple[int, int]]], chance: Random
) -> None:
    firm, links, asunder = case

    def may_join(ours: Sequence[int], theirs: Sequence[int]) -> bool:
        return not any((min(a, b), max(a, b)) in asunder for a in ours for b in theirs)

    given_links = [(b, a, score) if b % 2 else (a, b, score) for (a, b), score in links.items()]
    chance.shuffle(given_links)
    assert clusters([1] * len(firm), firm, given_links, BAR, may_join) == plainly(firm, links, asunder)


def test_a_seed_of_several_counts_each_of_its_members() -> None:
    links = [(0, 1, 6000)]
    assert clusters([1, 1], [True, True], links, BAR, lambda *_: True) == [[0, 1]]
    # One of three pairs is linked: an average of 2,000.
    assert clusters([3, 1], [True, True], links, BAR, lambda *_: True) == [[0], [1]]
    # Between a firm one and another a third of the pairs is enough.
    assert clusters([3, 1], [True, False], links, BAR, lambda *_: True) == [[0, 1]]


def test_no_seed_makes_no_cluster() -> None:
    assert clusters([], [], [], BAR, lambda *_: True) == []
