"""A municipality with five sectors under the shipped model with two stages, its scorers, and nine needs to weigh."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.test import Client

from samstyr.foundation.access import Actor
from samstyr.foundation.governance import bundles
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.organisations.models import Organisation, Person, Unit
from samstyr.foundation.organisations.tests.factories import (
    log_in,
    make_holding,
    make_organisation,
    make_person,
    make_unit,
)
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.wheel.needs.models import Need, NeedState
from samstyr.wheel.needs.rules.wording import search_text
from samstyr.wheel.prioritisation import actions
from samstyr.wheel.prioritisation.models import Entry, Round
from tests.support import make_tenant

TEXT = (Path(bundles.__path__[0]) / "gjovik.yaml").read_text(encoding="utf-8")
DAY = date(2026, 5, 12)
SENT = datetime(2026, 4, 10, 11, tzinfo=UTC)
SECTORS = ("oppvekst", "helse", "samfunn", "kultur", "administrasjon")
LEADER, CHIEF, EMPLOYEE = "digitaliseringsleder", "radmann", "ansatt"
# The four questions of the coarse stage, in order.
COARSE = ("strategisk", "gevinst", "eier", "nytt")
LEVELS = {1: "lav", 2: "middels", 3: "hoy"}
# Need → its coarse levels, as numbers, and the total these give by 40/30/15/15.
IDEAS: Mapping[str, tuple[int, int, int, int]] = {
    "Innbyggerportal": (3, 3, 2, 3),
    "Robotisert rutinearbeid": (3, 2, 3, 1),
    "Klart språk i alle brev": (3, 2, 2, 1),
    "Åpne data fra byen": (3, 1, 2, 3),
    "Flyt av sykemeldinger": (1, 3, 3, 1),
}
TOTALS = {
    "Innbyggerportal": "2,85", "Robotisert rutinearbeid": "2,40", "Klart språk i alle brev": "2,25",
    "Åpne data fra byen": "2,25", "Flyt av sykemeldinger": "1,90",
}  # fmt: skip


def at(day: date) -> datetime:
    """The middle of the day."""
    return datetime.combine(day, time(11), UTC)


def coarse(numbers: tuple[int, ...]) -> dict[str, str]:
    """The four coarse levels by their keys."""
    return {question: LEVELS[number] for question, number in zip(COARSE, numbers, strict=True)}


class World:
    """The tenant in scope; people by role or, for the heads of sector, by sector."""

    def __init__(self, tenant: Tenant, text: str = TEXT) -> None:
        self.tenant = tenant
        self.organisation: Organisation = make_organisation("Prøve kommune", "gjovik", kind="municipality")
        self.sectors: dict[str, Unit] = {}
        self.people: dict[str, Person] = {}
        for sector in SECTORS:
            self.sectors[sector] = make_unit(self.organisation, sector.capitalize(), is_area=True)
            self._person(sector, "sektorleder", self.sectors[sector])
        for role in (LEADER, CHIEF, "administrator", "prosjekteier"):
            self._person(role, role)
        self._person(EMPLOYEE, EMPLOYEE, self.sectors["helse"])
        self.adopt(text)

    def _person(self, name: str, role: str, unit: Unit | None = None) -> None:
        title = f"{role.capitalize()}, {unit.name}" if unit else role.capitalize()
        self.people[name] = make_person(title, organisation=self.organisation, unit=unit)
        make_holding(self.people[name], role, organisation=self.organisation, unit=unit)

    def adopt(self, text: str, day: date = date(2020, 1, 1)) -> ModelVersion:
        """A version of the model, in force from the day."""
        row = ModelVersion(
            key="gjovik", number=ModelVersion.objects.count() + 1, name="Modellen", text=text,
            sha256=sha256(text.encode()).hexdigest(), state=ModelState.ADOPTED, valid_from=day,
        )  # fmt: skip
        row.save()
        return row

    def actor(self, name: str = LEADER, day: date = DAY) -> Actor:
        """The person as they are on the day."""
        return organisations.actor_for(self.people[name], today=day, role_table=governance.role_table(day))

    def client(self, name: str = LEADER) -> Client:
        """A browser where the person is logged in."""
        client: Client = log_in(Client(), self.people[name])
        return client

    def by(self, name: str = LEADER, day: date = DAY) -> dict[str, Any]:
        """Who and when, for an action."""
        return {"actor": self.actor(name, day), "now": at(day)}

    def need(self, title: str, *, goals: tuple[str, ...] = ("s2",), **values: Any) -> Need:
        """A need sent in by the health sector's employee, linked to a goal."""
        row = Need(  # Straight into the list, as if its case were under way.
            title=title, need="Vi mangler dette.", affected="40 ansatte", effect="Raskere hjelp.", goals=list(goals),
            organisation=self.organisation, unit=self.sectors["helse"], submitter=self.people[EMPLOYEE],
            search_text=search_text([title]),
            **{"number": Need.objects.count() + 1, "state": NeedState.SUBMITTED, "submitted_at": SENT, **values},
        )  # fmt: skip
        row.save()
        return row

    def ideas(self) -> list[Need]:
        """The five ideas."""
        return [self.need(title) for title in IDEAS]

    def round(self, *needs: Need, day: date = DAY, **values: Any) -> Round:
        """A coarse round that the heads of sector score, with the five ideas unless others are given."""
        chosen = needs or tuple(self.ideas())
        values = {"name": f"Grovscreening {Round.objects.count() + 1}", "year": 2027, "stage": "grov", **values}
        values.setdefault("scorers", ("sektorleder",))
        return actions.open_round(**self.by(day=day), need_ids=tuple(need.pk for need in chosen), **values)

    def entry(self, row: Round, title: str) -> Entry:
        """The need's place in the round."""
        return Entry.objects.get(round=row, title=title)

    def score(self, entry: Entry, levels: Mapping[str, str], who: str = "helse", **more: Any) -> Entry:
        """The person's own levels for one need."""
        return actions.score(**self.by(who), entry_id=entry.pk, levels=levels, **more)

    def commit(self, entry: Entry) -> Entry:
        """The need's owner is named and has committed people."""
        return actions.describe_entry(**self.by(), entry_id=entry.pk, version=None, owner_committed=True)

    def scored(self, row: Round | None = None, who: tuple[str, ...] = SECTORS) -> Round:
        """A round where all the scorers have said the same of the five ideas."""
        row = row or self.round()
        for title, numbers in IDEAS.items():
            entry = self.commit(self.entry(row, title))
            for name in who:
                self.score(entry, coarse(numbers), name)
        return row

    def reveal(self, row: Round) -> Round:
        """The round with its scores shown."""
        return actions.reveal(**self.by(), round_id=row.pk, version=None)

    def agreed(self, row: Round | None = None, day: date = DAY) -> Round:
        """A revealed round where the five ideas are agreed on."""
        row = self.reveal(self.scored(row))
        for title, numbers in IDEAS.items():
            entry = self.entry(row, title)
            actions.set_consensus(**self.by(day=day), entry_id=entry.pk, levels=coarse(numbers))
        return row

    def close(self, row: Round, day: date = DAY) -> Round:
        """The round, closed."""
        return actions.close(**self.by(day=day), round_id=row.pk, version=None)

    def closed(self, row: Round | None = None, day: date = DAY) -> Round:
        """A closed round of the five ideas, with the totals of TOTALS."""
        return self.close(self.agreed(row), day)


@contextmanager
def world(text: str = TEXT) -> Iterator[World]:
    """A world with its tenant in scope."""
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        yield World(tenant, text)
