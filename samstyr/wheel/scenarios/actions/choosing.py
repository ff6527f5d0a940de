"""Pins and choices in a scenario, by hand or as the optimiser found."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Candidate, Choice, Scenario, Solution
from ..queries import build_instance
from .scenarios import open_scenario


def _choice(scenario: Scenario, candidate_id: UUID) -> Choice:
    if not Candidate.objects.filter(pk=candidate_id).exists():
        raise NotFound
    found = Choice.objects.filter(scenario=scenario, candidate_id=candidate_id).first()
    return cast("Choice", found or Choice(scenario=scenario, candidate_id=candidate_id))


def _write(ctx: Context, row: Choice) -> None:
    if row._state.adding:
        ctx.create(row)
    else:
        ctx.save(row)


def _year(scenario: Scenario, year: int | None, place: str) -> None:
    if year is not None and not scenario.first_year <= year < scenario.first_year + scenario.years:
        raise Invalid.field(place, say(gettext_noop("Året er ikke et av scenarioets år.")), value=year)


@action("scenario.pin", kind="scenario")
def pin(ctx: Context, *, scenario_id: UUID, candidate_id: UUID, pin: str, year: int | None = None) -> Scenario:
    """Decide beforehand that a candidate shall be in (perhaps from a year), or out; an empty `pin` lets it loose."""
    scenario = open_scenario(ctx, scenario_id)
    if pin not in ("", "in", "out"):
        raise Invalid.field("pin", say(gettext_noop("Velg om kandidaten skal med eller ikke.")), value=pin)
    _year(scenario, year, "year")
    row = _choice(scenario, candidate_id)
    before = {"candidate": str(candidate_id), "pin": row.pin, "year": row.pinned_year}
    row.pin, row.pinned_year = pin, year if pin == "in" else None
    _write(ctx, row)
    _touched(
        ctx, scenario, "scenario.pinned", before, {"candidate": str(candidate_id), "pin": pin, "year": row.pinned_year}
    )
    return scenario


@action("scenario.choose", kind="scenario")
def choose(ctx: Context, *, scenario_id: UUID, candidate_id: UUID, start: int | None, reason: str = "") -> Scenario:
    """Set a candidate's start year by hand, or leave it out. Differing from the optimiser demands a reason."""
    scenario = open_scenario(ctx, scenario_id)
    _year(scenario, start, "start")
    if len(reason) > 10_000 or "\0" in reason:
        raise Invalid.field("reason", say(gettext_noop("Teksten er for lang eller har ugyldige tegn.")))
    row = _choice(scenario, candidate_id)
    solution = Solution.objects.filter(scenario=scenario).order_by("-solved_at").first()
    found = solution.outcome.get("starts", {}).get(str(candidate_id)) if solution and _usable(solution) else start
    if found != start and not reason.strip():
        raise Invalid.field(
            "reason", say(gettext_noop("Valget er et annet enn beregningen ga. Skriv hvorfor.")), value=start
        )
    before = {"candidate": str(candidate_id), "start": row.start, "reason": row.reason}
    row.start, row.by_hand, row.reason = start, found != start, reason.strip()
    _write(ctx, row)
    after = {"candidate": str(candidate_id), "start": start, "reason": row.reason}
    _touched(ctx, scenario, "scenario.chosen", before, after)
    return scenario


def _usable(solution: Solution) -> bool:
    return bool(solution.outcome.get("starts")) or solution.status == "optimal"


@action("scenario.take", kind="scenario")
def take_solution(ctx: Context, *, scenario_id: UUID, solution_id: UUID) -> Scenario:
    """Let the choices be as the solution says. Raises Conflict when the scenario has changed since, or nothing was
    found."""
    scenario = open_scenario(ctx, scenario_id)
    solution = ctx.load(Solution, solution_id)
    if solution.scenario_id != scenario.pk:  # type: ignore[attr-defined]
        raise NotFound
    instance = build_instance(scenario, ctx.today)
    if solution.seal != instance.seal():
        raise Conflict(
            say(gettext_noop("Noe er endret siden løsningen ble regnet ut.")),
            remedy=say(gettext_noop("Regn ut på nytt.")),
            rule="scenario.stale",
        )
    if not _usable(solution):
        raise Conflict(say(gettext_noop("Beregningen fant ingen løsning som kan tas i bruk.")))
    starts: dict[str, int] = solution.outcome.get("starts", {})
    rows = {str(row.candidate_id): row for row in Choice.objects.filter(scenario=scenario)}
    was = {key: row.start for key, row in rows.items() if row.start is not None}
    for key, row in rows.items():
        row.start, row.by_hand, row.reason = starts.get(key), False, ""
    Choice.objects.bulk_update(list(rows.values()), ["start", "by_hand", "reason"], batch_size=500)
    ctx.create_many(
        Choice,
        [
            Choice(scenario=scenario, candidate_id=UUID(key), start=start)
            for key, start in starts.items()
            if key not in rows
        ],
    )
    _touched(ctx, scenario, "scenario.taken", {"starts": was}, {"starts": starts, "solution": str(solution.pk)})
    return scenario


def _touched(ctx: Context, scenario: Scenario, name: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    was = scenario.snapshot()
    ctx.save(scenario)
    ctx.record(name, scenario, before=was, change_before=before, change=after)
