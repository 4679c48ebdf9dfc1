"""Questions that copies and linking ask: near copies, origins, tellings and the links between them."""

from __future__ import annotations

from collections.abc import Iterable

from parallax.ledger import happening, linking
from parallax.ledger.connected import Connected
from parallax.model import Incident, Likeness, Link, Origin, Telling


class Tellings(Connected):
    """Questions that copies and linking ask: near copies, origins, tellings and the links between them."""

    def near(self, bands: Iterable[str]) -> tuple[str, ...]:
        """Keys of the reports that share a copy band, sorted."""
        with self.reading_connection() as connection:
            return linking.near(connection, bands)

    def near_reports(self, reports: Iterable[str], least: int, crowd: int) -> tuple[tuple[str, str], ...]:
        """Pairs of one of these reports and another, of these or not, that share at least so many copy bands, by key.

        Bands of more than `crowd` reports are passed over where a report has enough others.
        """
        with self.reading_connection() as connection:
            return linking.near_reports(connection, reports, least, crowd)

    def likenesses(self, reports: Iterable[str]) -> dict[tuple[str, str], Likeness]:
        """Every pair of reports of which one is a copy, by key, of all that hang together with these reports."""
        with self.reading_connection() as connection:
            return linking.likenesses(connection, reports)

    def copies_of(self, reports: Iterable[str]) -> dict[str, Origin]:
        """The reports, by key, that have one of these for their origin."""
        with self.reading_connection() as connection:
            return linking.copies_of(connection, reports)

    def origins(self, reports: Iterable[str]) -> dict[str, Origin]:
        """The origin of each of these reports that has one kept."""
        with self.reading_connection() as connection:
            return linking.origins(connection, reports)

    def tellings(self, reports: Iterable[str]) -> tuple[Telling, ...]:
        """The tellings of these reports, by key."""
        with self.reading_connection() as connection:
            return linking.tellings_of(connection, reports)

    def tellings_by_block(self, keys: Iterable[str]) -> tuple[Telling, ...]:
        """Tellings that have one of these block keys, by key."""
        with self.reading_connection() as connection:
            return linking.tellings_by_block(connection, keys)

    def tellings_of(self, incidents: Iterable[str]) -> set[str]:
        """Keys of the tellings that these incidents hold a claim of."""
        with self.reading_connection() as connection:
            return happening.tellings_of(connection, incidents)

    def component(
        self, telling_keys: Iterable[str], *, weights: bool = True
    ) -> tuple[tuple[Telling, ...], tuple[Link, ...]]:
        """All tellings and links of the connected components that hold these tellings.

        Without `weights` the links come bare, with their scores alone: what gathering needs, and soon read.
        """
        with self.reading_connection() as connection:
            return linking.component(connection, telling_keys, weights=weights)

    def links(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Link]:
        """The links that are kept of these pairs of tellings, by the pair, the smaller key first."""
        with self.reading_connection() as connection:
            return linking.links_of(connection, pairs)

    def link_number(self, incident: Incident) -> int:
        """How many links are kept between the tellings of an incident."""
        with self.reading_connection() as connection:
            return linking.number_among(connection, (telling.key for telling in incident.tellings))

    def successors(self, claims: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """For each claim, the claims of the current readings that stand for it now, by place and kind."""
        with self.reading_connection() as connection:
            return linking.successors(connection, claims)
