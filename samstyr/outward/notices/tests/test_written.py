"""Those asked in writing are told, reminded, and told what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client

from samstyr.foundation.access import Actor
from samstyr.foundation.kernel import clock
from samstyr.foundation.organisations.models import SeatHolding
from samstyr.outward.notices import queries, texts
from samstyr.outward.notices.models import MailLink, Notice
from samstyr.outward.notices.sending import send_waiting
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.models import Procedure, Reply
from samstyr.procedure.meetings.tests.committee import TODAY, Committee, at, committee

DEADLINE = date(2026, 9, 15)


@pytest.fixture
def made(db: None) -> Iterator[Committee]:
    with committee() as ready:
        yield ready


def ask(made: Committee) -> Procedure:
    return actions.start_procedure(
        **made.by(), case_step_id=made.case().pk, outcome="ja", proposal="Ja.", reason="Raskest.", deadline=DEADLINE
    )


def reply(made: Committee, procedure: Procedure, name: str) -> None:
    member = procedure.members.get(name=name.capitalize())
    actions.reply(**made.by(name, hour=12), member_id=member.pk, answer="for")


def test_asked_reminded_and_told_the_result(made: Committee) -> None:
    procedure = ask(made)
    told = Notice.objects.filter(kind="procedure")
    assert told.count() == 5
    assert "skriftlig" in texts.sentence(told[0])
    assert texts.consequence(told[0], "")
    reply(made, procedure, "nord1")
    daily = Actor(UUID(int=0), made.tenant.pk, "Samstyr", automatic="daily")
    for day in (date(2026, 9, 11), DEADLINE):
        actions.remind_members(actor=daily, now=at(day))
    assert told.filter(reminder=True).count() == 8
    assert not told.filter(reminder=True, person=made.people["nord1"]).exists()
    actions.close_due_procedures(actor=daily, now=at(date(2026, 9, 16)))
    settled = Notice.objects.filter(kind="settled")
    assert settled.count() == 5
    assert "avsluttet" in texts.sentence(settled[0])


def test_what_is_answered_is_not_mailed(made: Committee) -> None:
    procedure = ask(made)
    notice = Notice.objects.get(kind="procedure", person=made.people["nord1"])
    actor = made.actor("nord1")
    assert queries.still_wanted(notice, actor, at(TODAY)) is not None
    reply(made, procedure, "nord1")
    assert queries.still_wanted(notice, actor, at(TODAY)) is None


class TestLink:
    """A member answers from the mail, without logging in."""

    def address(self, made: Committee, monkeypatch: pytest.MonkeyPatch, name: str = "nord1") -> str:
        ask(made)
        monkeypatch.setattr(clock, "now", lambda: at(TODAY, 12))
        daily = Actor(UUID(int=0), made.tenant.pk, "Samstyr", automatic="daily")
        send_waiting(made.tenant, actor=daily, now=at(TODAY, 12))
        (message,) = [one for one in mail.outbox if one.to == [made.people[name].email]]
        found = re.search(r"https?://[^/]+(/svar/\S+)", message.body)
        assert found, message.body
        return found[1]

    def test_answered_once_without_a_password(self, made: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
        address, client = self.address(made, monkeypatch), Client()
        page = client.get(address).content.decode()
        assert "<p>Ja.</p>" in page
        assert Reply.objects.count() == 0
        answer = client.post(address, {"answer": "against", "text": "For dyrt."})
        assert answer.status_code == 200, answer.content.decode()
        assert "Svaret er registrert" in answer.content.decode()
        reply = Reply.objects.get()
        assert (reply.answer, reply.text, reply.member.person) == ("against", "For dyrt.", made.people["nord1"])
        assert "sessionid" not in client.cookies
        again = client.post(address, {"answer": "for"})
        assert again.status_code == 409
        assert Reply.objects.count() == 1

    @pytest.mark.parametrize("given", [{}, {"answer": "maybe"}, {"answer": "comment", "text": " "}])
    def test_a_fault_does_not_spend_it(
        self, made: Committee, monkeypatch: pytest.MonkeyPatch, given: dict[str, Any]
    ) -> None:
        address = self.address(made, monkeypatch)
        assert Client().post(address, given).status_code == 422
        assert not MailLink.objects.exclude(used_at=None).exists()
        assert Client().post(address, {"answer": "for"}).status_code == 200

    def test_what_was_answered_meanwhile_is_not_changed_by_it(
        self, made: Committee, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address = self.address(made, monkeypatch)
        reply(made, Procedure.objects.get(), "nord1")
        answer = Client().post(address, {"answer": "against"})
        assert answer.status_code == 409
        assert "allerede registrert" in answer.content.decode()
        assert Reply.objects.get().answer == "for"

    def test_too_late_is_told(self, made: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
        address = self.address(made, monkeypatch)
        monkeypatch.setattr(clock, "now", lambda: at(date(2026, 9, 16)))
        answer = Client().get(address)
        assert answer.status_code == 409
        assert "for sent" in answer.content.decode()

    def test_whose_seat_is_gone_is_refused(self, made: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
        address = self.address(made, monkeypatch)
        SeatHolding.objects.filter(person=made.people["nord1"]).update(ends_on=date(2026, 8, 31))
        made.people["nord1"].is_active = False
        made.people["nord1"].save()
        assert Client().post(address, {"answer": "for"}).status_code == 404
        assert Reply.objects.count() == 0

    def test_one_kind_of_link_does_not_open_the_other(self, made: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
        address = self.address(made, monkeypatch)
        MailLink.objects.update(purpose=queries.STATEMENT)
        assert Client().get(address).status_code == 404
