"""What was said to be coming, and what became of it."""

from __future__ import annotations

import pytest

from parallax.model import Days, Forecast, ForecastState, Kind, Scope, Stance, Statement

from .cases import BRITAIN, FRANCE, RUSSIA, day, ends, said, tally

ATTACK = Kind.GROUND_ATTACK
FOR_THE_FIFTH = Days(day(5), day(5))


def expected(on: int = 2, when: Days | None = FOR_THE_FIFTH, **slots: object) -> Statement:
    return said("ministry", kind=ATTACK, whom=None, on=on, stance=Stance.EXPECTED, when=when, **slots)  # type: ignore[arg-type]


def told(voice: str = "post", on: int = 6, when: Days | None = FOR_THE_FIFTH, **slots: object) -> Statement:
    return said(voice, kind=ATTACK, whom=None, on=on, when=when, **slots)  # type: ignore[arg-type]


def one(*statements: Statement) -> Forecast:
    (found,) = tally(*statements).forecasts
    return found


def test_a_forecast_is_kept_with_its_day_and_awaited() -> None:
    found = one(expected(), said("post", 4, on=3))
    assert found.state is ForecastState.AWAITED
    assert found.words == (
        "expected by the Ministry of Health on 2 October 1854 for 5 October 1854; no report at hand is of a later day"
    )


def test_a_forecast_is_marked_when_it_comes() -> None:
    came, again = told(), told("doctor", on=7)
    found = one(expected(), again, came)
    assert found.state is ForecastState.CAME
    assert set(found.by) == {came.claim.key, again.claim.key}
    assert found.words.endswith("told as having happened by The Morning Post and a doctor, first on 6 October 1854")


def test_a_forecast_whose_day_has_gone_by_untold_has_passed() -> None:
    found = one(expected(), said("post", 4, on=9))
    assert found.state is ForecastState.PASSED
    assert "no report up to 9 October 1854 tells of it" in found.words


@pytest.mark.parametrize(
    "other",
    [
        told(when=Days(day(4), day(4))),
        told(when=None),
        told(on=2),
        told(stance=Stance.DENIED),
        told(stance=Stance.EXPECTED),
        told(scope=Scope.TOTAL),
        said("post", kind=Kind.SHELLING, whom=None, on=6, when=FOR_THE_FIFTH),
        told(who=RUSSIA),
    ],
)
def test_what_is_of_another_day_kind_or_doer_is_not_what_was_expected(other: Statement) -> None:
    found = tally(expected(who=BRITAIN), other).forecasts
    assert all(forecast.state is not ForecastState.CAME for forecast in found)


def test_allies_may_do_what_was_expected_of_one_of_them() -> None:
    assert one(expected(who=BRITAIN), told(who=FRANCE)).state is ForecastState.CAME


def test_a_forecast_without_a_day_comes_with_what_happens_after_it() -> None:
    assert one(expected(when=None), told()).state is ForecastState.CAME
    before = told(when=Days(day(1), day(1)))
    assert one(expected(when=None), before).state is ForecastState.AWAITED


def test_a_forecast_of_deaths_sets_no_bound_even_once_it_came() -> None:
    fear = said("ministry", 500, stance=Stance.EXPECTED, when=FOR_THE_FIFTH)
    toll = said("post", 4, on=6, when=FOR_THE_FIFTH)
    found = tally(fear, toll)
    assert found.forecasts[0].state is ForecastState.CAME
    assert ends(found) == (4, 4)
