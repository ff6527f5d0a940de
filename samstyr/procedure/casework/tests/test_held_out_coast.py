"""Another model in YAML alone: silence sends on, cheap things skip the hearing, two thirds, conditions followed up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from samstyr.foundation.access import Actor
from samstyr.foundation.governance import actions as governance_actions
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.governance.tests import models as held_out
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.organisations.models import Organisation, Person, RoleHolding
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.casework import actions
from samstyr.procedure.casework.models import (
    Case,
    CaseState,
    CaseStep,
    StepState,
    Treatment,
)
from tests.support import make_tenant

from .test_held_out_model import at

TEXT = (Path(held_out.__path__[0]) / "ytre-kyst.yaml").read_text(encoding="utf-8")
DAY, AFTER, MEETING = date(2026, 1, 12), date(2026, 2, 3), date(2026, 2, 10)


class Coast:
    """One municipality, its company and three people."""

    def __init__(self) -> None:
        self.home = Organisation(slot="ytre-kyst", name="Ytre Kyst kommune", short_name="Ytre Kyst")
        self.home.save()
        Organisation(slot="kystdrift", name="Kystdrift IKS", short_name="Kystdrift").save()
        self.people: dict[str, Person] = {}
        for role in ("administrator", "ansatt", "rektor", "koordinator"):
            person = Person(name=role.capitalize(), email=f"{role}@prove.example", organisation=self.home)
            person.save()
            RoleHolding(role=role, person=person, organisation=self.home, starts_on=date(2020, 1, 1)).save()
            self.people[role] = person

    def actor(self, role: str, day: date) -> Actor:
        return organisations.actor_for(self.people[role], today=day, role_table=governance.role_table(day))

    def adopt(self, text: str, day: date) -> ModelVersion:
        admin = self.actor("administrator", day)
        draft = governance_actions.draft_version(actor=admin, now=at(day), text=text)
        return governance_actions.adopt(
            actor=admin,
            now=at(day),
            version_id=draft.pk,
            version=draft.version,
            adopted_by="Kommunestyret",
            valid_from=day,
        )

    def open(self, cost: int) -> Case:
        return actions.open_case(
            actor=self.actor("ansatt", DAY), now=at(DAY), subject_kind="idea", subject_id=uuid4(), path="forslag",
            title="Brygge med kart", facts={"total_cost": cost}, organisations=[self.home.pk],
        )  # fmt: skip

    def treat(self, case: Case, role: str, outcome: str, day: date, **more: Any) -> Treatment:
        row = CaseStep.objects.get(case=case, state=StepState.ACTIVE)
        return actions.treat(
            actor=self.actor(role, day), now=at(day), case_step_id=row.pk, version=row.version, outcome=outcome, **more
        )


@pytest.fixture
def coast(db: None) -> Iterator[Coast]:
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        made = Coast()
        ModelVersion(key="x", number=1, name="x", text=TEXT, sha256="1" * 64, state=ModelState.ADOPTED).save()
        made.adopt(TEXT, DAY)
        yield made


def standing(case: Case) -> str:
    return CaseStep.objects.get(case=case, state=StepState.ACTIVE).step


def test_silence_sends_on_and_a_cheap_thing_is_not_heard(coast: Coast) -> None:
    case = coast.open(10_000)
    assert CaseStep.objects.get(case=case).due_on == date(2026, 2, 2)
    assert actions.expire_steps(actor=coast.actor("koordinator", DAY).on_behalf("daily"), now=at(DAY)) == 0
    assert actions.expire_steps(actor=coast.actor("koordinator", AFTER).on_behalf("daily"), now=at(AFTER)) == 1
    assert standing(case) == "mote"
    assert CaseStep.objects.get(case=case, step="horing").state == StepState.SKIPPED
    assert Treatment.objects.get(case=case).outcome == "videre"


def test_conditions_are_followed_up_and_may_bring_it_back(coast: Coast) -> None:
    case = coast.open(10_000)
    coast.treat(case, "rektor", "videre", DAY)
    with pytest.raises(Invalid) as refusal:
        coast.treat(case, "koordinator", "vilkar", MEETING)
    assert [error.field for error in refusal.value.errors] == ["conditions"]
    coast.treat(case, "koordinator", "vilkar", MEETING, conditions="Kartet er åpent for alle.")
    assert (standing(case), CaseStep.objects.get(case=case, step="oppfolging").due_on) == (
        "oppfolging",
        date(2026, 6, 30),
    )
    coast.treat(case, "koordinator", "brutt", MEETING, reason="Lukket kart.")
    assert standing(case) == "mote"
    assert [row.round for row in CaseStep.objects.filter(case=case, step="mote").order_by("order")] == [1, 2]
    coast.treat(case, "koordinator", "inn", MEETING)
    case.refresh_from_db()
    assert (case.state, case.outcome_effect) == (CaseState.ENDED, "end_positive")


def test_two_thirds_of_the_votes_are_needed(coast: Coast) -> None:
    case = coast.open(10_000)
    coast.treat(case, "rektor", "videre", DAY)

    def votes(yes: int, no: int) -> list[dict[str, Any]]:
        return [{"voter": f"{number}", "choice": "inn" if number < yes else "ut"} for number in range(yes + no)]

    with pytest.raises(Invalid):
        coast.treat(case, "koordinator", "inn", MEETING, votes=votes(3, 2))
    coast.treat(case, "koordinator", "inn", MEETING, votes=votes(4, 2))
    case.refresh_from_db()
    assert case.outcome == "inn"


def test_a_case_under_way_keeps_the_version_it_began_under(coast: Coast) -> None:
    case = coast.open(10_000)
    changed = TEXT.replace("name: Ikke nå, effect: defer", "name: Aldri, effect: reject").replace("days: 21", "days: 7")
    coast.adopt(changed, AFTER)
    coast.treat(case, "rektor", "stopp", AFTER, reason="Ikke i år.")
    case.refresh_from_db()
    assert (case.outcome_effect, case.model_version.number) == ("defer", 2)
    with tenant_scope(case.tenant_id):
        assert governance.version_in_force(AFTER).number == 3  # type: ignore[union-attr]
