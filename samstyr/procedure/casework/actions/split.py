"""Make a second case out of one, standing at the same step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..events import CaseOpened
from ..models import Case, CaseState, CaseStep, StepState
from ..queries import case_facts, path_of
from ._moving import arrive, close_all, end
from .open_case import next_number, set_participants


@action("case.split", kind="case")
def split(
    ctx: Context,
    *,
    case_id: UUID,
    version: int | None,
    subject_id: UUID,
    title: str,
    facts: dict[str, Any],
    organisations: list[UUID],
    reason: str,
    closes: bool = False,
) -> Case:
    """Open a case for a new subject, split from this one, at the step where this one stands.

    `closes` ends this case: its parts go on without it.

    The room that owns the subject has made the new subject first. The new case stays on this one's model version.
    """
    case = ctx.load(Case, case_id, version=version)
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, case_facts(case)))
    if case.state != CaseState.OPEN:
        raise Conflict(say(gettext_noop("Bare saker under behandling kan deles.")))
    if not reason.strip():
        raise Invalid.field("reason", say(gettext_noop("Skriv hvorfor saken deles.")))
    standing = CaseStep.objects.filter(case=case, state=StepState.ACTIVE).order_by("order").first()
    part = ctx.create(
        Case(
            number=next_number(ctx),
            year=ctx.today.year,
            title=title[:300],
            subject_kind=case.subject_kind,
            subject_id=subject_id,
            path=case.path,
            model_version=case.model_version,
            facts_given=facts,
            unit=case.unit,
            opened_by=case.opened_by,
            opened_at=ctx.now,
            opened_late=case.opened_late,
            split_from=case,
        )
    )
    set_participants(ctx, part, organisations)
    before = case.snapshot()
    ctx.save(case)
    ctx.record("case.was_split", case, before=before, part=str(part.pk), reason=reason.strip()[:2000])
    ctx.record("case.opened", part, split_from=str(case.pk))
    ctx.publish(CaseOpened(part.pk, part.subject_kind, subject_id, part.path))
    step = standing.step if standing and not standing.step.startswith("_") else path_of(part).start
    arrive(ctx, part, step)
    if closes:
        close_all(ctx, case)
        end(ctx, case, outcome="split", effect="split", treatment=None)
    return part
