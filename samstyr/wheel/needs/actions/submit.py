"""Send a need in, for the first time or again after it came back."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework import queries as cases

from .. import queries
from ..events import NeedResubmitted, NeedSubmitted
from ..models import Need, NeedState
from ..rules.form import FormSpec
from ._writing import (
    case_arguments,
    check_complete,
    lateness,
    next_numbers,
    own_need,
    require_state,
)


@action("needs.submit", kind="need")
def submit(ctx: Context, *, need_id: UUID, version: int) -> Need:
    """Send the draft in: it gets its number, and a case opens on the model's path for needs.

    After the intake window it is accepted and marked late (B-40). Raises Invalid with every fault when
    something mandatory is missing (B-24), Conflict when it is sent in already or the model has no path.
    """
    need = own_need(ctx, need_id, version)
    require_state(need, frozenset({NeedState.DRAFT}), gettext_noop("Behovet er allerede sendt inn."))
    spec = check_complete(ctx, need)
    return send_in(ctx, need, spec, number=next_numbers(ctx)[0], late=lateness(ctx))


def send_in(ctx: Context, need: Need, spec: FormSpec, *, number: int, late: bool) -> Need:
    """Give a complete draft its number and open its case."""
    path = queries.path_key(ctx.today)
    if path is None:
        raise Conflict(
            say(gettext_noop("Styringsmodellen har ingen beslutningsvei for behov.")),
            remedy=say(gettext_noop("Utkastet er trygt lagret. Be administratoren om å rette styringsmodellen.")),
        )
    before = need.snapshot()
    need.state, need.number, need.submitted_at, need.late = NeedState.SUBMITTED, number, ctx.now, late
    ctx.save(need)
    ctx.record("need.submitted", need, before=before)
    case = casework.open_case(
        actor=ctx.actor,
        now=ctx.now,
        subject_kind=queries.KIND,
        subject_id=need.pk,
        path=path,
        unit=need.unit_id,
        late=late,
        **case_arguments(need, spec),
    )
    ctx.publish(NeedSubmitted(need.pk, case.pk, late))
    return need


@action("needs.resubmit", kind="need")
def resubmit(ctx: Context, *, need_id: UUID, version: int) -> Need:
    """Send a need that came back in again; its case goes on where it was returned from.

    Raises Invalid when something mandatory is missing, Conflict when it has not been returned.
    """
    need = own_need(ctx, need_id, version)
    require_state(need, frozenset({NeedState.RETURNED}), gettext_noop("Behovet er ikke sendt tilbake til deg."))
    spec = check_complete(ctx, need)
    case = cases.case_of(queries.KIND, need.pk)
    if case is None:
        raise Conflict(say(gettext_noop("Behovet har ingen sak.")))
    before = need.snapshot()
    need.state, need.returned_reason = NeedState.SUBMITTED, ""
    ctx.save(need)
    ctx.record("need.resubmitted", need, before=before)
    casework.resubmit(
        actor=ctx.actor.on_behalf("need.resubmit"), now=ctx.now, case_id=case.pk, **case_arguments(need, spec)
    )
    ctx.publish(NeedResubmitted(need.pk, case.pk))
    return need
