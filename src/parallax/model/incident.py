"""An incident: one happening that several claims are about, and what links them."""

from __future__ import annotations

from dataclasses import dataclass

from parallax.model.claim import Kind
from parallax.model.slots import Days
from parallax.model.statement import Place


@dataclass(frozen=True, slots=True)
class Telling:
    """What one report tells of one happening: its claims about it, by key."""

    key: str
    report: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weight:
    """One reason for or against a link: a name, points, and the reason in words."""

    name: str
    points: float
    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two tellings held to be of one happening, with the weights that say so."""

    a: str
    b: str
    score: float
    weights: tuple[Weight, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening that several claims are about.

    `id` is drawn from the first telling (by day of publication, then key), so that it
    stays the same whatever the order of reading.
    """

    id: str
    tellings: tuple[Telling, ...]
    links: tuple[Link, ...]
    kinds: tuple[Kind, ...]
    when: Days | None
    where: Place | None

    @property
    def claims(self) -> tuple[str, ...]:
        """The keys of all its claims, sorted."""
        return tuple(sorted(key for telling in self.tellings for key in telling.claims))

    @property
    def reports(self) -> tuple[str, ...]:
        """The keys of all its reports, sorted."""
        return tuple(sorted({telling.report for telling in self.tellings}))
