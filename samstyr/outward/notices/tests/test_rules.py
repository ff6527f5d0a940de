"""When somebody is reminded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samstyr.outward.notices.rules import link_ends_on, once_key, reminder_stage

DUE = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("days_before", "stage"), [(30, ""), (8, ""), (7, "7"), (2, "7"), (1, "1"), (0, "1"), (-1, "over"), (-90, "over")]
)
def test_a_week_before_the_day_before_and_once_after(days_before: int, stage: str) -> None:
    assert reminder_stage(DUE - timedelta(days=days_before), DUE, None) == stage


def test_nobody_is_reminded_of_what_they_have_just_been_told() -> None:
    today = DUE - timedelta(days=6)
    assert reminder_stage(today, DUE, today - timedelta(days=2)) == ""
    assert reminder_stage(today, DUE, today - timedelta(days=3)) == "7"
    assert reminder_stage(DUE, DUE, DUE) == ""
    assert reminder_stage(DUE, DUE, DUE - timedelta(days=1)) == "1"


def test_without_a_deadline_there_is_no_reminder() -> None:
    assert reminder_stage(DUE, None, None) == ""


def test_a_moved_deadline_may_be_reminded_of_again() -> None:
    assert once_key("task", "a", DUE, "7") != once_key("task", "a", DUE + timedelta(days=7), "7")
    assert once_key("task", "a", DUE) == once_key("task", "a")


def test_a_link_lasts_a_month_past_the_deadline() -> None:
    assert link_ends_on(date(2026, 3, 1), DUE) == date(2026, 4, 30)
    assert link_ends_on(date(2026, 5, 1), DUE) == date(2026, 5, 31)
