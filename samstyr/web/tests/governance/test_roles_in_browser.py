"""The pages of bodies, roles and responsibility in a real browser, each looked at with axe at two widths."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from samstyr.foundation.governance.models import ModelVersion
from samstyr.foundation.kernel import clock
from samstyr.foundation.organisations.tests.factories import make_seat, make_seat_holding
from samstyr.foundation.tenancy.scope import tenant_scope
from tests.requirements.roles_world import LONG_AGO, Ruled
from tests.support import make_tenant
from tests.walks.conftest import look

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NOW = datetime(2019, 3, 4, 11, tzinfo=UTC)


def test_chart_roles_coverage_and_the_matrix_changed_from_the_keyboard(
    chromium: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """W8 step 1 and W10 step 6 as pages; W9 step 4 for the model's own matrix."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        made = Ruled(tenant, "bronnoy", date(2019, 3, 4))
        seat = make_seat("styringsgruppen", "radmann", 1, organisation=made.home)
        make_seat_holding(seat, made.people["radmann"], starts_on=LONG_AGO)
        make_seat("styringsgruppen", "utpekte", 1, organisation=made.home)
        made.give("omradesjef", unit="VO1")
        key = made.version.pk
        client = made.client()
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(15_000)

    def see(name: str, *keys: object) -> None:
        page.goto(reverse(name, args=[tenant.slug, *keys]))
        look(page, name)

    see("model-version-chart", key)
    page.locator(".chart-picture a").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="IKT-styringsgruppen", level=1).wait_for()
    see("model-roles")
    see("model-forums")
    assert page.locator("tbody tr").count() == 6
    see("model-coverage")
    see("model-duties")
    see("model-version-matrix", key)
    see("model-matrix-import")
    see("model-document-template")
    see("model-matrix-edit")
    cell = page.locator("select[name='cell-0-it-drift']")
    cell.focus()
    page.keyboard.press("a")
    page.get_by_text("1 rad må rettes").wait_for()
    page.get_by_text("Raden har 2 ansvarlige").wait_for()
    cell.select_option("U")
    page.get_by_text("Alle radene er i orden").wait_for()
    page.get_by_role("button", name="Lagre som utkast").click()
    page.get_by_text("Matrisen er lagret i et utkast").wait_for()
    with tenant_scope(tenant.pk):
        assert ModelVersion.objects.count() == 2
    context.close()
