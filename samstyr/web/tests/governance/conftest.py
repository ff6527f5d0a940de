"""A tenant with the organisations of the shared model, an administrator and a reader, and the model as a draft."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from samstyr.foundation.governance import bundles
from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.kernel import clock
from samstyr.foundation.organisations.models import Organisation, Person, RoleHolding
from samstyr.foundation.tenancy.models import Account, Membership, Tenant
from samstyr.foundation.tenancy.scope import tenant_scope
from tests.support import make_tenant

NOW = datetime(2026, 2, 10, 11, 0, tzinfo=UTC)
TEXT = bundles.text_of("birkenes-lillesand")


@dataclass
class Room:
    """The tenant and its people by role."""

    tenant: Tenant
    people: dict[str, Person]

    def address(self, rest: str = "") -> str:
        return f"/o/{self.tenant.slug}/styringsmodell/{rest}"


def keep(text: str, number: int, state: str = ModelState.ADOPTED, **fields: Any) -> ModelVersion:
    row = ModelVersion(
        key="prove", number=number, name="Prøve", text=text, state=state,
        sha256=hashlib.sha256(text.encode()).hexdigest(), **fields,
    )  # fmt: skip
    row.save()
    return row


@pytest.fixture
def room(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        made = Room(tenant, {})
        for slot in ("birkenes", "lillesand", "it-tjenesten", "struktur1"):
            Organisation(slot=slot, name=slot.capitalize(), short_name=slot[:20]).save()
        home = Organisation.objects.get(slot="birkenes")
        for role in ("administrator", "unit_manager"):
            person = Person(name=f"{role.capitalize()}, Birkenes", email=f"{role}@prove.example", organisation=home)
            account = Account.objects.create_user(f"{role}-{tenant.slug}", None, name=person.name)
            Membership.objects.create(account=account, tenant=tenant)
            person.account = account
            person.save()
            RoleHolding(role=role, person=person, organisation=home, starts_on=NOW.date().replace(year=2020)).save()
            made.people[role] = person
        keep(TEXT, 1, valid_from=NOW.date().replace(year=2020), adopted_by="IT-tjenestens samarbeidsorgan")
        yield made


@pytest.fixture
def browse(room: Room) -> Callable[[str], Client]:
    def as_role(role: str = "administrator") -> Client:
        client = Client()
        client.force_login(room.people[role].account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_role
