"""The list and the verdict agree, for needs and cases and whoever asks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samstyr.foundation.access import Act
from samstyr.foundation.organisations.queries import unit_tree
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.wheel.needs import queries as needs
from samstyr.wheel.needs.models import CoAuthor, Need, NeedOrganisation, NeedState
from tests.security.agreement import actors, disagreements
from tests.security.filling import fill
from tests.security.world import AUTHOR, HOME, NEIGHBOUR, World, build, who

pytestmark = pytest.mark.django_db
AT_LENGTH = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
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
                        Need, "behov", state=state, organisation=world.organisations[slot], unit=unit, number=number,
                        submitter=people[number % 3], import_key="",
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


def test_the_helper_sees_a_list_that_shows_too_much_and_one_that_hides(world: World, some_needs: list[Any]) -> None:
    from samstyr.foundation.organisations.tests.factories import make_actor

    with tenant_scope(world.tenant.pk):
        nobody, reader = make_actor(), make_actor(grants=[Act.NEED_READ])
        everything = disagreements(
            [nobody], some_needs, visible_to=lambda actor: Need.objects.all(), act=Act.NEED_READ
        )
        nothing = disagreements([reader], some_needs, visible_to=lambda actor: Need.objects.none(), act=Act.NEED_READ)
    assert len(everything) == len(some_needs)
    assert len(nothing) == sum(need.state != NeedState.DRAFT for need in some_needs)


def test_the_world_has_a_person_in_every_column(world: World) -> None:
    assert set(world.people) | {"anonymous", "outsider"} == set(who())
