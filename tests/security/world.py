"""An arrangement on the Birkenes and Lillesand model with one person for each role, and one of each thing.

`who` are the columns of the matrix: nobody, a member of another arrangement with every role there, a member
without roles, the one who wrote the need, and the roles of the model, held in Birkenes; those whose rights go no
further than a place also as ``<role>@lillesand``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.test import Client

import samstyr
from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.organisations.models import Organisation, Person, Unit
from samstyr.foundation.organisations.tests.factories import (
    LONG_AGO,
    log_in,
    make_holding,
    make_organisation,
    make_person,
    make_tenant,
    make_unit,
)
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import tenant_scope

BUNDLE = Path(samstyr.__file__).parent / "foundation/governance/bundles/birkenes-lillesand.yaml"
HOME, NEIGHBOUR = "birkenes", "lillesand"


# What the bundle does not have: ledgers, tags and competence, so that their pages are tried too.
KEPT = """
tags:
  - {key: formal, name: Formål, body: digitaliseringsforum, values: [{key: enkelt, name: Enklere hverdag}]}
ledgers:
  - key: losninger
    name: Felles løsninger
    entry: Løsning
    body: digitaliseringsforum
    members_add: true
    follow: true
    ordered: true
    states: [{key: ny, name: Ny}, {key: ferdig, name: Ferdig, ends: true}]
    notes: [{key: rad, name: Råd}]
    spread: [{key: i-bruk, name: I bruk}]
    spread_of: kommuner
    advice_in: losninger
    fields: [{key: ar, name: År, kind: year}]
    yearly: ar
    to_need: true
competences: [{key: arkitektur, name: Arkitektur, body: digitaliseringsforum}]
"""
# What the shipped model does not have, and some addresses need.
DUTIES = """  duties:
    - {key: gjennomgang, name: Gjennomgang, due: 2026-06-01, owner: it_lead}

need_form:
  sessions:
    groups: [{key: ansatte, name: Ansatte}]
    modes: [{key: felles, name: Felles samling, per_sector: false, joint: true}]
"""


def text() -> str:
    """The shipped joint model, with duties, idea sessions, ledgers, tags and competence."""
    return BUNDLE.read_text(encoding="utf-8").replace("\nneed_form:\n", "\n" + DUTIES, 1) + KEPT


@lru_cache
def model() -> GovernanceModel:
    """The model as typed values."""
    return load_text(text()).require()


@dataclass
class World:
    """The tenant and those in it; `made` keeps what the factories of `objects.py` have made."""

    tenant: Tenant
    version: ModelVersion
    organisations: dict[str, Organisation]
    areas: dict[str, Unit]
    units: dict[str, Unit]
    people: dict[str, Person]
    made: dict[str, Any] = field(default_factory=dict)


ANONYMOUS, OUTSIDER, BARE, AUTHOR = "anonymous", "outsider", "no role", "author"


def who() -> list[str]:
    """The columns of the matrix, in order.

    Of roles with the same scope and the same rights the first stands for all.
    """
    alike: dict[tuple[Any, ...], str] = {}
    for role in model().roles:
        alike.setdefault((role.scope, role.rights), role.key)
    roles = [role.key for role in model().roles if role.key in alike.values()]
    near = [role.key for role in model().roles if role.key in roles and _is_of_a_place(role)]
    return [ANONYMOUS, OUTSIDER, BARE, AUTHOR, *roles, *(f"{role}@{NEIGHBOUR}" for role in near)]


def _is_of_a_place(role: Any) -> bool:
    """Whether it matters in which municipality the role is held."""
    return role.scope != "tenant" and (not role.rights or any(right.reach != "tenant" for right in role.rights))


def build(slug: str = "") -> World:
    """The whole arrangement, with people but yet no things; enter its scope to make more."""
    tenant = make_tenant(slug)
    with tenant_scope(tenant.pk):
        world = _places(tenant)
        for name in who():
            if name not in (ANONYMOUS, OUTSIDER):
                world.people[name] = _person(world, name)
    return world


def _places(tenant: Tenant) -> World:
    version = ModelVersion.objects.create(
        key=model().key,
        number=1,
        name="Birkenes og Lillesand",
        text=text(),
        sha256=hashlib.sha256(text().encode()).hexdigest(),
        state=ModelState.ADOPTED,
        valid_from=LONG_AGO,
    )
    organisations = {
        slot.key: make_organisation(str(slot.name), slot.key, kind=slot.kind) for slot in model().organisations
    }
    areas = {slot: make_unit(organisations[slot], "Helse", is_area=True) for slot in (HOME, NEIGHBOUR)}
    units = {slot: make_unit(organisations[slot], "Hjemmetjenesten", parent=areas[slot]) for slot in areas}
    return World(tenant, version, organisations, areas, units, {})


def _person(world: World, name: str) -> Person:
    role_key, _, place = name.partition("@")
    slot = place or HOME
    unit = world.units[slot]
    person = make_person(f"{role_key} {slot}", account=True, organisation=world.organisations[slot], unit=unit)
    if name not in (BARE, AUTHOR):
        give_role(world, person, role_key, slot)
    return person


def give_role(world: World, person: Person, role_key: str, slot: str = HOME) -> None:
    """Let the person hold the role with the scope that the model gives it."""
    scope = next(role.scope for role in model().roles if role.key == role_key)
    unit = {"area": world.areas[slot], "unit": world.units[slot]}.get(scope)
    make_holding(person, role_key, organisation=None if scope == "tenant" else world.organisations[slot], unit=unit)


def outsider(world_elsewhere: World) -> Person:
    """Somebody who holds every role, in another arrangement."""
    with tenant_scope(world_elsewhere.tenant.pk):
        person = make_person("alle roller", account=True)
        for role in model().roles:
            give_role(world_elsewhere, person, role.key)
    return person


def client_of(world: World, name: str, elsewhere: World | None = None) -> Client:
    """A browser logged in as that person; nobody's for `anonymous`."""
    client = Client(raise_request_exception=False)
    if name == ANONYMOUS:
        return client
    if name == OUTSIDER:
        assert elsewhere is not None
        with tenant_scope(elsewhere.tenant.pk):
            return log_in(client, outsider(elsewhere))
    with tenant_scope(world.tenant.pk):
        return log_in(client, world.people[name])
