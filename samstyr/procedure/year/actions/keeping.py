"""Say that a period or something in it is done, and write notes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import FieldError, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from .. import queries
from ..models import YearActivity, YearPeriod

LONGEST_NOTE = 10_000


@action("year.save_period", kind="year_period")
def save_period(
    ctx: Context, *, period_id: UUID, version: int | None, done_on: date | None, dropped: bool, note: str
) -> YearPeriod:
    """Set when the period was done, or that it was not, and its note. Raises Invalid, Refused, Conflict."""
    row = ctx.load(YearPeriod, period_id)
    ctx.require(may(ctx.actor, Act.MEETING_TAKE_PART, queries.owner_facts(row.owner_role, row.owner_body, ctx.today)))
    row = ctx.load(YearPeriod, period_id, version=version)
    note = note.replace("\r\n", "\n").strip()
    faults = []
    if done_on is not None and not row.starts_on.year - 1 <= done_on.year <= ctx.today.year:
        faults.append(FieldError("done_on", say(gettext_noop("Skriv en dato nær perioden.")), str(done_on)))
    elif done_on is not None and done_on > ctx.today:
        faults.append(FieldError("done_on", say(gettext_noop("Skriv en dato, i dag eller før.")), str(done_on)))
    if done_on is not None and dropped:
        faults.append(FieldError("dropped", say(gettext_noop("Perioden kan ikke være både ferdig og ikke gjort."))))
    if dropped and not note:
        faults.append(FieldError("note", say(gettext_noop("Skriv hvorfor det ikke ble gjort."))))
    if len(note) > LONGEST_NOTE or "\0" in note:
        faults.append(
            FieldError("note", say(gettext_noop("Teksten er for lang eller har tegn som ikke kan lagres.")), note[:50])
        )
    if faults:
        raise Invalid(*faults)
    before = row.snapshot()
    row.done_on, row.dropped, row.note = done_on, dropped, note
    ctx.save(row)
    ctx.record("year.period_saved", row, before=before)
    return row


@action("year.save_activity", kind="year_activity")
def save_activity(ctx: Context, *, activity_id: UUID, version: int | None, done: bool) -> YearActivity:
    """Tick off something in a period, or take the tick away. Raises Refused, Conflict."""
    row = ctx.load(YearActivity, activity_id)
    period = row.period
    facts = queries.owner_facts(period.owner_role, period.owner_body, ctx.today)
    ctx.require(may(ctx.actor, Act.MEETING_TAKE_PART, facts))
    row = ctx.load(YearActivity, activity_id, version=version)
    before = row.snapshot()
    row.done_on = (row.done_on or ctx.today) if done else None
    ctx.save(row)
    ctx.record("year.activity_saved", row, before=before)
    return row
