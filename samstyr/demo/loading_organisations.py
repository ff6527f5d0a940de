"""The demonstration's organisations, units, people, roles and seats, through the room's own actions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from uuid import UUID

from samstyr.demo.records import Person, Seat, SeatKind
from samstyr.demo.rules.people import covers
from samstyr.foundation.access import Actor
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.organisations import actions
from samstyr.foundation.organisations.rules.appointing import GroupSpec, RoleSpec
from samstyr.foundation.tenancy import actions as tenancy

if TYPE_CHECKING:
    from samstyr.demo.load import World

BEGINNING = datetime(2023, 9, 1, 7, 0, tzinfo=UTC)
KINDS = {"shared_service": "it_service", "intermunicipal": "company", "external": "other"}
COUNTED = {SeatKind.MEMBER, SeatKind.CHAIR}
COOPERATION_CHAIR = "l-kommunedirektor"


@cache
def model() -> GovernanceModel:
    """The demonstration's governance model."""
    text = files("samstyr.foundation.governance").joinpath("bundles/birkenes-lillesand.yaml").read_text("utf-8")
    return load_text(text).require()


def found(world: World, tenant: Any, password: str | None) -> None:
    """Make the arrangement's people and places as they are at the beginning and later on."""
    founder = Actor(UUID(int=0), tenant.pk, "Demonstrasjonen", automatic="demonstration")
    _places(world, founder)
    for person in world.demo.people:
        _person(world, founder, tenant, person, password)
    for person in world.demo.people:
        _roles(world, founder, person)
    _consultees(world, founder)
    for seat in world.demo.seats:
        if seat.kind in COUNTED:
            _seat(world, founder, seat)
    for absence in world.demo.absences:
        actions.set_substitute(
            actor=founder,
            now=_morning(absence.starts_on),
            person_id=world.people[absence.person].pk,
            substitute_id=world.people[absence.substitute].pk,
            starts_on=absence.starts_on,
            ends_on=absence.ends_on,
            note=absence.reason,
        )


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, 0, tzinfo=UTC)


def _places(world: World, founder: Any) -> None:
    for each in world.demo.organisations:
        year = max(each.population) if each.population else None
        row = actions.save_organisation(
            actor=founder,
            now=BEGINNING,
            slot=each.key,
            name=each.name,
            short_name=each.name.removesuffix(" kommune"),
            kind=KINDS.get(each.kind, each.kind),
            organisation_number=each.organisation_number,
            municipality_number=each.municipality_number,
            population=each.population[year] if year else None,
            population_year=year,
        )
        world.organisations[each.key] = row.pk
    for sector in world.demo.sectors:
        made = actions.save_unit(
            actor=founder,
            now=BEGINNING,
            organisation_id=world.organisations[sector.organisation],
            code=sector.key,
            name=sector.name,
            is_area=True,
        )
        world.units[sector.key] = made.pk
    owners = {sector.key: sector.organisation for sector in world.demo.sectors}
    waiting = list(world.demo.units)
    while waiting:
        unit = waiting.pop(0)
        if unit.parent and unit.parent not in world.units:
            waiting.append(unit)
            continue
        made = actions.save_unit(
            actor=founder,
            now=BEGINNING,
            organisation_id=world.organisations[owners[unit.sector]],
            parent_id=world.units[unit.parent or unit.sector],
            code=unit.key,
            name=unit.name,
        )
        world.units[unit.key] = made.pk


def _person(world: World, founder: Any, tenant: Any, person: Person, password: str | None) -> None:
    unit = person.unit or next((term.scope for term in person.roles if term.scope in world.units), None)
    row = actions.save_person(
        actor=founder,
        now=BEGINNING,
        name=person.name,
        title=person.about[:200],
        email=person.email,
        organisation_id=world.organisations[person.organisation],
        unit_id=world.units[unit] if unit else None,
    )
    if person.demo_login:
        row = actions.invite(actor=founder, now=BEGINNING, person_id=row.pk, version=row.version)
        if row.account is not None:
            tenancy.open_to_demo(account=row.account, password=password)
    world.people[person.key] = row


