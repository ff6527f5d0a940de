"""What moves in the year becomes notices: periods, deadlines, and deadlines before another body's meetings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import uuid5

from samstyr.foundation.access import Actor, Holder
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.organisations.queries import lists
from samstyr.procedure.casework import events as case_events
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.queries import own_deadlines
from samstyr.procedure.year import events as year_events
from samstyr.procedure.year import queries as years
from samstyr.wheel.needs import events as need_events

from . import queries
from .actions.give import News
from .listening import tell


def period_moved(event: year_events.PeriodMoved, *, actor: Actor, now: datetime) -> None:
    """Tell those who have the period, with old and new days; for the intake, those who gather needs too.

    Who holds an open step that hangs on it is told of the step's deadline, and a service that was asked of its own.
    """
    row, today = years.period_by_id(event.period_id), oslo_date(now)
    model = governance.current_model(today)
    if row is None or model is None:
        return
    holders = list(years.holders_of(row.owner_role, row.owner_body, today))
    if not event.wheel and model.need_form and model.need_form.period == event.key:
        holders += [Holder(key) for key in queries.gathering_roles(model)]
    news = News(
        "period", "year_period", row.pk, row.name, f"{_span(event.was)} → {_span(event.now)}", about=event.move_id
    )
    tell(news, queries.people_with(holders, today), actor, now)


def deadline_moved(event: case_events.DeadlineMoved, *, actor: Actor, now: datetime) -> None:
    """Tell those who hold the step, with the old and the new deadline."""
    row = casework.step_of(event.case_step_id)
    if row is None:
        return
    about = uuid5(row.pk, str(row.version))
    news = News(
        "deadline", "case_step", row.pk, row.case.title, _change(row.name, event.was, event.due_on), event.due_on,
        about=about,
    )  # fmt: skip
    tell(news, queries.people_of(casework.holders_of_step(row), oslo_date(now)), actor, now)


def intake_moved(event: need_events.IntakeMoved, *, actor: Actor, now: datetime) -> None:
    """Tell those who report needs for the service that they have until another day."""
    unit = lists.unit(event.unit_id)
    if unit is None:
        return
    what = _change(str(say(gettext_noop("Innspill fra tjenesten"))), event.was, event.due_on)
    about = uuid5(event.call_id, f"{event.was} {event.due_on} {now.isoformat()}")
    news = News("deadline", "intake_call", event.call_id, unit.name, what, event.due_on, about=about)
    tell(news, organisations.responsible_in(unit.pk, on=oslo_date(now)), actor, now)


def meeting_moved(event: case_events.MeetingMoved, *, actor: Actor, now: datetime) -> None:
    """Tell bodies with a deadline before the meeting that the deadline has moved with it (D-29)."""
    _tell_bodies(event.body, event.meeting_id, event.was, event.held_on, actor, now)


def meeting_planned(event: case_events.MeetingPlanned, *, actor: Actor, now: datetime) -> None:
    """Tell bodies with a deadline before the body's meetings that there is a new one."""
    _tell_bodies(event.body, event.meeting_id, None, event.held_on, actor, now)


def meeting_cancelled(event: case_events.MeetingCancelled, *, actor: Actor, now: datetime) -> None:
    """Tell bodies with a deadline before the meeting that there is none any more."""
    row = casework.meetings_of().filter(pk=event.meeting_id).first()
    if row is not None:
        _tell_bodies(row.body, row.pk, row.held_on, None, actor, now)


def _tell_bodies(other: str, meeting: Any, was: date | None, held_on: date | None, actor: Actor, now: datetime) -> None:
    today = oslo_date(now)
    model = governance.current_model(today)
    for body, rule in own_deadlines.rules_before(model, other) if model else ():
        old = own_deadlines.deadline_before(rule, was) if was else None
        new = own_deadlines.deadline_before(rule, held_on) if held_on else None
        if old == new or (new or old or today) < today:
            continue
        about = uuid5(meeting, f"{body.key}/{rule.key} {old} {new} {now.isoformat()}")
        news = News("deadline", "wheel", meeting, str(body.name), _change(str(rule.name), old, new), new, about=about)
        tell(news, queries.people_with(years.holders_of("", body.key, today), today), actor, now)


def _change(name: str, was: date | None, now: date | None) -> str:
    """What it is, with old and new day."""
    if was is None and now is not None:
        return str(say(gettext_noop("%(name)s har fått fristen %(now)s"), name=name, now=_day(now)))
    if now is None and was is not None:
        return str(say(gettext_noop("%(name)s hadde frist %(was)s, som faller bort"), name=name, was=_day(was)))
    if was is None or now is None:
        return name
    return str(say(gettext_noop("%(name)s, fra %(was)s til %(now)s"), name=name, was=_day(was), now=_day(now)))


def _span(span: Iterable[date]) -> str:
    return "–".join(_day(day) for day in span)


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")
