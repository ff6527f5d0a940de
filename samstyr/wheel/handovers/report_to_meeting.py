"""A report that is sent comes on the agenda of the receiving body's next meeting; a note brings its projects along.

A meeting that nobody has begun to prepare has no agenda: the report waits, and comes on when somebody does.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from samstyr.foundation.access import Actor
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.meetings import actions as meetings
from samstyr.procedure.meetings import events as meeting_events
from samstyr.procedure.meetings.models import Meeting, MeetingState
from samstyr.procedure.meetings.queries import open_procedure_at
from samstyr.procedure.meetings.queries.agenda import open_item_of
from samstyr.wheel.prioritisation.models import Round
from samstyr.wheel.reporting import actions, events, queries
from samstyr.wheel.reporting.models import Report
from samstyr.wheel.reporting.queries.sources import ranked

RULE = "report.table"
MOST_TITLE = 300


def report_sent(event: events.ReportSent, *, actor: Actor, now: datetime) -> None:
    """Put the report on the next agenda of the body that receives it, if there is one."""
    row = queries.report_by_id(event.report_id)
    meeting = queries.next_meeting_of(row.receiver, oslo_date(now)) if row else None
    if row is not None and meeting is not None:
        _table(row, meeting, actor, now)


def meeting_prepared(event: meeting_events.MeetingPrepared, *, actor: Actor, now: datetime) -> None:
    """Put on the new agenda what has been sent to the body since it last had one."""
    meeting = Meeting.objects.select_related("day").filter(pk=event.meeting_id).first()
    if meeting is None or queries.next_meeting_of(meeting.body, oslo_date(now)) != meeting:
        return
    for row in queries.waiting_for_meeting(meeting.body, oslo_date(now)):
        _table(row, meeting, actor, now)


def _table(row: Report, meeting: Meeting, actor: Actor, now: datetime) -> None:
    system = actor.on_behalf(actor.automatic or RULE)
    late = ""
    if meeting.state != MeetingState.PLANNED:
        late = str(say(gettext_noop("Rapporten ble sendt etter at sakslisten var sendt ut.")))
    content = queries.content_of(row, oslo_date(now))
    title = f"{row.name}, {content['period']['name']}"[:MOST_TITLE]
    item = meetings.add_item(actor=system, now=now, meeting_id=meeting.pk, kind="report", title=title, late_reason=late)
    _projects(row, meeting, system, now, late)
    actions.note_tabled(actor=system, now=now, report_id=row.pk, item_id=item.pk)


def _projects(row: Report, meeting: Meeting, system: Actor, now: datetime, late: str) -> None:
    """The projects of a note's round that wait for the body, in the ranking's order, each a case to be decided (G-116)."""
    key = queries.round_id(row.period)
    found = Round.objects.filter(pk=key).first() if key else None
    if found is None:
        return
    needs: list[UUID] = [need for _place, _title, need, _sum in ranked.order_of(found, oslo_date(now))]
    waiting = [
        step.pk
        for step in ranked.waiting_steps(needs, row.receiver)
        if open_item_of(step.pk) is None and open_procedure_at(step.pk) is None
    ]
    if waiting:
        meetings.add_cases(actor=system, now=now, meeting_id=meeting.pk, case_step_ids=waiting, late_reason=late)
