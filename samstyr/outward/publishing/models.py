"""That an adopted version is published: its address, and the content as it was on the day."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models

from samstyr.foundation.tenancy.models import EditableModel


class Publication(EditableModel):
    """An adopted version that anybody may read. Its address lasts; what it shows is frozen with the publishing.

    Only this row and its two files are read for a visitor without login: never the plan itself. `content` is
    without persons' names. Published again, the same row gets new content; withdrawn, it answers as if it never was.
    """

    plan_version = models.ForeignKey("samstyr.PlanVersion", on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=80)
    language = models.CharField(max_length=5, default="nb")
    content = models.JSONField()
    pdf = models.ForeignKey("samstyr.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    workbook = models.ForeignKey("samstyr.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_on = models.DateField()
    published_by = models.ForeignKey("samstyr.Person", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    plan_version_id: UUID
    pdf_id: UUID | None
    workbook_id: UUID | None

    # What was published stands in the row and its files; the trail tells that it was, by whom and where.
    audit_omits: ClassVar[frozenset[str]] = EditableModel.audit_omits | {"content"}

    class Meta(EditableModel.Meta):
        ordering = ("-published_on", "slug")
        constraints = (
            models.UniqueConstraint(fields=("tenant", "plan_version"), name="publication_version_once"),
            models.UniqueConstraint(fields=("tenant", "slug"), name="publication_slug_once"),
        )

    def __str__(self) -> str:
        return self.slug
