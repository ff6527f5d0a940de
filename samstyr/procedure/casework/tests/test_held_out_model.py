"""A model written in YAML alone governs real cases: four outcomes of which none is yes or no, silent consent,
agreement or else the chair, weighted votes, cost that changes who decides, bodies that only some have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from samstyr.foundation.access import Actor
from samstyr.foundation.governance import actions as governance_actions
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.governance.tests import models as held_out
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.organisations.models import (
    Organisation,
    Person,
    RoleHolding,
    Seat,
)
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.casework import actions, queries
from samstyr.procedure.casework.models import (
    Case,
    CaseState,
    CaseStep,
    StepState,
    Treatment,
)
from tests.support import make_tenant

MODELS = Path(held_out.__path__[0])
DAY = date(2026, 1, 12)
FAGRAD, DIREKTORMOTE, REGIONRAD = date(2026, 2, 10), date(2026, 2, 24), date(2026, 3, 17)
SMALL, LARGE, HUGE = 400_000, 2_000_000, 9_000_000


def at(day: date) -> datetime:
    return datetime.combine(day, time(11), UTC)


class Region:
    """The tenant with its people; everything by role."""

    def __init__(self) -> None:
        self.places: dict[str, Organisation] = {}
        self.people: dict[str, Person] = {}
        for slot in ("sund", "nes", "holm"):
            self.places[slot] = Organisation(
                slot=slot, name=f"{slot.capitalize()} kommune", short_name=slot.capitalize()
            )
            self.places[slot].save()
        for role in ("administrator", "melder", "saksbehandler", "radsleder", "sekretaer", "rettsleder"):
            self.add(role, role)
        for slot in ("sund", "nes"):
            self.add(f"ungdomskontakt-{slot}", "ungdomskontakt", slot)

    def add(self, name: str, role: str, slot: str = "") -> None:
        person = Person(name=name.capitalize(), email=f"{name}@prove.example", organisation=self.places[slot or "sund"])
        person.save()
        RoleHolding(role=role, person=person, organisation=self.places.get(slot), starts_on=date(2020, 1, 1)).save()
        self.people[name] = person

    def actor(self, name: str, day: date) -> Actor:
        return organisations.actor_for(self.people[name], today=day, role_table=governance.role_table(day))

    def open(self, cost: int, *slots: str) -> Case:
        return actions.open_case(
            actor=self.actor("melder", DAY), now=at(DAY), subject_kind="idea", subject_id=uuid4(), path="behov",
            title="Felles varsling", facts={"total_cost": cost},
            organisations=[self.places[slot].pk for slot in slots or ("sund", "nes", "holm")],
        )  # fmt: skip

    def treat(self, case: Case, name: str, outcome: str, day: date, **more: Any) -> Treatment:
        organisation = more.pop("of", None)
        rows = CaseStep.objects.filter(case=case, state=StepState.ACTIVE)
        row = rows.get(organisation=self.places[organisation]) if organisation else rows.get()
        return actions.treat(
            actor=self.actor(name, day), now=at(day), case_step_id=row.pk, version=row.version, outcome=outcome, **more
        )

    def at_fagrad(self, cost: int) -> Case:
        """A case that nobody's youth council has anything to say on, before the council of experts."""
        case = self.open(cost, "holm")
        self.treat(case, "saksbehandler", "videre", DAY)
        return case


def open_steps(case: Case) -> list[tuple[str, str]]:
    rows = CaseStep.objects.filter(case=case, state=StepState.ACTIVE).order_by("organisation__name")
    return [(row.step, row.organisation.slot if row.organisation else "") for row in rows]


@pytest.fixture
def region(db: None) -> Iterator[Region]:
    """The model drafted and adopted by the real actions, meetings planned, youth councils in two of three."""
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        made = Region()
        text = (MODELS / "indre-fjord.yaml").read_text(encoding="utf-8")
        bootstrap = ModelVersion(
            key="indre-fjord", number=1, name="x", text=text, sha256="0" * 64, state=ModelState.ADOPTED
        )
        bootstrap.save()
        admin = made.actor("administrator", DAY)
        draft = governance_actions.draft_version(actor=admin, now=at(DAY), text=text)
        governance_actions.adopt(
            actor=admin,
            now=at(DAY),
            version_id=draft.pk,
            version=draft.version,
            adopted_by="Regionrådet",
            valid_from=DAY,
        )
        for slot in ("sund", "nes"):
            Seat(body="ungdomsrad", group="unge", body_organisation=made.places[slot]).save()
        for body, day in (("fagrad", FAGRAD), ("direktormote", DIREKTORMOTE), ("regionrad", REGIONRAD)):
            actions.plan_meeting(actor=made.actor("sekretaer", DAY), now=at(DAY), body=body, held_on=day)
        yield made


