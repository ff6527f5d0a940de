"""Deadlines follow the year's periods."""

from __future__ import annotations

from datetime import datetime

from samstyr.foundation.access import Actor
from samstyr.foundation.audit.action import Context, action
from samstyr.procedure.year.events import PeriodMoved

from ..queries.hanging import Shift, moved_by
from ._deadlines import move_deadlines

RULE = "case.follow_period"


def note_period_moved(event: PeriodMoved, *, actor: Actor, now: datetime) -> None:
    """The deadlines of open steps that hang on the period move with it."""
    if not event.wheel:
        shift = Shift(event.key, event.year, event.was, event.now)
        follow_period(actor=actor.on_behalf(actor.automatic or RULE), now=now, shift=shift)


@action("case.follow_period", kind="case")
def follow_period(ctx: Context, *, shift: Shift) -> None:
    """Move the deadlines that hang on the period. The system does it, in consequence of the period's move."""
    move_deadlines(ctx, moved_by(shift))
