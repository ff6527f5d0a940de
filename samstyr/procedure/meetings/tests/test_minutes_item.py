"""The item that approves earlier minutes: what it is about, and what deciding it does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.models import AgendaItem, Minutes
from samstyr.procedure.meetings.queries import minutes as reading

from .committee import Committee, committee
from .holding_world import Hall
from .minutes_world import held, item

EARLIER = date(2026, 9, 8)
BEFORE = date(2026, 9, 10)


def sent(made: Committee) -> Minutes:
    """Minutes of an earlier meeting, sent out."""
    meeting = held(made, EARLIER, 1)
    item(meeting)
    by = made.by(day=BEFORE)
    row = actions.draft_minutes(**by, meeting_id=meeting.pk)
    return actions.send_minutes(**by, minutes_id=row.pk, version=None)


def minutes_item(hall: Hall, **changes: Any) -> AgendaItem:
    """The item on the later meeting's agenda, being treated."""
    row = actions.add_item(**hall.by(), meeting_id=hall.meeting.pk, kind="minutes", title="", late_reason="Glemt.")
    return actions.open_item(**hall.by(), item_id=row.pk, **changes)


def test_the_item_names_itself_and_what_waits(db: None) -> None:
    with committee(meetings={"approval": "next_meeting"}) as made:
        minutes = sent(made)
        hall = Hall(made, number=2)
        hall.open()
        row = minutes_item(hall)
        assert (row.title, row.proposal) == ("Godkjenning av møtebok", "Møteboken godkjennes.")
        assert [one.pk for one in reading.approved_in_meeting(hall.meeting)] == [minutes.pk]
        page = made.client().get(f"/o/{made.tenant.slug}/moeter/sak/{row.pk}/")
        assert "Utvalget 1/2026" in page.content.decode()


def test_deciding_it_approves_and_seals_what_was_sent(db: None) -> None:
    with committee(meetings={"approval": "next_meeting"}) as made:
        minutes = sent(made)
        hall = Hall(made, number=2)
        hall.open()
        decided = hall.decide(minutes_item(hall), "agreed")
        assert decided.decision == "Møteboken godkjennes."
        minutes.refresh_from_db()
        assert minutes.state == "approved"
        assert minutes.approvals.get().remark == "Godkjent i møte 2/2026 den 22.09.2026."
        assert reading.checked(minutes).digest


def test_a_body_that_says_no_leaves_them_waiting(db: None) -> None:
    with committee(meetings={"approval": "next_meeting", "decision": "simple_majority"}) as made:
        minutes = sent(made)
        hall = Hall(made, number=2)
        hall.open()
        row = minutes_item(hall)
        voting = hall.vote(row, about="text", contenders=[], manner="browser")
        for name in ("leder", "nord1", "nord2", "sor1", "sor2"):
            hall.cast(voting, name, str(voting.choices[1]["key"]))
        hall.close(voting)
        row.refresh_from_db()
        hall.decide(row, "vote", voting_id=voting.pk, text="Møteboken rettes først.")
        minutes.refresh_from_db()
        assert minutes.state == "sent"


@pytest.mark.parametrize("rule", ["chair", "roles"])
def test_minutes_that_others_approve_are_left_to_them(db: None, rule: str) -> None:
    with committee(meetings={"approval": rule, "approved_by": ["leder"]}) as made:
        minutes = sent(made)
        hall = Hall(made, number=2)
        hall.open()
        hall.decide(minutes_item(hall), "agreed")
        minutes.refresh_from_db()
        assert minutes.state == "sent"
