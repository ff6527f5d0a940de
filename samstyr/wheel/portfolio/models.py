"""A plan for the economic-plan period, its numbered versions, and their lines."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.organisations.models import Organisation, Person
from samstyr.foundation.tenancy.models import EditableModel, FactModel, TenantModel
from samstyr.procedure.casework.models import Treatment
from samstyr.wheel.needs.models import Need


class Plan(EditableModel):
    """The joint portfolio of one economic-plan period: `first_year` is the budget year (B-35)."""

    name = models.CharField(max_length=200)
    first_year = models.PositiveSmallIntegerField()
    years = models.PositiveSmallIntegerField(default=4)

    class Meta(EditableModel.Meta):
        ordering = ("-first_year",)
        constraints = (models.UniqueConstraint(fields=("tenant", "first_year"), name="plan_period_once"),)

    def __str__(self) -> str:
        return self.name


class VersionState(models.TextChoices):
    """A plan version's life: only the body that adopts makes the third (B-14, B-37)."""

    DRAFT = "draft", _("utkast")
    PROPOSED = "proposed", _("forslag")
    ADOPTED = "adopted", _("vedtatt")
    REJECTED = "rejected", _("ikke vedtatt")
    SUPERSEDED = "superseded", _("erstattet")


class PlanVersion(EditableModel):
    """A draft, proposal or adopted version. Frozen from the moment it is proposed; `content_hash` seals it (I-02).

    `number` is given at adoption and counts 1, 2, 3 within the plan. `based_on` is the version it revises.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=VersionState, default=VersionState.DRAFT)
    reason = models.TextField(blank=True)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="revisions")
    content_hash = models.CharField(max_length=64, blank=True)
    proposed_on = models.DateField(null=True, blank=True)
    adopted_on = models.DateField(null=True, blank=True)
    decision = models.ForeignKey(Treatment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    plan_id: UUID
    based_on_id: UUID | None
    decision_id: UUID | None

    class Meta(EditableModel.Meta):
        ordering = ("plan", "created_at")
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "plan", "number"),
                condition=models.Q(number__isnull=False),
                name="plan_version_number_once",
            ),
            models.UniqueConstraint(
                fields=("tenant", "plan"),
                condition=models.Q(state__in=("draft", "proposed")),
                name="plan_version_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan} v{self.number or '–'}"


class PlanLine(EditableModel):
    """One measure in one version: rank, scope, period, status and how the cost is split.

    `line_key` follows the measure from version to version. `cost_key` names a key of the model;
    `own_shares` are whole per cent per organisation id when the key is the organisations' own choice.
    """

    version_of = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="lines")
    line_key = models.UUIDField()
    rank = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.CharField(max_length=200, blank=True)
    owner_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    argument = models.TextField(blank=True)
    cost_key = models.CharField(max_length=60, blank=True)
    own_shares = models.JSONField(default=dict, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    version_of_id: UUID
    need_id: UUID | None
    costs: Any
    participants: Any

    class Meta(EditableModel.Meta):
        ordering = ("rank",)
        constraints = (
            models.UniqueConstraint(fields=("tenant", "version_of", "line_key"), name="plan_line_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="plan_line_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return self.title


class LineOrganisation(TenantModel):
    """That an organisation takes part in a line (its scope, B-01)."""

    line = models.ForeignKey(PlanLine, on_delete=models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation_id: UUID

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=("tenant", "line", "organisation"), name="line_organisation_once"),
        )

    def __str__(self) -> str:
        return f"{self.line_id} {self.organisation_id}"


class CostKind(models.TextChoices):
    """Investment and operation are never added without saying so."""

    INVESTMENT = "investment", _("investering")
    OPERATING = "operating", _("drift")


class LineCost(TenantModel):
    """Whole kroner in one budget year, of one kind, from one funding source of the model."""

    line = models.ForeignKey(PlanLine, on_delete=models.CASCADE, related_name="costs")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=CostKind)
    source = models.CharField(max_length=60, blank=True)
    amount = models.BigIntegerField()
    price_year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("year", "kind")
        constraints = (
            models.UniqueConstraint(fields=("tenant", "line", "year", "kind", "source"), name="line_cost_once"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="line_cost_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.kind} {self.amount}"


class BudgetState(models.TextChoices):
    """What the budget process has done with a measure's money (B-45)."""

    SENT = "sent", _("sendt til budsjett")
    IN_PROPOSAL = "in_proposal", _("i budsjettforslaget")
    GRANTED = "granted", _("bevilget")
    PARTLY = "partly", _("delvis bevilget")
    REFUSED = "refused", _("ikke bevilget")


class BudgetEntry(FactModel):
    """A step in a measure's way through the budget of one organisation and year; the newest counts."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="budget_entries")
    line_key = models.UUIDField()
    year = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=20, choices=BudgetState)
    amount = models.BigIntegerField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    organisation_id: UUID | None
    entered_by_id: UUID | None

    class Meta(FactModel.Meta):
        ordering = ("recorded_at",)
        indexes: ClassVar = [models.Index(fields=("tenant", "plan", "line_key"), name="budget_entry_line")]

    def __str__(self) -> str:
        return f"{self.year} {self.state}"


class MeasureState(models.TextChoices):
    """How far a measure of an adopted plan has come."""

    NOT_STARTED = "not_started", _("ikke startet")
    STARTED = "started", _("i gang")
    PAUSED = "paused", _("på vent")
    DONE = "done", _("ferdig")
    STOPPED = "stopped", _("stoppet")


class ProgressEntry(FactModel):
    """A note of progress on a measure: status, text and dates, never rank, scope or money (B-15)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="progress_entries")
    line_key = models.UUIDField()
    state = models.CharField(max_length=20, choices=MeasureState)
    happened_on = models.DateField()
    note = models.TextField(blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(FactModel.Meta):
        ordering = ("recorded_at",)
        indexes: ClassVar = [models.Index(fields=("tenant", "plan", "line_key"), name="progress_entry_line")]

    def __str__(self) -> str:
        return f"{self.state} {self.happened_on}"
