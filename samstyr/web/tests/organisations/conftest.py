"""Two invented municipalities with areas, a forum of four seats, and people by role."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.organisations.models import (
    Organisation,
    Person,
    Seat,
    SeatHolding,
    Unit,
)
from samstyr.foundation.organisations.tests.factories import (
    LONG_AGO,
    log_in,
    make_holding,
    make_organisation,
    make_person,
    make_seat,
    make_seat_holding,
    make_tenant,
    make_unit,
)
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import tenant_scope

MODEL = """
format: 1
key: prove
name: Prøvemodell
organisations:
  - {key: fjord, kind: municipality, name: Fjord}
  - {key: vidde, kind: municipality, name: Vidde}
  - {key: ikt, kind: it_service, name: Felles IKT}
roles:
  - key: leder
    name: Områdeleder
    scope: area
    rights:
      - {act: role.appoint, reach: area}
      - {act: model.read, reach: tenant}
  - {key: representant, name: Representant, scope: area, appointed_by: leder, rights: [{act: model.read, reach: tenant}]}
  - key: administrator
    name: Administrator
    rights:
      - {act: organisation.manage, reach: tenant}
      - {act: people.manage, reach: tenant}
      - {act: role.appoint, reach: tenant}
      - {act: model.read, reach: tenant}
  - {key: leser, name: Leser, scope: organisation, rights: [{act: model.read, reach: tenant}]}
bodies:
  - key: forum
    name: Forum
    chair: administrator
    secretary: administrator
    versions:
      - size: 3
        groups:
          - {key: fjord, name: Fra Fjord, count: 1, one_per: area, organisation: fjord, appointed_by: leder}
          - {key: vidde, name: Fra Vidde, count: 1, one_per: area, organisation: vidde, appointed_by: leder}
          - {key: ikt, name: Fra Felles IKT, count: 1, organisation: ikt}
"""


@dataclass
class Place:
    """The tenant and what is in it, by key."""

    tenant: Tenant
    organisations: dict[str, Organisation] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    holdings: dict[str, SeatHolding] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        """A browser where the person is logged in."""
        return log_in(Client(), self.people[who])

    def path(self, rest: str = "") -> str:
        """An address in the tenant's organisation pages."""
        return f"/o/{self.tenant.slug}/organisasjon/{rest}"


def adopt(text: str) -> ModelVersion:
    """Put the model in force."""
    version = ModelVersion(
        key="prove",
        number=1,
        name="Prøvemodell",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        state=ModelState.ADOPTED,
        valid_from=LONG_AGO,
    )
    version.save()
    return version


@pytest.fixture
def place(db: None) -> Iterator[Place]:
    """The place, its tenant in scope."""
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        adopt(MODEL)
        made = Place(tenant)
        for slot, name in (("fjord", "Fjord kommune"), ("vidde", "Vidde kommune"), ("ikt", "Felles IKT")):
            made.organisations[slot] = make_organisation(name, slot)
        _units(made)
        _people(made)
        _seats(made)
        yield made


def _units(made: Place) -> None:
    made.units["helse"] = make_unit(made.organisations["fjord"], "Helse", code="20", is_area=True)
    made.units["hjemme"] = make_unit(
        made.organisations["fjord"], "Hjemmetjenesten", code="21", parent=made.units["helse"]
    )
    made.units["teknisk"] = make_unit(made.organisations["vidde"], "Teknisk", code="30", is_area=True)


def _person(made: Place, key: str, name: str, slot: str, works_in: str = "", role: str = "", **held: Any) -> None:
    made.people[key] = make_person(
        name, organisation=made.organisations[slot], unit=made.units.get(works_in), email=f"{key}@prove.example"
    )
    if role:
        make_holding(made.people[key], role, **held)


def _people(made: Place) -> None:
    fjord, vidde = made.organisations["fjord"], made.organisations["vidde"]
    _person(made, "admin", "Administrator", "fjord", role="administrator")
    _person(
        made,
        "leder",
        "Områdeleder helse, Fjord",
        "fjord",
        "helse",
        "leder",
        organisation=fjord,
        unit=made.units["helse"],
    )
    _person(
        made,
        "annen",
        "Områdeleder teknisk, Vidde",
        "vidde",
        "teknisk",
        "leder",
        organisation=vidde,
        unit=made.units["teknisk"],
    )
    _person(made, "leser", "Leser, Fjord", "fjord", role="leser", organisation=fjord)
    _person(made, "ansatt", "Fagleder hjemmetjenesten, Fjord", "fjord", "hjemme")
    _person(made, "ingenting", "Nyansatt, Fjord", "fjord", "hjemme")


def _seats(made: Place) -> None:
    for slot, unit in (("fjord", "helse"), ("vidde", "teknisk"), ("ikt", "")):
        made.seats[slot] = make_seat("forum", slot, organisation=made.organisations[slot], unit=made.units.get(unit))
    made.holdings["vidde"] = make_seat_holding(made.seats["vidde"], made.people["annen"])
