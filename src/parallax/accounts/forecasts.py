"""What was said to be coming, kept with its day, and marked by what was told later.

A forecast ("the shelling will go on tomorrow") bears on no number. It came where a later
report says that a thing of that kind happened on the days that it names; it has passed
where those days lie behind the last report at hand and nobody tells of it; else it is
awaited. The last report at hand stands for today, so that the answer does not depend on
when it is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from parallax.accounts.history import in_words
from parallax.accounts.origins import Said
from parallax.accounts.policy import listed
from parallax.model import Actor, Days, Forecast, ForecastState, Scope, Stance, VictimClass

TOLD = {VictimClass.CIVILIAN, VictimClass.COMBATANT}


def forecasts(sayings: Sequence[Said]) -> tuple[Forecast, ...]:
    """The forecasts among the sayings, by day of publication, each with what became of it."""
    last = max((said.day for said in sayings if said.day is not None), default=None)
    return tuple(
        _followed(said, sayings, last)
        for said in sayings
        if said.statement.claim.stance is Stance.EXPECTED and said.copied is None
    )


def _followed(forecast: Said, sayings: Sequence[Said], last: date | None) -> Forecast:
    claim = forecast.statement.claim
    kept = _kept(forecast)
    came = [said for said in sayings if _is_fulfilment(said, forecast)]
    if came:
        first = came[0].day
        voices = listed([said.statement.voice.name for said in came])
        words = f"{kept}; told as having happened by {voices}{f', first on {in_words(first)}' if first else ''}"
        return Forecast(forecast.key, ForecastState.CAME, words, tuple(sorted(said.key for said in came)))
    if claim.when is not None and last is not None and claim.when.last < last:
        words = f"{kept}; its day has passed, and no report up to {in_words(last)} tells of it"
        return Forecast(forecast.key, ForecastState.PASSED, words)
    if claim.when is None:
        return Forecast(forecast.key, ForecastState.AWAITED, f"{kept}; it names no day, and no report tells of it")
    return Forecast(forecast.key, ForecastState.AWAITED, f"{kept}; no report at hand is of a later day")


def _kept(forecast: Said) -> str:
    when, day = forecast.statement.claim.when, forecast.day
    words = f"expected by {forecast.statement.voice.name}"
    words += f" on {in_words(day)}" if day else ""
    return words + (f" for {_days(when)}" if when else "")


def _days(when: Days) -> str:
    return in_words(when.first) if when.first == when.last else f"{in_words(when.first)} to {in_words(when.last)}"


def _is_fulfilment(said: Said, forecast: Said) -> bool:
    """Whether a saying tells, later, of a thing of the forecast's kind on its days, and nothing speaks against it."""
    one, other = said.statement, forecast.statement
    if one.claim.kind is not other.claim.kind or said.copied is not None or one.claim.scope is not Scope.EVENT:
        return False
    if one.claim.stance not in (Stance.ASSERTED, Stance.DOUBTED):
        return False
    if said.day is None or forecast.day is None or said.day <= forecast.day:
        return False
    if one.who is not None and other.who is not None and not _fight_together(one.who, other.who):
        return False
    if one.claim.whom_class is not other.claim.whom_class and {one.claim.whom_class, other.claim.whom_class} == TOLD:
        return False
    if other.claim.when is None:
        # A forecast without a day is met only by what is said to have happened since it was made.
        return one.claim.when is None or one.claim.when.last > forecast.day
    return one.claim.when is not None and one.claim.when.meets(other.claim.when)


def _fight_together(a: Actor, b: Actor) -> bool:
    return a.key == b.key or (a.side is not None and a.side == b.side)
