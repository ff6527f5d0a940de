"""Ask somebody before a seat is filled, and keep what they answer."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Seat, SeatConsultation
from ..rules.appointing import GroupSpec, may_fill


@action("seat.consult")
def consult(
    ctx: Context, *, seat_id: UUID, group: GroupSpec, consulted: str, asked_on: date, answer_by: date
) -> SeatConsultation:
    """Keep that one of those whom the model names was asked, and by when they are to answer (D-48 to D-50).

    Raises Refused unless the appointing role does it, Invalid for somebody the model does not name and for dates,
    Conflict when they have been asked for this appointment already.
    """
    seat = ctx.load(Seat, seat_id)
    _of_the_seat(seat, group)
    ctx.require(may_fill(ctx.actor, group, seat.facts(), organisation=seat.organisation_id, unit=seat.unit_id))
    if consulted not in (*group.consults, *group.may_consult):
        raise Invalid.field("consulted", say(gettext_noop("Velg en av dem styringsmodellen nevner.")), value=consulted)
    if asked_on > ctx.today:
        raise Invalid.field("asked_on", say(gettext_noop("Skriv dagen de ble spurt, i dag eller før.")), value=asked_on)
    if answer_by < asked_on:
        raise Invalid.field("answer_by", say(gettext_noop("Fristen er før de ble spurt.")), value=answer_by)
    if SeatConsultation.objects.filter(seat=seat, holding=None, consulted=consulted).exists():
        raise Conflict(
            say(gettext_noop("%(who)s er allerede spurt."), who=consulted),
            remedy=say(gettext_noop("Skriv svaret på det som er spurt.")),
            rule="seat.consulted",
        )
    row = ctx.create(SeatConsultation(seat=seat, consulted=consulted, asked_on=asked_on, answer_by=answer_by))
    ctx.record("seat.consulted", row)
    return row


@action("seat.consultation_answer")
def answer_consultation(
    ctx: Context, *, consultation_id: UUID, version: int | None, group: GroupSpec, answered_on: date, answer: str
) -> SeatConsultation:
    """Keep what they answered. Raises Refused, Invalid without an answer or for a wrong day, Conflict once appointed."""
    row = ctx.load(SeatConsultation, consultation_id, version=version)
    _of_the_seat(row.seat, group)
    seat = row.seat
    ctx.require(may_fill(ctx.actor, group, seat.facts(), organisation=seat.organisation_id, unit=seat.unit_id))
    if row.holding_id is not None:
        raise Conflict(say(gettext_noop("Plassen er fylt. Svaret kan ikke endres.")), rule="seat.consulted")
    if not row.asked_on <= answered_on <= ctx.today:
        raise Invalid.field(
            "answered_on",
            say(gettext_noop("Velg en dag fra %(day)s til i dag."), day=row.asked_on.strftime("%d.%m.%Y")),
            value=answered_on,
        )
    if not answer.strip():
        raise Invalid.field("answer", say(gettext_noop("Skriv hva de svarte.")))
    before = row.snapshot()
    row.answered_on, row.answer = answered_on, answer.strip()[:4000]
    ctx.save(row)
    ctx.record("seat.consultation_answered", row, before=before)
    return row


def _of_the_seat(seat: Seat, group: GroupSpec) -> None:
    if (seat.body, seat.group) != (group.body, group.key):
        raise ValueError("The group given is not the seat's.")
