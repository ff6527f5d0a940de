"""The periods that a report is written for, when each is due, and how far it has come. No clock, no database."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samstyr.foundation.kernel.workdays import add_working_days

# How many months each part of the year has.
MONTHS = {"month": 1, "quarter": 3, "tertial": 4, "half_year": 6, "year": 12}
# Where the model gives no deadline.
USUAL_DAYS = 14
# A report before a meeting may be begun this long before it is due, and one after a round counts as missing after it.
AHEAD, ROUND_LASTS = timedelta(days=14), timedelta(days=30)
MEETING, ROUND = "meeting", "round"


@dataclass(frozen=True)
class Period:
    """What one report is about. `opens_on` is when it can be written, `missing_from` when it counts as missing.

    `key` is the same each time it is worked out: ``2026-10``, ``2026-k3``, ``2026-t2``, ``2026-h1``, ``2026``, or the
    meeting's or the round's own with its id.
    """

    key: str
    kind: str
    starts_on: date
    ends_on: date
    opens_on: date
    due_on: date
    missing_from: date
    name: str = ""

    @property
    def number(self) -> int:
        """Which month, quarter, tertial or half of the year it is."""
        return (self.starts_on.month - 1) // MONTHS.get(self.kind, 12) + 1


def periods_of_year(kind: str, since: date, until: date, *, days_after: int | None = None) -> Iterator[Period]:
    """The parts of the year that end on or after `since` and have begun by `until`, oldest first."""
    months = MONTHS[kind]
    year, first = since.year, (since.month - 1) // months * months + 1
    starts = date(year, first, 1)
    while starts <= until:
        ends = _end(starts, months)
        due = ends + timedelta(days=USUAL_DAYS if days_after is None else days_after)
        following = _end(ends + timedelta(days=1), months)
        yield Period(
            _key(kind, starts), kind, starts, ends, ends + timedelta(days=1), due,
            max(due, following) + timedelta(days=1),
        )  # fmt: skip
        starts = ends + timedelta(days=1)


def _end(starts: date, months: int) -> date:
    last = starts.month + months - 1
    return date(starts.year, last, monthrange(starts.year, last)[1])


def _key(kind: str, starts: date) -> str:
    number = (starts.month - 1) // MONTHS[kind] + 1
    letters = {"quarter": "k", "tertial": "t", "half_year": "h"}
    if kind == "year":
        return str(starts.year)
    return f"{starts.year}-{starts.month:02}" if kind == "month" else f"{starts.year}-{letters[kind]}{number}"


def due_before_meeting(period: Period, days: Iterable[date], working_days: int) -> Period:
    """The period with its deadline moved to so many working days before the first meeting after it is over.

    Without such a meeting it keeps the deadline it has.
    """
    meeting = next((day for day in sorted(days) if day > period.ends_on), None)
    if meeting is None:
        return period
    due = max(period.opens_on, add_working_days(meeting, -working_days))
    last = max(due, period.missing_from - timedelta(days=1))
    return _with(period, due_on=due, missing_from=last + timedelta(days=1))


def periods_of_meetings(
    meetings: Sequence[tuple[str, date]], since: date, until: date, *, working_days: int | None = None
) -> Iterator[Period]:
    """One for each meeting held on or after `since`, from the day after the one before it; those that can be begun."""
    before: date | None = None
    for key, day in sorted(meetings, key=lambda one: (one[1], one[0])):
        starts = before + timedelta(days=1) if before else day - timedelta(days=91)
        before = day
        due = add_working_days(day, -(5 if working_days is None else working_days))
        opens = due - AHEAD
        if day >= since and opens <= until:
            yield Period(f"mote-{key}", MEETING, min(starts, due), due, opens, due, day + timedelta(days=1))


def periods_of_rounds(
    rounds: Sequence[tuple[str, str, date, date]], since: date, *, days_after: int | None = None
) -> Iterator[Period]:
    """One for each round (id, name, opened, closed) that was closed on or after `since`."""
    for key, name, opened, closed in sorted(rounds, key=lambda one: (one[3], one[0])):
        if closed >= since:
            due = closed + timedelta(days=USUAL_DAYS if days_after is None else days_after)
            yield Period(f"runde-{key}", ROUND, opened, closed, closed, due, due + ROUND_LASTS, name)


def _with(period: Period, *, due_on: date, missing_from: date) -> Period:
    return Period(
        period.key, period.kind, period.starts_on, period.ends_on, period.opens_on, due_on, missing_from, period.name
    )


class Standing(StrEnum):
    """How far the report of a period has come. Sent late and missing are told apart: one can still be read."""

    UPCOMING = "upcoming"
    DUE = "due"
    DRAFT = "draft"
    LATE = "late"
    MISSING = "missing"
    SENT = "sent"
    SENT_LATE = "sent_late"


def standing_of(period: Period, today: date, *, begun: bool, sent_on: date | None) -> Standing:
    """How far it has come on the day."""
    if sent_on is not None:
        return Standing.SENT_LATE if sent_on > period.due_on else Standing.SENT
    if today >= period.missing_from:
        return Standing.MISSING
    if today > period.due_on:
        return Standing.LATE
    if begun:
        return Standing.DRAFT
    return Standing.DUE if today >= period.opens_on else Standing.UPCOMING
