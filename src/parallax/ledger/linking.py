"""Questions that copies and linking ask: bands, origins, tellings, components, judgements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, FromClause, Select, Table, and_, exists, func, select

from parallax.ledger import tables
from parallax.ledger.rows import JUDGEMENT, LINK, chunks, score_of, telling_of
from parallax.model import Judgement, Likeness, Link, Origin, Telling

# A report is looked up by so many of its bands, however many other reports hold them.
FEW = 8


def near(connection: Connection, bands: Iterable[str]) -> tuple[str, ...]:
    """Keys of the reports that share a band, sorted."""
    found: set[str] = set()
    for keys in chunks(bands):
        question = select(tables.bands.c.report).where(tables.bands.c.band.in_(keys))
        found.update(connection.execute(question).scalars())
    return tuple(sorted(found))


def near_reports(connection: Connection, reports: Iterable[str], least: int, crowd: int) -> tuple[tuple[str, str], ...]:
    """Pairs of one of these reports and another that share so many bands, sorted.

    A band of more than `crowd` reports brings none together, but where a report would be left with
    fewer than `FEW`: it is looked up by its rarest then, for it stands in many wordings. Of the
    reports that share most with one, `crowd` are given.
    """
    table = tables.bands
    given = set(reports)
    own: dict[str, list[str]] = defaultdict(list)
    for keys in chunks(given):
        question = select(table.c.report, table.c.band).where(table.c.report.in_(keys))
        for report, band in connection.execute(question).all():
            own[report].append(band)
    held = _holders(connection, {band for bands in own.values() for band in bands})
    asked_by: dict[str, list[str]] = defaultdict(list)
    for report, bands in own.items():
        rarest = sorted((held[band], band) for band in bands if band in held)
        for place, (number, band) in enumerate(rarest):
            if number <= crowd or place < FEW:
                asked_by[band].append(report)
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    for some in chunks(asked_by):
        for band, other in connection.execute(select(table.c.band, table.c.report).where(table.c.band.in_(some))).all():
            for report in asked_by[band]:
                if other != report:
                    shared[report][other] += 1
    return tuple(
        (report, other)
        for report in sorted(shared)
        for other, _ in sorted(
            ((other, number) for other, number in shared[report].items() if number >= least),
            key=lambda found: (-found[1], found[0]),
        )[:crowd]
    )


def _holders(connection: Connection, bands: Iterable[str]) -> dict[str, int]:
    """How many reports hold each band, of those that several hold."""
    column = tables.bands.c.band
    found: dict[str, int] = {}
    for some in chunks(bands):
        question = select(column, func.count()).where(column.in_(some)).group_by(column).having(func.count() > 1)
        found.update((band, number) for band, number in connection.execute(question).all())
    return found


def likenesses(connection: Connection, reports: Iterable[str]) -> dict[tuple[str, str], Likeness]:
    """Every pair of reports of which one is a copy, of all that hang together with these reports."""
    table = tables.likenesses
    found: dict[tuple[str, str], Likeness] = {}
    for keys in chunks(_hang_together(connection, reports, table)):
        for a, b, of_a, of_b, same in connection.execute(select(table).where(table.c.a.in_(keys))).all():
            found[a, b] = Likeness(of_a, of_b, bool(same))
    return found


def _hang_together(connection: Connection, start: Iterable[str], pairs: Table) -> set[str]:
    """These and all that pairs, of columns `a` and `b`, lead to from them."""
    seen: set[str] = set()
    edge = set(start)
    while edge:
        seen |= edge
        reached: set[str] = set()
        for keys in chunks(edge):
            # Many pairs lead to few others, so each is asked for once.
            for one, other in ((pairs.c.a, pairs.c.b), (pairs.c.b, pairs.c.a)):
                reached.update(connection.execute(select(other).distinct().where(one.in_(keys))).scalars().all())
        edge = reached - seen
    return seen


def copies_of(connection: Connection, reports: Iterable[str]) -> dict[str, Origin]:
    """The reports that have one of these for their origin, by key, with the origin of each."""
    found: dict[str, Origin] = {}
    for keys in chunks(reports):
        question = select(tables.copies).where(tables.copies.c.origin.in_(keys)).order_by(tables.copies.c.report)
        for row in connection.execute(question).mappings():
            found[row["report"]] = Origin(row["origin"], row["share"])
    return found


def origins(connection: Connection, reports: Iterable[str]) -> dict[str, Origin]:
    """The origin of each report that has one kept."""
    found: dict[str, Origin] = {}
    for keys in chunks(reports):
        question = select(tables.copies).where(tables.copies.c.report.in_(keys)).order_by(tables.copies.c.report)
        for row in connection.execute(question).mappings():
            found[row["report"]] = Origin(row["origin"], row["share"])
    return found


def tellings_by_block(connection: Connection, keys: Iterable[str]) -> tuple[Telling, ...]:
    """Tellings that have one of the block keys, by key."""
    found: set[str] = set()
    for some in chunks(keys):
        question = select(tables.blocks.c.telling).where(tables.blocks.c.block.in_(some))
        found.update(connection.execute(question).scalars())
    return tellings(connection, found)


def tellings(connection: Connection, keys: Iterable[str]) -> tuple[Telling, ...]:
    """The tellings of these keys that stand, by key."""
    found: list[Telling] = []
    for some in chunks(keys):
        question = select(tables.tellings).where(tables.tellings.c.key.in_(some)).order_by(tables.tellings.c.key)
        found.extend(telling_of(row) for row in connection.execute(question).mappings())
    return tuple(sorted(found, key=lambda telling: telling.key))


def tellings_of(connection: Connection, reports: Iterable[str]) -> tuple[Telling, ...]:
    """The tellings of these reports that stand, by key."""
    found: list[Telling] = []
    for some in chunks(reports):
        question = select(tables.tellings).where(tables.tellings.c.report.in_(some))
        found.extend(telling_of(row) for row in connection.execute(question).mappings())
    return tuple(sorted(found, key=lambda telling: telling.key))


def component(
    connection: Connection, telling_keys: Iterable[str], *, weights: bool = True
) -> tuple[tuple[Telling, ...], tuple[Link, ...]]:
    """All tellings and links that hang together with these tellings, by key; the links bare of weights if so asked."""
    seen = _hang_together(connection, telling_keys, tables.links)
    return tellings(connection, seen), _links_from(connection, seen, weights=weights)


# So much of a link's value holds its score.
_HEAD = 400


def _links_from(connection: Connection, tellings: Iterable[str], *, weights: bool) -> tuple[Link, ...]:
    """The links whose first telling is one of these, by key."""
    table = tables.links
    told = table.c.value if weights else func.substr(table.c.value, 1, _HEAD)
    found: list[Link] = []
    for keys in chunks(tellings):
        question = select(table.c.a, table.c.b, told).where(table.c.a.in_(keys)).order_by(table.c.a, table.c.b)
        rows = connection.execute(question).all()  # one by one they take three times as long
        if weights:
            found += [LINK.validate_json(value) for _, _, value in rows]
        else:
            found += [Link(a, b, score_of(value), ()) for a, b, value in rows]
    return tuple(found)


def links_of(connection: Connection, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Link]:
    """The links of these pairs of tellings that are kept, each pair in order, with their weights."""
    return {pair: LINK.validate_json(value) for pair, value in link_values(connection, pairs).items()}


def link_values(connection: Connection, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The links of these pairs of tellings that are kept, each pair in order, as they are kept."""
    wanted = set(pairs)
    table = tables.links
    found: dict[tuple[str, str], str] = {}
    # A telling that is new has links to many that have many of their own: each is looked for by its busier end.
    ends = Counter(end for pair in wanted for end in pair)
    firsts, seconds = {a for a, b in wanted if ends[a] >= ends[b]}, {b for a, b in wanted if ends[a] < ends[b]}
    for column, keys in ((table.c.a, firsts), (table.c.b, seconds)):
        for some in chunks(keys):
            rows = connection.execute(select(table.c.a, table.c.b, table.c.value).where(column.in_(some))).all()
            found.update({(a, b): value for a, b, value in rows if (a, b) in wanted})
    return found


