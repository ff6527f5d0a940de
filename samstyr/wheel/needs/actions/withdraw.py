"""Take a need back."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework import queries as cases

from .. import queries
from ..events import NeedWithdrawn
from ..models import Need, NeedState
from ..rules.values import unreadable
from ._writing import own_need, require_state

LONGEST_REASON = 2_000


@action("needs.withdraw", kind="need")
def withdraw(ctx: Context, *, need_id: UUID, version: int, reason: str) -> Need:
    """Withdraw a need that has been sent in, with the reason; its case ends.

    Possible until a body has decided on it: from then on what stands is the body's. Raises Conflict then,
    and Invalid without a reason.
    """
    need = own_need(ctx, need_id, version, Act.NEED_WITHDRAW)
    require_state(
        need,
        frozenset({NeedState.SUBMITTED, NeedState.RETURNED}),
        gettext_noop("Bare et behov som er sendt inn og ikke ferdig behandlet, kan trekkes."),
    )
    reason = reason.strip()
    if not reason:
        raise Invalid.field("reason", say(gettext_noop("Skriv hvorfor behovet trekkes.")))
    if len(reason) > LONGEST_REASON or unreadable(reason):
        raise Invalid.field(
            "reason", say(gettext_noop("Skriv begrunnelsen med høyst %(most)s tegn."), most=LONGEST_REASON)
        )
    if queries.decided_by(need.pk):
        raise Conflict(
            say(gettext_noop("%(body)s har alt tatt stilling til behovet."), body=queries.decided_by(need.pk)),
            remedy=say(gettext_noop("Ta kontakt med den som har saken nå, hvis behovet har falt bort.")),
            rule="need.withdraw.decided",
        )
    before = need.snapshot()
    need.state, need.withdrawn_reason = NeedState.WITHDRAWN, reason
    ctx.save(need)
    ctx.record("need.withdrawn", need, before=before, reason=reason)
    case = cases.case_of(queries.KIND, need.pk)
    if case is not None and case.state != "ended":
        casework.withdraw(actor=ctx.actor.on_behalf("need.withdraw"), now=ctx.now, case_id=case.pk, reason=reason)
    ctx.publish(NeedWithdrawn(need.pk, reason))
    return need
