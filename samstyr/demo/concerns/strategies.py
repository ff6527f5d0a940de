"""The strategy: adopted from the model's own where no path decides it, and its targets measured over the years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from functools import partial

from samstyr.demo.arrangement import Arrangement, StrategyMade
from samstyr.demo.concerns.cases import turns
from samstyr.demo.living import Act, World
from samstyr.demo.upkeep import MeasuredHere
from samstyr.procedure.casework import queries as cases
from samstyr.wheel.strategy import actions
from samstyr.wheel.strategy.actions import measuring
from samstyr.wheel.strategy.rules.measuring import MeasurementValues

SUBJECT = "strategy"


def acts(data: Arrangement) -> Iterator[Act]:
    """The strategy on its day, and each figure on the day after the one it holds for."""
    for place, made in enumerate(data.strategies):
        key = f"strategi-{place}"
        yield Act(made.on, 1, place, partial(_make, made=made, key=key))
        yield from turns(data, key, made.goes, place)
    for place, one in enumerate(data.measured):
        yield Act(one.entered or one.on, 7, place, partial(_measure, one=one))


def _make(world: World, now: datetime, *, made: StrategyMade, key: str) -> None:
    by = world.by(made.by, now)
    row = actions.open_draft(**by, beginning="model", reason=made.reason)
    if made.goes:
        actions.propose(**by, version_id=row.pk, version=row.version)
        world.cases[key] = lambda: cases.case_of(SUBJECT, row.pk)
    elif made.body:
        actions.adopt(
            **by, version_id=row.pk, version=row.version, body=made.body, on=made.on, reference=made.reference
        )


def _measure(world: World, now: datetime, *, one: MeasuredHere) -> None:
    measuring.measure(
        **world.by(one.by, now),
        target=one.target,
        values=MeasurementValues(one.on, Decimal(str(one.value)), one.source, one.note, one.start),
    )
