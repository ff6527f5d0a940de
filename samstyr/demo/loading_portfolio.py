"""The demonstration's next plan in the making: candidates, two scenarios with limits, and the best portfolio found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from samstyr.wheel.scenarios import actions, queries
from samstyr.wheel.scenarios.rules.values import CandidateValues, CostRow, LimitValues, LinkRow, StaffRow

if TYPE_CHECKING:
    from samstyr.demo.load import World

FIRST_YEAR, YEARS = 2028, 4
# Test values by candidate number: points, risk, hours of project lead and of adviser. They come round again.
JUDGED = ((72, 20, 160, 80), (58, 35, 240, 60), (81, 45, 320, 200), (40, 10, 60, 40), (66, 25, 120, 160), (35, 60, 280, 120),
          (90, 30, 200, 240), (52, 15, 80, 60), (47, 40, 180, 90), (63, 20, 140, 120))  # fmt: skip
INVESTMENT, RUNNING, LEAD_HOURS = (
    {"birkenes": 550_000, "lillesand": 1_000_000},
    {"birkenes": 250_000, "lillesand": 450_000},
    900,
)


def weigh(world: World, now: datetime) -> None:
    """What the secretariat does in November: candidates from plan and needs, a base scenario, and one with a cut."""
    by: dict[str, Any] = {"actor": world.actor("it-leder", now), "now": now}
    version = queries.listing.plan_in_force()
    if version is not None:
        actions.candidates_from_plan(**by, version_id=version.pk)
    waiting = [need.pk for need in queries.listing.needs_to_pick()]
    if waiting:
        actions.candidates_from_needs(**by, need_ids=waiting)
    rows = list(queries.candidates_in_full())
    for row in rows:
        actions.save_candidate(**by, candidate_id=row.pk, version=row.version, values=_judged(world, row, rows))
    base = actions.create_scenario(
        **by, name="Grunnlag", first_year=FIRST_YEAR, years=YEARS,
        note="Rammene er de samme som i gjeldende økonomiplan.",
    )  # fmt: skip
    actions.set_limits(**by, scenario_id=base.pk, version=None, limits=_limits(world, 100))
    cut = actions.create_scenario(
        **by, name="Kutt på 20 %", first_year=FIRST_YEAR, years=YEARS, copy_of=base.pk,
        note="Hva faller ut hvis rammene kuttes?",
    )  # fmt: skip
    actions.set_limits(**by, scenario_id=cut.pk, version=None, limits=_limits(world, 80))
    for scenario in (base, cut):
        actions.ask_to_solve(**by, scenario_id=scenario.pk)


def settle(world: World, now: datetime) -> None:
    """The best portfolios that were found are taken into use."""
    by: dict[str, Any] = {"actor": world.actor("it-leder", now), "now": now}
    for scenario in queries.scenarios(FIRST_YEAR):
        solution = queries.latest_solution(scenario)
        if solution is not None and solution.outcome.get("starts"):
            actions.take_solution(**by, scenario_id=scenario.pk, solution_id=solution.pk)


def _judged(world: World, row: Any, rows: list[Any]) -> CandidateValues:
    points, risk, lead, adviser = JUDGED[row.number % len(JUDGED)]
    known = queries.known(date(2026, 11, 23))
    links: tuple[LinkRow, ...] = (LinkRow("needs", rows[0].pk),) if row.number == 4 else ()
    links += (LinkRow("excludes", rows[1].pk),) if row.number == 6 else ()
    costs = tuple(
        CostRow(cost.offset, cost.kind, cost.source, cost.amount, cost.continues) for cost in row.costs.all()
    ) or (CostRow(0, "investment", "", 150_000), CostRow(1, "operating", "", 30_000, True))
    values = CandidateValues(
        title=row.title, need=row.need_id, area=row.area_id, focus_area=row.focus_area, goals=tuple(row.goals),
        kind=row.kind, owner=row.owner, description=row.description, value=points * 100,
        value_reason="Skjønnsmessig vurdert av forumet (testverdi).", risk=risk, mandatory=row.mandatory,
        mandatory_reason=row.mandatory_reason, duration=2 if lead > 200 else 1, cost_key=row.cost_key,
        own_shares=row.own_shares, organisations=tuple(part.organisation_id for part in row.participants.all()),
        costs=costs, staff=(StaffRow("Prosjektleder", 0, lead), StaffRow("Rådgiver", 0, adviser)), links=links,
    )  # fmt: skip
    return replace(values, area=values.area if values.area in known.areas else None)


def _limits(world: World, percent: int) -> tuple[LimitValues, ...]:
    limits: list[LimitValues] = []
    for at, year in enumerate(range(FIRST_YEAR, FIRST_YEAR + YEARS), 1):
        for slot, amount in INVESTMENT.items():
            place: UUID = world.organisations[slot]
            limits.append(
                LimitValues("money", amount * percent // 100, year=year, organisation=place, kind="investment")
            )
            running = RUNNING[slot] * at * percent // 100
            limits.append(LimitValues("money", running, year=year, organisation=place, kind="operating"))
        limits.append(LimitValues("hours", LEAD_HOURS * percent // 100, year=year, role="Prosjektleder"))
    return tuple(limits)
