"""Versions of a tenant's governance model."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.organisations.models import Person
from samstyr.foundation.tenancy.models import EditableModel


class ModelState(models.TextChoices):
    """A version is drafted, then adopted; an adopted one gives way to the next from its first day."""

    DRAFT = "draft", _("utkast")
    ADOPTED = "adopted", _("vedtatt")
    WITHDRAWN = "withdrawn", _("trukket")


class ModelVersion(EditableModel):
    """One version of the model as its YAML text, sealed by `sha256`; never changed once adopted.

    Running cases point to the version they began under. `accepted` holds the findings that the tenant has
    accepted, by code and place, with the reason and who accepted.
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
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    audit_omits = EditableModel.audit_omits | {"text"}

    class Meta(EditableModel.Meta):
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("tenant", "number"), name="model_version_number_once"),)
        indexes: ClassVar = [models.Index(fields=("tenant", "state", "valid_from"), name="model_version_in_force")]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"
