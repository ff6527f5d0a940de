"""Say that a duty is done for one of its days, or take that back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.year import Duty
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say

from .. import queries
from ..models import DutyDone
from ..rules.standing import days_of_duty

LONGEST_NOTE = 2_000


@action("year.do_duty", kind="duty")
def do_duty(ctx: Context, *, duty: str, due_on: date, done_on: date, note: str = "") -> DutyDone:
    """The duty is done for the day it was due. Raises NotFound for a duty or day that the model does not have, Invalid
    for a day ahead or before it could be done, Conflict when it is done already."""
    found = _duty(ctx, duty)
    ctx.require(
        may(ctx.actor, Act.MEETING_TAKE_PART, queries.owner_facts(found.owner or "", found.owner_body or "", ctx.today))
    )
    if not days_of_duty(found, due_on, due_on):
        raise NotFound
    note = note.replace("\r\n", "\n").strip()
    if done_on > ctx.today:
        raise Invalid.field("done_on", say(gettext_noop("Skriv en dato, i dag eller før.")), value=done_on)
    if found.available_from is not None and done_on < found.available_from:
        raise Invalid.field("done_on", say(gettext_noop("Dette kunne ikke gjøres så tidlig.")), value=done_on)
    if len(note) > LONGEST_NOTE or "\0" in note:
        raise Invalid.field("note", say(gettext_noop("Teksten er for lang eller har tegn som ikke kan lagres.")))
    if DutyDone.objects.filter(duty=duty, due_on=due_on).exists():
        raise Conflict(say(gettext_noop("Dette er merket som gjort allerede.")), rule="duty.done")
    row = ctx.create(DutyDone(duty=duty, due_on=due_on, done_on=done_on, note=note, person_id=ctx.actor.person))
    ctx.record("year.duty_done", row)
    return row


@action("year.undo_duty", kind="duty")
def undo_duty(ctx: Context, *, done_id: UUID) -> DutyDone:
    """The duty is not done for the day after all. Raises Refused, NotFound."""
    row = ctx.load(DutyDone, done_id)
    found = _duty(ctx, row.duty)
    ctx.require(
        may(ctx.actor, Act.MEETING_TAKE_PART, queries.owner_facts(found.owner or "", found.owner_body or "", ctx.today))
    )
    ctx.record("year.duty_undone", row)
    key = row.pk
    ctx.delete(row)
    row.pk = key
    return row


def _duty(ctx: Context, key: str) -> Duty:
    model = governance.current_model(ctx.today)
    duties = model.wheel.duties if model and model.wheel else ()
    found = next((one for one in duties if one.key == key), None)
    if found is None:
        raise NotFound
    return found
