"""The model held against who holds what: coverage, findings, and what one person answers for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from samstyr.foundation.access import Actor
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.organisations.queries import lists

from .rules.bodies import Body
from .rules.schema import GovernanceModel
from .rules.staffing import Coverage, Fault, Held, Spot, coverage, faults


def spots() -> list[Spot]:
    """The organisations, and all active units."""
    found = [Spot(row.pk, row.slot, str(row.name)) for row in organisations.organisations()]
    found += [
        Spot(row.organisation_id, row.organisation.slot, row.name, row.pk, row.code, row.kind, row.is_area)
        for row in lists.units()
    ]
    return found


def held(holdings: Iterable[Any]) -> list[Held]:
    """Role holdings as the rules read them."""
    return [Held(row.role, row.person_id, row.organisation_id, row.unit_id) for row in holdings]


def coverage_of(model: GovernanceModel, day: date) -> tuple[list[Coverage], list[Fault]]:
    """Every requirement in every place, and what else is not as the model says."""
    places, mine = spots(), held(lists.holdings_on(day))
    return coverage(model, places, mine), faults(model, places, mine)


def parties_of(model: GovernanceModel, actor: Actor) -> list[str]:
    """The parties of the responsibility matrix that the actor is one of: the roles held, and the bodies with a seat."""
    mine = {item.role.removeprefix("seat:") for item in actor.roles}
    matrix = model.responsibility
    return [key for key in matrix.parties if key in mine] if matrix else []


def members_without_names(
    model: GovernanceModel, body: Body, day: date
) -> list[tuple[str, str, str, str, date | None]]:
    """The seats of a body: group, organisation, its kind, the holder's title, and the last day; no names (D-01)."""
    composition = body.composition_on(day)
    names = {group.key: str(group.name) for group in composition.groups} if composition else {}
    found = []
    for rows in lists.seat_rows([body.key], on=day).values():
        for row in rows:
            person = row.now.person if row.now and row.now.person.is_active else None
            place = person.organisation if person else row.seat.organisation
            found.append(
                (
                    names.get(row.seat.group, row.seat.group),
                    str(place.name) if place else "",
                    place.kind if place else "",
                    (person.title or str(say(gettext_noop("Medlem")))) if person else str(say(gettext_noop("Ledig"))),
                    row.now.ends_on if person and row.now else None,
                )
            )
    return found
