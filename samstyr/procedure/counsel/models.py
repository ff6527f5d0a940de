"""Advice, consultation, discussion or guideline, and those it is given to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.organisations.models import Organisation, Person
from samstyr.foundation.tenancy.models import EditableModel, FactModel
from samstyr.procedure.casework.models import Case


class CounselKind(models.TextChoices):
    """What was said, and in which way."""

    ADVICE = "advice", _("råd")
    CONSULTATION = "consultation", _("rådføring")
    DISCUSSION = "discussion", _("drøfting")
    GUIDELINE = "guideline", _("politisk føring")


class Counsel(FactModel):
    """What a party of the model has said: a body, a role or a hearing body. Written once; a correction replaces it.

    `asked_by` is the body that consulted it. A guideline is valid from `on` until `valid_until`. `reply_by` is when the
    addressees should have answered.
    """

    kind = models.CharField(max_length=20, choices=CounselKind)
    party = models.CharField(max_length=60)
    party_name = models.CharField(max_length=200)
    asked_by = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    reply_by = models.DateField(null=True, blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="counsel")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta(FactModel.Meta):
        ordering = ("-on", "-recorded_at")
        indexes: ClassVar = [
            models.Index(fields=("tenant", "kind", "on"), name="counsel_kind"),
            models.Index(fields=("tenant", "case"), name="counsel_case"),
        ]

    def __str__(self) -> str:
        return self.subject


class Addressee(EditableModel):
    """A body that advice is given to, in one organisation when each has its own, and what it replies."""

    counsel = models.ForeignKey(Counsel, on_delete=models.PROTECT, related_name="addressees")
    body = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reply = models.TextField(blank=True)
    replied_on = models.DateField(null=True, blank=True)
    replied_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(EditableModel.Meta):
        ordering = ("name", "organisation")
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "counsel", "body", "organisation"),
                condition=models.Q(organisation__isnull=False),
                name="addressee_once",
            ),
            models.UniqueConstraint(
                fields=("tenant", "counsel", "body"),
                condition=models.Q(organisation__isnull=True),
                name="addressee_once_shared",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}" if self.organisation_id else self.name
