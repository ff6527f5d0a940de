"""Applications for outside money: written, advised on, sent, answered by the fund, and used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid, Refused
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Grant, GrantState, Plan
from ..queries import line_of_grant, outside_sources, plan_facts
from ..rules.money import own_share_fault
from .money import measure_of


@dataclass(frozen=True)
class GrantValues:
    """What an application says."""

    fund: str
    title: str
    year: int
    applied: int
    own_share: int = 0
    applicant: str = ""
    purpose: str = ""
    line_key: UUID | None = None


def _require(ctx: Context, values: GrantValues, plan: Plan) -> None:
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, plan_facts()))
    faults = [
        FieldError(name, say(gettext_noop("Fyll ut feltet.")))
        for name in ("fund", "title")
        if not getattr(values, name).strip()
    ]
    faults += [
        FieldError(name, say(gettext_noop("Beløpet kan ikke være negativt.")), str(getattr(values, name)))
        for name in ("applied", "own_share")
        if getattr(values, name) < 0
    ]
    if faults:
        raise Invalid(*faults)
    if values.line_key is not None:
        measure_of(plan, values.line_key)


def _fill(row: Grant, values: GrantValues) -> None:
    row.fund, row.title, row.applicant = (
        values.fund.strip()[:200],
        values.title.strip()[:200],
        values.applicant.strip()[:200],
    )
    row.purpose, row.year, row.applied, row.own_share = (
        values.purpose.strip(),
        values.year,
        values.applied,
        values.own_share,
    )
    row.line_key = values.line_key


@action("plan.write_grant", kind="plan")
def write_grant(ctx: Context, *, plan_id: UUID, values: GrantValues) -> Grant:
    """A new application under the plan (G-33, A-124)."""
    plan = ctx.load(Plan, plan_id)
    _require(ctx, values, plan)
    row = Grant(plan=plan)
    _fill(row, values)
    ctx.create(row)
    ctx.record("plan.grant_written", row)
    return row


@action("plan.save_grant", kind="plan")
def save_grant(ctx: Context, *, grant_id: UUID, version: int | None, values: GrantValues) -> Grant:
    """Change an application that has not been sent."""
    row = ctx.load(Grant, grant_id, version=version)
    _require(ctx, values, row.plan)
    if row.state != GrantState.DRAFT:
        raise Conflict(say(gettext_noop("Søknaden er sendt og kan ikke endres.")))
    before = row.snapshot()
    _fill(row, values)
    ctx.save(row)
    ctx.record("plan.grant_changed", row, before=before)
    return row


@action("plan.advise_grant", kind="plan")
def advise_grant(
    ctx: Context, *, grant_id: UUID, version: int | None, advice: str, reason: str, order: int | None = None
) -> Grant:
    """Recommend an application or not, in an order, with a reason. The decision stays the fund's (D-18)."""
    row = ctx.load(Grant, grant_id, version=version)
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, plan_facts()))
    if advice not in ("recommended", "not_recommended"):
        raise Invalid.field("advice", say(gettext_noop("Velg en vurdering.")), value=advice)
    if not reason.strip():
        raise Invalid.field("advice_reason", say(gettext_noop("Skriv en begrunnelse.")))
    before = row.snapshot()
    row.advice, row.advice_reason, row.advice_order = advice, reason.strip(), order
    ctx.save(row)
    ctx.record("plan.grant_advised", row, before=before)
    return row


@action("plan.send_grant", kind="plan")
def send_grant(ctx: Context, *, grant_id: UUID, version: int | None) -> Grant:
    """Send the application. Raises Refused while the plan holds no money of our own for its own share (G-33)."""
    row = ctx.load(Grant, grant_id, version=version)
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, plan_facts()))
    if row.state != GrantState.DRAFT:
        raise Conflict(say(gettext_noop("Søknaden er allerede sendt.")))
    fault = own_share_fault(row.own_share, row.year, line_of_grant(row), outside_sources(ctx.today))
    if fault is not None:
        raise Refused(fault, rule="plan.own_share")
    before = row.snapshot()
    row.state, row.sent_on = GrantState.SENT, ctx.today
    ctx.save(row)
    ctx.record("plan.grant_sent", row, before=before)
    return row


@action("plan.settle_grant", kind="plan")
def settle_grant(
    ctx: Context, *, grant_id: UUID, version: int | None, granted: int, decided_on: date, used: int = 0
) -> Grant:
    """Enter the fund's answer: what it granted (0 is a refusal), and what has been used of it since."""
    row = ctx.load(Grant, grant_id, version=version)
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, plan_facts()))
    if row.state == GrantState.DRAFT:
        raise Conflict(say(gettext_noop("Søknaden er ikke sendt.")))
    if granted < 0:
        raise Invalid.field("granted", say(gettext_noop("Beløpet kan ikke være negativt.")), value=granted)
    if decided_on > ctx.today:
        raise Invalid.field("decided_on", say(gettext_noop("Datoen kan ikke ligge fram i tid.")), value=decided_on)
    if not 0 <= used <= granted:
        raise Invalid.field("used", say(gettext_noop("Det kan ikke brukes mer enn det som er innvilget.")), value=used)
    before = row.snapshot()
    row.state = GrantState.GRANTED if granted else GrantState.REFUSED
    row.granted, row.used, row.decided_on = granted, used, decided_on
    ctx.save(row)
    ctx.record("plan.grant_settled", row, before=before)
    return row
