"""A committee of five from two municipalities, with a secretary, a substitute, and cases that wait for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any
from uuid import uuid4

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
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.models import Case, CaseStep, StepState
from tests.support import make_tenant

BODY, PATH = "utvalg", "sak"
TODAY, MEETING_DAY = date(2026, 9, 1), date(2026, 9, 22)
MEMBERS = ("leder", "nord1", "nord2", "sor1", "sor2")
SECRETARY, OUTSIDER, SUBSTITUTE = "sekretar", "utenfor", "vara"
READ = [{"act": "case.read"}, {"act": "model.read"}, {"act": "plan.read"}]


def model(**body: Any) -> dict[str, Any]:
    """The committee's governance model; `body` changes the committee itself, as `rules="elected"`."""
    outcomes = [
        {"key": "ja", "name": "Anbefalt", "effect": "end_positive"},
        {"key": "nei", "name": "Ikke anbefalt", "effect": "reject", "requires": ["reason"]},
        {"key": "utsatt", "name": "Utsatt", "effect": "defer"},
    ]
    committee: dict[str, Any] = {
        "key": BODY,
        "name": "Utvalget",
        "chair": "leder",
        "secretary": "sekretar",
        "convener": "sekretar",
        "frequency": {"times": 6, "per": "year"},
        "written_procedure_days": 5,
        "versions": [
            {
                "size": 5,
                "groups": [
                    {"key": "leder", "name": "Lederen", "count": 1},
                    {"key": "nord", "name": "Medlemmer fra nord", "count": 2, "organisation": "nord"},
                    {"key": "sor", "name": "Medlemmer fra sør", "count": 2, "organisation": "sor"},
                ],
            }
        ],
        "mandate": [{"kind": "advise", "subjects": ["advice"]}],
    }
    return {
        "format": 1,
        "key": "utvalgsmodell",
        "name": "Prøveutvalget",
        "organisations": [{"key": "nord", "name": "Nord kommune"}, {"key": "sor", "name": "Sør kommune"}],
        "roles": [
            {"key": "sekretar", "name": "Sekretær", "rights": [*READ, {"act": "case.administer"}]},
            {"key": "leder", "name": "Leder", "rights": READ},
            {"key": "ansatt", "name": "Ansatt", "scope": "organisation", "rights": [{"act": "model.read"}]},
            {
                "key": "administrator",
                "name": "Administrator",
                "rights": [{"act": "model.manage"}, {"act": "role.appoint"}, {"act": "audit.read"}],
            },
        ],
        "bodies": [committee | body],
        "paths": [
            {
                "key": PATH,
                "name": "Sak for utvalget",
                "subject": "advice",
                "start": "behandling",
                "steps": [
                    {
                        "key": "behandling",
                        "name": "Utvalget behandler",
                        "kind": "advise",
                        "actor": {"body": BODY},
                        "decides": "advise",
                        "outcomes": outcomes,
                    }
                ],
            }
        ],
    }


def at(day: date, hour: int = 10) -> datetime:
    """A time on the day."""
    return datetime.combine(day, time(hour), UTC)


class Committee:
    """The tenant in scope: `people` by name, `seats` by member, and the verbs that tests begin with."""

    def __init__(self, tenant: Tenant, **body: Any) -> None:
        self.tenant = tenant
        self.places: dict[str, Organisation] = {
            slot: make_organisation(f"{slot.capitalize()} kommune", slot, kind="municipality", population=population)
            for slot, population in (("nord", 9_000), ("sor", 4_000))
        }
        self.people: dict[str, Person] = {}
        self.seats: dict[str, Seat] = {}
        for name in MEMBERS:
            slot = name[:-1] if name != "leder" else "nord"
            self.person(name, slot)
            number = int(name[-1]) if name != "leder" else 1
            self.seats[name] = make_seat(
                BODY, slot if name != "leder" else "leder", number, organisation=self.places[slot]
            )
            make_seat_holding(self.seats[name], self.people[name])
        self.person(SECRETARY, "nord", "sekretar")
        self.person("administrator", "nord", "administrator")
        self.person(OUTSIDER, "sor", "ansatt")
        self.person(SUBSTITUTE, "nord", "ansatt")
        make_holding(self.people["leder"], "leder")
        self.adopt(model(**body))

    def person(self, name: str, slot: str, role: str = "") -> Person:
        """A person at the municipality, with the role if one is named."""
        self.people[name] = found = make_person(name.capitalize(), organisation=self.places[slot])
        if role:
            make_holding(found, role)
        return found

    def adopt(self, content: dict[str, Any], day: date = date(2020, 1, 1)) -> ModelVersion:
        """A version of the model, in force from the day."""
        text = json.dumps(content, ensure_ascii=False)  # JSON is YAML
        row = ModelVersion(
            key=content["key"], number=ModelVersion.objects.count() + 1, name=content["name"], text=text,
            sha256=sha256(text.encode()).hexdigest(), state=ModelState.ADOPTED, valid_from=day,
        )  # fmt: skip
        row.save()
        return row

    def actor(self, name: str = SECRETARY, day: date = TODAY) -> Actor:
        """The person as they are on the day."""
        return organisations.actor_for(self.people[name], today=day, role_table=governance.role_table(day))

    def by(self, name: str = SECRETARY, day: date = TODAY, hour: int = 10) -> dict[str, Any]:
        """Who and when, for an action."""
        return {"actor": self.actor(name, day), "now": at(day, hour)}

    def client(self, name: str = SECRETARY) -> Client:
        """A browser where the person is logged in."""
        client: Client = log_in(Client(), self.people[name])
        return client

    def case(self, title: str = "Felles innlogging", day: date = TODAY) -> CaseStep:
        """A case that waits for the committee: its open step."""
        case: Case = casework.open_case(
            **self.by(day=day), subject_kind="advice", subject_id=uuid4(), path=PATH, title=title, facts={},
            organisations=[place.pk for place in self.places.values()],
        )  # fmt: skip
        return CaseStep.objects.get(case=case, state=StepState.ACTIVE)  # type: ignore[no-any-return]


@contextmanager
def committee(**body: Any) -> Iterator[Committee]:
    """A tenant with the committee, in scope."""
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        yield Committee(tenant, **body)