def _spec(key: str) -> RoleSpec:
    role = model().role(key)
    assert role is not None, f"the model has no role {key}"
    return RoleSpec(key, str(role.name), role.scope, role.appointed_by or "")


def _give(world: World, founder: Any, person: str, key: str, scope: str, starts_on: date, ends_on: date | None) -> None:
    unit = world.units.get(scope)
    organisation = world.organisations.get(scope)
    if unit is not None and organisation is None:
        organisation = world.organisations[_owner_of(world, scope)]
    actions.give_role(
        actor=founder,
        now=BEGINNING,
        person_id=world.people[person].pk,
        role=_spec(key),
        organisation_id=organisation,
        unit_id=unit,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _owner_of(world: World, unit: str) -> str:
    sector = next((each.sector for each in world.demo.units if each.key == unit), unit)
    return next(each.organisation for each in world.demo.sectors if each.key == sector)


def _roles(world: World, founder: Any, person: Person) -> None:
    for term in person.roles:
        if term.role != "consultee":
            _give(world, founder, person.key, term.role, term.scope, term.starts_on, term.ends_on)
    if person.key == COOPERATION_CHAIR:
        _give(world, founder, person.key, "cooperation_chair", "", date(2023, 9, 1), None)


def _consultees(world: World, founder: Any) -> None:
    for each in world.demo.consultees:
        body = model().hearing_body(each.body)
        assert body is not None, f"the model has no hearing body {each.body}"
        shared = len(each.municipalities) > 1
        _give(world, founder, each.person, body.role, "" if shared else each.municipalities[0], date(2023, 9, 1), None)


def _seat(world: World, founder: Any, seat: Seat) -> None:
    body, _, where = seat.body.partition("-") if seat.body.startswith("lederteam") else (seat.body, "", "")
    found_body = model().body(body)
    assert found_body is not None, f"the model has no body {body}"
    groups = [group for version in found_body.versions for group in version.groups if group.key == seat.group]
    group = groups[0] if groups else None
    area = _area_of(world, seat.appointed_by) if group and group.one_per == "area" else None
    spec = GroupSpec(
        body,
        str(found_body.name),
        seat.group if group else "medlemmer",
        str(group.name) if group else "Medlemmer",
        group.count if group else None,
        group.one_per or "" if group else "",
        group.organisation or "" if group else "",
    )
    owner = group.organisation if group and group.organisation else where
    row = actions.save_seat(
        actor=founder,
        now=BEGINNING,
        group=spec,
        body_organisation_id=world.organisations.get(where),
        organisation_id=world.organisations.get(owner or ""),
        unit_id=world.units[area] if area else None,
    )
    for term in seat.terms:
        actions.fill_seat(
            actor=founder,
            now=_morning(term.starts_on),
            seat_id=row.pk,
            version=row.version,
            group=spec,
            person_id=world.people[term.person].pk,
            starts_on=term.starts_on,
            ends_on=term.ends_on,
            exception_reason="Oppnevnt etter styringsmodellen.",
        )


def _area_of(world: World, director: str | None) -> str | None:
    for person in world.demo.people:
        if person.key == director:
            return next((term.scope for term in person.roles if term.role == "sector_director"), None)
    return None


def present(world: World, body: str, on: date) -> list[dict[str, Any]]:
    """Who was at the table on the day: members who were not noted as absent, as a decision records it."""
    absent = {
        key for meeting in world.demo.meetings if meeting.body == body and meeting.on == on for key in meeting.absent
    }
    return [
        {"seat": "", "name": world.people[term.person].name, "votes": seat.kind in COUNTED}
        for seat in world.demo.seats
        if seat.body == body
        for term in seat.terms
        if covers(term.starts_on, term.ends_on, on) and term.person not in absent
    ]
