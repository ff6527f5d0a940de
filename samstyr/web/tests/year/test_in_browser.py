"""The year in a real browser: each page looked at with axe at two widths, and a period moved and taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from samstyr.foundation.kernel import clock
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.year import actions
from samstyr.procedure.year.models import YearPeriod
from samstyr.wheel.needs import actions as needs
from samstyr.wheel.needs.models import IdeaSession
from samstyr.wheel.prioritisation.tests.factories import DAY, LEADER, TEXT, World, at
from tests.support import make_tenant
from tests.walks.conftest import look

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# What the shipped model does not have, so that the pages have it to show.
DUTIES = """  duties:
    - {key: register, name: Kontaktregisteret tas i bruk, available_from: 2026-01-01, due: 2026-06-30, owner: digitaliseringsleder}
    - {key: gjennomgang, name: Årlig gjennomgang, due: 2026-05-01, every_months: 12, owner: digitaliseringsleder}
"""


def test_the_year_is_made_moved_taken_back_and_reported(
    chromium: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(DAY))
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        made = World(tenant, TEXT.replace("\nneed_form:", DUTIES + "\nneed_form:", 1))
        casework.plan_meeting(**made.by(), body="ledergruppen", held_on=date(2026, 6, 9))
        actions.make_year(**made.by(), year=2025)
        cookie = made.client(LEADER).cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(20_000)

    def see(name: str, *keys: object, query: str = "", shot: str = "") -> None:
        page.goto(reverse(name, args=[tenant.slug, *keys]) + query)
        look(page, shot or name)

    see("wheel", shot="year-not-made")
    see("year-make", query="?ar=2026")
    page.get_by_role("button", name="Lag året 2026").click()
    page.wait_for_url("**/aarshjul/?ar=2026")
    look(page, "year")
    see("wheel", query="?ar=2026&maned=6", shot="year-month")
    with tenant_scope(tenant.pk):
        row = YearPeriod.objects.get(of__year=2026, wheel="", key="prioritering")
    see("year-period", row.pk)
    page.get_by_role("link", name="Flytt perioden").click()
    page.get_by_label("Siste dag").fill("2026-09-30")
    page.get_by_label("Hvorfor flyttes perioden?").fill("Sommeren kom i veien.")
    page.get_by_role("button", name="Se hva som følger med").click()
    page.get_by_text("Det er for sent for").wait_for()
    look(page, "year-move-preview")
    page.get_by_role("button", name="Flytt perioden").click()
    page.get_by_text("Perioden er flyttet").wait_for()
    look(page, "year-period-moved")
    page.get_by_role("button", name="Angre siste flytting").click()
    page.get_by_role("dialog").get_by_role("button").last.wait_for()
    look(page, "year-undo-asks")
    page.locator("dialog[open] button").first.focus()
    with tenant_scope(tenant.pk):
        assert YearPeriod.objects.get(pk=row.pk).ends_on == date(2026, 9, 30), "nothing is done before the answer"
    see("year-duty", "register", "2026-06-30")
    see("year-report", query="?ar=2026")
    see("year-print", query="?ar=2026")
    see("year-plan")
    see("calendar-subscription")
    context.close()


def test_idea_sessions_are_set_up_and_filled_in(
    chromium: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(DAY))
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        made = World(tenant)
        need = made.need("Varsling ved fall")
        cookie = made.client(LEADER).cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(reverse("need-sessions", args=[tenant.slug]) + "?ar=2026")
    look(page, "sessions-empty")
    page.get_by_label("Sektorvise grupper og felles samling til slutt").check()
    page.get_by_role("button", name="Velg arbeidsmåte").click()
    page.get_by_text("Arbeidsmåten er valgt").wait_for()
    look(page, "sessions")
    with tenant_scope(tenant.pk):
        row = IdeaSession.objects.get(joint=True)
        needs.add_ideas(**made.by(), session_id=row.pk, needs=[need.pk])
    page.goto(reverse("need-session", args=[tenant.slug, row.pk]))
    page.get_by_label("Holdt den").fill("2026-05-05")
    page.get_by_label("Ansatte").fill("14")
    page.get_by_role("button", name="Lagre samlingen").click()
    page.get_by_text("Samlingen er lagret").wait_for()
    look(page, "session")
    page.get_by_role("link", name="Før stemmer").click()
    look(page, "session-votes")
    page.goto(reverse("need-sessions", args=[tenant.slug]) + "?ar=2026&vis=liste")
    look(page, "sessions-list")
    page.goto(reverse("need-session-add", args=[tenant.slug]) + "?ar=2026")
    look(page, "session-add")
    context.close()
