"""Take in a case that has come, or say no."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.documents import actions as documents
from samstyr.foundation.documents import files
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.matters import actions as matters
from samstyr.procedure.matters import queries as matter_queries
from samstyr.procedure.matters.models import Matter
from samstyr.procedure.matters.rules import MatterValues

from ..models import Received, ReceivedState
from ..queries import facts, files_of
from ..telling import tell_back

LONGEST = 5_000


@action("received.accept", kind="received")
def accept(ctx: Context, *, received_id: UUID, version: int | None, path: str) -> Matter:
    """Make a draft of a matter on the path, with the words and the files; whoever accepts completes it and sends it in.

    A file keeps its access code. Raises Refused, Invalid for a path that is none, Conflict when it is answered already.
    """
    row = _waiting(ctx, received_id, version)
    source = f"{row.channel.name}, {row.released_on:%d.%m.%Y}"
    values = MatterValues(
        path=path,
        title=row.title,
        background=f"{row.background}\n\n{say(gettext_noop('Løftet fra %(source)s.'), source=source)}",
        question=row.question,
    )
    matter: Matter = matters.create_draft(actor=ctx.actor, now=ctx.now, values=values)
    for document in files_of(row):
        documents.store(
            actor=ctx.actor, now=ctx.now, owner_kind=matter_queries.OWNER, owner_id=matter.pk,
            owner_facts=matter.facts(), act=Act.CASE_WRITE, content=files.read_bytes(document),
            file_name=document.file_name, title=document.title, exempt=document.exempt, basis=document.legal_basis,
            public_title=document.public_title,
        )  # fmt: skip
    before = row.snapshot()
    row.state, row.matter = ReceivedState.ACCEPTED, matter
    ctx.save(row)
    ctx.record("received.accepted", row, before=before)
    tell_back(row, actor=ctx.actor, now=ctx.now)
    return matter


@action("received.decline", kind="received")
def decline(ctx: Context, *, received_id: UUID, version: int | None, reason: str) -> Received:
    """Say no, with the reason, which is told to those who lifted it. Raises Refused, Invalid, Conflict."""
    row = _waiting(ctx, received_id, version)
    reason = reason.strip()
    if not reason or len(reason) > LONGEST or "\0" in reason:
        raise Invalid.field("reason", say(gettext_noop("Skriv begrunnelsen med høyst %(most)s tegn."), most=LONGEST))
    before = row.snapshot()
    row.state, row.answer = ReceivedState.DECLINED, reason
    ctx.save(row)
    ctx.record("received.declined", row, before=before)
    tell_back(row, actor=ctx.actor, now=ctx.now)
    return row


def _waiting(ctx: Context, received_id: UUID, version: int | None) -> Received:
    """What has come, locked; also one that was taken in and whose draft was thrown away."""
    row = ctx.load(Received, received_id, version=version)
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, facts()))
    if row.state == ReceivedState.DECLINED or (row.state == ReceivedState.ACCEPTED and row.matter_id):
        raise Conflict(say(gettext_noop("Saken er allerede besvart.")))
    return row
