"""Two municipalities with candidates and a scenario, on the world of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from samstyr.foundation.jobs.running import run_one
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.wheel.portfolio.tests.factories import FORUM, World, at
from samstyr.wheel.scenarios import actions, queries
from samstyr.wheel.scenarios.models import Candidate, Scenario
from samstyr.wheel.scenarios.rules.values import CandidateValues, CostRow, LimitValues, StaffRow
from tests.support import make_tenant


class Ready(World):
    """The world, with verbs for candidates and scenarios."""

    @property
    def by(self) -> dict[str, Any]:
        """Who writes, and when."""
        return {"actor": self.actor("it_lead"), "now": at(FORUM)}

    def values(
        self, title: str = "Digital post", slots: tuple[str, ...] = ("birkenes", "lillesand"), **more: Any
    ) -> CandidateValues:
        """A candidate of 300 000 kroner once and 100 000 a year from the second year, and 80 hours."""
        given: dict[str, Any] = {
            "value": 6_000,
            "cost_key": "per_capita",
            "organisations": tuple(self.organisations[slot].pk for slot in slots),
            "costs": (
                CostRow(0, "investment", "loan", 300_000),
                CostRow(1, "operating", "operating_budget", 100_000, True),
            ),
            "staff": (StaffRow("Prosjektleder", 0, 80),),
        }
        return CandidateValues(title, **{**given, **more})

    def candidate(self, title: str = "Digital post", **more: Any) -> Candidate:
        """A candidate."""
        return actions.create_candidate(**self.by, values=self.values(title, **more))

    def scenario(self, name: str = "Grunnlag", **more: Any) -> Scenario:
        """Four years from 2026."""
        return actions.create_scenario(**self.by, name=name, first_year=2026, **more)

    def limits(self, scenario: Scenario, *limits: LimitValues) -> Scenario:
        """The scenario's limits."""
        return actions.set_limits(**self.by, scenario_id=scenario.pk, version=None, limits=limits)

    def solve(self, scenario: Scenario) -> Any:
        """Ask for the best and carry out the work; the solution."""
        actions.ask_to_solve(**self.by, scenario_id=scenario.pk)
        assert run_one(self.tenant.pk)
        found = queries.scenario_by_id(scenario.pk)
        assert found is not None
        return queries.latest_solution(found)

    def starts(self, scenario: Scenario) -> dict[UUID, int]:
        """What is chosen."""
        return {row.candidate_id: row.start for row in queries.choices_of(scenario) if row.start is not None}


def investment(year: int, amount: int, **more: Any) -> LimitValues:
    """A frame for investments in a year."""
    return LimitValues("money", amount, year=year, kind="investment", **more)


@contextmanager
def ready() -> Iterator[Ready]:
    """A world with its tenant in scope."""
    tenant: Tenant = make_tenant()
    with tenant_scope(tenant.pk):
        yield Ready(tenant)


TODAY: date = FORUM
