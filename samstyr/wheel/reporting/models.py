"""Reports, their parts, who has received them, and what is corrected afterwards."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.organisations.models import Person
from samstyr.foundation.tenancy.models import EditableModel, FactModel
from samstyr.procedure.meetings.models import AgendaItem


class ReportState(models.TextChoices):
    """Whether it is being written or has been sent."""

    DRAFT = "draft", _("utkast")
    SENT = "sent", _("sendt")


class Report(EditableModel):
    """The report of one period. Sent it is never changed: `content` is what was sent, `digest` its seal.

    `form` is the model's description of the report as it was when this one was begun; `data_on` the day its figures
    were fetched. `sender` and `receiver` are keys of roles or bodies. `item` is where it stands on an agenda.
    `published` is what anybody may read, while `published_on` is set: nothing else is read for a visitor.
    """

    key = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    period = models.CharField(max_length=80)
    period_kind = models.CharField(max_length=20)
    period_name = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField()
    sender = models.CharField(max_length=60)
    receiver = models.CharField(max_length=60)
    form = models.JSONField(default=dict, blank=True)
    model_key = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=20, choices=ReportState, default=ReportState.DRAFT)
    data_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_as = models.CharField(max_length=200, blank=True)
    content = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    published_on = models.DateField(null=True, blank=True)
    published = models.JSONField(default=dict, blank=True)
    parts: Any
    addenda: Any
    receipts: Any
    item_id: UUID | None

    audit_omits: ClassVar[frozenset[str]] = EditableModel.audit_omits | {"content", "form", "published"}

    class Meta(EditableModel.Meta):
        ordering = ("-ends_on", "name")
        constraints = (
            models.UniqueConstraint(fields=("tenant", "key", "period"), name="report_period_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="report_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | ~models.Q(digest=""), name="report_sent_is_sealed"
            ),
        )
        indexes: ClassVar = [
            models.Index(fields=("tenant", "key", "ends_on"), name="report_key_end"),
            models.Index(fields=("tenant", "receiver", "state"), name="report_receiver"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.period}"


class ReportPart(EditableModel):
    """A section or a dimension. `drafted` is the frozen block of figures; `written` the sender's own words.

    `figures` are what the sender has entered, by indicator and place. `light` and `written` make a dimension's
    judgement. `carried` marks words that stand as they did last time, until they are changed.
    """

    class Kind(models.TextChoices):
        """What sort of part it is."""

        SECTION = "section", _("del")
        DIMENSION = "dimension", _("dimensjon")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.SECTION)
    key = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField()
    drafted = models.JSONField(default=dict, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    light = models.CharField(max_length=10, blank=True)
    written = models.TextField(blank=True)
    carried = models.BooleanField(default=False)

    audit_omits: ClassVar[frozenset[str]] = EditableModel.audit_omits | {"drafted", "written"}

    class Meta(EditableModel.Meta):
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("tenant", "report", "key"), name="report_part_once"),)

    def __str__(self) -> str:
        return f"{self.report_id} {self.key}"


class ReportAddendum(FactModel):
    """A correction that stands beside a report that was sent, with the reason."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="addenda")
    text = models.TextField()
    reason = models.CharField(max_length=500)
    name = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(FactModel.Meta):
        ordering = ("recorded_at",)

    def __str__(self) -> str:
        return f"{self.report_id} {self.name}"


class ReportReceipt(FactModel):
    """That somebody who receives the report has read it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="receipts")
    name = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    class Meta(FactModel.Meta):
        ordering = ("recorded_at",)
        constraints = (models.UniqueConstraint(fields=("tenant", "report", "person"), name="report_receipt_once"),)

    def __str__(self) -> str:
        return f"{self.report_id} {self.name}"
