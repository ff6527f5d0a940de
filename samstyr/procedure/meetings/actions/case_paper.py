"""Case papers that draft themselves, and what the secretary writes beside."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import AgendaItem, CasePaper, CasePaperPart
from ..queries import agenda
from ..queries import case_paper as reading
from ..queries.access import manage_facts
from ..rules.case_paper import PARTS

LONGEST = 50_000


def require_writer(ctx: Context, item: AgendaItem | None) -> AgendaItem:
    """The item. Raises NotFound for one the actor may not read, Refused unless they prepare the body's meetings, and
    Conflict when it is treated."""
    if item is None or not agenda.may_read_item(ctx.actor, item):
        raise NotFound
    ctx.require(
        may(ctx.actor, Act.MEETING_MANAGE, manage_facts(item.meeting.body, ctx.today, item.meeting.organisation_id))
    )
    if not reading.is_open(item):
        raise Conflict(
            say(gettext_noop("Saken er behandlet, og saksframlegget kan ikke endres.")), rule="case_paper.treated"
        )
    return item


@action("case_paper.draft")
def draft_case_paper(ctx: Context, *, item_id: UUID, drafts: Mapping[str, str]) -> CasePaper:
    """Keep what the facts give for each part; what is written is left as it stands. Safe to repeat.

    `drafts` is text by part, made from the case by `wheel.handovers.case_to_paper`. Raises NotFound, Refused, Conflict.
    """
    item = require_writer(ctx, agenda.item_by_id(item_id))
    if item.case_id is None:
        raise Conflict(say(gettext_noop("Punktet er ingen sak, og har ikke noe saksframlegg.")), rule="case_paper.case")
    ctx.load(AgendaItem, item_id)
    found = CasePaper.objects.filter(item_id=item_id).first()
    paper = ctx.load(CasePaper, found.pk) if found else ctx.create(CasePaper(item_id=item_id))
    known = {row.key: row for row in paper.parts.select_for_update(of=("self",))}
    changed = 0
    for order, key in enumerate(PARTS):
        text, row = drafts.get(key, ""), known.get(key)
        if row is None:
            ctx.create(CasePaperPart(paper=paper, key=key, order=order, drafted=text))
        elif row.drafted != text:
            row.drafted = text
            ctx.save(row)
        else:
            continue
        changed += 1
    ctx.record("case_paper.drafted", paper, parts=changed)
    return paper


@action("case_paper.write")
def write_case_paper(ctx: Context, *, part_id: UUID, version: int | None, text: str) -> CasePaperPart:
    """Set what the secretary has written in one part. Two who write in different parts never meet.

    Raises NotFound, Refused, Invalid, and Conflict when the part has changed since it was read, or the item is treated.
    """
    found = reading.part_by_id(part_id)
    require_writer(ctx, agenda.item_by_id(found.paper.item_id) if found else None)
    row = ctx.load(CasePaperPart, part_id, version=version)
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST or "\0" in text:
        raise Invalid.field(
            "text", say(gettext_noop("Teksten er for lang eller har tegn som ikke kan lagres.")), value=text[:50]
        )
    before = row.snapshot()
    row.written = text
    ctx.save(row)
    ctx.record("case_paper.written", row, before=before)
    return row
