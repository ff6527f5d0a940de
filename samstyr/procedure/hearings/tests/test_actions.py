"""Sending out, keeping going and closing a hearing, and what is answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from samstyr.foundation.audit.models import AuditDetail
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.hearings import actions, queries
from samstyr.procedure.hearings.actions.choose import remove_choice
from samstyr.procedure.hearings.actions.open_hearing import identity
from samstyr.procedure.hearings.models import Consultee, Hearing, HearingChoice, Statement
from tests.requirements.joint import FORUM, HEARING_END, RECEIPT, Joint, at

ARCHIVE, CENTRE = ("arkiv", "birkenes"), ("servicetorg", "birkenes")
LATE = HEARING_END + timedelta(days=1)
SECRET = "Døra står alltid ulåst."


def by(made: Joint, who: str = "it_lead", day: date = RECEIPT) -> dict[str, Any]:
    return {"actor": made.actor(who, day), "now": at(day)}


def sent(made: Joint, *bodies: tuple[str, str], **changes: Any) -> Hearing:
    """A need on hearing with the archive and the service centre."""
    return made.ask(made.on_hearing_step(**changes), *(bodies or (ARCHIVE, CENTRE)))


def asked(hearing: Hearing, body: str) -> Consultee:
    return Consultee.objects.get(hearing=hearing, body=body)


def fields(refusal: Any) -> list[str]:
    return [fault.field for fault in refusal.value.errors]


class TestSendingOut:
    def open(self, made: Joint, need: Any, **changes: Any) -> Hearing:
        given = {
            "case_step_id": made.step(need).pk,
            "question": "Hva mener dere?",
            "deadline": HEARING_END,
            "consultees": [identity("arkiv", made.organisations["birkenes"].pk)],
        }
        return actions.open_hearing(**by(made, changes.pop("who", "it_lead")), **{**given, **changes})

    @pytest.mark.parametrize(
        ("changes", "wrong"),
        [
            ({"question": "  "}, ["question"]),
            ({"question": "Hva\0?"}, ["question"]),
            ({"question": "x" * 10_001}, ["question"]),
            ({"consultees": []}, ["consultees"]),
            ({"consultees": ["arkiv:"]}, ["consultees"]),
            ({"deadline": RECEIPT}, ["deadline"]),
            ({"question": "", "consultees": [], "deadline": RECEIPT}, ["question", "consultees", "deadline"]),
        ],
    )
    def test_what_is_missing_is_told_and_nothing_is_sent(
        self, made: Joint, changes: dict[str, Any], wrong: list[str]
    ) -> None:
        with pytest.raises(Invalid) as refusal:
            self.open(made, made.on_hearing_step(), **changes)
        assert fields(refusal) == wrong
        assert not Hearing.objects.exists()

    def test_the_steps_deadline_becomes_the_hearings(self, made: Joint) -> None:
        need = made.on_hearing_step()
        self.open(made, need)
        assert made.step(need).due_on == HEARING_END

    def test_one_hearing_at_a_time(self, made: Joint) -> None:
        need = made.on_hearing_step()
        first = self.open(made, need)
        with pytest.raises(Conflict, match="allerede på høring"):
            self.open(made, need)
        actions.close_hearing(**by(made, day=LATE), hearing_id=first.pk)
        actions.open_hearing(
            **by(made, day=LATE), case_step_id=made.step(need).pk, question="Og nå?", deadline=FORUM,
            consultees=[identity("arkiv", made.organisations["birkenes"].pk)],
        )  # fmt: skip
        assert Hearing.objects.count() == 2

    def test_only_a_step_of_hearing_is_sent_out(self, made: Joint) -> None:
        with pytest.raises(Conflict, match="høringssteg"):
            self.open(made, made.received())

    def test_a_parked_case_is_not_sent_out(self, made: Joint) -> None:
        need = made.on_hearing_step()
        casework.park(
            **by(made), case_id=made.case(need).pk, version=None, until=date(2026, 2, 1), reason="Vent."
        )  # fmt: skip
        with pytest.raises(Conflict):
            self.open(made, need)

    @pytest.mark.parametrize("who", ["representative:birkenes:helse", "service:birkenes", "archive_manager:birkenes"])
    def test_others_than_the_secretariat_send_nothing_out(self, made: Joint, who: str) -> None:
        with pytest.raises(Refused):
            self.open(made, made.on_hearing_step(), who=who)


class TestUnderWay:
    def test_more_time_moves_hearing_and_step(self, made: Joint) -> None:
        hearing = sent(made)
        later = HEARING_END + timedelta(days=3)
        moved = actions.extend_deadline(**by(made), hearing_id=hearing.pk, version=hearing.version, deadline=later)
        moved.case_step.refresh_from_db()
        assert (moved.deadline, moved.case_step.due_on) == (later, later)

    def test_more_time_ends_before_the_meeting(self, made: Joint) -> None:
        made.plan_meeting("digitaliseringsforum", FORUM)
        hearing = sent(made)
        with pytest.raises(Invalid, match=r"24\.04\.2025"):
            actions.extend_deadline(**by(made), hearing_id=hearing.pk, version=None, deadline=FORUM)
        hearing.refresh_from_db()
        assert hearing.deadline == HEARING_END

    def test_who_saw_an_older_version_changes_nothing(self, made: Joint) -> None:
        hearing = sent(made, ARCHIVE)
        centre = identity("servicetorg", made.organisations["birkenes"].pk)
        actions.add_consultee(**by(made), hearing_id=hearing.pk, version=hearing.version, consultee=centre)
        with pytest.raises(Conflict) as refusal:
            actions.extend_deadline(**by(made), hearing_id=hearing.pk, version=hearing.version, deadline=FORUM)
        assert refusal.value.rule == "version"

    def test_one_more_is_asked_once_and_only_from_the_lists(self, made: Joint) -> None:
        hearing = sent(made, ARCHIVE)
        place = made.organisations["birkenes"].pk

        def add(body: str) -> None:
            actions.add_consultee(
                **by(made), hearing_id=hearing.pk, version=None, consultee=identity(body, place)
            )  # fmt: skip

        add("servicetorg")
        for body in ("servicetorg", "arkiv", "ukjent"):
            with pytest.raises(Invalid) as refusal:
                add(body)
            assert fields(refusal) == ["consultee"]
        assert sorted(Consultee.objects.values_list("body", flat=True)) == ["arkiv", "servicetorg"]
        waiting = queries.awaiting_statement(made.actor("service_centre_manager:birkenes"))
        assert [row.hearing for row in waiting] == [hearing]

    def test_the_silent_are_reminded_once_a_day(self, made: Joint) -> None:
        hearing = sent(made)
        made.answer("archive_manager:birkenes", asked(hearing, "arkiv"), "support")

        def reminded(day: date) -> Any:
            actions.remind(**by(made, day=day), hearing_id=hearing.pk)
            newest = AuditDetail.objects.order_by("-sequence").first()
            assert newest is not None
            return newest.details["reminded"]

        centre = asked(hearing, "servicetorg").name
        assert (reminded(RECEIPT), reminded(RECEIPT)) == ([centre], [])
        assert reminded(RECEIPT + timedelta(days=1)) == [centre]
        assert asked(hearing, "arkiv").reminded_on is None

    def test_it_stays_open_until_all_have_answered_or_the_deadline_is_past(self, made: Joint) -> None:
        hearing = sent(made)
        made.answer("archive_manager:birkenes", asked(hearing, "arkiv"), "support")
        with pytest.raises(Conflict, match="1 har ikke svart"):
            actions.close_hearing(**by(made, day=HEARING_END), hearing_id=hearing.pk)
        made.answer("service_centre_manager:birkenes", asked(hearing, "servicetorg"), "support")
        assert actions.close_hearing(**by(made), hearing_id=hearing.pk).closed_at == at(RECEIPT)
        silent = sent(made, title="Ingen svarer")
        assert actions.close_hearing(**by(made, day=LATE), hearing_id=silent.pk).closed_at == at(LATE)

    def test_a_closed_one_takes_nothing_more(self, made: Joint) -> None:
        hearing = sent(made)
        actions.close_hearing(**by(made, day=LATE), hearing_id=hearing.pk)
        place = {"hearing_id": hearing.pk, "version": None}
        centre, late = asked(hearing, "servicetorg"), by(made, day=LATE)
        tries: list[Callable[[], Any]] = [
            lambda: actions.extend_deadline(**late, **place, deadline=FORUM),
            lambda: actions.add_consultee(**late, **place, consultee="struktur1:"),
            lambda: actions.remind(**late, **place),
            lambda: actions.close_hearing(**late, **place),
            lambda: made.answer("service_centre_manager:birkenes", centre, "support", LATE),
            lambda: actions.record_on_behalf(**late, consultee_id=centre.pk, position="support"),
        ]
        for attempt in tries:
            with pytest.raises(Conflict, match="avsluttet"):
                attempt()
        assert queries.awaiting_statement(made.actor("service_centre_manager:birkenes")) == []

    def test_the_secretariat_alone_keeps_it_going(self, made: Joint) -> None:
        hearing = sent(made)
        other = by(made, "archive_manager:birkenes")
        for attempt in (
            lambda: actions.extend_deadline(**other, hearing_id=hearing.pk, version=None, deadline=FORUM),
            lambda: actions.add_consultee(**other, hearing_id=hearing.pk, version=None, consultee="struktur1:"),
            lambda: actions.remind(**other, hearing_id=hearing.pk),
            lambda: actions.close_hearing(**other, hearing_id=hearing.pk),
        ):
            with pytest.raises(Refused):
                attempt()

    def test_it_ends_with_its_step(self, made: Joint) -> None:
        need = made.on_hearing_step()
        hearing = made.ask(need, ARCHIVE)
        made.move(need, "it_lead", "ferdig", LATE)
        hearing.refresh_from_db()
        assert hearing.closed_at == at(LATE)

    def test_it_ends_with_a_case_that_becomes_part_of_another(self, made: Joint) -> None:
        need, other = made.on_hearing_step(), made.on_hearing_step(title="Det samme")
        hearing = made.ask(need, ARCHIVE)
        casework.merge(
            **by(made), case_id=made.case(need).pk, version=None, into_id=made.case(other).pk, reason="Likt."
        )  # fmt: skip
        hearing.refresh_from_db()
        assert hearing.closed_at is not None
        assert queries.awaiting_statement(made.actor("archive_manager:birkenes")) == []


class TestAnswering:
    @pytest.mark.parametrize(("day", "late"), [(HEARING_END, False), (LATE, True)])
    def test_after_the_deadline_it_is_taken_in_and_marked(self, made: Joint, day: date, late: bool) -> None:
        row = asked(sent(made), "arkiv")
        assert made.answer("archive_manager:birkenes", row, "support", day).late is late

    def test_a_new_answer_replaces_the_old_which_stays(self, made: Joint) -> None:
        hearing = sent(made)
        row = asked(hearing, "arkiv")
        first = made.answer("archive_manager:birkenes", row, "against", text="Nei.")
        second = made.answer("archive_manager:birkenes", row, "support", RECEIPT + timedelta(days=1))
        assert (second.replaces, Statement.objects.count()) == (first, 2)
        shown = queries.round_by_id(hearing.pk, made.actor("it_lead"))
        assert shown is not None and shown.answered == 1
        assert [line.statement for line in shown.lines if line.statement] == [second]

    @pytest.mark.parametrize("who", ["archive_manager:lillesand", "data_protection_officer:birkenes", "it_lead"])
    def test_nobody_else_answers_for_the_body(self, made: Joint, who: str) -> None:
        row = asked(sent(made), "arkiv")
        with pytest.raises(Refused):
            made.answer(who, row, "support")

    def test_an_answer_is_one_of_five(self, made: Joint) -> None:
        row = asked(sent(made), "arkiv")
        with pytest.raises(Invalid) as refusal:
            made.answer("archive_manager:birkenes", row, "kanskje")
        assert fields(refusal) == ["position"]

    def test_what_came_on_paper_is_marked_as_entered_by_the_secretariat(self, made: Joint) -> None:
        row = asked(sent(made), "arkiv")
        statement = actions.record_on_behalf(**by(made), consultee_id=row.pk, position="support")
        assert (statement.on_behalf, statement.given_as, statement.given_by) == (True, row.name, made.who("it_lead"))
        with pytest.raises(Refused):
            actions.record_on_behalf(
                **by(made, "representative:birkenes:helse"), consultee_id=row.pk, position="support"
            )  # fmt: skip


class TestExempt:
    def given(self, made: Joint, **changes: Any) -> Statement:
        row = asked(sent(made, ARCHIVE), "arkiv")
        values = {"exempt": True, "legal_basis": "offl. § 24 tredje ledd", "conditions": SECRET, **changes}
        return made.answer("archive_manager:birkenes", row, "conditions", text=SECRET, **values)

    @pytest.mark.parametrize(
        ("who", "reads"),
        [
            ("archive_manager:birkenes", True),
            ("it_lead", True),
            ("municipal_director:birkenes", True),
            ("municipal_director:lillesand", False),
            ("archive_manager:lillesand", False),
            ("representative:birkenes:helse", False),
            ("service:birkenes", False),
        ],
    )
    def test_its_words_are_for_the_body_and_those_with_the_right(self, made: Joint, who: str, reads: bool) -> None:
        statement = self.given(made)
        assert queries.may_read(made.actor(who), statement) is reads
        (shown,) = queries.rounds_of(statement.consultee.hearing.case, made.actor(who))
        assert [(line.statement, line.visible) for line in shown.lines] == [(statement, reads)]

    def test_the_page_gives_the_legal_basis_in_place_of_the_words(self, made: Joint) -> None:
        case = self.given(made).consultee.hearing.case
        hearing = case.hearings.get()
        for who, reads in (("it_lead", True), ("representative:birkenes:helse", False)):
            for address in (f"saker/{case.pk}/", f"hoeringer/{hearing.pk}/"):
                page = made.client(who).get(f"/o/{made.tenant.slug}/{address}").content.decode()
                assert "offl. § 24 tredje ledd" in page
                assert (SECRET in page) is reads, f"{who}: {address}"

    def test_its_words_never_reach_the_trail(self, made: Joint) -> None:
        self.given(made)
        details = [str(row.details) for row in AuditDetail.objects.all()]
        assert any("offl. § 24" in text for text in details)
        assert not any(SECRET in text for text in details)

    def test_without_exemption_no_basis_is_kept(self, made: Joint) -> None:
        assert self.given(made, exempt=False).legal_basis == ""

    def test_without_a_basis_nothing_is_exempt(self, made: Joint) -> None:
        with pytest.raises(Invalid) as refusal:
            self.given(made, legal_basis="  ")
        assert fields(refusal) == ["legal_basis"]
        assert not Statement.objects.exists()


class TestOwnLists:
    def choose(self, made: Joint, who: str = "administrator", **changes: Any) -> HearingChoice:
        given = {"organisation_id": made.organisations["birkenes"].pk, "body": "arkiv", "included": False}
        return actions.choose_consultee(**by(made, who), **{**given, **changes})

    def test_what_is_taken_out_is_asked_again_when_put_in(self, made: Joint) -> None:
        need = made.on_hearing_step()
        self.choose(made)
        assert ARCHIVE not in made.lists(need)
        self.choose(made, included=True)
        assert ARCHIVE in made.lists(need)
        assert HearingChoice.objects.count() == 1

    def test_a_choice_taken_away_gives_back_what_the_model_says(self, made: Joint) -> None:
        need = made.on_hearing_step()
        row = self.choose(made)
        with pytest.raises(Refused):
            remove_choice(**by(made, "it_lead"), choice_id=row.pk)
        remove_choice(**by(made, "administrator"), choice_id=row.pk, version=row.version)
        assert ARCHIVE in made.lists(need)

    @pytest.mark.parametrize(
        "given", [{"name": "", "role": "unit_manager"}, {"name": "Råd", "role": ""}, {"name": "Råd", "role": "konge"}]
    )
    def test_an_own_body_has_a_name_and_a_role_of_the_model(self, made: Joint, given: dict[str, str]) -> None:
        with pytest.raises(Invalid) as refusal:
            self.choose(made, body="raad", included=True, **given)
        assert fields(refusal) == ["name"]
        assert not HearingChoice.objects.exists()

    def test_only_who_manages_the_organisation_chooses(self, made: Joint) -> None:
        for who in ("it_lead", "sector_director:birkenes:helse"):
            with pytest.raises(Refused):
                self.choose(made, who)

    def test_a_hearing_under_way_keeps_those_who_were_asked(self, made: Joint) -> None:
        hearing = sent(made)
        self.choose(made)
        assert made.answer("archive_manager:birkenes", asked(hearing, "arkiv"), "support").late is False
