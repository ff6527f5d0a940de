"""An announcement, and that somebody has read it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from samstyr.foundation.access import Facts
from samstyr.foundation.organisations.models import Person
from samstyr.foundation.tenancy.models import EditableModel, FactModel


class Announcement(EditableModel):
    """Something told to everybody in the arrangement, or to those with some of the roles.

    `page` is the name of the page it is about, `until` the last day it asks to be read.
    """

    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    page = models.CharField(max_length=40, blank=True)
    roles = models.JSONField(default=list, blank=True)
    published_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(EditableModel.Meta):
        ordering = ("-published_on", "title")

    def __str__(self) -> str:
        return self.title

    def facts(self) -> Facts:
        """Whose it is; it belongs to the whole arrangement."""
        return Facts("announcement", self.tenant_id)


class AnnouncementReading(FactModel):
    """That a person has said they have read it; once."""

    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="readings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(FactModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=("tenant", "announcement", "person"), name="announcement_read_once"),
        )
        indexes: ClassVar = [models.Index(fields=("tenant", "announcement"), name="announcement_reading")]

    def __str__(self) -> str:
        return f"{self.announcement_id} {self.person_id}"
