"""The national committee on its shipped model, with members from the regions, its secretariat and the council."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.test import Client

from samstyr.foundation.access import Actor
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.organisations.models import Organisation, Person, Seat
from samstyr.foundation.organisations.tests.factories import (
    log_in,
    make_holding,
    make_organisation,
    make_person,
    make_seat,
    make_seat_holding,
)
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.casework.models import Case, CaseStep, StepState
from tests.support import make_tenant

BUNDLE = Path("samstyr/foundation/governance/bundles/ks-du.yaml")
TODAY = date(2022, 3, 1)
# The seat group that somebody holds a seat in, and the region of where they come from.
MEMBERS = {
    "du_leder": ("ks", ""),
    "trondelag": ("trondelag", "Trøndelag"),
    "nordland": ("nordland", "Nordland"),
    "agder": ("agder", "Agder"),
}


class Du:
    """The tenant in scope, its people by what they are, and who does what when."""

    def __init__(self, tenant: Tenant) -> None:
        self.tenant = tenant
        self.people: dict[str, Person] = {}
        self.seats: dict[str, Seat] = {}
        self.ks: Organisation = make_organisation("KS", "ks", kind="national")
        for name, (group, region) in MEMBERS.items():
            place = (
                make_organisation(f"{region} prøvekommune", kind="municipality", region=region) if region else self.ks
            )
            self.people[name] = person = make_person(name, organisation=place)
            make_holding(person, "du_medlem" if region else name)
            self.seats[name] = make_seat("du", group, 1, organisation=place)
            make_seat_holding(self.seats[name], person)
        for role in ("sekretariat", "omradedirektor", "radet_leder", "administrator", "nettverk_leder"):
            self.people[role] = make_person(role, organisation=self.ks)
            make_holding(self.people[role], role)
        text = BUNDLE.read_text(encoding="utf-8")
        ModelVersion(
            key="ks-du", number=1, name="Digitaliseringsutvalget", text=text, sha256=sha256(text.encode()).hexdigest(),
            state=ModelState.ADOPTED, valid_from=date(2020, 1, 1),
        ).save()  # fmt: skip

    def actor(self, name: str = "sekretariat", day: date = TODAY) -> Actor:
        return organisations.actor_for(self.people[name], today=day, role_table=governance.role_table(day))

    def by(self, name: str = "sekretariat", day: date = TODAY, hour: int = 10) -> dict[str, Any]:
        return {"actor": self.actor(name, day), "now": at(day, hour)}

    def client(self, name: str = "sekretariat") -> Client:
        client: Client = log_in(Client(), self.people[name])
        return client

    def address(self, rest: str) -> str:
        return f"/o/{self.tenant.slug}/{rest}"


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def waiting(case: Case) -> CaseStep:
    """The step that the case waits at."""
    row: CaseStep = CaseStep.objects.get(case=case, state=StepState.ACTIVE)
    return row


@contextmanager
def committee_of_the_regions() -> Iterator[Du]:
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        yield Du(tenant)
