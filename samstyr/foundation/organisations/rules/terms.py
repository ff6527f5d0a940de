"""Terms and the Actor: what a person is and may on a given day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, Actor, Grant, HeldRole, Reach

# The role table that the governance model gives: role key → (name, rights with reach).
RoleTable = Mapping[str, tuple[str, tuple[tuple[Act, Reach], ...]]]


def in_force(starts_on: date, ends_on: date | None, on: date) -> bool:
    """Whether a term covers the day; both ends included, no end means until further notice."""
    return starts_on <= on and (ends_on is None or on <= ends_on)


def overlaps(first: tuple[date, date | None], second: tuple[date, date | None]) -> bool:
    """Whether two terms have a day in common; both ends included, no end means until further notice."""
    return first[0] <= (second[1] or date.max) and second[0] <= (first[1] or date.max)


@dataclass(frozen=True)
class Holding:
    """A role held, as plain values. `units` is the unit with all below it; empty means the whole organisation."""

    role: str
    organisation: UUID | None
    unit: UUID | None
    units: frozenset[UUID]
    substitute_for: str = ""


def build_actor(
    *,
    person: UUID,
    tenant: UUID,
    name: str,
    unit: UUID | None,
    holdings: Iterable[Holding],
    role_table: RoleTable,
    stands_in_for: frozenset[UUID] = frozenset(),
) -> Actor:
    """The person with the roles held today and the grants that the model gives those roles.

    A role that the model no longer knows gives nothing.
    """
    roles: list[HeldRole] = []
    grants: list[Grant] = []
    for holding in holdings:
        if holding.role not in role_table:
            continue
        role_name, rights = role_table[holding.role]
        held = HeldRole(
            holding.role,
            role_name,
            holding.organisation,
            holding.units,
            frozenset({holding.unit}) if holding.unit else frozenset(),
            holding.substitute_for,
        )
        roles.append(held)
        grants.extend(Grant(act, reach, held) for act, reach in rights)
    return Actor(person, tenant, name, tuple(roles), tuple(grants), unit, stands_in_for)


def with_descendants(parents: Mapping[UUID, UUID | None]) -> dict[UUID, frozenset[UUID]]:
    """For every unit, itself and all units below it; `parents` maps unit to parent (None at the top)."""
    below: dict[UUID, set[UUID]] = {unit: {unit} for unit in parents}
    for unit in parents:
        above, seen = parents[unit], {unit}
        while above is not None and above not in seen:
            below[above].add(unit)
            seen.add(above)
            above = parents.get(above)
    return {unit: frozenset(units) for unit, units in below.items()}


def chart_is_old(verified_on: date | None, today: date) -> bool:
    """Whether an organisation chart was last held against more than twelve months ago (N-056); never: not yet asked for."""
    if verified_on is None:
        return False
    day = verified_on if (verified_on.month, verified_on.day) != (2, 29) else verified_on.replace(day=28)
    return day.replace(year=day.year + 1) < today
