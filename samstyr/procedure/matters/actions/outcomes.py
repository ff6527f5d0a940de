"""What a matter learns of its case; the switchboard calls these."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from samstyr.foundation.access import Actor
from samstyr.foundation.audit.action import Context, action
from samstyr.procedure.casework.events import CaseEnded, CaseReopened, CaseReturned

from ..models import Matter, MatterState
from ..rules import is_matter

RULE = "handover:case_to_matter"


def note_returned(event: CaseReturned, *, actor: Actor, now: datetime) -> None:
    """A case has come back: its matter is its writer's again, with the reason."""
    if is_matter(event.subject_kind):
        settle(
            actor=actor.on_behalf(RULE), now=now, matter_id=event.subject_id, state=MatterState.RETURNED,
            reason=event.reason,
        )  # fmt: skip


def note_outcome(event: CaseEnded, *, actor: Actor, now: datetime) -> None:
    """A case has ended: its matter has the outcome. One that was withdrawn stays withdrawn."""
    if is_matter(event.subject_kind):
        settle(
            actor=actor.on_behalf(RULE), now=now, matter_id=event.subject_id, state=MatterState.ENDED,
            outcome=event.outcome,
        )  # fmt: skip


def note_reopened(event: CaseReopened, *, actor: Actor, now: datetime) -> None:
    """A case is treated again: its matter is under treatment, without the outcome it had."""
    if is_matter(event.subject_kind):
        settle(actor=actor.on_behalf(RULE), now=now, matter_id=event.subject_id, state=MatterState.OPEN)


@action("matter.settle", kind="matter")
def settle(ctx: Context, *, matter_id: UUID, state: str, reason: str = "", outcome: str = "") -> Matter | None:
    """Note what has become of the matter's case; done by the case, never by a page. None for a case without a matter."""
    if not ctx.actor.automatic:
        raise RuntimeError("this is the case's doing: call it through its handler")
    if not Matter.objects.filter(pk=matter_id).exists():
        return None
    matter = ctx.load(Matter, matter_id)
    if matter.state == MatterState.WITHDRAWN:
        return matter
    before = matter.snapshot()
    matter.state, matter.returned_reason, matter.outcome = state, reason, outcome[:60]
    ctx.save(matter)
    ctx.record(f"matter.{state}", matter, before=before)
    return matter
