"""Open a meeting, choose who leads it, and end it."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ...models import AgendaItem, Meeting, MeetingState, Participant
from ...queries.holding import is_there
from ._common import load_managed, require_going_on, require_no_vote


@action("meeting.open", kind="meeting")
def open_meeting(
    ctx: Context, *, meeting_id: UUID, version: int | None = None, leader_id: UUID | None = None
) -> Meeting:
    """Open the meeting. The body's chair leads when present; otherwise `leader_id`, elected among those present.

    Raises Conflict before its day, when it is cancelled, and when it has been opened; Invalid when nobody leads.
    """
    meeting = load_managed(ctx, meeting_id, version=version)
    if meeting.state not in (MeetingState.PLANNED, MeetingState.CALLED):
        raise Conflict(say(gettext_noop("Møtet er allerede åpnet.")))
    if meeting.day.cancelled:
        raise Conflict(say(gettext_noop("Møtet er avlyst.")))
    if ctx.today < meeting.held_on:
        raise Conflict(
            say(gettext_noop("Møtet er satt til %(date)s."), date=meeting.held_on.strftime("%d.%m.%Y")),
            remedy=say(gettext_noop("Vent til dagen, eller flytt møtet.")),
        )
    before = meeting.snapshot()
    meeting.chair_id = _leader(meeting, leader_id).person_id
    meeting.state, meeting.opened_at = MeetingState.OPEN, ctx.now
    ctx.save(meeting)
    ctx.record("meeting.opened", meeting, before=before)
    return meeting


@action("meeting.chair", kind="meeting")
def change_chair(ctx: Context, *, meeting_id: UUID, leader_id: UUID) -> Meeting:
    """Let another of those present lead, as when the chair leaves or is disqualified. Not while a vote is open."""
    meeting = load_managed(ctx, meeting_id)
    require_going_on(meeting)
    require_no_vote(meeting)
    before = meeting.snapshot()
    meeting.chair_id = _leader(meeting, leader_id).person_id
    ctx.save(meeting)
    ctx.record("meeting.chair_changed", meeting, before=before)
    return meeting


def _leader(meeting: Meeting, chosen: UUID | None) -> Participant:
    there = [row for row in meeting.participants.all() if is_there(row) and row.person_id]
    if chosen is None:
        found = next((row for row in there if row.leads), None)
        remedy = say(gettext_noop("Før opp hvem som er til stede, og velg hvem av dem som leder møtet."))
    else:
        # Elected among the members present; who serves the body does not lead it.
        found = next((row for row in there if row.pk == chosen and (row.votes or row.leads)), None)
        remedy = say(gettext_noop("Velg et medlem som er ført opp som til stede."))
    if found is None:
        raise Invalid.field("leader", say(gettext_noop("Ingen leder møtet.")), value=chosen or "", remedy=remedy)
    return found


@action("meeting.end", kind="meeting")
def end_meeting(ctx: Context, *, meeting_id: UUID, version: int | None = None) -> Meeting:
    """End the meeting. What was never taken up waits for another agenda: it is postponed.

    Raises Conflict while a vote or an item is open.
    """
    meeting = load_managed(ctx, meeting_id, version=version)
    require_going_on(meeting)
    require_no_vote(meeting)
    items = list(AgendaItem.objects.select_for_update(of=("self",)).filter(meeting=meeting).order_by("order", "pk"))
    going = next((item for item in items if item.state == AgendaItem.State.OPEN), None)
    if going is not None:
        raise Conflict(
            say(gettext_noop("«%(item)s» er fortsatt under behandling."), item=going.title),
            remedy=say(gettext_noop("Avgjør, utsett eller trekk saken før møtet avsluttes.")),
        )
    for item in items:
        if item.state == AgendaItem.State.WAITING:
            before = item.snapshot()
            item.state = AgendaItem.State.POSTPONED
            ctx.save(item)
            ctx.record("item.postponed", item, before=before)
    before = meeting.snapshot()
    meeting.state, meeting.ended_at = MeetingState.ENDED, ctx.now
    ctx.save(meeting)
    ctx.record("meeting.ended", meeting, before=before)
    return meeting
