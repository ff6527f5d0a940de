"""Written procedure: a proposal sent to a body's members, and what they answer."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.organisations.models import Organisation, Person, Seat
from samstyr.foundation.tenancy.models import EditableModel, FactModel
from samstyr.procedure.casework.models import Case, CaseStep, Treatment


class ProcedureState(models.TextChoices):
    """How far a written procedure has come."""

    OPEN = "open", _("ute til svar")
    DECIDED = "decided", _("avgjort")
    TO_MEETING = "to_meeting", _("tas i møte")
    WITHDRAWN = "withdrawn", _("trukket")


class Procedure(EditableModel):
    """A step of a case decided in writing. `outcome` is the step's outcome that the proposal asks for.

    `short_reason` is why the time is shorter than the model's least; it stands in the minutes (D-33).
    """

    body = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    case_step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="procedures")
    number = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    proposal = models.TextField()
    outcome = models.CharField(max_length=60)
    reason = models.TextField()
    sent_at = models.DateTimeField()
    deadline = models.DateField()
    short_reason = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=20, choices=ProcedureState, default=ProcedureState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    early = models.BooleanField(default=False)
    result = models.CharField(max_length=500, blank=True)
    summary = models.TextField(blank=True)
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(EditableModel.Meta):
        ordering = ("-sent_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "case_step"), condition=models.Q(state="open"), name="procedure_one_open"
            ),
            models.UniqueConstraint(
                fields=("tenant", "body", "organisation", "year", "number"),
                condition=models.Q(organisation__isnull=False),
                name="procedure_number_once",
            ),
            models.UniqueConstraint(
                fields=("tenant", "body", "year", "number"),
                condition=models.Q(organisation__isnull=True),
                name="procedure_number_once_shared",
            ),
        )
        indexes: ClassVar = [models.Index(fields=("tenant", "state", "deadline"), name="procedure_deadline")]

    def __str__(self) -> str:
        return f"{self.body} {self.number}/{self.year}"


class ProcedureMember(EditableModel):
    """Somebody asked, as the body was put together when it was sent. A vacant seat is not asked."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="members")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    seat_name = models.CharField(max_length=200, blank=True)
    votes = models.BooleanField(default=True)
    weight = models.PositiveIntegerField(default=1)
    leads = models.BooleanField(default=False)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("seat_name", "name")
        constraints = (models.UniqueConstraint(fields=("tenant", "procedure", "person"), name="procedure_member_once"),)

    def __str__(self) -> str:
        return self.name


class Reply(FactModel):
    """What a member answers. Append-only: a later one replaces the one before until the deadline."""

    class Answer(models.TextChoices):
        """What an answer amounts to."""

        FOR = "for", _("for")
        AGAINST = "against", _("imot")
        ABSTAIN = "abstain", _("avstår")
        COMMENT = "comment", _("bare merknad")
        MEETING = "meeting", _("krever møte")

    member = models.ForeignKey(ProcedureMember, on_delete=models.PROTECT, related_name="replies")
    answer = models.CharField(max_length=20, choices=Answer)
    text = models.TextField(blank=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    on_behalf = models.BooleanField(default=False)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(FactModel.Meta):
        ordering = ("recorded_at",)

    def __str__(self) -> str:
        return f"{self.member}: {self.answer}"
