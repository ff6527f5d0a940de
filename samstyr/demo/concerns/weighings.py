"""The next plan in the making: candidates from plan and needs, a scenario with limits, and the best portfolio found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from samstyr.demo.arrangement import Arrangement, Weighing
from samstyr.demo.living import Act, World
from samstyr.wheel.scenarios import actions, queries
from samstyr.wheel.scenarios.rules.values import CandidateValues, CostRow, LimitValues

JUDGED_BY = "Skjønnsmessig vurdert (testverdi)."
WITHOUT_MONEY = (CostRow(0, "investment", "", 150_000), CostRow(1, "operating", "", 30_000, True))


def acts(data: Arrangement) -> Iterator[Act]:
    """Each scenario on its day; it is solved by the worker when the arrangement has been lived."""
    for place, one in enumerate(data.weighings):
        yield Act(one.on, 30, place, partial(_weigh, one=one))


def gather(by: dict[str, Any]) -> list[Any]:
    """Candidates of the plan in force and of the needs that wait; every candidate there is."""
    version = queries.listing.plan_in_force()
    if version is not None and queries.listing.lines_to_fetch(version):
        actions.candidates_from_plan(**by, version_id=version.pk)
    waiting = [need.pk for need in queries.listing.needs_to_pick()]
    if waiting:
        actions.candidates_from_needs(**by, need_ids=waiting)
    return list(queries.candidates_in_full())


def as_filled_in(row: Any, areas: Any) -> CandidateValues:
    """The candidate as it is, with a cost where none is told."""
    costs = tuple(CostRow(cost.offset, cost.kind, cost.source, cost.amount, cost.continues) for cost in row.costs.all())
    return CandidateValues(
        title=row.title, need=row.need_id, area=row.area_id if row.area_id in areas else None,
        focus_area=row.focus_area, goals=tuple(row.goals), kind=row.kind, owner=row.owner,
        description=row.description, value=row.value, value_reason=row.value_reason, risk=row.risk,
        mandatory=row.mandatory, mandatory_reason=row.mandatory_reason, earliest=row.earliest, latest=row.latest,
        duration=row.duration, cost_key=row.cost_key, own_shares=row.own_shares,
        organisations=tuple(part.organisation_id for part in row.participants.all()), costs=costs or WITHOUT_MONEY,
    )  # fmt: skip


def money_limits(
    world: World, years: Sequence[int], investment: Mapping[str, int], operating: Mapping[str, int], percent: int = 100
) -> list[LimitValues]:
    """What each organisation may invest in a year, and how much its yearly costs may grow, by year."""
    limits = []
    for at, year in enumerate(years, 1):
        for slot, amount in investment.items():
            place = world.organisations[slot]
            limits.append(
                LimitValues("money", amount * percent // 100, year=year, organisation=place, kind="investment")
            )
        for slot, amount in operating.items():
            place = world.organisations[slot]
            limits.append(
                LimitValues("money", amount * at * percent // 100, year=year, organisation=place, kind="operating")
            )
    return limits


def _weigh(world: World, now: datetime, *, one: Weighing) -> None:
    by = world.by(one.by, now)
    areas = queries.known(one.on).areas
    for row in gather(by):
        points, risk = one.points[row.number % len(one.points)]
        # What a round has given a need is its value; only the others are judged here.
        values = as_filled_in(row, areas)
        if not values.value:
            values = replace(values, value=points * 100, value_reason=JUDGED_BY)
        actions.save_candidate(**by, candidate_id=row.pk, version=row.version, values=replace(values, risk=risk))
    scenario = actions.create_scenario(**by, name=one.name, first_year=one.first_year, years=one.years, note=one.note)
    years = range(one.first_year, one.first_year + one.years)
    actions.set_limits(
        **by, scenario_id=scenario.pk, version=None,
        limits=tuple(money_limits(world, years, one.investment, one.operating)),
    )  # fmt: skip
    actions.ask_to_solve(**by, scenario_id=scenario.pk)


def settle(world: World, now: datetime, data: Arrangement) -> None:
    """The best portfolios that were found are taken into use."""
    for one in data.weighings:
        take_best(world.by(one.by, now), one.first_year)


def take_best(by: dict[str, Any], first_year: int) -> None:
    """The portfolio found for each scenario of the year is taken into use."""
    for scenario in queries.scenarios(first_year):
        solution = queries.latest_solution(scenario)
        if solution is not None and solution.outcome.get("starts"):
            actions.take_solution(**by, scenario_id=scenario.pk, solution_id=solution.pk)
