"""Walk W4, steps 1 to 5, in a real browser, every page looked at with axe at two widths."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from samstyr.foundation.kernel import clock
from samstyr.foundation.organisations.tests.factories import log_in
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.wheel.strategy import actions, queries
from tests.requirements.places import Place, at
from tests.support import make_tenant
from tests.walks.conftest import look

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DAY, BEFORE = date(2019, 1, 15), date(2016, 1, 15)
OWNER = "digitaliseringsleder"


def test_w4_a_strategy_is_rolled_mapped_and_its_gaps_are_seen(
    chromium: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(DAY))
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        made = Place("gjovik")
        row = actions.open_draft(**made.by(OWNER, BEFORE), beginning="model")
        values = {"title": "Digitaliseringsstrategi", "first_year": 2016, "last_year": 2019, "revision_months": 12}
        row = actions.save_head(**made.by(OWNER, BEFORE), version_id=row.pk, version=row.version, values=values)
        about = {"body": "Kommunestyret", "on": BEFORE, "reference": "4/16"}
        actions.adopt(**made.by(OWNER, BEFORE), version_id=row.pk, version=row.version, **about)
        client = log_in(Client(), made.people[f"{OWNER}:gjovik"])
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(15_000)

    def go(name: str, *keys: object) -> None:
        page.goto(reverse(name, args=[tenant.slug, *keys]))

    def see(name: str, *keys: object) -> None:
        go(name, *keys)
        look(page, name)

    # 1. The documents as a set, with access level; the strategy's sections.
    see("strategy-overview")
    page.get_by_text("Revisjonen er forfalt").wait_for()
    page.get_by_role("heading", name="Status for digitaliseringsarbeidet").wait_for()
    page.get_by_role("link", name="Dokumenter").click()
    page.get_by_text("IKT-arkitektur i Gjøvik kommune").first.wait_for()
    look(page, "strategy-documents")
    # 2. The strategy is rolled; the overlap is told; a change cites a lesson.
    see("strategy-start")
    page.get_by_label("Strategien som gjelder, rullert til en ny periode").check()
    page.get_by_role("button", name="Begynn").click()
    page.get_by_text("Utkastet er klart til å skrives i.").wait_for()
    look(page, "strategy-draft")
    with tenant_scope(tenant.pk):
        draft = queries.open_version()
        assert draft is not None
    see("strategy-head", draft.pk)
    page.get_by_label("Tittel").fill("Digitaliseringsstrategi 2019–2022")
    page.get_by_label("Første år").fill("2019")
    page.get_by_label("Siste år").fill("2022")
    page.get_by_role("button", name="Lagre").click()
    page.get_by_text("Perioden overlapper den forrige strategien i 2019.").wait_for()
    go("strategy-part", draft.pk, "strategies")
    look(page, "strategy-part")
    page.get_by_role("link", name="Klarspråkprosjektet er gjennomført").click()
    look(page, "strategy-row-edit")
    page.get_by_label("Strategi", exact=True).fill("Klarspråk brukes i alle brev")
    page.get_by_role("button", name="Lagre").click()
    see("strategy-fates", draft.pk)
    page.get_by_role("link", name="Begrunn", exact=False).first.click()
    page.get_by_label("Begrunnelse").fill("Prosjektet er ferdig, nå gjelder det driften.")
    page.get_by_label("Erfaring eller evaluering").fill("Evalueringen av klarspråk 2018")
    look(page, "strategy-fate")
    page.get_by_role("button", name="Lagre").click()
    page.get_by_text("Evalueringen av klarspråk 2018").wait_for()
    # 3. Sources that mirror each other, and one that ends inside the period.
    see("strategy-basis")
    page.get_by_text("Gjentar målene i").wait_for()
    go("strategy-draft", draft.pk)
    page.get_by_text("gjelder bare til 2020, men strategien varer til 2022").wait_for()
    # 4. An own goal is added under a steering goal; a national goal is refused.
    go("strategy-goal-edit", draft.pk, "n1-1")
    page.get_by_text("er et nasjonalt mål, og kan bare leses her").wait_for()
    go("strategy-goal-add", draft.pk)
    look(page, "strategy-goal-add")
    page.get_by_label("Mål", exact=True).fill("Vi unngår nye stillinger")
    page.get_by_role("button", name="Lagre").click()
    page.get_by_role("link", name="Vi unngår nye stillinger").wait_for()
    page.locator("details.row-actions summary").last.click()
    look(page, "strategy-draft-choices")
    page.get_by_role("button", name="Opp", exact=True).last.click()
    page.get_by_text("1 Vi unngår nye stillinger").wait_for()
    # 5. The table: 25 positions, 22 covered; a gap is accepted with a reason.
    see("strategy-crossing")
    page.get_by_text("Aksepter med begrunnelse").first.click()
    look(page, "strategy-gap")
    page.get_by_label("Hvorfor det er greit").fill("Ikke i denne perioden")
    page.get_by_role("button", name="Lagre").click()
    page.get_by_text("Ikke i denne perioden").wait_for()
    see("strategy-history", draft.pk)
    see("strategy-decide", draft.pk)
    page.get_by_label("Organ som vedtok").fill("Kommunestyret")
    page.get_by_label("Vedtatt", exact=True).fill("2019-01-14")
    page.get_by_label("Saksnummer").fill("3/19")
    page.get_by_role("button", name="Før inn vedtaket").click()
    page.get_by_role("button", name="Ja, fortsett").click()
    page.get_by_text("Strategien er vedtatt.").wait_for()
    look(page, "strategy-detail")
    for name in ("strategy-goals", "strategy-versions", "strategy-direction", "strategy-print", "strategy-lost"):
        see(name)
    see("strategy-goal", "s4")
    page.goto(reverse("strategy-compare", args=[tenant.slug]) + f"?fra={row.pk}&til={draft.pk}")
    page.get_by_text("Klarspråk brukes i alle brev").first.wait_for()
    look(page, "strategy-compare")
    context.close()
