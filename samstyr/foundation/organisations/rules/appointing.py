"""Who may give a role or a seat, and to whom. Source: B-07, B-08; a second person for one's own (A11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from samstyr.foundation.access import Act, Actor, Facts, Holder, Reach, Verdict, may
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop, say


@dataclass(frozen=True)
class ChairRule:
    """That who holds a role leads a body, and therefore holds a seat in one group of it (D-40)."""

    body: str
    body_name: str
    group: str
    group_name: str


@dataclass(frozen=True)
class RoleSpec:
    """A role as the governance model has it: where it is held, and which role gives it (none: administrators).

    `excludes` are the roles, by key and name, that nobody may hold together with it (A-123).
    """

    key: str
    name: str
    scope: str = "tenant"
    appointed_by: str = ""
    appointed_by_name: str = ""
    chairs: tuple[ChairRule, ...] = ()
    excludes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class GroupSpec:
    """A group of seats in a body as the governance model has it on a day.

    `count` is how many seats the model expects, None when it does not say. `one_per` is area, organisation,
    unit or empty. `organisation` is the slot the seats belong to. `appointed_by` is the role that alone may
    fill them (B-07); empty leaves it to those who give roles. `term_years` is None when terms are not limited.
    `region` and `organisation_kind` say where a holder comes from; those in `consults` are asked first.
    `at_least` is how many must sit where there is no `count` (A-110).
    `substitutes_for` is the group whose substitutes these are; they are no members, and count in no sum.
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
    organisation_kind: str = ""
    region: str = ""
    consults: tuple[str, ...] = ()
    may_consult: tuple[str, ...] = ()
    direct_responsibility: bool = False
    at_least: int | None = None
    substitutes_for: str = ""


@dataclass(frozen=True)
class UnitSpec:
    """A unit as the governance model lists it: the slot it lies in, and the code it lies under."""

    slot: str
    code: str
    name: str
    kind: str = ""
    below: str = ""
    is_area: bool = False


@dataclass(frozen=True)
class Place:
    """The organisation that a person comes from: what it is called, its kind as the model has it, and its region."""

    name: str
    kind: str
    region: str = ""


@dataclass(frozen=True)
class Asked:
    """That somebody was asked before an appointment, by when they were to answer, and whether they have."""

    who: str
    answer_by: date
    answered: bool


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


# Organisations that serve several municipalities; one may represent them, with a reason (D-39).
RESOURCES = frozenset({"it_service", "network", "company"})


def is_resource(group: GroupSpec, kind: str) -> bool:
    """Whether an organisation of the kind represents municipalities without being one (D-39)."""
    return group.organisation_kind == "municipality" and kind in RESOURCES


def in_the_region(group: GroupSpec, region: str) -> bool:
    """Whether a region is the group's; upper and lower case and spaces do not matter."""
    return not group.region or " ".join(region.split()).casefold() == group.region.casefold()


def comes_from(group: GroupSpec, person: str, place: Place | None, reason: str) -> None:
    """A holder comes from the kind of organisation and the region that the seat is for (D-42 to D-46).

    A shared service may represent its municipalities when there is a `reason`. Raises Invalid.
    """
    if not group.organisation_kind and not group.region:
        return
    if place is None:
        text = gettext_noop("%(person)s hører ikke til noen organisasjon, og plassen er for %(group)s.")
        remedy = say(gettext_noop("Skriv hvilken organisasjon personen er fra, eller velg en annen."))
        raise Invalid.field("person", say(text, person=person, group=group.name), remedy=remedy)
    if not in_the_region(group, place.region):
        raise Invalid.field(
            "person",
            say(
                gettext_noop("%(person)s er fra %(place)s i regionen «%(region)s». Plassen er for %(wanted)s."),
                person=person,
                place=place.name,
                region=place.region,
                wanted=group.region,
            ),
            remedy=say(gettext_noop("Velg noen fra %(wanted)s, eller rett regionen."), wanted=group.region),
            value=place.region,
        )
    if group.organisation_kind in ("", place.kind):
        return
    if not is_resource(group, place.kind):
        text = gettext_noop("%(person)s er fra %(place)s, som er en annen slags organisasjon enn plassen er for.")
        remedy = say(gettext_noop("Plassen er for %(group)s. Velg en annen."), group=group.name)
        raise Invalid.field("person", say(text, person=person, place=place.name), remedy=remedy, value=place.kind)
    if not reason.strip():
        text = gettext_noop("%(person)s er fra %(place)s, som ikke er en kommune.")
        remedy = say(gettext_noop("Skriv hvorfor personen representerer kommunene."))
        raise Invalid.field("exception_reason", say(text, person=person, place=place.name), remedy=remedy)


def last_day(starts_on: date, years: int) -> date:
    """The last day of a term of so many years: the day before the same date, 29 February counted as the 28th."""
    day = starts_on if (starts_on.month, starts_on.day) != (2, 29) else date(starts_on.year, 2, 28)
    return day.replace(year=day.year + years) - timedelta(days=1)


def within_the_term(group: GroupSpec, starts_on: date, ends_on: date | None, reason: str) -> date | None:
    """The last day: the model's term when none is given. Another length needs a reason (D-51, D-52). Raises Invalid."""
    if not group.term_years:
        return ends_on
    expected = last_day(starts_on, group.term_years)
    if ends_on is None or ends_on == expected:
        return expected
    if not reason.strip():
        raise Invalid.field(
            "exception_reason",
            say(
                gettext_noop("Vervet varer i %(years)s år, til %(day)s."),
                years=group.term_years,
                day=expected.strftime("%d.%m.%Y"),
            ),
            remedy=say(
                gettext_noop("La siste dag stå tom, eller skriv hvorfor dette vervet varer kortere eller lengre.")
            ),
        )
    return ends_on


def has_responsibility(group: GroupSpec, responsible: bool | None, reason: str) -> None:
    """A person without direct responsibility for the field takes a reason, where the model asks (D-38). Raises Invalid."""
    if group.direct_responsibility and not responsible and not reason.strip():
        raise Invalid.field(
            "exception_reason",
            say(gettext_noop("Plassen er helst for en leder med direkte ansvar for digitaliseringen.")),
            remedy=say(gettext_noop("Kryss av for direkte ansvar, eller skriv hvorfor en uten er valgt.")),
        )


def not_asked(group: GroupSpec, asked: Sequence[Asked], today: date) -> list[str]:
    """Whom the model says shall be asked before an appointment, who neither have answered nor had their time to."""
    done = {one.who for one in asked if one.answered or one.answer_by < today}
    return [who for who in group.consults if who not in done]
