"""The landing page, the wheel, search, help and one's own password, and the way between arrangements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from samstyr.foundation.governance.models import ModelVersion
from samstyr.foundation.kernel import clock
from samstyr.foundation.organisations.tests.factories import log_in, make_person
from samstyr.foundation.tenancy.models import Account, Membership
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.wheel.needs import actions as needs
from tests.requirements.joint import ASSESSMENT, INTAKE, RECEIPT, Joint, at, joint
from tests.support import make_tenant

OnDay = Callable[[date], None]
DIRECTOR = "sector_director:birkenes:helse"
DUE = date(2025, 3, 31)
OLD, NEW = "tolv-lange-ord-7", "helt-andre-ord-31"


@pytest.fixture
def made(db: None) -> Iterator[Joint]:
    with joint() as ready:
        yield ready


@pytest.fixture(autouse=True)
def on_day(monkeypatch: pytest.MonkeyPatch) -> OnDay:
    def move(day: date) -> None:
        monkeypatch.setattr(clock, "now", lambda: at(day))

    move(ASSESSMENT)
    return move


def get(made: Joint, who: str, address: str = "") -> Any:
    return made.client(who).get(f"/o/{made.tenant.slug}/{address}")


def page(made: Joint, who: str, address: str = "") -> str:
    """What is the page's own, without the frame around it."""
    answer = get(made, who, address)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode()).split("<main", 1)[1].split("</main>", 1)[0]


class TestMyTasks:
    def groups(self, made: Joint, who: str = DIRECTOR) -> dict[str, list[str]]:
        return {label: [task.case.title for task in tasks] for label, _tone, tasks in get(made, who).context["groups"]}

    def test_when_nothing_waits_it_says_so(self, made: Joint) -> None:
        assert "Ingenting venter på deg" in page(made, "service:birkenes")

    @pytest.mark.parametrize(
        ("day", "group"),
        [
            (DUE - timedelta(days=8), "Senere"),
            (DUE - timedelta(days=7), "Innen en uke"),
            (DUE, "Innen en uke"),
            (DUE + timedelta(days=1), "Over fristen"),
        ],
    )
    def test_what_waits_is_sorted_by_how_it_presses(self, made: Joint, on_day: OnDay, day: date, group: str) -> None:
        made.need(title="Varsling")
        on_day(day)
        assert self.groups(made) == {group: ["Varsling"]}

    def test_it_waits_for_the_one_whose_area_it_is_and_no_other(self, made: Joint) -> None:
        made.need(title="Varsling")
        for who in ("sector_director:birkenes:kultur", "sector_director:lillesand:helse", "it_lead"):
            assert self.groups(made, who) == {}

    def test_what_is_done_no_longer_waits(self, made: Joint) -> None:
        need = made.need()
        made.move(need, DIRECTOR, "send", ASSESSMENT, reason="Viktig.")
        assert self.groups(made) == {}
        assert list(self.groups(made, "it_lead").values()) == [[need.title]]

    def test_a_hearing_waits_for_those_it_asks(self, made: Joint, on_day: OnDay) -> None:
        need = made.on_hearing_step(title="Lånekort")
        row = made.ask(need, ("arkiv", "birkenes")).consultees.get()
        on_day(RECEIPT)
        assert "Uttalelser du er bedt om" in page(made, "archive_manager:birkenes")
        assert "Lånekort" not in page(made, "archive_manager:lillesand")
        made.answer("archive_manager:birkenes", row, "support")
        assert "Uttalelser du er bedt om" not in page(made, "archive_manager:birkenes")

    def test_ones_own_drafts_stand_there_and_nobody_elses(self, made: Joint) -> None:
        by = {"actor": made.actor("service:birkenes", INTAKE), "now": at(INTAKE)}
        needs.create_draft(**by, values=made.values(title="Halvferdig"))
        assert "Halvferdig" in page(made, "service:birkenes")
        for who in ("service:lillesand", DIRECTOR, "it_lead"):
            assert "Halvferdig" not in page(made, who)

    def test_before_a_model_is_adopted_one_is_told(self, made: Joint) -> None:
        assert "Ingen styringsmodell er tatt i bruk" not in page(made, "it_lead")
        ModelVersion.objects.all().delete()
        assert "Ingen styringsmodell er tatt i bruk" in page(made, "it_lead")
        assert get(made, "it_lead", "aarshjul/").status_code == 403
        assert get(made, "it_lead", "hjelp/").status_code == 200


