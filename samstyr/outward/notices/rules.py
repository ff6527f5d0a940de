"""When to remind, and how a notice is told from its like. No database."""

from __future__ import annotations

from datetime import date, timedelta

WEEK, DAY, TODAY, OVER = "7", "1", "0", "over"
# What waits in the outbox longer than this is no news any more.
STALE = timedelta(days=14)
LINK_LASTS = timedelta(days=30)


def reminder_stage(today: date, due_on: date | None, told_on: date | None) -> str:
    """Which reminder is due for a thing: a week before, the day before, or once when the deadline is past.

    Empty when none is. Nobody is reminded within two days of having been told anyway, and what is due today
    or tomorrow reminds the next day at the earliest.
    """
    if due_on is None:
        return ""
    left = (due_on - today).days
    stage = OVER if left < 0 else DAY if left <= 1 else WEEK if left <= 7 else ""
    quiet = 1 if stage in (DAY, OVER) else 3
    if not stage or (told_on is not None and (today - told_on).days < quiet):
        return ""
    return stage


def follow_up_stage(today: date, due_on: date, told_on: date | None) -> str:
    """Which reminder is due for something to be followed up: a week before, the day before, on the day, or once after.

    Empty when none is. Nobody is reminded on the day they were told anyway.
    """
    left = (due_on - today).days
    stage = OVER if left < 0 else TODAY if left == 0 else DAY if left == 1 else WEEK if left <= 7 else ""
    return "" if told_on == today else stage


def once_key(kind: str, object_id: object, due_on: date | None = None, stage: str = "") -> str:
    """What makes a notice the same as one already given: kind, thing, and for a reminder its deadline and stage."""
    return f"{kind}:{object_id}" + (f":{due_on}:{stage}" if stage else "")


def link_ends_on(today: date, deadline: date) -> date:
    """The last day a mail link works: a month after the deadline, or a month from now when that is later."""
    return max(today, deadline) + LINK_LASTS
