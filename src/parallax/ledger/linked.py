"""What links reports, kept: copies and their pairs, tellings and the links between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select, update

from parallax.errors import LedgerError
from parallax.ledger import linking, log, tables
from parallax.ledger.rows import UNITS, Row, chunks, link_row, seal, telling_row
from parallax.ledger.sealing import Children, Sealing, sealed
from parallax.model import Likeness, Link, Origin, Telling


class Linked(Sealing):
    """The verbs of a writer that say which reports are copies, what each tells of, and what is linked."""

    def add_copy(self, report_key: str, bands: Iterable[str], origin: Origin) -> None:
        """Keep the bands that near copies share, and the first report of the same text."""
        self._copy(report_key, sorted(set(bands)), origin)

    def set_origin(self, report_key: str, origin: Origin) -> None:
        """Put another origin in place of the one kept; the bands stay."""
        bands = select(tables.bands.c.band).where(tables.bands.c.report == report_key)
        self._copy(report_key, sorted(self._connection.execute(bands).scalars()), origin)

    def set_likenesses(self, report_keys: Iterable[str], found: Mapping[tuple[str, str], Likeness]) -> None:
        """Keep which pairs of reports are copies, in place of what was kept of any of these reports.

        Each pair is of two keys in order.
        """
        table = tables.likenesses
        kept: dict[tuple[str, str], Row] = {}
        for keys in chunks(report_keys):
            question = select(table).where(table.c.a.in_(keys) | table.c.b.in_(keys))
            kept.update({(row["a"], row["b"]): dict(row) for row in self._connection.execute(question).mappings()})
        rows = {
            (a, b): {"a": a, "b": b, "a_in_b": two.a_in_b, "b_in_a": two.b_in_a, "same": int(two.same)}
            for (a, b), two in found.items()
        }
        gone = [pair for pair in sorted(kept) if rows.get(pair) != kept[pair]]
        new = [rows[pair] for pair in sorted(rows) if kept.get(pair) != rows[pair]]
        for a, b in gone:
            self._connection.execute(delete(table).where((table.c.a == a) & (table.c.b == b)))
            self._seals["likenesses"][UNITS["likenesses"].name(kept[a, b])] = None
        self._put_all("likenesses", new)
        if gone or new:
            self._log("likenesses", "", {"pairs": len(new), "gone": len(gone)})

    def add_tellings(self, told: Mapping[str, Sequence[tuple[Telling, frozenset[str]]]]) -> None:
        """Keep what each of these reports tells of each happening, with the keys to block on; they are told now.

        `told` is by report key. Raises LedgerError for a telling of another report, and for a report
        that is not kept; nothing is written then.
        """
        units = {report_key: _units(report_key, tellings) for report_key, tellings in told.items()}
        states, before = self._states(told), self._told(told)
        if missing := sorted(told.keys() - states.keys()):
            raise LedgerError(f"no report has the key {missing[0]}")
        rows: list[Row] = []
        children: list[Children] = []
        now_told: list[str] = []
        entries: list[Row] = []
        for report_key, new in units.items():
            standing = {key: self._seal("tellings", key) for key in before[report_key]}
            if states[report_key]["told"] and standing == {key: sealed(*unit) for key, unit in new.items()}:
                continue
            retired = self._retire(report_key) if standing else {"tellings": []}
            for row, hung in new.values():
                self._seals["tellings"][UNITS["tellings"].name(row)] = sealed(row, hung)
                rows.append(row)
                children.append(hung)
            self._seals["states"][report_key] = seal({**states[report_key], "told": 1})
            now_told.append(report_key)
            details: dict[str, Any] = {"tellings": len(told[report_key])}
            details |= {"retired": retired} if retired["tellings"] else {}
            entries.append(self._entry("tellings", report_key, details))
        self._insert("tellings", rows, children)
        for keys in chunks(now_told):
            self._connection.execute(update(tables.states).where(tables.states.c.report.in_(keys)).values(told=1))
        log.append(self._connection, entries)

    def _states(self, report_keys: Iterable[str]) -> dict[str, Row]:
        table = tables.states
        found: dict[str, Row] = {}
        for keys in chunks(report_keys):
            rows = self._connection.execute(select(table).where(table.c.report.in_(keys))).mappings()
            found.update((row["report"], dict(row)) for row in rows)
        return found

    def _told(self, report_keys: Iterable[str]) -> dict[str, list[str]]:
        """The keys of the tellings that each report has."""
        table = tables.tellings
        found: dict[str, list[str]] = {key: [] for key in report_keys}
        for keys in chunks(found):
            question = select(table.c.report, table.c.key).where(table.c.report.in_(keys))
            for report, key in self._connection.execute(question).all():
                found[report].append(key)
        return found

    def add_links(self, links: Iterable[Link]) -> None:
        """Keep links between tellings; a pair that stands is scored anew."""
        table = tables.links
        rows = {(row["a"], row["b"]): row for row in map(link_row, links)}
        kept = linking.link_values(self._connection, rows)
        changed = [rows[pair] for pair in sorted(rows) if kept.get(pair) != rows[pair]["value"]]
        for row in changed:
            if (row["a"], row["b"]) in kept:
                self._connection.execute(delete(table).where((table.c.a == row["a"]) & (table.c.b == row["b"])))
        self._put_all("links", changed)
        added = len(changed)
        if added:
            self._log("links", "", {"links": added})

    def _copy(self, report_key: str, bands: Sequence[str], origin: Origin) -> None:
        row = {"report": report_key, "origin": origin.report, "share": float(origin.share)}
        table = tables.copies
        standing = self._connection.execute(select(table).where(table.c.report == report_key)).mappings().first()
        kept = select(tables.bands.c.band).where(tables.bands.c.report == report_key)
        if standing is not None:
            if dict(standing) == row and sorted(self._connection.execute(kept).scalars()) == list(bands):
                return
            self._remove("copies", "report", report_key)
        self._put("copies", row, {tables.bands: [{"report": report_key, "band": band} for band in bands]})
        self._log("copy", report_key, {"origin": origin.report, "share": origin.share})

    def _retire(self, report_key: str) -> dict[str, Any]:
        """Take a report's tellings and their links out of the linking; the log entry keeps them."""
        table, links = tables.tellings, tables.links
        rows = self._connection.execute(select(table).where(table.c.report == report_key)).mappings().all()
        retired: dict[str, Any] = {"tellings": [dict(row) for row in rows], "links": []}
        for keys in chunks(row["key"] for row in rows):
            touched = links.c.a.in_(keys) | links.c.b.in_(keys)
            for link in self._connection.execute(select(links).where(touched)).mappings():
                retired["links"].append(link["value"])
                self._seals["links"][UNITS["links"].name(link)] = None
            self._connection.execute(delete(links).where(touched))
        for row in rows:
            self._remove("tellings", "key", row["key"])
        return retired


def _units(report_key: str, tellings: Iterable[tuple[Telling, frozenset[str]]]) -> dict[str, tuple[Row, Children]]:
    """The rows of one report's tellings, with those of their blocks, by telling."""
    new: dict[str, tuple[Row, Children]] = {}
    for telling, keys in tellings:
        if telling.report != report_key:
            raise LedgerError(f"telling {telling.key}: is of report {telling.report}, not {report_key}")
        hung = {tables.blocks: [{"telling": telling.key, "block": key} for key in sorted(keys)]}
        new[telling.key] = telling_row(telling), hung
    return new
