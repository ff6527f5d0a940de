"""When a measure is off plan, and when nobody has told of it for too long."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

NOT_STARTED, DONE, STOPPED = "not_started", "done", "stopped"


class Deviation(StrEnum):
    """How a measure is off plan."""

    NONE = "none"
    STARTED_EARLY = "started_early"
    STARTED_LATE = "started_late"
    NOT_STARTED = "not_started"
    NOT_DONE = "not_done"


def deviation_of(
    state: str, starts_on: date | None, ends_on: date | None, started: date | None, today: date, *, tolerance: int
) -> tuple[Deviation, int]:
    """How it is off plan, and by how many days: the end counts before the start, and nothing that is stopped (B-47).

    `tolerance` is how many days a start may lie off plan.
    """
    if state == STOPPED:
        return Deviation.NONE, 0
    if state != DONE and ends_on is not None and ends_on < today:
        return Deviation.NOT_DONE, (today - ends_on).days
    if starts_on is None:
        return Deviation.NONE, 0
    if started is not None:
        days = (started - starts_on).days
        if abs(days) <= tolerance:
            return Deviation.NONE, 0
        return (Deviation.STARTED_LATE if days > 0 else Deviation.STARTED_EARLY), abs(days)
    late = (today - starts_on).days
    if state == NOT_STARTED and late > tolerance:
        return Deviation.NOT_STARTED, late
    return Deviation.NONE, 0


def is_stale(
    state: str, told: date | None, adopted: date | None, starts_on: date | None, today: date, days: int
) -> bool:
    """Whether nobody has told of a measure that is under way, or should have begun, for more than so many days (N-212).

    One that is done or stopped needs no more news, and one that has never been told of counts from when it was to
    start, or from when the plan was adopted.
    """
    if state in (DONE, STOPPED):
        return False
    since = told or max(day for day in (adopted, starts_on, date.min) if day is not None)
    return since != date.min and (today - since).days > days
