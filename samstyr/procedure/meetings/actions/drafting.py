"""Minutes that draft themselves, and what the secretary writes beside."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Meeting, MeetingState, Minutes, MinutesSection, MinutesState
from ..queries import minutes as reading
from ..queries.access import manage_facts, meeting_facts
from ..queries.minutes_facts import CLOSING, ITEM, Fresh, fresh_sections, meeting_with_all

LONGEST = 50_000


def require_writer(ctx: Context, meeting: Meeting) -> None:
    """Raises NotFound for a meeting that the actor may not know of, Refused when they do not hold it."""
    if not may(ctx.actor, Act.CASE_READ, meeting_facts(meeting)):
        raise NotFound
    ctx.require(may(ctx.actor, Act.MEETING_MANAGE, manage_facts(meeting.body, ctx.today, meeting.organisation_id)))


def require_draft(minutes: Minutes) -> None:
    """Raises Conflict when the minutes are sent for approval, or approved and sealed."""
    if minutes.state == MinutesState.APPROVED:
        raise Conflict(
            say(gettext_noop("Møteboken er godkjent og kan ikke endres.")),
            remedy=say(gettext_noop("Rett den med et tillegg.")),
            rule="minutes.approved",
        )
    if minutes.state == MinutesState.SENT:
        raise Conflict(
            say(gettext_noop("Møteboken er sendt til godkjenning og kan ikke endres nå.")),
            remedy=say(gettext_noop("En merknad fra dem som godkjenner, sender den tilbake.")),
            rule="minutes.sent",
        )


@action("minutes.draft")
def draft_minutes(ctx: Context, *, meeting_id: UUID) -> Minutes:
    """Draft the minutes from what has happened, or fetch the facts anew; what is written is left as it stands.

    Safe to repeat. Raises NotFound, Refused, and Conflict before the meeting is opened or after they are sent.
    """
    ctx.load(Meeting, meeting_id)
    meeting = meeting_with_all(meeting_id)
    if meeting is None:
        raise NotFound
    require_writer(ctx, meeting)
    if meeting.state not in (MeetingState.OPEN, MeetingState.ENDED):
        raise Conflict(
            say(gettext_noop("Møteboken kan skrives når møtet er satt.")),
            remedy=say(gettext_noop("Sett møtet først.")),
            rule="minutes.opened",
        )
    found = Minutes.objects.filter(meeting_id=meeting_id).first()
    if found is None:
        minutes = ctx.create(Minutes(meeting_id=meeting_id))
    else:
        minutes = ctx.load(Minutes, found.pk)
        require_draft(minutes)
    changed = _fill(ctx, minutes, fresh_sections(meeting))
    ctx.record("minutes.drafted", minutes, sections=changed)
    return minutes


def _fill(ctx: Context, minutes: Minutes, fresh: list[Fresh]) -> int:
    """Each section as the facts give it now; how many that changed. Only what changed gets a new version."""
    rows = list(minutes.sections.select_for_update(of=("self",)))
    known = {row.item_id or reading.kind_of(row): row for row in rows}
    taken = {row.order for row in rows}
    free = (order for order in range(1, reading.CLOSING_ORDER) if order not in taken)
    changed = 0
    for one in fresh:
        row = known.get(one.item.pk if one.item else one.kind)
        if row is None:
            order = next(free) if one.kind == ITEM else reading.CLOSING_ORDER if one.kind == CLOSING else 0
            ctx.create(MinutesSection(minutes=minutes, item=one.item, order=order, drafted=one.text, closed=one.closed))
        elif row.drafted != one.text or row.closed != one.closed:
            row.drafted, row.closed = one.text, one.closed
            ctx.save(row)
        else:
            continue
        changed += 1
    return changed


@action("minutes.write")
def write_section(ctx: Context, *, section_id: UUID, version: int | None, text: str) -> MinutesSection:
    """Set what the secretary has written in one section. Two who write in different sections never meet.

    Raises NotFound, Refused, Invalid, and Conflict when the section has changed since it was read, or is sent.
    """
    found = reading.section_by_id(section_id)
    if found is None:
        raise NotFound
    minutes = ctx.load(Minutes, found.minutes_id)
    require_writer(ctx, found.minutes.meeting)
    if not reading.may_read_section(ctx.actor, found):
        raise Refused(
            say(gettext_noop("Du kan ikke skrive i en lukket sak som du ikke kan lese.")), rule="access.exempt"
        )
    require_draft(minutes)
    row = ctx.load(MinutesSection, section_id, version=version)
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST or "\0" in text:
        raise Invalid.field(
            "text", say(gettext_noop("Teksten er for lang eller har tegn som ikke kan lagres.")), value=text[:50]
        )
    before = row.snapshot()
    row.written = text
    ctx.save(row)
    ctx.record("minutes.written", row, before=before)
    return row
