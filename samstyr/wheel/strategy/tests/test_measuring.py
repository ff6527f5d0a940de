"""How targets stand: figures worked out by hand, and the rules in Hypothesis' hands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samstyr.foundation.governance.rules.strategy import Baseline, Target, YearValue
from samstyr.foundation.governance.rules.words import Text
from samstyr.wheel.strategy.rules.measuring import (
    Measured,
    MeasurementValues,
    Start,
    State,
    expected_in,
    faults,
    reached,
    standing,
)

pytestmark = pytest.mark.pure
TRAVEL = Target(
    key="reise", name=Text("Møter med reise"), operator="at_most", value=-50, relative=True, due_year=2017,
    milestones=(YearValue(year=2014, value=210), YearValue(year=2015, value=180), YearValue(year=2016, value=150), YearValue(year=2017, value=120)),
)  # fmt: skip


def at(year: int, value: float) -> Measured:
    return Measured(date(year, 12, 31), Decimal(str(value)))


def test_a_change_has_no_answer_before_one_knows_what_it_is_a_change_from() -> None:
    """W9.10: the travel target has no baseline."""
    found = standing(TRAVEL, [at(2016, 130)], date(2017, 1, 5))
    assert (found.state, found.aim, found.per_cent) == (State.NO_START, None, None)


def test_an_assumed_start_is_no_start() -> None:
    """F-N13: no silent default."""
    assumed = TRAVEL.model_copy(update={"baseline": Baseline(value=240, quality="assumed", year=2013)})
    assert standing(assumed, [at(2016, 130)], date(2017, 1, 5)).state is State.NO_START


def test_the_travel_target_as_worked_out_by_hand() -> None:
    """W9.10: 240 → 120 on the path 210/180/150/120; 130 is −45.8 %, 118 is −50.8 % and met."""
    start = Start(Decimal(240), 2013)
    before = standing(TRAVEL, [at(2016, 130)], date(2017, 1, 5), start)
    assert (before.aim, before.expected, before.state) == (Decimal(120), Decimal(150), State.ON_PATH)
    assert before.per_cent is not None
    assert round(before.per_cent, 1) == Decimal("-45.8")
    after = standing(TRAVEL, [at(2017, 118), at(2016, 130)], date(2018, 1, 5), start)
    assert after.state is State.MET
    assert after.per_cent is not None
    assert round(after.per_cent, 1) == Decimal("-50.8")
    assert after.since_last == Decimal(-12)


def test_behind_the_path_and_missed_when_the_year_is_over() -> None:
    start = Start(Decimal(240), 2013)
    assert standing(TRAVEL, [at(2015, 200)], date(2016, 1, 5), start).state is State.BEHIND
    assert standing(TRAVEL, [at(2017, 121)], date(2018, 1, 5), start).state is State.MISSED


def test_uptime_to_the_hundredth() -> None:
    """W9.2: 99.79 is met, 99.63 is not met 99.7."""
    uptime = Target(key="oppetid", name=Text("Oppetid"), unit=Text("%"), value=99.7)
    assert standing(uptime, [at(2025, 99.79)], date(2026, 1, 5)).state is State.MET
    assert standing(uptime, [at(2025, 99.63)], date(2026, 1, 5)).state is State.UNDER_WAY
    assert standing(uptime, [], date(2026, 1, 5)).state is State.UNMEASURED


def test_an_indicator_without_an_aim_is_followed_in_points() -> None:
    """W4.11: 50 to 58 per cent is 8 points up."""
    inquiries = Target(
        key="h", name=Text("Digitale henvendelser"), baseline=Baseline(value=50, quality="measured", year=2018)
    )
    found = standing(inquiries, [at(2019, 58)], date(2020, 1, 1))
    assert (found.state, found.since_start, found.per_cent) == (State.FOLLOWED, Decimal(8), Decimal(16))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (MeasurementValues(None, Decimal(1), "Kilde"), "on"),
        (MeasurementValues(date(2026, 3, 1), Decimal(1), "Kilde"), "on"),
        (MeasurementValues(date(1960, 3, 1), Decimal(1), "Kilde"), "on"),
        (MeasurementValues(date(2026, 1, 1), None, "Kilde"), "value"),
        (MeasurementValues(date(2026, 1, 1), Decimal("NaN"), "Kilde"), "value"),
        (MeasurementValues(date(2026, 1, 1), Decimal("1e12"), "Kilde"), "value"),
        (MeasurementValues(date(2026, 1, 1), Decimal("0.00001"), "Kilde"), "value"),
        (MeasurementValues(date(2026, 1, 1), Decimal(1), " "), "source"),
    ],
)
def test_a_faulty_measurement_is_told_of_by_its_field(values: MeasurementValues, field: str) -> None:
    assert [fault.field for fault in faults(values, date(2026, 2, 1))] == [field]


FIGURES = st.decimals(min_value=-1000, max_value=1000, places=2)


@given(
    operator=st.sampled_from(["at_least", "at_most", "equal"]), aim=FIGURES,
    values=st.lists(FIGURES, min_size=1, max_size=6, unique=True),
)  # fmt: skip
def test_the_latest_alone_decides_and_the_order_they_come_in_does_not(
    operator: str, aim: Decimal, values: list[Decimal]
) -> None:
    target = Target(key="m", name=Text("Mål"), operator=operator, value=float(aim))  # type: ignore[arg-type]
    rows = [Measured(date(2000 + number, 1, 1), value) for number, value in enumerate(values)]
    found = standing(target, rows, date(2026, 1, 1))
    assert found == standing(target, rows[::-1], date(2026, 1, 1))
    assert (found.state is State.MET) == reached(target, values[-1], aim)


@given(
    st.lists(st.tuples(st.integers(2000, 2030), FIGURES), unique_by=lambda one: one[0], max_size=6),
    st.integers(1990, 2040),
)
def test_the_path_says_what_its_last_year_said(path: list[tuple[int, Decimal]], year: int) -> None:
    target = Target(key="m", name=Text("Mål"), milestones=tuple(YearValue(year=y, value=float(v)) for y, v in path))
    before = [(y, v) for y, v in path if y <= year]
    assert expected_in(target, year) == (max(before)[1] if before else None)
