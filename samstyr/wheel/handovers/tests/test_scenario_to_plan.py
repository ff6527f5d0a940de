"""A scenario is carried into the plan with its reasons, and the way from the best choice stands on the trail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from samstyr.foundation.audit import queries as audit
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.wheel.handovers import scenario_to_plan
from samstyr.wheel.portfolio import actions as portfolio
from samstyr.wheel.portfolio import queries as plans
from samstyr.wheel.scenarios import actions, queries
from samstyr.wheel.scenarios.rules.values import CostRow, LimitValues
from samstyr.wheel.scenarios.tests.factories import Ready, ready


@pytest.fixture
def made(db: None) -> Iterator[Ready]:
    """Two municipalities under the joint model."""
    with ready() as world:
        yield world


class TestCarrying:
    def test_the_choices_become_lines_with_costs_from_their_start(self, made: Ready) -> None:
        row, scenario = made.candidate(duration=2), made.scenario()
        actions.choose(**made.by, scenario_id=scenario.pk, candidate_id=row.pk, start=2027)
        draft = scenario_to_plan.carry(**made.by, scenario_id=scenario.pk, version=None)
        (line,) = (plans.plain(item) for item in plans.lines_of(draft))
        assert [(cost.year, cost.kind, cost.amount) for cost in line.costs] == [
            (2027, "investment", 300_000), (2028, "operating", 100_000), (2029, "operating", 100_000),
        ]  # fmt: skip
        assert (line.starts_on.year, line.ends_on.year) == (2027, 2028)  # type: ignore[union-attr]
        used = queries.scenario_of_version(draft.pk)
        assert used is not None
        assert used.state == "used"
        with pytest.raises(Conflict):
            actions.choose(**made.by, scenario_id=scenario.pk, candidate_id=row.pk, start=None)

    def test_a_difference_from_the_best_must_have_a_reason_and_stands_on_the_trail(self, made: Ready) -> None:
        good, poor = made.candidate("God", value=8_000), made.candidate("Svak", value=2_000)
        scenario = made.scenario()
        made.limits(scenario, LimitValues("money", 300_000, kind="investment"))
        solution = made.solve(scenario)
        actions.take_solution(**made.by, scenario_id=scenario.pk, solution_id=solution.pk)
        with pytest.raises(Invalid):
            actions.choose(**made.by, scenario_id=scenario.pk, candidate_id=poor.pk, start=2026)
        for key, start in ((poor.pk, 2026), (good.pk, None)):
            actions.choose(**made.by, scenario_id=scenario.pk, candidate_id=key, start=start, reason="Politisk vedtak.")
        draft = scenario_to_plan.carry(**made.by, scenario_id=scenario.pk, version=None)
        assert [item.title for item in plans.lines_of(draft)] == ["Svak"]
        told = next(event for event in audit.history_of(scenario.pk) if event.action == "scenario.used").more
        assert {item["title"]: item["reason"] for item in told["differences"]} == {
            "God": "Politisk vedtak.", "Svak": "Politisk vedtak.",
        }  # fmt: skip
        assert told["best_value"] > told["value"]

    def test_a_line_that_stands_keeps_its_key_and_one_left_out_goes(self, made: Ready) -> None:
        one, two, first = made.candidate("En"), made.candidate("To"), made.scenario("Først")
        for row in (one, two):
            actions.choose(**made.by, scenario_id=first.pk, candidate_id=row.pk, start=2026)
        draft = scenario_to_plan.carry(**made.by, scenario_id=first.pk, version=None)
        keys = {item.title: item.line_key for item in plans.lines_of(draft)}
        again = made.scenario("Så")
        actions.choose(**made.by, scenario_id=again.pk, candidate_id=one.pk, start=2028)
        draft = scenario_to_plan.carry(**made.by, scenario_id=again.pk, version=None)
        assert {item.title: item.line_key for item in plans.lines_of(draft)} == {"En": keys["En"]}

    def test_nothing_chosen_or_a_frozen_plan_is_refused(self, made: Ready) -> None:
        row, scenario = made.candidate(), made.scenario()
        with pytest.raises(Conflict, match="Ingen tiltak"):
            scenario_to_plan.carry(**made.by, scenario_id=scenario.pk, version=None)
        actions.choose(**made.by, scenario_id=scenario.pk, candidate_id=row.pk, start=2026)
        portfolio.propose(**made.by, version_id=made.draft().pk, version=None)
        with pytest.raises(Conflict, match="til behandling"):
            scenario_to_plan.carry(**made.by, scenario_id=scenario.pk, version=None)

    def test_a_cost_without_a_source_goes_on_the_models_first(self, made: Ready) -> None:
        row, scenario = made.candidate(costs=(CostRow(0, "operating", "", 10_000),)), made.scenario()
        actions.choose(**made.by, scenario_id=scenario.pk, candidate_id=row.pk, start=2026)
        draft = scenario_to_plan.carry(**made.by, scenario_id=scenario.pk, version=None)
        (line,) = (plans.plain(item) for item in plans.lines_of(draft))
        assert [(cost.source, cost.amount) for cost in line.costs] == [("operating_budget", 10_000)]
