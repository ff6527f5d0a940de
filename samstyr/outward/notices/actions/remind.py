"""Remind those who have something with a deadline."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid5

from samstyr.foundation.access import Act, Facts, Holder, Reach, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.hearings import queries as hearings
from samstyr.procedure.meetings import queries as meetings
from samstyr.wheel.needs import queries as needs

from ..models import Kind
from ..queries import people_of, told_on
from ..rules import follow_up_stage, reminder_stage
from .give import News, give_notices


@action("notice.remind", kind="notice")
def remind(ctx: Context) -> int:
    """Give today's reminders for steps, hearings, the intake and follow-up; the number given. Run daily; twice a day is once.

    A step that waits for a hearing to be answered is not reminded of: the bodies asked are.
    """
    ctx.require(may(ctx.actor, Act.NOTICE_GIVE, Facts("notice", ctx.actor.tenant)))
    return _steps(ctx) + _hearings(ctx) + _intake(ctx) + _follow_ups(ctx)


def _steps(ctx: Context) -> int:
    rows = list(casework.steps_due_by(ctx.today + timedelta(days=7)))
    asked = hearings.steps_under_hearing(row.pk for row in rows)
    told, given = told_on(row.pk for row in rows), 0
    for row in rows:
        stage = reminder_stage(ctx.today, row.due_on, told.get(row.pk))
        if stage and row.pk not in asked:
            given += _give(
                ctx,
                News(Kind.TASK, "case_step", row.pk, row.case.title, row.name, row.due_on, stage),
                casework.holders_of_step(row),
            )
    return given


def _hearings(ctx: Context) -> int:
    rows = list(hearings.unanswered_by(ctx.today + timedelta(days=7)))
    told, given = told_on(row.pk for row in rows), 0
    for row in rows:
        deadline = row.hearing.deadline
        stage = reminder_stage(ctx.today, deadline, told.get(row.pk))
        if stage:
            news = News(Kind.HEARING, "consultee", row.pk, row.hearing.case.title, row.name, deadline, stage)
            given += _give(ctx, news, hearings.consultee_facts(row).holders)
    return given


def _follow_ups(ctx: Context) -> int:
    """Before, on and after the day: whoever a body has asked to do something, and who stands in for them."""
    rows = meetings.follow_ups.due_by(ctx.today + timedelta(days=7))
    told, given = told_on(row.pk for row in rows), 0
    for row in rows:
        stage = follow_up_stage(ctx.today, row.due_on, told.get(row.pk))
        if stage:
            news = News(
                Kind.FOLLOW_UP, "follow_up", row.pk, row.title, meetings.follow_ups.body_name(row), row.due_on, stage
            )
            given += _give(ctx, news, (Holder("", row.owner.name, person=row.owner_id),))
    return given


def _intake(ctx: Context) -> int:
    """Once a year, while the intake is open: those who gather needs from others are told (B-40)."""
    window, model = needs.intake_window(ctx.today), governance.current_model(ctx.today)
    if window is None or model is None or not window.starts_on <= ctx.today <= window.ends_on:
        return 0
    gathering = [
        Holder(role.key, str(role.name))
        for role in model.roles
        if any(right.act is Act.NEED_CREATE and right.reach not in (Reach.OWN, Reach.UNIT) for right in role.rights)
    ]
    year = uuid5(ctx.actor.tenant, f"intake {window.starts_on.year}")
    return _give(ctx, News(Kind.SEASON, "intake", year, str(model.name), due_on=window.ends_on, about=year), gathering)


def _give(ctx: Context, news: News, holders: Any) -> int:
    return give_notices(actor=ctx.actor, now=ctx.now, news=news, people=people_of(holders, ctx.today))
