"""Substitutes that the model appoints for a group: no members, taken in their order, and nobody else in their stead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from samstyr.foundation.audit.models import AuditDetail
from samstyr.foundation.governance.appointing import groups_of, size_of
from samstyr.foundation.governance.queries import current_model
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.organisations.rules.composition import SeatState, check
from samstyr.foundation.organisations.tests.factories import make_seat, make_seat_holding
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.models import Participant
from samstyr.procedure.meetings.queries.bodies import members_of, substitutes_of
from samstyr.procedure.meetings.queries.calendar import may_name_substitute, substitutes_for

from .committee import BODY, MEETING_DAY, OUTSIDER, SECRETARY, TODAY, Committee, committee
from .holding_world import Hall
from .test_planning import prepared

GROUPS: list[dict[str, Any]] = [
    {"key": "leder", "name": "Lederen", "count": 1},
    {"key": "nord", "name": "Medlemmer fra nord", "count": 2, "organisation": "nord"},
    {"key": "sor", "name": "Medlemmer fra sør", "count": 2, "organisation": "sor"},
    {"key": "vara-nord", "name": "Vara fra nord", "count": 3, "substitutes_for": "nord"},
]


@pytest.fixture
def ordered(db: None) -> Iterator[Committee]:
    """A committee with three substitutes for the north, the last seated first."""
    with committee(versions=[{"size": 5, "groups": GROUPS}]) as made:
        for number in (3, 1, 2):
            person = made.person(f"vara{number}", "sor")
            seat = make_seat(BODY, "vara-nord", number)
            make_seat_holding(seat, person)
        yield made


def test_they_are_no_members_and_count_in_no_sum(ordered: Committee) -> None:
    assert len(members_of(BODY, MEETING_DAY)) == 5
    assert [one.name for one in substitutes_of(BODY, "nord", MEETING_DAY) or ()] == ["Vara1", "Vara2", "Vara3"]
    assert substitutes_of(BODY, "sor", MEETING_DAY) is None
    meeting = prepared(ordered)
    assert not Participant.objects.filter(meeting=meeting, name__startswith="Vara").exists()
    model = current_model(TODAY)
    body: Any = model.body(BODY) if model else None
    seats = [
        SeatState(seat.pk, seat.group, seat.number, ordered.people[name].pk) for name, seat in ordered.seats.items()
    ]
    found = check(groups_of(model, body, TODAY), seats, [], size=size_of(body, date(2026, 1, 1)))
    assert (found.expected, found.filled, found.vacant) == (5, 5, 0)
    assert [one.rule for one in found.findings] == ["composition.count"]


def test_a_member_who_cannot_come_names_one_of_them_in_order(ordered: Committee) -> None:
    meeting = prepared(ordered)
    row = meeting.participants.get(name="Nord1")
    assert may_name_substitute(meeting, row)
    assert not may_name_substitute(meeting, meeting.participants.get(name="Sor1"))
    assert [one.name for one in substitutes_for(meeting, row)] == ["Vara1", "Vara2", "Vara3"]


def test_in_the_meeting_they_come_in_order_and_the_trail_has_who_was_passed_over(ordered: Committee) -> None:
    hall = Hall(ordered)
    hall.open("leder", "sor1", "sor2")
    first, second = hall.row("nord1").pk, hall.row("nord2").pk
    for wrong in (OUTSIDER, SECRETARY):
        with pytest.raises(Invalid, match="ikke vara for denne plassen|allerede en plass"):
            actions.call_substitute(**hall.by(), member_id=first, person_id=ordered.people[wrong].pk)
    actions.call_substitute(**hall.by(), member_id=first, person_id=ordered.people["vara1"].pk)
    assert _passed_over() == []
    row = actions.call_substitute(**hall.by(), member_id=second, person_id=ordered.people["vara3"].pk)
    assert (row.stands_in_for, row.votes) == ("Nord2", True)
    assert _passed_over() == ["Vara2"]


def _passed_over() -> Any:
    rows = [row.details for row in AuditDetail.objects.order_by("-sequence") if "passed_over" in row.details]
    return rows[0]["passed_over"]
