"""The years of the wheel: last year is ended, this year is followed, and the next one is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from samstyr.demo.arrangement import Arrangement
from samstyr.demo.living import Act, World
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.procedure.year import actions, queries

LATE_IN = 3


def acts(data: Arrangement) -> Iterator[Act]:
    """The last day, when everything else has been lived."""
    if data.years:
        yield Act(data.as_of, 80, 0, keep)


def keep(world: World, now: datetime) -> None:
    """All that is over was done in time, but for one period of last year that came a month late."""
    by: dict[str, Any] = {"actor": world.system(), "now": now}
    year = oslo_date(now).year
    for number in (year - 1, year, year + 1):
        actions.make_year(**by, year=number)
    for number in (year - 1, year):
        for row in queries.periods_of(number):
            if row.wheel or row.ends_on >= oslo_date(now):
                continue
            late = number == year - 1 and row.order == LATE_IN and row.ends_on.month < 12
            done = row.ends_on.replace(day=1, month=row.ends_on.month + 1) if late else row.ends_on
            note = "Det tok lengre tid enn vi trodde." if late else ""
            actions.save_period(**by, period_id=row.pk, version=row.version, done_on=done, dropped=False, note=note)