def links_among(connection: Connection, groups: Sequence[Sequence[str]]) -> list[tuple[Link, ...]]:
    """For each group of tellings the links kept between them, by key."""
    table = tables.links
    firsts = {key for group in groups for key in group}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for keys in chunks(firsts):
        for a, b, value in connection.execute(select(table.c.a, table.c.b, table.c.value).where(table.c.a.in_(keys))):
            if b in firsts:
                found[a][b] = value
    return [
        tuple(
            LINK.validate_json(found[a][b])
            for inside in [set(group)]
            for a in sorted(inside)
            for b in sorted(found[a].keys() & inside)
        )
        for group in groups
    ]


def number_among(connection: Connection, tellings: Iterable[str]) -> int:
    """How many links are kept between these tellings."""
    table = tables.links
    inside = set(tellings)
    number = 0
    for keys in chunks(inside):
        for some in chunks(inside):
            question = select(func.count()).where(table.c.a.in_(keys), table.c.b.in_(some))
            number += connection.execute(question).scalar_one()
    return number


def judgements(connection: Connection) -> tuple[Judgement, ...]:
    """Every judgement, the first made first."""
    question = select(tables.judgements.c.value).order_by(tables.judgements.c.number)
    return tuple(JUDGEMENT.validate_json(value) for value in connection.execute(question).scalars())


