"""The pages of what a case rests on, in a real browser: each looked at with axe at two widths, the forms filled in by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from samstyr.foundation.kernel import clock
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import require_tenant_id, tenant_scope
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.models import BodyMeeting, Case
from samstyr.procedure.counsel.models import Addressee, Counsel
from samstyr.procedure.meetings import actions as meetings
from samstyr.procedure.sources.models import Source
from tests.walks.conftest import look

from .places import Place, at, place
from .workflow import browser, cited, draft, raised, said, source, treated, waiting

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DAY = date(2014, 1, 7)
IT, CHIEF = "it_leder", "radmann"


def cases(made: Place) -> dict[str, Any]:
    """A case that lacks advice, a precedent, a draft that points to one of two sources, and a meeting."""
    guidance = source(made, IT, DAY, "guidance", "Krav til elektroniske skjema")
    source(made, IT, DAY, "strategy", "Digitaliseringsstrategien")
    trend = source(made, IT, DAY, "trend", "Sensorer i hjemmet")
    operations = raised(made, "drift", IT, DAY, title="Ny avtale om drift", answers={"slag": "Drift"})
    treated(made, operations, "styringsgruppen", IT, DAY, reason="Haster.")
    doubt = raised(made, "tvil", "omradesjef", DAY, title="Kan en skole kjøpe nettbrett selv?")
    conflict = draft(made, "motstrid", IT, DAY, title="Motstrid om skjema")
    cited(made, conflict, IT, DAY, guidance)
    said(made, "guideline", "eutvalget", IT, DAY, subject="Døgnåpen forvaltning")
    casework.plan_meeting(**made.by(IT, DAY), body="styringsgruppen", held_on=DAY + timedelta(days=20))
    meeting = meetings.prepare_meeting(**made.by(IT, DAY), day_id=BodyMeeting.objects.get().pk)
    return {
        "guidance": guidance, "trend": trend, "operations": operations, "doubt": doubt, "conflict": conflict,
        "meeting": meeting,
    }  # fmt: skip


def test_what_a_case_rests_on_from_the_browser(
    chromium: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(DAY + timedelta(days=1)))
    with place("bronnoy") as made:
        known = cases(made)
        client, _start = browser(made, IT, DAY)
        tenant = Tenant.objects.get(pk=require_tenant_id())
        step = waiting(known["operations"])
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(15_000)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])

    def see(name: str, *keys: object, query: str = "") -> None:
        page.goto(reverse(name, args=[tenant.slug, *keys]) + query)
        look(page, name + query.replace("?", "-").replace("=", "-"))

    see("case-detail", known["operations"].pk)
    see("step-treat", step.pk)
    page.get_by_label("Besluttet").check()
    page.get_by_label("Vedtak eller uttalelse").fill("Avtalen forlenges.")
    page.get_by_role("button", name="Registrer").click()
    page.get_by_text("Mangler fra: Samarbeidsrådet").first.wait_for()
    look(page, "step-treat-refused")
    page.get_by_label("Hvorfor avgjøres saken uten det som mangler?").fill("Avtalen går ut i morgen.")
    page.get_by_role("button", name="Registrer").click()
    page.get_by_text("Avgjort uten, fordi").wait_for()
    look(page, "case-detail-overridden")

    see("case-detail", known["doubt"].pk)
    see("case-concern", known["doubt"].pk)
    see("case-cite", known["doubt"].pk)
    page.get_by_label("Kilde").select_option(label="Digitaliseringsstrategien (strategi)")
    page.get_by_role("button", name="Vis til kilden").click()
    page.get_by_role("link", name="Digitaliseringsstrategien").wait_for()
    look(page, "case-detail-cited")

    see("matter-create", query="?vei=utskifting")
    see("matter-edit", known["conflict"].pk)
    see("matter-cite", known["conflict"].pk)
    see("source-list")
    see("source-detail", known["guidance"].pk)
    see("source-detail", known["trend"].pk, query="?trend")
    see("source-add")
    page.get_by_label("Hva slags kilde er det?").select_option("political_case")
    page.get_by_label("Tittel").fill("Innføring av SLA")
    page.get_by_role("button", name="Lagre").click()
    page.get_by_text("En politisk sak har organ, saksnummer og dato.").first.wait_for()
    look(page, "source-add-refused")

    see("announcement-list")
    see("announcement-add")
    page.get_by_label("Tittel").fill("Hvem gjør hva")
    page.get_by_label("Hvilken side gjelder det?").select_option("model-roles")
    page.get_by_role("button", name="Legg ut").click()
    page.get_by_role("button", name="Jeg har lest dette").click()
    page.get_by_text("Du har lest dette").wait_for()
    look(page, "announcement-detail")

    see("counsel-add")
    see("counsel-add", query="?slag=advice")
    page.get_by_label("Hvem gir rådet?").select_option("faggruppe_helse")
    page.get_by_label("Hva gjelder det?").fill("Samle innkjøp")
    page.get_by_label("Rådet", exact=True).fill("Vi rår til felles innkjøp.")
    page.get_by_label("IKT-styringsgruppen").check()
    page.get_by_role("button", name="Lagre").click()
    page.get_by_text("Ikke besvart ennå.").wait_for()
    look(page, "counsel-detail")
    see("counsel-list")
    with tenant_scope(tenant.pk):
        addressee = Addressee.objects.get()
    see("counsel-reply", addressee.pk)
    see("start")
    see("meeting-detail", known["meeting"].pk)
    with tenant_scope(tenant.pk):
        case = Case.objects.get(pk=known["doubt"].pk)
        treated(
            made,
            case,
            "svar",
            IT,
            DAY + timedelta(days=1),
            body="faggruppe_oppvekst",
            text="Nei, alt går gjennom handlingsplanen.",
        )
        assert Counsel.objects.count() == 2 and Source.objects.count() == 3
    see("precedent-list")
    see("precedent-list", query="?q=finnes-ikke")
    context.close()
