"""Move a period to other days, and take a move back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say

from .. import queries
from ..events import PeriodMoved
from ..models import PeriodMove, YearPeriod

LONGEST_REASON = 2_000


@action("year.move_period", kind="year_period")
def move_period(
    ctx: Context, *, period_id: UUID, version: int | None, starts_on: date, ends_on: date, reason: str
) -> YearPeriod:
    """Give the period other days this year. What hangs on it moves along, and everyone affected is told.

    It begins in its own year and ends within the next. Raises Invalid with every fault, Refused, Conflict.
    """
    ctx.require(queries.may_keep(ctx.actor))
    row = ctx.load(YearPeriod, period_id, version=version)
    reason = reason.replace("\r\n", "\n").strip()
    faults = []
    if starts_on.year != row.of.year:
        faults.append(
            FieldError(
                "starts_on", say(gettext_noop("Perioden må begynne i %(year)s."), year=row.of.year), str(starts_on)
            )
        )
    if ends_on < starts_on:
        faults.append(FieldError("ends_on", say(gettext_noop("Siste dag kan ikke være før første dag.")), str(ends_on)))
    elif ends_on.year > row.of.year + 1:
        faults.append(FieldError("ends_on", say(gettext_noop("Perioden må slutte senest året etter.")), str(ends_on)))
    if (starts_on, ends_on) == (row.starts_on, row.ends_on):
        faults.append(
            FieldError("starts_on", say(gettext_noop("Perioden har disse datoene allerede.")), str(starts_on))
        )
    if not reason:
        faults.append(FieldError("reason", say(gettext_noop("Skriv hvorfor perioden flyttes."))))
    elif len(reason) > LONGEST_REASON or "\0" in reason:
        faults.append(
            FieldError(
                "reason", say(gettext_noop("Teksten er for lang eller har tegn som ikke kan lagres.")), reason[:50]
            )
        )
    if faults:
        raise Invalid(*faults)
    _give_days(ctx, row, starts_on, ends_on, reason, None)
    return row


@action("year.undo_move", kind="year_period")
def undo_move(ctx: Context, *, move_id: UUID) -> YearPeriod:
    """Give the period the days it had before its last move; those who were told are told again.

    Raises Conflict for a move that is not the last, or that is taken back.
    """
    ctx.require(queries.may_keep(ctx.actor))
    move = PeriodMove.objects.filter(pk=move_id).first()
    if move is None:
        raise NotFound
    row = ctx.load(YearPeriod, move.period_id)
    last = queries.last_move(row.pk)
    if last is None or last.pk != move.pk:
        raise Conflict(
            say(gettext_noop("Bare den siste flyttingen kan angres.")),
            remedy=say(gettext_noop("Flytt perioden på nytt i stedet.")),
        )
    _give_days(ctx, row, move.was_starts_on, move.was_ends_on, "", move)
    return row


def _give_days(
    ctx: Context, row: YearPeriod, starts_on: date, ends_on: date, reason: str, undoes: PeriodMove | None
) -> None:
    before, was = row.snapshot(), (row.starts_on, row.ends_on)
    move = ctx.create(
        PeriodMove(
            period=row, was_starts_on=was[0], was_ends_on=was[1], starts_on=starts_on, ends_on=ends_on, reason=reason,
            person_id=ctx.actor.person, undoes=undoes,
        )
    )  # fmt: skip
    row.starts_on, row.ends_on = starts_on, ends_on
    ctx.save(row)
    ctx.record("year.move_undone" if undoes else "year.period_moved", row, before=before, reason=reason)
    ctx.publish(PeriodMoved(move.pk, row.pk, row.wheel, row.key, row.of.year, was, (starts_on, ends_on)))
