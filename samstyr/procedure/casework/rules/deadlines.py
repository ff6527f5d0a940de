"""When a step is due: dates, days, other bodies' meetings, and choices between them. No database, no clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say
from samstyr.foundation.kernel.workdays import add_working_days

from .movement import CaseFacts, holds

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
