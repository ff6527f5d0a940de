"""Two municipalities with candidates that hang together, and a scenario with limits, choices and a solution."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from samstyr.foundation.jobs.models import Job, JobState
from samstyr.foundation.kernel import clock
from samstyr.wheel.portfolio.tests.factories import FORUM, World, at, world
from samstyr.wheel.scenarios import queries
from samstyr.wheel.scenarios.models import (
    Candidate,
    CandidateCost,
    CandidateLink,
    CandidateOrganisation,
    CandidateStaff,
    Choice,
    Limit,
    Scenario,
    Solution,
)
from samstyr.wheel.scenarios.rules.values import LimitValues, limit_key

SOURCE = "operating_budget"


class Made:
    """The world with its candidates and scenarios."""

    def __init__(self, ready: World) -> None:
        self.world, self.tenant = ready, ready.tenant

    def place(self, name: str, *keys: object) -> str:
        """The address of a page."""
        return reverse(name, args=[self.tenant.slug, *keys])

    def client(self, name: str = "it_lead") -> Any:
        """A browser where the person is logged in."""
        return self.world.client(name)

    def candidate(
        self, title: str = "Digital post", slots: tuple[str, ...] = ("birkenes", "lillesand"), **more: Any
    ) -> Candidate:
        """A candidate of 300 000 kroner and then 100 000 a year, and 80 hours."""
        values = {"value": 6_250, "risk": 20, "duration": 2, "cost_key": "per_capita", "owner": "IT-leder", **more}
        number = values.pop("number", Candidate.objects.count() + 1)
        row = Candidate(number=number, title=title, **values)
        row.save()
        for slot in slots:
            CandidateOrganisation(candidate=row, organisation=self.world.organisations[slot]).save()
        CandidateCost(candidate=row, offset=0, kind="investment", source=SOURCE, amount=300_000).save()
        CandidateCost(candidate=row, offset=1, kind="operating", source=SOURCE, amount=100_000, continues=True).save()
        CandidateStaff(candidate=row, role="Prosjektleder", offset=0, hours=80).save()
        return row

    def needs(self, first: Candidate, second: Candidate) -> None:
        """The first presupposes the second."""
        CandidateLink(candidate=first, kind="needs", other=second).save()

    def scenario(self, name: str = "Grunnlag", **more: Any) -> Scenario:
        """Four years from 2026."""
        row = Scenario(name=name, first_year=2026, years=4, **more)
        row.save()
        return row

    def limit(self, scenario: Scenario, amount: int, **more: Any) -> Limit:
        """At most so much money in 2026, unless told otherwise."""
        values = {"measure": "money", "year": 2026, **more}
        wanted = {name: value for name, value in values.items() if name != "organisation"}
        organisation = values.get("organisation")
        key = limit_key(LimitValues(amount=amount, organisation=organisation.pk if organisation else None, **wanted))
        row = Limit(scenario=scenario, key=key, amount=amount, **values)
        row.save()
        return row

    def choose(self, scenario: Scenario, candidate: Candidate, start: int | None = 2026, **more: Any) -> Choice:
        """A choice in the scenario."""
        row = Choice(scenario=scenario, candidate=candidate, start=start, **more)
        row.save()
        return row

    def job(self, scenario: Scenario, state: str = JobState.DONE, **more: Any) -> Job:
        """Work on the scenario."""
        row = Job(
            kind="scenario.solve", about=scenario.pk, state=state, asked_by=self.world.who("it_lead"),
            **{"asked_at": at(FORUM), **more},
        )  # fmt: skip
        row.save()
        return row

    def solution(self, scenario: Scenario, status: str = "optimal", outcome: Any = None, **more: Any) -> Solution:
        """A solution of the scenario as it stands."""
        values = {
            "value": 6_250 * 100,
            "bound": 6_250 * 100,
            "seal": queries.build_instance(scenario, FORUM).seal(),
            **more,
        }
        row = Solution(
            scenario=scenario, job=self.job(scenario), status=status, outcome=outcome or {}, solved_at=at(FORUM),
            asked_by=self.world.who("it_lead"), **values,
        )  # fmt: skip
        row.save()
        return row


@pytest.fixture
def made(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    """It is the day of the forum's meeting."""
    monkeypatch.setattr(clock, "now", lambda: at(FORUM))
    with world() as ready:
        yield Made(ready)


def text_of(response: Any) -> str:
    """The page with ordinary spaces."""
    return response.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")
