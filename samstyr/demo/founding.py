"""An arrangement is founded: places, people, what they are, the model they adopt, and the seats they are given.

The five arrangements are founded by these functions alone; what differs between them is in their files.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from samstyr.demo.arrangement import Arrangement, Seating, Someone
from samstyr.demo.living import World, at
from samstyr.foundation.governance import actions as governance
from samstyr.foundation.governance.appointing import group_of, groups_of, role_spec
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.organisations import actions
from samstyr.foundation.organisations.models import Seat
from samstyr.foundation.tenancy import actions as tenancy

# Keys of the format whose value is a year or a date; a document's own time is moved by them.
TIMES = re.compile(
    r"\b(valid_from|valid_to|until|valid_from_year|valid_to_year|(?:strategy_)?first_year|(?:strategy_)?last_year|due_year|due|available_from):"
    r"(\s*)(\d{4})"
)
YEARS = re.compile(r"\b(nominates_years): \[([\d, ]+)\]")


@cache
def text_of(bundle: str, moved: int = 0) -> str:
    """A shipped model, with its own dates and years so many years later."""
    text = files("samstyr.foundation.governance").joinpath(f"bundles/{bundle}.yaml").read_text("utf-8")
    if not moved:
        return text
    text = TIMES.sub(lambda hit: f"{hit[1]}:{hit[2]}{int(hit[3]) + moved}", text)
    return YEARS.sub(lambda hit: f"{hit[1]}: [{', '.join(str(int(year) + moved) for year in hit[2].split(','))}]", text)


@cache
def model_of(bundle: str, moved: int = 0) -> GovernanceModel:
    """The model that `text_of` holds."""
    return load_text(text_of(bundle, moved)).require()


def found(world: World, data: Arrangement, password: str | None) -> None:
    """Make the arrangement's places and people, adopt its model, and fill its seats."""
    now = at(data.beginning)
    for key, place in data.organisations.items():
        world.organisations[key] = make_organisation(world, now, key, **place.model_dump(exclude_defaults=True))
    for key, unit in data.units.items():
        inside = unit.at in world.units
        world.units[key] = make_unit(
            world, now, key, unit.name, _home(data, unit.at), parent=unit.at if inside else "", area=unit.area
        )
    for key, someone in data.people.items():
        _settle(world, data, key, someone, password)
    for posts in data.posts:
        for where in posts.units:
            post = Someone(
                title=posts.title, at=where, roles=[posts.role], name=f"{posts.title}, {data.units[where].name}"
            )
            _settle(world, data, f"{posts.role}-{where}", post, None)
    adopt(
        world, now, text_of(data.bundle, data.moved_years), by=data.adopted_by, reason=data.adopted_reason,
        valid_from=data.valid_from or data.beginning,
    )  # fmt: skip
    for body in data.laid:
        lay_seats(world, body, data.seats[0].starts_on or data.beginning)
    for seating in data.seats:
        fill(world, data, seating)
    for key, someone in data.people.items():
        _roles(world, data, key, someone, leading=True)


def _home(data: Arrangement, place: str) -> str:
    """The organisation that a unit lies in."""
    while place in data.units:
        place = data.units[place].at
    return place


def make_organisation(world: World, now: datetime, slot: str, *, name: str, **more: Any) -> UUID:
    """An organisation in its slot."""
    more.setdefault("short_name", name.removesuffix(" kommune"))
    row = actions.save_organisation(actor=world.founder(), now=now, slot=slot, name=name, **more)
    return row.pk  # type: ignore[no-any-return]


def make_unit(
    world: World, now: datetime, key: str, name: str, organisation: str, *, parent: str = "", area: bool = False
) -> UUID:
    """A unit or an area of an organisation."""
    row = actions.save_unit(
        actor=world.founder(), now=now, organisation_id=world.organisations[organisation],
        parent_id=world.units[parent] if parent else None, code=key[:40], name=name, is_area=area,
    )  # fmt: skip
    return row.pk  # type: ignore[no-any-return]


def make_person(
    world: World, now: datetime, key: str, *, name: str, title: str, email: str, organisation: str, unit: str = "",
    login: bool = False, password: str | None = None,
) -> None:  # fmt: skip
    """Somebody, as a role; with `login` they can be entered by one click."""
    row = actions.save_person(
        actor=world.founder(), now=now, name=name, title=title, email=email,
        organisation_id=world.organisations[organisation], unit_id=world.units[unit] if unit else None,
    )  # fmt: skip
    if login:
        row = actions.invite(actor=world.founder(), now=now, person_id=row.pk, version=row.version)
        if row.account is not None:
            tenancy.open_to_demo(account=row.account, password=password)
    world.people[key] = row


