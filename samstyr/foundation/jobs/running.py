"""Carries out waiting jobs, one at a time. The work itself stands outside any long transaction."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection

from samstyr.foundation.access import Actor
from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Problem
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tenancy.scope import tenant_scope

from . import actions, queries
from .models import JobState
from .rules import BETWEEN_SIGNS, FUNCTIONS, Cancelled, Progress, Task

RULE = "worker"
NOBODY = UUID(int=0)
BETWEEN_NOTES = 1.0
log = logging.getLogger(__name__)


def _never() -> bool:
    return False


def run_one(tenant_id: UUID, stopping: Callable[[], bool] = _never) -> bool:
    """Carry out the tenant's next job to its end; False when none waits.

    When `stopping` begins to answer True the work is let go as soon as it tells how far it has come, and waits for
    the next worker.
    """
    actor = Actor(UUID(int=0), tenant_id, "Samstyr", automatic=RULE)
    # Looked for without writing, so that an idle worker never holds the embedded database's one write lock.
    with tenant_scope(tenant_id, writing=False):
        if not queries.something_waits(clock.now()):
            return False
    with tenant_scope(tenant_id):
        row = actions.take(actor=actor, now=clock.now())
        task = None
        if row is not None:
            task = Task(
                row.pk, tenant_id, row.about, row.asked_by_id or NOBODY, dict(row.arguments), clock.now(), row.attempts
            )
            kind = row.kind
    if task is None:
        return False
    with _signs_of_life(task):
        state, fault = _carried_out(kind, task, stopping)
    with tenant_scope(tenant_id):
        actions.end(actor=actor, now=clock.now(), job_id=task.key, attempt=task.attempt, state=state, fault=fault)
    return True


def _carried_out(kind: str, task: Task, stopping: Callable[[], bool]) -> tuple[str, str]:
    function = FUNCTIONS.get(kind)
    if function is None:
        return JobState.FAILED, str(say(gettext_noop("Programmet kjenner ikke denne typen arbeid.")))
    asked = {"stop": False}
    try:
        function(task, Progress(_notes(task, stopping, asked), lambda: queries.is_mine(task.key, task.attempt)))
    except Cancelled:
        # Asked for by a person it is ended; let go because the worker stops, it waits for the next one.
        return (JobState.CANCELLED if asked["stop"] or not stopping() else JobState.QUEUED), ""
    except Problem as problem:
        return JobState.FAILED, str(problem)
    except Exception:
        log.exception("job %s %s failed", kind, task.key)
        return JobState.FAILED, str(say(gettext_noop("Noe gikk galt i beregningen. Feilen er skrevet i loggen.")))
    return JobState.DONE, ""


def _notes(task: Task, stopping: Callable[[], bool], asked: dict[str, bool]) -> Any:
    """Writes progress at most once a second; in between it answers as it did last."""
    last = {"at": 0.0, "on": True}

    def note(percent: int, message: str, figures: dict[str, Any]) -> bool:
        at = time.monotonic()
        if at - last["at"] >= BETWEEN_NOTES:
            last["at"] = at
            with tenant_scope(task.tenant):
                last["on"] = actions.note_progress(
                    clock.now(), job_id=task.key, attempt=task.attempt, percent=percent, message=message,
                    figures=figures,
                )  # fmt: skip
            asked["stop"] = not last["on"]
        return bool(last["on"]) and not stopping()

    return note


@contextmanager
def _signs_of_life(task: Task) -> Iterator[None]:
    """Tells that the worker lives while the work is silent, as when one search takes a minute.

    In a thread of its own, with its own connection. A worker that dies takes the thread with it.
    """
    over = threading.Event()

    def tell() -> None:
        while not over.wait(BETWEEN_SIGNS):
            try:
                with tenant_scope(task.tenant):
                    actions.note_alive(clock.now(), job_id=task.key, attempt=task.attempt)
            except Exception:
                # The work goes on; at worst it is taken for dead, and then it can neither store nor end anything.
                log.exception("job %s could not tell that it lives", task.key)
                connection.close()
        connection.close()

    thread = threading.Thread(target=tell, name="signs-of-life", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
