"""How a period and a duty stand on a day. No database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samstyr.foundation.governance.rules.year import Duty
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say
from samstyr.foundation.organisations.rules.composition import months_later


class Standing(StrEnum):
    """Where a period is."""

    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    DONE = "done"
    DONE_LATE = "done_late"
    LATE = "late"
    MISSED = "missed"
    OVER = "over"


WORDS: dict[Standing, str] = {
    Standing.NOT_BEGUN: gettext_noop("Ikke begynt"),
    Standing.UNDER_WAY: gettext_noop("Pågår"),
    Standing.DONE: gettext_noop("Ferdig"),
    Standing.DONE_LATE: gettext_noop("Ferdig for sent"),
    Standing.LATE: gettext_noop("For sent"),
    Standing.MISSED: gettext_noop("Ikke gjort"),
    Standing.OVER: gettext_noop("Over"),
}
TONES: dict[Standing, str] = {
    Standing.NOT_BEGUN: "neutral",
    Standing.UNDER_WAY: "info",
    Standing.DONE: "success",
    Standing.DONE_LATE: "warning",
    Standing.LATE: "danger",
    Standing.MISSED: "danger",
    Standing.OVER: "neutral",
}
ON_TIME, LATE_ONES, MISSING = (Standing.DONE,), (Standing.DONE_LATE, Standing.LATE), (Standing.MISSED,)


@dataclass(frozen=True)
class Course:
    """What is known of a period's course. `steps` is whether cases follow it in the model, `open` how many are open."""

    starts_on: date
    ends_on: date
    done_on: date | None = None
    dropped: bool = False
    steps: bool = False
    treated: int = 0
    open: int = 0


def standing(course: Course, today: date) -> Standing:
    """How the period stands. Nobody has to say that one is under way; one that cases follow is done when none is open.

    One that nobody has ended is late until the year it began in is over, and then it was not done.
    """
    if course.dropped:
        return Standing.MISSED
    if course.done_on is not None:
        return Standing.DONE if course.done_on <= course.ends_on else Standing.DONE_LATE
    if today < course.starts_on:
        return Standing.NOT_BEGUN
    if today <= course.ends_on:
        return Standing.UNDER_WAY
    if course.steps and course.treated and not course.open:
        return Standing.DONE
    last = max(course.ends_on, date(course.starts_on.year, 12, 31))
    return Standing.LATE if today <= last else Standing.MISSED


def by_days(starts_on: date, ends_on: date, today: date) -> Standing:
    """How a period stands that nobody follows here: another wheel's, or one of a year that has not been made."""
    if today < starts_on:
        return Standing.NOT_BEGUN
    return Standing.UNDER_WAY if today <= ends_on else Standing.OVER


@dataclass(frozen=True)
class Due:
    """A duty on one of its days, with when it was done."""

    duty: Duty
    due_on: date
    done_on: date | None
    today: date

    @property
    def days_left(self) -> int:
        """Days until the day; below zero when it is past."""
        return (self.due_on - self.today) // timedelta(days=1)

    @property
    def overdue(self) -> bool:
        """Whether the day is past and it is not done."""
        return self.done_on is None and self.days_left < 0

    @property
    def open_now(self) -> bool:
        """Whether it can be done already."""
        return self.duty.available_from is None or self.duty.available_from <= self.today

    @property
    def tone(self) -> str:
        """The colour of its words."""
        if self.done_on:
            return "success" if self.done_on <= self.due_on else "warning"
        return "danger" if self.overdue else "warning" if self.days_left <= SOON else "neutral"

    @property
    def label(self) -> Sentence:
        """How it stands, in words."""
        if self.done_on:
            late = self.done_on > self.due_on
            return say(gettext_noop("Gjort for sent") if late else gettext_noop("Gjort"))
        if self.overdue:
            return say(gettext_noop("%(days)s dager over fristen"), days=-self.days_left)
        if not self.open_now:
            return say(gettext_noop("Kan ikke gjøres ennå, %(days)s dager til fristen"), days=self.days_left)
        return say(gettext_noop("%(days)s dager til fristen"), days=self.days_left)


SOON = 60
MOST_TIMES = 2_000


def days_of_duty(duty: Duty, since: date, until: date) -> list[date]:
    """The days on which the duty is due from `since` to `until`, both included."""
    if duty.every_months is None:
        return [duty.due] if since <= duty.due <= until else []
    skipped = max(0, ((since.year - duty.due.year) * 12 + since.month - duty.due.month) // duty.every_months - 1)
    found = []
    for number in range(skipped, skipped + MOST_TIMES):
        day = months_later(duty.due, number * duty.every_months)
        if day > until:
            break
        if day >= since:
            found.append(day)
    return found


def dues(
    duties: Iterable[Duty], done: dict[tuple[str, date], date], since: date, until: date, today: date
) -> list[Due]:
    """Every duty on every day it is due in the stretch, by day."""
    found = [
        Due(duty, day, done.get((duty.key, day)), today) for duty in duties for day in days_of_duty(duty, since, until)
    ]
    return sorted(found, key=lambda one: (one.due_on, str(one.duty.name)))


def next_due(duty: Duty, done: dict[tuple[str, date], date], today: date) -> Due | None:
    """The first day that is not done; None for one that is done once and for all.

    One that comes again is overdue for half its interval. After that the next day is what counts, and the year's
    list tells that it was not done: nobody who takes a model into use is met with debts from before.
    """
    if duty.every_months is None:
        return None if (duty.key, duty.due) in done else Due(duty, duty.due, None, today)
    since = months_later(today, -max(1, duty.every_months // 2))
    far = months_later(today, 2 * duty.every_months + 12)
    days = [day for day in days_of_duty(duty, since, far) if (duty.key, day) not in done]
    return Due(duty, days[0], None, today) if days else None
