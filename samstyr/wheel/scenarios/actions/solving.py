"""Asking for the best portfolio, and keeping what is found."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.jobs import actions as jobs
from samstyr.foundation.jobs.models import Job
from samstyr.foundation.kernel.errors import Conflict, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Candidate, Scenario, Solution
from ..queries import latest_solution
from ..queries.reading import EXPLAIN, SOLVE
from .scenarios import open_scenario


@action("scenario.solve", kind="scenario")
def ask_to_solve(ctx: Context, *, scenario_id: UUID) -> Job:
    """Put the scenario in the queue for the optimiser; the same job while one waits or runs."""
    scenario = open_scenario(ctx, scenario_id)
    if not Candidate.objects.filter(dropped_reason="").exists():
        raise Conflict(
            say(gettext_noop("Det er ingen kandidater å velge blant.")),
            remedy=say(gettext_noop("Legg inn kandidater først.")),
        )
    return jobs.ask(actor=ctx.actor, now=ctx.now, kind=SOLVE, about=scenario.pk)


@action("scenario.explain", kind="scenario")
def explain_candidate(ctx: Context, *, scenario_id: UUID, candidate_id: UUID) -> Job:
    """Ask what would bring one candidate in or out, in the queue. Raises Conflict before anything is solved."""
    scenario = open_scenario(ctx, scenario_id)
    if not Candidate.objects.filter(pk=candidate_id).exists():
        raise NotFound
    solution = latest_solution(scenario)
    if solution is None or not solution.outcome.get("starts"):
        raise Conflict(
            say(gettext_noop("Det er ikke regnet ut noen løsning som kan forklares.")),
            remedy=say(gettext_noop("Regn ut beste portefølje først.")),
        )
    return jobs.ask(
        actor=ctx.actor, now=ctx.now, kind=EXPLAIN, about=scenario.pk, arguments={"candidate": str(candidate_id)}
    )


@action("scenario.solved", kind="scenario")
def store_solution(
    ctx: Context, *, scenario_id: UUID, job_id: UUID, asked_by: UUID, seal: str, status: str, value: int, bound: int,
    outcome: dict[str, Any],
) -> Solution:  # fmt: skip
    """Keep what the optimiser found, whole."""
    if not ctx.actor.automatic:
        raise RuntimeError("solutions are stored by the worker")
    scenario = ctx.load(Scenario, scenario_id)
    row = ctx.create(
        Solution(
            scenario=scenario, job_id=job_id, seal=seal, status=status, value=value, bound=bound, outcome=outcome,
            solved_at=ctx.now, asked_by_id=asked_by,
        )
    )  # fmt: skip
    ctx.record("scenario.solved", scenario, status=status, value=value, bound=bound, seal=seal, solution=str(row.pk))
    return row


@action("scenario.explained", kind="scenario")
def store_explanation(ctx: Context, *, solution_id: UUID, candidate_id: UUID, explanation: dict[str, Any]) -> Solution:
    """Keep a further explanation beside the solution it is of."""
    if not ctx.actor.automatic:
        raise RuntimeError("explanations are stored by the worker")
    row = ctx.load(Solution, solution_id)
    found = {**row.outcome.get("explanations", {}), str(candidate_id): explanation}
    row.outcome = {**row.outcome, "explanations": found}
    ctx.save(row)
    ctx.record("scenario.explained", row, before={}, candidate=str(candidate_id))
    return row
