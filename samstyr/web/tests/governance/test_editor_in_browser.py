"""Pages of a large model in a real browser at both widths, with axe; and the work done by keyboard and without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from samstyr.foundation.governance import bundles
from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.governance.rules.editing.checking import tree_of
from samstyr.foundation.organisations.models import Person
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import tenant_scope
from tests.walks.conftest import look

from .conftest import keep
from .test_afternoon import lilleby  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PAGES = (
    "responsibility", "wheel", "plan", "hearing_bodies", "findings", "project_model", "cooperation", "strategy", "reports",
    "bodies.0", "paths.0.steps.1", "criteria.0", "ranking", "om",
)  # fmt: skip


def opened(chromium: Any, live_server: Any, client: Client, **options: Any) -> Any:
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900}, **options)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(15_000)
    return page


def draft(tenant: Tenant, name: str) -> ModelVersion:
    with tenant_scope(tenant.pk):
        return keep(bundles.text_of(name), 2, ModelState.DRAFT)


def test_every_kind_of_page_can_be_looked_at(
    chromium: Any,
    live_server: Any,
    lilleby: tuple[Tenant, Client, Person],  # noqa: F811
) -> None:
    tenant, client, _person = lilleby
    row = draft(tenant, "bronnoy")
    page = opened(chromium, live_server, client)
    base = f"/o/{tenant.slug}/styringsmodell/{row.pk}/rediger/"
    page.goto(base)
    look(page, "editor-large-overview")
    for place in PAGES:
        page.goto(f"{base}?sted={place}")
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        look(page, f"editor-large-{place}")
    for rest in ("nokkel/?sted=bodies.0", "fjern/?sted=bodies.0"):
        page.goto(base + rest)
        look(page, f"editor-large-{rest.split('/')[0]}")
    page.context.close()


def test_a_thing_is_added_and_named_without_javascript(
    chromium: Any,
    live_server: Any,
    lilleby: tuple[Tenant, Client, Person],  # noqa: F811
) -> None:
    tenant, client, _person = lilleby
    row = draft(tenant, "gjovik")
    page = opened(chromium, live_server, client, java_script_enabled=False)
    page.goto(f"/o/{tenant.slug}/styringsmodell/{row.pk}/rediger/?sted=roles")
    page.locator('[name="new|roles"]').fill("Arkivar")
    page.get_by_role("button", name="Legg til rolle").click()
    page.locator('textarea[name$=".tasks"]').fill("Ordner arkivet")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_text("Utkastet er lagret.").wait_for()
    page.goto(f"/o/{tenant.slug}/styringsmodell/{row.pk}/rediger/?sted=paths.0.steps.0")
    page.locator('select[name="v.paths.0.steps.0.deadline#kind"]').select_option("working_days")
    page.locator('button[value="refresh|paths.0.steps.0.deadline"]').click()
    page.locator('[name="v.paths.0.steps.0.deadline.days"]').fill("7")
    page.get_by_role("button", name="Lagre", exact=True).click()
    with tenant_scope(tenant.pk):
        tree = tree_of(ModelVersion.objects.get(pk=row.pk).text)
    assert (tree["roles"][-1]["key"], tree["roles"][-1]["tasks"]) == ("arkivar", ["Ordner arkivet"])
    assert tree["paths"][0]["steps"][0]["deadline"] == {"kind": "working_days", "days": 7}
    page.context.close()


def test_a_thing_is_added_by_enter_and_typing_saves_by_itself(
    chromium: Any,
    live_server: Any,
    lilleby: tuple[Tenant, Client, Person],  # noqa: F811
) -> None:
    tenant, client, _person = lilleby
    row = draft(tenant, "gjovik")
    page = opened(chromium, live_server, client)
    page.goto(f"/o/{tenant.slug}/styringsmodell/{row.pk}/rediger/?sted=roles")
    page.locator('[name="new|roles"]').focus()
    page.keyboard.type("Arkivar")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator('textarea[name$=".tasks"]').focus()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.type("Ordner arkivet")
    page.get_by_role("button", name="Angre").click()
    page.get_by_text("Utkastet er slik det var").wait_for()
    with tenant_scope(tenant.pk):
        tree = tree_of(ModelVersion.objects.get(pk=row.pk).text)
    assert tree["roles"][-1]["key"] == "arkivar"
    assert "tasks" not in tree["roles"][-1]
    page.context.close()
