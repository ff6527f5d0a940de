"""The reports that the model asks for, written and sent as they fall due; those of the months in `unsent` never came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from samstyr.demo.arrangement import Arrangement
from samstyr.demo.living import Act, World
from samstyr.demo.upkeep import Reporting
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.wheel.reporting import actions, queries

READY = ("due", "late")
WELL = "Det går som planlagt."


def acts(data: Arrangement) -> Iterator[Act]:
    """A look each month, a little before reports fall due; and on the last day what can be written is begun."""
    for place, one in enumerate(data.reports):
        for number in range((data.as_of.year - one.since.year) * 12 + data.as_of.month - one.since.month + 1):
            month = one.since.month - 1 + number
            day = date(one.since.year + month // 12, month % 12 + 1, one.day)
            if day <= data.as_of and f"{day:%Y-%m}" not in one.unsent:
                yield Act(day, 50, place, partial(_send, one=one))
    if data.reports:
        yield Act(data.as_of, 85, 0, begin)


def _send(world: World, now: datetime, *, one: Reporting) -> None:
    day = oslo_date(now)
    for expected in queries.expected(day, [one.report]):
        sent = expected.row is not None and expected.row.sent_on is not None
        if sent or expected.standing not in READY or expected.period.due_on + timedelta(days=31) < day:
            continue
        by: dict[str, Any] = world.by(one.by, now)
        row = actions.open_report(**by, report=one.report, period=expected.period.key)
        for part in row.parts.all():
            lit = part.kind == "dimension"
            words = one.words.get(part.key, WELL if lit else "")
            if words:
                light = ("green" if words == WELL else "yellow") if lit else ""
                actions.write_part(**by, part_id=part.pk, version=part.version, text=words, light=light)
        actions.send(**by, report_id=row.pk, version=None)


def begin(world: World, now: datetime) -> None:
    """What can be written now is begun, as the daily work does it."""
    actions.open_due(actor=world.system(), now=now)
