"""Tellings and links, gathered into incidents; the laws that make it incremental."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.incidents import block
from parallax.incidents.apart import reason_of
from parallax.incidents.cluster import components, gather
from parallax.incidents.link import link
from parallax.incidents.profile import Profile
from parallax.incidents.score import compare
from parallax.incidents.tell import tell
from parallax.model import Incident, Judgement, Kind, Link, Scope, Stance, Statement, Telling, Verb

from .made import BALAKLAVA, CRIMEA, INKERMAN, SEVASTOPOL, UKRAINE, VARNA, day, judged, said, told

PLACES = [None, BALAKLAVA, INKERMAN, SEVASTOPOL, VARNA, CRIMEA, UKRAINE]
DAYS = [
    None,
    day("1854-10-25"),
    day("1854-10-26"),
    day("1854-10-28"),
    day("1854-10-24", "1854-10-26"),
    day("1854-11-05"),
]
STATEMENT = st.builds(
    lambda report, at, kind, when, place, number, whom, scope, stance, published: said(
        report,
        at * 30,
        kind,
        when=when,
        place=place,
        number=number,
        whom=whom,
        scope=scope,
        stance=stance,
        published=published,
    ),
    st.sampled_from(["r1", "r2", "r3", "r4", "r5", "r6"]),
    st.integers(0, 3),
    st.sampled_from([Kind.GROUND_ATTACK, Kind.KILLED, Kind.KILLED, Kind.SEIZED, Kind.SHELLING, Kind.TRUCE]),
    st.sampled_from(DAYS),
    st.sampled_from(PLACES),
    st.sampled_from([None, 1, 12, 400]),
    st.sampled_from([None, "William Morris", "Edward Seager", "40 dragoons"]),
    st.sampled_from([Scope.EVENT, Scope.EVENT, Scope.EVENT, Scope.TOTAL]),
    st.sampled_from(list(Stance)),
    st.sampled_from([None, "1854-10-27", "1854-11-09"]),
)
CORPUS = st.lists(STATEMENT, max_size=14, unique_by=lambda s: s.claim.key)


def read(corpus: Sequence[Statement]) -> tuple[list[Telling], dict[str, Statement]]:
    reports: dict[str, list[Statement]] = {}
    for s in corpus:
        reports.setdefault(s.claim.report, []).append(s)
    return [t for own in reports.values() for t in tell(own)], {s.claim.key: s for s in corpus}


def at_once(
    tellings: Sequence[Telling], known: dict[str, Statement], judgements: Sequence[Judgement] = ()
) -> tuple[Incident, ...]:
    return gather(tellings, link(tellings, known), known, judgements)


@settings(deadline=None)
@given(CORPUS)
def test_compare_is_symmetric_and_explains_its_score(corpus: list[Statement]) -> None:
    tellings, known = read(corpus)
    for a in tellings:
        for b in tellings:
            made = compare(a, b, known)
            assert made == compare(b, a, known)
            if made is not None:
                assert made.a < made.b
                assert abs(made.score - sum(weight.points for weight in made.weights)) < 0.001
                assert all(weight.words for weight in made.weights)


@settings(deadline=None)
@given(CORPUS, st.integers())
def test_order_does_not_matter_and_no_telling_is_lost(corpus: list[Statement], seed: int) -> None:
    tellings, known = read(corpus)
    incidents = at_once(tellings, known)
    held = [telling.key for incident in incidents for telling in incident.tellings]
    assert len(held) == len(set(held))
    left = [telling for telling in tellings if telling.key not in set(held)]
    assert all(reason_of(telling, known) is not None for telling in left)
    assert all(any(reason_of(t, known) is None for t in incident.tellings) for incident in incidents)
    assert len({incident.id for incident in incidents}) == len(incidents)
    shuffled = list(tellings)
    Random(seed).shuffle(shuffled)
    links = list(link(shuffled, known))
    Random(seed).shuffle(links)
    assert gather(shuffled, links, known) == incidents


@settings(max_examples=100, deadline=None)
@given(
    CORPUS,
    st.integers(1, 4),
    st.integers(),
    st.lists(st.tuples(st.booleans(), st.integers(0), st.integers(0)), max_size=3),
)
def test_batches_give_what_one_batch_gives(
    corpus: list[Statement], size: int, seed: int, decided: list[tuple[bool, int, int]]
) -> None:
    """The way the module tells to use it: only candidates by block, only the components touched."""
    tellings, known = read(corpus)
    Random(seed).shuffle(tellings)
    claims = sorted(known)
    judgements = [
        judged(Verb.MERGE if merge else Verb.SPLIT, claims[a % len(claims)], claims[b % len(claims)])
        for merge, a, b in decided
        if claims
    ]
    stored: dict[str, Telling] = {}
    links: dict[tuple[str, str], Link] = {}
    incidents: dict[str, Incident] = {}
    for start in range(0, len(tellings), size):
        new = tellings[start : start + size]
        wanted = frozenset().union(*(block.keys(t, known) for t in new))
        candidates = [t for t in stored.values() if block.keys(t, known) & wanted]
        links |= {(made.a, made.b): made for made in link(new, known, candidates)}
        stored |= {t.key: t for t in new}
        holder = {claim: t.key for t in stored.values() for claim in t.claims}
        merges = [
            (holder[j.claims[0]], holder[j.claims[1]])
            for j in judgements
            if j.verb is Verb.MERGE and all(claim in holder for claim in j.claims)
        ]
        fresh = {t.key for t in new}
        touched = {
            key for component in components(stored, [*links, *merges]) if fresh & set(component) for key in component
        }
        again = gather([stored[key] for key in touched], links.values(), known, judgements)
        kept = {i.id: i for i in incidents.values() if not {t.key for t in i.tellings} & touched}
        incidents = kept | {i.id: i for i in again}
    assert tuple(sorted(incidents.values(), key=lambda i: i.id)) == at_once(tellings, known, judgements)


def home(incidents: Sequence[Incident], statement: Statement) -> str:
    """The id of its incident; of a claim that stands apart, its own key."""
    key = statement.claim.key
    return next((i.id for i in incidents if key in i.claims), key)


@settings(deadline=None)
@given(CORPUS, st.data())
def test_a_merge_and_a_split_win(corpus: list[Statement], data: st.DataObject) -> None:
    """Of any two claims, be they of one telling or of two."""
    tellings, known = read(corpus)
    if len(corpus) < 2:
        return
    one, other = data.draw(st.permutations(corpus))[:2]
    merge, split = (Verb.MERGE, Verb.SPLIT)
    for verbs in ([merge], [split], [merge, split], [split, merge]):
        decided = [judged(verb, one.claim.key, other.claim.key) for verb in verbs]
        incidents = at_once(tellings, known, decided)
        assert (home(incidents, one) == home(incidents, other)) is (verbs[-1] is merge)
        held = [claim for i in incidents for claim in i.claims]
        assert len(held) == len(set(held))
        if verbs[-1] is merge:
            assert one.claim.key in held
        assert len({i.id for i in incidents}) == len(incidents)


def test_the_other_verbs_change_nothing() -> None:
    tellings, known = told(
        [said("a", 0, Kind.GROUND_ATTACK, when=day("1854-11-05"), place=INKERMAN)],
        [said("b", 0, Kind.GROUND_ATTACK, when=day("1854-11-05"), place=INKERMAN)],
    )
    plain = at_once(tellings, known)
    verbs = [verb for verb in Verb if verb not in (Verb.MERGE, Verb.SPLIT)]
    assert len(plain) == 1
    assert at_once(tellings, known, [judged(verb, *known) for verb in verbs]) == plain


def test_a_split_of_one_claim_takes_its_telling_out() -> None:
    tellings, known = told(
        *([said(name, 0, Kind.GROUND_ATTACK, when=day("1854-11-05"), place=INKERMAN)] for name in "abc")
    )
    claim = tellings[0].claims[0]
    assert sorted(len(i.tellings) for i in at_once(tellings, known, [judged(Verb.SPLIT, claim)])) == [1, 2]


def test_a_split_cuts_a_telling_that_holds_both_claims_and_a_merge_mends_it() -> None:
    battle = said("a", 0, Kind.GROUND_ATTACK, when=day("1854-11-05"), place=INKERMAN)
    killed = said("a", 0, Kind.KILLED, number=600)
    hurt = said("a", 0, Kind.INJURED, number=1900)
    tellings, known = told(
        [battle, killed, hurt], [said("b", 0, Kind.GROUND_ATTACK, when=day("1854-11-05"), place=INKERMAN)]
    )
    split = judged(Verb.SPLIT, battle.claim.key, killed.claim.key)
    incidents = at_once(tellings, known, [split])
    assert home(incidents, battle) == home(incidents, hurt) != home(incidents, killed)
    assert sorted(len(i.claims) for i in incidents) == [1, 3]
    assert {t.key for i in incidents for t in i.tellings} == {t.key for t in tellings}
    assert len({i.id for i in incidents}) == 2
    mended = judged(Verb.MERGE, battle.claim.key, killed.claim.key)
    assert at_once(tellings, known, [split, mended]) == at_once(tellings, known)


def test_a_chain_of_days_is_not_one_incident() -> None:
    """Every day resembles the next, the first and the last are a week apart."""
    tellings, known = told(
        *(
            [said(f"{name}{n}", 0, Kind.GROUND_ATTACK, when=day(f"1854-10-{17 + n}"), place=SEVASTOPOL)]
            for n in range(8)
            for name in ("times", "moniteur")
        )
    )
    incidents = at_once(tellings, known)
    assert len(incidents) > 1
    for incident in incidents:
        spans = [known[claim].claim.when for claim in incident.claims]
        assert max(s.last for s in spans if s) <= min(s.first for s in spans if s).replace(day=31)
        assert incident.when is not None
        assert incident.when.length <= 4
    for n in range(8):
        pair = [t for t in tellings if t.report.endswith(str(n))]
        assert len({home(incidents, known[t.claims[0]]) for t in pair}) == 1


def test_the_incident_says_when_and_where_as_most_of_its_tellings_do() -> None:
    tellings, known = told(
        [said("a", 0, Kind.GROUND_ATTACK, when=day("1854-11-05"), place=INKERMAN, published="1854-11-22")],
        [said("b", 0, Kind.GROUND_ATTACK, when=day("1854-11-04", "1854-11-06"), place=INKERMAN)],
        [said("c", 0, Kind.GROUND_ATTACK, when=day("1854-11-05"), place=CRIMEA)],
    )
    (incident,) = at_once(tellings, known)
    assert incident.when == day("1854-11-05")
    assert incident.where == INKERMAN
    assert incident.kinds == (Kind.GROUND_ATTACK,)
    first = incident.tellings[0]
    assert incident.id == "i" + first.key
    assert first.report in ("b", "c")


def test_an_incident_without_days_or_places_says_so() -> None:
    tellings, known = told([said("a", 0, Kind.KILLED, published=None, number=2)])
    (incident,) = at_once(tellings, known)
    assert (incident.when, incident.where) == (None, None)


@settings(deadline=None)
@given(CORPUS)
def test_profiles_that_are_known_change_nothing(corpus: list[Statement]) -> None:
    tellings, known = read(corpus)
    profiles: dict[Telling, Profile] = {}
    for telling in tellings:
        assert block.keys(telling, known, profiles) == block.keys(telling, known)
    links = link(tellings, known, (), profiles)
    assert links == link(tellings, known)
    assert gather(tellings, links, known, (), profiles) == at_once(tellings, known)
    bare = [Link(made.a, made.b, made.score, ()) for made in links]
    assert [one.tellings for one in gather(tellings, bare, known)] == [one.tellings for one in at_once(tellings, known)]
