"""Let a case rest, and take it up again where it stood."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Case, CaseState, CaseStep, StepState
from ..queries import case_facts, due_of, path_of
from ._moving import rest


@action("case.park", kind="case")
def park(ctx: Context, *, case_id: UUID, version: int | None, until: date, reason: str) -> Case:
    """Park an open case until a date, typically next year's round. Raises Invalid for no reason or a past date."""
    case = ctx.load(Case, case_id, version=version)
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, case_facts(case)))
    if case.state != CaseState.OPEN:
        raise Conflict(say(gettext_noop("Bare saker under behandling kan parkeres.")))
    if until <= ctx.today:
        raise Invalid.field("until", say(gettext_noop("Oppgi en dato fram i tid.")), value=until)
    if not reason.strip():
        raise Invalid.field("reason", say(gettext_noop("Skriv hvorfor saken parkeres.")))
    rest(ctx, case, until)
    ctx.record("case.park_reason", case, reason=reason.strip()[:2000])
    return case


@action("case.resume", kind="case")
def resume(ctx: Context, *, case_id: UUID, version: int | None = None) -> Case:
    """Take a parked case up again, with new deadlines for what was open."""
    case = ctx.load(Case, case_id, version=version)
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, case_facts(case)))
    if case.state != CaseState.PARKED:
        raise Conflict(say(gettext_noop("Saken er ikke parkert.")))
    before = case.snapshot()
    case.state, case.parked_until = CaseState.OPEN, None
    ctx.save(case)
    ctx.record("case.resumed", case, before=before)
    for row in CaseStep.objects.select_related("organisation").filter(case=case, state=StepState.ACTIVE):
        if row.step.startswith("_"):
            continue
        deadline = due_of(case, path_of(case).step(row.step), opened_on=ctx.today, organisation=row.organisation)
        row.opened_on = ctx.today
        row.due_on = deadline.on if deadline else None
        row.due_why = str(deadline.why)[:300] if deadline else ""
        ctx.save(row)
    return case


@action("case.resume_due", kind="case")
def resume_due(ctx: Context) -> int:
    """Take up every parked case whose date has come; the number taken up. Run daily."""
    due = list(Case.objects.filter(state=CaseState.PARKED, parked_until__lte=ctx.today).values_list("pk", flat=True))
    for key in due:
        resume(actor=ctx.actor.on_behalf("daily:resume"), now=ctx.now, case_id=key)
    return len(due)
