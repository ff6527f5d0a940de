"""The paper of a case for a meeting: what drafts itself, kept apart from what the secretary writes."""

from __future__ import annotations

from django.db import models

from samstyr.foundation.tenancy.models import EditableModel

from .agenda import AgendaItem


class CasePaper(EditableModel):
    """The case paper of one item of an agenda. What is sent out is a file made of it, kept among the item's papers."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="case_papers")

    class Meta(EditableModel.Meta):
        constraints = (models.UniqueConstraint(fields=("tenant", "item"), name="case_paper_once"),)

    def __str__(self) -> str:
        return f"{self.item_id}"


class CasePaperPart(EditableModel):
    """One part. `written` stands below what is drafted, and is left alone when the facts are fetched anew."""

    paper = models.ForeignKey(CasePaper, on_delete=models.CASCADE, related_name="parts")
    key = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()
    drafted = models.TextField(blank=True)
    written = models.TextField(blank=True)

    audit_omits = EditableModel.audit_omits | {"drafted", "written"}

    class Meta(EditableModel.Meta):
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("tenant", "paper", "key"), name="case_paper_part_once"),)

    def __str__(self) -> str:
        return f"{self.paper_id} {self.key}"
