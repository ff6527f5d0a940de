"""A stored file and its access code."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from django.db import models

from samstyr.foundation.access import Facts
from samstyr.foundation.organisations.models import Person
from samstyr.foundation.tenancy.models import EditableModel


class Document(EditableModel):
    """A file somebody attached. `owner_kind` and `owner_id` say to what, as text; the room that owns it knows.

    `sha256` seals the bytes. `exempt` content carries its legal basis and is hidden from those without the
    right; `public_title` is what others read instead of the title. `frozen` files can no longer be removed.
    """

    owner_kind = models.CharField(max_length=40)
    owner_id = models.UUIDField()
    title = models.CharField(max_length=200)
    public_title = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_name = models.CharField(max_length=80)
    exempt = models.BooleanField(default=False)
    legal_basis = models.CharField(max_length=200, blank=True)
    frozen = models.BooleanField(default=False)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(EditableModel.Meta):
        ordering = ("created_at",)
        indexes: ClassVar = [models.Index(fields=("tenant", "owner_kind", "owner_id"), name="document_owner")]

    def __str__(self) -> str:
        return self.title

    def facts(self, owner: Facts) -> Facts:
        """The owner's facts, with this file's own exemption and the adder as one who may see it."""
        invited = owner.invited | ({self.added_by_id} if self.added_by_id else set())
        return replace(owner, exempt=owner.exempt or self.exempt, invited=frozenset(invited))
