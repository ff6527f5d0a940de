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
    `own_shares` are whole per cent per organisation id when the key is the organisations' own choice, and numbers of
    users when the key counts users. `kind`, `focus_area`, `goals` and `answers` follow the model; `effort` is hours
    per year; `rolled_reason` is why a measure goes on from the plan before.
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
    kind = models.CharField(max_length=60, blank=True)
    focus_area = models.CharField(max_length=60, blank=True)
    goals = models.JSONField(default=list, blank=True)
    benefit = models.TextField(blank=True)
    answers = models.JSONField(default=dict, blank=True)
    purchase_on = models.DateField(null=True, blank=True)
    effort = models.JSONField(default=dict, blank=True)
    rolled_reason = models.TextField(blank=True)
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


class SourceFrame(EditableModel):
    """How much a funding source has in a year, for one organisation or for all; an empty source is the whole plan's."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="frames")
    source = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    amount = models.BigIntegerField()
    organisation_id: UUID | None

    class Meta(EditableModel.Meta):
        ordering = ("source", "year")
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "plan", "source", "year", "organisation"),
                condition=models.Q(organisation__isnull=False),
                name="source_frame_once",
            ),
            models.UniqueConstraint(
                fields=("tenant", "plan", "source", "year"),
                condition=models.Q(organisation__isnull=True),
                name="source_frame_of_all_once",
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="source_frame_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.year} {self.amount}"


class Booking(FactModel):
    """Money of a source used on a measure on a day. A correction is a new row with a negative amount and a reason."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="bookings")
    line_key = models.UUIDField()
    source = models.CharField(max_length=60)
    booked_on = models.DateField()
    amount = models.BigIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    organisation_id: UUID | None

    class Meta(FactModel.Meta):
        ordering = ("booked_on", "recorded_at")
        indexes: ClassVar = [models.Index(fields=("tenant", "plan", "line_key"), name="booking_line")]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.amount}"


class OverrunDecision(FactModel):
    """That a version may exceed the frame of a year by so much, why, and who has decided it (N-008)."""

    version_of = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="overruns")
    source = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    decided_by = models.CharField(max_length=200)
    reason = models.TextField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(FactModel.Meta):
        ordering = ("recorded_at",)

    def __str__(self) -> str:
        return f"{self.year} {self.amount}"


class CarryOver(FactModel):
    """Money granted a measure in `year` and not used, carried to the year after by a decision with a reason."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="carry_overs")
    line_key = models.UUIDField()
    year = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    amount = models.BigIntegerField()
    reason = models.TextField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    organisation_id: UUID | None

    class Meta(FactModel.Meta):
        ordering = ("recorded_at",)
        indexes: ClassVar = [models.Index(fields=("tenant", "plan", "line_key"), name="carry_over_line")]

    def __str__(self) -> str:
        return f"{self.year} {self.amount}"


class Deferral(EditableModel):
    """A measure taken out of a draft until later, with the reason and the day it is looked at again (N-127)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="deferrals")
    line_key = models.UUIDField()
    title = models.CharField(max_length=200)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    content = models.JSONField(default=dict)
    reason = models.TextField()
    review_on = models.DateField()
    taken_up_on = models.DateField(null=True, blank=True)
    need_id: UUID | None

    class Meta(EditableModel.Meta):
        ordering = ("review_on", "title")

    def __str__(self) -> str:
        return self.title


class GrantState(models.TextChoices):
    """An application's way: only the fund grants."""

    DRAFT = "draft", _("under arbeid")
    SENT = "sent", _("sendt")
    GRANTED = "granted", _("innvilget")
    REFUSED = "refused", _("avslått")


class Grant(EditableModel):
    """An application for outside money: what is asked for, the own share it demands, what came and what is used.

    `advice` is the advisory body's word (recommended or not, in which order); the decision stays the fund's (D-18).
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="grants")
    line_key = models.UUIDField(null=True, blank=True)
    fund = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    applicant = models.CharField(max_length=200, blank=True)
    purpose = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField()
    applied = models.BigIntegerField()
    own_share = models.BigIntegerField(default=0)
    state = models.CharField(max_length=20, choices=GrantState, default=GrantState.DRAFT)
    sent_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    granted = models.BigIntegerField(null=True, blank=True)
    used = models.BigIntegerField(default=0)
    advice = models.CharField(
        max_length=20, blank=True, choices=(("recommended", _("anbefalt")), ("not_recommended", _("ikke anbefalt")))
    )
    advice_order = models.PositiveSmallIntegerField(null=True, blank=True)
    advice_reason = models.TextField(blank=True)
    plan_id: UUID

    class Meta(EditableModel.Meta):
        ordering = ("fund", "advice_order", "title")

    def __str__(self) -> str:
        return self.title


class Appropriation(FactModel):
    """What a body has granted, or proposed, for a purpose in a year; the two are never added together (G-32)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="appropriations")
    body = models.CharField(max_length=200)
    granted = models.BooleanField()
    year = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    purpose = models.CharField(max_length=500)
    decided_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(FactModel.Meta):
        ordering = ("year", "recorded_at")

    def __str__(self) -> str:
        return f"{self.body} {self.year} {self.amount}"


class Contribution(EditableModel):
    """What an organisation pays somebody by its inhabitants: rate times population at a date (G-12)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="contributions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    receiver = models.CharField(max_length=200)
    purpose = models.CharField(max_length=500, blank=True)
    year = models.PositiveSmallIntegerField()
    rate = models.PositiveIntegerField()
    population = models.PositiveIntegerField()
    population_on = models.DateField()
    population_source = models.CharField(max_length=200)
    amount = models.BigIntegerField()
    paid_on = models.DateField(null=True, blank=True)
    organisation_id: UUID

    class Meta(EditableModel.Meta):
        ordering = ("year", "receiver")

    def __str__(self) -> str:
        return f"{self.receiver} {self.year} {self.amount}"


class Nomination(EditableModel):
    """That a source is to pay a project of a year: the marks of a source and year are that year's list (A-129, A-130)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="nominations")
    source = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    nominated_by = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    line_key = models.UUIDField(null=True, blank=True)
    need_id: UUID | None

    class Meta(EditableModel.Meta):
        ordering = ("year", "source", "title")
        constraints = (
            models.UniqueConstraint(fields=("tenant", "plan", "source", "year", "title"), name="nomination_once"),
        )

    def __str__(self) -> str:
        return self.title


class ParticipationCall(EditableModel):
    """Organisations are asked whether they take part in a measure or reserve themselves, until a deadline (N-193)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="participation_calls")
    line_key = models.UUIDField()
    title = models.CharField(max_length=200)
    deadline = models.DateField()
    contract_on = models.DateField(null=True, blank=True)
    answers: Any

    class Meta(EditableModel.Meta):
        ordering = ("deadline",)
        constraints = (models.UniqueConstraint(fields=("tenant", "plan", "line_key"), name="participation_call_once"),)

    def __str__(self) -> str:
        return self.title


class Answer(models.TextChoices):
    """What an organisation says; silence is no yes."""

    NONE = "none", _("ikke svart")
    JOIN = "join", _("deltar")
    RESERVE = "reserve", _("reserverer seg")


class Participation(EditableModel):
    """One organisation's answer."""

    call = models.ForeignKey(ParticipationCall, on_delete=models.CASCADE, related_name="answers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20, choices=Answer, default=Answer.NONE)
    answered_on = models.DateField(null=True, blank=True)
    organisation_id: UUID

    class Meta(EditableModel.Meta):
        constraints = (models.UniqueConstraint(fields=("tenant", "call", "organisation"), name="participation_once"),)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.answer}"
