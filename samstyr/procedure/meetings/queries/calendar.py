"""A meeting as it stands in people's calendars, and who may take the seat of one who cannot come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from samstyr.foundation.access import Actor
from samstyr.foundation.governance.rules.bodies import Body
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Person
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.models import BodyMeeting

from ..models import AgendaItem, Meeting, MeetingState, Participant
from ..rules.calendar import Clash, Entry, Invited, clashes
from .agenda import body_name, items_of, readable_of
from .bodies import body_on, substitutes_of

# How long a meeting that was called stays in the feed after the day.
KEPT_DAYS = 365


def entry_of(actor: Actor, meeting: Meeting, page: str, items: list[AgendaItem] | None = None) -> Entry:
    """The meeting as the reader may see it; `page` is its address. Items that the reader may not read have no title."""
    rows = items_of(meeting) if items is None else items
    readable = readable_of(actor, meeting, rows)
    hidden = str(say(gettext_noop("Unntatt offentlighet")))
    people = [
        (row, Invited(row.name, row.person.email, row.answer, row.leads, row.votes))
        for row in meeting.participants.all()
        if row.person is not None and row.person.email
    ]
    serving = [one for row, one in people if row.capacity == Participant.Capacity.SECRETARY]
    return Entry(
        key=str(meeting.pk),
        sequence=meeting.sequence,
        title=f"{body_name(meeting.body, meeting.held_on)} {meeting.number}/{meeting.held_on.year}",
        day=meeting.held_on,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=", ".join(part for part in (meeting.place, meeting.link) if part),
        agenda=tuple(
            f"{row.number} {row.title if row.pk in readable else hidden}".strip()
            for row in rows
            if row.state != AgendaItem.State.WITHDRAWN
        ),
        page=page,
        cancelled=meeting.day.cancelled,
        organiser=(serving[0].name, serving[0].email) if serving else None,
        invited=tuple(one for _row, one in people),
    )


def own_meetings(actor: Actor, today: date) -> list[Meeting]:
    """The meetings that the person is called to, from a year ago on, with what a calendar needs."""
    rows: QuerySet[Meeting] = Meeting.objects.filter(
        participants__person_id=actor.person, held_on__gte=date.fromordinal(today.toordinal() - KEPT_DAYS)
    ).exclude(state=MeetingState.PLANNED)
    found = rows.select_related("day").prefetch_related("participants__person", "items__disqualifications__participant")
    return list(found.order_by("held_on", "starts_at"))


def body_meetings(body: str, today: date) -> list[Meeting]:
    """The body's meetings that have been called, from a year ago on."""
    rows: QuerySet[Meeting] = Meeting.objects.filter(
        body=body, held_on__gte=date.fromordinal(today.toordinal() - KEPT_DAYS)
    ).exclude(state=MeetingState.PLANNED)
    return list(rows.select_related("day").order_by("held_on", "starts_at"))


def secretary_days(body: Body, bodies: Iterable[Body], year: int) -> list[date]:
    """Days of the year on which the body's secretary has meetings of other bodies (N-188)."""
    others = {one.key for one in bodies if one.key != body.key and body.secretary and one.secretary == body.secretary}
    return [row.held_on for row in _standing(year) if row.body in others] if others else []


def secretary_clashes(model: GovernanceModel | None, year: int) -> list[Clash]:
    """The days of the year on which one secretary has meetings of several bodies (N-188)."""
    if model is None:
        return []
    secretaries = {body.key: str(body.secretary) for body in model.bodies if body.secretary}
    return clashes(((row.body, row.organisation_id, row.held_on) for row in _standing(year)), secretaries)


def _standing(year: int) -> list[BodyMeeting]:
    rows = casework.meetings_of(since=date(year, 1, 1), until=date(year, 12, 31))
    return [row for row in rows if not row.cancelled]


def whole_invitation(key: UUID) -> Meeting | None:
    """The meeting with its day and those called, for its invitation."""
    rows = Meeting.objects.select_related("day").prefetch_related("participants__person")
    return cast("Meeting | None", rows.filter(pk=key).first())


def may_name_substitute(meeting: Meeting, row: Participant) -> bool:
    """Whether the model lets somebody else take the participant's seat in this meeting."""
    if row.seat is None or row.stands_in_for:
        return False
    body = body_on(meeting.body, meeting.held_on)
    composition = body.composition_on(meeting.held_on) if body else None
    groups = composition.groups if composition else ()
    return any(
        (group.key == row.seat.group and group.proxies) or group.substitutes_for == row.seat.group for group in groups
    )


def substitutes_for(meeting: Meeting, row: Participant) -> list[Person]:
    """Who may take the seat, and has no other place in the meeting.

    Where the model has substitutes for the seat's group, those in their order; else active people of the seat's
    organisation, by name.
    """
    taken = Participant.objects.filter(meeting=meeting, person__isnull=False).exclude(stands_in_for=row.name)
    rows = Person.objects.filter(is_active=True).exclude(pk__in=taken.values("person_id")).order_by("name")
    named = substitutes_of(meeting.body, row.seat.group, meeting.held_on, meeting.organisation_id) if row.seat else None
    if named is not None:
        free = set(rows.filter(pk__in=[one.pk for one in named]).values_list("pk", flat=True))
        return [one for one in named if one.pk in free]
    place = row.seat.organisation_id if row.seat else None
    return list(rows.filter(organisation_id=place) if place else rows)
