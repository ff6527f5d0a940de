"""Minutes: drafted from what happened, written on, approved, and then sealed. And what is to be followed up."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.documents.models import Document
from samstyr.foundation.organisations.models import Organisation, Person
from samstyr.foundation.tenancy.models import EditableModel, FactModel

from .agenda import AgendaItem
from .meeting import Meeting


class MinutesState(models.TextChoices):
    """How far the minutes have come."""

    DRAFT = "draft", _("under arbeid")
    SENT = "sent", _("til godkjenning")
    APPROVED = "approved", _("godkjent")


class Minutes(EditableModel):
    """The minutes of a meeting. Approved they are never changed: `content` is what was approved, `digest` its seal."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="minutes")
    state = models.CharField(max_length=20, choices=MinutesState, default=MinutesState.DRAFT)
    sent_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    audit_omits = EditableModel.audit_omits | {"content"}

    class Meta(EditableModel.Meta):
        constraints = (models.UniqueConstraint(fields=("tenant", "meeting"), name="minutes_once"),)

    def __str__(self) -> str:
        return f"{self.meeting}"


class MinutesSection(EditableModel):
    """A part of the minutes: what the system drafted, kept apart from what the secretary has written.

    `item` is None for the opening part. `written` replaces nothing: it stands below what is drafted.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="sections")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField()
    drafted = models.TextField(blank=True)
    written = models.TextField(blank=True)
    closed = models.BooleanField(default=False)

    audit_omits = EditableModel.audit_omits | {"drafted", "written"}

    class Meta(EditableModel.Meta):
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("tenant", "minutes", "order"), name="minutes_section_once"),)

    def __str__(self) -> str:
        return f"{self.minutes} {self.order}"


class Approval(FactModel):
    """That somebody approves the minutes, or has a remark to them."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="approvals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    approves = models.BooleanField(default=True)
    remark = models.TextField(blank=True)
    digest = models.CharField(max_length=64)

    # A remark or a correction may be about something closed; the trail tells that it was made, not what it says.
    audit_omits = FactModel.audit_omits | {"remark"}

    class Meta(FactModel.Meta):
        ordering = ("recorded_at",)

    def __str__(self) -> str:
        return self.name


class Addendum(FactModel):
    """A correction to approved minutes: they stand, and this stands beside them."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="addenda")
    text = models.TextField()
    reason = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    audit_omits = FactModel.audit_omits | {"text", "reason"}

    class Meta(FactModel.Meta):
        ordering = ("recorded_at",)

    def __str__(self) -> str:
        return self.name


class FollowUp(EditableModel):
    """What a body has asked somebody to do; it comes back to the body's agenda until it is done."""

    body = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups")
    title = models.CharField(max_length=300)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("due_on",)
        indexes: ClassVar = [models.Index(fields=("tenant", "body", "due_on"), name="follow_up_body")]

    def __str__(self) -> str:
        # What stands in the trail's labels is read by all who read the trail.
        return str(self.item) if self.item is not None and self.item.closed else self.title
