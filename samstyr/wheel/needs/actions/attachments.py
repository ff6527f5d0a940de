"""Put a file with a need, take it away, and keep a list that waits to be read in."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.documents import actions as documents
from samstyr.foundation.documents.models import Document
from samstyr.foundation.kernel.errors import Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tables import reading as tables

from .. import queries
from ..models import Need
from ..queries.files import attachment
from ..rules.importing import columns_of
from ._writing import EDITABLE, own_need, require_state

MOST = 20


@action("needs.add_attachment", kind="need")
def add_attachment(ctx: Context, *, need_id: UUID, content: bytes, file_name: str, title: str) -> Document:
    """Put a file with a draft or a returned need; its type and size are the documents room's to judge.

    Raises Invalid beyond twenty files, or for a file that is refused; Conflict when the need is sent in.
    """
    need = own_need(ctx, need_id, None)
    require_state(need, EDITABLE, gettext_noop("Behovet er sendt inn og kan ikke endres nå."))
    if Document.objects.filter(owner_kind=queries.KIND, owner_id=need.pk).count() >= MOST:
        raise Invalid.field("file", say(gettext_noop("Et behov kan ha høyst %(most)s vedlegg."), most=MOST))
    document = documents.store(
        actor=ctx.actor,
        now=ctx.now,
        owner_kind=queries.KIND,
        owner_id=need.pk,
        owner_facts=need.facts(),
        act=Act.NEED_EDIT,
        content=content,
        file_name=file_name,
        title=title[:200],
    )
    _told(ctx, need, "need.attachment_added", document)
    return document


@action("needs.remove_attachment", kind="need")
def remove_attachment(ctx: Context, *, need_id: UUID, document_id: UUID) -> Need:
    """Take a file away from a draft or a returned need."""
    need = own_need(ctx, need_id, None)
    require_state(need, EDITABLE, gettext_noop("Behovet er sendt inn og kan ikke endres nå."))
    document = attachment(need, document_id)
    if document is None:
        raise NotFound
    _told(ctx, need, "need.attachment_removed", document)
    documents.remove(actor=ctx.actor, now=ctx.now, document_id=document.pk, owner_facts=need.facts())
    return need


def _told(ctx: Context, need: Need, name: str, document: Document) -> None:
    ctx.record(name, need, before=need.snapshot(), file=document.title, sha256=document.sha256)


@action("needs.keep_import", kind="need")
def keep_import(ctx: Context, *, content: bytes, file_name: str) -> Document:
    """Keep an uploaded list until its preview is confirmed; only who uploaded it may open it.

    Raises Invalid with place and remedy for a file that cannot be read as a table: it is not kept.
    """
    facts = queries.import_facts(ctx.actor)
    ctx.require(may(ctx.actor, Act.NEED_IMPORT, facts))
    columns_of(tables.read_table(content, file_name).header)
    return documents.store(
        actor=ctx.actor,
        now=ctx.now,
        owner_kind=queries.FILE_KIND,
        owner_id=ctx.actor.person,
        owner_facts=facts,
        act=Act.NEED_IMPORT,
        content=content,
        file_name=file_name,
    )