class TestWheel:
    def test_it_shows_each_period_with_the_present_one_marked(self, made: Joint) -> None:
        shown = page(made, "service:birkenes", "aarshjul/")
        for name in ("Innspill til kommunalsjefer", "Kommunalsjef vurderer", "Behandling i budsjettprosessen"):
            assert name in shown
        groups = get(made, "it_lead", "aarshjul/").context["groups"]
        current = [row.line.placed.laid.key for group in groups for row in group.rows if row.current]
        assert current == ["mars"]

    def test_the_years_meetings_stand_in_it_and_no_other_years(self, made: Joint) -> None:
        made.plan_meeting("digitaliseringsforum", date(2025, 4, 24))
        made.plan_meeting("digitaliseringsforum", date(2026, 4, 23))
        days = [row.held_on for row in get(made, "it_lead", "aarshjul/").context["meetings"]]
        assert days == [date(2025, 4, 24)]

    def test_who_has_no_right_to_the_model_is_refused(self, made: Joint) -> None:
        assert get(made, "archive_manager:birkenes", "aarshjul/").status_code == 403


class TestSearch:
    def found(self, made: Joint, who: str, text: str) -> tuple[list[str], list[str]]:
        context = made.client(who).get(f"/o/{made.tenant.slug}/sok/", {"q": text}).context
        return [need.title for need in context["needs"]], [case.title for case in context["cases"]]

    def test_each_finds_what_they_may_see(self, made: Joint) -> None:
        made.need(title="Varsling ved fall")
        made.need("lillesand", title="Varsling i svømmehallen")
        both = ["Varsling i svømmehallen", "Varsling ved fall"]
        assert [sorted(names) for names in self.found(made, "it_lead", "varsling")] == [both, both]
        assert self.found(made, "service:birkenes", "varsling") == (["Varsling ved fall"], ["Varsling ved fall"])
        assert self.found(made, "archive_manager:birkenes", "varsling") == ([], [])

    def test_every_word_must_be_there(self, made: Joint) -> None:
        made.need(title="Varsling ved fall")
        assert self.found(made, "it_lead", "varsling fall") != ([], [])
        assert self.found(made, "it_lead", "varsling romfart") == ([], [])

    def test_a_case_is_found_by_its_number(self, made: Joint) -> None:
        need = made.need(title="Kart")
        case = made.case(need)
        assert self.found(made, "it_lead", f"{case.year}/{case.number}")[1] == ["Kart"]
        assert self.found(made, "it_lead", f"{case.year - 1}/{case.number}")[1] == []

    def test_a_draft_is_its_writers_alone(self, made: Joint) -> None:
        by = {"actor": made.actor("service:birkenes", INTAKE), "now": at(INTAKE)}
        needs.create_draft(**by, values=made.values(title="Halvferdig"))
        assert self.found(made, "service:birkenes", "halvferdig")[0] == ["Halvferdig"]
        assert self.found(made, "it_lead", "halvferdig") == ([], [])

    @pytest.mark.parametrize(
        "text", ["", "   ", "\0", "²/³", "99999999/9", "%", "_", "'; --", "/", "x" * 5000, "2025/1/1"]
    )
    def test_whatever_is_typed_is_answered(self, made: Joint, text: str) -> None:
        made.need()
        assert self.found(made, "it_lead", text) == ([], [])

    def test_a_long_answer_leads_to_the_whole_list(self, made: Joint) -> None:
        for number in range(26):
            made.need(title=f"Kart {number}")
        answer = made.client("it_lead").get(f"/o/{made.tenant.slug}/sok/", {"q": "kart"})
        assert len(answer.context["needs"]) == len(answer.context["cases"]) == 25
        assert "behov/?q=kart" in answer.content.decode() and "saker/?q=kart" in answer.content.decode()


