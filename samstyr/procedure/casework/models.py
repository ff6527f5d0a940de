"""A case, where it stands on its path, and everything that has been done with it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.governance.models import ModelVersion
from samstyr.foundation.organisations.models import Organisation, Person, Unit
from samstyr.foundation.tenancy.models import EditableModel, FactModel, TenantModel


class CaseState(models.TextChoices):
    """Where a case is in its life."""

    OPEN = "open", _("under behandling")
    PARKED = "parked", _("parkert")
    ENDED = "ended", _("avsluttet")


class StepState(models.TextChoices):
    """What has become of one instance of a step."""

    ACTIVE = "active", _("pågår")
    DONE = "done", _("ferdig")
    WAIVED = "waived", _("ikke behandlet innen fristen")
    SKIPPED = "skipped", _("hoppet over")
    RETURNED = "returned", _("sendt tilbake")
    CANCELLED = "cancelled", _("avbrutt")


class Case(EditableModel):
    """Anything that travels a decision path. `subject_kind` and `subject_id` say what; the case knows no more.

    `facts` are what the path's conditions may ask of the subject (costs in kroner, scope, flags), given by
    the room that owns it. The case stays on the model version it began under.
    """

    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    path = models.CharField(max_length=60)
    model_version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=CaseState, default=CaseState.OPEN)
    outcome = models.CharField(max_length=60, blank=True)
    outcome_effect = models.CharField(max_length=30, blank=True)
    facts_given = models.JSONField(default=dict, blank=True)
    concerns = models.JSONField(default=list, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    opened_late = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    parked_until = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="split")

    class Meta(EditableModel.Meta):
        ordering = ("-year", "-number")
        constraints = (
            models.UniqueConstraint(fields=("tenant", "year", "number"), name="case_number_once"),
            models.UniqueConstraint(
                fields=("tenant", "subject_kind", "subject_id"),
                condition=models.Q(state__in=("open", "parked")),
                name="case_one_open_per_subject",
            ),
        )
        indexes: ClassVar = [
            models.Index(fields=("tenant", "subject_kind", "subject_id"), name="case_subject"),
            models.Index(fields=("tenant", "state"), name="case_state"),
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.number} {self.title}"


class CaseOrganisation(TenantModel):
    """That an organisation takes part in a case (B-01: one, the other, or both)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=("tenant", "case", "organisation"), name="case_organisation_once"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.organisation_id}"


class CaseStep(EditableModel):
    """One instance of a step of the path: in this round, for this organisation if the step is held by each.

    `actor_role` or `actor_body` is who acts, copied from the model so that task lists need no model.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    round = models.PositiveSmallIntegerField(default=1)
    order = models.PositiveIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    actor_role = models.CharField(max_length=60, blank=True)
    actor_body = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=20, choices=StepState, default=StepState.ACTIVE)
    opened_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    due_why = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=60, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("order",)
        indexes: ClassVar = [
            models.Index(fields=("tenant", "state", "actor_role"), name="case_step_tasks"),
            models.Index(fields=("tenant", "case", "order"), name="case_step_order"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"


class Treatment(FactModel):
    """What a role or body did at a step: statement, recommendation or decision, kept apart by `kind`.

    Append-only. `kind` is the model's decision kind (assess, advise, propose, treat, adopt). `rule` names the
    place in the model that allowed it. `present` and `votes` are lists of plain values as recorded.
    `paper_hash` seals what was decided on (I-02). `evidence` is how each thing the step requires stood then, and
    `override` why it was decided without; `checks` the points of its checklist; `binds` the slots that are bound. `parts` are the parts of the subject, by
    their keys, that an owner does not stand behind.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="treatments")
    case_step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="treatments")
    kind = models.CharField(max_length=20)
    outcome = models.CharField(max_length=60)
    outcome_name = models.CharField(max_length=200)
    effect = models.CharField(max_length=30)
    body = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=60, blank=True)
    actor_name = models.CharField(max_length=200)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField()
    text = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    present = models.JSONField(default=list, blank=True)
    votes = models.JSONField(default=list, blank=True)
    automatic = models.BooleanField(default=False)
    late = models.BooleanField(default=False)
    rule = models.CharField(max_length=200)
    paper_hash = models.CharField(max_length=64, blank=True)
    evidence = models.JSONField(default=list, blank=True)
    override = models.TextField(blank=True)
    checks = models.JSONField(default=list, blank=True)
    binds = models.JSONField(default=list, blank=True)
    precedent = models.BooleanField(default=False)
    parts = models.JSONField(default=list, blank=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")

    class Meta(FactModel.Meta):
        ordering = ("recorded_at",)
        indexes: ClassVar = [
            models.Index(fields=("tenant", "case"), name="treatment_case"),
            models.Index(fields=("tenant", "precedent", "decided_on"), name="treatment_precedent"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.outcome_name}"


class Comment(FactModel):
    """What somebody says about a case, outside the decisions. Markdown; `mentions` are persons' ids as text."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    mentions = models.JSONField(default=list, blank=True)

    class Meta(FactModel.Meta):
        ordering = ("recorded_at",)

    def __str__(self) -> str:
        return self.text[:60]


class BodyMeeting(EditableModel):
    """A day a body meets; deadlines of other steps may hang on it. The meeting itself comes with its own room."""

    body = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    held_on = models.DateField()
    title = models.CharField(max_length=200, blank=True)
    cancelled = models.BooleanField(default=False)

    class Meta(EditableModel.Meta):
        ordering = ("held_on",)
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "body", "organisation", "held_on"),
                condition=models.Q(organisation__isnull=False),
                name="body_meeting_once",
            ),
            models.UniqueConstraint(
                fields=("tenant", "body", "held_on"),
                condition=models.Q(organisation__isnull=True),
                name="body_meeting_once_shared",
            ),
        )

    def __str__(self) -> str:
        return f"{self.body} {self.held_on}"


class CaseCounter(TenantModel):
    """The last case number of a year, locked while the next is given."""

    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = (models.UniqueConstraint(fields=("tenant", "year"), name="case_counter_year"),)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
