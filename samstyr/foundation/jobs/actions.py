"""Asking for long work, stopping it, and noting what becomes of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import connection

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tenancy.scope import require_tenant_id

from .models import Job, JobState
from .queries import going_job
from .rules import DEAD_AFTER, MOST_ATTEMPTS


def _facts() -> Facts:
    return Facts("job", require_tenant_id())


@action("job.ask", kind="job")
def ask(
    ctx: Context, *, kind: str, about: UUID, arguments: dict[str, Any] | None = None, act: Act = Act.PLAN_EDIT
) -> Job:
    """Put work in the queue. Asked again while the same waits or runs, it is the same job that is answered.

    The caller holds the lock of the thing it is about, so that two who ask at once get one job.
    """
    ctx.require(may(ctx.actor, act, _facts()))
    going = going_job(kind, about, arguments or {})
    if going is not None:
        return going
    # What the system does by itself, such as the day's work, is asked for by nobody.
    person = ctx.actor.person if ctx.actor.person.int else None
    row = ctx.create(Job(kind=kind, about=about, arguments=arguments or {}, asked_by_id=person, asked_at=ctx.now))
    ctx.record("job.asked", row)
    return row


@action("job.cancel", kind="job")
def cancel(ctx: Context, *, job_id: UUID, act: Act = Act.PLAN_EDIT) -> Job:
    """Ask the work to stop: at once if it waits, within a second or so if it runs. Raises Conflict if it has ended."""
    ctx.require(may(ctx.actor, act, _facts()))
    row = ctx.load(Job, job_id)
    if row.state not in (JobState.QUEUED, JobState.RUNNING):
        raise Conflict(say(gettext_noop("Arbeidet er allerede avsluttet.")), rule="job.ended")
    before = row.snapshot()
    row.cancel_asked = True
    if row.state == JobState.QUEUED:
        row.state, row.ended_at = JobState.CANCELLED, ctx.now
    ctx.save(row)
    ctx.record("job.cancelled", row, before=before)
    return row


@action("job.take", kind="job")
def take(ctx: Context) -> Job | None:
    """Take the oldest waiting job, or one whose worker has died; each is taken by one worker only.

    A job that has died three times is failed, so that it does not take every worker with it.
    """
    if not ctx.actor.automatic:
        raise RuntimeError("jobs are taken by the worker")
    row = _waiting(ctx.now)
    while row is not None and (row.attempts >= MOST_ATTEMPTS or row.cancel_asked):
        _given_up(ctx, row)
        row = _waiting(ctx.now)
    if row is None:
        return None
    before = row.snapshot()
    row.state, row.attempts = JobState.RUNNING, row.attempts + 1
    row.started_at = row.alive_at = ctx.now
    ctx.save(row)
    ctx.record("job.started", row, before=before)
    return row


def _given_up(ctx: Context, row: Job) -> None:
    """Its worker died: it was to be stopped anyway, or it has died too often."""
    before = row.snapshot()
    row.ended_at = ctx.now
    if row.cancel_asked:
        row.state = JobState.CANCELLED
    else:
        row.state, row.fault = (
            JobState.FAILED,
            str(say(gettext_noop("Arbeidet stanset uten å bli ferdig, tre ganger."))),
        )
    ctx.save(row)
    ctx.record("job.given_up", row, before=before)


def _waiting(now: datetime) -> Job | None:
    rows = Job.objects.all()
    # Two workers never wait for each other's row: what one holds, the other passes by.
    locked = rows.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    dead = locked.filter(state=JobState.RUNNING, alive_at__lt=now - DEAD_AFTER).order_by("asked_at").first()
    if dead is not None:
        return cast("Job", dead)
    return cast("Job | None", locked.filter(state=JobState.QUEUED).order_by("asked_at", "pk").first())


def note_progress(
    now: datetime, *, job_id: UUID, attempt: int, percent: int, message: str, figures: dict[str, Any]
) -> bool:
    """Write down how far the work has come; how it went on is no part of the record, so it leaves no trail.

    Answers False when the work has been asked to stop, or is no longer this worker's.
    """
    mine = Job.objects.filter(pk=job_id, state=JobState.RUNNING, attempts=attempt)
    row = mine.first()
    if row is None or row.cancel_asked:
        return False
    told = {"message": message} if message else {}
    mine.update(progress=percent, alive_at=now, arguments={**row.arguments, **figures}, **told)
    return True


def note_alive(now: datetime, *, job_id: UUID, attempt: int) -> bool:
    """Tell that the worker lives, though the work has nothing to tell; False when the job is no longer its own."""
    rows = Job.objects.filter(pk=job_id, state=JobState.RUNNING, attempts=attempt)
    return bool(rows.update(alive_at=now))


@action("job.end", kind="job")
def end(ctx: Context, *, job_id: UUID, attempt: int, state: str, fault: str = "") -> Job:
    """Note that the work has ended: done, failed with a fault in plain words, cancelled, or queued again because
    the worker is stopping. Nothing is noted when another worker has taken the job up in the meantime."""
    if not ctx.actor.automatic:
        raise RuntimeError("jobs are ended by the worker")
    row = ctx.load(Job, job_id)
    if row.state != JobState.RUNNING or row.attempts != attempt:
        return row
    before = row.snapshot()
    row.state, row.fault, row.ended_at = state, fault, ctx.now
    if state == JobState.QUEUED:
        row.ended_at, row.attempts, row.progress, row.message = None, row.attempts - 1, 0, ""
    if state == JobState.DONE:
        row.progress = 100
    ctx.save(row)
    ctx.record("job.ended", row, before=before)
    return row
