"""A contribution from a member of a body."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.organisations.models import Organisation, Person
from samstyr.foundation.tenancy.models import EditableModel
from samstyr.procedure.casework.models import Case


class ContributionKind(models.TextChoices):
    """What it is."""

    INITIATIVE = "initiative", _("initiativ eller erfaring")
    PERSPECTIVE = "perspective", _("perspektiv på en sak")
    ANCHORING = "anchoring", _("forankring")


class AudienceKind(models.TextChoices):
    """Who it was anchored with."""

    ADMINISTRATIVE = "administrative", _("administrativt")
    POLITICAL = "political", _("politisk")


class MemberContribution(EditableModel):
    """Something a member of a body has told: an initiative, how a case looks from the region, or that it was anchored.

    `region` and `organisation` are where the member came from on the day it was told.
    """

    body = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=ContributionKind)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    on = models.DateField()
    region = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=200, blank=True)
    lesson = models.TextField(blank=True)
    arena = models.CharField(max_length=200, blank=True)
    audience = models.CharField(max_length=200, blank=True)
    audience_kind = models.CharField(max_length=20, choices=AudienceKind, blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="contributions")

    class Meta(EditableModel.Meta):
        ordering = ("-on", "-created_at")
        indexes: ClassVar = [models.Index(fields=("tenant", "body", "kind", "on"), name="contribution_kind")]

    def __str__(self) -> str:
        return self.title
