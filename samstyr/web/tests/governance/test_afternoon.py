"""An afternoon in a real browser: from nothing to a model in force by forms alone, and a need sent along it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.governance.queries import current_model, findings_of
from samstyr.foundation.governance.rules.editing.dumping import dump
from samstyr.foundation.governance.rules.editing.starting import empty_model
from samstyr.foundation.kernel import clock
from samstyr.foundation.organisations.models import Organisation, Person, RoleHolding, Unit
from samstyr.foundation.tenancy.models import Account, Membership, Tenant
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.casework.models import Case
from samstyr.wheel.needs.models import Need
from tests.support import make_tenant
from tests.walks.conftest import look

from .conftest import keep

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 2, 10, 11, 0, tzinfo=UTC)


class Afternoon:
    """Somebody at the editor, who knows the fields by their labels."""

    def __init__(self, page: Any, tenant: Tenant) -> None:
        self.page, self.tenant, self.base = page, tenant, ""

    def go(self, place: str) -> None:
        self.page.goto(f"{self.base}?sted={place}")

    def field(self, place: str) -> Any:
        return self.page.locator(f'[name="v.{place}"]').last

    def fill(self, **values: str) -> None:
        """Write in the page's fields, by the last word of their place; each is saved as it is left."""
        for name, value in values.items():
            found = self.page.locator(f'[name$=".{name}"]:not([type=hidden])').first
            with self.page.expect_response(lambda answer: answer.request.method == "POST"):
                if found.evaluate("node => node.tagName") == "SELECT":
                    found.select_option(value)
                else:
                    found.fill(value)
                    found.blur()

    def choose(self, name: str, value: str) -> None:
        """Choose something that changes which fields there are: the page comes anew."""
        with self.page.expect_navigation():
            self.page.locator(f'[name="v.{name}"]').select_option(value)

    def add(self, place: str, name: str = "") -> None:
        if name:
            self.page.locator(f'[name="new|{place}"]').fill(name)
        with self.page.expect_navigation():
            self.page.locator(f'button[value="add|{place}"]').click()

    def tick(self, place: str, value: str) -> None:
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            self.page.locator(f'[name="v.{place}"][value="{value}"]').check()

    def set(self, place: str, value: str) -> None:
        """Write in one field by its whole place."""
        found = self.field(place)
        found.evaluate("node => node.closest('details:not([open])')?.setAttribute('open', '')")
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            if found.evaluate("node => node.tagName") == "SELECT":
                found.select_option(value)
            else:
                found.fill(value)
                found.blur()

    def close_to(self, name: str) -> None:
        look(self.page, f"editor-{name}")


