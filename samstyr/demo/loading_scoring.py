"""A second arrangement that weighs its ideas by criteria: one round closed in spring, the next one under way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Any
from uuid import UUID

from samstyr.demo.reading import DATA, content
from samstyr.foundation.access import Actor
from samstyr.foundation.governance import actions as governance
from samstyr.foundation.governance import queries as models
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.organisations import actions, queries
from samstyr.foundation.organisations.rules.appointing import RoleSpec
from samstyr.foundation.tenancy import actions as tenancy
from samstyr.foundation.tenancy import queries as tenants
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.wheel.needs import actions as needs
from samstyr.wheel.needs.rules.values import NeedValues
from samstyr.wheel.prioritisation import actions as rounds
from samstyr.wheel.prioritisation import queries as scored

BUNDLE = "gjovik"
LEADER, HEAD, CHIEF = "digitaliseringsleder", "sektorleder", "radmann"
BEGINNING, IDEAS = date(2026, 1, 5), date(2026, 4, 10)
OPENED, SCORED, AGREED = date(2026, 5, 4), date(2026, 5, 11), date(2026, 5, 20)
SECOND, DUE = date(2026, 11, 16), date(2026, 12, 11)
LEVELS = {1: "lav", 2: "middels", 3: "hoy"}
COARSE = ("strategisk", "gevinst", "eier", "nytt")
FINE = (
    "kostnad", "gevinst.kunde", "gevinst.virksomhet", "gjennomforing.redesign", "gjennomforing.ressurser",
    "gjennomforing.teknisk", "risiko",
)  # fmt: skip


def load(*, password: str | None = None) -> str:
    """Load the arrangement into an installation without it; its slug. Twice is once."""
    data = content(DATA / "scoring" / "gjovik.yaml")
    slug: str = data["tenant"]["key"]
    if tenants.tenant_by_slug(slug):
        return slug
    tenant = tenancy.create_tenant(slug=slug, name=data["tenant"]["name"], is_demo=True)
    with tenant_scope(tenant.pk):
        _Life(tenant.pk, data, password).live()
    return slug


def _at(day: date, minute: int = 0) -> datetime:
    return datetime.combine(day, time(8, minute), UTC)


class _Life:
    """What happens, in order, through the actions themselves."""

    def __init__(self, tenant: UUID, data: dict[str, Any], password: str | None) -> None:
        self.tenant, self.data, self.password = tenant, data, password
        self.founder = Actor(UUID(int=0), tenant, "Demonstrasjonen", automatic="demonstration")
        text = files("samstyr.foundation.governance").joinpath(f"bundles/{BUNDLE}.yaml").read_text("utf-8")
        self.text, self.model = text, load_text(text).require()
        self.people: dict[str, Any] = {}
        self.units: dict[str, UUID] = {}

    def live(self) -> None:
        """The arrangement is founded, ideas come in, and are weighed."""
        self._places()
        self._adopt()
        ideas = {idea["title"]: self._idea(idea, at) for at, idea in enumerate(self.data["ideas"])}
        self._first_round(ideas)
        self._second_round(ideas)

    def _places(self) -> None:
        place = actions.save_organisation(
            actor=self.founder, now=_at(BEGINNING), kind="municipality", **self.data["organisation"]
        )
        for name in self.data["sectors"]:
            unit = actions.save_unit(
                actor=self.founder, now=_at(BEGINNING), organisation_id=place.pk, name=name, is_area=True
            )
            self.units[name] = unit.pk
            self._person(name, HEAD, f"Leder for {name.lower()}", place.pk, unit.pk)
        self._person(LEADER, LEADER, "Leder for digitalisering", place.pk, None)
        self._person(CHIEF, CHIEF, "Rådmann", place.pk, None)
        self._person("administrator", "administrator", "Administrator", place.pk, None)

    def _person(self, key: str, role: str, title: str, place: UUID, unit: UUID | None) -> None:
        row = actions.save_person(
            actor=self.founder, now=_at(BEGINNING), name=f"{title}, {self.data['organisation']['short_name']}",
            title=title, email=f"{len(self.people) + 1}.gjovik@demo.example", organisation_id=place, unit_id=unit,
        )  # fmt: skip
        row = actions.invite(actor=self.founder, now=_at(BEGINNING), person_id=row.pk, version=row.version)
        if row.account is not None:
            tenancy.open_to_demo(account=row.account, password=self.password)
        self.people[key] = row
        found = self.model.role(role)
        assert found is not None, f"the model has no role {role}"
        actions.give_role(
            actor=self.founder, now=_at(BEGINNING), person_id=row.pk,
            role=RoleSpec(role, str(found.name), found.scope, found.appointed_by or ""),
            organisation_id=place, unit_id=unit, starts_on=BEGINNING, ends_on=None,
        )  # fmt: skip

    def _adopt(self) -> None:
        keeper = self.people["administrator"]
        by = Actor(keeper.pk, self.tenant, str(keeper), automatic="demonstration")
        version = governance.draft_version(actor=by, now=_at(BEGINNING), text=self.text, reason="Vedtatt strategi.")
        governance.adopt(
            actor=by, now=_at(BEGINNING), version_id=version.pk, version=version.version,
            adopted_by="Rådmannens ledergruppe", valid_from=BEGINNING,
        )  # fmt: skip

    def _by(self, key: str, day: date, minute: int = 0) -> dict[str, Any]:
        actor = queries.actor_for(self.people[key], today=day, role_table=models.role_table(day))
        return {"actor": actor, "now": _at(day, minute)}

    def _idea(self, idea: Mapping[str, Any], at: int) -> Any:
        by = self._by(idea["sector"], IDEAS, at)
        row = needs.create_draft(
            **by,
            values=NeedValues(
                title=idea["title"], unit=self.units[idea["sector"]], need=idea["need"], affected=idea["affected"],
                effect=idea["effect"], goals=("s2",), investment_cost=idea["investment"],
                operating_cost=idea["operating"], price_year=2026, wanted_year=2027,
                answers={"eier": f"Leder for {idea['sector'].lower()}", "retning": "Smart kommune"},
            ),
        )  # fmt: skip
        return needs.submit(**by, need_id=row.pk, version=row.version)

    def _entries(self, round_id: UUID) -> dict[str, Any]:
        row = scored.round_by_id(round_id)
        assert row is not None
        return {entry.title: entry for entry in scored.entries_of(row)}

    def _first_round(self, ideas: Mapping[str, Any]) -> None:
        row = rounds.open_round(
            **self._by(LEADER, OPENED), name="Grovscreening for 2027", year=2027, stage="grov",
            need_ids=tuple(need.pk for need in ideas.values()), capacity=4, due_on=date(2026, 5, 15), scorers=(HEAD,),
        )  # fmt: skip
        self.first = row.pk
        entries = self._entries(row.pk)
        for entry in entries.values():
            rounds.describe_entry(**self._by(LEADER, OPENED, 10), entry_id=entry.pk, version=None, owner_committed=True)
        for place, sector in enumerate(self.data["sectors"]):
            for idea in self.data["ideas"]:
                numbers = list(idea["levels"])
                who, question, level = idea["vary"]
                if who == place:
                    numbers[question] = level
                rounds.score(
                    **self._by(sector, SCORED, place), entry_id=entries[idea["title"]].pk,
                    levels=_levels(COARSE, numbers),
                )  # fmt: skip
        rounds.reveal(**self._by(LEADER, AGREED), round_id=row.pk, version=None)
        for idea in self.data["ideas"]:
            levels = _levels(COARSE, idea["levels"])
            rounds.set_consensus(
                **self._by(LEADER, AGREED, 5), entry_id=entries[idea["title"]].pk, levels=levels,
                reasons=dict.fromkeys(levels, "Drøftet i ledergruppen."),
            )  # fmt: skip
        rounds.close(**self._by(LEADER, AGREED, 30), round_id=row.pk, version=None)

    def _second_round(self, ideas: Mapping[str, Any]) -> None:
        second = self.data["second"]
        row = rounds.open_round(
            **self._by(LEADER, SECOND), name="Finscreening for 2027", year=2027, stage="fin", previous=self.first,
            need_ids=tuple(ideas[title].pk for title in second["levels"]), capacity=2, due_on=DUE, scorers=(HEAD,),
            reason="Fire ideer kom over streken, og det er bare råd til to.",
        )  # fmt: skip
        entries = self._entries(row.pk)
        for place, sector in enumerate(second["scored_by"]):
            for title, numbers in second["levels"].items():
                rounds.score(
                    **self._by(sector, SECOND, 10 + place), entry_id=entries[title].pk, levels=_levels(FINE, numbers)
                )


def _levels(questions: Sequence[str], numbers: Sequence[int]) -> dict[str, str]:
    return {question: LEVELS[number] for question, number in zip(questions, numbers, strict=True)}
