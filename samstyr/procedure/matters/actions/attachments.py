"""Put a file with a matter, and take it away."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.documents import actions as documents
from samstyr.foundation.documents.models import Document
from samstyr.foundation.kernel.errors import Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say

from .. import queries
from ..models import Matter
from .writing import own_matter

MOST = 20


@action("matter.add_attachment", kind="matter")
def add_attachment(ctx: Context, *, matter_id: UUID, content: bytes, file_name: str, title: str) -> Document:
    """Put a file with a draft or a returned matter; its type and size are the documents room's to judge.

    Raises Invalid beyond twenty files or for a file that is refused, Conflict when the matter is sent in.
    """
    matter = own_matter(ctx, matter_id, None)
    if len(queries.files_of(matter)) >= MOST:
        raise Invalid.field("file", say(gettext_noop("En sak kan ha høyst %(most)s vedlegg."), most=MOST))
    document = documents.store(
        actor=ctx.actor, now=ctx.now, owner_kind=queries.OWNER, owner_id=matter.pk, owner_facts=matter.facts(),
        act=Act.CASE_WRITE, content=content, file_name=file_name, title=title[:200],
    )  # fmt: skip
    ctx.record("matter.attachment_added", matter, before=matter.snapshot(), file=document.title, sha256=document.sha256)
    return document


@action("matter.remove_attachment", kind="matter")
def remove_attachment(ctx: Context, *, matter_id: UUID, document_id: UUID) -> Matter:
    """Take a file away from a draft or a returned matter."""
    matter = own_matter(ctx, matter_id, None)
    document = next((row for row in queries.files_of(matter) if row.pk == document_id), None)
    if document is None:
        raise NotFound
    ctx.record(
        "matter.attachment_removed", matter, before=matter.snapshot(), file=document.title, sha256=document.sha256
    )
    documents.remove(
        actor=ctx.actor, now=ctx.now, document_id=document.pk, owner_facts=matter.facts(), act=Act.CASE_WRITE
    )
    return matter
