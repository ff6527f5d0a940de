"""The papers of an item."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.documents import actions as documents
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import AgendaItem, Meeting, MeetingState, Paper
from ..queries.access import manage_facts

OWNER = "agenda_item"


@action("paper.add", kind="paper")
def add_paper(ctx: Context, *, item_id: UUID, content: bytes, file_name: str, title: str = "") -> Paper:
    """Put a paper with an item. After the call it is a supplement, sent with the next change (kommuneloven § 11-3)."""
    meeting, facts = _managed(ctx, AgendaItem.objects.filter(pk=item_id).values_list("meeting_id", flat=True).first())
    item = ctx.load(AgendaItem, item_id)
    if meeting.state == MeetingState.ENDED:
        raise Conflict(say(gettext_noop("Møtet er holdt.")))
    document = documents.store(
        actor=ctx.actor, now=ctx.now, owner_kind=OWNER, owner_id=item.pk, owner_facts=facts, act=Act.MEETING_MANAGE,
        content=content, file_name=file_name, title=title,
    )  # fmt: skip
    row = ctx.create(
        Paper(
            item=item, document=document, title=document.title[:200], digest=document.sha256,
            supplement=meeting.state != MeetingState.PLANNED,
        )
    )  # fmt: skip
    ctx.record("paper.added", row)
    return row


@action("paper.remove", kind="paper")
def remove_paper(ctx: Context, *, paper_id: UUID) -> Paper:
    """Take away a paper that has not been sent. Raises Conflict for one that has: it is part of what was decided on."""
    of_item = AgendaItem.objects.filter(papers__pk=paper_id)
    _meeting, facts = _managed(ctx, of_item.values_list("meeting_id", flat=True).first())
    row = ctx.load(Paper, paper_id)
    if row.sent_at is not None:
        raise Conflict(
            say(gettext_noop("Dokumentet er sendt ut og blir liggende.")),
            remedy=say(gettext_noop("Legg ved et nytt, så får det merket tillegg.")),
        )
    document = row.document_id
    ctx.record("paper.removed", row)
    ctx.delete(row)
    documents.remove(actor=ctx.actor, now=ctx.now, document_id=document, owner_facts=facts, act=Act.MEETING_MANAGE)
    return row


def _managed(ctx: Context, meeting_id: UUID | None) -> tuple[Meeting, Facts]:
    """The meeting, locked so that a call that is being sent has the paper or has it not, and the facts of managing it."""
    meeting = ctx.load(Meeting, meeting_id)
    facts = manage_facts(meeting.body, ctx.today, meeting.organisation_id)
    ctx.require(may(ctx.actor, Act.MEETING_MANAGE, facts))
    return meeting, facts
