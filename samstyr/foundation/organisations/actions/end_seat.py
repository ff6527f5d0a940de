"""End a person's term in a seat."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import SeatHolding
from ..rules.appointing import GroupSpec, may_fill, term


@action("seat.end")
def end_seat(
    ctx: Context, *, holding_id: UUID, version: int, group: GroupSpec, ends_on: date, reason: str = ""
) -> SeatHolding:
    """Let `ends_on` be the last day of the term; only the appointing role may (B-07). Never makes it longer.

    Raises Refused, Conflict, Invalid.
    """
    row = ctx.load(SeatHolding, holding_id, version=version)
    seat = row.seat
    if (seat.body, seat.group) != (group.body, group.key):
        raise ValueError("The group given is not the seat's.")
    ctx.require(may_fill(ctx.actor, group, seat.facts(), organisation=seat.organisation_id, unit=seat.unit_id))
    term(row.starts_on, ends_on)
    if row.ends_on and ends_on > row.ends_on:
        raise Invalid.field(
            "ends_on",
            say(gettext_noop("Perioden slutter allerede %(day)s."), day=row.ends_on.strftime("%d.%m.%Y")),
            remedy=say(gettext_noop("Oppnevn på nytt for å forlenge den.")),
        )
    before = row.snapshot()
    row.ends_on = ends_on
    ctx.save(row)
    ctx.record("seat.ended", row, before=before, why=reason.strip()[:500])
    return row
