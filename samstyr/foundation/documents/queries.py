"""Finding stored files."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from .models import Document


def document(key: UUID) -> Document | None:
    """One file by its id; the page asks `may` with its owner's facts."""
    return cast("Document | None", Document.objects.filter(pk=key).first())


def documents_of(kind: str, owner_id: UUID) -> QuerySet[Document]:
    """The files of one thing, oldest first. Titles of exempt files are for `shown_title` to choose."""
    return Document.objects.filter(owner_kind=kind, owner_id=owner_id).select_related("added_by")


def documents_of_many(kind: str, owner_ids: Collection[UUID]) -> dict[UUID, list[Document]]:
    """The files of several things of one kind."""
    found: dict[UUID, list[Document]] = {key: [] for key in owner_ids}
    for row in Document.objects.filter(owner_kind=kind, owner_id__in=owner_ids).select_related("added_by"):
        found[row.owner_id].append(row)
    return found
