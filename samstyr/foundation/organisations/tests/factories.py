"""Tenants, people and actors for the tests of every room. Everything by role title, never by a person's name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from samstyr.foundation.access import Act, Actor, Grant, HeldRole, Reach
from samstyr.foundation.organisations.models import (
    Organisation,
    Person,
    RoleHolding,
    Seat,
    SeatHolding,
    Unit,
)
from samstyr.foundation.tenancy.models import Account, Membership, Tenant
from samstyr.foundation.tenancy.scope import current_tenant_id
from tests.support import make_tenant as make_tenant_as_owner

LONG_AGO = date(2020, 1, 1)

# An act alone (the whole tenant), or an act with its reach.
Right = Act | tuple[Act, Reach]


def make_tenant(slug: str = "") -> Tenant:
    """A new tenant; enter it with ``tenant_scope(tenant.pk)``."""
    return make_tenant_as_owner(slug)


def make_organisation(name: str = "", slot: str = "", **values: Any) -> Organisation:
    """An organisation in the tenant in scope."""
    slot = slot or f"org-{uuid4().hex[:8]}"
    return _saved(Organisation(slot=slot, name=name or slot.capitalize(), **values))


def make_unit(organisation: Organisation, name: str = "Tjenesten", **values: Any) -> Unit:
    """A unit of the organisation; ``parent=``, ``is_area=`` and ``code=`` as on the model."""
    return _saved(Unit(organisation=organisation, name=name, **values))


def make_person(name: str = "Virksomhetsleder", *, account: bool = False, **values: Any) -> Person:
    """A person in the tenant in scope; with `account` also a login that takes part in the tenant."""
    values.setdefault("email", f"p{uuid4().hex[:10]}@prove.example")
    person = Person(name=name, **values)
    if account:
        person.account = Account.objects.create_user(f"konto-{uuid4().hex[:10]}", None, name=name)
        Membership.objects.create(account=person.account, tenant_id=current_tenant_id())
    return _saved(person)


def make_holding(person: Person, role: str, **values: Any) -> RoleHolding:
    """That the person holds the role, from long ago and until further notice unless told otherwise."""
    values.setdefault("starts_on", LONG_AGO)
    return _saved(RoleHolding(person=person, role=role, **values))


def make_seat(body: str = "forum", group: str = "medlem", number: int = 1, **values: Any) -> Seat:
    """A seat in a body."""
    return _saved(Seat(body=body, group=group, number=number, **values))


def make_seat_holding(seat: Seat, person: Person, **values: Any) -> SeatHolding:
    """That the person holds the seat, from long ago and until further notice unless told otherwise."""
    values.setdefault("starts_on", LONG_AGO)
    return _saved(SeatHolding(seat=seat, person=person, **values))


def make_actor(
    tenant: Tenant | UUID | None = None,
    *,
    grants: Iterable[Right] = (),
    person: Person | UUID | None = None,
    role: str = "prove",
    name: str = "Prøverolle",
    organisation: Organisation | UUID | None = None,
    units: Iterable[Unit | UUID] = (),
    holds: bool = True,
) -> Actor:
    """Somebody with a right to each of `grants` by one role; the tenant in scope unless another is given.

    ``grants=[Act.NEED_READ, (Act.CASE_READ, Reach.AREA)]``: without a reach, the whole tenant. The role is
    limited to `organisation` and `units` when given; ``holds=False`` gives no role and no right at all.
    """
    places = frozenset(_key(unit) for unit in units)
    held = HeldRole(role, name, _key(organisation) if organisation else None, places, places)
    rights = [right if isinstance(right, tuple) else (right, Reach.TENANT) for right in grants]
    tenant_id = (_key(tenant) if tenant else None) or current_tenant_id()
    assert tenant_id is not None, "give a tenant, or call inside tenant_scope()"
    return Actor(
        _key(person) if person else uuid4(),
        tenant_id,
        person.name if isinstance(person, Person) else "Den som prøver",
        (held,) if holds else (),
        tuple(Grant(act, reach, held) for act, reach in rights) if holds else (),
        person.unit_id if isinstance(person, Person) else None,
    )


def log_in(client: Any, person: Person) -> Any:
    """Let the test client be the person; it gets an account if it has none."""
    if person.account_id is None:
        person.account = Account.objects.create_user(f"konto-{uuid4().hex[:10]}", None, name=person.name)
        person.save()
    Membership.objects.get_or_create(account=person.account, tenant_id=person.tenant_id)
    client.force_login(person.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _key(thing: Any) -> UUID:
    return thing if isinstance(thing, UUID) else thing.pk


def _saved(row: Any) -> Any:
    row.save()
    return row
