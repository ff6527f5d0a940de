"""Write a draft of the plan: open it, add, change, remove and rank lines."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.wheel.needs.models import Need

from ..events import DraftOpened
from ..models import (
    LineCost,
    LineOrganisation,
    Plan,
    PlanLine,
    PlanVersion,
    VersionState,
)
from ..queries import (
    adopted_version,
    cost_keys,
    lines_of,
    open_version,
    plain,
    plan_facts,
    sources,
    years_of,
)
from ..rules.lines import Line, line_faults, reranked


@action("plan.open_draft", kind="plan")
def open_draft(ctx: Context, *, first_year: int, reason: str = "") -> PlanVersion:
    """Open a draft for the period that begins in `first_year`; of an adopted plan it is a revision (B-46).

    A revision starts as a copy of the version in force. Raises Conflict when a draft or proposal is under way,
    Invalid for a year far off or a revision without a reason.
    """
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, plan_facts()))
    model = governance.current_model(ctx.today)
    if model is None or model.plan is None:
        raise Conflict(say(gettext_noop("Styringsmodellen sier ikke hvordan planen skal se ut.")))
    if not ctx.today.year - 3 <= first_year <= ctx.today.year + 3:
        raise Invalid.field("first_year", say(gettext_noop("Velg et budsjettår i nærheten av i år.")), value=first_year)
    plan = Plan.objects.select_for_update().filter(first_year=first_year).first()
    if plan is None:
        years = model.plan.years
        name = f"{model.plan.name} {first_year}–{first_year + years - 1}"
        plan = ctx.create(Plan(name=name[:200], first_year=first_year, years=years))
        ctx.record("plan.created", plan)
    if open_version(plan):
        raise Conflict(say(gettext_noop("Det finnes allerede et utkast eller forslag for denne perioden.")))
    base = adopted_version(plan)
    if base is not None and not reason.strip():
        raise Invalid.field("reason", say(gettext_noop("Skriv hvorfor planen revideres.")))
    version = ctx.create(PlanVersion(plan=plan, reason=reason.strip(), based_on=base))
    ctx.record("plan.draft_opened", version)
    if base is not None:
        for row in lines_of(base):
            _write(ctx, version, plain(row))
    ctx.publish(DraftOpened(version.pk))
    return version


def draft(ctx: Context, version_id: UUID, version: int | None = None) -> PlanVersion:
    """The draft, locked, if the actor may edit it. Raises Conflict once it is proposed or adopted."""
    row = ctx.load(PlanVersion, version_id, version=version)
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, plan_facts()))
    if row.state != VersionState.DRAFT:
        raise Conflict(
            say(gettext_noop("Denne versjonen er %(state)s og kan ikke endres."), state=row.get_state_display()),
            remedy=say(gettext_noop("Åpne et endringsforslag i stedet.")),
            rule="plan.frozen",
        )
    return row


@action("plan.add_line", kind="plan")
def add_line(ctx: Context, *, version_id: UUID, line: Line) -> PlanLine:
    """Add a measure last in the draft; its key is made here, its rank is the next."""
    version = draft(ctx, version_id)
    if line.need is not None:
        ctx.load(Need, line.need)
        if PlanLine.objects.filter(version_of=version, need_id=line.need).exists():
            raise Conflict(say(gettext_noop("Behovet står allerede i utkastet.")))
    last = PlanLine.objects.filter(version_of=version).count()
    wanted = replace(line, key=line.key if line.key.int else uuid.uuid4(), rank=last + 1)
    _check(ctx, version, wanted)
    row = _write(ctx, version, wanted)
    ctx.record("plan.line_added", row, version=str(version.pk))
    return row


@action("plan.save_line", kind="plan")
def save_line(ctx: Context, *, line_id: UUID, version: int | None, line: Line) -> PlanLine:
    """Change a measure of the draft as a whole; key, rank and need stay."""
    row = ctx.load(PlanLine, line_id, version=version)
    draft(ctx, row.version_of_id)
    wanted = replace(line, key=row.line_key, rank=row.rank, need=row.need_id)
    _check(ctx, row.version_of, wanted)
    before = row.snapshot() | {"costs": _cost_words(row)}
    _fill(row, wanted)
    ctx.save(row)
    for cost in LineCost.objects.filter(line=row):
        ctx.delete(cost)
    for part in LineOrganisation.objects.filter(line=row):
        ctx.delete(part)
    _parts(ctx, row, wanted)
    ctx.record("plan.line_changed", row, before=before, costs=_cost_words(row), version=str(row.version_of_id))
    return row


@action("plan.remove_line", kind="plan")
def remove_line(ctx: Context, *, line_id: UUID, version: int | None) -> PlanVersion:
    """Take a measure out of the draft; those below move up."""
    row = ctx.load(PlanLine, line_id, version=version)
    owner = draft(ctx, row.version_of_id)
    ctx.record("plan.line_removed", row, before=row.snapshot(), version=str(owner.pk))
    ctx.delete(row)
    _renumber(ctx, [line.pk for line in PlanLine.objects.filter(version_of=owner).order_by("rank")])
    return owner


@action("plan.rank", kind="plan")
def rank_lines(
    ctx: Context, *, version_id: UUID, version: int | None, order: list[UUID], reason: str = ""
) -> PlanVersion:
    """Put the draft's lines in a new order, all at once; the trail keeps the reason (D-22).

    Raises Conflict when it is not the same lines.
    """
    owner = draft(ctx, version_id, version)
    rows = list(PlanLine.objects.filter(version_of=owner).order_by("rank"))
    try:
        wanted = reranked([row.pk for row in rows], order)
    except ValueError:
        raise Conflict(
            say(gettext_noop("Tiltakene i utkastet er endret siden du åpnet siden.")),
            remedy=say(gettext_noop("Last siden på nytt, og prøv igjen.")),
        ) from None
    ctx.save(owner)
    _renumber(ctx, wanted)
    ctx.record("plan.ranked", owner, order=[str(key) for key in wanted], reason=reason.strip()[:500])
    return owner


def _renumber(ctx: Context, keys: list[UUID]) -> None:
    rows: Mapping[UUID, PlanLine] = PlanLine.objects.in_bulk(keys)
    for rank, key in enumerate(keys, 1):
        if rows[key].rank != rank:
            rows[key].rank = rank
            ctx.save(rows[key])


def _check(ctx: Context, version: PlanVersion, line: Line) -> None:
    faults = line_faults(line, years_of(version.plan), cost_keys(ctx.today), sources(ctx.today))
    if faults:
        raise Invalid(*faults)


def _write(ctx: Context, version: PlanVersion, line: Line) -> PlanLine:
    row = PlanLine(version_of=version, line_key=line.key, rank=line.rank, need_id=line.need)
    _fill(row, line)
    ctx.create(row)
    _parts(ctx, row, line)
    return row


def _fill(row: PlanLine, line: Line) -> None:
    row.title, row.owner, row.argument = line.title.strip()[:200], line.owner.strip()[:200], line.argument.strip()
    row.cost_key, row.own_shares = line.cost_key, dict(line.own_shares)
    row.starts_on, row.ends_on = line.starts_on, line.ends_on
    row.kind, row.focus_area, row.goals = line.kind[:60], line.focus_area[:60], list(line.goals)
    row.benefit, row.answers = line.benefit.strip(), {key: text for key, text in line.answers.items() if text.strip()}
    row.purchase_on, row.effort = line.purchase_on, {year: hours for year, hours in line.effort.items() if hours}
    row.rolled_reason = line.rolled_reason.strip()


def _parts(ctx: Context, row: PlanLine, line: Line) -> None:
    ctx.create_many(LineOrganisation, [LineOrganisation(line=row, organisation_id=key) for key in line.organisations])
    ctx.create_many(
        LineCost,
        [
            LineCost(
                line=row,
                year=cost.year,
                kind=cost.kind,
                source=cost.source,
                amount=cost.amount,
                price_year=row.version_of.plan.first_year,
            )
            for cost in line.costs
        ],
    )


def _cost_words(row: PlanLine) -> list[str]:
    return [
        f"{cost.year} {cost.kind} {cost.source}: {cost.amount}"
        for cost in LineCost.objects.filter(line=row).order_by("year", "kind", "source")
    ]
