"""Two invented municipalities with services, people by role, a small model, and needs at a state."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from samstyr.foundation.access import Actor
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.organisations import queries as organisation_queries
from samstyr.foundation.organisations.models import (
    Organisation,
    Person,
    RoleHolding,
    Unit,
)
from samstyr.foundation.tenancy.models import Account, Membership, Tenant
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.wheel.needs import actions
from samstyr.wheel.needs.models import Need, NeedState
from samstyr.wheel.needs.rules.values import NeedValues
from samstyr.wheel.needs.rules.wording import search_text
from tests.support import make_tenant

NOW = datetime(2026, 2, 10, 11, 0, tzinfo=UTC)
AFTER_INTAKE = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)

MODEL = """
format: 1
key: prove
name: Prøvemodell
organisations:
  - {key: fjord, kind: municipality, name: Fjord}
  - {key: vidde, kind: municipality, name: Vidde}
roles:
  - key: ansatt
    name: Ansatt
    scope: unit
    rights: [{act: need.create, reach: own}]
  - key: representant
    name: Representant
    scope: area
    rights:
      - {act: need.create, reach: area}
      - {act: need.read, reach: area}
      - {act: need.import, reach: tenant}
  - key: leder
    name: Områdeleder
    scope: area
    rights:
      - {act: need.read, reach: area}
      - {act: case.read, reach: area}
  - key: sekretaer
    name: Sekretær
    rights:
      - {act: case.read, reach: tenant}
  - key: leser
    name: Leser
    scope: organisation
    rights: [{act: need.read, reach: organisation}]
bodies:
  - {key: forum, name: Forum, chair: sekretaer, secretary: sekretaer}
paths:
  - key: behov
    name: Fra behov til forslag
    subject: need
    start: vurdering
    steps:
      - key: vurdering
        name: Områdelederen vurderer
        kind: assess
        actor: {role: leder, reach: area}
        deadline: {kind: date, month: 3, day: 31}
        outcomes:
          - {key: videre, name: Send videre, effect: advance}
          - {key: retur, name: Send tilbake, effect: return, requires: [reason]}
          - {key: stopp, name: Stopp, effect: reject, requires: [reason]}
      - key: forum
        name: Forumet behandler
        kind: propose
        actor: {body: forum}
        decides: propose
        outcomes:
          - {key: inn, name: Inn i forslaget, effect: end_positive}
          - {key: senere, name: Utsett, effect: advance}
      - key: etterpaa
        name: Sekretæren rydder
        kind: execute
        actor: {role: sekretaer}
        outcomes:
          - {key: ferdig, name: Ferdig, effect: end_positive}
wheel:
  periods:
    - {key: innspill, name: Innspill, starts: {month: 2, day: 1}, ends: {month: 2, day: 29}}
need_form:
  path: behov
  period: innspill
  questions:
    - {key: antall, name: Hvor mange bruker dette hver dag?, kind: text}
    - {key: vern, name: Hvilke opplysninger gjelder det?, mandatory: true, when: {fact: personal_data}}
plan:
  name: Handlingsplan
  years: 4
