"""Reports in a real browser: each page looked at with axe at two widths, and a report written and sent from the keyboard."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from samstyr.foundation.kernel import clock
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.casework.actions import plan_meeting
from samstyr.procedure.meetings import actions as meetings
from samstyr.procedure.meetings.tests.committee import BODY, SECRETARY, at
from samstyr.wheel.reporting import actions
from samstyr.wheel.reporting.models import Report
from samstyr.wheel.reporting.tests.factories import FIGURES, LIGHTS, MONTHLY, OWN, TODAY, Office
from tests.support import make_tenant
from tests.walks.conftest import look

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_report_from_the_list_to_the_receiver(
    chromium: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        made = Office(tenant)
        for number in range(3):
            made.case(f"Felles innlogging {number + 1}", date(2026, 8, 3 + number))
        made.sent("2026-08", date(2026, 9, 5), "Alt i rute.")
        before = made.begun(LIGHTS, "2026-k2", date(2026, 7, 3))
        for key, light, text in (("tid", "green", "På plan."), ("risiko", "yellow", "Lite folk.")):
            made.write(before, key, text, date(2026, 7, 3), light=light)
        made.write(before, FIGURES, "", date(2026, 7, 3), figures={"avvik": "3"})
        actions.send(**made.by(day=date(2026, 7, 3)), report_id=before.pk, version=None)
        day = plan_meeting(**made.by(day=TODAY), body=BODY, held_on=date(2026, 10, 20))
        meetings.prepare_meeting(**made.by(day=TODAY), day_id=day.pk)
        lights = made.begun(LIGHTS, "2026-k3")
        clients = {who: made.client(who) for who in (SECRETARY, "nord1", "leder")}
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(15_000)

    def be(who: str) -> None:
        cookie = clients[who].cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])

    def see(name: str, *keys: object, query: str = "", as_: str = "") -> None:
        page.goto(reverse(name, args=[tenant.slug, *keys]) + query)
        look(page, as_ or name)

    be(SECRETARY)
    see("report-list")
    page.locator(f"#{MONTHLY}").get_by_role("button", name="Begynn").first.click()
    page.get_by_role("heading", level=1).wait_for()
    look(page, "report-edit")
    with tenant_scope(tenant.pk):
        row = Report.objects.get(key=MONTHLY, period="2026-09")
        part = row.parts.get(key=OWN)
    own = page.locator(f"#del-{part.pk} textarea")
    own.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Milepæl 2 er nådd.")
    page.keyboard.press("Tab")
    page.locator(f"#saved-{part.pk}", has_text="Lagret").wait_for()
    own.fill("Milepæl 2 er nådd, og leveransen er godkjent.")
    page.locator(f"#del-{part.pk}").get_by_role("button", name="Lagre").click()
    page.get_by_text("Teksten er lagret.").wait_for()
    see("report-part", part.pk)
    see("report-send", row.pk)
    page.get_by_role("button", name="Send rapporten").click()
    page.locator("dialog#confirm[open] button[value=yes]").click()
    page.get_by_text("står på sakslisten til neste møte").wait_for()
    look(page, "report-detail")
    see("report-correct", row.pk)
    see("report-edit", lights.pk, as_="report-edit-lights")
    with tenant_scope(tenant.pk):
        row.refresh_from_db()
        assert row.state == "sent" and "leveransen er godkjent" in str(row.content)
        made.write(lights, "tid", "To tiltak er forsinket.", light="yellow")
        made.write(lights, "risiko", "Leverandøren har sagt opp.", light="red")
        made.write(lights, FIGURES, "Ett avvik er lukket.", figures={"avvik": "2"})
        lights = actions.send(**made.by(day=TODAY), report_id=lights.pk, version=None)
        row = actions.publish(**made.by(day=TODAY), report_id=row.pk, version=None)
    be("leder")
    see("report-detail", lights.pk, as_="report-detail-lights")
    see("report-compare", lights.pk, as_="report-compare-lights")
    be("nord1")
    see("report-detail", row.pk, query="?for=public", as_="report-detail-public")
    page.goto(reverse("report-detail", args=[tenant.slug, row.pk]))
    page.get_by_label("Merknad").fill("Lest.")
    page.get_by_role("button", name="Kvitter").click()
    page.get_by_text("Kvitteringen er ført").wait_for()
    see("report-compare", row.pk)
    see("report-archive")
    be(SECRETARY)
    see("start", as_="start-reports")
    for view in ("prosjekter", "ikt"):
        see("overview", query=f"?visning={view}", as_=f"overview-{view}")
    context.clear_cookies()
    page.goto(reverse("public-reports", args=[tenant.slug]))
    look(page, "public-reports")
    page.goto(reverse("public-report", args=[tenant.slug, row.pk]))
    look(page, "public-report")
    context.close()
