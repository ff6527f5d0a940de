"""Plan the days a body meets, and move the deadlines that hang on them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import BodyMeeting, CaseState, CaseStep, StepState
from ..queries import due_of, path_of


@action("meeting.plan", kind="meeting")
def plan_meeting(
    ctx: Context, *, body: str, held_on: date, organisation: UUID | None = None, title: str = ""
) -> BodyMeeting:
    """Put a meeting of a body in the calendar. Raises Invalid for an unknown body or a day already planned."""
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, Facts("meeting", ctx.actor.tenant)))
    model = governance.current_model(ctx.today)
    if model is None or model.body(body) is None:
        raise Invalid.field("body", say(gettext_noop("Styringsmodellen har ikke dette organet.")), value=body)
    try:
        with transaction.atomic():
            row = ctx.create(BodyMeeting(body=body, held_on=held_on, organisation_id=organisation, title=title[:200]))
    except IntegrityError:
        raise Invalid.field(
            "held_on", say(gettext_noop("Organet har allerede et møte denne dagen.")), value=held_on
        ) from None
    ctx.record("meeting.planned", row)
    _move_deadlines(ctx)
    return row


@action("meeting.cancel", kind="meeting")
def cancel_meeting(ctx: Context, *, meeting_id: UUID, version: int | None) -> BodyMeeting:
    """Take a planned meeting out of the calendar; deadlines that hung on it move to the next."""
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, Facts("meeting", ctx.actor.tenant)))
    row = ctx.load(BodyMeeting, meeting_id, version=version)
    if row.cancelled:
        raise Conflict(say(gettext_noop("Møtet er allerede avlyst.")))
    before = row.snapshot()
    row.cancelled = True
    ctx.save(row)
    ctx.record("meeting.cancelled", row, before=before)
    _move_deadlines(ctx)
    return row


def _move_deadlines(ctx: Context) -> None:
    """Set anew the deadline of every open step; only those that hang on a meeting can have moved."""
    rows = CaseStep.objects.select_related("case", "case__model_version", "organisation").filter(
        state=StepState.ACTIVE, case__state=CaseState.OPEN
    )
    for row in rows:
        if row.step.startswith("_"):
            continue
        deadline = due_of(
            row.case, path_of(row.case).step(row.step), opened_on=row.opened_on, organisation=row.organisation
        )
        if deadline and deadline.on != row.due_on:
            before = row.snapshot()
            row.due_on, row.due_why = deadline.on, str(deadline.why)[:300]
            ctx.save(row)
            ctx.record("case.deadline_moved", row, before=before, case=str(row.case_id))