class TestPassword:
    def change(self, client: Client, slug: str, **changes: str) -> Any:
        given = {"old_password": OLD, "new_password1": NEW, "new_password2": NEW, **changes}
        return client.post(f"/o/{slug}/passord/", given)

    @pytest.fixture
    def client(self, made: Joint) -> Client:
        client = made.client("it_lead")
        account = made.who("it_lead").account
        assert account is not None
        account.set_password(OLD)
        account.save()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def test_it_is_changed_and_one_stays_logged_in(self, made: Joint, client: Client) -> None:
        assert self.change(client, made.tenant.slug).status_code == 302
        assert client.get(f"/o/{made.tenant.slug}/").status_code == 200
        account = Account.objects.get(pk=made.who("it_lead").account_id)
        assert account.check_password(NEW) and not account.check_password(OLD)

    @pytest.mark.parametrize(
        "changes", [{"old_password": "feil"}, {"new_password2": "noe-annet-ord-5"}, {"new_password1": "kort", "new_password2": "kort"}]
    )  # fmt: skip
    def test_a_wrong_old_one_or_a_poor_new_one_changes_nothing(
        self, made: Joint, client: Client, changes: dict[str, str]
    ) -> None:
        answer = self.change(client, made.tenant.slug, **changes)
        assert answer.status_code != 302
        assert Account.objects.get(pk=made.who("it_lead").account_id).check_password(OLD)


class TestBetweenArrangements:
    def test_who_is_in_one_goes_straight_there(self, made: Joint) -> None:
        assert made.client("it_lead").get("/").headers["Location"] == f"/o/{made.tenant.slug}/"

    def test_who_is_in_two_chooses_and_who_is_in_none_is_told(self, made: Joint) -> None:
        client, other = made.client("it_lead"), make_tenant()
        account = made.who("it_lead").account
        with tenant_scope(other.pk):
            Membership.objects.create(account=account, tenant=other)
        shown = client.get("/").content.decode()
        assert f"/o/{made.tenant.slug}/" in shown and f"/o/{other.slug}/" in shown
        alone = Client()
        alone.force_login(
            Account.objects.create_user("alene@prove.example", None, name="Alene"),
            backend="django.contrib.auth.backends.ModelBackend",
        )
        assert "Du er ikke med i noen styringsordning" in alone.get("/").content.decode()

    def test_another_arrangement_and_one_that_never_was_look_alike(self, made: Joint) -> None:
        other, client = make_tenant(), made.client("it_lead")
        foreign, never = client.get(f"/o/{other.slug}/"), client.get("/o/finnes-ikke/")
        assert foreign.status_code == never.status_code == 404
        assert other.name not in foreign.content.decode()

    def test_who_has_left_no_longer_comes_in(self, made: Joint) -> None:
        person = make_person("Sluttet", organisation=made.organisations["birkenes"])
        client = log_in(Client(), person)
        assert client.get(f"/o/{made.tenant.slug}/").status_code == 200
        person.is_active = False
        person.save()
        assert client.get(f"/o/{made.tenant.slug}/").status_code == 404

    def test_who_has_logged_out_is_asked_to_log_in_and_comes_back(self, made: Joint) -> None:
        client = made.client("it_lead")
        client.post("/logg-ut/")
        answer = client.get(f"/o/{made.tenant.slug}/saker/")
        assert answer.headers["Location"] == f"/logg-inn/?next=/o/{made.tenant.slug}/saker/"

    @pytest.mark.parametrize("referer", ["https://ond.example/", "//ond.example/", ""])
    def test_a_change_of_language_never_leads_elsewhere(self, db: None, referer: str) -> None:
        answer = Client().post("/sprak/", {"language": "nn"}, headers={"referer": referer})
        assert answer.headers["Location"] == "/"

    def test_a_language_there_is_none_of_is_not_kept(self, db: None) -> None:
        client = Client()
        client.post("/sprak/", {"language": "tlh"})
        assert "tlh" not in str(client.cookies)


def test_help_is_told_in_the_models_own_words(made: Joint) -> None:
    assert "Innspill til kommunalsjefer" in page(made, "service:birkenes", "hjelp/")
