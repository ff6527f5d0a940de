"""What the worker does for a scenario: solve it with explanations, or explain one candidate thoroughly."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samstyr.foundation.access import Actor
from samstyr.foundation.jobs.rules import Cancelled, Progress, Task, job
from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tenancy.scope import tenant_scope

from . import actions, queries
from .queries.reading import EXPLAIN, SOLVE
from .rules.conflicts import smallest_conflict
from .rules.explaining import explain_all, explain_one, worth_of_more
from .rules.instance import Instance, Solved
from .rules.solving import solve

SECONDS, EXPLAINING, WORTHS, CONFLICT = 10.0, 20.0, 10.0, 20.0
THOROUGH = 60.0
# Share of the work's progress, in per cent, at which the search and then the explaining ends.
SEARCHED, EXPLAINED = 40, 85


def _actor(task: Task) -> Actor:
    return Actor(task.asked_by, task.tenant, "Samstyr", automatic="worker")


def _question(task: Task) -> tuple[Instance, dict[UUID, int]]:
    """The scenario's question, and what is chosen in it now."""
    with tenant_scope(task.tenant):
        scenario = queries.scenario_by_id(task.about)
        if scenario is None:
            raise NotFound
        instance = queries.build_instance(scenario, clock.oslo_date(task.now))
        chosen = {row.candidate_id: row.start for row in queries.choices_of(scenario) if row.start is not None}
    return instance, chosen


@job(SOLVE)
def solve_scenario(task: Task, progress: Progress) -> None:
    """Find the best choice, say why, what more of each limit is worth, and what cannot be met together."""
    instance, chosen = _question(task)
    searching = str(say(gettext_noop("Leter etter den beste porteføljen.")))

    def searched(percent: int, value: int, bound: int) -> bool:
        known = {"value": value, "bound": bound} if bound < 2**62 else {}
        return progress.goes_on(percent * SEARCHED // 100, searching, **known)

    solved = solve(instance, seconds=SECONDS, start=chosen, on_progress=searched)
    if solved.status == "cancelled" or not progress.goes_on(SEARCHED):
        raise Cancelled
    outcome = _outcome(instance, solved, progress)
    with tenant_scope(task.tenant):
        progress.keep()
        actions.store_solution(
            actor=_actor(task), now=clock.now(), scenario_id=task.about, job_id=task.key, asked_by=task.asked_by,
            seal=instance.seal(), status=solved.status, value=solved.value, bound=solved.bound, outcome=outcome,
        )  # fmt: skip


def _outcome(instance: Instance, solved: Solved, progress: Progress) -> dict[str, Any]:
    """Everything the pages show of a solution, JSON-ready."""
    if solved.status == "infeasible":
        progress.tell(SEARCHED, str(say(gettext_noop("Finner ut hva som ikke går sammen."))))
        return {"starts": {}, "conflict": list(smallest_conflict(instance, seconds=CONFLICT))}
    explaining = str(say(gettext_noop("Finner begrunnelsen for hvert tiltak.")))

    def explained(percent: int) -> bool:
        return progress.goes_on(SEARCHED + percent * (EXPLAINED - SEARCHED) // 100, explaining)

    explanations = explain_all(instance, solved, seconds=EXPLAINING, on_progress=explained)
    progress.goes_on(EXPLAINED, str(say(gettext_noop("Finner ut hva mer av hver ramme er verdt."))))
    return {
        "starts": {str(key): start for key, start in solved.starts.items()},
        "explanations": {str(key): item.as_json() for key, item in explanations.items()},
        "worth": [
            {"limit": item.limit, "step": item.step, "gain": item.gain}
            for item in worth_of_more(instance, solved, seconds=WORTHS)
        ],
        "conflict": [],
    }


@job(EXPLAIN)
def explain_scenario(task: Task, progress: Progress) -> None:
    """Search longer for what would bring one candidate in or out of the newest solution."""
    instance, _chosen = _question(task)
    key = UUID(str(task.arguments["candidate"]))
    with tenant_scope(task.tenant):
        scenario = queries.scenario_by_id(task.about)
        solution = queries.latest_solution(scenario) if scenario else None
    if solution is None or key not in instance.by_key or solution.seal != instance.seal():
        raise NotFound
    progress.tell(5, str(say(gettext_noop("Leter etter hva som skal til."))))
    starts = {UUID(name): start for name, start in solution.outcome.get("starts", {}).items()}
    solved = Solved(solution.status, starts, solution.value, solution.bound)
    found = explain_one(instance, solved, key, seconds=THOROUGH)
    progress.tell(95)
    with tenant_scope(task.tenant):
        progress.keep()
        actions.store_explanation(
            actor=_actor(task), now=clock.now(), solution_id=solution.pk, candidate_id=key, explanation=found.as_json()
        )
