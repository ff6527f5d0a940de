"""Say which bodies a case is about."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Case, CaseState, CaseStep, StepState
from ..queries import case_facts, path_of
from ._moving import open_step


@action("case.concern", kind="case")
def concern(ctx: Context, *, case_id: UUID, version: int | None = None, bodies: list[str]) -> Case:
    """Let the case be about these bodies beside those whose areas it lies in (N-185).

    Where a step that they share is open now, it opens for those that are new. Raises Conflict for a case that is ended,
    Invalid for a body that the model lacks.
    """
    case = ctx.load(Case, case_id, version=version)
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, case_facts(case)))
    if case.state == CaseState.ENDED:
        raise Conflict(say(gettext_noop("Saken er avsluttet.")))
    model = governance.typed(case.model_version)
    if unknown := [key for key in bodies if model.body(key) is None]:
        raise Invalid.field("bodies", say(gettext_noop("Velg organer som står i styringsmodellen.")), value=unknown[0])
    before = case.snapshot()
    case.concerns = list(dict.fromkeys(bodies))
    ctx.save(case)
    ctx.record("case.concerns_set", case, before=before)
    standing = list(CaseStep.objects.filter(case=case, state=StepState.ACTIVE).order_by("order"))
    for row in standing:
        if row.step.startswith("_"):
            continue
        step, there = path_of(case).step(row.step), {one.actor_body for one in standing if one.step == row.step}
        for key in case.concerns:
            if key in step.actor.bodies and key not in there:
                there.add(key)
                open_step(ctx, case, step, None, key, beside=row)
        break
    return case
