"""Remind those who have something with a deadline."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.hearings import queries as hearings

from ..models import Kind
from ..queries import people_of, told_on
from ..rules import reminder_stage
from .give import News, give_notices


@action("notice.remind", kind="notice")
def remind(ctx: Context) -> int:
    """Give today's reminders for steps and hearings; the number given. Run daily; twice a day is once.

    A step that waits for a hearing to be answered is not reminded of: the bodies asked are.
    """
    ctx.require(may(ctx.actor, Act.NOTICE_GIVE, Facts("notice", ctx.actor.tenant)))
    return _steps(ctx) + _hearings(ctx)


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


def _give(ctx: Context, news: News, holders: Any) -> int:
    return give_notices(actor=ctx.actor, now=ctx.now, news=news, people=people_of(holders, ctx.today))
