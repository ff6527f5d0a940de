"""Reading organisations and people; building the Actor for a request."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import Q, QuerySet

from samstyr.foundation.access import Actor
from samstyr.foundation.tenancy.scope import require_tenant_id

from ..models import (
    Organisation,
    Person,
    RoleHolding,
    Seat,
    SeatHolding,
    Substitution,
    Unit,
)
from ..rules import Holding, RoleTable, build_actor, with_descendants


def on_day(day: date, prefix: str = "") -> Q:
    """The condition that a term covers `day`, both ends included."""
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": day})
    )


def person_of_account(account_id: UUID) -> Person | None:
    """Who the account is in the tenant in scope, if an active person."""
    return cast("Person | None", Person.objects.filter(account_id=account_id, is_active=True).first())


def unit_tree() -> dict[UUID, frozenset[UUID]]:
    """For every unit of the tenant, itself and all below it."""
    return with_descendants(dict(Unit.objects.values_list("id", "parent_id")))


def actor_for(person: Person, *, today: date, role_table: RoleTable) -> Actor:
    """The person as an Actor today: own roles, seats as roles ``seat:<body>``, and those stood in for."""
    away = {
        row.person_id: row.person.name
        for row in Substitution.objects.filter(on_day(today), substitute=person).select_related("person")
    }
    everyone = {person.pk: "", **away}
    below = unit_tree()
    holdings = [
        Holding(
            row.role,
            row.organisation_id,
            row.unit_id,
            below.get(row.unit_id, frozenset()) if row.unit_id else frozenset(),
            everyone[row.person_id],
        )
        for row in RoleHolding.objects.filter(on_day(today), person_id__in=everyone)
    ]
    holdings += [
        Holding(f"seat:{row.seat.body}", row.seat.body_organisation_id, None, frozenset(), everyone[row.person_id])
        for row in SeatHolding.objects.filter(on_day(today), person_id__in=everyone).select_related("seat")
    ]
    return build_actor(
        person=person.pk,
        tenant=require_tenant_id(),
        name=person.name,
        unit=person.unit_id,
        holdings=holdings,
        role_table=role_table,
        stands_in_for=frozenset(away),
    )


def organisations() -> QuerySet[Organisation]:
    """All organisations of the tenant, by name."""
    return Organisation.objects.order_by("name")


def holders_of(role: str, *, on: date, organisation: UUID | None = None, unit: UUID | None = None) -> list[Person]:
    """Active people who hold `role` on the day; a holding without limits counts for every organisation.

    A `unit` is met by a holding on that unit or on one above it.
    """
    rows = RoleHolding.objects.filter(on_day(on), role=role, person__is_active=True).select_related("person")
    if organisation is not None:
        rows = rows.filter(Q(organisation_id=organisation) | Q(organisation__isnull=True))
    found = list(rows)
    if unit is not None:
        below = unit_tree()
        found = [row for row in found if row.unit_id is None or unit in below.get(row.unit_id, frozenset())]
    return list({row.person_id: row.person for row in found}.values())


def substitutes_of(people: Iterable[UUID], *, on: date) -> list[Person]:
    """The active people who stand in on the day for any of these."""
    rows = Substitution.objects.filter(on_day(on), person_id__in=list(people), substitute__is_active=True)
    return list({row.substitute_id: row.substitute for row in rows.select_related("substitute")}.values())


def responsible_in(unit: UUID, *, on: date) -> list[Person]:
    """The active people who hold a role in the unit itself on the day, or else those who work there."""
    rows = RoleHolding.objects.filter(on_day(on), unit_id=unit, person__is_active=True).select_related("person")
    held = {row.person_id: row.person for row in rows}
    return list(held.values()) or list(Person.objects.filter(unit_id=unit, is_active=True))


def seats_of(body: str, *, on: date, body_organisation: UUID | None = None) -> list[tuple[Seat, Person | None]]:
    """The active seats of a body with who holds each on the day, or None for a vacant seat."""
    seats = Seat.objects.filter(body=body, is_active=True).select_related("organisation", "unit")
    if body_organisation is not None:
        seats = seats.filter(body_organisation_id=body_organisation)
    held = {
        row.seat_id: row.person
        for row in SeatHolding.objects.filter(on_day(on), seat__body=body).select_related("person")
    }
    return [(seat, held.get(seat.pk)) for seat in seats]


def holders_by_role(on: date) -> dict[str, list[Person]]:
    """For every role held on the day, the active people who hold it, by name."""
    found: dict[str, dict[UUID, Person]] = {}
    rows = (
        RoleHolding.objects.filter(on_day(on), person__is_active=True).select_related("person").order_by("person__name")
    )
    for row in rows:
        found.setdefault(row.role, {})[row.person_id] = row.person
    return {role: list(people.values()) for role, people in found.items()}
