"""A source, and that something points to it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.access import Facts
from samstyr.foundation.organisations.models import Person
from samstyr.foundation.tenancy.models import EditableModel, TenantModel


class SourceKind(models.TextChoices):
    """What it is; the words of the model's format."""

    POLITICAL_CASE = "political_case", _("politisk sak")
    GUIDANCE = "guidance", _("krav eller anbefaling")
    STRATEGY = "strategy", _("strategi")
    TREND = "trend", _("trend")
    GUIDE = "guide", _("veileder")
    LAW = "law", _("lov eller forskrift")
    OTHER = "other", _("annet")


class Availability(models.TextChoices):
    """When what a trend is about can be used in practice."""

    NOW = "now", _("tilgjengelig nå")
    SOON = "soon", _("tilgjengelig om ett til tre år")
    LATER = "later", _("tilgjengelig senere")


class Source(EditableModel):
    """Something outside the case that it rests on. `issuer` is the body or whoever published it, `number` its case number.

    `availability` is a trend's alone.
    """

    kind = models.CharField(max_length=20, choices=SourceKind)
    title = models.CharField(max_length=300)
    issuer = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=60, blank=True)
    dated = models.DateField(null=True, blank=True)
    address = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    availability = models.CharField(max_length=20, choices=Availability, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(EditableModel.Meta):
        ordering = ("title",)
        indexes: ClassVar = [models.Index(fields=("tenant", "kind", "title"), name="source_kind")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.issuer, self.number and f"sak {self.number}:", self.title) if part)

    def facts(self) -> Facts:
        """Whose it is; it belongs to the whole arrangement."""
        return Facts("source", self.tenant_id, owners=frozenset({self.added_by_id} if self.added_by_id else set()))


class Citation(TenantModel):
    """That a case, a matter or a need points to the source. Like a document it knows no more of its owner."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="citations")
    owner_kind = models.CharField(max_length=40)
    owner_id = models.UUIDField()
    note = models.CharField(max_length=500, blank=True)

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=("tenant", "source", "owner_kind", "owner_id"), name="citation_once"),
        )
        indexes: ClassVar = [models.Index(fields=("tenant", "owner_kind", "owner_id"), name="citation_owner")]

    def __str__(self) -> str:
        return f"{self.owner_kind} {self.owner_id}"
