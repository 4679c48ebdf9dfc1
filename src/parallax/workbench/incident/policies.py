"""What an incident's accounts add up to under every policy, side by side with the one that is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parallax.exports.amounts import number_words
from parallax.exports.spreads import CLASSES
from parallax.model import HARMS, Bound, Kind, Range, Tally


@dataclass(frozen=True, slots=True)
class Under:
    """One cell: a policy's range (None: it has none of this), and in words how it differs from the chosen one's."""

    policy: str
    spread: Range | None
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One row: the harm, of whom, and a cell for each policy in the order of the head."""

    kind: Kind
    whom: str
    cells: tuple[Under, ...]

    @property
    def differs(self) -> bool:
        """Whether any policy gives another range than the chosen one."""
        return any(cell.differs for cell in self.cells)


def side_by_side(tallies: Mapping[str, Tally], chosen: str) -> tuple[Side, ...]:
    """The rows by harm and class; those of which no policy has a number are left out, but for all."""
    spreads = {name: {(one.kind, one.whom): one for one in tally.ranges} for name, tally in tallies.items()}
    things = {
        thing for some in spreads.values() for thing, one in some.items() if one.whom == "all" or _has_number(one)
    }
    return tuple(
        Side(
            kind,
            whom,
            tuple(
                Under(name, some.get((kind, whom)), _differs(some.get((kind, whom)), spreads[chosen].get((kind, whom))))
                for name, some in spreads.items()
            ),
        )
        for kind, whom in sorted(things, key=_place)
    )


def _place(thing: tuple[Kind, str]) -> tuple[int, int, str]:
    kind, whom = thing
    return HARMS.index(kind), CLASSES.index(whom) if whom in CLASSES else len(CLASSES), whom


def _has_number(spread: Range) -> bool:
    return any(end is not None and end.value is not None for end in (spread.low, spread.high, spread.best))


def _differs(spread: Range | None, chosen: Range | None) -> tuple[str, ...]:
    """In words, an end each: "low 3, not 5"."""
    if spread is chosen:
        return ()
    if spread is None or chosen is None:
        return ("counted apart under this policy and not under the chosen one",) if chosen is None else ("not counted",)
    ends = [(name, _end(spread, name), _end(chosen, name)) for name in ("low", "high", "best")]
    found = []
    for name, one, other in ends:
        if one == other or (name == "best" and (one is None or other is None)):
            continue
        found.append(f"{name} {_words(one)}, not {_words(other)}")
    return tuple(found)


def _end(spread: Range | None, name: str) -> int | None:
    bound: Bound | None = getattr(spread, name) if spread is not None else None
    return bound.value if bound is not None else None


def _words(value: int | None) -> str:
    return "unknown" if value is None else number_words(value)
