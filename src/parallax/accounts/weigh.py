"""What the accounts of one incident add up to under a policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parallax.accounts.contradictions import differences
from parallax.accounts.contrasts import contrasts
from parallax.accounts.evidence import sort_out
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
from parallax.model import HARMS, Incident, Judgement, Origin, Statement, Tally


def weigh(
    incident: Incident,
    statements: Mapping[str, Statement],
    origins: Mapping[str, Origin],
    policy: Policy,
    judgements: Sequence[Judgement] = (),
) -> Tally:
    """The tally of an incident under a policy, each bound with its reasons.

    `statements` are by claim key, `origins` by report key; both may hold more than the
    incident's own. The result does not depend on any order. Raises KeyError where a claim
    of the incident has no statement.
    """
    own, notes = corrected([statements[key] for key in incident.claims], judgements)
    sayings = attribute(own, origins)
    gone = replaced(sayings)
    discounted = discounts(judgements)
    classed, classes = told_apart(sayings, notes)
    notes |= classes
    stands = standing(sayings, gone, discounted)
    kinds = {statement.claim.kind for statement in own}
    known = actors(own)
    told = core(stands, happening(stands, incident.when))
    graded, words = grade(told, known)
    struck, strike_words = strike_status(told, known)
    kept = [said for said in classed if said.key not in discounted]
    return Tally(
        incident=incident.id,
        policy=policy.label,
        ranges=tuple(
            found
            for kind in HARMS
            if kind in kinds
            for found in ranges(kind, sort_out(kind, classed, gone, discounted, notes, policy), policy)
        ),
        grade=graded,
        grade_words=words,
        strike_status=struck,
        attributed=attributed(told, known),
        accounts=accounts(incident.id, sayings, gone),
        differences=differences(sayings, gone),
        links=len(incident.reports),
        origins=len(independent(told)),
        strike_words=strike_words,
        contrasts=contrasts(kept, gone),
        forecasts=forecasts(kept),
        named=named(stands),
    )
