"""Take a person out, or in again. People are never deleted: what they did stays theirs."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Person, RoleHolding, SeatHolding
from ..rules.appointing import not_oneself


@action("person.deactivate")
def deactivate_person(ctx: Context, *, person_id: UUID, version: int) -> Person:
    """Take the person out: no login, no tasks. Raises Refused, and Conflict while roles or seats are held."""
    row = _changeable(ctx, person_id, version)
    not_oneself(ctx.actor, row.pk)
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=ctx.today)
    roles = RoleHolding.objects.filter(lasting, person=row).count()
    seats = SeatHolding.objects.filter(lasting, person=row).count()
    if roles or seats:
        raise Conflict(
            say(
                gettext_noop("%(person)s har %(roles)s roller og %(seats)s plasser i organer."),
                person=row.name,
                roles=roles,
                seats=seats,
            ),
            remedy=say(gettext_noop("Avslutt dem først, så noen andre kan overta.")),
            rule="person.in_use",
        )
    return _switch(ctx, row, False)


@action("person.reactivate")
def reactivate_person(ctx: Context, *, person_id: UUID, version: int) -> Person:
    """Take the person in again. Raises Refused."""
    return _switch(ctx, _changeable(ctx, person_id, version), True)


def _changeable(ctx: Context, person_id: UUID, version: int) -> Person:
    row = ctx.load(Person, person_id, version=version)
    ctx.require(may(ctx.actor, Act.PEOPLE_MANAGE, row.facts()))
    return row


def _switch(ctx: Context, row: Person, active: bool) -> Person:
    before = row.snapshot()
    row.is_active = active
    ctx.save(row)
    ctx.record("person.reactivated" if active else "person.deactivated", row, before=before)
    return row
