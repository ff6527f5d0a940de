"""A hearing round, who was asked, and what they answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.organisations.models import Organisation, Person
from samstyr.foundation.tenancy.models import EditableModel, FactModel, TenantModel
from samstyr.procedure.casework.models import Case, CaseStep


class Hearing(EditableModel):
    """A round of asking several bodies at once about one case, with one question and one deadline (B-29)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hearings")
    case_step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="hearings")
    question = models.TextField()
    deadline = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("-opened_at",)
        indexes: ClassVar = [models.Index(fields=("tenant", "deadline"), name="hearing_deadline")]

    def __str__(self) -> str:
        return f"Høring: {self.case.title}"


class Consultee(TenantModel):
    """One body asked in one hearing: the model's hearing body, for one organisation, answered by a role.

    `why` is the rule that chose it, in words; `collision` says that it also has another part in the case (B-48).
    """

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="consultees")
    body = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=60, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    collision = models.CharField(max_length=300, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "hearing", "body", "organisation"),
                condition=models.Q(organisation__isnull=False),
                name="consultee_once",
            ),
            models.UniqueConstraint(
                fields=("tenant", "hearing", "body"),
                condition=models.Q(organisation__isnull=True),
                name="consultee_once_shared",
            ),
        )
        indexes: ClassVar = [models.Index(fields=("tenant", "role"), name="consultee_role")]

    def __str__(self) -> str:
        return self.name


class Position(models.TextChoices):
    """What a statement amounts to; silence is not one of them and is shown as silence."""

    NO_REMARKS = "no_remarks", _("ingen merknader")
    SUPPORT = "support", _("støtter")
    CONDITIONS = "conditions", _("støtter på vilkår")
    REMARKS = "remarks", _("merknader")
    AGAINST = "against", _("fraråder")


class Statement(FactModel):
    """What a consultee answers. Append-only: a second statement of the same consultee replaces the first."""

    consultee = models.ForeignKey(Consultee, on_delete=models.PROTECT, related_name="statements")
    position = models.CharField(max_length=20, choices=Position)
    text = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    exempt = models.BooleanField(default=False)
    legal_basis = models.CharField(max_length=200, blank=True)
    late = models.BooleanField(default=False)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    given_as = models.CharField(max_length=200, blank=True)
    by_link = models.BooleanField(default=False)
    on_behalf = models.BooleanField(default=False)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    # What may be exempt from public access never goes into the trail's details.
    audit_omits = FactModel.audit_omits | {"text", "conditions"}

    class Meta(FactModel.Meta):
        ordering = ("recorded_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(exempt=False) | ~models.Q(legal_basis=""),
                name="statement_exempt_has_basis",
            ),
        )

    def __str__(self) -> str:
        return f"{self.consultee}: {self.position}"


class Followed(models.TextChoices):
    """What has become of what somebody said."""

    FOLLOWED = "followed", _("fulgt")
    PARTLY = "partly", _("delvis fulgt")
    NOT = "not", _("ikke fulgt")


class StatementAnswer(FactModel):
    """What whoever held the hearing answers to a statement: followed or not, and why (N-007). The newest one counts."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="answers")
    followed = models.CharField(max_length=20, choices=Followed)
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    # As the statement's own words.
    audit_omits = FactModel.audit_omits | {"reason"}

    class Meta(FactModel.Meta):
        ordering = ("recorded_at",)

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.followed}"


class HearingChoice(EditableModel):
    """An organisation's own say on whom it hears (B-30): the model's body taken out, or a body of its own added."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="hearing_choices")
    body = models.CharField(max_length=60)
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=60, blank=True)
    included = models.BooleanField(default=True)

    class Meta(EditableModel.Meta):
        ordering = ("organisation", "body")
        constraints = (models.UniqueConstraint(fields=("tenant", "organisation", "body"), name="hearing_choice_once"),)

    def __str__(self) -> str:
        return f"{self.organisation}: {self.name or self.body}"
