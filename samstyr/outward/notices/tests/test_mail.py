"""What goes out by mail, and what a link in it can and cannot do."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from samstyr.foundation.kernel import clock
from samstyr.foundation.organisations.models import RoleHolding
from samstyr.outward.notices import actions
from samstyr.outward.notices.models import Mail, MailLink, MailState, Notice
from samstyr.outward.notices.sending import Sent, send_waiting
from samstyr.procedure.hearings import actions as hearings
from samstyr.procedure.hearings.models import Statement
from samstyr.wheel.needs.tests.factories import NOW

from .conftest import Round

LINK = re.compile(r"https?://[^/]+(/svar/\S+)")
GOOD = {"position": "remarks", "text": "Ta med sletting."}


def send(made: Round, now: datetime = NOW) -> Sent:
    return send_waiting(made.world.tenant, actor=made.system(), now=now)


def to(made: Round, role: str) -> list[Any]:
    return [message for message in mail.outbox if message.to == [made.person(role).email]]


def link_of(message: Any) -> str:
    found = LINK.search(message.body)
    assert found, message.body
    return found[1]


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


class TestSending:
    def test_one_mail_with_all_that_waits(self, asked: Round) -> None:
        asked.world.submitted(title="Nok et behov", personal_data=True, answers={"vern": "Navn"})
        send(asked)
        (message,) = to(asked, "leder")
        assert "Nok et behov" in message.body
        assert "Frist: 31.03.2026" in message.body
        # The first need has been treated since: no news any more.
        assert asked.need.title not in message.body
        assert Notice.objects.filter(mail_state=MailState.DROPPED).count() == 1

    def test_the_mail_says_what_when_and_what_if_not(self, asked: Round) -> None:
        send(asked)
        (message,) = to(asked, "ombud")
        for text in (
            "Personvernombudet",
            "Frist: 24.02.2026",
            "går saken videre uten",
            "fem minutter",
            "Svar uten å logge inn",
        ):
            assert text in message.body
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"

    def test_twice_is_once(self, asked: Round) -> None:
        send(asked)
        count = len(mail.outbox)
        assert send(asked) == Sent(0, 0)
        assert len(mail.outbox) == count

    def test_a_mail_that_fails_is_tried_again_under_the_same_name(
        self, asked: Round, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        names: list[str] = []

        def refuse(self: Any) -> int:
            names.append(self.extra_headers["Message-ID"])
            raise ConnectionRefusedError("ingen svarer")

        with monkeypatch.context() as patch:
            patch.setattr("django.core.mail.EmailMessage.send", refuse)
            first = send(asked)
        assert first.sent == 0 and first.failed == len(names) > 0
        assert Mail.objects.filter(sent_at=None, attempts=1, last_fault__contains="ingen svarer").count() == len(names)
        assert send(asked, NOW + timedelta(hours=1)).sent == len(names)
        assert sorted(message.extra_headers["Message-ID"] for message in mail.outbox) == sorted(names)

    def test_rights_count_at_sending(self, asked: Round) -> None:
        RoleHolding.objects.filter(person=asked.person("ombud")).update(ends_on=NOW.date() - timedelta(days=1))
        send(asked)
        assert to(asked, "ombud") == []

    def test_who_has_left_gets_nothing(self, asked: Round) -> None:
        person = asked.person("ombud")
        person.is_active = False
        person.save()
        send(asked)
        assert to(asked, "ombud") == []

    def test_old_news_is_not_sent(self, asked: Round) -> None:
        assert send(asked, NOW + timedelta(days=15)) == Sent(0, 0)

    def test_an_answer_given_meanwhile_makes_the_mail_needless(self, asked: Round) -> None:
        hearings.give_statement(
            actor=asked.world.actor("ombud"), now=NOW, consultee_id=asked.consultee.pk, position="no_remarks"
        )
        send(asked)
        assert to(asked, "ombud") == []

    def test_a_title_cannot_add_headers(self, asked: Round) -> None:
        Notice.objects.filter(kind="hearing").update(title="Hei\r\nBcc: alle@prove.example")
        send(asked)
        (message,) = to(asked, "ombud")
        assert "\n" not in message.subject
        assert message.recipients() == [asked.person("ombud").email]


@pytest.mark.usefixtures("today")
class TestLink:
    def address(self, asked: Round) -> str:
        send(asked)
        return link_of(to(asked, "ombud")[0])

    def test_answered_without_a_password(self, asked: Round) -> None:
        address, client = self.address(asked), Client()
        page = client.get(address)
        assert page.status_code == 200
        assert "Er dette trygt?" in page.content.decode()
        assert Statement.objects.count() == 0
        answer = client.post(address, GOOD)
        assert answer.status_code == 200, answer.content.decode()
        statement = Statement.objects.get()
        assert (statement.text, statement.by_link, statement.given_by) == (
            "Ta med sletting.",
            True,
            asked.person("ombud"),
        )
        assert "sessionid" not in client.cookies

    def test_reading_it_a_hundred_times_changes_nothing(self, asked: Round) -> None:
        address, client = self.address(asked), Client()
        for _ in range(5):
            client.get(address)
            client.head(address)
        assert MailLink.objects.get().used_at is None

    def test_only_a_hash_is_kept(self, asked: Round) -> None:
        secret = self.address(asked).rstrip("/").rsplit("/", 1)[1]
        link = MailLink.objects.get()
        assert secret not in str(vars(link))
        assert "digest" not in link.snapshot()

    def test_a_second_use_is_refused(self, asked: Round) -> None:
        address, client = self.address(asked), Client()
        client.post(address, GOOD)
        answer = client.post(address, {**GOOD, "text": "Noe annet."})
        assert answer.status_code == 409
        assert "Lenken er brukt" in answer.content.decode()
        assert Statement.objects.count() == 1

    def test_a_fault_in_the_form_does_not_spend_it(self, asked: Round) -> None:
        address, client = self.address(asked), Client()
        for faulty in ({"position": "conditions"}, {"position": "tull"}, {}):
            answer = client.post(address, faulty)
            assert answer.status_code == 422, faulty
        assert MailLink.objects.get().used_at is None
        assert client.post(address, GOOD).status_code == 200

    def test_an_altered_secret_is_nothing(self, asked: Round) -> None:
        address = self.address(asked)
        letter = "A" if address[-2] != "A" else "B"
        for wrong in (address[:-2] + letter + "/", "/svar/finnes-ikke/abc/", f"/svar/{asked.world.tenant.slug}/æøå/"):
            assert Client().post(wrong, GOOD).status_code == 404

    def test_another_tenants_secret_is_nothing(self, asked: Round) -> None:
        from tests.support import make_tenant

        address = self.address(asked)
        other = make_tenant()
        assert Client().get(address.replace(asked.world.tenant.slug, other.slug)).status_code == 404

    def test_another_purpose_is_nothing(self, asked: Round) -> None:
        address = self.address(asked)
        MailLink.objects.update(purpose="minutes.approve")
        assert Client().post(address, GOOD).status_code == 404

    def test_too_old_is_refused(self, asked: Round, monkeypatch: pytest.MonkeyPatch) -> None:
        address = self.address(asked)
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=14 + 31))
        assert Client().post(address, GOOD).status_code == 409

    def test_the_role_gone_is_refused(self, asked: Round) -> None:
        address = self.address(asked)
        RoleHolding.objects.filter(person=asked.person("ombud")).update(ends_on=NOW.date() - timedelta(days=1))
        assert Client().post(address, GOOD).status_code == 403
        assert Statement.objects.count() == 0

    def test_a_newer_mail_replaces_the_link(self, asked: Round) -> None:
        address = self.address(asked)
        later = NOW + timedelta(days=8)
        actions.remind(actor=asked.system(), now=later)
        send(asked, later)
        newer = link_of(to(asked, "ombud")[1])
        assert Client().post(address, GOOD).status_code == 409
        assert Client().post(newer, GOOD).status_code == 200

    def test_nothing_exempt_goes_by_link(self, asked: Round) -> None:
        address = self.address(asked)
        Client().post(address, {**GOOD, "exempt": "on", "legal_basis": "offl. § 13"})
        assert Statement.objects.get().exempt is False

    def test_a_closed_hearing_takes_no_answer(self, asked: Round) -> None:
        address = self.address(asked)
        asked.treat("sekretaer", "ferdig", NOW + timedelta(days=20))
        assert Client().get(address).status_code == 404


@pytest.mark.usefixtures("today")
class TestDaily:
    def test_does_the_day_and_says_so(self, asked: Round, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("daily", tenant=asked.world.tenant.slug)
        assert "e-poster sendt" in capsys.readouterr().out
        assert to(asked, "ombud")

    def test_an_unknown_tenant_is_named(self, db: None) -> None:
        from django.core.management.base import CommandError

        with pytest.raises(CommandError, match="«finnes-ikke»"):
            call_command("daily", tenant="finnes-ikke")
