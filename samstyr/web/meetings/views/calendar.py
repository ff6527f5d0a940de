"""A meeting for a calendar program: an invitation that is updated and cancelled by the same mark (RFC 5545)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from samstyr.foundation.kernel.clock import OSLO
from samstyr.procedure.meetings.queries import agenda as reading

from .planning import meeting_of, title_of

PARTSTAT = {"": "NEEDS-ACTION", "comes": "ACCEPTED", "remote": "ACCEPTED", "absent": "DECLINED"}


def one(request: Any, key: UUID) -> HttpResponse:
    """The meeting as a calendar file; a cancelled one takes itself out of the calendar."""
    meeting = meeting_of(request, key)
    page = request.build_absolute_uri(request.path.rsplit("/", 1)[0] + "/")
    rows = reading.items_of(meeting)
    readable = reading.readable_of(request.actor, meeting, rows)
    items = [(row.number, row.title if row.pk in readable else _("Unntatt offentlighet")) for row in rows]
    content = calendar(meeting, title_of(meeting), items, page, request.now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    name = f"mote-{meeting.held_on:%Y-%m-%d}.ics"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def calendar(meeting: Any, title: str, items: list[tuple[str, str]], page: str, now: datetime) -> bytes:
    """The meeting with its agenda. `sequence` rises with each change, and the mark stays the same.

    An address stands with each person that has one, for clients that show who comes.
    """
    cancelled = meeting.day.cancelled
    whole = Calendar()
    whole.add("prodid", "-//Samstyr//NO")
    whole.add("version", "2.0")
    whole.add("method", "CANCEL" if cancelled else "PUBLISH")
    event = Event()
    event.add("uid", f"{meeting.pk}@samstyr")
    event.add("dtstamp", now)
    event.add("sequence", meeting.sequence + (1 if cancelled else 0))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("summary", title)
    event.add("dtstart", datetime.combine(meeting.held_on, meeting.starts_at, OSLO))
    event.add("dtend", datetime.combine(meeting.held_on, meeting.ends_at, OSLO))
    place = ", ".join(part for part in (meeting.place, meeting.link) if part)
    if place:
        event.add("location", place)
    agenda = [" ".join(part for part in item if part) for item in items]
    event.add("description", "\n".join([*agenda, "", page] if agenda else [page]))
    event.add("url", page)
    for person in meeting.participants.all():
        if person.person is not None and person.person.email:
            address = vCalAddress(f"mailto:{person.person.email}")
            address.params["cn"] = vText(person.name)
            address.params["role"] = vText("CHAIR" if person.leads else "REQ-PARTICIPANT")
            address.params["partstat"] = vText(PARTSTAT[person.answer])
            event.add("attendee", address, encode=False)
    whole.add_component(event)
    whole.add_component(Timezone.from_tzinfo(OSLO, "Europe/Oslo"))
    return whole.to_ical()
