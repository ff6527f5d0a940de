"""Reading jobs: one, those about a thing, and whether anybody works on the queue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from .models import Job, JobState
from .rules import DEAD_AFTER, SLOW_AFTER, same_work

GOING = (JobState.QUEUED, JobState.RUNNING)


def job_by_id(key: UUID) -> Job | None:
    """One job."""
    return cast("Job | None", Job.objects.filter(pk=key).first())


def running_job(kind: str, about: UUID) -> Job | None:
    """The job of the kind about the thing that waits or is being done."""
    return cast("Job | None", Job.objects.filter(kind=kind, about=about, state__in=GOING).first())


def going_job(kind: str, about: UUID, arguments: Mapping[str, Any]) -> Job | None:
    """The very same work, that waits or is being done: of the kind, about the thing, asked for with the arguments."""
    rows = Job.objects.filter(kind=kind, about=about, state__in=GOING, cancel_asked=False).order_by("asked_at", "pk")
    return next((row for row in rows if same_work(row.arguments, arguments)), None)


def latest_job(kind: str, about: UUID) -> Job | None:
    """The newest job of the kind about the thing."""
    return cast("Job | None", Job.objects.filter(kind=kind, about=about).order_by("-asked_at").first())


def something_waits(now: datetime) -> bool:
    """Whether there is a job to take: one that waits, or one whose worker has died."""
    dead = Job.objects.filter(state=JobState.RUNNING, alive_at__lt=now - DEAD_AFTER)
    return Job.objects.filter(state=JobState.QUEUED).exists() or dead.exists()


def is_mine(job_id: UUID, attempt: int) -> bool:
    """Whether the job is still being done in this attempt, and nobody has asked for it to stop.

    The row is locked, so that it stays so to the end of the transaction.
    """
    rows = Job.objects.select_for_update(of=("self",))
    found = rows.filter(pk=job_id, state=JobState.RUNNING, attempts=attempt, cancel_asked=False)
    return found.first() is not None


def worker_seems_absent(now: datetime) -> bool:
    """Whether something has waited, or been silent, so long that no worker seems to run."""
    waiting = Job.objects.filter(state=JobState.QUEUED, asked_at__lt=now - SLOW_AFTER)
    silent = Job.objects.filter(state=JobState.RUNNING, alive_at__lt=now - SLOW_AFTER)
    busy = Job.objects.filter(state=JobState.RUNNING, alive_at__gte=now - SLOW_AFTER)
    return silent.exists() or (waiting.exists() and not busy.exists())
