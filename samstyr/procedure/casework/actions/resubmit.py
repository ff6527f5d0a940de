"""Send a returned case on again, completed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Case, CaseStep, StepState
from ..queries import path_of, step_facts
from ._moving import COMPLETION, arrive, close_step
from .open_case import set_participants


@action("case.resubmit", kind="case")
def resubmit(ctx: Context, *, case_id: UUID, title: str, facts: dict[str, Any], organisations: list[UUID]) -> Case:
    """Go back to the step that returned the case, with the facts as they now are."""
    case = ctx.load(Case, case_id)
    row = CaseStep.objects.select_for_update().filter(case=case, step=COMPLETION, state=StepState.ACTIVE).first()
    if row is None:
        raise Conflict(say(gettext_noop("Saken er ikke sendt tilbake for fullføring.")))
    row.case = case
    ctx.require(may(ctx.actor, Act.CASE_TREAT, step_facts(row)))
    returned_by = (
        CaseStep.objects.filter(case=case, order__lt=row.order, state=StepState.DONE).order_by("-order").first()
    )
    before = case.snapshot()
    case.title, case.facts_given = title[:300], facts
    ctx.save(case)
    set_participants(ctx, case, organisations)
    ctx.record("case.resubmitted", case, before=before)
    close_step(ctx, row, StepState.DONE, "resubmitted", "advance")
    arrive(ctx, case, returned_by.step if returned_by else path_of(case).start)
    return case
