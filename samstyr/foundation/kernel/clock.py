"""The only clock. Everything else gets the time as an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def oslo_date(instant: datetime) -> date:
    """The calendar date in Norway at `instant`: deadlines end at midnight Oslo time."""
    return instant.astimezone(OSLO).date()