def test_the_whole_way_of_a_large_case(region: Region) -> None:
    """Deadlines by another body's meeting, a youth council only where there is one, silence as consent."""
    case = region.open(LARGE)
    (first,) = CaseStep.objects.filter(case=case)
    assert first.due_on == date(2026, 1, 26)
    region.treat(case, "saksbehandler", "videre", DAY)
    assert open_steps(case) == [("unge", "nes"), ("unge", "sund")]
    assert set(CaseStep.objects.filter(case=case, step="unge").values_list("due_on", flat=True)) == {date(2026, 2, 5)}
    with pytest.raises(Refused):
        region.treat(case, "ungdomskontakt-sund", "stille", DAY, of="nes")
    region.treat(case, "ungdomskontakt-sund", "merknad", DAY, of="sund", text="Tenk på mobil.")
    assert open_steps(case) == [("unge", "nes")]
    later = date(2026, 2, 6)
    assert actions.expire_steps(actor=region.actor("sekretaer", later).on_behalf("daily"), now=at(later)) == 1
    silent = Treatment.objects.get(case=case, organisation=region.places["nes"])
    assert (silent.outcome, silent.automatic) == ("stille", True)
    assert open_steps(case) == [("fagrad", "")]
    region.treat(case, "radsleder", "modent", FAGRAD)
    assert open_steps(case) == [("regionrad", "")]
    case.refresh_from_db()
    assert case.model_version.number == 2
    region.treat(case, "rettsleder", "plass", REGIONRAD, text="Nummer tre.")
    case.refresh_from_db()
    assert (case.state, case.outcome, case.outcome_effect) == (CaseState.ENDED, "plass", "end_positive")


def test_cost_changes_who_decides_and_how_long_the_check_may_take(region: Region) -> None:
    huge = region.open(HUGE, "holm")
    assert CaseStep.objects.get(case=huge).due_on == date(2026, 2, 9)
    small = region.at_fagrad(SMALL)
    region.treat(small, "sekretaer", "modent", FAGRAD)
    assert open_steps(small) == [("direktormote", "")]
    region.treat(small, "sekretaer", "loft", DIREKTORMOTE, reason="Prinsipielt.")
    assert open_steps(small) == [("regionrad", "")]


def test_where_nobody_has_the_optional_body_its_step_is_skipped_and_seen(region: Region) -> None:
    case = region.at_fagrad(LARGE)
    assert open_steps(case) == [("fagrad", "")]
    assert [(row.step, row.state) for row in CaseStep.objects.filter(case=case)][1] == ("unge", StepState.SKIPPED)


@pytest.mark.parametrize(
    ("outcome", "more", "state", "effect"),
    [
        ("plass", {"text": "Nummer én."}, CaseState.ENDED, "end_positive"),
        ("okonomiplan", {}, CaseState.ENDED, "refer"),
        ("vent", {"reason": "Venter på staten.", "until": date(2026, 9, 1)}, CaseState.PARKED, ""),
        ("bytt", {"reason": "Bør opp to plasser."}, CaseState.OPEN, ""),
    ],
)
def test_four_outcomes_none_of_which_is_yes_or_no(
    region: Region, outcome: str, more: dict[str, Any], state: str, effect: str
) -> None:
    case = region.at_fagrad(LARGE)
    region.treat(case, "radsleder", "modent", FAGRAD)
    region.treat(case, "rettsleder", outcome, REGIONRAD, **more)
    case.refresh_from_db()
    assert (case.state, case.outcome_effect) == (state, effect)
    if outcome == "bytt":
        assert open_steps(case) == [("regionrad", "")]
        region.treat(case, "rettsleder", "okonomiplan", REGIONRAD)


def votes(**choices: str) -> list[dict[str, Any]]:
    return [{"voter": slot, "slot": slot, "choice": choice} for slot, choice in choices.items()]


