"""Any of the shipped models with its municipalities and somebody who holds its roles there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from samstyr.foundation.access import Actor
from samstyr.foundation.governance import bundles
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.organisations.models import Organisation, Person
from samstyr.foundation.organisations.tests.factories import make_holding, make_organisation, make_person
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.wheel.portfolio import actions, queries
from samstyr.wheel.portfolio.models import Plan, PlanLine, PlanVersion
from samstyr.wheel.portfolio.rules.lines import Cost, Line
from tests.support import make_tenant

_moments = count()


def at(day: date) -> datetime:
    """The middle of the day, a little later each time it is asked: of two facts the newer counts."""
    return datetime.combine(day, time(11), UTC) + timedelta(microseconds=next(_moments))


class Place:
    """A tenant under a shipped model; `populations` are the municipalities' inhabitants in the model's order."""

    def __init__(self, bundle: str, populations: tuple[int, ...] = ()) -> None:
        text = (Path(bundles.__path__[0]) / f"{bundle}.yaml").read_text(encoding="utf-8")
        self.model = load_text(text).require()
        ModelVersion(
            key=bundle, number=1, name="Modellen", text=text, sha256=sha256(text.encode()).hexdigest(),
            state=ModelState.ADOPTED, valid_from=date(2010, 1, 1),
        ).save()  # fmt: skip
        self.organisations: dict[str, Organisation] = {}
        for at_, slot in enumerate(self.model.organisations):
            people = populations[at_] if at_ < len(populations) else 1_000
            self.organisations[slot.key] = make_organisation(
                str(slot.name), slot.key, kind=slot.kind, population=people, short_name=slot.key.capitalize()
            )
        self.people: dict[str, Person] = {}

    def actor(self, role: str, day: date, slot: str = "") -> Actor:
        """Somebody with the role, in the first organisation unless told."""
        slot = slot or next(iter(self.organisations))
        name = f"{role}:{slot}"
        if name not in self.people:
            place = self.organisations[slot]
            self.people[name] = make_person(name, organisation=place)
            scope = next(item.scope for item in self.model.roles if item.key == role)
            make_holding(
                self.people[name], role, organisation=None if scope == "tenant" else place, starts_on=date(2010, 1, 1)
            )
        return organisations.actor_for(self.people[name], today=day, role_table=governance.role_table(day))

    def by(self, role: str, day: date, slot: str = "") -> dict[str, Any]:
        """The arguments that tell who acts, and when."""
        return {"actor": self.actor(role, day, slot), "now": at(day)}

    def line(
        self, title: str, amounts: dict[int, int], *, source: str = "", slots: tuple[str, ...] = (), **more: Any
    ) -> Line:
        """A measure with a yearly cost of one kind."""
        kind = more.pop("cost_kind", "operating")
        slots = slots or tuple(self.organisations)[:1]
        costs = tuple(Cost(year, kind, source, amount) for year, amount in amounts.items())
        keys = tuple(self.organisations[slot].pk for slot in slots)
        values = {"owner": "Enhetsleder", "argument": "Trengs.", **more}
        return Line(UUID(int=0), 0, title, organisations=keys, costs=costs, **values)

    def draft(self, role: str, day: date, first_year: int, *lines: Line) -> PlanVersion:
        """A draft of the plan with the lines."""
        version = actions.open_draft(**self.by(role, day), first_year=first_year)
        for line in lines:
            self.add(version, role, day, line)
        return version

    def add(self, version: PlanVersion, role: str, day: date, line: Line) -> PlanLine:
        """The line, last in the draft."""
        return actions.add_line(**self.by(role, day), version_id=version.pk, line=line)

    def adopt(self, version: PlanVersion) -> PlanVersion:
        """As if the deciding body had said yes: what the case does is tried elsewhere."""
        version.state, version.number = "adopted", 1
        version.save()
        return version

    def plan(self, version: PlanVersion) -> Plan:
        """The version's plan."""
        found = queries.plan_by_id(version.plan_id)
        assert found is not None
        return found


@contextmanager
def place(bundle: str, populations: tuple[int, ...] = ()) -> Iterator[Place]:
    """A place with its tenant in scope."""
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        yield Place(bundle, populations)
