"""Begin to prepare a meeting, and set when and where it is."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Person
from samstyr.foundation.organisations.queries import holders_of
from samstyr.procedure.casework.models import BodyMeeting

from ..events import MeetingPrepared
from ..models import Meeting, MeetingState, Participant
from ..queries.access import manage_facts
from ..queries.bodies import body_on, chair_place_on, members_of, settings_on
from ..rules.agenda import meeting_faults

Capacity = Participant.Capacity


@action("meeting.prepare", kind="meeting")
def prepare_meeting(ctx: Context, *, day_id: UUID) -> Meeting:
    """Make the day in the calendar a meeting: those who sit in the body that day, its secretary, and who always meets.

    Asked again it answers the same meeting. Raises Refused, Conflict for a cancelled day.
    """
    day = ctx.load(BodyMeeting, day_id)
    ctx.require(may(ctx.actor, Act.MEETING_MANAGE, manage_facts(day.body, ctx.today, day.organisation_id)))
    found = Meeting.objects.filter(day=day).first()
    if found is not None:
        return found  # type: ignore[no-any-return]
    if day.cancelled:
        raise Conflict(say(gettext_noop("Møtet er avlyst.")), remedy=say(gettext_noop("Planlegg møtet på nytt først.")))
    settings = settings_on(day.body, day.held_on)
    starts = time.fromisoformat(settings.value("starts_at"))
    ends = (datetime.combine(day.held_on, starts) + timedelta(minutes=settings.value("minutes_long"))).time()
    body = body_on(day.body, day.held_on)
    meeting = ctx.create(
        Meeting(
            day=day, body=day.body, organisation_id=day.organisation_id, held_on=day.held_on, starts_at=starts,
            ends_at=ends if ends > starts else time(23, 59), number=_next_number(ctx, day),
            place=str(body.meetings.place or "") if body else "",
        )
    )  # fmt: skip
    _call_in(ctx, meeting)
    ctx.record("meeting.prepared", meeting)
    ctx.publish(MeetingPrepared(meeting.pk))
    return meeting


def _next_number(ctx: Context, day: BodyMeeting) -> int:
    """The body's next number in the year; its days are locked, so that two who begin at once get each their own."""
    days = BodyMeeting.objects.filter(
        body=day.body, organisation_id=day.organisation_id, held_on__year=day.held_on.year
    )
    list(days.select_for_update(of=("self",)).order_by("pk"))
    taken = Meeting.objects.filter(
        body=day.body, organisation_id=day.organisation_id, held_on__year=day.held_on.year
    ).values_list("number", flat=True)
    return 1 + max(taken, default=0)


def _call_in(ctx: Context, meeting: Meeting) -> None:
    rows: list[Participant] = []
    seen: set[UUID] = set()
    for member in members_of(meeting.body, meeting.held_on, meeting.organisation_id):
        if member.person is None or member.person.pk in seen:
            continue
        seen.add(member.person.pk)
        rows.append(
            Participant(
                meeting=meeting, person=member.person, seat=member.seat, name=member.person.name,
                seat_name=member.name[:200], votes=member.votes, speaks=member.speaks, weight=member.weight,
                leads=member.leads,
            )
        )  # fmt: skip
    for role, capacity in _offices(meeting):
        place = meeting.organisation_id
        if capacity == Capacity.CHAIR and (body := body_on(meeting.body, meeting.held_on)):
            place = chair_place_on(body, meeting.held_on, place)
        for person in holders_of(role, on=meeting.held_on, organisation=place):
            if person.pk not in seen:
                seen.add(person.pk)
                rows.append(_without_seat(meeting, person, capacity))
    ctx.create_many(Participant, rows)


def _offices(meeting: Meeting) -> list[tuple[str, str]]:
    """The roles without a seat that are there all the same: who leads, who serves, and who always meets."""
    body = body_on(meeting.body, meeting.held_on)
    if body is None:
        return []
    composition = body.composition_on(meeting.held_on)
    found = [(body.chair, Capacity.CHAIR), (body.secretary, Capacity.SECRETARY), (body.convener, Capacity.SECRETARY)]
    found += [(role, Capacity.ATTENDEE) for role in (composition.attendees if composition else ())]
    return [(role, str(capacity)) for role, capacity in found if role]


def _without_seat(meeting: Meeting, person: Person, capacity: str) -> Participant:
    return Participant(
        meeting=meeting, person=person, name=person.name, capacity=capacity, leads=capacity == Capacity.CHAIR
    )


@action("meeting.save", kind="meeting")
def save_meeting(
    ctx: Context,
    *,
    meeting_id: UUID,
    version: int | None,
    starts_at: time,
    ends_at: time,
    place: str = "",
    link: str = "",
    remote: bool = False,
    note: str = "",
) -> Meeting:
    """Set when and where, and what those called should know. A meeting already called is told of anew by `send_change`.

    Raises Invalid, Refused, and Conflict when it has begun or somebody else has changed it.
    """
    meeting = ctx.load(Meeting, meeting_id, version=version)
    ctx.require(may(ctx.actor, Act.MEETING_MANAGE, manage_facts(meeting.body, ctx.today, meeting.organisation_id)))
    require_not_begun(meeting)
    allowed = bool(settings_on(meeting.body, meeting.held_on).value("remote"))
    faults = meeting_faults(
        starts_at=starts_at, ends_at=ends_at, place=place, link=link, remote=remote, allowed=allowed
    )
    if faults:
        raise Invalid(*faults)
    before = meeting.snapshot()
    meeting.starts_at, meeting.ends_at, meeting.place, meeting.link = starts_at, ends_at, place.strip(), link.strip()
    meeting.remote, meeting.note = remote, note.strip()
    ctx.save(meeting)
    ctx.record("meeting.saved", meeting, before=before)
    return meeting


def require_not_begun(meeting: Meeting) -> None:
    """Raise Conflict for a meeting that is under way or held."""
    if meeting.state in (MeetingState.OPEN, MeetingState.ENDED):
        raise Conflict(say(gettext_noop("Møtet er i gang eller holdt, og kan ikke endres slik.")))
