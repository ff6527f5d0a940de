"""Make or change a seat in a body."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Max

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from .. import queries
from ..models import Organisation, Seat, SeatHolding
from ..rules.appointing import GroupSpec
from ._checks import place


@action("seat.save")
def save_seat(
    ctx: Context,
    *,
    seat_id: UUID | None = None,
    version: int | None = None,
    group: GroupSpec,
    body_organisation_id: UUID | None = None,
    organisation_id: UUID | None = None,
    unit_id: UUID | None = None,
    is_active: bool = True,
) -> Seat:
    """Make (without an id) or change a seat of the model's group. New seats get the group's next number.

    A group of one organisation's seats gives its seats that organisation: who appoints and what a vote weighs hang on
    it. Raises Refused, Invalid when the group's seats are for areas or organisations and none or another is given,
    Conflict when it has a seat already (B-08) or somebody holds a seat that is to be closed.
    """
    row = ctx.load(Seat, seat_id, version=version) if seat_id else None
    ctx.require(may(ctx.actor, Act.ORGANISATION_MANAGE, row.facts() if row else Facts("seat", ctx.actor.tenant)))
    before = row.snapshot() if row else None
    body_organisation, _unit = place(ctx, body_organisation_id, None)
    if row is None:
        same = Seat.objects.filter(body=group.body, group=group.key, body_organisation=body_organisation)
        last = same.aggregate(last=Max("number"))["last"] or 0
        row = Seat(body=group.body, group=group.key, body_organisation=body_organisation, number=last + 1)
    elif (row.body, row.group) != (group.body, group.key):
        raise ValueError("The group given is not the seat's.")
    row.organisation, row.unit = place(ctx, organisation_id, unit_id)
    if is_active:
        _in_the_groups_place(row, group)
    row.votes, row.is_active = group.votes, is_active
    _judge(ctx, row, group)
    _ = ctx.save(row) if before else ctx.create(row)
    ctx.record("seat.changed" if before else "seat.created", row, before=before)
    return row


def _in_the_groups_place(row: Seat, group: GroupSpec) -> None:
    own = Organisation.objects.filter(slot=group.organisation).first() if group.organisation else None
    if own is not None and row.organisation is None:
        row.organisation = own
    elif own is not None and row.organisation != own:
        message = say(
            gettext_noop("Plassene i %(group)s er for %(organisation)s."), group=group.name, organisation=own.name
        )
        raise Invalid.field("unit" if row.unit else "organisation", message)
    if group.one_per == "organisation" and row.organisation is None:
        raise Invalid.field("organisation", say(gettext_noop("Plassen er for en organisasjon. Velg hvilken.")))


def _judge(ctx: Context, row: Seat, group: GroupSpec) -> None:
    if not row.is_active:
        if SeatHolding.objects.filter(queries.on_day(ctx.today), seat=row).exists():
            raise Conflict(
                say(gettext_noop("Noen har plassen i dag.")),
                remedy=say(gettext_noop("Avslutt perioden først.")),
                rule="seat.held",
            )
        return
    same = Seat.objects.filter(body=row.body, group=row.group, is_active=True, body_organisation=row.body_organisation)
    each = group.one_per == "organisation"
    if each and row.organisation and same.filter(organisation=row.organisation).exclude(pk=row.pk).exists():
        raise Conflict(
            say(gettext_noop("%(unit)s har allerede en plass."), unit=row.organisation.name),
            rule="seat.organisation_once",
        )
    if group.one_per == "area":
        if row.unit is None or not row.unit.is_area:
            raise Invalid.field("unit", say(gettext_noop("Plassen er for et område. Velg hvilket.")))
        if same.filter(unit=row.unit).exclude(pk=row.pk).exists():
            raise Conflict(
                say(gettext_noop("%(unit)s har allerede en plass."), unit=row.unit.name), rule="seat.area_once"
            )
