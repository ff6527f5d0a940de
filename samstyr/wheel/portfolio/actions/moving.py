"""Moving measures in time: put off, taken up again, rolled from the plan before; and what may exceed a frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Deferral, OverrunDecision, PlanLine, PlanVersion
from ..queries import lines_of, overruns_of, plain, plan_before, unfinished, years_of
from ..rules.lines import Cost, Line, spaced
from .drafting import add_line, draft, remove_line
from .money import entered_by


@action("plan.decide_overrun", kind="plan")
def decide_overrun(
    ctx: Context, *, version_id: UUID, source: str, year: int, amount: int, decided_by: str, reason: str
) -> OverrunDecision:
    """Let the draft exceed a frame by up to `amount`, by somebody's decision with a reason (N-008).

    The other way is to move another measure out. Raises Invalid when it is less than the overrun.
    """
    version = draft(ctx, version_id)
    lines = [plain(row) for row in lines_of(version)]
    over = next((row for row in overruns_of(version, lines) if (row.source, row.year) == (source, year)), None)
    if over is None:
        raise Conflict(say(gettext_noop("Rammen er ikke overskredet.")))
    faults = [
        FieldError(name, say(gettext_noop("Fyll ut feltet.")))
        for name, text in (("decided_by", decided_by), ("reason", reason))
        if not text.strip()
    ]
    if amount < over.over:
        words = say(gettext_noop("Overskridelsen er %(over)s kroner."), over=spaced(over.over))
        faults.append(FieldError("amount", words, str(amount)))
    if faults:
        raise Invalid(*faults)
    entry = ctx.create(
        OverrunDecision(
            version_of=version, source=source, year=year, amount=amount, decided_by=decided_by.strip()[:200],
            reason=reason.strip(), entered_by_id=entered_by(ctx),
        )
    )  # fmt: skip
    ctx.record("plan.overrun_decided", entry)
    return entry


@action("plan.defer", kind="plan")
def defer(ctx: Context, *, line_id: UUID, version: int | None, reason: str, review_on: date) -> Deferral:
    """Take a measure out of the draft until later, with the reason and the day it is looked at again (N-127)."""
    row = ctx.load(PlanLine, line_id, version=version)
    owner = draft(ctx, row.version_of_id)
    if not reason.strip():
        raise Invalid.field("reason", say(gettext_noop("Skriv hvorfor tiltaket utsettes.")))
    if review_on <= ctx.today:
        raise Invalid.field("review_on", say(gettext_noop("Velg en dag fram i tid.")), value=review_on)
    line = next(plain(item) for item in lines_of(owner) if item.pk == row.pk)
    entry = ctx.create(
        Deferral(
            plan=owner.plan, line_key=row.line_key, title=row.title, need_id=row.need_id, content=_kept(line),
            reason=reason.strip(), review_on=review_on,
        )
    )  # fmt: skip
    ctx.record("plan.deferred", entry)
    remove_line(actor=ctx.actor, now=ctx.now, line_id=row.pk, version=None)
    return entry


@action("plan.take_up", kind="plan")
def take_up(ctx: Context, *, deferral_id: UUID, version_id: UUID) -> PlanLine:
    """Put a measure that was put off back into the draft, as it was, with the years that the plan has."""
    row = ctx.load(Deferral, deferral_id)
    version = draft(ctx, version_id)
    if row.taken_up_on is not None:
        raise Conflict(say(gettext_noop("Tiltaket er allerede tatt opp igjen.")))
    line = _given_back(row, version)
    added = add_line(actor=ctx.actor, now=ctx.now, version_id=version.pk, line=line)
    before = row.snapshot()
    row.taken_up_on = ctx.today
    ctx.save(row)
    ctx.record("plan.taken_up", row, before=before)
    return added


@action("plan.roll", kind="plan")
def roll(ctx: Context, *, version_id: UUID, reasons: Mapping[UUID, str]) -> PlanVersion:
    """Copy unfinished measures of the plan before into the draft, each with the reason it goes on (W8).

    `reasons` is by the measure's key, which it keeps, so that progress follows it. Money of years that the new plan
    does not have falls out. Raises Invalid for a reason left out, Conflict for one already there.
    """
    version = draft(ctx, version_id)
    before = plan_before(version.plan)
    if before is None:
        raise Conflict(say(gettext_noop("Det finnes ingen tidligere plan.")))
    rows = {row.line_key: row for row in unfinished(before)}
    have = {row.line_key for row in lines_of(version)}
    for key, reason in reasons.items():
        if key not in rows:
            raise Conflict(say(gettext_noop("Tiltaket er ikke uferdig i den forrige planen.")))
        if key in have:
            raise Conflict(say(gettext_noop("«%(title)s» står allerede i utkastet."), title=rows[key].title))
        if not reason.strip():
            words = say(gettext_noop("Skriv hvorfor «%(title)s» føres videre."), title=rows[key].title)
            raise Invalid.field("reason", words)
        line = _within(replace(plain(rows[key]), rolled_reason=reason.strip()), version)
        add_line(actor=ctx.actor, now=ctx.now, version_id=version.pk, line=line)
    ctx.record("plan.rolled", version, measures=[rows[key].title for key in reasons], earlier=str(before))
    return version


def _within(line: Line, version: PlanVersion) -> Line:
    years = years_of(version.plan)
    return replace(line, costs=tuple(cost for cost in line.costs if cost.year in years))


def _kept(line: Line) -> dict[str, Any]:
    """The measure as JSON."""
    return {
        "owner": line.owner,
        "argument": line.argument,
        "organisations": [str(key) for key in line.organisations],
        "cost_key": line.cost_key,
        "own_shares": dict(line.own_shares),
        "costs": [[cost.year, cost.kind, cost.source, cost.amount] for cost in line.costs],
        "kind": line.kind,
        "focus_area": line.focus_area,
        "goals": list(line.goals),
        "benefit": line.benefit,
        "answers": dict(line.answers),
        "effort": dict(line.effort),
        "rolled_reason": line.rolled_reason,
    }


def _given_back(row: Deferral, version: PlanVersion) -> Line:
    kept = dict(row.content)
    costs = tuple(Cost(*cost) for cost in kept.pop("costs"))
    organisations = tuple(UUID(key) for key in kept.pop("organisations"))
    goals = tuple(kept.pop("goals"))
    line = Line(
        row.line_key, 0, row.title, need=row.need_id, organisations=organisations, costs=costs, goals=goals, **kept
    )
    return _within(line, version)
