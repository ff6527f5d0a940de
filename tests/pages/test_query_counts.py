"""A page asks the database as many questions with 5 000 needs as with 50."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samstyr.foundation.kernel import clock
from samstyr.wheel.needs.models import Need
from samstyr.wheel.portfolio.models import PlanLine
from samstyr.wheel.portfolio.tests.factories import at
from tests.pages.growing import Herd, live
from tests.requirements.joint import FORUM, Joint, joint

FEW, MANY = 50, 5_000

# Page → (who, address, the most questions it may ask). `{name}` is filled in from the needs lived through.
PAGES: dict[str, tuple[str, str, int]] = {
    "tasks of IT-leder": ("it_lead", "", 60),
    "tasks of a kommunalsjef": ("sector_director:birkenes:helse", "", 60),
    "tasks of a writer": ("service:birkenes", "", 60),
    "wheel": ("it_lead", "aarshjul/", 60),
    "month of the wheel": ("it_lead", "aarshjul/?maned=4", 60),
    "report of the year": ("it_lead", "aarshjul/rapport/", 60),
    "four years of measures": ("it_lead", "aarshjul/flere-aar/", 60),
    "search": ("it_lead", "sok/?q=kart", 60),
    "notices": ("it_lead", "varsler/", 40),
    "needs": ("it_lead", "behov/?vis=alle", 60),
    "own needs": ("service:birkenes", "behov/?vis=mine", 60),
    "need": ("it_lead", "behov/{need}/", 70),
    "new need": ("service:birkenes", "behov/nytt/", 60),
    "cases": ("it_lead", "saker/", 60),
    "cases of a kommunalsjef": ("sector_director:birkenes:helse", "saker/", 60),
    "case": ("it_lead", "saker/{case}/", 80),
    "treat": ("it_lead", "oppgaver/{step}/", 90),
    "hearings": ("it_lead", "hoeringer/", 60),
    "hearings of an officer": ("data_protection_officer:birkenes", "hoeringer/", 60),
    "hearing": ("it_lead", "hoeringer/{hearing}/", 80),
    "meetings": ("it_lead", "moeter/", 60),
    "reports": ("it_lead", "rapporter/", 60),
    "overview of projects": ("it_lead", "oversikt/", 60),
    "overview of IKT": ("it_lead", "oversikt/?visning=ikt", 60),
    "rounds": ("it_lead", "prioritering/", 40),
    "new round": ("it_lead", "prioritering/ny/", 60),
    "plans": ("it_lead", "plan/", 60),
    "plan version": ("it_lead", "plan/{plan}/", 60),
    "measure": ("it_lead", "plan/{plan}/tiltak/{line}/", 60),
    "new measure": ("it_lead", "plan/{plan}/nytt-tiltak/", 60),
    "merge": ("it_lead", "saker/{case}/sla-sammen/", 70),
    "send to hearing": ("it_lead", "hoeringer/ny/{waiting}/", 70),
    "organisations": ("administrator", "organisasjon/", 60),
    "people": ("administrator", "organisasjon/personer/", 60),
    "strategy": ("it_lead", "strategi/", 60),
    "goals": ("it_lead", "strategi/maal/", 60),
    "goals that are gone": ("it_lead", "strategi/maal/mistet/", 60),
    "model": ("it_lead", "styringsmodell/", 60),
    "trail": ("auditor", "revisjon/", 40),
}


@pytest.fixture
def made(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Joint]:
    with joint() as ready:
        monkeypatch.setattr(clock, "now", lambda: at(FORUM))
        ready.person("auditor", organisation=ready.organisations["birkenes"])
        yield ready


@pytest.mark.slow
def test_no_page_asks_more_when_the_needs_are_a_hundred_times_as_many(made: Joint) -> None:
    found = live(made)
    herd = Herd()
    places = {
        "need": found["heard"].pk,
        "case": made.case(found["heard"]).pk,
        "step": made.step(found["received"]).pk,
        "hearing": made.case(found["heard"]).hearings.get().pk,
        "waiting": made.step(found["waiting"]).pk,
        "plan": PlanLine.objects.get().version_of_id,
        "line": PlanLine.objects.get().pk,
    }
    clients = {who: made.client(who) for who, _path, _most in PAGES.values()}

    def counts() -> dict[str, int]:
        return {name: asked(who, path) for name, (who, path, _most) in PAGES.items()}

    def asked(who: str, path: str) -> int:
        address = f"/o/{made.tenant.slug}/{path.format(**places)}"
        clients[who].get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = clients[who].get(address)
        assert answer.status_code == 200, f"{who}: {address}: {answer.status_code}"
        return len(queries)

    herd.grow_to(FEW)
    few = counts()
    herd.grow_to(MANY)
    assert Need.objects.count() >= MANY
    many = counts()
    assert {name: (few[name], many[name]) for name in few if few[name] != many[name]} == {}
    assert {name: many[name] for name, (_who, _path, most) in PAGES.items() if many[name] > most} == {}


def test_the_measure_sees_a_page_that_asks_once_a_row(made: Joint) -> None:
    """The planted fault: counting as above what a careless list would do."""
    live(made)

    def careless() -> int:
        with CaptureQueriesContext(connection) as queries:
            [str(need.unit.organisation) for need in Need.objects.all()]
        return len(queries)

    few = careless()
    Herd().grow_to(FEW)
    assert careless() > few
