"""Ledgers that serve goals in a real browser: each page looked at with axe at two widths."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from samstyr.foundation.kernel import clock
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.procedure.mandates import actions
from samstyr.procedure.mandates.rules import EntryValues
from tests.requirements.places import at, place
from tests.requirements.workflow import browser
from tests.walks.conftest import look

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DAY, KEEPER = date(2019, 1, 15), "digitaliseringssjef"


def test_from_a_demand_of_last_year_to_a_need(chromium: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(DAY))
    with place("aurskog-holand") as made:
        slug = Tenant.objects.get(pk=require_tenant_id()).slug
        answers = {"ar": "2018", "bindende": "Krav", "kilde": "rundskriv"}
        values = EntryValues(
            "Bruk ID-porten i alle tjenester", text="Innbyggerne logger inn på én måte.", answers=answers
        )
        row = actions.add(**made.by(KEEPER, DAY), ledger="krav", values=values)
        actions.move(**made.by(KEEPER, DAY), entry_id=row.pk, version=row.version, to="ikke")
        days = {"lansert": "2018-12-01", "i-bruk-fra": "2019-01-10"}
        actions.add(**made.by(KEEPER, DAY), ledger="fiks", values=EntryValues("Min side", answers=days))
        client, _start = browser(made, KEEPER, DAY)
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": live_server.url}]
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(15_000)

    def see(name: str, *keys: object) -> None:
        page.goto(reverse(name, args=[slug, *keys]))
        look(page, f"goal-{name}")

    see("strategy-overview")
    see("strategy-basis")
    see("strategy-goal", "dm4")
    see("ledger-list")
    see("ledger-add", "fiks")
    see("ledger-detail", "krav")
    page.get_by_role("link", name="Før videre", exact=True).click()
    look(page, "goal-ledger-carry")
    page.get_by_role("button", name="Før videre").click()
    page.get_by_text("1 oppføring er ført videre.").wait_for()
    look(page, "goal-ledger-carried")
    page.get_by_role("link", name="Bruk ID-porten i alle tjenester").last.click()
    look(page, "goal-ledger-entry")
    page.get_by_role("button", name="Lag behov").click()
    page.get_by_text("Utkastet er lagret og viser til oppføringen").first.wait_for()
    page.go_back()
    page.reload()
    page.get_by_role("heading", name="Behov").wait_for()
    context.close()
