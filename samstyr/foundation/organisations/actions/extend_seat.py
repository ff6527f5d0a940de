"""Let a term in a seat last longer than the model says."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import SeatHolding
from ..rules import overlaps
from ..rules.appointing import GroupSpec, may_fill


@action("seat.extend")
def extend_seat(
    ctx: Context, *, holding_id: UUID, version: int, group: GroupSpec, ends_on: date, reason: str
) -> SeatHolding:
    """Let `ends_on`, later than now, be the last day, with the reason why continuity asks for it (D-52).

    Raises Refused unless the appointing role does it, Invalid for an earlier day or no reason, Conflict when another
    has the seat by then.
    """
    row = ctx.load(SeatHolding, holding_id, version=version)
    seat = row.seat
    if (seat.body, seat.group) != (group.body, group.key):
        raise ValueError("The group given is not the seat's.")
    ctx.require(may_fill(ctx.actor, group, seat.facts(), organisation=seat.organisation_id, unit=seat.unit_id))
    if row.ends_on is None or ends_on <= row.ends_on:
        raise Invalid.field(
            "ends_on",
            say(gettext_noop("Velg en dag etter at perioden nå slutter.")),
            value=ends_on,
            remedy=say(gettext_noop("Bruk «Avslutt» for å gjøre perioden kortere.")),
        )
    if not reason.strip():
        raise Invalid.field("reason", say(gettext_noop("Skriv hvorfor perioden forlenges.")))
    for other in SeatHolding.objects.filter(seat=seat).exclude(pk=row.pk).select_related("person"):
        if overlaps((other.starts_on, other.ends_on), (row.starts_on, ends_on)):
            raise Conflict(
                say(
                    gettext_noop("%(person)s har plassen fra %(day)s."),
                    person=other.person.name,
                    day=other.starts_on.strftime("%d.%m.%Y"),
                ),
                rule="seat.held",
            )
    before = row.snapshot()
    row.ends_on, row.exception_reason = ends_on, reason.strip()[:500]
    ctx.save(row)
    ctx.record("seat.extended", row, before=before, why=row.exception_reason)
    return row