PRESENT = [{"name": slot, "seat": slot, "votes": True} for slot in ("sund", "nes", "holm")]


def test_votes_weigh_by_organisation(region: Region) -> None:
    """Three against three is a tie that fails; the largest with the smallest has four of six."""
    case = region.at_fagrad(LARGE)
    region.treat(case, "radsleder", "modent", FAGRAD)
    for against in (
        votes(sund="plass", nes="okonomiplan", holm="okonomiplan"),
        votes(sund="okonomiplan", nes="plass", holm="plass"),
    ):
        with pytest.raises(Invalid):
            region.treat(case, "rettsleder", "okonomiplan", REGIONRAD, present=PRESENT, votes=against)
    four = votes(sund="okonomiplan", nes="plass", holm="okonomiplan")
    with pytest.raises(Invalid):
        region.treat(case, "rettsleder", "plass", REGIONRAD, text="x", present=PRESENT, votes=four)
    region.treat(case, "rettsleder", "okonomiplan", REGIONRAD, present=PRESENT, votes=four)
    case.refresh_from_db()
    assert case.outcome == "okonomiplan"


def test_votes_count_even_when_nobody_is_listed_as_present(region: Region) -> None:
    case = region.at_fagrad(LARGE)
    region.treat(case, "radsleder", "modent", FAGRAD)
    with pytest.raises(Invalid):
        region.treat(case, "rettsleder", "okonomiplan", REGIONRAD, votes=votes(sund="plass", nes="plass"))


def test_too_few_present_cannot_decide(region: Region) -> None:
    """Half of the seats with a vote must be there; observers do not count."""
    case = region.at_fagrad(LARGE)
    for group, number, voting in (
        ("sund", 1, True),
        ("sund", 2, True),
        ("nes", 1, True),
        ("holm", 1, True),
        ("holm", 2, False),
    ):
        Seat(body="fagrad", group=group, number=number, organisation=region.places[group], votes=voting).save()
    few = [{"name": "sund", "votes": True}, {"name": "holm", "votes": False}]
    with pytest.raises(Invalid) as refusal:
        region.treat(case, "radsleder", "modent", FAGRAD, present=few)
    assert [error.field for error in refusal.value.errors] == ["present"]
    region.treat(case, "radsleder", "modent", FAGRAD, present=[*few, {"name": "nes", "votes": True}])


def test_agreement_decides_and_otherwise_the_chair(region: Region) -> None:
    case = region.at_fagrad(LARGE)
    agreed = votes(sund="modent", nes="modent", holm="modent")
    with pytest.raises(Invalid):
        region.treat(case, "radsleder", "umodent", FAGRAD, reason="x", present=PRESENT, votes=agreed)
    split = votes(sund="modent", nes="umodent", holm="umodent")
    region.treat(case, "radsleder", "modent", FAGRAD, present=PRESENT, votes=split)
    assert open_steps(case) == [("regionrad", "")]


def test_a_body_has_the_composition_of_the_day(region: Region) -> None:
    """Three dated versions of one body."""
    model = governance.current_model(DAY)
    assert model is not None
    body = model.body("fagrad")
    assert body is not None
    sizes = [
        found.size
        for day in (date(2024, 12, 31), date(2025, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
        if (found := body.composition_on(day))
    ]
    assert sizes == [3, 5, 5, 6]


def test_a_closed_step_is_not_treated_again(region: Region) -> None:
    case = region.at_fagrad(LARGE)
    row = CaseStep.objects.get(case=case, state=StepState.ACTIVE)
    region.treat(case, "radsleder", "modent", FAGRAD)
    row.refresh_from_db()
    with pytest.raises(Conflict):
        actions.treat(
            actor=region.actor("radsleder", FAGRAD),
            now=at(FAGRAD),
            case_step_id=row.pk,
            version=row.version,
            outcome="modent",
        )


def test_what_waits_is_on_the_right_desk(region: Region) -> None:
    case = region.open(LARGE)
    assert [row.step for row in queries.tasks_of(region.actor("saksbehandler", DAY))] == ["sjekk"]
    region.treat(case, "saksbehandler", "videre", DAY)
    waiting = queries.tasks_of(region.actor("ungdomskontakt-nes", DAY))
    assert [(row.step, row.organisation.slot) for row in waiting] == [("unge", "nes")]
    assert queries.tasks_of(region.actor("rettsleder", DAY)) == []
