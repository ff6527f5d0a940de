"""The shipped joint model with all its people: two areas in each municipality, a service, the forum and who is heard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from samstyr.foundation.access import Actor
from samstyr.foundation.organisations.models import Unit
from samstyr.foundation.organisations.tests.factories import (
    make_holding,
    make_organisation,
    make_person,
    make_unit,
)
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework import queries as cases
from samstyr.procedure.casework.models import Case, CaseStep, StepState, Treatment
from samstyr.procedure.hearings import actions as hearings
from samstyr.procedure.hearings.actions.open_hearing import identity
from samstyr.procedure.hearings.models import Consultee, Hearing
from samstyr.procedure.hearings.queries import proposed_for
from samstyr.wheel.needs import actions as needs
from samstyr.wheel.needs.models import Need
from samstyr.wheel.needs.rules.values import NeedValues
from samstyr.wheel.portfolio.tests.factories import World, at
from tests.support import make_tenant

INTAKE, ASSESSMENT, RECEIPT, FORUM = date(2025, 2, 3), date(2025, 3, 10), date(2025, 4, 1), date(2025, 4, 24)
HEARING_END = date(2025, 4, 14)
MUNICIPALITIES = ("birkenes", "lillesand")
AREAS = ("helse", "kultur")
HEARD = ("data_protection_officer", "archive_manager", "service_centre_manager", "hr_manager", "union_representative")


class Joint(World):
    """The world of the plan with those who report, assess, ask, answer and propose."""

    def __init__(self, tenant: Any) -> None:
        super().__init__(tenant)
        self.organisations["struktur1"] = make_organisation(
            "Struktur1", "struktur1", kind="company", short_name="Struktur1"
        )
        self.units: dict[str, Unit] = {}
        for slot in MUNICIPALITIES:
            place = self.organisations[slot]
            for area in AREAS:
                self.units[f"{slot}:{area}"] = unit = make_unit(place, area.capitalize(), is_area=True)
                for role in ("sector_director", "representative"):
                    self.person(f"{role}:{slot}:{area}", organisation=place, unit=unit)
            self.units[f"{slot}:hjemme"] = service = make_unit(
                place, "Hjemmetjenesten", parent=self.units[f"{slot}:helse"]
            )
            self.person(f"service:{slot}", "unit_manager", organisation=place, unit=service)
            for role in HEARD:
                self.person(f"{role}:{slot}", organisation=place)
        self.person("digitalisation_adviser", organisation=self.organisations["it-tjenesten"])
        for name, slot in (("hearing_it", "it-tjenesten"), ("hearing_struktur1", "struktur1")):
            person = make_person(name, organisation=self.organisations[slot])
            make_holding(person, name)
            self.people[name] = person
        self.person("administrator", organisation=self.organisations["birkenes"])

    def person(self, name: str, role: str = "", **place: Any) -> None:
        """A person who holds the role at the place; the role is the first word of the name unless told."""
        person = make_person(name, organisation=place["organisation"], unit=place.get("unit"))
        make_holding(person, role or name.split(":")[0], **place)
        self.people[name] = person

    def system(self, day: date) -> Actor:
        """The system on the morning of the day."""
        return self.actor("it_lead", day).on_behalf("daily")

    def values(self, slot: str = "birkenes", **changes: Any) -> NeedValues:
        """A complete need from the home service."""
        given = {
            "title": "Dokumentasjon hjemme hos brukeren",
            "unit": self.units[f"{slot}:hjemme"].pk,
            "need": "Vi skriver på papir i bilen og fører det inn på kontoret etterpå.",
            "affected": "42 ansatte og 260 brukere",
            "effect": "Mer tid hos brukeren, og færre feil.",
            "investment_cost": 400_000,
            "operating_cost": 200_000,
            "wanted_year": 2026,
        }
        return NeedValues(**{**given, **changes})

    def need(self, slot: str = "birkenes", day: date = INTAKE, **changes: Any) -> Need:
        """A need sent in by the home service on the day; `joint=True` concerns both municipalities."""
        if changes.get("joint"):
            changes.setdefault("organisations", tuple(self.organisations[key].pk for key in MUNICIPALITIES))
        by = {"actor": self.actor(f"service:{slot}", day), "now": at(day)}
        draft = needs.create_draft(**by, values=self.values(slot, **changes))
        return needs.submit(**by, need_id=draft.pk, version=draft.version)

    def case(self, need: Need) -> Case:
        """The need's case."""
        found = cases.case_of("need", need.pk)
        assert found is not None
        return found

    def step(self, need: Need) -> CaseStep:
        """Where the need's case stands."""
        return CaseStep.objects.select_related("case", "case__model_version").get(
            case=self.case(need), state=StepState.ACTIVE
        )

    def move(self, need: Need, who: str, outcome: str, day: date, **more: Any) -> Treatment:
        """Give the present step its outcome."""
        row = self.step(need)
        return casework.treat(
            actor=self.actor(who, day), now=at(day), case_step_id=row.pk, version=row.version, outcome=outcome, **more
        )

    def received(self, slot: str = "birkenes", **changes: Any) -> Need:
        """A need that its kommunalsjef has sent on to IT-tjenesten."""
        need = self.need(slot, **changes)
        self.move(need, f"sector_director:{slot}:helse", "send", ASSESSMENT, reason="Viktig.")
        return need

    def on_hearing_step(self, slot: str = "birkenes", **changes: Any) -> Need:
        """A need that IT-tjenesten is to send to those who are heard."""
        need = self.received(slot, **changes)
        self.move(need, "it_lead", "horing", RECEIPT)
        return need

    def lists(self, need: Need) -> set[tuple[str, str]]:
        """Everybody offered in the need's hearing: body and municipality («» for a shared one)."""
        return {(item.body, place.slot if place else "") for item, place in proposed_for(self.step(need))}

    def ask(self, need: Need, *bodies: tuple[str, str], deadline: date = HEARING_END, day: date = RECEIPT) -> Hearing:
        """Send the need to hearing with these bodies, all that are offered when none is told."""
        named = {
            (item.body, place.slot if place else ""): (item.body, place.pk if place else None)
            for item, place in proposed_for(self.step(need))
        }
        return hearings.open_hearing(
            actor=self.actor("it_lead", day), now=at(day), case_step_id=self.step(need).pk,
            question="Hva mener dere om behovet?", deadline=deadline,
            consultees=[identity(*named[body]) for body in bodies or named],
        )  # fmt: skip

    def answer(self, who: str, consultee: Consultee, position: str, day: date = RECEIPT, **more: Any) -> Any:
        """The body's statement."""
        return hearings.give_statement(
            actor=self.actor(who, day), now=at(day), consultee_id=consultee.pk, position=position, **more
        )

    def at_forum(self, slot: str = "birkenes", **changes: Any) -> Need:
        """A need that the forum is to treat, with no body asked."""
        need = self.on_hearing_step(slot, **changes)
        self.move(need, "it_lead", "ferdig", RECEIPT)
        return need

    def plan_meeting(self, body: str, day: date, today: date = INTAKE, who: str = "it_lead") -> Any:
        """A planned meeting of the body."""
        return casework.plan_meeting(actor=self.actor(who, today), now=at(today), body=body, held_on=day)


def key_of(row: Any) -> UUID:
    """The row's key."""
    key: UUID = row.pk
    return key


def later(day: date, days: int) -> datetime:
    """The middle of the day so many days on."""
    return at(day + timedelta(days=days))


@contextmanager
def joint() -> Iterator[Joint]:
    """The world with its tenant in scope."""
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        yield Joint(tenant)
