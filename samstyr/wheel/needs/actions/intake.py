"""Ask services for their needs, and answer that there are none."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from samstyr.foundation.access import Act, Actor, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Unit
from samstyr.procedure.year.events import PeriodMoved

from .. import queries
from ..events import IntakeMoved, IntakeOpened
from ..models import IntakeCall
from ..rules.values import unreadable

LONGEST_MESSAGE = 2_000


@action("needs.open_intake", kind="need")
def open_intake(ctx: Context, *, units: tuple[UUID, ...], due_on: date, message: str = "") -> None:
    """Ask each service in the actor's area for its needs by the day (B-23); one asked already is left as is.

    Raises Invalid for no service, a day that has been, or a message that is too long; Refused for a service
    that the actor does not represent.
    """
    message = message.strip()
    if not units:
        raise Invalid.field("units", say(gettext_noop("Velg minst én tjeneste.")))
    if due_on < ctx.today:
        raise Invalid.field("due_on", say(gettext_noop("Fristen kan ikke være før i dag.")), value=due_on)
    if len(message) > LONGEST_MESSAGE or unreadable(message):
        raise Invalid.field(
            "message", say(gettext_noop("Skriv meldingen med høyst %(most)s tegn."), most=LONGEST_MESSAGE)
        )
    for key in dict.fromkeys(units):
        unit = Unit.objects.filter(pk=key, is_active=True).first()
        if unit is None:
            raise NotFound
        ctx.require(may(ctx.actor, Act.NEED_CREATE, queries.unit_facts(ctx.actor, unit, own=False)))
        if IntakeCall.objects.filter(unit=unit, due_on=due_on).exists():
            continue
        call = ctx.create(
            IntakeCall(unit=unit, opened_by_id=ctx.actor.person, opened_at=ctx.now, due_on=due_on, message=message)
        )
        ctx.record("need.intake_opened", call)
        ctx.publish(IntakeOpened(call.pk, unit.pk, due_on))


@action("needs.answer_none", kind="need")
def answer_none(ctx: Context, *, call_id: UUID, version: int) -> IntakeCall:
    """Say for the service that it has no needs this time. Raises Conflict when it has answered already."""
    call = ctx.load(IntakeCall, call_id)
    ctx.require(may(ctx.actor, Act.NEED_CREATE, queries.call_facts(ctx.actor, call)))
    call = ctx.load(IntakeCall, call_id, version=version)
    if queries.answered(call):
        raise Conflict(say(gettext_noop("Tjenesten har alt svart.")))
    before = call.snapshot()
    call.none_said_by_id, call.none_said_at = ctx.actor.person, ctx.now
    ctx.save(call)
    ctx.record("need.intake_answered", call, before=before)
    return call


RULE = "needs.follow_period"


def note_period_moved(event: PeriodMoved, *, actor: Actor, now: datetime) -> None:
    """The services that were asked until the intake's last day, have until its new one."""
    if not event.wheel and event.was[1] != event.now[1]:
        move_calls(
            actor=actor.on_behalf(actor.automatic or RULE),
            now=now,
            period=event.key,
            was=event.was[1],
            due_on=event.now[1],
        )


@action("needs.move_calls", kind="need")
def move_calls(ctx: Context, *, period: str, was: date, due_on: date) -> int:
    """Give the calls that ended with the intake its new last day, unless the service is asked until that day already.

    The number moved. The system does it, in consequence of the period's move.
    """
    model = governance.current_model(ctx.today)
    if model is None or model.need_form is None or model.need_form.period != period:
        return 0
    asked = set(IntakeCall.objects.filter(due_on=due_on).values_list("unit_id", flat=True))
    calls = [
        call
        for call in IntakeCall.objects.select_for_update(of=("self",)).filter(due_on=was)
        if call.unit_id not in asked and not queries.answered(call)
    ]
    for call in calls:
        before = call.snapshot()
        call.due_on = due_on
        ctx.save(call)
        ctx.record("need.intake_moved", call, before=before)
        ctx.publish(IntakeMoved(call.pk, call.unit_id, was, due_on))
    return len(calls)