"""

GOOD = NeedValues(
    title="Dokumentasjon hjemme hos brukeren",
    need="Vi skriver notater på papir hjemme hos brukeren og fører dem inn på kontoret etterpå.",
    affected="85 ansatte og 320 brukere",
    effect="Neste vakt har oppdaterte opplysninger.",
    product="Mobil tilleggsmodul",
    investment_cost=900_000,
    operating_cost=240_000,
    price_year=2026,
    wanted_year=2027,
)


@dataclass
class World:
    """A tenant with its people; everything by role."""

    tenant: Tenant
    organisations: dict[str, Organisation] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def actor(self, role: str, now: datetime = NOW) -> Actor:
        """The person as they are on the day."""
        today = now.date()
        return organisation_queries.actor_for(self.people[role], today=today, role_table=governance.role_table(today))

    def values(self, **changes: Any) -> NeedValues:
        """A complete need for the home service."""
        return replace(GOOD, **{"unit": self.units["hjemme"].pk, **changes})

    def draft(self, role: str = "ansatt", **changes: Any) -> Need:
        """A complete draft by the person."""
        return actions.create_draft(actor=self.actor(role), now=NOW, values=self.values(**changes))

    def submitted(self, role: str = "ansatt", now: datetime = NOW, **changes: Any) -> Need:
        """A need sent in by the person."""
        need = self.draft(role, **changes)
        return actions.submit(actor=self.actor(role, now), now=now, need_id=need.pk, version=need.version)

    def log_in(self, client: Any, role: str) -> Any:
        """Let the test client be the person."""
        person = self.people[role]
        if person.account_id is None:
            account = Account.objects.create_user(f"{role}-{self.tenant.slug}", None, name=person.name)
            Membership.objects.create(account=account, tenant=self.tenant)
            person.account = account
            person.save()
        client.force_login(person.account, backend="django.contrib.auth.backends.ModelBackend")
        return client


def adopt(text: str = MODEL) -> ModelVersion:
    """Put a model in force from 2020."""
    last = ModelVersion.objects.count()
    version = ModelVersion(
        key="prove",
        number=last + 1,
        name="Prøvemodell",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        state=ModelState.ADOPTED,
        valid_from=NOW.date().replace(year=2020),
    )
    version.save()
    return version


@contextmanager
def world(slug: str = "") -> Iterator[World]:
    """A world with its tenant in scope."""
    tenant = make_tenant(slug)
    with tenant_scope(tenant.pk):
        yield fill(World(tenant))


def fill(made: World) -> World:
    """Organisations, units, people and the model."""
    for slot, name in (("fjord", "Fjord"), ("vidde", "Vidde")):
        made.organisations[slot] = _saved(Organisation(slot=slot, name=f"{name} kommune", short_name=name))
    _unit(made, "helse", "Helse", "fjord", is_area=True)
    _unit(made, "hjemme", "Hjemmetjenesten", "fjord", parent="helse")
    _unit(made, "sykehjem", "Sykehjemmet", "fjord", parent="helse")
    _unit(made, "skole", "Skole", "fjord", is_area=True)
    _unit(made, "teknisk", "Teknisk", "vidde", is_area=True)
    for role, name, unit in (
        ("ansatt", "Fagleder hjemmetjenesten, Fjord", "hjemme"),
        ("kollega", "Sykepleier hjemmetjenesten, Fjord", "hjemme"),
        ("representant", "Representant helse, Fjord", "helse"),
        ("leder", "Områdeleder helse, Fjord", "helse"),
        ("skoleleder", "Områdeleder skole, Fjord", "skole"),
        ("annen", "Byggesaksleder, Vidde", "teknisk"),
        ("leser", "Leser, Vidde", "teknisk"),
        ("sekretaer", "Sekretær", ""),
    ):
        place = made.units.get(unit)
        made.people[role] = _saved(
            Person(
                name=name,
                email=f"{role}@prove.example",
                unit=place,
                organisation=place.organisation if place else made.organisations["fjord"],
            )
        )
    for role, held, unit, slot in (
        ("ansatt", "ansatt", "hjemme", "fjord"),
        ("kollega", "ansatt", "hjemme", "fjord"),
        ("annen", "ansatt", "teknisk", "vidde"),
        ("representant", "representant", "helse", "fjord"),
        ("leder", "leder", "helse", "fjord"),
        ("skoleleder", "leder", "skole", "fjord"),
        ("leser", "leser", "", "vidde"),
        ("sekretaer", "sekretaer", "", ""),
    ):
        _saved(
            RoleHolding(
                role=held,
                person=made.people[role],
                unit=made.units.get(unit),
                organisation=made.organisations.get(slot),
                starts_on=NOW.date().replace(year=2020),
            )
        )
    adopt()
    return made


def _unit(made: World, key: str, name: str, slot: str, *, parent: str = "", is_area: bool = False) -> None:
    made.units[key] = _saved(
        Unit(
            code=key,
            name=name,
            organisation=made.organisations[slot],
            parent=made.units.get(parent),
            is_area=is_area,
        )
    )


def _saved(row: Any) -> Any:
    row.save()
    return row


def many(made: World, count: int) -> None:
    """So many needs sent in by the colleague, without their cases, for measuring."""
    unit, first = made.units["hjemme"], Need.objects.count()
    needs = [
        Need(
            number=first + number,
            title=f"Behov {first + number} om {_TOPICS[number % len(_TOPICS)]}",
            need=f"Vi mangler noe som gjelder {_TOPICS[number % len(_TOPICS)]} i hverdagen.",
            affected="20 ansatte",
            effect="Tid spart",
            organisation=unit.organisation,
            unit=unit,
            investment_cost=number * 1000,
            state=NeedState.SUBMITTED,
            submitter=made.people["kollega"],
            submitted_at=NOW,
            search_text=search_text([f"Behov {first + number} om {_TOPICS[number % len(_TOPICS)]}"]),
        ).enter_tenant()
        for number in range(1, count + 1)
    ]
    Need.objects.bulk_create(needs, batch_size=500)


_TOPICS = ("varsling ved fall", "kart over stier", "byggesak uten papir", "lånekort på mobil", "vaktplan for vikarer")
