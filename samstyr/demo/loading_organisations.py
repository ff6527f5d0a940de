"""The demonstration's organisations, units, people, roles and seats, through the room's own actions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from samstyr.demo import founding
from samstyr.demo.records import Person, Seat, SeatKind
from samstyr.demo.rules.people import covers
from samstyr.foundation.organisations import actions
from samstyr.foundation.organisations.rules.appointing import GroupSpec

if TYPE_CHECKING:
    from samstyr.demo.joint import Joint

BEGINNING = datetime(2023, 9, 1, 7, 0, tzinfo=UTC)
KINDS = {"shared_service": "it_service", "intermunicipal": "company", "external": "other"}
COUNTED = {SeatKind.MEMBER, SeatKind.CHAIR}
COOPERATION_CHAIR = "l-kommunedirektor"


def found(world: Joint, password: str | None) -> None:
    """Make the arrangement's people and places as they are at the beginning and later on."""
    _places(world)
    for person in world.demo.people:
        _person(world, person, password)
    for person in world.demo.people:
        _roles(world, person)
    _consultees(world)
    for seat in world.demo.seats:
        if seat.kind in COUNTED:
            _seat(world, seat)
    for absence in world.demo.absences:
        actions.set_substitute(
            actor=world.founder(), now=_morning(absence.starts_on), person_id=world.people[absence.person].pk,
            substitute_id=world.people[absence.substitute].pk, starts_on=absence.starts_on, ends_on=absence.ends_on,
            note=absence.reason,
        )  # fmt: skip


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, 0, tzinfo=UTC)


def _places(world: Joint) -> None:
    for each in world.demo.organisations:
        year = max(each.population) if each.population else None
        world.organisations[each.key] = founding.make_organisation(
            world, BEGINNING, each.key, name=each.name, kind=KINDS.get(each.kind, each.kind),
            organisation_number=each.organisation_number, municipality_number=each.municipality_number,
            population=each.population[year] if year else None, population_year=year,
        )  # fmt: skip
    for sector in world.demo.sectors:
        world.units[sector.key] = founding.make_unit(
            world, BEGINNING, sector.key, sector.name, sector.organisation, area=True
        )
    owners = {sector.key: sector.organisation for sector in world.demo.sectors}
    waiting = list(world.demo.units)
    while waiting:
        unit = waiting.pop(0)
        if unit.parent and unit.parent not in world.units:
            waiting.append(unit)
            continue
        world.units[unit.key] = founding.make_unit(
            world, BEGINNING, unit.key, unit.name, owners[unit.sector], parent=unit.parent or unit.sector
        )


def _person(world: Joint, person: Person, password: str | None) -> None:
    unit = person.unit or next((term.scope for term in person.roles if term.scope in world.units), "")
    founding.make_person(
        world, BEGINNING, person.key, name=person.name, title=person.about[:200], email=person.email,
        organisation=person.organisation, unit=unit, login=person.demo_login, password=password,
    )  # fmt: skip


def _give(world: Joint, person: str, key: str, scope: str, starts_on: date, ends_on: date | None) -> None:
    unit = scope if scope in world.units and scope not in world.organisations else ""
    organisation = _owner_of(world, scope) if unit else scope if scope in world.organisations else ""
    founding.give(
        world, BEGINNING, person, key, organisation=organisation, unit=unit, starts_on=starts_on, ends_on=ends_on
    )


def _owner_of(world: Joint, unit: str) -> str:
    sector = next((each.sector for each in world.demo.units if each.key == unit), unit)
    return next(each.organisation for each in world.demo.sectors if each.key == sector)


def _roles(world: Joint, person: Person) -> None:
    for term in person.roles:
        if term.role != "consultee":
            _give(world, person.key, term.role, term.scope, term.starts_on, term.ends_on)
    if person.key == COOPERATION_CHAIR:
        _give(world, person.key, "cooperation_chair", "", date(2023, 9, 1), None)


def _consultees(world: Joint) -> None:
    for each in world.demo.consultees:
        body = world.model.hearing_body(each.body)
        assert body is not None, f"the model has no hearing body {each.body}"
        shared = len(each.municipalities) > 1
        _give(world, each.person, body.role, "" if shared else each.municipalities[0], date(2023, 9, 1), None)


def _seat(world: Joint, seat: Seat) -> None:
    body, _, where = seat.body.partition("-") if seat.body.startswith("lederteam") else (seat.body, "", "")
    found_body = world.model.body(body)
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
        actor=world.founder(),
        now=BEGINNING,
        group=spec,
        body_organisation_id=world.organisations.get(where),
        organisation_id=world.organisations.get(owner or ""),
        unit_id=world.units[area] if area else None,
    )
    for term in seat.terms:
        actions.fill_seat(
            actor=world.founder(),
            now=_morning(term.starts_on),
            seat_id=row.pk,
            version=row.version,
            group=spec,
            person_id=world.people[term.person].pk,
            starts_on=term.starts_on,
            ends_on=term.ends_on,
        )


def _area_of(world: Joint, director: str | None) -> str | None:
    for person in world.demo.people:
        if person.key == director:
            return next((term.scope for term in person.roles if term.role == "sector_director"), None)
    return None


def present(world: Joint, body: str, on: date) -> list[dict[str, Any]]:
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
