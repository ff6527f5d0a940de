"""Carries out waiting jobs, one at a time. The work itself stands outside any long transaction."""

from __future__ import annotations

import logging
import time
from typing import Any
from uuid import UUID

from samstyr.foundation.access import Actor
from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Problem
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tenancy.scope import tenant_scope

from . import actions, queries
from .models import JobState
from .rules import FUNCTIONS, Cancelled, Progress, Task

RULE = "worker"
BETWEEN_NOTES = 1.0
log = logging.getLogger(__name__)


def run_one(tenant_id: UUID) -> bool:
    """Carry out the tenant's next job to its end; False when none waits."""
    actor = Actor(UUID(int=0), tenant_id, "Samstyr", automatic=RULE)
    # Looked for without writing, so that an idle worker never holds the embedded database's one write lock.
    with tenant_scope(tenant_id, writing=False):
        if not queries.something_waits(clock.now()):
            return False
    with tenant_scope(tenant_id):
        row = actions.take(actor=actor, now=clock.now())
        task = None
        if row is not None:
            task = Task(row.pk, tenant_id, row.about, row.asked_by_id, dict(row.arguments), clock.now())
            kind = row.kind
    if task is None:
        return False
    state, fault = _carried_out(kind, task)
    with tenant_scope(tenant_id):
        actions.end(actor=actor, now=clock.now(), job_id=task.key, state=state, fault=fault)
    return True


def _carried_out(kind: str, task: Task) -> tuple[str, str]:
    function = FUNCTIONS.get(kind)
    if function is None:
        return JobState.FAILED, str(say(gettext_noop("Programmet kjenner ikke denne typen arbeid.")))
    try:
        function(task, Progress(_notes(task)))
    except Cancelled:
        return JobState.CANCELLED, ""
    except Problem as problem:
        return JobState.FAILED, str(problem)
    except Exception:
        log.exception("job %s %s failed", kind, task.key)
        return JobState.FAILED, str(say(gettext_noop("Noe gikk galt i beregningen. Feilen er skrevet i loggen.")))
    return JobState.DONE, ""


def _notes(task: Task) -> Any:
    """Writes progress at most once a second; in between it answers as it did last."""
    last = {"at": 0.0, "on": True}

    def note(percent: int, message: str, figures: dict[str, Any]) -> bool:
        at = time.monotonic()
        if at - last["at"] >= BETWEEN_NOTES:
            last["at"] = at
            with tenant_scope(task.tenant):
                last["on"] = actions.note_progress(
                    clock.now(), job_id=task.key, percent=percent, message=message, figures=figures
                )
        return bool(last["on"])

    return note
