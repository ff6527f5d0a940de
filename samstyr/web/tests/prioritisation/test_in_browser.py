"""A round in a real browser: each page looked at with axe at two widths, and the sheet filled in from the keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from samstyr.foundation.kernel import clock
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.wheel.prioritisation import queries
from samstyr.wheel.prioritisation.models import Score
from samstyr.wheel.prioritisation.tests.factories import DAY, LEADER, World, at, coarse
from tests.support import make_tenant
from tests.walks.conftest import look

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_round_from_the_keyboard_to_the_ranking(
    chromium: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(DAY))
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        made = World(tenant)
        row = made.round(capacity=3)
        entry = made.commit(made.entry(row, "Flyt av sykemeldinger"))
        clients = {who: made.client(who) for who in (LEADER, "helse")}
        aside = made.entry(row, "Åpne data fra byen")
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(15_000)

    def be(who: str) -> None:
        cookie = clients[who].cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])

    def see(name: str, *keys: object, query: str = "") -> None:
        page.goto(reverse(name, args=[tenant.slug, *keys]) + query)
        look(page, f"{name}-{row.state}")

    be(LEADER)
    see("round-list")
    see("round-open")
    see("round-manage", row.pk)
    see("round-detail", row.pk)
    see("round-agree", row.pk, entry.pk)
    be("helse")
    page.goto(reverse("round-score", args=[tenant.slug, row.pk]))
    page.locator(f"#row-{entry.pk} input[type=radio]").first.focus()
    for digit in "1333":
        page.keyboard.press(digit)
    page.get_by_text("Lagret").first.wait_for()
    page.get_by_text("1 av 5").wait_for()
    page.locator(f"#row-{aside.pk} textarea").fill("Jeg har meldt det inn.")
    page.locator(f"#row-{aside.pk} summary").click()
    look(page, "round-score")
    page.locator(f"#row-{aside.pk} button[name=aside]").click()
    page.get_by_text("Du står utenfor").wait_for()
    look(page, "round-score-aside")
    page.locator(f"#row-{aside.pk} button[name=back]").click()
    page.get_by_text("Du står utenfor").wait_for(state="detached")
    with tenant_scope(tenant.pk):
        own = dict(Score.objects.filter(entry=entry).values_list("question", "level"))
        assert own == coarse((1, 3, 3, 3))
        made.agreed(row)
        row.refresh_from_db()
        first = queries.entries_of(row)[0]
    be(LEADER)
    see("round-detail", row.pk)
    see("round-agree", row.pk, first.pk)
    page.keyboard.press("Alt+n")
    page.get_by_text("Behov 2 av 5").wait_for()
    with tenant_scope(tenant.pk):
        row = made.close(row)
    see("round-ranking", row.pk)
    page.locator("details.more summary").first.click()
    look(page, "round-ranking-arithmetic")
    see("round-robustness", row.pk)
    see("round-agree", row.pk, first.pk)
    context.close()
