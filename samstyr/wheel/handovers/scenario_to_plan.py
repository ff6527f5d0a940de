"""A scenario's choices become lines in the draft of its plan, with the way from the best solution on the trail."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.wheel.portfolio import actions as portfolio
from samstyr.wheel.portfolio import queries as plans
from samstyr.wheel.portfolio.models import Plan, PlanVersion, VersionState
from samstyr.wheel.portfolio.rules.lines import Cost, Line
from samstyr.wheel.scenarios import actions as scenarios
from samstyr.wheel.scenarios import queries
from samstyr.wheel.scenarios.models import Candidate, Choice, Scenario, Solution
from samstyr.wheel.scenarios.rules.instance import Instance


@action("scenario.carry", kind="scenario")
def carry(ctx: Context, *, scenario_id: UUID, version: int | None, reason: str = "") -> PlanVersion:
    """Carry the scenario's choices into the draft of its plan, and freeze the scenario.

    A measure already in the draft keeps its key, so that status and money follow it; measures that came from
    candidates which are not chosen are taken out. What differs from the best solution found must have a reason,
    its own or the common `reason`. Raises Invalid, and Conflict when nothing is chosen or the plan is frozen.
    """
    scenario = ctx.load(Scenario, scenario_id, version=version)
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, queries.scenario_facts()))
    instance = queries.build_instance(scenario, ctx.today)
    choices = {row.candidate_id: row for row in queries.choices_of(scenario)}
    starts = {key: row.start for key, row in choices.items() if row.start is not None and key in instance.by_key}
    if not starts:
        raise Conflict(say(gettext_noop("Ingen tiltak er valgt i scenarioet.")))
    solution = queries.latest_solution(scenario)
    differences = _differences(instance, solution, starts, choices)
    if any(not item["reason"] for item in differences) and not reason.strip():
        raise Invalid.field("reason", say(gettext_noop("Valget er et annet enn beregningen ga. Skriv hvorfor.")))
    draft = _draft(ctx, scenario)
    _lines(ctx, draft, scenario, starts)
    scenarios.mark_used(
        actor=ctx.actor, now=ctx.now, scenario_id=scenario.pk, version=scenario.version, plan_version=draft.pk,
        reason=reason.strip(), told=_told(instance, solution, starts, differences),
    )  # fmt: skip
    return draft


def _differences(
    instance: Instance, solution: Solution | None, starts: dict[UUID, int], choices: dict[UUID, Choice]
) -> list[dict[str, Any]]:
    if solution is None or solution.seal != instance.seal():
        return []
    best = {UUID(key): start for key, start in solution.outcome.get("starts", {}).items()}
    return [
        {
            "candidate": str(key),
            "title": instance.by_key[key].title,
            "best": best.get(key),
            "chosen": starts.get(key),
            "reason": choices[key].reason if key in choices else "",
        }
        for key in sorted({*best, *starts}, key=str)
        if best.get(key) != starts.get(key) and key in instance.by_key
    ]


def _told(
    instance: Instance, solution: Solution | None, starts: dict[UUID, int], differences: list[dict[str, Any]]
) -> dict[str, Any]:
    current = solution is not None and solution.seal == instance.seal()
    return {
        "value": instance.value_of(starts),
        "breaches": instance.breaches(starts),
        "solution": str(solution.pk) if solution and current else "",
        "best_value": solution.value if solution and current else None,
        "best_bound": solution.bound if solution and current else None,
        "differences": differences,
    }


def _draft(ctx: Context, scenario: Scenario) -> PlanVersion:
    plan = Plan.objects.filter(first_year=scenario.first_year).first()
    version = plans.open_version(plan) if plan else None
    if version is None:
        why = str(say(gettext_noop("Fra scenarioet «%(name)s»."), name=scenario.name))
        return portfolio.open_draft(
            actor=ctx.actor, now=ctx.now, first_year=scenario.first_year, reason=why if plan else ""
        )
    if version.state != VersionState.DRAFT:
        raise Conflict(
            say(gettext_noop("Planen er til behandling og kan ikke endres nå.")),
            remedy=say(gettext_noop("Vent til den er vedtatt eller sendt tilbake.")),
            rule="plan.frozen",
        )
    return version


def _lines(ctx: Context, draft: PlanVersion, scenario: Scenario, starts: dict[UUID, int]) -> None:
    """Write the chosen as lines by value, update those that stand there, and take out what is not chosen."""
    rows = {row.pk: row for row in queries.candidates_in_full()}
    standing = {row.line_key: row for row in plans.lines_of(draft)}
    by_need = {row.need_id: row for row in standing.values() if row.need_id}
    years = plans.years_of(draft.plan)
    # A cost without a source goes on the model's first one, as a need's does: a plan's line must name one.
    source = next(iter(plans.sources(ctx.today)), "")
    order = sorted(starts, key=lambda key: (not rows[key].mandatory, -rows[key].value, rows[key].number))
    for key in order:
        row = rows[key]
        there = standing.get(row.plan_line) if row.plan_line else by_need.get(row.need_id) if row.need_id else None
        line = _line(row, starts[key], scenario, years, there, source)
        if there is not None:
            made = portfolio.save_line(actor=ctx.actor, now=ctx.now, line_id=there.pk, version=there.version, line=line)
        else:
            made = portfolio.add_line(actor=ctx.actor, now=ctx.now, version_id=draft.pk, line=line)
        if row.plan_line != made.line_key:
            _tie(ctx, row, made.line_key)
    for row in rows.values():
        there = standing.get(row.plan_line) if row.plan_line else None
        if there is not None and row.pk not in starts:
            portfolio.remove_line(actor=ctx.actor, now=ctx.now, line_id=there.pk, version=there.version)


def _tie(ctx: Context, row: Candidate, line_key: UUID) -> None:
    before = row.snapshot()
    row.plan_line = line_key
    ctx.save(row)
    ctx.record("candidate.in_plan", row, before=before)


def _line(row: Candidate, start: int, scenario: Scenario, years: range, there: Any, source: str) -> Line:
    """The candidate as a line: its costs laid out from its start year, scaled as the scenario says."""
    left = {UUID(str(key)) for key in scenario.left}
    amounts: dict[tuple[int, str, str], int] = {}
    for cost in row.costs.all():
        for year in years:
            gone = year - start
            if gone == cost.offset or (cost.continues and gone > cost.offset):
                place = (year, cost.kind, cost.source or source)
                amounts[place] = amounts.get(place, 0) + cost.amount * scenario.cost_percent // 100
    costs = tuple(Cost(year, kind, source, amount) for (year, kind, source), amount in sorted(amounts.items()))
    return Line(
        key=there.line_key if there is not None else uuid4(),
        rank=there.rank if there is not None else 0,
        title=row.title,
        need=row.need_id,
        owner=row.owner,
        argument=row.description,
        organisations=tuple(
            part.organisation_id for part in row.participants.all() if part.organisation_id not in left
        ),
        cost_key=row.cost_key,
        own_shares=row.own_shares,
        starts_on=date(start, 1, 1),
        ends_on=date(start + row.duration - 1, 12, 31),
        costs=costs or (Cost(start, "operating", source, 0),),
        kind=row.kind,
        focus_area=row.focus_area,
        goals=tuple(row.goals),
    )