@pytest.fixture
def lilleby(monkeypatch: pytest.MonkeyPatch) -> tuple[Tenant, Client, Person]:
    """A municipality with one person, who keeps a model that says nothing but that."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        home = Organisation(slot="lilleby", name="Lilleby kommune", short_name="Lilleby", kind="municipality")
        home.save()
        unit = Unit(name="Bibliotek", organisation=home)
        unit.save()
        account = Account.objects.create_user(f"a-{tenant.slug}", None, name="Administrator")
        Membership.objects.create(account=account, tenant=tenant)
        person = Person(name="Administrator", email="a@prove.example", organisation=home, unit=unit, account=account)
        person.save()
        RoleHolding(role="administrator", person=person, organisation=home, starts_on=date(2020, 1, 1)).save()
        text = dump(empty_model("Før", [("lilleby", "municipality", "Lilleby kommune")], "Administrator", "Alt"))
        keep(text, 1, valid_from=date(2020, 1, 1), adopted_by="Ingen ennå")
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return tenant, client, person


def test_an_afternoon(chromium: Any, live_server: Any, lilleby: tuple[Tenant, Client, Person]) -> None:
    tenant, client, person = lilleby
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.on("dialog", lambda dialog: dialog.accept())
    one = Afternoon(page, tenant)
    _whole(one, tenant, person)
    context.close()


def _whole(one: Afternoon, tenant: Tenant, person: Person) -> None:
    _begins(one)
    _roles_and_body(one)
    _path(one)
    _wheel_and_criteria(one)
    _checks_and_tries(one)
    _adopts(one)
    with tenant_scope(tenant.pk):
        row = ModelVersion.objects.get(number=2)
        assert row.state == ModelState.ADOPTED, row.text
        assert [item for item in findings_of(row) if item.severity == "error"] == []
        assert (row.adopted_by, row.case_number, row.adopted_on) == ("Kommunestyret", "12/26", date(2026, 2, 5))
        model = current_model(NOW.date())
        assert model is not None and [step.key for step in model.paths[0].steps] == ["vurdering", "rad", "vedtak"]
        RoleHolding(
            role="leder", person=person, organisation=person.organisation, unit=person.unit, starts_on=date(2020, 1, 1)
        ).save()
    _sends_a_need(one)
    with tenant_scope(tenant.pk):
        need = Need.objects.get()
        case = Case.objects.get(subject_id=need.pk)
        assert (case.path, case.model_version_id) == ("fra-behov-til-vedtak", row.pk)


def _begins(one: Afternoon) -> None:
    page = one.page
    page.goto(reverse("model-drafts", args=[one.tenant.slug]))
    one.close_to("drafts-empty")
    page.get_by_label("Navn på modellen").fill("Styringsmodell for Lilleby")
    page.get_by_role("button", name="Lag utkast").click()
    page.wait_for_url("**/rediger/")
    one.base = page.url
    one.close_to("overview-new")
    one.go("om")
    one.set("text", "Slik styrer vi digitaliseringen i Lilleby.")
    one.add("source")
    one.set("source.title", "Reglement for digitalisering")
    one.set("source.issuer", "Lilleby kommune")
    one.close_to("about")


def _roles_and_body(one: Afternoon) -> None:
    one.go("roles")
    for name, tasks, rights in (
        ("Leder", "Melder behov fra tjenesten", {"need.create": "unit", "need.read": "unit", "model.read": "tenant"}),
        (
            "Rådgiver",
            "Vurderer behov\nForbereder møtene",
            {"need.read": "tenant", "case.read": "tenant", "model.read": "tenant"},
        ),
    ):
        one.go("roles")
        one.add("roles", name)
        number = 1 if name == "Leder" else 2
        one.set(f"roles.{number}.tasks", tasks)
        one.set(f"roles.{number}.appointed_by", "administrator")
        if name == "Leder":
            one.set(f"roles.{number}.scope", "unit")
        for act, reach in rights.items():
            one.set(f"roles.{number}.rights#set:{act}", reach)
    one.close_to("role")
    one.go("roles")
    one.close_to("roles")
    one.go("bodies")
    one.add("bodies", "Ledergruppen")
    one.set("bodies.0.chair", "administrator")
    one.set("bodies.0.secretary", "radgiver")
    one.set("bodies.0.convener", "administrator")
    one.set("bodies.0.tasks", "Vedtar behov")
    one.add("bodies.0.frequency")
    one.set("bodies.0.frequency.times", "10")
    one.add("bodies.0.mandate")
    one.set("bodies.0.mandate.0.kind", "adopt")
    one.tick("bodies.0.mandate.0.subjects", "need")
    one.close_to("body")
    one.add("bodies.0.versions")
    one.set("bodies.0.versions.0.size", "3")
    one.add("bodies.0.versions.0.groups", "Kommunalsjefer")
    one.set("bodies.0.versions.0.groups.0.count", "3")
    one.set("bodies.0.versions.0.groups.0.organisation", "lilleby")
    one.set("bodies.0.versions.0.groups.0.appointed_by", "administrator")
    one.close_to("group")


def _path(one: Afternoon) -> None:
    one.go("paths")
    one.add("paths", "Fra behov til vedtak")
    steps = (
        ("Vurdering", "assess", "assess", [("Send videre", "advance"), ("Send tilbake", "return")]),
        ("Råd", "advise", "advise", [("Anbefal", "advance"), ("Fraråd", "advance")]),
        ("Vedtak", "decide", "adopt", [("Ja", "end_positive"), ("Nei", "reject")]),
    )
    for number, (name, kind, decides, outcomes) in enumerate(steps):
        one.go("paths.0")
        one.add("paths.0.steps", name)
        here = f"paths.0.steps.{number}"
        one.set(f"{here}.kind", kind)
        one.set(f"{here}.decides", decides)
        if kind == "decide":
            one.set(f"{here}.actor.body", "ledergruppen")
            one.choose(f"{here}.deadline#kind", "meeting")
            one.set(f"{here}.deadline.body", "ledergruppen")
            one.set(f"{here}.window", "") if one.field(f"{here}.window").count() else None
            one.add(f"{here}.decision")
            one.set(f"{here}.decision.rule", "consensus_else_chair")
        else:
            one.set(f"{here}.actor.role", "radgiver")
            one.set(f"{here}.actor.reach", "tenant")
            one.choose(f"{here}.deadline#kind", "working_days")
            one.set(f"{here}.deadline.days", "10")
        for at, (outcome, effect) in enumerate(outcomes):
            one.add(f"{here}.outcomes", outcome)
            one.set(f"{here}.outcomes.{at}.effect", effect)
            if effect in ("return", "reject"):
                one.tick(f"{here}.outcomes.{at}.requires", "reason")
        if number == 0:
            one.close_to("step")
    one.go("paths.0")
    one.close_to("path")
    one.go("need_form")
    one.add("need_form")
    one.set("need_form.path", "fra-behov-til-vedtak")
    one.close_to("need-form")


def _wheel_and_criteria(one: Afternoon) -> None:
    one.go("wheel")
    one.close_to("wheel-absent")
    one.add("wheel")
    one.add("wheel.periods", "Innmelding")
    one.set("wheel.periods.0.starts.month", "1")
    one.set("wheel.periods.0.starts.day", "1")
    one.set("wheel.periods.0.ends.month", "3")
    one.set("wheel.periods.0.ends.day", "31")
    one.set("wheel.periods.0.owner", "radgiver")
    one.close_to("period")
    one.go("criteria")
    one.add("criteria", "Prioritering")
    for number, name in enumerate(("Lav", "Høy")):
        one.add("criteria.0.scale", name)
        one.set(f"criteria.0.scale.{number}.number", str(number + 1))
    one.tick("criteria.0.scorers", "radgiver")
    for name in ("Nytte", "Kostnad"):
        one.go("criteria.0")
        one.add("criteria.0.criteria", name)
        one.fill(polarity="positive" if name == "Nytte" else "negative")
    one.go("criteria.0")
    one.set("criteria.0.criteria.0.weight", "60")
    one.page.get_by_text("Vektene blir 60 av 100.").wait_for()
    one.page.get_by_text("blir 60").first.wait_for()
    one.set("criteria.0.criteria.1.weight", "40")
    one.page.get_by_text("Vektene blir 100 av 100.").wait_for()
    one.close_to("criteria")


def _checks_and_tries(one: Afternoon) -> None:
    page = one.page
    page.goto(one.base)
    one.close_to("overview")
    assert page.get_by_text("Modellen kan vedtas").count() == 1, page.locator("#merknader").inner_text()
    page.get_by_role("link", name="Prøvekjør").click()
    page.get_by_text("Saken ender med «Ja»").wait_for()
    one.close_to("dry-run")
    page.get_by_label("Utfall av «Vedtak»").select_option("nei")
    page.get_by_text("Saken ender med «Nei»").wait_for()
    page.goto(one.base.replace("rediger/", "forskjell/"))
    page.get_by_text("Ledergruppen").first.wait_for()
    one.close_to("difference")
    page.goto(f"{one.base}historikk/")
    one.close_to("history")


def _adopts(one: Afternoon) -> None:
    page = one.page
    page.goto(one.base)
    page.get_by_role("link", name="Før inn et vedtak").click()
    page.get_by_label("Vedtatt av").fill("Kommunestyret")
    page.get_by_label("Vedtatt dato").fill("2026-02-05")
    page.get_by_label("Gjelder fra").fill("2026-02-10")
    page.get_by_label("Saksnummer").fill("12/26")
    page.get_by_role("button", name="Vedta").click()
    page.get_by_text("Gjelder nå").first.wait_for()


def _sends_a_need(one: Afternoon) -> None:
    page = one.page
    page.goto(reverse("need-create", args=[one.tenant.slug]))
    page.locator("#id_title").fill("Lånekort på mobilen")
    page.locator("#id_unit").select_option(label="Bibliotek")
    for name in ("need", "affected", "effect"):
        page.locator(f"#id_{name}").fill("Biblioteket fører lånekort på papir.")
    page.get_by_role("button", name="Se over og send inn").click()
    page.get_by_role("button", name="Send inn").click()
    page.wait_for_url("**/kvittering/")
