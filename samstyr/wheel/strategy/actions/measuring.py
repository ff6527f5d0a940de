"""A figure for a target is entered, and corrected or taken back by another one."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Measurement
from ..queries import measuring as queries
from ..rules.measuring import MeasurementValues, faults


@action("strategy.measure", kind="strategy_measurement")
def measure(ctx: Context, *, target: str, values: MeasurementValues) -> Measurement:
    """Enter a figure for a target of the strategy in force.

    Raises NotFound for a target it does not have, Refused, and Invalid with every fault.
    """
    found = queries.target_on(target, ctx.today)
    if found is None:
        raise NotFound
    ctx.require(queries.may_measure(ctx.actor, found))
    row = _row(target, values, ctx)
    ctx.create(row)
    ctx.record("strategy.measured", row)
    return row


@action("strategy.correct_measurement", kind="strategy_measurement")
def correct_measurement(
    ctx: Context, *, measurement_id: UUID, reason: str, values: MeasurementValues | None
) -> Measurement:
    """Put another figure in the place of one; None takes it back. The old one stays to be read.

    Raises Conflict when it has been corrected already, Refused, and Invalid with every fault.
    """
    old = ctx.load(Measurement, measurement_id)
    ctx.require(queries.may_measure(ctx.actor, queries.target_on(old.target, ctx.today)))
    if Measurement.objects.filter(corrects=old).exists() or old.value is None:
        raise Conflict(say(gettext_noop("Målingen er alt rettet. Se den nyeste i listen.")))
    if not reason.strip():
        raise Invalid.field("reason", say(gettext_noop("Skriv hvorfor tallet rettes.")))
    if values is not None:
        row = _row(old.target, values, ctx)
    else:
        row = Measurement(target=old.target, on=old.on, is_start=old.is_start, person_id=ctx.actor.person)
    row.corrects, row.reason = old, reason.strip()[:500]
    row.is_start = old.is_start
    ctx.create(row)
    ctx.record("strategy.measurement_corrected", row)
    return row


def _row(target: str, values: MeasurementValues, ctx: Context) -> Measurement:
    found = faults(values, ctx.today)
    if found or values.on is None:
        raise Invalid(*found)
    return Measurement(
        target=target, on=values.on, value=values.value, is_start=values.is_start, source=values.source.strip(),
        note=values.note.replace("\r\n", "\n").strip(), person_id=ctx.actor.person,
    )  # fmt: skip
