"""What a meeting treats: items, their papers, questions, motions, and who is left out of an item."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.documents.models import Document
from samstyr.foundation.organisations.models import Person
from samstyr.foundation.tenancy.models import EditableModel
from samstyr.procedure.casework.models import Case, CaseStep, Treatment

from .meeting import Meeting, Participant


class AgendaItem(EditableModel):
    """One item. `case_step` is the step that waits for the body; without one nothing is decided on the trail.

    `number` is the item's own number in the minutes, running through the body's year, given when it is called.
    `late` marks an item that was not sent out. `discussion` is what is to stand in the minutes of how it went.
    """

    class Kind(models.TextChoices):
        """What kind of item it is."""

        CASE = "case", _("sak")
        REPORT = "report", _("orientering")
        ROUND = "round", _("runde rundt bordet")
        MINUTES = "minutes", _("godkjenning av møtebok")
        OTHER = "other", _("eventuelt")

    class State(models.TextChoices):
        """How far the item has come."""

        WAITING = "waiting", _("venter")
        OPEN = "open", _("behandles")
        DECIDED = "decided", _("behandlet")
        POSTPONED = "postponed", _("utsatt")
        WITHDRAWN = "withdrawn", _("trukket")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.CASE)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    case_step = models.ForeignKey(
        CaseStep, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    order = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    proposal = models.TextField(blank=True)
    minutes_long = models.PositiveSmallIntegerField(default=15)
    closed = models.BooleanField(default=False)
    legal_basis = models.CharField(max_length=200, blank=True)
    late = models.BooleanField(default=False)
    late_reason = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    discussion = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    treated_at = models.DateTimeField(null=True, blank=True)

    # What a closed item holds never goes into the trail's details.
    audit_omits = EditableModel.audit_omits | {"text", "proposal", "discussion", "decision"}

    class Meta(EditableModel.Meta):
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "case_step"),
                condition=models.Q(state__in=("waiting", "open"), case_step__isnull=False),
                name="agenda_step_once",
            ),
            models.CheckConstraint(
                condition=models.Q(closed=False) | ~models.Q(legal_basis=""), name="agenda_closed_has_basis"
            ),
        )
        indexes: ClassVar = [models.Index(fields=("tenant", "meeting", "order"), name="agenda_order")]

    def __str__(self) -> str:
        return f"{self.number} {_('Lukket sak') if self.closed else self.title}".strip()


class Paper(EditableModel):
    """A document of an item. Frozen when sent: from then on it is only replaced by a supplement."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="papers")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField(null=True, blank=True)
    supplement = models.BooleanField(default=False)

    class Meta(EditableModel.Meta):
        ordering = ("created_at",)

    def __str__(self) -> str:
        return str(self.item) if self.item.closed else self.title


class Question(EditableModel):
    """What somebody asks about an item before the meeting, and the answer."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    audit_omits = EditableModel.audit_omits | {"text", "answer"}

    class Meta(EditableModel.Meta):
        ordering = ("created_at",)

    def __str__(self) -> str:
        return str(self.item) if self.item.closed else self.text[:60]


class Disqualification(EditableModel):
    """That somebody's impartiality in an item is asked about, and what was decided.

    Only «disqualified» leaves the person out of the item's quorum and vote; `law` is the text decided by.
    """

    class Outcome(models.TextChoices):
        """What was decided."""

        OPEN = "", _("ikke avgjort")
        DISQUALIFIED = "disqualified", _("inhabil")
        QUALIFIED = "qualified", _("habil")

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="disqualifications")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="disqualifications")
    ground = models.CharField(max_length=500)
    law = models.CharField(max_length=200)
    raised_by = models.CharField(max_length=200)
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.OPEN, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("created_at",)
        constraints = (models.UniqueConstraint(fields=("tenant", "item", "participant"), name="disqualification_once"),)

    def __str__(self) -> str:
        return f"{self.participant}: {self.outcome}"


class Motion(EditableModel):
    """A proposal made in the meeting: its text, and the outcome of the step that it would lead to."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="motions")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.CharField(max_length=200)
    text = models.TextField()
    outcome = models.CharField(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(default=1)
    withdrawn = models.BooleanField(default=False)

    audit_omits = EditableModel.audit_omits | {"text"}

    class Meta(EditableModel.Meta):
        ordering = ("order",)

    def __str__(self) -> str:
        return f"{self.made_by}: {self.item if self.item.closed else self.text[:60]}"
