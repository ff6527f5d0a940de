"""What becomes a document by itself: approved minutes are stored as they were sealed."""

from __future__ import annotations

import logging
from datetime import datetime
from subprocess import TimeoutExpired
from uuid import UUID

from samstyr.foundation.access import Actor
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings import events as meeting_events
from samstyr.procedure.meetings.queries import minutes as reading

from .minutes import edition_of, pdf

log = logging.getLogger(__name__)
RULE = "minutes.file"


def file_minutes(event: meeting_events.MinutesApproved, *, actor: Actor, now: datetime) -> None:
    """Store the sealed minutes as PDF beside them."""
    _file(event.minutes_id, actor, now)


def file_waiting(*, actor: Actor, now: datetime) -> int:
    """Store what could not be typeset when it was approved; how many. Run daily."""
    return sum(_file(key, actor, now) for key in reading.unfiled())


def _file(key: UUID, actor: Actor, now: datetime) -> bool:
    """An approval stands even if the document cannot be made; it is then tried again each day."""
    minutes = reading.minutes_by_id(key)
    meeting = reading.whole_meeting(minutes.meeting_id) if minutes else None
    if minutes is None or meeting is None:
        return False
    edition = edition_of(minutes, meeting)
    try:
        data = pdf(edition)
    except (RuntimeError, TimeoutExpired) as fault:
        log.warning("minutes %s were not typeset: %s", key, type(fault).__name__)
        return False
    actions.file_minutes(
        actor=actor.on_behalf(actor.automatic or RULE), now=now, minutes_id=key, content=data,
        file_name=f"{edition.file_name}.pdf", title=edition.title,
    )  # fmt: skip
    return True
