"""Who may give a role or a seat, and to whom. Source: B-07, B-08; a second person for one's own (A11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, Actor, Facts, Holder, Reach, Verdict, may
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop, say


@dataclass(frozen=True)
class RoleSpec:
    """A role as the governance model has it: where it is held, and which role gives it (none: administrators)."""

    key: str
    name: str
    scope: str = "tenant"
    appointed_by: str = ""
    appointed_by_name: str = ""


@dataclass(frozen=True)
class GroupSpec:
    """A group of seats in a body as the governance model has it on a day.

    `count` is how many seats the model expects, None when it does not say. `one_per` is area, organisation,
    unit or empty. `organisation` is the slot the seats belong to. `appointed_by` is the role that alone may
    fill them (B-07); empty leaves it to those who give roles. `term_years` is None when terms are not limited.
    """

    body: str
    body_name: str
    key: str
    name: str
    count: int | None = None
    one_per: str = ""
    organisation: str = ""
    appointed_by: str = ""
    appointed_by_name: str = ""
    votes: bool = True
    term_years: int | None = None


def may_appoint(actor: Actor, role: RoleSpec, facts: Facts) -> Verdict:
    """Whether the actor may give or end the role where `facts` say.

    A right for the whole arrangement covers every role. A narrower one covers only roles that the model says
    are given by a role the actor holds there: otherwise an area's manager could make administrators.
    """
    verdict = may(actor, Act.ROLE_APPOINT, facts)
    if not verdict or actor.automatic:
        return verdict
    if any(grant.act is Act.ROLE_APPOINT and grant.reach is Reach.TENANT for grant in actor.grants):
        return verdict
    place = next(iter(facts.organisations), None), next(iter(facts.units), None)
    giver = Holder(role.appointed_by, role.appointed_by_name, *place) if role.appointed_by else None
    if giver and giver.is_met_by(actor):
        return verdict
    return Verdict(
        False,
        say(gettext_noop("Rollen %(role)s kan du ikke gi etter styringsmodellen."), role=role.name),
        "role.appointed_by",
        (role.appointed_by_name or role.appointed_by,) if role.appointed_by else (),
    )


def may_fill(actor: Actor, group: GroupSpec, facts: Facts, *, organisation: UUID | None, unit: UUID | None) -> Verdict:
    """Whether the actor may fill or empty a seat: only the appointing role of that area or organisation (B-07).

    Without an appointing role in the model it is for those who may give roles in the whole arrangement.
    """
    if group.appointed_by:
        holder = Holder(group.appointed_by, group.appointed_by_name, organisation, unit)
        seat = Facts("seat", facts.tenant, organisations=facts.organisations, units=facts.units, holders=(holder,))
        return may(actor, Act.SEAT_FILL, seat)
    return may(actor, Act.ROLE_APPOINT, Facts("seat", facts.tenant))


def not_oneself(actor: Actor, person: UUID) -> None:
    """One's own role or seat takes a second person. Raises Invalid. Source: A11."""
    if not actor.automatic and person in actor.people:
        raise Invalid.field(
            "person",
            say(gettext_noop("Du kan ikke gi deg selv, eller den du er stedfortreder for, en rolle eller en plass.")),
            remedy=say(gettext_noop("Be en annen med samme rett om å gjøre det.")),
        )


def term(starts_on: date, ends_on: date | None, *, field: str = "ends_on") -> None:
    """A term ends on its first day or later. Raises Invalid."""
    if ends_on is not None and ends_on < starts_on:
        raise Invalid.field(
            field,
            say(gettext_noop("Siste dag er før første dag.")),
            value=ends_on,
            remedy=say(gettext_noop("Velg en dag fra og med %(day)s."), day=starts_on.strftime("%d.%m.%Y")),
        )


def place_for(role: RoleSpec, organisation: UUID | None, unit: UUID | None) -> None:
    """A role is held where the model says: in a unit, in an organisation, or in the whole. Raises Invalid."""
    if role.scope in ("area", "unit") and unit is None:
        raise Invalid.field(
            "unit",
            say(gettext_noop("Rollen %(role)s gjelder en tjeneste eller et område. Velg hvilken."), role=role.name),
        )
    if role.scope == "organisation" and organisation is None:
        raise Invalid.field(
            "organisation", say(gettext_noop("Rollen %(role)s gjelder en organisasjon. Velg hvilken."), role=role.name)
        )
