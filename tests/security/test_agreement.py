"""The list and the verdict agree, for needs and cases and whoever asks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samstyr.foundation.access import Act
from samstyr.foundation.organisations.queries import unit_tree
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.casework import queries as cases
from samstyr.procedure.casework.models import Case, CaseOrganisation, CaseStep
from samstyr.wheel.needs import queries as needs
from samstyr.wheel.needs.models import CoAuthor, Need, NeedOrganisation, NeedState
from tests.security.agreement import actors, disagreements
from tests.security.filling import fill
from tests.security.world import AUTHOR, HOME, NEIGHBOUR, World, build, model, who

pytestmark = pytest.mark.django_db
AT_LENGTH = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def world() -> World:
    return build("prove")


@pytest.fixture
def some_needs(world: World) -> list[Any]:
    """Needs of both municipalities in every state, some joint, some with a co-author, some of no unit."""
    rows = []
    number = 0
    with tenant_scope(world.tenant.pk):
        people = [world.people[AUTHOR], world.people["unit_manager"], world.people[f"unit_manager@{NEIGHBOUR}"]]
        for slot in (HOME, NEIGHBOUR):
            for unit in (world.units[slot], world.areas[slot], None):
                for state in NeedState.values:
                    number += 1
                    row = fill(
                        Need,
                        "behov",
                        state=state,
                        organisation=world.organisations[slot],
                        unit=unit,
                        number=number,
                        submitter=people[number % 3],
                        import_key="",
                    )
                    fill(NeedOrganisation, "behov", need=row, organisation=world.organisations[slot])
                    if number % 4 == 0:
                        other = NEIGHBOUR if slot == HOME else HOME
                        fill(NeedOrganisation, "behov", need=row, organisation=world.organisations[other])
                    if number % 5 == 0:
                        fill(CoAuthor, "behov", need=row, person=people[(number + 1) % 3])
                    rows.append(row)
    return rows


@AT_LENGTH
@given(data=st.data())
def test_needs(world: World, some_needs: list[Any], data: st.DataObject) -> None:
    with tenant_scope(world.tenant.pk):
        actor = data.draw(
            actors(
                world.tenant.pk,
                people=sorted({need.submitter_id for need in some_needs} | {world.people["no role"].pk}, key=str),
                organisations=[world.organisations[slot].pk for slot in (HOME, NEIGHBOUR)],
                units=unit_tree(),
                acts=[Act.NEED_READ, Act.NEED_EDIT],
            )
        )
        assert disagreements([actor], some_needs, visible_to=needs.visible_to, act=Act.NEED_READ) == []


@pytest.fixture
def some_cases(world: World) -> list[Any]:
    """Cases of one municipality, the other and both; of a unit, an area and none; at every step of the path."""
    rows = []
    path = model().path_for("need")
    with tenant_scope(world.tenant.pk):
        for number, found in enumerate(path.steps):
            for slots, slot in (((HOME,), HOME), ((NEIGHBOUR,), NEIGHBOUR), ((HOME, NEIGHBOUR), HOME)):
                for unit in (world.units[slot], world.areas[slot], None):
                    # As the engine makes them: only a body that each organisation has its own of is one of a place.
                    each = bool(found.actor.body) and model().body(found.actor.body).per == "organisation"
                    case = fill(
                        Case,
                        "sak",
                        subject_kind="plan",
                        path=path.key,
                        model_version=world.version,
                        unit=unit,
                        opened_by=world.people[AUTHOR] if number % 2 else None,
                        outcome="",
                        year=2026,
                        facts_given={},
                    )
                    for taking_part in slots:
                        fill(CaseOrganisation, "sak", case=case, organisation=world.organisations[taking_part])
                    fill(
                        CaseStep,
                        "steg",
                        case=case,
                        step=found.key,
                        kind=found.kind,
                        order=1,
                        unit=unit,
                        organisation=world.organisations[slot] if each else None,
                        actor_role=found.actor.role or "",
                        actor_body=found.actor.body or "",
                        person=None,
                        outcome="",
                    )
                    rows.append(case)
        return list(cases.with_parts(Case.objects.filter(pk__in=[row.pk for row in rows])))


@AT_LENGTH
@given(data=st.data())
def test_cases(world: World, some_cases: list[Any], data: st.DataObject) -> None:
    with tenant_scope(world.tenant.pk):
        actor = data.draw(
            actors(
                world.tenant.pk,
                people=[world.people[AUTHOR].pk, world.people["no role"].pk],
                organisations=[world.organisations[slot].pk for slot in (HOME, NEIGHBOUR)],
                units=unit_tree(),
                acts=[Act.CASE_READ, Act.CASE_COMMENT],
                roles=tuple(role.key for role in model().roles),
            )
        )
        wrong = disagreements(
            [actor], some_cases, visible_to=cases.visible_to, act=Act.CASE_READ, facts=cases.case_facts
        )
        assert wrong == []


def test_the_helper_sees_a_list_that_shows_too_much_and_one_that_hides(world: World, some_needs: list[Any]) -> None:
    from samstyr.foundation.organisations.tests.factories import make_actor

    with tenant_scope(world.tenant.pk):
        nobody, reader = make_actor(), make_actor(grants=[Act.NEED_READ])
        everything = disagreements([nobody], some_needs, visible_to=lambda actor: Need.objects.all(), act=Act.NEED_READ)
        nothing = disagreements([reader], some_needs, visible_to=lambda actor: Need.objects.none(), act=Act.NEED_READ)
    assert len(everything) == len(some_needs)
    assert len(nothing) == sum(need.state != NeedState.DRAFT for need in some_needs)


def test_the_world_has_a_person_in_every_column(world: World) -> None:
    assert set(world.people) | {"anonymous", "outsider"} == set(who())
