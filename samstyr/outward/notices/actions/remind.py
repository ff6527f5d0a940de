"""Remind those who have something with a deadline."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid5

from samstyr.foundation.access import Act, Facts, Holder, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.appointing import groups_of
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.queries import lists
from samstyr.foundation.organisations.rules.composition import months_later
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.counsel import queries as counsel
from samstyr.procedure.hearings import queries as hearings
from samstyr.procedure.mandates import queries as mandates
from samstyr.procedure.meetings import queries as meetings
from samstyr.procedure.year import queries as years
from samstyr.wheel.needs import queries as needs
from samstyr.wheel.reporting import queries as reporting
from samstyr.wheel.strategy import queries as strategy

from ..models import Kind
from ..queries import gathering_roles, people_of, people_with, repliers, told_on
from ..rules import follow_up_stage, reminder_stage
from .give import News, advice_news, give_notices

# A report that has been missing for longer is no news; it stands on the page of reports.
NEWS_LASTS = 31
REVISION_NOTICE_DAYS = 30


@action("notice.remind", kind="notice")
def remind(ctx: Context) -> int:
    """Give today's reminders: steps, hearings, intake, follow-up, terms, reports, the strategy, the wheel's duties and
    periods, advice without a reply, and entries of ledgers.

    The number given. Run daily; twice a day is once.

    A step that waits for a hearing to be answered is not reminded of: the bodies asked are.
    """
    ctx.require(may(ctx.actor, Act.NOTICE_GIVE, Facts("notice", ctx.actor.tenant)))
    ahead = _steps(ctx) + _hearings(ctx) + _intake(ctx) + _follow_ups(ctx) + _terms(ctx)
    return ahead + _reports(ctx) + _strategy(ctx) + _duties(ctx) + _advice(ctx) + _entries(ctx) + _periods(ctx)


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
    gathering = [Holder(key) for key in gathering_roles(model)]
    year = uuid5(ctx.actor.tenant, f"intake {window.starts_on.year}")
    return _give(ctx, News(Kind.SEASON, "intake", year, str(model.name), due_on=window.ends_on, about=year), gathering)


def _terms(ctx: Context) -> int:
    """Whoever appoints is told once, so many months ahead as the model says, that a term ends (D-51)."""
    model = governance.current_model(ctx.today)
    given = 0
    for body in model.bodies if model else ():
        groups = {group.key: group for group in groups_of(model, body, ctx.today)} if body.term_notice_months else {}
        if not groups:
            continue
        until = months_later(ctx.today, body.term_notice_months)
        for row in lists.terms_ending(body.key, since=ctx.today, until=until):
            group = groups.get(row.seat.group)
            if group is None or not group.appointed_by:
                continue
            about = uuid5(row.pk, str(row.ends_on))
            news = News(
                Kind.TERM,
                "seat",
                row.seat_id,
                f"{group.body_name}: {group.name}",
                str(row.person),
                row.ends_on,
                about=about,
            )
            holder = Holder(group.appointed_by, organisation=row.seat.organisation_id, unit=row.seat.unit_id)
            given += _give(ctx, news, [holder])
    return given


def _reports(ctx: Context) -> int:
    """Whoever writes a report is reminded before, on and after the day; the receiver is told once of one that is missing."""
    rows, given = reporting.expected(ctx.today), 0
    drafts = [one for one in rows if one.row is not None and one.row.state == "draft"]
    told = told_on(one.row.pk for one in drafts if one.row)
    for one in drafts:
        assert one.row is not None
        stage = follow_up_stage(ctx.today, one.period.due_on, told.get(one.row.pk))
        if stage:
            news = News(Kind.REPORT, "report", one.row.pk, one.row.name, _period(one.period), one.period.due_on, stage)
            given += _give(ctx, news, reporting.write_facts(one.form.sender, ctx.today).holders)
    for one in rows:
        if one.standing == "missing" and (ctx.today - one.period.missing_from).days <= NEWS_LASTS:
            about = uuid5(ctx.actor.tenant, f"report {one.form.key} {one.period.key}")
            news = News(
                Kind.OVERDUE, "report_missing", about, str(one.form.name), _period(one.period), one.period.due_on,
                about=about,
            )  # fmt: skip
            people = reporting.receivers_of(one.form.receiver, ctx.today)
            given += give_notices(actor=ctx.actor, now=ctx.now, news=news, people=people)
    return given


def _duties(ctx: Context) -> int:
    """Before, on and after the day: whoever has a duty of the wheel (N-051)."""
    model = governance.current_model(ctx.today)
    due = [one for one in (years.duties_next(model, ctx.today) if model else []) if one.days_left <= 7]
    keys = {one: uuid5(ctx.actor.tenant, f"duty {one.duty.key} {one.due_on}") for one in due}
    told, given = told_on(keys.values()), 0
    for one in due:
        stage = follow_up_stage(ctx.today, one.due_on, told.get(keys[one]))
        if stage:
            news = News(Kind.DUTY, "wheel", keys[one], str(one.duty.name), str(one.label), one.due_on, stage)
            holders = years.holders_of(one.duty.owner or "", one.duty.owner_body or "", ctx.today)
            people = people_with(holders, ctx.today)
            given += give_notices(actor=ctx.actor, now=ctx.now, news=news, people=people)
    return given


def _advice(ctx: Context) -> int:
    """The officers of a body that should reply to advice: a week and a day before, and once after."""
    rows = counsel.unanswered_by(ctx.today + timedelta(days=7))
    told, given = told_on(row.pk for row in rows), 0
    for row in rows:
        stage = reminder_stage(ctx.today, row.counsel.reply_by, told.get(row.pk))
        if stage:
            people = repliers(row, ctx.today)
            given += give_notices(actor=ctx.actor, now=ctx.now, news=advice_news(row, stage), people=people)
    return given


def _entries(ctx: Context) -> int:
    """Before, on and after the day: whoever follows up an entry of a ledger (D-08)."""
    rows = mandates.owned_by(ctx.today, ctx.today + timedelta(days=7))
    told, given = told_on(row.pk for row, _ledger in rows), 0
    for row, ledger in rows:
        assert row.due_on is not None and row.owner is not None
        stage = follow_up_stage(ctx.today, row.due_on, told.get(row.pk))
        if stage:
            news = News(Kind.ENTRY, "ledger_entry", row.pk, row.title, str(ledger.name), row.due_on, stage)
            given += _give(ctx, news, (Holder("", row.owner.name, person=row.owner_id),))
    return given


def _periods(ctx: Context) -> int:
    """Once, as it begins: whoever has a period of the year."""
    given = 0
    for row in years.beginning(ctx.today):
        span = f"{row.starts_on:%d.%m.%Y}–{row.ends_on:%d.%m.%Y}"
        about = uuid5(row.pk, f"begun {row.starts_on}")
        news = News(Kind.BEGUN, "year_period", row.pk, row.name, span, row.ends_on, about=about)
        people = people_with(years.holders_of(row.owner_role, row.owner_body, ctx.today), ctx.today)
        given += give_notices(actor=ctx.actor, now=ctx.now, news=news, people=people)
    return given


def _period(period: Any) -> str:
    return reporting.period_name(period.kind, period.starts_on, period.ends_on, period.name)


def _strategy(ctx: Context) -> int:
    """The owner is told a month before the strategy is to be revised, and again when the day has passed (A-05)."""
    standing = strategy.standing_on(ctx.today)
    row, due = standing.row, standing.revision
    if row is None or due is None or due.days > REVISION_NOTICE_DAYS:
        return 0
    owners = [standing.content.owner] if standing.content.owner else []
    holders = [Holder(key) for key in owners or governance.roles_with(Act.STRATEGY_EDIT, ctx.today)]
    about = uuid5(row.pk, f"revision {due.due} {'overdue' if due.overdue else 'ahead'}")
    title = str(standing.content.title or "")[:300]
    what = say(gettext_noop("fristen er gått ut")) if due.overdue else say(gettext_noop("fristen nærmer seg"))
    return _give(ctx, News(Kind.STRATEGY, "strategy", row.pk, title, str(what), due.due, about=about), holders)


def _give(ctx: Context, news: News, holders: Any) -> int:
    return give_notices(actor=ctx.actor, now=ctx.now, news=news, people=people_of(holders, ctx.today))
