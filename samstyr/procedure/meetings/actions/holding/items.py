"""Take up an item, write down how it went, and put it aside."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ...models import AgendaItem, Meeting
from ...queries.bodies import settings_on
from ...queries.holding import voters_at
from ...rules.quorum import kept_off
from ._common import clean, managed_item, require_no_vote

State = AgendaItem.State


@action("item.open", kind="agenda_item")
def open_item(ctx: Context, *, item_id: UUID, version: int | None = None, objecting: int = 0) -> AgendaItem:
    """Take up the item; the one that was being treated waits again. A postponed or withdrawn item may be taken up anew.

    `objecting` is how many of those present object to treating an item that was not sent out: enough of them keep it
    off (kommuneloven § 11-3). Raises Conflict when it is decided, or a vote is open.
    """
    meeting, item = managed_item(ctx, item_id, version=version)
    require_no_vote(meeting)
    if item.state in (State.DECIDED, State.OPEN):
        raise Conflict(say(gettext_noop("Saken er allerede tatt opp.")))
    if item.late:
        _require_not_kept_off(meeting, objecting)
    others = AgendaItem.objects.select_for_update(of=("self",)).filter(meeting=meeting, state=State.OPEN)
    for other in others:
        before = other.snapshot()
        other.state = State.WAITING
        ctx.save(other)
        ctx.record("item.put_aside", other, before=before)
    before = item.snapshot()
    item.state = State.OPEN
    ctx.save(item)
    ctx.record("item.opened", item, before=before, objecting=objecting)
    return item


def _require_not_kept_off(meeting: Meeting, objecting: int) -> None:
    rule = settings_on(meeting.body, meeting.held_on).late_percent
    there = len(voters_at(meeting, None))
    if not 0 <= objecting <= there:
        raise Invalid.field(
            "objecting",
            say(gettext_noop("Oppgi et tall fra 0 til %(there)s, så mange som er til stede."), there=there),
            value=objecting,
        )
    if kept_off(objecting, there, rule.value):
        raise Conflict(
            say(
                gettext_noop(
                    "%(objecting)s av %(there)s vil ikke behandle saken, som ikke sto i innkallingen (%(source)s)."
                ),
                objecting=objecting, there=there, source=str(rule.source),
            ),
            remedy=say(gettext_noop("Saken må vente til et senere møte.")),
            rule="meeting.late",
        )  # fmt: skip


@action("item.discuss", kind="agenda_item")
def write_discussion(ctx: Context, *, item_id: UUID, version: int | None, text: str) -> AgendaItem:
    """What is to stand in the minutes of how the item went. Raises Conflict when another has written meanwhile."""
    _meeting, item = managed_item(ctx, item_id, version=version)
    if item.state == State.WAITING:
        raise Conflict(say(gettext_noop("Saken er ikke tatt opp ennå.")))
    before = item.snapshot()
    item.discussion = clean("text", text)
    ctx.save(item)
    ctx.record("item.discussed", item, before=before)
    return item


@action("item.postpone", kind="agenda_item")
def postpone_item(
    ctx: Context, *, item_id: UUID, version: int | None = None, withdrawn: bool = False, reason: str = ""
) -> AgendaItem:
    """Leave the item for another meeting, or with `withdrawn` take it off for good. Its case waits for the body still.

    To postpone a case to a date by the path's own outcome is to decide it. Raises Conflict when it is decided.
    """
    meeting, item = managed_item(ctx, item_id, version=version)
    require_no_vote(meeting)
    if item.state not in (State.WAITING, State.OPEN):
        raise Conflict(say(gettext_noop("Saken er allerede behandlet, utsatt eller trukket.")))
    before = item.snapshot()
    item.decision = clean("reason", reason, longest=2_000)
    item.state = State.WITHDRAWN if withdrawn else State.POSTPONED
    item.treated_at = ctx.now
    ctx.save(item)
    ctx.record("item.withdrawn" if withdrawn else "item.postponed", item, before=before)
    return item
