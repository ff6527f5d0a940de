"""Where in the year we are, in words and as rows for the front page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from samstyr.foundation.governance.rules.schema import GovernanceModel, days_of
from samstyr.procedure.year import queries as years
from samstyr.procedure.year.rules.circle import Ring, Sector, circle


@dataclass(frozen=True)
class Stretch:
    """One period of the wheel this year: its days, owner and whether it is past, current or to come."""

    key: str
    name: str
    text: str
    owner: str
    first: date
    last: date
    current: bool
    past: bool
    activities: tuple[str, ...]


def stretches(model: GovernanceModel | None, today: date) -> list[Stretch]:
    """The periods of the year that `today` is in, in order."""
    if model is None or model.wheel is None:
        return []
    made = years.dated((today.year - 1, today.year))
    return [_stretch(model, period, today, made.get(period.key, {})) for period in model.wheel.periods]


def _stretch(model: GovernanceModel, period: Any, today: date, made: dict[int, tuple[date, date]]) -> Stretch:
    first, last = made.get(today.year) or days_of(period, today.year)
    before = made.get(today.year - 1) or days_of(period, today.year - 1)
    if today < first and before[1].year == today.year:
        first, last = before
    owner = model.body(period.owner_body) if period.owner_body else model.role(period.owner) if period.owner else None
    return Stretch(
        period.key,
        str(period.name),
        str(period.text or ""),
        str(owner.name) if owner else "",
        first,
        last,
        first <= today <= last,
        last < today,
        tuple(str(item) for item in period.activities),
    )


def drawing(rows: list[Stretch], today: date) -> str:
    """The year's own periods as a circle, with the days they have this year."""
    sectors = tuple(
        Sector(str(at), f"{at} {row.name}: {row.first:%d.%m.}–{row.last:%d.%m.}", row.first, row.last, at, row.current)
        for at, row in enumerate(rows, 1)
    )
    return circle([Ring(_("Årshjulet"), True, sectors)], today.year, today) if sectors else ""


def season(model: GovernanceModel | None, today: date) -> str:
    """One sentence: what goes on now and until when, or what comes next and when."""
    rows = stretches(model, today)
    current = [row for row in rows if row.current]
    if current:
        row = current[-1]
        return _("%(name)s, til og med %(date)s") % {"name": row.name, "date": row.last.strftime("%d.%m.")}
    ahead = [row for row in rows if row.first > today]
    if ahead:
        row = min(ahead, key=lambda item: item.first)
        return _("Neste: %(name)s fra %(date)s") % {"name": row.name, "date": row.first.strftime("%d.%m.")}
    return ""


def intake_opens_in(model: GovernanceModel | None, today: date) -> int | None:
    """Days until the need form's period opens; None when it is open or there is none."""
    if model is None or model.need_form is None or model.need_form.period is None:
        return None
    window = years.window_of(model)(model.need_form.period, today)
    if window is None or window[0] <= today:
        return None
    return (window[0] - today) // timedelta(days=1)
