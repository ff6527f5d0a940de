"""Minutes are drafted, written by two at once, approved in three ways, sealed, and corrected beside."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from samstyr.foundation.audit.models import AuditDetail, AuditEvent
from samstyr.foundation.documents import files
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Problem, Refused
from samstyr.foundation.organisations.tests.factories import make_holding
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.meetings import actions, queries
from samstyr.procedure.meetings.models import Approval, Meeting, MeetingState, Minutes, MinutesSection, Procedure
from samstyr.procedure.meetings.queries.minutes_facts import item_values, meeting_with_all
from tests.support import at_once

from .committee import BODY, MEETING_DAY, OUTSIDER, SECRETARY, Committee, at, committee, model
from .minutes_world import NEXT_DAY, closed_item, follow_up, held, item, moment, vote

AFTER = MEETING_DAY + timedelta(days=2)
reading = queries.minutes


def drafted(made: Committee, meeting: Meeting | None = None) -> Minutes:
    """Minutes of a meeting with one item."""
    if meeting is None:
        meeting = held(made)
        item(meeting)
    return actions.draft_minutes(**made.by(day=AFTER), meeting_id=meeting.pk)


def sent(made: Committee, meeting: Meeting | None = None) -> Minutes:
    minutes = drafted(made, meeting)
    return actions.send_minutes(**made.by(day=AFTER), minutes_id=minutes.pk, version=minutes.version)


def approve(made: Committee, minutes: Minutes, who: str = "leder", **more: Any) -> Minutes:
    return actions.approve_minutes(
        **made.by(who, day=AFTER), **{"minutes_id": minutes.pk, "digest": minutes.digest, **more}
    )


def approved(made: Committee, meeting: Meeting | None = None) -> Minutes:
    return approve(made, sent(made, meeting))


def texts(minutes: Minutes) -> dict[int, tuple[str, str]]:
    return {row.order: (row.drafted, row.written) for row in minutes.sections.all()}


def write(made: Committee, row: MinutesSection, text: str, who: str = SECRETARY) -> MinutesSection:
    return actions.write_section(**made.by(who, day=AFTER), section_id=row.pk, version=row.version, text=text)


class TestDraft:
    def test_it_tells_what_happened_from_the_rows(self, made: Committee) -> None:
        meeting = held(made)
        first = item(meeting)
        vote(first)
        follow_up(made, first)
        minutes = drafted(made, meeting)
        opening, one, closing = (row.drafted for row in minutes.sections.order_by("order"))
        for words in (
            "**Organ:** Utvalget", "**Møte:** 1/2026", "**Møtet ble satt:** 09.00", "**Møtet ble hevet:** 11.10",
            "Vara (Medlemmer fra nord, vara, for Nord2)", "Nord2 (Medlemmer fra nord). Vara: Vara",
            "Klokken 09.25: Sor1 kom.", "Klokken 10.30: Sor2 gikk.", "Sor2 (Medlemmer fra sør, medlem, på nett)",
        ):  # fmt: skip
            assert words in opening
        assert "Syk" not in opening, "why somebody was absent is their own"
        for words in (
            "Vi går inn for felles innlogging.", "Innstillingen: 3 stemmer", "Forslag 1: 2 stemmer",
            "Sor1 stemte for: Forslag 1", "Utsett til saken er *bedre* opplyst.", "5 av 5 med stemmerett deltok",
            "Hente inn tilbud. Ansvarlig: Nord1. Frist: 01.10.2026.",
        ):  # fmt: skip
            assert words in one
        assert "Møtet ble hevet klokken 11.10." in closing

    def test_what_was_decided_in_writing_since_the_meeting_before_stands_at_the_end(self, made: Committee) -> None:
        held(made, date(2026, 8, 18), 1)
        meeting = held(made, number=2)
        for number, (day, title) in enumerate(((date(2026, 8, 10), "Gammel"), (date(2026, 9, 3), "Ny")), 1):
            step = made.case(title)
            Procedure.objects.create(
                body=BODY, case=step.case, case_step=step, number=number, year=2026, proposal="p", outcome="ja",
                reason="r", sent_at=at(day), deadline=day, state="decided", closed_at=at(day), result="Alle var enige.",
                short_reason="Fristen hos staten",
            )  # fmt: skip
        closing = drafted(made, meeting).sections.get(order=reading.CLOSING_ORDER).drafted
        assert "2/2026 Ny: Alle var enige. Kortere frist enn vanlig: Fristen hos staten" in closing
        assert "Gammel" not in closing

    def test_it_can_be_begun_in_the_meeting_and_not_before(self, made: Committee) -> None:
        planned = held(made, state=MeetingState.CALLED, opened_at=None, ended_at=None)
        with pytest.raises(Conflict):
            drafted(made, planned)
        Meeting.objects.filter(pk=planned.pk).update(state=MeetingState.OPEN, opened_at=moment(7))
        assert drafted(made, planned).sections.count() == 2

    def test_again_is_the_same_minutes_and_touches_nothing_written(self, made: Committee) -> None:
        meeting = held(made)
        item(meeting)
        minutes = drafted(made, meeting)
        before = {row.pk: row.version for row in minutes.sections.all()}
        write(made, minutes.sections.get(order=1), "Sekretærens *egne* ord.")
        meeting.items.update(decision="Et annet vedtak.")
        late = item(meeting, "Hastesak", late=True, late_reason="Kom i går")
        assert drafted(made, meeting).pk == minutes.pk
        row = minutes.sections.get(order=1)
        assert row.written == "Sekretærens *egne* ord."
        assert "Et annet vedtak." in row.drafted
        assert "Kom i går" in minutes.sections.get(item=late).drafted
        opening = minutes.sections.get(order=0)
        assert opening.version == before[opening.pk], "what has not changed collides with nobody"

    def test_the_sections_stand_in_the_order_of_the_agenda(self, made: Committee) -> None:
        meeting = held(made)
        last = item(meeting, "Sist")
        drafted(made, meeting)
        item(meeting, "Først", order=0)
        last.refresh_from_db()
        minutes = drafted(made, meeting)
        whole = reading.whole_meeting(meeting.pk)
        assert whole is not None
        parts = reading.parts_of(minutes, whole, made.actor(day=AFTER))
        assert [part.item.title if part.item else part.kind for part in parts] == [
            "opening",
            "Først",
            "Sist",
            "closing",
        ]

    @pytest.mark.parametrize(("who", "problem"), [("nord1", Refused), (OUTSIDER, NotFound)])
    def test_only_who_holds_the_meetings_drafts(self, made: Committee, who: str, problem: type[Problem]) -> None:
        meeting = held(made)
        with pytest.raises(problem):
            actions.draft_minutes(**made.by(who, day=AFTER), meeting_id=meeting.pk)

    def test_minutes_are_norwegian_whoever_drafts_them(self, made: Committee) -> None:
        with translation.override("en"):
            minutes = drafted(made)
        assert "Møtet ble satt" in minutes.sections.get(order=0).drafted

    def test_the_facts_are_read_in_as_many_questions_for_many_items(self, made: Committee) -> None:
        def asked(number: int) -> int:
            meeting = held(made, MEETING_DAY + timedelta(days=number), number)
            for at_ in range(number * 3):
                row = item(meeting, f"Sak {at_}")
                vote(row)
                follow_up(made, row)
            found = reading.whole_meeting(meeting.pk)
            with CaptureQueriesContext(connection) as asked:
                found = reading.whole_meeting(meeting.pk)
                assert found is not None
                reading.fresh_sections(found)
            return len(asked)

        assert asked(1) == asked(4)


class TestWriting:
    def test_the_second_in_one_section_is_told_and_loses_nothing(self, made: Committee) -> None:
        row = drafted(made).sections.get(order=1)
        write(made, row, "Min tekst")
        with pytest.raises(Conflict) as refused:
            write(made, row, "Din tekst", "leder")
        assert refused.value.details["row"].written == "Min tekst"
        row.refresh_from_db()
        assert row.written == "Min tekst"

    def test_different_sections_never_collide(self, made: Committee) -> None:
        one, other = drafted(made).sections.order_by("order")[:2]
        write(made, one, "A")
        write(made, other, "B", "leder")
        assert [row.written for row in (one, other) if not row.refresh_from_db()] == ["A", "B"]

    def test_only_who_holds_the_meetings_writes(self, made: Committee) -> None:
        row = drafted(made).sections.get(order=1)
        with pytest.raises(Refused):
            write(made, row, "x", "nord1")
        with pytest.raises(NotFound):
            write(made, row, "x", OUTSIDER)
        with pytest.raises(NotFound):
            actions.write_section(**made.by(), section_id=uuid4(), version=1, text="x")

    @pytest.mark.parametrize("text", ["x" * 50_001, "a\0b"])
    def test_what_cannot_be_kept_is_told(self, made: Committee, text: str) -> None:
        with pytest.raises(Invalid):
            write(made, drafted(made).sections.get(order=1), text)

    def test_a_closed_item_is_written_by_those_who_may_read_it(self, made: Committee) -> None:
        meeting = held(made)
        meeting.participants.filter(name="Sekretar").delete()
        row = drafted(made, meeting) and None
        closed_item(meeting)
        row = drafted(made, meeting).sections.get(closed=True)
        with pytest.raises(Refused):
            write(made, row, "x")
        assert write(made, row, "x", "leder").written == "x"


@pytest.mark.django_db(transaction=True)
def test_no_text_is_lost_when_two_write_at_once() -> None:
    with committee() as made:
        minutes = drafted(made)
        opening, one = minutes.sections.order_by("order")[:2]

    def writing(row: MinutesSection, text: str, who: str) -> Any:
        def run() -> Any:
            with tenant_scope(made.tenant.pk):
                return write(made, row, text, who)

        return run

    answers = at_once(writing(opening, "I åpningen", SECRETARY), writing(one, "I saken", "leder"))
    assert [type(answer).__name__ for answer in answers] == ["MinutesSection", "MinutesSection"], answers
    with tenant_scope(made.tenant.pk):
        opening, one = minutes.sections.order_by("order")[:2]
        assert (opening.written, one.written) == ("I åpningen", "I saken")
    answers = at_once(writing(one, "Første", SECRETARY), writing(one, "Andre", "leder"))
    assert {type(answer).__name__ for answer in answers} == {"MinutesSection", "Conflict"}, answers
    with tenant_scope(made.tenant.pk):
        one.refresh_from_db()
        kept = next(answer for answer in answers if isinstance(answer, MinutesSection))
        told = next(answer for answer in answers if isinstance(answer, Conflict))
        assert one.written == kept.written
        assert told.details["present"] == one.version, "the one who is told sees what stands, and has their own text"


class TestApproval:
    def test_the_chair_approves_and_seals(self, made: Committee) -> None:
        minutes = sent(made)
        assert minutes.state == "sent"
        minutes = approve(made, minutes)
        minutes.refresh_from_db()
        assert minutes.state == "approved"
        assert minutes.digest == reading.digest_of(minutes.content)
        assert Approval.objects.get().digest == minutes.digest
        assert minutes.document is not None
        assert minutes.document.frozen
        assert files.read_bytes(minutes.document).startswith(b"%PDF")

    def test_what_is_approved_is_what_was_read(self, made: Committee) -> None:
        minutes = sent(made)
        with pytest.raises(Conflict):
            approve(made, minutes, digest="0" * 64)

    @pytest.mark.parametrize(("who", "problem"), [("nord1", Refused), (SECRETARY, Refused), (OUTSIDER, NotFound)])
    def test_nobody_else_approves_or_remarks(self, made: Committee, who: str, problem: type[Problem]) -> None:
        minutes = sent(made)
        with pytest.raises(problem):
            approve(made, minutes, who)
        with pytest.raises(problem):
            actions.remark_on_minutes(**made.by(who, day=AFTER), minutes_id=minutes.pk, text="Feil.")

    def test_a_remark_sends_it_back(self, made: Committee) -> None:
        minutes = sent(made)
        with pytest.raises(Invalid):
            actions.remark_on_minutes(**made.by("leder", day=AFTER), minutes_id=minutes.pk, text=" ")
        actions.remark_on_minutes(**made.by("leder", day=AFTER), minutes_id=minutes.pk, text="Sor1 kom 09.20.")
        minutes.refresh_from_db()
        assert (minutes.state, minutes.digest) == ("draft", "")
        assert Approval.objects.get().remark == "Sor1 kom 09.20."
        write(made, minutes.sections.get(order=0), "Sor1 kom 09.20.")
        assert approved(made, minutes.meeting).state == "approved"

    def test_sending_waits_for_the_end_and_for_every_item(self, made: Committee) -> None:
        meeting = held(made, state=MeetingState.OPEN, ended_at=None)
        minutes = drafted(made, meeting)
        by = made.by(day=AFTER)
        with pytest.raises(Conflict):
            actions.send_minutes(**by, minutes_id=minutes.pk, version=minutes.version)
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.ENDED, ended_at=moment(9))
        item(meeting)
        with pytest.raises(Conflict, match="mangler"):
            actions.send_minutes(**by, minutes_id=minutes.pk, version=minutes.version)

    def test_every_role_approves_where_the_model_says_so(self, db: None) -> None:
        with committee(meetings={"approval": "roles", "approved_by": ["leder", "administrator"]}) as made:
            minutes = approve(made, sent(made))
            assert minutes.state == "sent"
            meeting = reading.whole_meeting(minutes.meeting_id)
            assert meeting is not None
            assert [one.given is not None for one in reading.awaited(minutes, meeting)] == [True, False]
            with pytest.raises(Conflict):
                approve(made, minutes)
            # An administrator takes no part in the body, and is given the minutes with the role that approves.
            assert reading.readable(meeting, made.actor("administrator"), AFTER)
            assert approve(made, minutes, "administrator").state == "approved"

    def test_the_body_approves_in_its_next_meeting(self, db: None) -> None:
        with committee(rules="elected") as made:
            minutes = sent(made)
            with pytest.raises(Invalid):
                approve(made, minutes, SECRETARY)
            later = held(made, NEXT_DAY, 2)
            with pytest.raises(Invalid):
                approve(made, minutes, SECRETARY, in_meeting=later.pk)
            item(later, "Godkjenning av møtebok", kind="minutes")
            with pytest.raises(Refused):
                approve(made, minutes, "nord1", in_meeting=later.pk)
            assert approve(made, minutes, SECRETARY, in_meeting=later.pk).state == "approved"
            assert Approval.objects.get().remark == "Godkjent i møte 2/2026 den 20.10.2026."

    def test_a_body_without_named_roles_falls_back_on_the_chair(self, db: None) -> None:
        with committee(meetings={"approval": "roles"}) as made:
            assert approved(made).state == "approved"


class TestSealed:
    def test_every_verb_refuses(self, made: Committee) -> None:
        minutes = approved(made)
        before = texts(minutes)
        by = made.by(day=AFTER)
        for verb in (
            lambda: actions.draft_minutes(**by, meeting_id=minutes.meeting_id),
            lambda: write(made, minutes.sections.get(order=0), "x"),
            lambda: actions.send_minutes(**by, minutes_id=minutes.pk, version=None),
            lambda: approve(made, minutes),
            lambda: actions.remark_on_minutes(**made.by("leder", day=AFTER), minutes_id=minutes.pk, text="Feil."),
            lambda: actions.file_minutes(
                actor=made.actor().on_behalf("x"), now=at(AFTER), minutes_id=minutes.pk, content=b"%PDF-1.7",
                file_name="a.pdf", title="A",
            ),
        ):  # fmt: skip
            with pytest.raises(Conflict):
                verb()
        assert texts(minutes) == before

    def test_drafts_refuse_while_they_are_out_for_approval(self, made: Committee) -> None:
        minutes = sent(made)
        with pytest.raises(Conflict):
            write(made, minutes.sections.get(order=0), "x")
        with pytest.raises(Conflict):
            drafted(made, minutes.meeting)

    def test_tampering_shows(self, made: Committee) -> None:
        minutes = approved(made)
        minutes = reading.minutes_by_id(minutes.pk)
        assert minutes is not None
        assert reading.checked(minutes)
        MinutesSection.objects.filter(minutes=minutes, order=1).update(drafted="Noe annet ble vedtatt.")
        assert not reading.checked(minutes).texts
        minutes.content["number"] = "9/2026"
        assert not reading.checked(minutes).digest
        files.path_of(minutes.document).write_bytes(b"%PDF-byttet")
        assert reading.checked(minutes).file is False

    def test_a_correction_stands_beside(self, made: Committee) -> None:
        minutes = approved(made)
        before = texts(minutes), minutes.digest
        by = made.by(day=AFTER)
        with pytest.raises(Invalid):
            actions.add_addendum(**by, minutes_id=minutes.pk, text="", reason="Skrivefeil")
        with pytest.raises(Refused):
            actions.add_addendum(**made.by("nord1", day=AFTER), minutes_id=minutes.pk, text="x", reason="y")
        actions.add_addendum(**by, minutes_id=minutes.pk, text="Sor1 kom 09.20.", reason="Skrivefeil")
        minutes.refresh_from_db()
        assert (texts(minutes), minutes.digest) == before
        assert minutes.addenda.get().reason == "Skrivefeil"

    def test_nothing_is_corrected_before_it_is_approved(self, made: Committee) -> None:
        with pytest.raises(Conflict):
            actions.add_addendum(**made.by(day=AFTER), minutes_id=drafted(made).pk, text="x", reason="y")

    def test_the_trail_keeps_no_words_of_the_minutes(self, made: Committee) -> None:
        meeting = held(made)
        closed_item(meeting)
        minutes = sent(made, meeting)
        actions.remark_on_minutes(**made.by("leder", day=AFTER), minutes_id=minutes.pk, text="HEMMELIG merknad")
        approved(made, meeting)
        actions.add_addendum(
            **made.by(day=AFTER), minutes_id=minutes.pk, text="HEMMELIG rettelse", reason="HEMMELIG grunn"
        )
        names = set(AuditEvent.objects.values_list("action", flat=True))
        assert {
            "minutes.drafted",
            "minutes.sent",
            "minutes.approval_given",
            "minutes.approved",
            "minutes.filed",
        } <= names
        assert not any("HEMMELIG" in str(row.details) for row in AuditDetail.objects.all())


class TestReading:
    def test_a_draft_is_for_those_who_hold_the_meeting(self, made: Committee) -> None:
        minutes = drafted(made)
        meeting = reading.whole_meeting(minutes.meeting_id)
        assert meeting is not None
        assert reading.readable(meeting, made.actor(), AFTER)
        assert reading.readable(meeting, made.actor("nord1"), AFTER) is None
        sent(made, meeting)
        assert reading.readable(meeting, made.actor("nord1"), AFTER)
        assert reading.readable(meeting, made.actor(OUTSIDER), AFTER) is None

    @pytest.mark.parametrize(
        ("who", "sees"), [("nord1", True), ("sor1", False), ("vara", True), ("administrator", None)]
    )
    def test_a_closed_section_is_for_those_called_who_are_not_left_out(
        self, made: Committee, who: str, sees: bool | None
    ) -> None:
        meeting = held(made)
        closed_item(meeting)
        minutes = approved(made, meeting)
        whole = reading.whole_meeting(meeting.pk)
        assert whole is not None
        if sees is None:
            assert reading.readable(whole, made.actor(who), AFTER) is None
            return
        part = next(part for part in reading.parts_of(minutes, whole, made.actor(who)) if part.item)
        assert part.closed
        assert part.visible is sees

    def test_what_has_changed_since_is_marked(self, made: Committee) -> None:
        minutes = drafted(made)
        minutes.meeting.items.update(decision="Nytt.")
        meeting = reading.whole_meeting(minutes.meeting_id)
        assert meeting is not None
        stale = [part.kind for part in reading.parts_of(minutes, meeting, made.actor(), compare=True) if part.stale]
        assert stale == ["item"]


def test_roles_of_the_model_are_used(made: Committee) -> None:
    """The chair's office approves where nobody led the meeting by name."""
    meeting = held(made, chair=None)
    meeting.participants.update(leads=False)
    made.adopt(model(), date(2020, 1, 2))
    make_holding(made.people["nord2"], "leder")
    minutes = sent(made, meeting)
    assert approve(made, minutes, "nord2").state == "approved"


def test_a_substitute_in_another_item_is_not_counted_beside_the_member(made: Committee) -> None:
    meeting = held(made)
    row = item(meeting)
    absent = meeting.participants.get(name="Nord2")
    assert item_values(row, meeting_with_all(meeting.pk), 5).present == 5
    # The member is there and was replaced in some other item: the substitute is not one more.
    absent.votes = absent.present = True
    absent.arrived_at, absent.answer = moment(7), ""
    absent.save()
    assert item_values(row, meeting_with_all(meeting.pk), 5).present == 5
