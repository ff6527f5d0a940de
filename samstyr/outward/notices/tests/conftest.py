"""A need on hearing in an invented municipality, with somebody to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

from samstyr.foundation.access import Actor
from samstyr.foundation.organisations.models import Person, RoleHolding
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.models import Case, CaseStep, StepState
from samstyr.procedure.hearings import actions as hearings
from samstyr.procedure.hearings.models import Consultee, Hearing
from samstyr.wheel.needs.models import Need
from samstyr.wheel.needs.tests.factories import MODEL, NOW, World, adopt, world

DEADLINE = date(2026, 2, 24)
HEARING = (
    MODEL.replace(
        "bodies:\n",
        "  - {key: ombud, name: Personvernombud, scope: organisation}\nhearing_bodies:\n"
        "  - {key: vern, name: Personvernombudet, role: ombud, organisations: [fjord]}\nbodies:\n",
        1,
    )
    .replace(
        "      - key: forum\n",
        "      - key: horing\n        name: Høring\n        kind: hearing\n        actor: {role: sekretaer}\n"
        "        outcomes: [{key: ferdig, name: Avslutt, effect: advance}]\n      - key: forum\n",
        1,
    )
    .replace(
        "      - {act: case.read, reach: tenant}\n",
        "      - {act: case.read, reach: tenant}\n      - {act: hearing.manage, reach: tenant}\n",
        1,
    )
)


@dataclass
class Round:
    """The world, and what is on hearing in it."""

    world: World
    need: Need

    @property
    def case(self) -> Case:
        """The need's case."""
        return Case.objects.get(subject_id=self.need.pk)

    @property
    def consultee(self) -> Consultee:
        """The one that is asked."""
        return Consultee.objects.get()

    def person(self, role: str) -> Person:
        """Who holds the role."""
        return self.world.people[role]

    def system(self) -> Actor:
        """The system on a morning."""
        from uuid import UUID

        return Actor(UUID(int=0), self.world.tenant.pk, "Samstyr", automatic="daily")

    def step(self) -> CaseStep:
        """Where the case stands."""
        return CaseStep.objects.get(case=self.case, state=StepState.ACTIVE)

    def treat(self, role: str, outcome: str, now: datetime = NOW, **more: Any) -> None:
        """Give the present step its outcome."""
        row = self.step()
        casework.treat(
            actor=self.world.actor(role, now),
            now=now,
            case_step_id=row.pk,
            version=row.version,
            outcome=outcome,
            **more,
        )

    def open_hearing(self, deadline: date = DEADLINE) -> Hearing:
        """Ask the officer."""
        vern = f"vern:{self.world.organisations['fjord'].pk}"
        return hearings.open_hearing(
            actor=self.world.actor("sekretaer"), now=NOW, case_step_id=self.step().pk, question="Er dette trygt?",
            deadline=deadline, consultees=[vern],
        )  # fmt: skip


@pytest.fixture
def made(db: None) -> Iterator[World]:
    """The same municipality, where nobody has sent in anything."""
    with world() as ready:
        yield ready


@pytest.fixture
def submitted(db: None) -> Iterator[Round]:
    """A need that waits for the area's leader."""
    with world() as made:
        adopt(HEARING)
        officer = Person(
            name="Personvernombud, Fjord", email="ombud@prove.example", organisation=made.organisations["fjord"]
        )
        officer.save()
        made.people["ombud"] = officer
        RoleHolding(
            role="ombud", person=officer, organisation=made.organisations["fjord"], starts_on=date(2020, 1, 1)
        ).save()
        yield Round(made, made.submitted(personal_data=True, answers={"vern": "Navn og adresse"}))


@pytest.fixture
def asked(submitted: Round) -> Round:
    """The officer has been asked."""
    submitted.treat("leder", "videre")
    submitted.open_hearing()
    return submitted