def give(
    world: World, now: datetime, person: str, role: str, *, organisation: str = "", unit: str = "",
    starts_on: date, ends_on: date | None = None,
) -> None:  # fmt: skip
    """A role of the model to somebody, where it is held."""
    spec = role_spec(world.model, role)
    assert spec is not None, f"the model has no role {role}"
    actions.give_role(
        actor=world.founder(), now=now, person_id=world.people[person].pk, role=spec,
        organisation_id=world.organisations[organisation] if organisation else None,
        unit_id=world.units[unit] if unit else None, starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip


def adopt(world: World, now: datetime, text: str, *, by: str, reason: str, valid_from: date) -> None:
    """A version of the governance model, adopted by the body that may."""
    keeper = world.system()
    version = governance.draft_version(actor=keeper, now=now, text=text, reason=reason)
    governance.adopt(
        actor=keeper, now=now, version_id=version.pk, version=version.version, adopted_by=by, valid_from=valid_from
    )


def _settle(world: World, data: Arrangement, key: str, someone: Someone, password: str | None) -> None:
    now, home = at(data.beginning), _home(data, someone.at)
    unit = someone.at if someone.at in data.units else ""
    short = data.organisations[home].short_name or data.organisations[home].name.removesuffix(" kommune")
    make_person(
        world, now, key, name=someone.name or f"{someone.title}, {short}", title=someone.about or someone.title,
        email=f"{len(world.people) + 1}.{data.tenant.key}@demo.example", organisation=home, unit=unit,
        login=someone.login, password=password,
    )  # fmt: skip
    _roles(world, data, key, someone, leading=False)


def _roles(world: World, data: Arrangement, key: str, someone: Someone, *, leading: bool) -> None:
    """Those of the roles that lead a body from one of its seats, once the seats are filled; or the others."""
    seated = [one.starts_on for one in data.seats if key in one.people and one.starts_on]
    for named in someone.roles:
        role, _, where = named.partition("@")
        spec, found_role = role_spec(world.model, role), world.model.role(role)
        assert spec is not None and found_role is not None, f"the model has no role {role}"
        if bool(spec.chairs) is not leading:
            continue
        place = where or someone.at
        inner = place if place in data.units and found_role.scope in ("area", "unit") else ""
        tied = found_role.scope != "tenant"
        give(
            world, at(data.beginning), key, role, organisation=_home(data, place) if tied else "", unit=inner,
            starts_on=min(seated, default=data.beginning) if leading else data.beginning,
        )  # fmt: skip


def fill(world: World, data: Arrangement, seating: Seating) -> None:
    """Somebody in each seat of a group: asked about first where the model says so, and appointed for the model's term."""
    day = seating.starts_on or data.beginning
    group = group_of(world.model, seating.body, seating.group, day)
    assert group is not None, f"the model has no seats {seating.body}/{seating.group}"
    for key in seating.people:
        someone = data.people[key]
        unit = someone.at if group.one_per in ("area", "unit") and someone.at in data.units else ""
        seat = _seat(world, at(data.beginning, 30), group, _home(data, someone.at), unit)
        decided = at(seating.appointed or day)
        who = world.actor(seating.by, decided) if seating.by else world.founder()
        if seating.asked is not None and seating.answered is not None:
            for asked in group.consults:
                row = actions.consult(
                    actor=who, now=at(seating.asked), seat_id=seat.pk, group=group, consulted=asked,
                    asked_on=seating.asked, answer_by=seating.answered,
                )  # fmt: skip
                actions.answer_consultation(
                    actor=who, now=at(seating.answered), consultation_id=row.pk, version=row.version, group=group,
                    answered_on=seating.answered, answer="Tilrås.",
                )  # fmt: skip
        actions.fill_seat(
            actor=who, now=decided, seat_id=seat.pk, version=seat.version, group=group,
            person_id=world.people[key].pk, starts_on=day, responsible=True,
            exception_reason=seating.exceptions.get(key, ""),
        )  # fmt: skip


def _seat(world: World, now: datetime, group: Any, home: str, unit: str) -> Any:
    """A free seat of the group laid already, else a new one."""
    free = Seat.objects.filter(body=group.body, group=group.key, holdings__isnull=True).order_by("number")
    if not unit and group.one_per != "organisation" and free.exists():
        return free.first()
    tied = group.one_per or group.organisation
    return actions.save_seat(
        actor=world.founder(), now=now, group=group,
        organisation_id=world.organisations[home] if tied else None, unit_id=world.units[unit] if unit else None,
    )  # fmt: skip


def lay_seats(world: World, body: str, day: date) -> None:
    """The seats that the model counts in a body, before anybody has them."""
    found_body = world.model.body(body)
    assert found_body is not None
    actions.lay_seats(actor=world.founder(), now=at(day, 20), groups=groups_of(world.model, found_body, day))
