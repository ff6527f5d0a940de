"""Two municipalities under the shipped joint model, with those who propose, treat, adopt and follow the plan."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from django.test import Client

from samstyr.foundation.access import Actor
from samstyr.foundation.governance import bundles
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.organisations.models import Organisation, Person
from samstyr.foundation.organisations.tests.factories import (
    log_in,
    make_holding,
    make_organisation,
    make_person,
)
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.models import CaseStep, StepState, Treatment
from samstyr.wheel.portfolio import actions, queries
from samstyr.wheel.portfolio.models import PlanLine, PlanVersion
from samstyr.wheel.portfolio.rules.lines import Cost, Line
from tests.support import make_tenant

TEXT = (Path(bundles.__path__[0]) / "birkenes-lillesand.yaml").read_text(encoding="utf-8")
FORUM, TEAM, ADOPTION = date(2025, 4, 24), date(2025, 5, 8), date(2025, 5, 20)
ROLES = (
    ("it_lead", "it-tjenesten"),
    ("municipal_director", "birkenes"),
    ("municipal_director", "lillesand"),
    ("cooperation_chair", "birkenes"),
    ("budget_officer", "birkenes"),
    ("budget_officer", "lillesand"),
    ("unit_manager", "lillesand"),
)


def at(day: date) -> datetime:
    """The middle of the day."""
    return datetime.combine(day, time(11), UTC)


class World:
    """The tenant in scope and its people, each by role and municipality."""

    def __init__(self, tenant: Tenant) -> None:
        self.tenant = tenant
        self.organisations: dict[str, Organisation] = {}
        self.people: dict[str, Person] = {}
        for slot, kind, population in (
            ("birkenes", "municipality", 5_300),
            ("lillesand", "municipality", 11_300),
            ("it-tjenesten", "joint_service", None),
        ):
            name = slot.capitalize()
            self.organisations[slot] = make_organisation(name, slot, kind=kind, population=population, short_name=name)
        for role, slot in ROLES:
            place = self.organisations[slot]
            person = make_person(f"{role}, {slot}", organisation=place)
            make_holding(person, role, organisation=place)
            self.people[f"{role}:{slot}"] = person
        ModelVersion(
            key="birkenes-lillesand", number=1, name="Modellen", text=TEXT, sha256=sha256(TEXT.encode()).hexdigest(),
            state=ModelState.ADOPTED, valid_from=date(2020, 1, 1),
        ).save()  # fmt: skip

    def who(self, name: str) -> Person:
        """The person with the role, in the municipality when told."""
        return next(person for key, person in self.people.items() if key.startswith(name))

    def actor(self, name: str, day: date = FORUM) -> Actor:
        """The person as they are on the day."""
        return organisations.actor_for(self.who(name), today=day, role_table=governance.role_table(day))

    def client(self, name: str) -> Client:
        """A browser where the person is logged in."""
        client: Client = log_in(Client(), self.who(name))
        return client

    def line(
        self, title: str = "Felles meldingsløsning", slots: tuple[str, ...] = ("birkenes", "lillesand"), **more: Any
    ) -> Line:
        """A measure of 400, 200, 200 and 200 thousand kroner from 2026, as in walk W1."""
        costs = tuple(
            Cost(year, "operating", "operating_budget", 400_000 if year == 2026 else 200_000)
            for year in range(2026, 2030)
        )
        keys = tuple(self.organisations[slot].pk for slot in slots)
        values = {"owner": "IT-leder", "argument": "Begge trenger den.", "cost_key": "per_capita", "costs": costs}
        return Line(UUID(int=0), 0, title, organisations=keys, **{**values, **more})

    def draft(self, *lines: Line) -> PlanVersion:
        """The forum's draft for 2026 with the lines, the joint one when none is told."""
        version = actions.open_draft(actor=self.actor("it_lead"), now=at(FORUM), first_year=2026)
        for line in lines or (self.line(),):
            self.add(version, line)
        return version

    def add(self, version: PlanVersion, line: Line) -> PlanLine:
        """The line, last in the draft."""
        return actions.add_line(actor=self.actor("it_lead"), now=at(FORUM), version_id=version.pk, line=line)

    def propose(self, version: PlanVersion, day: date = FORUM) -> PlanVersion:
        """The draft as the forum's proposal."""
        return actions.propose(actor=self.actor("it_lead", day), now=at(day), version_id=version.pk, version=None)

    def treat(self, version: PlanVersion, who: str, outcome: str, day: date, **more: Any) -> Treatment:
        """What the body led by `who` says of the proposal."""
        case = queries.case_of_version(version)
        person = self.who(who)
        rows = CaseStep.objects.filter(case=case, state=StepState.ACTIVE)
        row = next((row for row in rows if row.organisation_id in (None, person.organisation_id)), rows.first())
        assert row is not None
        more = {"text": "Som foreslått.", **more}
        return casework.treat(
            actor=self.actor(who, day), now=at(day), case_step_id=row.pk, version=None, outcome=outcome, **more
        )

    def decide(
        self, version: PlanVersion, outcome: str = "vedtatt", team: date = TEAM, day: date = ADOPTION
    ) -> PlanVersion:
        """Both lederteam, and then the deciding body."""
        for slot in ("birkenes", "lillesand"):
            self.treat(version, f"municipal_director:{slot}", "slutter-seg-til", team)
        self.treat(version, "cooperation_chair", outcome, day, reason="" if outcome == "vedtatt" else "For dyrt.")
        version.refresh_from_db()
        return version

    def adopted(self, *lines: Line) -> PlanVersion:
        """Version 1 of the plan."""
        return self.decide(self.propose(self.draft(*lines)))


@contextmanager
def world() -> Iterator[World]:
    """A world with its tenant in scope."""
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        yield World(tenant)
