"""Bringing the adopted budget back into the plan."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Plan
from ..rules.adopted_budget import Consequence
from .following import set_budget_state


@action("plan.take_budget", kind="plan")
def take_budget(ctx: Context, *, plan_id: UUID, consequences: Sequence[Consequence], note: str) -> Plan:
    """Enter what the adopted budget says of each measure as budget states: granted, in part, or refused.

    Money without a measure is never entered. Raises Invalid when nothing is left to enter.
    """
    plan = ctx.load(Plan, plan_id)
    entered = [row for row in consequences if row.line is not None]
    if not entered:
        raise Invalid.field("file", say(gettext_noop("Filen har ingenting om tiltakene i planen.")))
    for row in entered:
        set_budget_state(
            actor=ctx.actor, now=ctx.now, plan_id=plan.pk, line_key=row.line or UUID(int=0), year=row.year, state=row.state,
            organisation_id=row.organisation, amount=row.adopted, note=note,
        )  # fmt: skip
    ctx.record("plan.budget_taken", plan, rows=len(entered), unplanned=len(consequences) - len(entered), note=note)
    return plan
