"""Call to a meeting, and tell of what has changed since: also that its day is cancelled, moved or taken up again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from samstyr.foundation.access import Act, Actor, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.casework.events import MeetingCancelled, MeetingMoved, MeetingPlanned

from ..events import MeetingCalled
from ..models import AgendaItem, Meeting, MeetingState, Paper
from ..queries.access import call_facts
from ..queries.bodies import settings_on
from ..rules.agenda import days_short
from .agenda import lock_numbers, next_number
from .prepare import require_not_begun


@action("meeting.call", kind="meeting")
def call_meeting(ctx: Context, *, meeting_id: UUID, version: int | None, short_reason: str = "") -> Meeting:
    """Send the call with the agenda and the papers to all who take part: only the body's convener may (B-10).

    The items get their numbers and the papers are frozen. Raises Invalid when it is later than the body's own rule and
    no reason is given, or nothing is on the agenda; Conflict when it is called already, cancelled or begun.
    """
    lock_numbers(meeting_id)
    meeting = _for_call(ctx, meeting_id, version)
    if meeting.state != MeetingState.PLANNED:
        raise Conflict(
            say(gettext_noop("Det er alt kalt inn til møtet.")), remedy=say(gettext_noop("Send endringen i stedet."))
        )
    items = list(AgendaItem.objects.select_for_update(of=("self",)).filter(meeting=meeting).order_by("order", "pk"))
    if not items:
        raise Invalid.field("agenda", say(gettext_noop("Sett minst én sak på sakslisten først.")))
    short = days_short(ctx.today, meeting.held_on, settings_on(meeting.body, meeting.held_on).value("notice_days"))
    if short and not short_reason.strip():
        raise Invalid.field(
            "short_reason",
            say(gettext_noop("Innkallingen er %(days)s dager for sen etter reglene for organet."), days=short),
            remedy=say(gettext_noop("Skriv hvorfor det haster, eller flytt møtet.")),
        )
    for row in items:
        row.number = next_number(meeting)
        ctx.save(row)
    _freeze(ctx, meeting)
    before = meeting.snapshot()
    meeting.state, meeting.called_at = MeetingState.CALLED, ctx.now
    ctx.save(meeting)
    ctx.record("meeting.called", meeting, before=before, short_reason=short_reason.strip(), days_short=short)
    ctx.publish(MeetingCalled(meeting.pk))
    return meeting


@action("meeting.send_change", kind="meeting")
def send_change(ctx: Context, *, meeting_id: UUID, version: int | None) -> Meeting:
    """Tell all who are called that time, place, agenda or papers have changed; new papers are supplements."""
    meeting = _for_call(ctx, meeting_id, version)
    if meeting.state != MeetingState.CALLED:
        raise Conflict(say(gettext_noop("Det er ikke kalt inn til møtet ennå.")))
    _freeze(ctx, meeting)
    before = meeting.snapshot()
    meeting.sequence += 1
    ctx.save(meeting)
    ctx.record("meeting.change_sent", meeting, before=before)
    ctx.publish(MeetingCalled(meeting.pk, changed=True))
    return meeting


def note_day_cancelled(event: MeetingCancelled, *, actor: Actor, now: datetime) -> None:
    """The day is cancelled: those called are told, and its cases may come on another agenda."""
    _follow_day(event.meeting_id, actor, now)


def note_day_moved(event: MeetingMoved, *, actor: Actor, now: datetime) -> None:
    """The day is another: the meeting goes with it, and those called are told."""
    _follow_day(event.meeting_id, actor, now)


def note_day_planned(event: MeetingPlanned, *, actor: Actor, now: datetime) -> None:
    """A cancelled day is held after all: those called are told."""
    _follow_day(event.meeting_id, actor, now)


def _follow_day(day_id: UUID, actor: Actor, now: datetime) -> None:
    meeting = Meeting.objects.filter(day_id=day_id).first()
    if meeting is not None:
        follow_day(actor=actor, now=now, meeting_id=meeting.pk)


@action("meeting.follow_day", kind="meeting")
def follow_day(ctx: Context, *, meeting_id: UUID) -> Meeting:
    """Let the meeting follow its day in the calendar, and tell those called. Raises Conflict once it has begun."""
    meeting = ctx.load(Meeting, meeting_id)
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, Facts("meeting", ctx.actor.tenant)))
    require_not_begun(meeting)
    day, before = meeting.day, meeting.snapshot()
    if day.held_on.year != meeting.held_on.year:
        raise Conflict(
            say(gettext_noop("Møtet har nummer i sitt eget år og kan ikke flyttes til et annet.")),
            remedy=say(gettext_noop("Avlys møtet, og planlegg et nytt.")),
        )
    if day.cancelled:
        waiting = AgendaItem.objects.select_for_update(of=("self",)).filter(
            meeting=meeting, case_step__isnull=False, state=AgendaItem.State.WAITING
        )
        for row in waiting:
            row.state = AgendaItem.State.POSTPONED
            ctx.save(row)
    # Also before the call: who prepares the meeting may have taken it into a calendar.
    meeting.held_on, meeting.sequence = day.held_on, meeting.sequence + 1
    ctx.save(meeting)
    ctx.record("meeting.followed_day", meeting, before=before, cancelled=day.cancelled)
    if meeting.state == MeetingState.CALLED:
        ctx.publish(MeetingCalled(meeting.pk, changed=True))
    return meeting


def _for_call(ctx: Context, meeting_id: UUID, version: int | None) -> Meeting:
    meeting = ctx.load(Meeting, meeting_id, version=version)
    ctx.require(may(ctx.actor, Act.MEETING_CALL, call_facts(meeting.body, ctx.today, meeting.organisation_id)))
    require_not_begun(meeting)
    if meeting.day.cancelled:
        raise Conflict(say(gettext_noop("Møtet er avlyst.")))
    return meeting


def _freeze(ctx: Context, meeting: Meeting) -> None:
    called = meeting.state != MeetingState.PLANNED
    for paper in Paper.objects.select_for_update(of=("self",)).filter(item__meeting=meeting, sent_at__isnull=True):
        paper.sent_at, paper.supplement = ctx.now, called
        ctx.save(paper)
