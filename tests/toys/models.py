"""A note that people edit, and a mark that is written once."""

from __future__ import annotations

from django.db import models

from samstyr.foundation.tenancy.models import EditableModel, FactModel


class ToyNote(EditableModel):
    """Something editable, with a parent in its own tenant."""

    title = models.CharField(max_length=100)
    text = models.TextField(blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")

    class Meta(EditableModel.Meta):
        app_label = "samstyr"
        constraints = (models.UniqueConstraint(fields=("tenant", "title"), name="toy_note_title"),)

    def __str__(self) -> str:
        return self.title


class ToyMark(FactModel):
    """A fact about a note."""

    note = models.ForeignKey(ToyNote, on_delete=models.PROTECT, related_name="marks")
    text = models.CharField(max_length=100)

    class Meta(FactModel.Meta):
        app_label = "samstyr"

    def __str__(self) -> str:
        return self.text


def make_tables() -> None:
    """Create what a migrated test database lacks: the toys belong to no migration."""
    from django.db import connection

    present = set(connection.introspection.table_names())
    with connection.schema_editor() as editor:
        for model in (ToyNote, ToyMark):
            if model._meta.db_table not in present:
                editor.create_model(model)
