"""Let a person take a seat in a body."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Person, Seat, SeatConsultation, SeatHolding
from ..queries import unit_tree
from ..rules import overlaps
from ..rules.appointing import (
    Asked,
    GroupSpec,
    Place,
    comes_from,
    has_responsibility,
    may_fill,
    not_asked,
    not_oneself,
    term,
    within_the_term,
)


@action("seat.fill")
def fill_seat(
    ctx: Context,
    *,
    seat_id: UUID,
    version: int,
    group: GroupSpec,
    person_id: UUID,
    starts_on: date,
    ends_on: date | None = None,
    replace: bool = False,
    exception_reason: str = "",
    responsible: bool | None = None,
) -> SeatHolding:
    """Appoint the person from `starts_on`; only the appointing role of the seat's area may (B-07).

    Without `ends_on` the term is as long as the model says. Whoever the model says shall be asked first has been
    (D-48, D-50), and the person comes from the kind of organisation and the region that the seat is for.

    `replace` ends the present term the day before. Somebody from outside the seat's organisation or area needs
    `exception_reason`. Raises Refused, Invalid (oneself, dates, outside without a reason), Conflict when the seat
    is held in part of the time, or the person holds another voting seat in the body (B-08).
    """
    seat = ctx.load(Seat, seat_id, version=version)
    if (seat.body, seat.group) != (group.body, group.key):
        raise ValueError("The group given is not the seat's.")
    verdict = may_fill(ctx.actor, group, seat.facts(), organisation=seat.organisation_id, unit=seat.unit_id)
    ctx.require(verdict)
    person = ctx.load(Person, person_id)
    not_oneself(ctx.actor, person.pk)
    term(starts_on, ends_on)
    ends_on = within_the_term(group, starts_on, ends_on, exception_reason)
    if not seat.is_active:
        raise Conflict(say(gettext_noop("Plassen er avviklet.")), rule="seat.inactive")
    if not person.is_active:
        raise Invalid.field("person", say(gettext_noop("%(person)s er ikke aktiv."), person=person.name))
    _belongs(seat, person, exception_reason)
    comes_from(group, person.name, _place_of(person), exception_reason)
    has_responsibility(group, responsible, exception_reason)
    asked = _asked(ctx, seat, group)
    wanted = (starts_on, ends_on)
    _vacate(ctx, seat, wanted, replace)
    _one_vote(seat, person, wanted)
    appointer = group.appointed_by_name or group.appointed_by
    place = str(seat.unit or seat.organisation or "")
    row = ctx.create(
        SeatHolding(
            seat=seat,
            person=person,
            starts_on=starts_on,
            ends_on=ends_on,
            appointed_by=", ".join(part for part in (appointer, place) if part)[:200],
            exception_reason=exception_reason.strip(),
            responsible=responsible,
        )
    )
    for question in asked:
        question.holding = row
        ctx.save(question)
    ctx.record("seat.filled", row, appointed_on=ctx.today, person_name=person.name)
    return row


def _place_of(person: Person) -> Place | None:
    place = person.organisation
    return Place(place.name, place.kind, place.region) if place else None


def _asked(ctx: Context, seat: Seat, group: GroupSpec) -> list[SeatConsultation]:
    rows = list(SeatConsultation.objects.select_for_update(of=("self",)).filter(seat=seat, holding=None))
    lacking = not_asked(
        group, [Asked(row.consulted, row.answer_by, row.answered_on is not None) for row in rows], ctx.today
    )
    if lacking:
        raise Conflict(
            say(gettext_noop("%(who)s skal spørres før plassen fylles."), who=", ".join(lacking)),
            remedy=say(
                gettext_noop("Skriv når de ble spurt, og svaret. Uten svar kan du oppnevne når fristen er ute.")
            ),
            rule="seat.consultation",
        )
    return rows


def _belongs(seat: Seat, person: Person, exception_reason: str) -> None:
    outside = bool(seat.organisation_id) and person.organisation_id != seat.organisation_id
    if seat.unit_id and person.unit_id:
        outside = outside or person.unit_id not in unit_tree().get(seat.unit_id, frozenset())
    if outside and not exception_reason.strip():
        raise Invalid.field(
            "exception_reason",
            say(
                gettext_noop("%(person)s hører ikke til %(place)s."),
                person=person.name,
                place=seat.unit or seat.organisation,
            ),
            remedy=say(gettext_noop("Velg en annen, eller skriv hvorfor.")),
        )


def _vacate(ctx: Context, seat: Seat, wanted: tuple[date, date | None], replace: bool) -> None:
    for other in SeatHolding.objects.select_for_update(of=("self",)).filter(seat=seat).select_related("person"):
        if not overlaps((other.starts_on, other.ends_on), wanted):
            continue
        if not replace or other.starts_on >= wanted[0]:
            raise Conflict(
                say(
                    gettext_noop("%(person)s har plassen fra %(day)s."),
                    person=other.person.name,
                    day=other.starts_on.strftime("%d.%m.%Y"),
                ),
                remedy=say(gettext_noop("Avslutt perioden først, eller kryss av for å erstatte.")),
                rule="seat.held",
            )
        before = other.snapshot()
        other.ends_on = wanted[0] - timedelta(days=1)
        ctx.save(other)
        ctx.record("seat.ended", other, before=before, why="replaced")


def _one_vote(seat: Seat, person: Person, wanted: tuple[date, date | None]) -> None:
    if not seat.votes:
        return
    others = SeatHolding.objects.filter(
        person=person, seat__body=seat.body, seat__body_organisation=seat.body_organisation_id, seat__votes=True
    ).exclude(seat=seat)
    for other in others.select_related("seat"):
        if overlaps((other.starts_on, other.ends_on), wanted):
            raise Conflict(
                say(gettext_noop("%(person)s har allerede en annen plass i organet."), person=person.name),
                remedy=say(gettext_noop("Velg en annen, eller avslutt den andre plassen.")),
                rule="seat.one_vote",
            )
