"""End a role that a person holds."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import RoleHolding
from ..rules.appointing import RoleSpec, may_appoint, term


@action("role.end")
def end_role(
    ctx: Context, *, holding_id: UUID, version: int, role: RoleSpec, ends_on: date, reason: str = ""
) -> RoleHolding:
    """Let `ends_on` be the last day. Ends only: a longer term is a new one, given by a second person (A11).

    `role` is the holding's own, from the model, or with the key alone when the model no longer has it. Raises
    Refused, Conflict, Invalid.
    """
    row = ctx.load(RoleHolding, holding_id, version=version)
    if role.key != row.role:
        raise ValueError("The role given is not the holding's.")
    ctx.require(may_appoint(ctx.actor, role, row.facts()))
    term(row.starts_on, ends_on)
    if row.ends_on and ends_on > row.ends_on:
        raise Invalid.field(
            "ends_on",
            say(gettext_noop("Rollen slutter allerede %(day)s."), day=row.ends_on.strftime("%d.%m.%Y")),
            remedy=say(gettext_noop("Gi rollen på nytt for å forlenge den.")),
        )
    before = row.snapshot()
    row.ends_on = ends_on
    ctx.save(row)
    ctx.record("role.ended", row, before=before, role_name=role.name, why=reason.strip()[:500])
    return row
