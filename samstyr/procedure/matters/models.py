"""A matter and those it concerns."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.access import Facts
from samstyr.foundation.organisations.models import Organisation, Person, Unit
from samstyr.foundation.tenancy.models import EditableModel, TenantModel
from samstyr.procedure.casework.models import Case


class MatterState(models.TextChoices):
    """Where a matter is in its writer's hands; its treatment is told by its case."""

    DRAFT = "draft", _("utkast")
    OPEN = "open", _("under behandling")
    RETURNED = "returned", _("sendt tilbake")
    WITHDRAWN = "withdrawn", _("trukket")
    ENDED = "ended", _("ferdig behandlet")


class Matter(EditableModel):
    """What a body is asked about. `path` is the model's path, and `subject` the kind of thing the path is for.

    `background` and `question` are Markdown. `follows` is the case whose outcome led to this one, when the model lets one
    path go on with another. `answers` are to the path's own questions, by their keys. `returned_reason` is what is asked for when it has come back.
    """

    title = models.CharField(max_length=300)
    path = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    background = models.TextField(blank=True)
    question = models.TextField(blank=True)
    requested_by = models.CharField(max_length=200, blank=True)
    requested_on = models.DateField(null=True, blank=True)
    clause = models.CharField(max_length=500, blank=True)
    goals = models.JSONField(default=list, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=20, choices=MatterState, default=MatterState.DRAFT)
    outcome = models.CharField(max_length=60, blank=True)
    returned_reason = models.TextField(blank=True)
    withdrawn_reason = models.TextField(blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    follows = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(EditableModel.Meta):
        ordering = ("-created_at",)
        indexes: ClassVar = [models.Index(fields=("tenant", "state", "written_by"), name="matter_writer")]

    def __str__(self) -> str:
        return self.title

    def facts(self) -> Facts:
        """Whose it is and where it belongs; a draft is its writer's alone. Reads its participants unless prefetched."""
        return Facts(
            "matter",
            self.tenant_id,
            owners=frozenset({self.written_by_id} if self.written_by_id else set()),
            organisations=frozenset(row.organisation_id for row in self.participants.all()),
            units=frozenset({self.unit_id} if self.unit_id else set()),
            private=self.state == MatterState.DRAFT,
        )


class MatterOrganisation(TenantModel):
    """That a matter concerns an organisation."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=("tenant", "matter", "organisation"), name="matter_organisation_once"),
        )

    def __str__(self) -> str:
        return f"{self.matter_id} {self.organisation_id}"
