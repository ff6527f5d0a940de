"""Follow adopted measures: the money through the budget, the start, and progress."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.foundation.kernel.text import gettext_noop, say

from ..events import MeasureStarted
from ..models import (
    BudgetEntry,
    BudgetState,
    MeasureState,
    Plan,
    PlanLine,
    ProgressEntry,
)
from ..queries import adopted_version, coverage_of, lines_of, plan_facts, years_of
from ..rules.gates import may_start

LONGEST = 5000


def _line(ctx: Context, plan_id: UUID, line_key: UUID) -> tuple[Plan, PlanLine]:
    plan = ctx.load(Plan, plan_id)
    version = adopted_version(plan)
    line = next((row for row in lines_of(version) if row.line_key == line_key), None) if version else None
    if line is None:
        raise Conflict(say(gettext_noop("Tiltaket står ikke i den vedtatte planen.")), rule="plan.not_adopted")
    return plan, line


@action("plan.budget", kind="plan")
def set_budget_state(
    ctx: Context,
    *,
    plan_id: UUID,
    line_key: UUID,
    year: int,
    state: str,
    organisation_id: UUID | None = None,
    amount: int | None = None,
    note: str = "",
) -> BudgetEntry:
    """Enter what the budget process says of a measure's money in a year (B-45). `amount` is whole kroner.

    Raises Invalid for a year outside the plan, a partly granted measure without an amount, or a negative one.
    """
    plan, line = _line(ctx, plan_id, line_key)
    takes_part = {part.organisation_id for part in line.participants.all()}
    reached = {organisation_id} if organisation_id else takes_part
    ctx.require(may(ctx.actor, Act.BUDGET_MANAGE, plan_facts(key for key in reached if key)))
    if organisation_id and organisation_id not in takes_part:
        raise Invalid.field("organisation", say(gettext_noop("Kommunen tar ikke del i tiltaket.")))
    if state not in BudgetState.values:
        raise Invalid.field("state", say(gettext_noop("Velg en status.")), value=state)
    if year not in years_of(plan):
        raise Invalid.field("year", say(gettext_noop("Året ligger utenfor planperioden.")), value=year)
    if amount is not None and amount < 0:
        raise Invalid.field("amount", say(gettext_noop("Beløpet kan ikke være negativt.")), value=amount)
    if state == BudgetState.PARTLY and amount is None:
        raise Invalid.field("amount", say(gettext_noop("Skriv hvor mye som er bevilget.")))
    entry = ctx.create(
        BudgetEntry(
            plan=plan,
            line_key=line_key,
            year=year,
            organisation_id=organisation_id,
            state=state,
            amount=amount,
            note=note.strip()[:500],
            entered_by_id=ctx.actor.person if not ctx.actor.automatic else None,
        )
    )
    ctx.record("plan.budget_state", entry, measure=line.title)
    return entry


@action("plan.progress", kind="plan")
def record_progress(
    ctx: Context, *, plan_id: UUID, line_key: UUID, state: str, happened_on: date, note: str = ""
) -> ProgressEntry:
    """Note status and progress of an adopted measure; never its rank, scope or money (B-15).

    Starting goes through `start_measure`, which asks the gate first. Raises Invalid for a date ahead.
    """
    plan, line = _line(ctx, plan_id, line_key)
    ctx.require(may(ctx.actor, Act.PLAN_PROGRESS, plan_facts(part.organisation_id for part in line.participants.all())))
    previous = ProgressEntry.objects.filter(plan=plan, line_key=line_key).order_by("-recorded_at").first()
    begun = previous is not None and previous.state != MeasureState.NOT_STARTED
    if state in (MeasureState.STARTED, MeasureState.DONE) and not begun:
        raise Conflict(
            say(gettext_noop("Tiltaket er ikke startet.")),
            remedy=say(gettext_noop("Bruk «Start tiltaket». Da kontrolleres vedtak og budsjettdekning.")),
        )
    entry = _enter(ctx, plan, line, state, happened_on, note)
    ctx.record("plan.progress", entry, measure=line.title)
    return entry


@action("plan.start", kind="plan")
def start_measure(
    ctx: Context, *, plan_id: UUID, line_key: UUID, note: str = "", started_on: date | None = None
) -> ProgressEntry:
    """Start an adopted measure. Raises Refused with the gate's reason (B-41)."""
    plan, line = _line(ctx, plan_id, line_key)
    ctx.require(may(ctx.actor, Act.PLAN_PROGRESS, plan_facts(part.organisation_id for part in line.participants.all())))
    day = started_on or ctx.today
    verdict = may_start(
        adopted=True,
        years=sorted({cost.year for cost in line.costs.all() if cost.amount}),
        coverage=coverage_of(plan, line, ctx.today),
        today=day,
    )
    if not verdict:
        raise Refused(verdict.reason, rule=verdict.rule)
    entry = _enter(ctx, plan, line, MeasureState.STARTED, day, note)
    ctx.record("plan.started", entry, measure=line.title)
    ctx.publish(MeasureStarted(plan.pk, line_key))
    return entry


def _enter(ctx: Context, plan: Plan, line: PlanLine, state: str, happened_on: date, note: str) -> ProgressEntry:
    if state not in MeasureState.values:
        raise Invalid.field("state", say(gettext_noop("Velg en status.")), value=state)
    if happened_on > ctx.today:
        raise Invalid.field("happened_on", say(gettext_noop("Datoen kan ikke ligge fram i tid.")), value=happened_on)
    if len(note) > LONGEST or "\0" in note:
        raise Invalid.field("note", say(gettext_noop("Teksten er for lang eller har ugyldige tegn.")))
    return ctx.create(
        ProgressEntry(
            plan=plan,
            line_key=line.line_key,
            state=state,
            happened_on=happened_on,
            note=note.strip(),
            entered_by_id=ctx.actor.person if not ctx.actor.automatic else None,
        )
    )
