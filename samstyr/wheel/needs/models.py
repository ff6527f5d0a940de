"""A need and those who write it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.access import Facts
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Organisation, Person, Unit
from samstyr.foundation.tenancy.models import EditableModel, TenantModel


class NeedState(models.TextChoices):
    """Where a need is in its writer's hands; its treatment is told by its case."""

    DRAFT = "draft", _("utkast")
    SUBMITTED = "submitted", _("sendt inn")
    RETURNED = "returned", _("sendt tilbake")
    WITHDRAWN = "withdrawn", _("trukket")
    ENDED = "ended", _("ferdig behandlet")


class Need(EditableModel):
    """What a service lacks, in its own words; a product may be named but is never the point (B-24, B-25).

    Money is whole kroner: `investment_cost` once, `operating_cost` a year. `answers` holds replies to the
    model's extra questions. `outcome` is the model's word for what came of it, set when the case ends.
    `number` is given when the need is sent in, so that no draft leaves a gap. `returned_reason` is what is
    asked for when it has come back, `parked_until` the day a need that rests is taken up again.
    """

    number = models.PositiveIntegerField(null=True, blank=True)
    title = models.CharField(max_length=200, blank=True)
    need = models.TextField(blank=True)
    affected = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    compels = models.TextField(blank=True)
    statutory = models.BooleanField(default=False)
    product = models.CharField(max_length=200, blank=True)
    goals = models.JSONField(default=list, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    joint = models.BooleanField(default=False)
    investment_cost = models.BigIntegerField(null=True, blank=True)
    operating_cost = models.BigIntegerField(null=True, blank=True)
    price_year = models.PositiveSmallIntegerField(null=True, blank=True)
    wanted_year = models.PositiveSmallIntegerField(null=True, blank=True)
    personal_data = models.BooleanField(default=False)
    archive = models.BooleanField(default=False)
    work_changes = models.BooleanField(default=False)
    answers = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=20, choices=NeedState, default=NeedState.DRAFT)
    late = models.BooleanField(default=False)
    outcome = models.CharField(max_length=60, blank=True)
    returned_reason = models.TextField(blank=True)
    withdrawn_reason = models.TextField(blank=True)
    parked_until = models.DateField(null=True, blank=True)
    submitter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="needs")
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    import_key = models.CharField(max_length=80, blank=True)
    search_text = models.TextField(blank=True, editable=False)

    audit_omits = EditableModel.audit_omits | {"search_text"}

    class Meta(EditableModel.Meta):
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(fields=("tenant", "number"), name="need_number_once"),
            models.UniqueConstraint(
                fields=("tenant", "import_key"), condition=~models.Q(import_key=""), name="need_import_once"
            ),
            models.CheckConstraint(
                condition=models.Q(investment_cost__isnull=True) | models.Q(investment_cost__gte=0),
                name="need_investment_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(operating_cost__isnull=True) | models.Q(operating_cost__gte=0),
                name="need_operating_not_negative",
            ),
        )
        indexes: ClassVar = [
            models.Index(fields=("tenant", "state"), name="need_state"),
            models.Index(fields=("tenant", "unit"), name="need_unit"),
            models.Index(fields=("tenant", "submitter"), name="need_submitter"),
            models.Index(fields=("tenant", "-submitted_at"), name="need_submitted"),
        ]

    def __str__(self) -> str:
        return self.title or str(say(gettext_noop("Behov uten tittel")))

    def facts(self) -> Facts:
        """Whose it is and where it belongs; its co-authors and organisations are read unless prefetched."""
        return Facts(
            "need",
            self.tenant_id,
            owners=frozenset({self.submitter_id, *(row.person_id for row in self.co_authors.all())}),
            organisations=frozenset({self.organisation_id, *(row.organisation_id for row in self.participants.all())}),
            units=frozenset({self.unit_id}) if self.unit_id else frozenset(),
            private=self.state == NeedState.DRAFT,
        )


class NeedOrganisation(TenantModel):
    """That a need concerns an organisation: its own, and for a joint need the others too (B-01)."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=("tenant", "need", "organisation"), name="need_organisation_once"),
        )

    def __str__(self) -> str:
        return f"{self.need_id} {self.organisation_id}"


class CoAuthor(TenantModel):
    """Somebody who writes the need together with its submitter."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="co_authors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = (models.UniqueConstraint(fields=("tenant", "need", "person"), name="co_author_once"),)

    def __str__(self) -> str:
        return f"{self.need_id} {self.person_id}"


class NeedCounter(TenantModel):
    """The last need number given in the tenant."""

    last = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = (models.UniqueConstraint(fields=("tenant",), name="need_counter_one"),)

    def __str__(self) -> str:
        return str(self.last)


class IntakeCall(EditableModel):
    """That a representative has asked a service for its needs (B-23), until a day; the service may say «none»."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    message = models.TextField(blank=True)
    none_said_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    none_said_at = models.DateTimeField(null=True, blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("-opened_at",)
        constraints = (models.UniqueConstraint(fields=("tenant", "unit", "due_on"), name="intake_call_once"),)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.due_on}"


class IdeaYear(EditableModel):
    """How a year's ideas are gathered: one of the model's modes (G-117), which may be another next year."""

    year = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=60)
    mode_name = models.CharField(max_length=200)
    note = models.TextField(blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("-year",)
        constraints = (models.UniqueConstraint(fields=("tenant", "year"), name="idea_year_once"),)

    def __str__(self) -> str:
        return f"{self.year} {self.mode_name}"


class IdeaSession(EditableModel):
    """A session where ideas are gathered or weighed: when, by what technique, and how many of each group took part.

    `participants` is how many by the model's groups. One that has not been held yet has no participants.
    """

    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    held_on = models.DateField(null=True, blank=True)
    joint = models.BooleanField(default=False)
    prioritises = models.BooleanField(default=False)
    technique = models.CharField(max_length=300, blank=True)
    participants = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True)
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(EditableModel.Meta):
        ordering = ("-year", "held_on", "title")
        indexes: ClassVar = [models.Index(fields=("tenant", "year"), name="idea_session_year")]

    def __str__(self) -> str:
        return self.title


class SessionSector(TenantModel):
    """That a sector took part in a session."""

    session = models.ForeignKey(IdeaSession, on_delete=models.CASCADE, related_name="sectors")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = (models.UniqueConstraint(fields=("tenant", "session", "unit"), name="session_sector_once"),)

    def __str__(self) -> str:
        return f"{self.session_id} {self.unit_id}"


class SessionIdea(EditableModel):
    """A need that came out of a session, and in one that prioritises, how many of each group voted for it (G-118).

    The votes are advice; what is decided is the case's.
    """

    session = models.ForeignKey(IdeaSession, on_delete=models.CASCADE, related_name="ideas")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="sessions")
    votes = models.JSONField(default=dict, blank=True)

    class Meta(EditableModel.Meta):
        constraints = (models.UniqueConstraint(fields=("tenant", "session", "need"), name="session_idea_once"),)

    def __str__(self) -> str:
        return f"{self.session_id} {self.need_id}"
