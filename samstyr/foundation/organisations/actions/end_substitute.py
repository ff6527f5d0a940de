"""End a time with a stand-in before its last day."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Substitution


@action("substitute.end")
def end_substitute(ctx: Context, *, substitution_id: UUID, version: int) -> Substitution:
    """Let yesterday be the last day, or remove it when it has not begun. Raises Refused, Conflict when it is over.

    The person, the one who stands in, and those who manage people may.
    """
    row = ctx.load(Substitution, substitution_id, version=version)
    if ctx.actor.person not in (row.person_id, row.substitute_id):
        ctx.require(may(ctx.actor, Act.PEOPLE_MANAGE, row.person.facts()))
    if row.ends_on < ctx.today:
        raise Conflict(say(gettext_noop("Fraværet er over allerede.")), rule="substitute.over")
    before = row.snapshot()
    if row.starts_on >= ctx.today:
        ctx.record("substitute.cancelled", row)
        ctx.delete(row)
        return row
    row.ends_on = ctx.today - timedelta(days=1)
    ctx.save(row)
    ctx.record("substitute.ended", row, before=before)
    return row
