"""The pages about the plan's money in a real browser: each looked at with axe, and the walk about money done by hand."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from samstyr.foundation.kernel import clock
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.wheel.portfolio import actions, queries
from samstyr.wheel.portfolio.actions import GrantValues
from samstyr.wheel.portfolio.rules.lines import Cost
from samstyr.wheel.portfolio.tests.factories import World, at
from tests.support import make_tenant
from tests.walks.conftest import look

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TODAY = date(2026, 6, 1)
OFFICER = "budget_officer:birkenes"


def prepared(made: World) -> dict[str, Any]:
    """An adopted plan with money, and the draft of the next one."""
    by = {"actor": made.actor("budget_officer", TODAY), "now": at(TODAY)}
    lead = {"actor": made.actor("it_lead", TODAY), "now": at(TODAY)}
    old = made.adopted(made.line(), made.line("Velferdsteknologi"))
    row = queries.lines_of(old)[0]
    own = made.organisations["birkenes"].pk
    actions.set_frame(**by, plan_id=old.plan_id, source="operating_budget", year=2026, amount=500_000)
    actions.set_budget_state(
        **by,
        plan_id=old.plan_id,
        line_key=row.line_key,
        year=2026,
        state="granted",
        amount=100_000,
        organisation_id=own,
    )
    actions.appropriate(
        **by,
        plan_id=old.plan_id,
        body="Kommunestyret",
        granted=True,
        year=2026,
        amount=4_000_000,
        purpose="Digitalisering",
    )
    grant = actions.write_grant(
        **lead, plan_id=old.plan_id, values=GrantValues("DigiFin", "Felles arkiv", 2026, 900_000)
    )
    actions.nominate(**lead, plan_id=old.plan_id, source="loan", year=2027, title="Nytt nett", nominated_by="Teknisk")
    actions.ask_participation(
        **lead, plan_id=old.plan_id, line_key=row.line_key, deadline=date(2026, 9, 1),
        organisations=tuple(made.organisations[slot].pk for slot in ("birkenes", "lillesand")),
    )  # fmt: skip
    costs = (Cost(2027, "operating", "operating_budget", 400_000), Cost(2028, "investment", "loan", 90_000))
    new = actions.open_draft(**lead, first_year=2027)
    line = actions.add_line(**lead, version_id=new.pk, line=made.line("Ny portal", costs=costs))
    actions.set_frame(**by, plan_id=new.plan_id, source="", year=2027, amount=100_000)
    return {"old": old.pk, "row": row.pk, "grant": grant.pk, "new": new.pk, "line": line.pk}


def test_the_pages_of_money_are_read_and_written_by_hand(
    chromium: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        made = World(tenant)
        made_ = prepared(made)
        clients = {who: made.client(who) for who in (OFFICER, "it_lead")}
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(15_000)

    def be(who: str) -> None:
        cookie = clients[who].cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])

    def see(name: str, *keys: str) -> None:
        page.goto(reverse(name, args=[tenant.slug, *(made_[key] for key in keys)]))
        look(page, name)
        if folder := os.environ.get("SAMSTYR_SHOTS"):
            page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)

    be(OFFICER)
    for name in ("plan-carry", "plan-appropriations", "plan-adopted-budget"):
        see(name, "old")
    see("plan-participation", "old", "row")
    see("plan-money", "old")
    booking = page.locator("form:has(input[value=book])")
    booking.get_by_label("Kilde").select_option("operating_budget")
    booking.get_by_label("Beløp i kroner").fill("120 000")
    booking.get_by_role("button", name="Før beløpet").click()
    page.get_by_text("380 000").first.wait_for()
    be("it_lead")
    for name in ("plan-grants", "plan-nominations"):
        see(name, "old")
    see("plan-grant", "old", "grant")
    for name in ("plan-check", "plan-version-detail", "plan-line-add"):
        see(name, "new")
    for name in ("plan-line-defer", "plan-measure", "plan-participation"):
        see(name, "new", "line")
    see("plan-check", "new")
    decision = page.locator("form:has(input[value=overrun])")
    decision.get_by_label("Kan overskrides").fill("300 000")
    decision.get_by_label("Besluttet av").fill("Samarbeidsorganet")
    decision.get_by_label("Begrunnelse").fill("Lovkrav.")
    decision.get_by_role("button", name="Lagre beslutningen").click()
    page.get_by_text("Besluttede overskridelser").wait_for()
    context.close()
