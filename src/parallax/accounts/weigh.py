"""What the accounts of one incident add up to under policies."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from parallax.accounts.contradictions import differences
from parallax.accounts.contrasts import contrasts
from parallax.accounts.evidence import Told, sort_out
from parallax.accounts.fighters import told_apart
from parallax.accounts.forecasts import forecasts
from parallax.accounts.grade import attributed, grade, independent, standing, strike_status
from parallax.accounts.happening import core, happening
from parallax.accounts.history import accounts, replaced
from parallax.accounts.judgements import corrected, discounts
from parallax.accounts.losses import actors
from parallax.accounts.named import named
from parallax.accounts.origins import attribute
from parallax.accounts.policy import Policy
from parallax.accounts.ranges import ranges
from parallax.accounts.stated import counting_the_dead, told_with_an_act
from parallax.model import HARMS, Incident, Judgement, Kind, Origin, Range, Statement, Tally


class Scales:
    """An incident's accounts as they are before any policy has a say; then weighed under one or several.

    `statements` are by claim key, `origins` by report key; both may hold more than the
    incident's own. Nothing depends on any order. Raises KeyError where a claim of the
    incident has no statement.
    """

    def __init__(
        self,
        incident: Incident,
        statements: Mapping[str, Statement],
        origins: Mapping[str, Origin],
        judgements: Sequence[Judgement] = (),
    ) -> None:
        self._incident = incident
        own, self._notes = corrected([statements[key] for key in incident.claims], judgements)
        own, counted = counting_the_dead(own)
        self._notes = {**counted, **self._notes}
        self._sayings = attribute(own, origins)
        self._gone = replaced(self._sayings)
        self._discounted = discounts(judgements)
        self._classed, classes = told_apart(self._sayings, self._notes)
        self._notes |= classes
        self._beside = told_with_an_act(self._classed)
        self._notes |= {said.key: "told of as dead where the report tells of the act" for said in self._beside}
        self._kinds = {Kind.KILLED for _ in self._beside} | {statement.claim.kind for statement in own}
        self._own = own
        every = (*self._classed, *self._beside)
        self._told = {kind: Told.of(kind, every) for kind in HARMS if kind in self._kinds}

    def ranges(
        self, policy: Policy, without: Mapping[str, str] | None = None, kinds: Collection[Kind] = HARMS
    ) -> tuple[Range, ...]:
        """The ranges of these harms under a policy; `without` are claims to leave out beside the discounted, with why.

        What is left out of one harm changes no range of another.
        """
        out = self._discounted | dict(without or {})
        return tuple(
            found
            for kind in HARMS
            if kind in self._kinds and kind in kinds
            for found in ranges(kind, sort_out(self._told[kind], self._gone, out, self._notes, policy), policy)
        )

    def tally(self, policy: Policy) -> Tally:
        """What the accounts add up to under a policy, each bound with its reasons."""
        return replace(self._common, policy=policy.label, ranges=self.ranges(policy))

    @cached_property
    def _common(self) -> Tally:
        """The tally but for what a policy decides."""
        stands = standing(self._sayings, self._gone, self._discounted)
        known = actors(self._own)
        told = core(stands, happening(stands, self._incident.when))
        graded, words = grade(told, known)
        struck, strike_words = strike_status(told, known)
        kept = [said for said in self._classed if said.key not in self._discounted]
        return Tally(
            incident=self._incident.id,
            policy="",
            ranges=(),
            grade=graded,
            grade_words=words,
            strike_status=struck,
            attributed=attributed(told, known),
            accounts=accounts(self._incident.id, self._sayings, self._gone),
            differences=differences(self._sayings, self._gone),
            links=len(self._incident.reports),
            origins=len(independent(told)),
            strike_words=strike_words,
            contrasts=contrasts(kept, self._gone),
            forecasts=forecasts(kept),
            named=named(stands),
        )


def weigh(
    incident: Incident,
    statements: Mapping[str, Statement],
    origins: Mapping[str, Origin],
    policy: Policy,
    judgements: Sequence[Judgement] = (),
) -> Tally:
    """The tally of an incident under one policy, as `Scales` weighs it."""
    return Scales(incident, statements, origins, judgements).tally(policy)
