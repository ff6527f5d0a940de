"""Any of the shipped models with its organisations, its units laid from the model, and one person in each role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

from django.test import Client

from samstyr.foundation.access import Actor
from samstyr.foundation.governance import appointing, bundles
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.organisations import actions
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.organisations.models import Organisation, Person, Unit
from samstyr.foundation.organisations.tests.factories import log_in, make_holding, make_organisation, make_person
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import tenant_scope
from tests.support import make_tenant

TODAY, LONG_AGO = date(2019, 3, 4), date(2010, 1, 1)


class Ruled:
    """The tenant in scope under one model, its people by role, and who does what when."""

    def __init__(self, tenant: Tenant, name: str, day: date = TODAY, text: str = "") -> None:
        self.tenant, self.day = tenant, day
        self.text = text or bundles.text_of(name)
        self.version = ModelVersion(
            key=name, number=1, name=name, text=self.text, sha256=sha256(self.text.encode()).hexdigest(),
            state=ModelState.ADOPTED, valid_from=date(2010, 1, 1), adopted_by="Kommunestyret",
        )  # fmt: skip
        self.version.save()
        self.model: GovernanceModel = governance.typed(self.version)
        self.places: dict[str, Organisation] = {
            slot.key: make_organisation(str(slot.name), slot.key, kind=slot.kind) for slot in self.model.organisations
        }
        self.home = next(iter(self.places.values()))
        self.people: dict[str, Person] = {"administrator": make_person("Den som styrer", title="Administrator")}
        make_holding(self.people["administrator"], "administrator", organisation=self.home, starts_on=LONG_AGO)
        self.units: dict[str, Unit] = {}
        if self.model.structure.units:
            made = actions.lay_units(**self.by(), units=appointing.unit_specs(self.model))
            self.units = {unit.code: unit for unit in made}
        for role in self.model.roles:
            if role.scope in ("tenant", "organisation") and role.key != "administrator":
                self.give(role.key)

    def give(
        self, role: str, *, unit: str = "", place: str = "", name: str = "", person: Person | None = None
    ) -> Person:
        """Somebody who holds the role, in the unit with this code or the organisation of this slot."""
        where = self.places[place] if place else self.home
        found = self.model.role(role)
        title = str(found.name) if found else role
        person = person or make_person(
            name or f"Den i rollen {role} {unit}{place}".strip(), title=title, organisation=where
        )
        make_holding(person, role, organisation=where, unit=self.units[unit] if unit else None, starts_on=LONG_AGO)
        self.people[name or ":".join(part for part in (role, unit or place) if part)] = person
        return person

    def actor(self, name: str = "administrator", day: date | None = None) -> Actor:
        day = day or self.day
        return organisations.actor_for(self.people[name], today=day, role_table=governance.role_table(day))

    def by(self, name: str = "administrator", day: date | None = None) -> dict[str, Any]:
        return {"actor": self.actor(name, day), "now": datetime.combine(day or self.day, time(10), UTC)}

    def client(self, name: str = "administrator") -> Client:
        client: Client = log_in(Client(), self.people[name])
        return client

    def address(self, rest: str = "") -> str:
        return f"/o/{self.tenant.slug}/styringsmodell/{rest}"


@contextmanager
def ruled(name: str, day: date = TODAY, text: str = "") -> Iterator[Ruled]:
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        yield Ruled(tenant, name, day, text)
