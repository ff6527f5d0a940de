"""Give a person a role of the governance model."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Person, RoleHolding, SeatHolding, place_facts
from ..queries import on_day
from ..rules import overlaps
from ..rules.appointing import RoleSpec, may_appoint, not_oneself, place_for, term
from ._checks import place


@action("role.give")
def give_role(
    ctx: Context,
    *,
    person_id: UUID,
    role: RoleSpec,
    organisation_id: UUID | None = None,
    unit_id: UUID | None = None,
    starts_on: date,
    ends_on: date | None = None,
    reason: str = "",
) -> RoleHolding:
    """Give the role from `starts_on` to `ends_on`, both included. `role` is taken from the model in force.

    Raises Refused (by right, or the model's appointing role), Invalid (to oneself, dates, place, a chair without the
    seat that the model wants, a role that the model keeps apart from one the person has), Conflict
    when the person holds the role there in part of the time.
    """
    person = ctx.load(Person, person_id)
    if role.scope == "tenant":
        organisation_id = unit_id = None
    organisation, unit = place(ctx, organisation_id, unit_id)
    row = RoleHolding(
        role=role.key,
        person=person,
        organisation=organisation,
        unit=unit if role.scope in ("area", "unit") else None,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
    )
    ctx.require(may_appoint(ctx.actor, role, place_facts("role", ctx.actor.tenant, row.organisation_id, row.unit_id)))
    not_oneself(ctx.actor, person.pk)
    place_for(role, row.organisation_id, row.unit_id)
    _chairs_from_the_right_seats(role, person, starts_on)
    term(starts_on, ends_on)
    _kept_apart(role, row)
    if not person.is_active:
        raise Invalid.field("person", say(gettext_noop("%(person)s er ikke aktiv."), person=person.name))
    _no_other(row)
    ctx.create(row)
    ctx.record("role.given", row, role_name=role.name)
    return row


def _chairs_from_the_right_seats(role: RoleSpec, person: Person, starts_on: date) -> None:
    for rule in role.chairs:
        held = SeatHolding.objects.filter(
            on_day(starts_on), person=person, seat__body=rule.body, seat__group=rule.group
        )
        if not held.exists():
            raise Invalid.field(
                "person",
                say(
                    gettext_noop("Den som leder %(body)s, har en av plassene fra %(group)s."),
                    body=rule.body_name,
                    group=rule.group_name,
                ),
                remedy=say(gettext_noop("Velg en av dem, eller oppnevn %(person)s dit først."), person=person.name),
            )


def _kept_apart(role: RoleSpec, row: RoleHolding) -> None:
    names = dict(role.excludes)
    for other in RoleHolding.objects.filter(person=row.person, role__in=names):
        if overlaps((other.starts_on, other.ends_on), (row.starts_on, row.ends_on)):
            raise Invalid.field(
                "role",
                say(
                    gettext_noop("%(person)s er «%(other)s». Styringsmodellen lar ingen ha den rollen og «%(role)s»."),
                    person=row.person.name,
                    other=names[other.role],
                    role=role.name,
                ),
                remedy=say(gettext_noop("Velg en annen person, eller avslutt den andre rollen først.")),
            )


def _no_other(row: RoleHolding) -> None:
    others = RoleHolding.objects.filter(person=row.person, role=row.role, organisation=row.organisation, unit=row.unit)
    for other in others:
        if overlaps((other.starts_on, other.ends_on), (row.starts_on, row.ends_on)):
            raise Conflict(
                say(
                    gettext_noop("%(person)s har denne rollen her fra %(day)s allerede."),
                    person=row.person.name,
                    day=other.starts_on.strftime("%d.%m.%Y"),
                ),
                remedy=say(gettext_noop("Avslutt den først, eller velg andre datoer.")),
                rule="role.overlap",
            )
