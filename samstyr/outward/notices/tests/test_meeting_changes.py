"""Those called to a meeting are told when it is moved, cancelled or held after all, and who comes instead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.outward.notices.models import Notice
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.models import Meeting, Participant
from samstyr.procedure.meetings.queries import agenda
from samstyr.procedure.meetings.tests.committee import (
    BODY,
    MEETING_DAY,
    OUTSIDER,
    SUBSTITUTE,
    Committee,
    committee,
    model,
)
from samstyr.procedure.meetings.tests.test_planning import prepared

OTHER_DAY = date(2026, 9, 29)


@pytest.fixture
def made(db: None) -> Iterator[Committee]:
    with committee() as ready:
        yield ready


def called(made: Committee) -> Meeting:
    """A meeting that is called with one case on its agenda."""
    meeting, step = prepared(made), made.case("Felles arkiv")
    actions.add_cases(**made.by(), meeting_id=meeting.pk, case_step_ids=[step.pk])
    return actions.call_meeting(**made.by(), meeting_id=meeting.pk, version=None)


def told(what: str) -> int:
    return int(Notice.objects.filter(kind="meeting", what=what).count())


def test_a_moved_day_takes_the_meeting_along_and_those_called_are_told(made: Committee) -> None:
    meeting = called(made)
    with pytest.raises(Refused):
        casework.move_meeting(**made.by("nord1"), meeting_id=meeting.day_id, version=None, held_on=OTHER_DAY)
    casework.move_meeting(**made.by(), meeting_id=meeting.day_id, version=None, held_on=OTHER_DAY)
    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.sequence, told("changed")) == (OTHER_DAY, 1, 5)
    with pytest.raises(Invalid, match="passert"):
        casework.move_meeting(**made.by(), meeting_id=meeting.day_id, version=None, held_on=date(2026, 8, 1))
    casework.plan_meeting(**made.by(), body=BODY, held_on=MEETING_DAY)
    with pytest.raises(Invalid, match="allerede et møte"):
        casework.move_meeting(**made.by(), meeting_id=meeting.day_id, version=None, held_on=MEETING_DAY)
    with pytest.raises(Conflict, match="sitt eget år"):
        casework.move_meeting(**made.by(), meeting_id=meeting.day_id, version=None, held_on=date(2027, 1, 12))


def test_a_cancelled_meeting_is_told_of_and_lets_its_cases_go(made: Committee) -> None:
    meeting = called(made)
    casework.cancel_meeting(**made.by(), meeting_id=meeting.day_id, version=None)
    meeting.refresh_from_db()
    assert (meeting.sequence, told("cancelled")) == (1, 5)
    other = prepared(made, OTHER_DAY)
    (waiting,) = agenda.not_on_an_agenda(other)
    assert actions.add_cases(**made.by(), meeting_id=other.pk, case_step_ids=[waiting.pk])
    with pytest.raises(Conflict, match="avlyst"):
        actions.add_item(**made.by(), meeting_id=meeting.pk, kind="other", title="Mer", late_reason="Nå")
    # Held after all: the same meeting, told anew with a later number.
    casework.plan_meeting(**made.by(), body=BODY, held_on=MEETING_DAY)
    meeting.refresh_from_db()
    assert (meeting.sequence, told("changed")) == (2, 5)


class TestSubstitutes:
    """The group of Nord may have substitutes, the others not."""

    @pytest.fixture
    def with_proxies(self, made: Committee) -> Committee:
        content: dict[str, Any] = model()
        content["bodies"][0]["versions"][0]["groups"][1]["proxies"] = True
        made.adopt(content, date(2026, 1, 1))
        return made

    def part(self, meeting: Meeting, name: str) -> Participant:
        return meeting.participants.get(name=name.capitalize())  # type: ignore[no-any-return]

    def test_a_member_names_who_comes_instead_and_takes_the_seat_back(self, with_proxies: Committee) -> None:
        made, meeting = with_proxies, called(with_proxies)
        mine, person = self.part(meeting, "nord1"), made.people[SUBSTITUTE]
        with pytest.raises(Conflict, match="ikke ledig"):
            actions.name_substitute(**made.by("nord1"), participant_id=mine.pk, person_id=person.pk)
        by = made.by("nord1")
        actions.answer_call(**by, participant_id=mine.pk, answer="absent", note="Ferie", substitute=person.pk)
        named = self.part(meeting, SUBSTITUTE)
        assert (named.stands_in_for, named.votes, named.capacity) == ("Nord1", True, "substitute")
        assert Notice.objects.filter(kind="meeting", person=person).count() == 1
        assert Notice.objects.filter(kind="meeting", person=made.people["sor1"]).count() == 1
        assert agenda.may_read_meeting(made.actor(SUBSTITUTE), Meeting.objects.get(pk=meeting.pk))
        again = actions.name_substitute(**by, participant_id=mine.pk, person_id=person.pk)
        assert again.pk == named.pk
        actions.answer_call(**by, participant_id=mine.pk, answer="comes")
        assert not meeting.participants.filter(person=person).exists()

    def test_who_may_not_be_named(self, with_proxies: Committee) -> None:
        made, meeting = with_proxies, prepared(with_proxies)
        mine, other = self.part(meeting, "nord1"), self.part(meeting, "sor1")
        actions.answer_call(**made.by("nord1"), participant_id=mine.pk, answer="absent")
        for name in (OUTSIDER, "nord2"):
            with pytest.raises(Invalid, match="kan ta plassen"):
                actions.name_substitute(**made.by("nord1"), participant_id=mine.pk, person_id=made.people[name].pk)
        with pytest.raises(Refused):
            actions.name_substitute(**made.by("sor1"), participant_id=mine.pk, person_id=made.people[SUBSTITUTE].pk)
        actions.answer_call(**made.by(), participant_id=other.pk, answer="absent")
        with pytest.raises(Conflict, match="ikke denne plassen vara"):
            actions.name_substitute(**made.by(), participant_id=other.pk, person_id=made.people[SUBSTITUTE].pk)
