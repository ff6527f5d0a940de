"""Preparing a meeting, its agenda, the call and the answers."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.models import AgendaItem, Meeting, Paper, Participant
from samstyr.procedure.meetings.queries import agenda
from samstyr.procedure.meetings.rules.agenda import clock_times, days_short, moved, ordered

from .committee import BODY, MEETING_DAY, MEMBERS, OUTSIDER, SECRETARY, TODAY, Committee


def prepared(made: Committee, day: date = MEETING_DAY) -> Meeting:
    """A meeting of the committee that is being prepared."""
    planned = casework.plan_meeting(**made.by(), body=BODY, held_on=day)
    return actions.prepare_meeting(**made.by(), day_id=planned.pk)


def with_item(made: Committee, title: str = "Orientering om budsjettet") -> tuple[Meeting, AgendaItem]:
    """A meeting with a report on its agenda."""
    meeting = prepared(made)
    return meeting, actions.add_item(**made.by(), meeting_id=meeting.pk, kind="report", title=title)


def test_a_planned_day_becomes_a_meeting_with_those_who_sit_there(made: Committee) -> None:
    meeting = prepared(made)
    people = {row.name: row for row in meeting.participants.all()}
    assert set(people) == {name.capitalize() for name in (*MEMBERS, SECRETARY)}
    assert people["Leder"].leads
    assert [row.votes for row in (people["Nord1"], people["Sekretar"])] == [True, False]
    assert (meeting.starts_at, meeting.ends_at, meeting.number) == (time(9), time(11), 1)
    # Asked again it is the same; another day has the next number.
    assert actions.prepare_meeting(**made.by(), day_id=meeting.day_id).pk == meeting.pk
    assert prepared(made, date(2026, 11, 3)).number == 2


def test_only_who_serves_the_body_prepares(made: Committee) -> None:
    planned = casework.plan_meeting(**made.by(), body=BODY, held_on=MEETING_DAY)
    for name in ("nord1", OUTSIDER):
        with pytest.raises(Refused):
            actions.prepare_meeting(**made.by(name), day_id=planned.pk)


def test_a_cancelled_day_is_not_prepared(made: Committee) -> None:
    planned = casework.plan_meeting(**made.by(), body=BODY, held_on=MEETING_DAY)
    casework.cancel_meeting(**made.by(), meeting_id=planned.pk, version=None)
    with pytest.raises(Conflict, match="avlyst"):
        actions.prepare_meeting(**made.by(), day_id=planned.pk)


def test_when_and_where(made: Committee) -> None:
    meeting = prepared(made)
    given = {"starts_at": time(10), "ends_at": time(9), "place": "Rådhuset", "link": "møterom"}
    with pytest.raises(Invalid) as caught:
        actions.save_meeting(**made.by(), meeting_id=meeting.pk, version=meeting.version, **given)
    assert {error.field for error in caught.value.errors} == {"ends_at", "link"}
    given |= {"ends_at": time(12), "link": "https://mote.example/1", "remote": True}
    saved = actions.save_meeting(**made.by(), meeting_id=meeting.pk, version=meeting.version, **given)
    assert (saved.place, saved.remote) == ("Rådhuset", True)
    with pytest.raises(Conflict, match="Noen andre"):
        actions.save_meeting(**made.by(), meeting_id=meeting.pk, version=1, **given)


def test_an_elected_body_meets_on_the_net_only_when_it_may(elected: Committee) -> None:
    meeting = prepared(elected)
    with pytest.raises(Invalid, match="på nett"):
        actions.save_meeting(
            **elected.by(), meeting_id=meeting.pk, version=None, starts_at=time(9), ends_at=time(10), remote=True
        )


def test_cases_that_wait_come_on_the_agenda_once(made: Committee) -> None:
    meeting, step = prepared(made), made.case("Felles arkiv")
    assert [row.pk for row in agenda.not_on_an_agenda(meeting)] == [step.pk]
    (item,) = actions.add_cases(**made.by(), meeting_id=meeting.pk, case_step_ids=[step.pk])
    assert (item.title, item.case_id, item.kind) == ("Felles arkiv", step.case_id, "case")
    assert agenda.not_on_an_agenda(meeting) == []
    other = prepared(made, date(2026, 11, 3))
    with pytest.raises(Conflict, match="står alt på sakslisten"):
        actions.add_cases(**made.by(), meeting_id=other.pk, case_step_ids=[step.pk])
    with pytest.raises(Invalid, match="minst én"):
        actions.add_cases(**made.by(), meeting_id=other.pk, case_step_ids=[])


def test_a_closed_item_names_its_law_and_is_hidden_from_others(made: Committee) -> None:
    meeting, item = with_item(made)
    with pytest.raises(Invalid, match="hjemmel"):
        actions.save_item(**made.by(), item_id=item.pk, version=item.version, title="Avtale", closed=True)
    row = actions.save_item(
        **made.by(), item_id=item.pk, version=item.version, title="Avtale", closed=True, legal_basis="offl. § 23"
    )
    row.meeting = meeting
    assert agenda.may_read_item(made.actor("nord1"), row)
    assert not agenda.may_read_item(made.actor(OUTSIDER), row)


def test_the_order_is_moved_one_place_at_a_time(made: Committee) -> None:
    meeting, first = with_item(made, "Første")
    second = actions.add_item(**made.by(), meeting_id=meeting.pk, kind="other", title="Andre")
    actions.move_item(**made.by(), item_id=second.pk, step=-1)
    assert [row.title for row in agenda.items_of(meeting)] == ["Andre", "Første"]
    actions.move_item(**made.by(), item_id=second.pk, step=-1)
    assert [row.title for row in agenda.items_of(meeting)] == ["Andre", "Første"]
    first.refresh_from_db()
    actions.remove_item(**made.by(), item_id=first.pk, version=first.version)
    assert [row.title for row in agenda.items_of(meeting)] == ["Andre"]


def test_the_call_numbers_the_items_and_freezes_the_papers(made: Committee) -> None:
    meeting, item = with_item(made)
    paper = actions.add_paper(**made.by(), item_id=item.pk, content=b"Notat", file_name="notat.txt")
    with pytest.raises(Refused):
        actions.call_meeting(**made.by("leder"), meeting_id=meeting.pk, version=None)
    called = actions.call_meeting(**made.by(), meeting_id=meeting.pk, version=None)
    item.refresh_from_db()
    paper.refresh_from_db()
    assert (called.state, item.number, paper.supplement) == ("called", "1/26", False)
    assert paper.sent_at is not None
    with pytest.raises(Conflict, match="sendt ut"):
        actions.remove_paper(**made.by(), paper_id=paper.pk)
    with pytest.raises(Conflict, match="alt kalt inn"):
        actions.call_meeting(**made.by(), meeting_id=meeting.pk, version=None)


def test_a_late_call_needs_a_reason_and_an_empty_one_is_none(made: Committee) -> None:
    meeting = prepared(made)
    with pytest.raises(Invalid, match="minst én sak"):
        actions.call_meeting(**made.by(), meeting_id=meeting.pk, version=None)
    actions.add_item(**made.by(), meeting_id=meeting.pk, kind="report", title="Orientering")
    late = made.by(day=MEETING_DAY - timedelta(days=2))
    with pytest.raises(Invalid, match="3 dager for sen"):
        actions.call_meeting(**late, meeting_id=meeting.pk, version=None)
    actions.call_meeting(**late, meeting_id=meeting.pk, version=None, short_reason="Fristen hos staten")


def test_what_comes_after_the_call_is_late_and_a_supplement(made: Committee) -> None:
    meeting, item = with_item(made)
    actions.call_meeting(**made.by(), meeting_id=meeting.pk, version=None)
    with pytest.raises(Invalid, match="hvorfor saken kommer sent"):
        actions.add_item(**made.by(), meeting_id=meeting.pk, kind="report", title="Ny")
    late = actions.add_item(**made.by(), meeting_id=meeting.pk, kind="report", title="Ny", late_reason="Kom i går")
    assert (late.late, late.number) == (True, "2/26")
    paper = actions.add_paper(**made.by(), item_id=item.pk, content=b"Mer", file_name="mer.txt")
    assert paper.supplement
    changed = actions.send_change(**made.by(), meeting_id=meeting.pk, version=None)
    assert changed.sequence == 1
    assert Paper.objects.get(pk=paper.pk).sent_at is not None
    with pytest.raises(Invalid, match="hvorfor saken trekkes"):
        actions.remove_item(**made.by(), item_id=item.pk, version=None)
    gone = actions.remove_item(**made.by(), item_id=item.pk, version=None, reason="Trenger mer arbeid")
    assert gone.state == "withdrawn"


def test_a_paper_not_sent_can_be_taken_away(made: Committee) -> None:
    _meeting, item = with_item(made)
    paper = actions.add_paper(**made.by(), item_id=item.pk, content=b"Notat", file_name="notat.txt")
    actions.remove_paper(**made.by(), paper_id=paper.pk)
    assert not Paper.objects.exists()


def test_answers_to_the_call(made: Committee) -> None:
    meeting = prepared(made)
    mine = meeting.participants.get(person=made.people["nord1"])
    with pytest.raises(Refused):
        actions.answer_call(**made.by("nord2"), participant_id=mine.pk, answer="comes")
    with pytest.raises(Invalid, match="på nett"):
        actions.answer_call(**made.by("nord1"), participant_id=mine.pk, answer="remote")
    actions.answer_call(**made.by("nord1"), participant_id=mine.pk, answer="absent", note="Ferie")
    row = actions.answer_call(**made.by(), participant_id=mine.pk, answer="comes")
    assert Participant.objects.get(pk=row.pk).answer == "comes"


def test_questions_before_the_meeting(made: Committee) -> None:
    _meeting, item = with_item(made)
    with pytest.raises(Refused):
        actions.ask_question(**made.by(OUTSIDER), item_id=item.pk, text="Hva koster det?")
    asked = actions.ask_question(**made.by("sor1"), item_id=item.pk, text="Hva koster det?")
    with pytest.raises(Refused):
        actions.answer_question(**made.by("sor1"), question_id=asked.pk, version=asked.version, text="Lite")
    answered = actions.answer_question(**made.by(), question_id=asked.pk, version=asked.version, text="100 000 kr")
    assert answered.answered_by_id == made.people[SECRETARY].pk


def test_the_order_and_the_clock() -> None:
    assert clock_times(time(9), [15, 30, 0]) == [time(9), time(9, 15), time(9, 45)]
    assert moved(["a", "b", "c"], "c", -1) == ["a", "c", "b"]  # type: ignore[list-item]
    assert ordered(["a", "b", "c"], ["c", "x"]) == ["c", "a", "b"]  # type: ignore[list-item]
    assert [days_short(TODAY, MEETING_DAY, days) for days in (7, 21, 22)] == [0, 0, 1]
