"""What a need learns of its case; the switchboard calls these."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from samstyr.foundation.access import Actor
from samstyr.foundation.audit.action import Context, action
from samstyr.procedure.casework.events import (
    CaseEnded,
    CaseParked,
    CaseReopened,
    CaseReturned,
)

from ..events import NeedEnded, NeedReturned
from ..models import Need, NeedState
from ..queries.reading import KIND

RULE = "handover:case_to_need"


def note_returned(event: CaseReturned, *, actor: Actor, now: datetime) -> None:
    """A case has come back: its need is its writer's again, with the reason (B-27)."""
    if event.subject_kind == KIND:
        return_need(actor=actor.on_behalf(RULE), now=now, need_id=event.subject_id, reason=event.reason)


def note_outcome(event: CaseEnded, *, actor: Actor, now: datetime) -> None:
    """A case has ended: its need has the outcome. One that was withdrawn stays withdrawn."""
    if event.subject_kind == KIND:
        end_need(actor=actor.on_behalf(RULE), now=now, need_id=event.subject_id, outcome=event.outcome)


def note_parked(event: CaseParked, *, actor: Actor, now: datetime) -> None:
    """A case rests: its need says until when."""
    if event.subject_kind == KIND:
        park_need(actor=actor.on_behalf(RULE), now=now, need_id=event.subject_id, until=event.until)


def note_reopened(event: CaseReopened, *, actor: Actor, now: datetime) -> None:
    """A case is treated again: its need is under treatment, without the outcome it had."""
    if event.subject_kind == KIND:
        reopen_need(actor=actor.on_behalf(RULE), now=now, need_id=event.subject_id)


@action("needs.return", kind="need")
def return_need(ctx: Context, *, need_id: UUID, reason: str) -> Need:
    """Give the need back to its writer; done by the case, never by a page."""
    need = _load(ctx, need_id)
    before = need.snapshot()
    need.state, need.returned_reason, need.parked_until = NeedState.RETURNED, reason, None
    ctx.save(need)
    ctx.record("need.returned", need, before=before)
    ctx.publish(NeedReturned(need.pk, reason))
    return need


@action("needs.end", kind="need")
def end_need(ctx: Context, *, need_id: UUID, outcome: str) -> Need:
    """Note what came of the need; done by the case, never by a page."""
    need = _load(ctx, need_id)
    if need.state == NeedState.WITHDRAWN:
        return need
    before = need.snapshot()
    need.state, need.outcome, need.parked_until = NeedState.ENDED, outcome[:60], None
    ctx.save(need)
    ctx.record("need.ended", need, before=before)
    ctx.publish(NeedEnded(need.pk, outcome))
    return need


@action("needs.park", kind="need")
def park_need(ctx: Context, *, need_id: UUID, until: date) -> Need:
    """Note until when the need rests; done by the case, never by a page."""
    need = _load(ctx, need_id)
    before = need.snapshot()
    need.parked_until = until
    ctx.save(need)
    ctx.record("need.parked", need, before=before)
    return need


@action("needs.reopen", kind="need")
def reopen_need(ctx: Context, *, need_id: UUID) -> Need:
    """Note that the need is treated again; done by the case, never by a page."""
    need = _load(ctx, need_id)
    before = need.snapshot()
    need.state, need.outcome, need.parked_until = NeedState.SUBMITTED, "", None
    ctx.save(need)
    ctx.record("need.reopened", need, before=before)
    return need


def _load(ctx: Context, need_id: UUID) -> Need:
    if not ctx.actor.automatic:
        raise RuntimeError("this is the case's doing: call it through its handler")
    return ctx.load(Need, need_id)
