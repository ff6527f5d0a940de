"""Take up again what a body deferred."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..events import CaseReopened
from ..models import Case, CaseState, CaseStep, StepState
from ..queries import REOPENED, case_facts
from ._moving import arrive


@action("case.reopen", kind="case")
def reopen(ctx: Context, *, case_id: UUID, version: int | None = None, reason: str) -> Case:
    """Open a deferred case again at the step that deferred it. What was decided stays on record."""
    case = ctx.load(Case, case_id, version=version)
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, case_facts(case)))
    if case.state != CaseState.ENDED or case.outcome_effect not in REOPENED:
        raise Conflict(say(gettext_noop("Bare saker som er utsatt, kan tas opp igjen.")))
    if not reason.strip():
        raise Invalid.field("reason", say(gettext_noop("Skriv hvorfor saken tas opp igjen.")))
    last = CaseStep.objects.filter(case=case, state=StepState.DONE).order_by("-order").first()
    before = case.snapshot()
    case.state, case.outcome, case.outcome_effect, case.ended_at = CaseState.OPEN, "", "", None
    ctx.save(case)
    ctx.record("case.reopened", case, before=before, reason=reason.strip()[:2000])
    ctx.publish(CaseReopened(case.pk, case.subject_kind, case.subject_id, case.path))
    if last is not None:
        arrive(ctx, case, last.step)
    return case
