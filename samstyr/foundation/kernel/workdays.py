"""Working days in Norway: Monday to Friday, public holidays left out."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """Norwegian public holidays of `year` (Sundays that are not holidays are left out)."""
    return frozenset(holidays.country_holidays("NO", years=year, include_sundays=False).keys())  # type: ignore[call-arg]


def is_working_day(day: date) -> bool:
    """Whether offices are open on `day`."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def add_working_days(start: date, days: int) -> date:
    """The date `days` working days after `start` (before it when negative); zero gives `start` itself."""
    step = timedelta(days=1 if days > 0 else -1)
    day = start
    for _ in range(abs(days)):
        day += step
        while not is_working_day(day):
            day += step
    return day
