"""Which statements bear on a number, and why each of the others does not.

The reasons stand in the tally beside the bound, so they are written for its readers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parallax.accounts.figures import Figure
from parallax.accounts.history import in_words
from parallax.accounts.origins import Said
from parallax.accounts.policy import Policy
from parallax.accounts.quantify import read
from parallax.model import Kind, LeftOut, Scope, Stance, VictimClass


@dataclass(frozen=True, slots=True)
class Evidence:
    """The figures of one harm that bear on its bounds, and the claims that bear on none, with reasons."""

    figures: tuple[Figure, ...]
    left_out: tuple[LeftOut, ...]


def sort_out(
    kind: Kind, sayings: Sequence[Said], gone: Mapping[str, Said], discounted: Mapping[str, str], policy: Policy
) -> Evidence:
    """The evidence for one harm under one policy. `gone` holds the replaced claims, `discounted` people's reasons."""
    figures: list[Figure] = []
    out: list[LeftOut] = []
    for said in sayings:
        claim = said.statement.claim
        if claim.kind is not kind:
            continue
        reason = discounted.get(said.key) or _why_not(said, gone, policy)
        spread = read(claim, policy.words)
        if reason is None and spread is None:
            reason = f"says {kind.value} but gives no number, which is unknown and not 0"
        if reason is not None or spread is None:
            out.append(LeftOut(said.key, reason or ""))
        else:
            figures.append(Figure(said.statement, spread, said.origin, said.day, said.reckons))
    parts = {figure.key: whole for figure in figures if (whole := whole_of(figure, figures)) is not None}
    out += [LeftOut(key, f"part of the {whole.spread.top}") for key, whole in parts.items()]
    return Evidence(
        tuple(figure for figure in figures if figure.key not in parts),
        tuple(sorted(out, key=lambda left: left.claim)),
    )


def _why_not(said: Said, gone: Mapping[str, Said], policy: Policy) -> str | None:
    statement, claim = said.statement, said.statement.claim
    if said.copied is not None:
        return said.copied.reason
    if claim.scope is Scope.TOTAL:
        return f"a running total since {claim.when.first.year}" if claim.when else "a running total"
    if claim.stance is Stance.EXPECTED:
        return "expected, not said to have happened"
    if claim.stance is Stance.DENIED:
        return f"denied by {statement.voice.name}"
    later = gone.get(said.key)
    if later is not None and later.day is not None:
        verb = "withdrawn" if later.statement.claim.stance is Stance.DENIED else "superseded"
        return f"{verb} on {in_words(later.day)} by the same voice"
    return policy.admit(statement)


def whole_of(part: Figure, figures: Sequence[Figure]) -> Figure | None:
    """The wider figure that this one is a part of: "5 children" of "12 people", told by the same report or voice.

    A count of some of the people only (children, a named man) that stands beside a larger
    count of the same or a wider class is a part of it, and never added. None if there is none.
    """
    if not part.names_some:
        return None
    wholes = [
        figure
        for figure in figures
        if figure.key != part.key
        and (figure.claim.report == part.claim.report or figure.origin == part.origin)
        and not figure.names_some
        and figure.spread.top >= part.spread.top
        and (
            figure.whom_class is part.whom_class
            or (figure.whom_class is VictimClass.CIVILIAN and part.whom_class is VictimClass.UNKNOWN)
        )
        and _same_side(figure, part)
    ]
    return min(wholes, key=lambda f: (f.origin != part.origin, -f.spread.top, f.key), default=None)


def _same_side(a: Figure, b: Figure) -> bool:
    one, other = a.statement.whom, b.statement.whom
    return one is None or other is None or one.key == other.key
