"""End a case because its submitter no longer wants it."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Refused
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Case, CaseState, Treatment
from ._moving import close_all, end


@action("case.withdraw", kind="case")
def withdraw(ctx: Context, *, case_id: UUID, reason: str = "") -> Case:
    """Withdraw an open case. The room that owns the subject has asked who may withdraw the subject.

    Raises Conflict once a body has decided or proposed something in it: a decision cannot be withdrawn.
    """
    case = ctx.load(Case, case_id)
    if not (ctx.actor.automatic or case.opened_by_id in ctx.actor.people):
        raise Refused(say(gettext_noop("Bare den som sendte inn, kan trekke saken.")), rule="case.withdraw")
    if case.state == CaseState.ENDED:
        raise Conflict(say(gettext_noop("Saken er allerede avsluttet.")))
    if Treatment.objects.filter(case=case, kind__in=("propose", "adopt")).exclude(body="").exists():
        raise Conflict(
            say(gettext_noop("Saken er allerede behandlet av et organ og kan ikke trekkes.")),
            remedy=say(gettext_noop("Skriv en kommentar i saken i stedet.")),
        )
    close_all(ctx, case)
    ctx.record("case.withdrawn", case, reason=reason.strip()[:2000])
    end(ctx, case, outcome="withdrawn", effect="withdrawn", treatment=None)
    return case
