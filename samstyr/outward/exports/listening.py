"""What becomes a document by itself: approved minutes are stored as they were sealed."""

from __future__ import annotations

import logging
from datetime import datetime
from subprocess import TimeoutExpired
from uuid import UUID

from samstyr.foundation.access import Actor
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings import events as meeting_events
from samstyr.procedure.meetings.queries import minutes as reading
from samstyr.wheel.reporting import events as report_events
from samstyr.wheel.reporting import queries as reporting

from . import report as reports
from .minutes import edition_of, pdf

log = logging.getLogger(__name__)
RULE, PAPER = "minutes.file", "report.file"


def file_minutes(event: meeting_events.MinutesApproved, *, actor: Actor, now: datetime) -> None:
    """Store the sealed minutes as PDF beside them."""
    _file(event.minutes_id, actor, now)


def file_report(event: report_events.ReportTabled, *, actor: Actor, now: datetime) -> None:
    """Put the report as it was sent with its item of the agenda, as PDF.

    A report that cannot be typeset stands on the agenda all the same; its page is where it always is.
    """
    row = reporting.report_by_id(event.report_id)
    if row is None or row.item_id is None:
        return
    edition = reports.edition_of(row, oslo_date(now))
    try:
        data = reports.pdf(edition)
    except (RuntimeError, TimeoutExpired) as fault:
        log.warning("report %s was not typeset: %s", row.pk, type(fault).__name__)
        return
    actions.add_paper(
        actor=actor.on_behalf(actor.automatic or PAPER), now=now, item_id=row.item_id, content=data,
        file_name=f"{edition.file_name}.pdf", title=edition.title,
    )  # fmt: skip


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
