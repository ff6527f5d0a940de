"""Asking for the best portfolio, following the work, and taking its solution into use."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from samstyr.foundation.jobs import actions as jobs
from samstyr.foundation.jobs import queries as job_queries
from samstyr.foundation.kernel.errors import Conflict, NotFound
from samstyr.foundation.ui import htmx
from samstyr.foundation.ui.pieces import Status, Tone
from samstyr.web.posting import perform
from samstyr.web.scenarios import solutions
from samstyr.web.scenarios.figures import whole_points
from samstyr.wheel.scenarios import actions, queries

from .parts import key_of, may_edit, scenario_crumbs, scenario_of, url

GOING = ("queued", "running")


def solve(request: Any, key: UUID) -> HttpResponse:
    """Start the work, or go to the one that is under way."""
    scenario = scenario_of(request, key)
    may_edit(request).require()
    running = queries.running_job(scenario)
    job = running or perform(request, actions.ask_to_solve, scenario_id=key)
    return htmx.redirect_client(request, url(request, "scenario-progress", key, job.pk))


def _job_of(scenario: Any, key: UUID) -> Any:
    job = job_queries.job_by_id(key)
    if job is None or job.about != scenario.pk:
        raise NotFound
    return job


def progress(request: Any, key: UUID, job: UUID) -> HttpResponse:
    """How far the work has come; htmx asks for the part again each second until it has ended."""
    scenario = scenario_of(request, key)
    row = _job_of(scenario, job)
    going = row.state in GOING
    value, bound = row.arguments.get("value"), row.arguments.get("bound")
    context = {
        "scenario": scenario,
        "job": row,
        "going": going,
        "percent": row.progress,
        "status": _status(row),
        "words": _words(row),
        "found": _found(value, bound) if going and value else "",
        "fault": row.fault if row.state == "failed" else "",
        "absent": going and job_queries.worker_seems_absent(request.now),
        "stopping": row.cancel_asked,
        "may_edit": may_edit(request),
        "crumbs": scenario_crumbs(request, scenario),
    }
    return htmx.render(request, "scenarios/progress.html", "state", context)


def _found(value: int, bound: int | None) -> str:
    best = _("Beste verdi så langt er %(value)s.") % {"value": whole_points(value)}
    return f"{best} {solutions.gap_words(value, bound)}" if bound else best


def _status(job: Any) -> Status:
    return {
        "queued": Status(_("I kø"), Tone.NEUTRAL),
        "running": Status(_("Regner"), Tone.INFO),
        "done": Status(_("Ferdig"), Tone.SUCCESS),
        "failed": Status(_("Feilet"), Tone.DANGER),
        "cancelled": Status(_("Avbrutt"), Tone.WARNING),
    }[job.state]


def _words(job: Any) -> str:
    if job.cancel_asked and job.state in GOING:
        return _("Beregningen stanser om et øyeblikk.")
    match job.state:
        case "queued":
            return _("Beregningen venter på tur.")
        case "running":
            return str(job.message) or _("Den beste porteføljen regnes ut.")
        case "done":
            return _("Beregningen er ferdig.")
        case "cancelled":
            return _("Beregningen ble avbrutt.")
    return _("Beregningen ble ikke fullført. Prøv igjen.")


def cancel(request: Any, key: UUID, job: UUID) -> HttpResponse:
    """Stop the work."""
    scenario = scenario_of(request, key)
    row = _job_of(scenario, job)
    may_edit(request).require()
    perform(request, jobs.cancel, job_id=row.pk)
    return htmx.redirect_client(request, url(request, "scenario-progress", key, job))


def take(request: Any, key: UUID) -> HttpResponse:
    """Let the choices be as the solution says."""
    scenario_of(request, key)
    solution = key_of(request.POST.get("solution", ""))
    if solution is None:
        raise Conflict(_("Det er ikke sagt hvilken løsning som skal tas i bruk."))
    perform(request, actions.take_solution, scenario_id=key, solution_id=solution)
    messages.success(request, _("Løsningen er tatt i bruk."))
    return htmx.redirect_client(request, url(request, "scenario-detail", key))
