"""The files that go with a need."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, Actor, may
from samstyr.foundation.documents.models import Document

from ..models import Need

KIND = "need"


def attachments_of(actor: Actor, need: Need) -> list[Document]:
    """The need's files that the actor may see, oldest first; an exempt one only for those with the right."""
    facts = need.facts()
    rows = Document.objects.filter(owner_kind=KIND, owner_id=need.pk).order_by("created_at")
    return [row for row in rows if may(actor, Act.NEED_READ, row.facts(facts))]


def attachment(need: Need, document_id: UUID) -> Document | None:
    """One of the need's files, or None."""
    return Document.objects.filter(owner_kind=KIND, owner_id=need.pk, pk=document_id).first()


def files_of(need: Need) -> list[Document]:
    """All the need's files, for the verbs that have asked `may`."""
    return list(Document.objects.filter(owner_kind=KIND, owner_id=need.pk))
