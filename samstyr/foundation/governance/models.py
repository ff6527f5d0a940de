"""Versions of a tenant's governance model."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.organisations.models import Person
from samstyr.foundation.tenancy.models import EditableModel, TenantModel


class ModelState(models.TextChoices):
    """A version is drafted, perhaps proposed in a case, then adopted; an adopted one gives way to the next."""

    DRAFT = "draft", _("utkast")
    PROPOSED = "proposed", _("til behandling")
    ADOPTED = "adopted", _("vedtatt")
    WITHDRAWN = "withdrawn", _("trukket")


class ModelVersion(EditableModel):
    """One version of the model as its YAML text, sealed by `sha256`; never changed once adopted.

    Running cases point to the version they began under. `accepted` holds the findings that the tenant has
    accepted, by code and place, with the reason and who accepted. A draft's text may be unfinished; `origin` tells what
    it began with and `step` where in its history it stands. `proposal` is the matter that proposes it to a body.
    """

    key = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=20, choices=ModelState, default=ModelState.DRAFT)
    valid_from = models.DateField(null=True, blank=True)
    proposed_by = models.CharField(max_length=200, blank=True)
    adopted_by = models.CharField(max_length=200, blank=True)
    adopted_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    accepted = models.JSONField(default=list, blank=True)
    case_number = models.CharField(max_length=60, blank=True)
    origin = models.CharField(max_length=120, blank=True)
    step = models.PositiveIntegerField(default=0)
    proposal = models.UUIDField(null=True, blank=True)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    audit_omits = EditableModel.audit_omits | {"text"}

    class Meta(EditableModel.Meta):
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("tenant", "number"), name="model_version_number_once"),)
        indexes: ClassVar = [models.Index(fields=("tenant", "state", "valid_from"), name="model_version_in_force")]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"


class DraftStep(TenantModel):
    """One step in the making of a draft: its text after the step, so that one may go back to it.

    `verb` and `place` tell what was done and where, `title` what the thing was called. `page` is the page it was done on:
    what is typed on one page in one go is one step. `after` is the draft's version when the step was made.
    """

    draft = models.ForeignKey(ModelVersion, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    text = models.TextField()
    verb = models.CharField(max_length=20)
    place = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=200, blank=True)
    page = models.CharField(max_length=40, blank=True)
    after = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    audit_omits = TenantModel.audit_omits | {"text"}

    class Meta(TenantModel.Meta):
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("tenant", "draft", "number"), name="draft_step_number_once"),)

    def __str__(self) -> str:
        return f"{self.draft_id} {self.number}"
