"""Whom one may lift cases to and take cases from, what was sent, and what has come."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.organisations.models import Person
from samstyr.foundation.tenancy.models import EditableModel
from samstyr.procedure.casework.models import Case
from samstyr.procedure.matters.models import Matter


class Direction(models.TextChoices):
    """Which way cases go."""

    IN = "in", _("tar imot saker fra")
    OUT = "out", _("kan løfte saker til")


class ChannelState(models.TextChoices):
    """Where the agreement stands."""

    INVITED = "invited", _("venter på at koden blir brukt")
    OPEN = "open", _("åpen")
    CLOSED = "closed", _("stengt")


class Channel(EditableModel):
    """That cases may go between this arrangement and another. Each of the two has its own row of it.

    The receiver opens it with a code, of which only a keyed hash is kept. The other arrangement is named by its id as a
    plain value: no row ever points across the wall.
    """

    direction = models.CharField(max_length=3, choices=Direction)
    other_tenant = models.UUIDField(null=True, blank=True)
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=ChannelState)
    digest = models.CharField(max_length=64, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)

    audit_omits = EditableModel.audit_omits | {"digest"}

    class Meta(EditableModel.Meta):
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "direction", "other_tenant"),
                condition=models.Q(state="open"),
                name="channel_open_once",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Priority(models.TextChoices):
    """How much it matters to those who lift it."""

    HIGH = "high", _("høy")
    NORMAL = "normal", _("vanlig")
    LOW = "low", _("lav")


class LiftState(models.TextChoices):
    """How it goes where it was lifted to."""

    SENT = "sent", _("venter på svar")
    ACCEPTED = "accepted", _("tatt imot")
    DECLINED = "declined", _("ikke tatt imot")
    ENDED = "ended", _("ferdig behandlet")


class Lift(EditableModel):
    """A case that was sent to another arrangement, as it was sent, and what is known of how it goes there.

    `files` tells what went along (title, sha256, exempt), `shielded` what was left behind. `standing` and `answer` are
    mirrored from the receiver.
    """

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="lifts")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="lifts")
    title = models.CharField(max_length=300)
    background = models.TextField()
    question = models.TextField()
    priority = models.CharField(max_length=10, choices=Priority, default=Priority.NORMAL)
    files = models.JSONField(default=list, blank=True)
    shielded = models.JSONField(default=list, blank=True)
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    released_on = models.DateField()
    state = models.CharField(max_length=10, choices=LiftState, default=LiftState.SENT)
    standing = models.CharField(max_length=300, blank=True)
    answer = models.TextField(blank=True)
    told_on = models.DateField(null=True, blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("-released_on", "-created_at")
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "channel", "case"),
                condition=models.Q(state__in=("sent", "accepted")),
                name="lift_once_at_a_time",
            ),
        )
        indexes: ClassVar = [models.Index(fields=("tenant", "state"), name="lift_state")]

    def __str__(self) -> str:
        return self.title


class ReceivedState(models.TextChoices):
    """What was answered."""

    WAITING = "waiting", _("venter på svar")
    ACCEPTED = "accepted", _("tatt imot")
    DECLINED = "declined", _("ikke tatt imot")


class Received(EditableModel):
    """A case that has come from another arrangement. `lift` is its key there, a plain value. Its files are documents here.

    Taken in, it becomes a matter; `matter` is none again when that draft is thrown away.
    """

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="received")
    lift = models.UUIDField()
    title = models.CharField(max_length=300)
    background = models.TextField()
    question = models.TextField()
    priority = models.CharField(max_length=10, choices=Priority, default=Priority.NORMAL)
    shielded = models.JSONField(default=list, blank=True)
    released_by = models.CharField(max_length=200)
    released_on = models.DateField()
    state = models.CharField(max_length=10, choices=ReceivedState, default=ReceivedState.WAITING)
    answer = models.TextField(blank=True)
    matter = models.ForeignKey(Matter, on_delete=models.SET_NULL, null=True, blank=True, related_name="received")

    class Meta(EditableModel.Meta):
        ordering = ("-released_on", "-created_at")
        constraints = (models.UniqueConstraint(fields=("tenant", "lift"), name="received_once"),)

    def __str__(self) -> str:
        return self.title
