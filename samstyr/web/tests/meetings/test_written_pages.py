"""The pages of written procedure: sending, answering on a phone or not, closing, taking back, and reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samstyr.foundation.kernel import clock
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.models import Procedure, ProcedureMember, Reply
from samstyr.procedure.meetings.tests.committee import (
    BODY,
    MEMBERS,
    OUTSIDER,
    SECRETARY,
    TODAY,
    Committee,
    at,
    committee,
)

DEADLINE = date(2026, 9, 15)
OnDay = Callable[[date], None]
PROPOSAL = "Vi anbefaler **felles** innlogging."


@pytest.fixture
def made(db: None) -> Iterator[Committee]:
    with committee() as ready:
        yield ready


@pytest.fixture(autouse=True)
def on_day(monkeypatch: pytest.MonkeyPatch) -> OnDay:
    def move(day: date) -> None:
        monkeypatch.setattr(clock, "now", lambda: at(day))

    move(TODAY)
    return move


def place(made: Committee, name: str, *keys: object) -> str:
    return reverse(name, args=[made.tenant.slug, *keys])


def get(made: Committee, who: str, name: str, *keys: object, query: str = "") -> Any:
    return made.client(who).get(place(made, name, *keys) + query)


def page(made: Committee, who: str, name: str, *keys: object, query: str = "") -> str:
    answer = get(made, who, name, *keys, query=query)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def post(made: Committee, who: str, name: str, /, *keys: object, **data: Any) -> Any:
    return made.client(who).post(place(made, name, *keys), {"_key": uuid4().hex, **data})


def sent(made: Committee, title: str = "Felles innlogging") -> Procedure:
    return actions.start_procedure(
        **made.by(), case_step_id=made.case(title).pk, outcome="ja", proposal=PROPOSAL, reason="Raskere enn møte.",
        deadline=DEADLINE,
    )  # fmt: skip


def member(procedure: Procedure, name: str) -> UUID:
    found: ProcedureMember = procedure.members.get(name=name.capitalize())
    return found.pk


def answer(made: Committee, procedure: Procedure, who: str, what: str = "for", text: str = "") -> Any:
    return post(made, who, "procedure-reply", member(procedure, who), answer=what, text=text)


FILLED = {"outcome": "ja", "proposal": PROPOSAL, "reason": "Raskere enn møte.", "deadline": str(DEADLINE)}


class TestSending:
    def test_from_the_case_to_the_members(self, made: Committee) -> None:
        step = made.case()
        link = place(made, "procedure-start", step.pk)
        assert link in page(made, SECRETARY, "case-detail", step.case_id)
        assert link in page(made, SECRETARY, "step-treat", step.pk)
        form = page(made, SECRETARY, "procedure-start", step.pk)
        assert "minst 5 virkedager" in form
        assert 'value="2026-09-08"' in form
        assert "Utsatt" not in form
        given = post(made, SECRETARY, "procedure-start", step.pk, **FILLED)
        procedure = Procedure.objects.get()
        assert (given.status_code, given.url) == (302, place(made, "procedure-detail", procedure.pk))
        case = page(made, SECRETARY, "case-detail", step.case_id)
        assert link not in case
        assert place(made, "procedure-detail", procedure.pk) in case

    def test_three_days_are_too_few_without_a_reason(self, made: Committee) -> None:
        step = made.case()
        short = FILLED | {"deadline": "2026-09-04"}
        refused = post(made, SECRETARY, "procedure-start", step.pk, **short)
        assert refused.status_code == 422
        assert "minst 5 virkedager" in refused.content.decode()
        given = post(made, SECRETARY, "procedure-start", step.pk, **short, short_reason="Søknadsfrist.")
        assert given.status_code == 302
        assert "Søknadsfrist." in page(made, "nord1", "procedure-detail", Procedure.objects.get().pk)

    def test_who_is_disqualified_is_left_out(self, made: Committee) -> None:
        step, person = made.case(), made.people["nord1"].pk
        without = post(made, SECRETARY, "procedure-start", step.pk, **FILLED, left_out=[str(person)])
        assert without.status_code == 422
        post(made, SECRETARY, "procedure-start", step.pk, **FILLED, left_out=[str(person)], left_out_reason="Part.")
        procedure = Procedure.objects.get()
        assert procedure.members.count() == 4
        assert "inhabile: Nord1 (Part)" in page(made, SECRETARY, "procedure-detail", procedure.pk)

    def test_only_who_serves_the_body_sends(self, made: Committee) -> None:
        step = made.case()
        assert get(made, OUTSIDER, "procedure-start", step.pk).status_code == 404
        assert post(made, "nord1", "procedure-start", step.pk, **FILLED).status_code == 403
        assert not Procedure.objects.exists()

    def test_what_cannot_be_sent_says_why(self, made: Committee) -> None:
        procedure = sent(made)
        step = procedure.case_step_id
        assert "allerede ute til skriftlig" in page(made, SECRETARY, "procedure-start", step)
        assert post(made, SECRETARY, "procedure-start", step, **FILLED).status_code == 409

    def test_an_elected_body_is_told_that_all_must_agree(self, db: None) -> None:
        with committee(rules="elected") as made:
            assert "kommuneloven § 11-8" in page(made, SECRETARY, "procedure-start", made.case().pk)


class TestAnswering:
    def test_a_member_without_other_rights_reads_and_answers(self, made: Committee) -> None:
        procedure = sent(made)
        listed = page(made, "nord1", "procedure-list")
        assert place(made, "procedure-reply", member(procedure, "nord1")) in listed
        form = page(made, "nord1", "procedure-reply", member(procedure, "nord1"))
        assert "<strong>felles</strong>" in form
        assert "Felles innlogging" in form
        assert answer(made, procedure, "nord1", text="Bra.").status_code == 302
        assert Reply.objects.get().text == "Bra."
        assert "Venter på svar" not in page(made, "nord1", "procedure-list")

    def test_what_others_say_is_seen_after_ones_own_answer(self, made: Committee) -> None:
        procedure = sent(made)
        answer(made, procedure, "leder", "against", "Lederen er i tvil.")
        assert "Lederen er i tvil." not in page(made, "nord1", "procedure-detail", procedure.pk)
        assert "Lederen er i tvil." in page(made, SECRETARY, "procedure-detail", procedure.pk)
        answer(made, procedure, "nord1")
        assert "Lederen er i tvil." in page(made, "nord1", "procedure-detail", procedure.pk)

    def test_the_answer_can_be_changed(self, made: Committee) -> None:
        procedure = sent(made)
        answer(made, procedure, "nord1")
        again = page(made, "nord1", "procedure-reply", member(procedure, "nord1"))
        assert "Et nytt svar erstatter det forrige" in again
        answer(made, procedure, "nord1", "meeting")
        assert "Endret" in page(made, SECRETARY, "procedure-detail", procedure.pk)

    def test_nobody_answers_for_another(self, made: Committee) -> None:
        procedure = sent(made)
        key = member(procedure, "nord1")
        assert get(made, "nord2", "procedure-reply", key).status_code == 403
        assert post(made, "nord2", "procedure-reply", key, answer="for").status_code == 403
        assert get(made, OUTSIDER, "procedure-reply", key).status_code == 404
        assert get(made, "nord1", "procedure-reply", procedure.pk).status_code == 404

    def test_the_secretary_enters_an_answer(self, made: Committee) -> None:
        procedure = sent(made)
        key = member(procedure, "sor1")
        assert "Du fører inn svaret til Sor1" in page(made, SECRETARY, "procedure-reply", key)
        assert post(made, SECRETARY, "procedure-reply", key, answer="for").status_code == 302
        assert "Ført av sekretariatet" in page(made, SECRETARY, "procedure-detail", procedure.pk)

    def test_after_the_deadline_it_is_too_late(self, made: Committee, on_day: OnDay) -> None:
        procedure = sent(made)
        on_day(DEADLINE + timedelta(days=1))
        assert "for sent å svare" in page(made, "nord1", "procedure-reply", member(procedure, "nord1"))
        assert answer(made, procedure, "nord1").status_code == 409
        assert "Fristen er ute" in page(made, "nord1", "procedure-detail", procedure.pk)

    def test_a_comment_needs_words(self, made: Committee) -> None:
        procedure = sent(made)
        assert answer(made, procedure, "nord1", "comment").status_code == 422

    def test_elected_members_cannot_abstain(self, db: None) -> None:
        with committee(rules="elected") as made:
            procedure = sent(made)
            assert "Jeg avstår" not in page(made, "nord1", "procedure-reply", member(procedure, "nord1"))


class TestClosing:
    def test_counted_and_adopted(self, made: Committee, on_day: OnDay) -> None:
        procedure = sent(made)
        for name in MEMBERS[:-1]:
            answer(made, procedure, name)
        early = post(made, SECRETARY, "procedure-close", procedure.pk, _version="1")
        assert early.status_code == 409
        answer(made, procedure, MEMBERS[-1])
        assert "Tell opp svarene" in page(made, SECRETARY, "procedure-detail", procedure.pk)
        assert post(made, SECRETARY, "procedure-close", procedure.pk, _version="1").status_code == 302
        shown = page(made, "nord1", "procedure-detail", procedure.pk)
        assert "Forslaget er vedtatt" in shown
        assert "For: 5." in shown
        trail = page(made, SECRETARY, "case-detail", procedure.case_id)
        assert "Avgjort i skriftlig saksbehandling 1/2026" in trail

    def test_a_majority_against_waits_for_a_meeting(self, made: Committee, on_day: OnDay) -> None:
        procedure = sent(made)
        answer(made, procedure, "leder", "against")
        on_day(DEADLINE + timedelta(days=1))
        post(made, SECRETARY, "procedure-close", procedure.pk)
        assert "Saken tas i møte" in page(made, "nord1", "procedure-detail", procedure.pk)
        assert place(made, "procedure-start", procedure.case_step_id) in page(
            made, SECRETARY, "case-detail", procedure.case_id
        )

    def test_votes_against_are_named_in_the_trail(self, made: Committee, on_day: OnDay) -> None:
        procedure = sent(made)
        answer(made, procedure, "leder")
        answer(made, procedure, "nord1", "against")
        on_day(DEADLINE + timedelta(days=1))
        post(made, SECRETARY, "procedure-close", procedure.pk)
        assert "imot: 1" in page(made, SECRETARY, "case-detail", procedure.case_id)

    def test_members_neither_close_nor_withdraw(self, made: Committee) -> None:
        procedure = sent(made)
        assert post(made, "nord1", "procedure-close", procedure.pk).status_code == 403
        assert post(made, "nord1", "procedure-withdraw", procedure.pk, reason="Nei.").status_code == 403
        assert post(made, OUTSIDER, "procedure-close", procedure.pk).status_code == 404

    def test_withdrawn_with_a_reason(self, made: Committee) -> None:
        procedure = sent(made)
        assert post(made, SECRETARY, "procedure-withdraw", procedure.pk, reason="").status_code == 422
        given = post(made, SECRETARY, "procedure-withdraw", procedure.pk, reason="Feil vedlegg.", _version="1")
        assert given.status_code == 302
        assert "Feil vedlegg." in page(made, "nord1", "procedure-detail", procedure.pk)
        again = post(made, SECRETARY, "procedure-withdraw", procedure.pk, reason="Igjen.", _version="1")
        assert again.status_code == 409


class TestTheList:
    def test_filters_are_in_the_address(self, made: Committee) -> None:
        sent(made, "Felles kart")
        actions.withdraw_procedure(**made.by(), procedure_id=sent(made, "Felles arkiv").pk, version=1, reason="Feil.")
        both = page(made, SECRETARY, "procedure-list")
        assert "Felles kart" in both
        assert "Felles arkiv" in both
        out = page(made, SECRETARY, "procedure-list", query=f"?body={BODY}&state=open")
        assert "Felles kart" in out
        assert "Felles arkiv" not in out
        assert "Felles kart" not in page(made, SECRETARY, "procedure-list", query="?due=over")
        assert get(made, SECRETARY, "procedure-list", query="?state=tull&body=%00").status_code == 200

    def test_others_see_nothing(self, made: Committee) -> None:
        procedure = sent(made)
        assert "Felles innlogging" not in page(made, OUTSIDER, "procedure-list")
        assert get(made, OUTSIDER, "procedure-detail", procedure.pk).status_code == 404

    def test_rates_are_for_who_serves_the_body(self, made: Committee, on_day: OnDay) -> None:
        procedure = sent(made)
        answer(made, procedure, "nord1")
        on_day(DEADLINE + timedelta(days=1))
        post(made, SECRETARY, "procedure-close", procedure.pk)
        for who, seen in ((SECRETARY, True), ("leder", True), ("nord1", False)):
            shown = page(made, who, "procedure-list")
            assert ("Svar og frammøte i Utvalget" in shown) is seen, who
            assert ("1 av 1 (100 %)" in shown) is seen, who

    def test_who_serves_the_body_chooses_the_period_in_the_address(self, made: Committee, on_day: OnDay) -> None:
        procedure = sent(made)
        answer(made, procedure, "nord1")
        on_day(DEADLINE + timedelta(days=1))
        post(made, SECRETARY, "procedure-close", procedure.pk)
        within = page(made, SECRETARY, "procedure-list", query=f"?since={TODAY}&until={DEADLINE}")
        assert "1 av 1 (100 %)" in within
        assert f"Fra {TODAY:%d.%m.%Y} til {DEADLINE:%d.%m.%Y}" in within
        assert 'name="since"' in within
        before = page(made, SECRETARY, "procedure-list", query="?since=2020-01-01&until=2020-12-31")
        assert "1 av 1 (100 %)" not in before
        turned = page(made, SECRETARY, "procedure-list", query="?since=2021-01-01&until=2020-12-31")
        assert "Perioden må slutte etter at den begynner." in turned
        assert 'name="since"' not in page(made, "nord1", "procedure-list")

    @pytest.mark.slow
    @pytest.mark.everywhere
    def test_it_asks_as_much_for_twenty_as_for_two(self, made: Committee) -> None:
        def questions(name: str, *keys: object) -> int:
            client, path = made.client(), place(made, name, *keys)
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            return len(queries)

        first = sent(made, "Første")
        sent(made, "Annen")
        few = questions("procedure-list")
        for number in range(15):
            procedure = sent(made, f"Sak {number}")
            answer(made, procedure, "nord1")
        assert questions("procedure-list") == few
        assert few <= 60
        before = questions("procedure-detail", first.pk)
        for name in MEMBERS:
            answer(made, first, name, text="Enig.")
        assert questions("procedure-detail", first.pk) == before
        assert before <= 60