def last_judgements(connection: Connection, offset: int, limit: int) -> tuple[int, tuple[Judgement, ...]]:
    """How many judgements there are, and some of them, the newest first."""
    table = tables.judgements
    number = connection.execute(select(func.count()).select_from(table)).scalar_one()
    question = select(table.c.value).order_by(table.c.number.desc()).offset(offset).limit(limit)
    return number, tuple(JUDGEMENT.validate_json(value) for value in connection.execute(question).scalars())


def successors(connection: Connection, claims: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each claim, the claims of the current readings that stand for it now.

    A claim that still stands is its own; else those at the same place (report, start, end,
    kind) as they were read, whatever people corrected since. One that has none is left out.
    """
    found: dict[str, set[str]] = defaultdict(set)
    now, old, states = tables.statements.alias("now"), tables.statements.alias("old"), tables.states
    for keys in chunks(claims):
        standing = select(now.c.claim).join(states, states.c.reading == now.c.reading).where(now.c.claim.in_(keys))
        alive = set(connection.execute(standing).scalars())
        for key in alive:
            found[key].add(key)
        lost = [key for key in keys if key not in alive]
        if not lost:
            continue
        heirs: Iterable[Any] = connection.execute(_heirs(now, old).where(old.c.claim.in_(lost)))
        for before, heir in heirs:
            found[before].add(heir)
    return {key: tuple(sorted(found[key])) for key in sorted(found)}


def _heirs(now: FromClause, old: FromClause) -> Select[tuple[str, str]]:
    """Every claim that was ever read, with the claims of current readings that a machine read at its place."""
    read, states = tables.statements.alias("read"), tables.states
    same_place = and_(
        old.c.report == read.c.report,
        old.c.start == read.c.start,
        old.c.end == read.c.end,
        old.c.kind == read.c.kind,
    )
    return (
        select(old.c.claim, now.c.claim)
        .join(read, same_place)
        .join(now, and_(now.c.claim == read.c.claim, now.c.report == read.c.report))
        .join(states, states.c.reading == now.c.reading)
        .distinct()
    )


def judgements_for(connection: Connection, claims: Iterable[str]) -> dict[str, tuple[Judgement, ...]]:
    """What people decided about each claim, the first decision first; claims without one are left out.

    A judgement of a claim that no current reading holds any more carries over to the
    claims that stand for it now: so a better reading keeps what people decided, and a
    claim that still stands keeps its own.
    """
    wanted = set(claims)
    numbers: dict[str, set[int]] = defaultdict(set)
    on = tables.judgement_claims
    if connection.execute(select(on.c.claim).limit(1)).first() is None:
        return {}
    for keys in chunks(wanted):
        for claim, number in connection.execute(select(on.c.claim, on.c.judgement).where(on.c.claim.in_(keys))):
            numbers[claim].add(number)
    now, old = tables.statements.alias("now"), tables.statements.alias("old")
    alive, current = tables.statements.alias("alive"), tables.states.alias("current")
    stands = exists().where(alive.c.claim == old.c.claim, current.c.reading == alive.c.reading)
    for keys in chunks(wanted):
        heirs = _heirs(now, old).where(now.c.claim.in_(keys), old.c.claim != now.c.claim, ~stands).subquery()
        question = select(heirs.c[1], on.c.judgement).join(on, on.c.claim == heirs.c[0])
        for claim, number in connection.execute(question):
            numbers[claim].add(number)
    values: dict[int, Judgement] = {}
    table = tables.judgements
    for some in chunks(str(number) for found in numbers.values() for number in found):
        rows = connection.execute(select(table).where(table.c.number.in_([int(one) for one in some])))
        values.update((row["number"], JUDGEMENT.validate_json(row["value"])) for row in rows.mappings())
    return {claim: tuple(values[number] for number in sorted(numbers[claim])) for claim in sorted(numbers)}
