"""When a step is due: dates, days, other bodies' meetings, and choices between them. No database, no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say
from samstyr.foundation.kernel.workdays import add_working_days

from .schema import on_year
from .walking import CaseFacts, holds

# (body, on or after) → the body's next meeting day, or None when none is planned.
NextMeeting = Callable[[str, date], date | None]
# (period, on) → first and last day of the wheel's period that covers or next follows the day.
Window = Callable[[str, date], tuple[date, date] | None]


@dataclass(frozen=True)
class Setting:
    """What a deadline may hang on."""

    opened_on: date
    facts: CaseFacts
    next_meeting: NextMeeting
    window: Window
    body_names: Mapping[str, str]


@dataclass(frozen=True)
class Due:
    """A day, and in words what it hangs on."""

    on: date
    why: Sentence


def due(deadline: Any, setting: Setting) -> Due | None:
    """The day a step is due, or None while it cannot be told (no meeting planned, no condition met)."""
    if deadline is None:
        return None
    match str(deadline.kind):
        case "date":
            return _fixed(deadline, setting)
        case "period_start" | "period_end" | "period":
            return _period(deadline, setting)
        case "days":
            return Due(
                setting.opened_on + timedelta(days=deadline.days),
                say(gettext_noop("%(days)s dager etter at steget begynte"), days=deadline.days),
            )
        case "working_days":
            return Due(
                add_working_days(setting.opened_on, deadline.days),
                say(gettext_noop("%(days)s virkedager etter at steget begynte"), days=deadline.days),
            )
        case "meeting":
            return _meeting(deadline, setting)
        case "first_of" | "last_of":
            return _choice(deadline, setting)
        case "conditional":
            for case in deadline.cases:
                if holds(case.when, setting.facts):
                    return due(case.use, setting)
            return due(getattr(deadline, "otherwise", None), setting)
    return None


def _fixed(deadline: Any, setting: Setting) -> Due:
    for year in (setting.opened_on.year, setting.opened_on.year + 1):
        day = on_year(deadline, year)
        if day >= setting.opened_on:
            return Due(day, say(gettext_noop("fast dato i styringsmodellen")))
    return Due(day, say(gettext_noop("fast dato i styringsmodellen")))


def _period(deadline: Any, setting: Setting) -> Due | None:
    window = setting.window(deadline.period, setting.opened_on)
    if window is None:
        return None
    if str(deadline.kind) == "period_start":
        return Due(window[0], say(gettext_noop("første dag i perioden i årshjulet")))
    return Due(window[1], say(gettext_noop("siste dag i perioden i årshjulet")))


def _meeting(deadline: Any, setting: Setting) -> Due | None:
    """A deadline before a meeting that is already too near takes the meeting after it."""
    after = setting.opened_on
    for _attempt in range(12):
        meeting = setting.next_meeting(deadline.body, after)
        if meeting is None:
            return None
        day = add_working_days(meeting, deadline.working_days) if deadline.working_days else meeting
        if day >= setting.opened_on:
            name = setting.body_names.get(deadline.body, deadline.body)
            return Due(day, _meeting_words(deadline.working_days, name, meeting))
        after = meeting + timedelta(days=1)
    return None


def _meeting_words(days: int, body: str, meeting: date) -> Sentence:
    when = meeting.strftime("%d.%m.%Y")
    if days < 0:
        return say(gettext_noop("%(days)s virkedager før møtet i %(body)s %(date)s"), days=-days, body=body, date=when)
    if days > 0:
        return say(gettext_noop("%(days)s virkedager etter møtet i %(body)s %(date)s"), days=days, body=body, date=when)
    return say(gettext_noop("møtet i %(body)s %(date)s"), body=body, date=when)


def _choice(deadline: Any, setting: Setting) -> Due | None:
    known = [found for found in (due(item, setting) for item in deadline.of) if found]
    if not known:
        return None
    pick = min if str(deadline.kind) == "first_of" else max
    return pick(known, key=lambda item: item.on)


def hangs_on(deadline: Any, body: str) -> bool:
    """Whether a meeting of the body may move the deadline."""
    return any(str(part.kind) == "meeting" and part.body == body for part in _parts(deadline))


def hangs_on_period(deadline: Any, period: str) -> bool:
    """Whether the days of the wheel's period may move the deadline."""
    kinds = ("period", "period_start", "period_end")
    return any(str(part.kind) in kinds and part.period == period for part in _parts(deadline))


def _parts(deadline: Any) -> Iterator[Any]:
    """The deadline, or those it is chosen among."""
    if deadline is None:
        return
    match str(deadline.kind):
        case "first_of" | "last_of":
            for part in deadline.of:
                yield from _parts(part)
        case "conditional":
            for part in (*(case.use for case in deadline.cases), deadline.otherwise):
                yield from _parts(part)
        case _:
            yield deadline
