"""Deadlines that move when what they hang on does."""

from __future__ import annotations

from collections.abc import Iterable

from samstyr.foundation.audit.action import Context

from ..events import DeadlineMoved
from ..queries.hanging import Moved


def move_deadlines(ctx: Context, changes: Iterable[Moved]) -> None:
    """Give each step its new deadline, and tell of it."""
    for change in changes:
        row = change.row
        before = row.snapshot()
        row.due_on, row.due_why = change.due.on, str(change.due.why)[:300]
        ctx.save(row)
        ctx.record("case.deadline_moved", row, before=before, case=str(row.case_id))
        ctx.publish(DeadlineMoved(row.pk, change.was, change.due.on))
