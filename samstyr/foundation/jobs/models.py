"""A piece of long work and how far it has come."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.organisations.models import Person
from samstyr.foundation.tenancy.models import EditableModel


class JobState(models.TextChoices):
    """A job's life."""

    QUEUED = "queued", _("i kø")
    RUNNING = "running", _("i gang")
    DONE = "done", _("ferdig")
    FAILED = "failed", _("feilet")
    CANCELLED = "cancelled", _("avbrutt")


class Job(EditableModel):
    """Work of a `kind` that a room has registered, on the thing `about`, asked for by a person.

    `progress` is per cent, `message` what it is doing now. `alive_at` is the worker's last sign of life: a
    running job without one for a while is taken up again.
    """

    kind = models.CharField(max_length=60)
    about = models.UUIDField()
    arguments = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=20, choices=JobState, default=JobState.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    fault = models.TextField(blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    alive_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    asked_by_id: UUID | None

    class Meta(EditableModel.Meta):
        ordering = ("-asked_at",)
        indexes: ClassVar = [
            models.Index(fields=("tenant", "state"), name="job_state"),
            models.Index(fields=("tenant", "about"), name="job_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
