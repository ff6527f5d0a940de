"""Mark what one has read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action

from ..models import Notice
from ..queries import facts_of


@action("notice.seen", kind="notice")
def mark_seen(ctx: Context, *, notice_id: UUID | None = None, given_before: datetime | None = None) -> int:
    """Mark one of the person's notices as read, or all (those given before a time); the number marked.

    Raises Refused for another's.
    """
    rows = Notice.objects.select_for_update(of=("self",)).filter(person_id=ctx.actor.person, seen_at=None)
    if notice_id is not None:
        row = ctx.load(Notice, notice_id)
        ctx.require(may(ctx.actor, Act.NOTICE_READ, facts_of(row)))
        rows = rows.filter(pk=row.pk)
    if given_before is not None:
        rows = rows.filter(given_at__lt=given_before)
    found = list(rows)
    for row in found:
        ctx.require(may(ctx.actor, Act.NOTICE_READ, facts_of(row)))
        row.seen_at = ctx.now
        ctx.save(row)
    if found:
        ctx.record("notice.seen", found[0], count=len(found))
    return len(found)
