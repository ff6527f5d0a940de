"""Plan the days a body meets, and move the deadlines that hang on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..events import MeetingCancelled, MeetingMoved, MeetingPlanned
from ..models import BodyMeeting
from ..queries.hanging import Hangs, moved, reckoned
from ..rules.deadlines import hangs_on
from ._deadlines import move_deadlines


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
    hangs = _on_meetings(body)
    earlier = reckoned(hangs)
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
    move_deadlines(ctx, moved(earlier, reckoned(hangs)))
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
    earlier = reckoned(_on_meetings(row.body))
    before = row.snapshot()
    row.cancelled = True
    ctx.save(row)
    ctx.record("meeting.cancelled", row, before=before)
    move_deadlines(ctx, moved(earlier, reckoned(_on_meetings(row.body))))
    ctx.publish(MeetingCancelled(row.pk))
    return row


@action("meeting.move", kind="meeting")
def move_meeting(ctx: Context, *, meeting_id: UUID, version: int | None, held_on: date) -> BodyMeeting:
    """Hold a planned meeting on another day; deadlines that hang on it move along (D-29).

    Raises Invalid for a day the body meets already or one in the past, Conflict for a meeting that is cancelled, and
    for a day before an open hearing ends (B-43).
    """
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, Facts("meeting", ctx.actor.tenant)))
    row = ctx.load(BodyMeeting, meeting_id, version=version)
    if row.cancelled:
        raise Conflict(say(gettext_noop("Møtet er avlyst.")), remedy=say(gettext_noop("Planlegg møtet på nytt først.")))
    if row.held_on < ctx.today:
        raise Conflict(say(gettext_noop("Møtet er passert og kan ikke flyttes.")))
    if held_on < ctx.today:
        raise Invalid.field("held_on", say(gettext_noop("Velg en dag som ikke er passert.")), value=held_on)
    same = BodyMeeting.objects.filter(body=row.body, organisation_id=row.organisation_id, held_on=held_on)
    if same.exclude(pk=row.pk).exists():
        raise Invalid.field("held_on", say(gettext_noop("Organet har allerede et møte denne dagen.")), value=held_on)
    earlier, before = reckoned(_on_meetings(row.body)), row.snapshot()
    was, row.held_on = row.held_on, held_on
    ctx.save(row)
    ctx.record("meeting.moved", row, before=before)
    move_deadlines(ctx, moved(earlier, reckoned(_on_meetings(row.body))))
    ctx.publish(MeetingMoved(row.pk, row.body, held_on, row.organisation_id, was))
    return row


@action("meeting.plan_many", kind="meeting")
def plan_meetings(
    ctx: Context, *, body: str, days: Sequence[date], organisation: UUID | None = None
) -> list[BodyMeeting]:
    """Put a year's meetings of a body in the calendar, all or none. Raises Invalid that names the day that is wrong."""
    if not days:
        raise Invalid.field("days", say(gettext_noop("Velg minst én dag.")))
    made = []
    for day in sorted(set(days)):
        if day < ctx.today:
            raise Invalid.field("days", say(gettext_noop("%(day)s er passert."), day=day.strftime("%d.%m.%Y")))
        try:
            made.append(plan_meeting(actor=ctx.actor, now=ctx.now, body=body, held_on=day, organisation=organisation))
        except Invalid as fault:
            raise Invalid.field(
                "days",
                say(gettext_noop("%(day)s: %(why)s"), day=day.strftime("%d.%m.%Y"), why=str(fault.errors[0])),
                value=day,
            ) from None
    ctx.record("meeting.planned_many", made[0], count=len(made))
    return made


def _on_meetings(body: str) -> Hangs:
    return lambda deadline: hangs_on(deadline, body)
