"""The demonstration's next meetings: prepared, with what waits for the body on the agenda, and called."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from samstyr.foundation.kernel.clock import oslo_date
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.queries import agenda

if TYPE_CHECKING:
    from samstyr.demo.load import World

AHEAD = timedelta(days=150)


def call_next(world: World, now: datetime) -> None:
    """The next meeting of each body is prepared; where cases wait they are on the agenda, and it is called."""
    today, seen = oslo_date(now), set()
    by: dict[str, Any] = {"actor": world.system(), "now": now}
    for day in casework.meetings_of(since=today + timedelta(days=1), until=today + AHEAD):
        place = (day.body, day.organisation_id)
        if day.cancelled or place in seen:
            continue
        seen.add(place)
        meeting = actions.prepare_meeting(**by, day_id=day.pk)
        actions.save_meeting(
            **by, meeting_id=meeting.pk, version=meeting.version, starts_at=meeting.starts_at, ends_at=meeting.ends_at,
            place="Rådhuset, møterom 2",
        )  # fmt: skip
        waiting = agenda.not_on_an_agenda(meeting)
        if waiting:
            actions.add_cases(**by, meeting_id=meeting.pk, case_step_ids=[row.pk for row in waiting[:6]])
        actions.add_item(
            **by, meeting_id=meeting.pk, kind="report", title="Status for tiltakene i planen", minutes_long=10,
            text="Gjennomgang av framdrift og penger siden sist.",
        )  # fmt: skip
        if waiting:
            actions.call_meeting(
                **by, meeting_id=meeting.pk, version=None, short_reason="Satt opp ved årets begynnelse."
            )
