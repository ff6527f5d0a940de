"""The pages of hearings: who is asked, what is sent out, what is answered, and whom each municipality hears."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from samstyr.procedure.hearings import actions
from samstyr.procedure.hearings.models import Consultee, Hearing, HearingChoice, Statement
from tests.requirements.joint import FORUM, HEARING_END, RECEIPT, Joint, at
from tests.security.world import model

from .conftest import OnDay

ARCHIVE, CENTRE = ("arkiv", "birkenes"), ("servicetorg", "birkenes")
ARCHIVIST = "archive_manager:birkenes"
LATE = HEARING_END + timedelta(days=1)


def place(made: Joint, name: str, *keys: object) -> str:
    return reverse(name, args=[made.tenant.slug, *keys])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def get(made: Joint, who: str, name: str, *keys: object, query: str = "") -> Any:
    return made.client(who).get(place(made, name, *keys) + query)


def page(made: Joint, who: str, name: str, *keys: object, query: str = "") -> str:
    answer = get(made, who, name, *keys, query=query)
    assert answer.status_code == 200, answer.status_code
    return text_of(answer)


def post(made: Joint, who: str, name: str, /, *keys: object, **data: Any) -> Any:
    return made.client(who).post(place(made, name, *keys), {"_key": uuid4().hex, **data})


def sent(made: Joint, *bodies: tuple[str, str], **changes: Any) -> Hearing:
    return made.ask(made.on_hearing_step(**changes), *(bodies or (ARCHIVE, CENTRE)))


def asked(hearing: Hearing, body: str = "arkiv") -> Consultee:
    return hearing.consultees.get(body=body)


def identity(made: Joint, body: str) -> str:
    return f"{body}:{made.organisations['birkenes'].pk}"


class TestList:
    def titles(self, made: Joint, who: str = "it_lead", query: str = "") -> list[str]:
        rounds = get(made, who, "hearing-list", query=query).context["rounds"]
        return sorted(found.hearing.case.title for found in rounds)

    def test_each_sees_those_they_are_asked_in_and_those_of_cases_they_may_read(self, made: Joint) -> None:
        sent(made, title="Begge")
        sent(made, CENTRE, title="Bare torget")
        assert self.titles(made) == self.titles(made, "service:birkenes") == ["Bare torget", "Begge"]
        assert self.titles(made, ARCHIVIST) == ["Begge"]
        assert self.titles(made, "archive_manager:lillesand") == []

    def test_what_waits_for_my_answer_stands_first_until_it_is_given(self, made: Joint) -> None:
        row = asked(sent(made))
        assert place(made, "statement-give", row.pk) in page(made, ARCHIVIST, "hearing-list")
        made.answer(ARCHIVIST, row, "support")
        assert place(made, "statement-give", row.pk) not in page(made, ARCHIVIST, "hearing-list")

    def test_it_is_narrowed_to_open_overdue_and_closed(self, made: Joint, on_day: OnDay) -> None:
        closed, _open = sent(made, title="Ferdig"), sent(made, title="Åpen")
        actions.close_hearing(actor=made.actor("it_lead", LATE), now=at(LATE), hearing_id=closed.pk)
        assert self.titles(made, query="?state=closed") == ["Ferdig"]
        assert self.titles(made, query="?state=open") == ["Åpen"]
        assert self.titles(made, query="?state=overdue") == []
        on_day(LATE)
        assert self.titles(made, query="?state=overdue") == ["Åpen"]
        assert self.titles(made, query="?state=tull&page=tull") == ["Ferdig", "Åpen"]


class TestSendingOut:
    def test_those_the_lists_suggest_are_ticked_and_the_others_offered(self, made: Joint) -> None:
        step = made.step(made.on_hearing_step(personal_data=True))
        form = get(made, "it_lead", "hearing-open", step.pk).context["form"]
        offered = {key for key, _label in form.fields["consultees"].choices}
        ticked = set(form.initial["consultees"])
        assert ticked < offered
        assert identity(made, "personvernombud") in ticked and identity(made, "arkiv") in offered - ticked

    def test_it_is_sent_and_each_is_asked(self, made: Joint) -> None:
        step = made.step(made.on_hearing_step())
        answer = post(
            made, "it_lead", "hearing-open", step.pk, question="Hva nå?", deadline="2025-04-14",
            consultees=[identity(made, "arkiv"), "it-tjenesten:"],
        )  # fmt: skip
        hearing = Hearing.objects.get()
        assert answer.headers["Location"] == place(made, "hearing-detail", hearing.pk)
        assert (hearing.question, hearing.deadline) == ("Hva nå?", HEARING_END)
        assert set(hearing.consultees.values_list("body", flat=True)) == {"arkiv", "it-tjenesten"}

    def test_a_deadline_that_does_not_fit_is_told_and_the_question_stays(self, made: Joint) -> None:
        made.plan_meeting("digitaliseringsforum", FORUM)
        step = made.step(made.on_hearing_step())
        for deadline, said in ((FORUM, "24.04.2025"), (RECEIPT, "fram i tid")):
            answer = post(
                made, "it_lead", "hearing-open", step.pk, question="Mitt lange spørsmål",
                deadline=deadline.isoformat(), consultees=["it-tjenesten:"],
            )  # fmt: skip
            assert answer.status_code == 422
            assert said in text_of(answer) and "Mitt lange spørsmål" in text_of(answer)
        assert not Hearing.objects.exists()

    @pytest.mark.parametrize(
        ("who", "status"), [("service:birkenes", 403), (ARCHIVIST, 404), ("service:lillesand", 404)]
    )
    def test_others_send_nothing(self, made: Joint, who: str, status: int) -> None:
        step = made.step(made.on_hearing_step())
        assert get(made, who, "hearing-open", step.pk).status_code == status
        assert post(made, who, "hearing-open", step.pk, question="?").status_code == status

    def test_a_case_elsewhere_on_its_path_is_not_sent(self, made: Joint) -> None:
        step = made.step(made.received())
        answer = post(
            made, "it_lead", "hearing-open", step.pk, question="?", deadline="2025-04-14", consultees=["it-tjenesten:"]
        )
        assert answer.status_code == 409


class TestRound:
    def test_it_shows_answers_and_silence(self, made: Joint) -> None:
        hearing = sent(made)
        made.answer(ARCHIVIST, asked(hearing), "remarks", text="Husk **bevaring**.")
        shown = page(made, "it_lead", "hearing-detail", hearing.pk)
        for word in ("<strong>bevaring</strong>", "Merknader", "Ikke mottatt", "Hva mener dere om behovet?"):
            assert word in shown

    def test_late_and_entered_answers_are_marked(self, made: Joint) -> None:
        hearing = sent(made)
        by = {"actor": made.actor("it_lead", LATE), "now": at(LATE)}
        actions.record_on_behalf(**by, consultee_id=asked(hearing).pk, position="support")
        shown = page(made, "it_lead", "hearing-detail", hearing.pk)
        assert "Etter fristen" in shown and "Ført av sekretariatet" in shown

    def test_who_is_asked_reads_it_without_reading_the_case(self, made: Joint) -> None:
        hearing = sent(made)
        shown = page(made, ARCHIVIST, "hearing-detail", hearing.pk)
        assert place(made, "case-detail", hearing.case_id) not in shown
        assert get(made, ARCHIVIST, "case-detail", hearing.case_id).status_code == 404
        assert "Styr høringen" not in shown

    def test_others_find_nothing(self, made: Joint) -> None:
        hearing = sent(made)
        for who in ("archive_manager:lillesand", "data_protection_officer:birkenes", "service:lillesand"):
            assert get(made, who, "hearing-detail", hearing.pk).status_code == 404
            assert post(made, who, "hearing-manage", hearing.pk, verb="close").status_code == 404
        assert get(made, "it_lead", "hearing-detail", uuid4()).status_code == 404

    def test_it_is_kept_going_from_the_page(self, made: Joint, on_day: OnDay) -> None:
        hearing = sent(made, ARCHIVE)

        def manage(**given: str) -> Hearing:
            hearing.refresh_from_db()
            answer = post(made, "it_lead", "hearing-manage", hearing.pk, _version=hearing.version, **given)
            assert answer.status_code == 302
            hearing.refresh_from_db()
            return hearing

        manage(verb="remind")
        assert asked(hearing).reminded_on == RECEIPT
        assert manage(verb="extend", deadline="20.04.2025").deadline == date(2025, 4, 20)
        manage(verb="add", consultee=identity(made, "servicetorg"))
        assert hearing.consultees.count() == 2
        on_day(date(2025, 4, 21))
        assert manage(verb="close").closed_at is not None
        assert "Styr høringen" not in page(made, "it_lead", "hearing-detail", hearing.pk)

    @pytest.mark.parametrize(
        ("given", "status"),
        [
            ({"verb": "close"}, 409),
            ({"verb": "add", "consultee": "ukjent:"}, 422),
            ({"verb": "extend", "deadline": "2025-04-01"}, 422),
            ({"verb": "extend", "deadline": "2025-04-20", "_version": "99"}, 409),
        ],
    )
    def test_what_cannot_be_done_is_refused(self, made: Joint, given: dict[str, str], status: int) -> None:
        hearing = sent(made)
        before = hearing.deadline
        assert post(made, "it_lead", "hearing-manage", hearing.pk, **given).status_code == status
        hearing.refresh_from_db()
        assert (hearing.deadline, hearing.closed_at, hearing.consultees.count()) == (before, None, 2)

    def test_the_asked_do_not_keep_it_going(self, made: Joint) -> None:
        hearing = sent(made)
        for verb in ("remind", "close"):
            assert post(made, ARCHIVIST, "hearing-manage", hearing.pk, verb=verb).status_code == 403


class TestAnswering:
    def test_the_body_answers_and_sees_it(self, made: Joint) -> None:
        row = asked(sent(made))
        answer = post(made, ARCHIVIST, "statement-give", row.pk, position="remarks", text="Husk bevaring.")
        assert answer.headers["Location"] == place(made, "hearing-detail", row.hearing_id)
        found = Statement.objects.get()
        assert (found.position, found.text, found.on_behalf) == ("remarks", "Husk bevaring.", False)
        assert "Dere har svart før" in page(made, ARCHIVIST, "statement-give", row.pk)

    def test_what_is_missing_is_told_and_what_was_written_stays(self, made: Joint) -> None:
        row = asked(sent(made))
        answer = post(
            made, ARCHIVIST, "statement-give", row.pk, position="conditions", text="Mine lange ord", exempt="on"
        )
        shown = text_of(answer)
        assert answer.status_code == 422 and "Mine lange ord" in shown
        assert "#id_conditions" in shown and "#id_legal_basis" in shown
        assert not Statement.objects.exists()

    def test_after_the_deadline_one_is_told_before_one_answers(self, made: Joint, on_day: OnDay) -> None:
        row = asked(sent(made))
        assert "Fristen er ute" not in page(made, ARCHIVIST, "statement-give", row.pk)
        on_day(LATE)
        assert "Fristen er ute" in page(made, ARCHIVIST, "statement-give", row.pk)
        post(made, ARCHIVIST, "statement-give", row.pk, position="support")
        assert Statement.objects.get().late

    def test_the_secretariat_enters_what_came_on_paper(self, made: Joint) -> None:
        row = asked(sent(made))
        assert "merket som ført av sekretariatet" in page(made, "it_lead", "statement-give", row.pk)
        post(made, "it_lead", "statement-give", row.pk, position="support")
        assert Statement.objects.get().on_behalf

    @pytest.mark.parametrize(
        ("who", "status"),
        [("service_centre_manager:birkenes", 403), ("service:birkenes", 403), ("archive_manager:lillesand", 404)],
    )
    def test_others_do_not_answer_for_the_body(self, made: Joint, who: str, status: int) -> None:
        row = asked(sent(made))
        assert get(made, who, "statement-give", row.pk).status_code == status
        assert post(made, who, "statement-give", row.pk, position="support").status_code == status
        assert not Statement.objects.exists()

    def test_when_it_is_closed_the_words_are_given_back(self, made: Joint) -> None:
        hearing = sent(made)
        actions.close_hearing(actor=made.actor("it_lead", LATE), now=at(LATE), hearing_id=hearing.pk)
        answer = post(made, ARCHIVIST, "statement-give", asked(hearing).pk, position="remarks", text="For sent ute")
        assert answer.status_code == 409
        assert "For sent ute" in text_of(answer)


class TestWhomWeHear:
    def change(self, made: Joint, who: str = "administrator", **given: str) -> Any:
        place_key = str(made.organisations["birkenes"].pk)
        return post(made, who, "hearing-choice-set", **{"organisation": place_key, "body": "arkiv", **given})

    def test_the_lists_are_open_to_all_and_changed_by_those_who_manage(self, made: Joint) -> None:
        shown = page(made, "service:birkenes", "hearing-choices")
        for body in model().hearing_bodies:
            assert str(body.name) in shown
        assert "Ta ut" not in shown and "Ta ut" in page(made, "administrator", "hearing-choices")
        assert self.change(made, "service:birkenes", included="0").status_code == 403
        assert not HearingChoice.objects.exists()

    def test_a_body_is_taken_out_and_in_again(self, made: Joint) -> None:
        need = made.on_hearing_step()
        for included, heard in (("0", False), ("1", True)):
            assert self.change(made, included=included).status_code == 302
            assert (ARCHIVE in made.lists(need)) is heard

    def test_an_own_body_is_added_and_taken_out(self, made: Joint) -> None:
        given = {"organisation": str(made.organisations["birkenes"].pk), "name": "Eldrerådet", "role": "unit_manager"}
        assert post(made, "administrator", "hearing-choices", **given).status_code == 302
        row = HearingChoice.objects.get()
        assert "Eldrerådet" in page(made, "administrator", "hearing-choices")
        self.change(made, body=row.body, included="0")
        assert "Eldrerådet" not in page(made, "administrator", "hearing-choices").split("<form", 1)[0]
        row.refresh_from_db()
        assert not row.included

    @pytest.mark.parametrize("given", [{"organisation": "tull"}, {"organisation": ""}, {"body": "\0"}])
    def test_what_is_not_there_is_not_found(self, made: Joint, given: dict[str, str]) -> None:
        assert self.change(made, **{"included": "0", **given}).status_code == 404
        assert not HearingChoice.objects.exists()

    def test_another_arrangements_organisation_is_not_found(self, made: Joint) -> None:
        assert self.change(made, organisation=str(uuid4()), included="0").status_code == 404
