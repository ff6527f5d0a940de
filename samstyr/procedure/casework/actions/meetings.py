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

from ..events import MeetingPlanned
from ..models import BodyMeeting, CaseState, CaseStep, StepState
from ..queries import due_of, path_of
from ..rules.deadlines import Due, hangs_on


@action("meeting.plan", kind="meeting")
def plan_meeting(
    ctx: Context, *, body: str, held_on: date, organisation: UUID | None = None, title: str = ""
) -> BodyMeeting:
    """Put a meeting of a body in the calendar. Raises Invalid for an unknown body or a day already planned.

    One that has been cancelled that day is held after all.
    A meeting that an open hearing would end after is refused by the hearing room (B-43).
    """
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, Facts("meeting", ctx.actor.tenant)))
    model = governance.current_model(ctx.today)
    if model is None or model.body(body) is None:
        raise Invalid.field("body", say(gettext_noop("Styringsmodellen har ikke dette organet.")), value=body)
    earlier = _reckoned(body)
    row = _taken_up(ctx, body, held_on, organisation, title[:200])
    if row is None:
        try:
            with transaction.atomic():
                row = ctx.create(
                    BodyMeeting(body=body, held_on=held_on, organisation_id=organisation, title=title[:200])
                )
        except IntegrityError:
            raise Invalid.field(
                "held_on", say(gettext_noop("Organet har allerede et møte denne dagen.")), value=held_on
            ) from None
        ctx.record("meeting.planned", row)
    _move_deadlines(ctx, body, earlier)
    ctx.publish(MeetingPlanned(row.pk, body, held_on, organisation))
    return row


def _taken_up(ctx: Context, body: str, held_on: date, organisation: UUID | None, title: str) -> BodyMeeting | None:
    """The cancelled meeting of the day, no longer cancelled."""
    found = BodyMeeting.objects.filter(body=body, held_on=held_on, organisation_id=organisation, cancelled=True).first()
    if found is None:
        return None
    row = ctx.load(BodyMeeting, found.pk)
    before = row.snapshot()
    row.cancelled, row.title = False, title
    ctx.save(row)
    ctx.record("meeting.planned", row, before=before)
    return row


@action("meeting.cancel", kind="meeting")
def cancel_meeting(ctx: Context, *, meeting_id: UUID, version: int | None) -> BodyMeeting:
    """Take a planned meeting out of the calendar; deadlines that hung on it move to the next."""
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, Facts("meeting", ctx.actor.tenant)))
    row = ctx.load(BodyMeeting, meeting_id, version=version)
    if row.cancelled:
        raise Conflict(say(gettext_noop("Møtet er allerede avlyst.")))
    earlier = _reckoned(row.body)
    before = row.snapshot()
    row.cancelled = True
    ctx.save(row)
    ctx.record("meeting.cancelled", row, before=before)
    _move_deadlines(ctx, row.body, earlier)
    return row


def _reckoned(body: str) -> dict[UUID, tuple[CaseStep, Due | None]]:
    """The open steps whose deadline hangs on the body's meetings, each with the deadline that the model gives it now."""
    found: dict[UUID, tuple[CaseStep, Due | None]] = {}
    rows = CaseStep.objects.select_related("case", "case__model_version", "organisation").filter(
        state=StepState.ACTIVE, case__state=CaseState.OPEN
    )
    for row in rows:
        step = None if row.step.startswith("_") else path_of(row.case).step(row.step)
        if step is not None and hangs_on(step.deadline, body):
            found[row.pk] = row, due_of(row.case, step, opened_on=row.opened_on, organisation=row.organisation)
    return found


def _move_deadlines(ctx: Context, body: str, earlier: dict[UUID, tuple[CaseStep, Due | None]]) -> None:
    """Move the deadlines that the change has moved; one that somebody has set, as a hearing's, stays."""
    for key, (row, deadline) in _reckoned(body).items():
        was = earlier[key][1]
        if deadline is None or deadline.on == row.due_on or row.due_on != (was.on if was else None):
            continue
        before = row.snapshot()
        row.due_on, row.due_why = deadline.on, str(deadline.why)[:300]
        ctx.save(row)
        ctx.record("case.deadline_moved", row, before=before, case=str(row.case_id))
