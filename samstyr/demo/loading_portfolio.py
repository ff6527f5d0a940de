"""The demonstration's next plan in the making: candidates, two scenarios with limits, and the best portfolio found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from samstyr.demo.concerns import weighings
from samstyr.wheel.scenarios import actions, queries
from samstyr.wheel.scenarios.rules.values import CandidateValues, LimitValues, LinkRow, StaffRow

if TYPE_CHECKING:
    from samstyr.demo.joint import Joint

FIRST_YEAR, YEARS = 2028, 4
# Test values by candidate number: points, risk, hours of project lead and of adviser. They come round again.
JUDGED = ((72, 20, 160, 80), (58, 35, 240, 60), (81, 45, 320, 200), (40, 10, 60, 40), (66, 25, 120, 160), (35, 60, 280, 120),
          (90, 30, 200, 240), (52, 15, 80, 60), (47, 40, 180, 90), (63, 20, 140, 120))  # fmt: skip
INVESTMENT, RUNNING, LEAD_HOURS = (
    {"birkenes": 550_000, "lillesand": 1_000_000},
    {"birkenes": 250_000, "lillesand": 450_000},
    900,
)


def weigh(world: Joint, now: datetime) -> None:
    """What the secretariat does in November: candidates from plan and needs, a base scenario, and one with a cut."""
    by: dict[str, Any] = {"actor": world.actor("it-leder", now), "now": now}
    rows = weighings.gather(by)
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


def _judged(world: Joint, row: Any, rows: list[Any]) -> CandidateValues:
    points, risk, lead, adviser = JUDGED[row.number % len(JUDGED)]
    links: tuple[LinkRow, ...] = (LinkRow("needs", rows[0].pk),) if row.number == 4 else ()
    links += (LinkRow("excludes", rows[1].pk),) if row.number == 6 else ()
    return replace(
        weighings.as_filled_in(row, queries.known(date(2026, 11, 23)).areas), value=points * 100,
        value_reason="Skjønnsmessig vurdert av forumet (testverdi).", risk=risk, earliest=None, latest=None,
        duration=2 if lead > 200 else 1, staff=(StaffRow("Prosjektleder", 0, lead), StaffRow("Rådgiver", 0, adviser)),
        links=links,
    )  # fmt: skip


def _limits(world: Joint, percent: int) -> tuple[LimitValues, ...]:
    years = range(FIRST_YEAR, FIRST_YEAR + YEARS)
    hours = (LimitValues("hours", LEAD_HOURS * percent // 100, year=year, role="Prosjektleder") for year in years)
    return (*weighings.money_limits(world, years, INVESTMENT, RUNNING, percent), *hours)
