"""A draft that is proposed to the body that adopts it: frozen while the case is treated, then in force or a draft again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid, Problem
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import ModelState, ModelVersion
from ..queries import held_on, keeping_roles
from .adopt import into_force, may_be_adopted, model_facts


@action("model.propose", kind="model")
def propose(
    ctx: Context, *, version_id: UUID, version: int | None, valid_from: date, proposal: UUID | None = None
) -> ModelVersion:
    """Freeze a draft while a body treats it. `proposal` is the matter that proposes it; it may be told afterwards.

    Raises Conflict for what is no draft, or could not be adopted as it stands; Invalid for a first day that has been.
    """
    ctx.require(may(ctx.actor, Act.MODEL_MANAGE, model_facts(ctx)))
    row = ctx.load(ModelVersion, version_id, version=version)
    if row.state != ModelState.DRAFT:
        raise Conflict(say(gettext_noop("Denne versjonen er til behandling, vedtatt eller trukket.")))
    if valid_from < ctx.today:
        raise Invalid.field("valid_from", say(gettext_noop("Velg en dag som ikke har vært.")), value=valid_from)
    may_be_adopted(row)
    keepers = keeping_roles(row)
    if keepers and not held_on(ctx.today, [role.key for role in keepers]):
        raise Conflict(
            say(gettext_noop("Ingen har en rolle som kan endre styringsmodellen når denne versjonen gjelder.")),
            remedy=say(gettext_noop("Gi noen rollen «%(role)s» først."), role=keepers[0].name),
        )
    before = row.snapshot()
    row.state, row.valid_from, row.proposal = ModelState.PROPOSED, valid_from, proposal
    ctx.save(row)
    ctx.record("model.proposed", row, before=before, sha256=row.sha256)
    return row


@action("model.settle_proposal", kind="model")
def settle_proposal(
    ctx: Context, *, proposal: UUID, adopted: bool, body: str, decided_on: date, reason: str = ""
) -> ModelVersion | None:
    """Let a decision have its effect on the version proposed in the matter: in force, or a draft again.

    Done by the case, never by a page. A version that can no longer be adopted becomes a draft again, with why; the
    decision stands. None when the matter proposes no version.
    """
    if not ctx.actor.automatic:
        raise RuntimeError("this is the case's doing: call it through its handler")
    found = ModelVersion.objects.filter(proposal=proposal, state=ModelState.PROPOSED).first()
    if found is None:
        return None
    row = ctx.load(ModelVersion, found.pk)
    if adopted:
        try:
            first = max(row.valid_from or decided_on, decided_on)
            return into_force(ctx, row, adopted_by=body, adopted_on=decided_on, valid_from=first, reason=reason)
        except Problem as problem:
            reason = str(problem.message) or str(problem)
    before = row.snapshot()
    row.state, row.reason = ModelState.DRAFT, reason[:2000]
    ctx.save(row)
    ctx.record("model.proposal_not_adopted", row, before=before)
    return row


@action("model.take_up_proposal", kind="model")
def take_up_proposal(ctx: Context, *, proposal: UUID) -> ModelVersion | None:
    """Freeze the version again when its case has been sent back and comes anew. None when there is nothing to freeze."""
    if not ctx.actor.automatic:
        raise RuntimeError("this is the case's doing: call it through its handler")
    found = ModelVersion.objects.filter(proposal=proposal, state=ModelState.DRAFT).first()
    if found is None:
        return None
    row = ctx.load(ModelVersion, found.pk)
    may_be_adopted(row)
    before = row.snapshot()
    row.state = ModelState.PROPOSED
    ctx.save(row)
    ctx.record("model.proposed", row, before=before, sha256=row.sha256)
    return row
