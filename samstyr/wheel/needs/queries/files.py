"""The files that go with a need."""

from __future__ import annotations

from dataclasses import replace
from typing import cast
from uuid import UUID

from samstyr.foundation.access import Act, Actor, Facts, may
from samstyr.foundation.documents.models import Document
from samstyr.procedure.casework import queries as casework

from ..models import Need

KIND = "need"


def attachments_of(actor: Actor, need: Need) -> list[Document]:
    """The files of a need that the actor reads, oldest first; an exempt one only for those with the right."""
    facts = facts_for_readers(need)
    rows = Document.objects.filter(owner_kind=KIND, owner_id=need.pk).order_by("created_at")
    return [row for row in rows if may(actor, Act.NEED_READ, row.facts(facts))]


def facts_for_readers(need: Need) -> Facts:
    """The need's facts with those who treat its case or are heard on it, for ``may(NEED_READ)`` of what goes with it."""
    case = casework.case_of(KIND, need.pk)
    if case is None:
        return need.facts()
    treated = casework.case_facts(case)
    return replace(need.facts(), holders=treated.holders, invited=treated.invited)


def attachment(need: Need, document_id: UUID) -> Document | None:
    """One of the need's files, or None."""
    return cast("Document | None", Document.objects.filter(owner_kind=KIND, owner_id=need.pk, pk=document_id).first())


def files_of(need: Need) -> list[Document]:
    """All the need's files, for the verbs that have asked `may`."""
    return list(Document.objects.filter(owner_kind=KIND, owner_id=need.pk))
