"""A meeting for a calendar program: the same mark each time, so that it is changed and taken out by it (RFC 5545)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from samstyr.procedure.meetings.queries.calendar import entry_of
from samstyr.procedure.meetings.rules.calendar import CANCEL, PUBLISH, calendar

from .planning import meeting_of


def one(request: Any, key: UUID) -> HttpResponse:
    """The meeting as a calendar file; a cancelled one takes itself out of the calendar."""
    meeting = meeting_of(request, key)
    page = request.build_absolute_uri(request.path.rsplit("/", 1)[0] + "/")
    entry = entry_of(request.actor, meeting, page)
    content = calendar([entry], CANCEL if entry.cancelled else PUBLISH, request.now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    name = f"mote-{meeting.held_on:%Y-%m-%d}.ics"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
