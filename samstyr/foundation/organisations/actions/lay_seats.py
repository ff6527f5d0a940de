"""Make the seats that the governance model says a body has."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Seat
from ..rules.appointing import GroupSpec
from .save_seat import save_seat


@action("seat.lay")
def lay_seats(ctx: Context, *, groups: Sequence[GroupSpec], body_organisation_id: UUID | None = None) -> list[Seat]:
    """Make the seats that lack in the body's groups, as many as the model counts (D-34). Seats for each area or
    organisation are made one by one, since somebody must say for which.

    Raises Refused, Conflict when nothing lacks.
    """
    ctx.require(may(ctx.actor, Act.ORGANISATION_MANAGE, Facts("seat", ctx.actor.tenant)))
    made: list[Seat] = []
    for group in groups:
        if group.count is None or group.one_per:
            continue
        there = Seat.objects.filter(
            body=group.body, group=group.key, body_organisation=body_organisation_id, is_active=True
        ).count()
        for _number in range(group.count - there):
            by = {"actor": ctx.actor, "now": ctx.now}
            made.append(save_seat(**by, group=group, body_organisation_id=body_organisation_id))
    if not made:
        raise Conflict(say(gettext_noop("Organet har alle plassene styringsmodellen sier.")), rule="seat.all_there")
    ctx.record("seat.laid", made[0], count=len(made))
    return made
