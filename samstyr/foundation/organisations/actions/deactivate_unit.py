"""Take a unit out of use, or into use again. Units are never deleted: needs and cases point to them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Person, RoleHolding, Seat, Unit


@action("unit.deactivate")
def deactivate_unit(ctx: Context, *, unit_id: UUID, version: int) -> Unit:
    """Take the unit out of use. Raises Refused, and Conflict while units, people, roles or seats belong to it."""
    row = _changeable(ctx, unit_id, version)
    still = (
        (row.children.filter(is_active=True).count(), gettext_noop("%(number)s underordnede tjenester")),
        (Person.objects.filter(unit=row, is_active=True).count(), gettext_noop("%(number)s personer")),
        (
            RoleHolding.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=ctx.today), unit=row).count(),
            gettext_noop("%(number)s roller"),
        ),
        (Seat.objects.filter(unit=row, is_active=True).count(), gettext_noop("%(number)s plasser i organer")),
    )
    found = [str(say(text, number=number)) for number, text in still if number]
    if found:
        raise Conflict(
            say(
                gettext_noop("%(unit)s kan ikke avvikles ennå. Den har %(what)s."), unit=row.name, what=", ".join(found)
            ),
            remedy=say(gettext_noop("Flytt eller avslutt dem først.")),
            rule="unit.in_use",
        )
    return _switch(ctx, row, False)


@action("unit.reactivate")
def reactivate_unit(ctx: Context, *, unit_id: UUID, version: int) -> Unit:
    """Take the unit into use again. Raises Refused, and Conflict while its parent is out of use."""
    row = _changeable(ctx, unit_id, version)
    if row.parent and not row.parent.is_active:
        raise Conflict(
            say(gettext_noop("Den overordnede tjenesten %(unit)s er avviklet."), unit=row.parent.name),
            remedy=say(gettext_noop("Ta den i bruk først, eller flytt denne.")),
            rule="unit.parent_inactive",
        )
    return _switch(ctx, row, True)


def _changeable(ctx: Context, unit_id: UUID, version: int) -> Unit:
    row = ctx.load(Unit, unit_id, version=version)
    ctx.require(may(ctx.actor, Act.ORGANISATION_MANAGE, row.facts()))
    return row


def _switch(ctx: Context, row: Unit, active: bool) -> Unit:
    before = row.snapshot()
    row.is_active = active
    ctx.save(row)
    ctx.record("unit.reactivated" if active else "unit.deactivated", row, before=before)
    return row
