"""Make the units that the governance model lists and that are not there."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Organisation, Unit
from ..rules.appointing import UnitSpec
from .save_unit import save_unit


@action("unit.lay")
def lay_units(ctx: Context, *, units: Sequence[UnitSpec]) -> list[Unit]:
    """Make those that lack, found by organisation and code, each after the one it lies under (A-102, A-104, N-055).

    What stands is left as it is. Units of organisations that are not registered are passed over. Raises Refused, and
    Conflict when nothing lacks.
    """
    ctx.require(may(ctx.actor, Act.ORGANISATION_MANAGE, Facts("unit", ctx.actor.tenant)))
    places: dict[str, UUID] = dict(Organisation.objects.values_list("slot", "pk"))
    known: dict[tuple[UUID, str], UUID] = {
        (organisation, code): key
        for key, organisation, code in Unit.objects.exclude(code="").values_list("pk", "organisation_id", "code")
    }
    waiting = [unit for unit in units if unit.slot in places and (places[unit.slot], unit.code) not in known]
    made: list[Unit] = []
    while waiting:
        ready = [unit for unit in waiting if not unit.below or (places[unit.slot], unit.below) in known]
        if not ready:
            break
        for unit in ready:
            place = places[unit.slot]
            row = save_unit(
                actor=ctx.actor, now=ctx.now, organisation_id=place,
                parent_id=known[place, unit.below] if unit.below else None,
                code=unit.code, name=unit.name, kind=unit.kind, is_area=unit.is_area,
            )  # fmt: skip
            known[place, unit.code] = row.pk
            made.append(row)
        waiting = [unit for unit in waiting if unit not in ready]
    if not made:
        raise Conflict(say(gettext_noop("Alle enhetene i styringsmodellen er lagt inn.")), rule="unit.all_there")
    ctx.record("unit.laid", made[0], count=len(made))
    return made
