"""A page about candidates and scenarios asks the database as many questions with 2 000 candidates as with 50."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samstyr.foundation.organisations.models import Organisation
from samstyr.web.tests.scenarios.conftest import SOURCE, Made, made
from samstyr.wheel.portfolio.tests.factories import FORUM, at
from samstyr.wheel.scenarios import actions
from samstyr.wheel.scenarios.models import (
    Candidate,
    CandidateCost,
    CandidateLink,
    CandidateOrganisation,
    CandidateStaff,
    Choice,
    Scenario,
)
from samstyr.wheel.scenarios.queries import exchange
from tests.support import POSTGRESQL, as_owner

__all__ = ["made"]
FEW, MANY = 50, 2_000

# Page → (address below portefolje/, the most questions it may ask).
PAGES: dict[str, tuple[str, int]] = {
    "candidates": ("kandidater/", 50),
    "candidates by worth": ("kandidater/?sort=-nytte&q=digital", 50),
    "candidate": ("kandidater/{candidate}/", 60),
    "new candidate": ("kandidater/ny/", 50),
    "candidate changed": ("kandidater/{candidate}/rediger/", 60),
    "from needs": ("kandidater/fra-behov/", 50),
    "scenarios": ("scenarier/", 50),
    "new scenario": ("scenarier/nytt/", 60),
    "scenario": ("scenarier/{scenario}/", 90),
    "limits": ("scenarier/{scenario}/rammer/", 60),
    "choice": ("scenarier/{scenario}/tiltak/{candidate}/", 90),
    "over years": ("scenarier/{scenario}/over-ar/", 90),
    "into the plan": ("scenarier/{scenario}/til-plan/", 90),
    "workbook to read in": ("kandidater/les-inn/", 50),
    "workbook seen through": ("kandidater/les-inn/{file}/?vis=same", 60),
    "comparison": ("scenarier/sammenlign/?s={scenario}&s={other}", 130),
}


def grow(scenarios: list[Scenario], places: list[Organisation], to: int) -> None:
    """Candidates with rows of every kind until there are so many, half of them chosen."""
    first = Candidate.objects.count()
    rows = [
        Candidate(number=number, title=f"Digital {number}", value=number % 10_000, duration=2, cost_key="per_capita")
        for number in range(first + 1, to + 1)
    ]
    for row in rows:
        row.enter_tenant()
    Candidate.objects.bulk_create(rows, batch_size=500)
    parts = [
        *(CandidateOrganisation(candidate=row, organisation=place) for row in rows for place in places),
        *(CandidateCost(candidate=row, offset=0, kind="investment", source=SOURCE, amount=50_000) for row in rows),
        *(CandidateCost(candidate=row, offset=1, kind="operating", source=SOURCE, amount=9_000, continues=True) for row in rows),
        *(CandidateStaff(candidate=row, role="Prosjektleder", offset=0, hours=40) for row in rows),
        *(CandidateLink(candidate=row, kind="needs", other=before) for before, row in pairwise(rows[:10])),
        *(Choice(scenario=one, candidate=row, start=2026 + at % 4) for one in scenarios for at, row in enumerate(rows) if at % 2),
    ]  # fmt: skip
    for table in (CandidateOrganisation, CandidateCost, CandidateStaff, CandidateLink, Choice):
        chosen = [part.enter_tenant() for part in parts if isinstance(part, table)]
        table.objects.bulk_create(chosen, batch_size=500)
    if connection.vendor == POSTGRESQL:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@pytest.mark.slow
def test_no_page_asks_more_when_the_candidates_are_forty_times_as_many(made: Made) -> None:
    scenarios = [made.scenario("Grunnlag"), made.scenario("Kutt")]
    made.limit(scenarios[0], 1_000_000)
    candidate = made.candidate("Digital post")
    made.choose(scenarios[0], candidate, 2026)
    made.solution(scenarios[0], outcome={"starts": {str(candidate.pk): 2027}})
    made.needs(candidate, made.candidate("Digital vakt"))
    places = [made.world.organisations[slot] for slot in ("birkenes", "lillesand")]
    keys = {"candidate": candidate.pk, "scenario": scenarios[0].pk, "other": scenarios[1].pk}
    client = made.client()

    def workbook() -> None:
        actor, now = made.world.actor("it_lead"), at(FORUM)
        content = exchange.portfolio_file(actor, now, FORUM, slug=made.tenant.slug)
        keys["file"] = actions.keep_portfolio_file(actor=actor, now=now, content=content, file_name="ut.xlsx").pk

    def asked(path: str) -> int:
        address = f"/o/{made.tenant.slug}/portefolje/{path.format(**keys)}"
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        return len(queries)

    grow(scenarios, places, FEW)
    workbook()
    few = {name: asked(path) for name, (path, _most) in PAGES.items()}
    grow(scenarios, places, MANY)
    workbook()
    assert Candidate.objects.count() == MANY
    many = {name: asked(path) for name, (path, _most) in PAGES.items()}
    assert {name: (few[name], many[name]) for name in few if few[name] != many[name]} == {}
    assert {name: many[name] for name, (_path, most) in PAGES.items() if many[name] > most} == {}
