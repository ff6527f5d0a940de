"""The authorisation matrix: every address × method × person, against the reviewed table docs/security/matrix.csv.

The table is the judgement; what must hold whatever it says is asserted beside it, so that a table filled in from
a faulty product does not pass.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from samstyr.foundation.tenancy.scope import tenant_scope
from tests.security import matrix
from tests.security.addresses import (
    HARMLESS,
    OUTSIDE,
    SIGNED,
    arguments,
    cells,
    mounted,
    parameters,
    patterns,
    unregistered,
)
from tests.security.world import ANONYMOUS, OUTSIDER, World, build, client_of, who

pytestmark = pytest.mark.django_db
PEOPLE = who()


@pytest.fixture
def world() -> World:
    return build("prove")


@pytest.fixture
def elsewhere() -> World:
    return build("annet")


def test_every_address_is_in_the_register() -> None:
    assert unregistered() == []
    assert set(OUTSIDE) <= {route for route, _pattern in patterns()}


def test_no_identifier_in_an_address_can_be_guessed() -> None:
    for route, pattern in patterns():
        if pattern.name in SIGNED:
            continue
        kinds = {kind for name, kind in parameters(route).items() if name not in HARMLESS}
        assert kinds <= {"uuid", "slug"}, route


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    table = set(matrix.reviewed())
    missing, left_over = set(cells()) - table, table - set(cells())
    assert not missing, f"rows are missing; see script/matrix --missing: {sorted(missing)}"
    assert not left_over, f"rows without an address: {sorted(left_over)}"


def test_every_person_has_a_column() -> None:
    for row in matrix.reviewed().values():
        assert list(row) == PEOPLE


def test_every_address_can_be_asked_for(world: World) -> None:
    with tenant_scope(world.tenant.pk):
        for name in mounted():
            arguments(world, name)


def always_true(person: str, name: str, status: str) -> str:
    """What is wrong with the answer whatever the table says; empty when nothing is."""
    address = mounted()[name][1]
    if status == "–":
        return "cannot be asked for; tests/security/objects.py lacks it"
    if status.startswith("5"):
        return "falls over"
    if person == ANONYMOUS and not address.public and status != "302":
        return "answers somebody who is not logged in"
    if person == OUTSIDER and address.tenant and status != "404":
        return "lets somebody of another arrangement know that it is there"
    return ""


# Who may do what knows no database, so on the second one these are enough: they bring every page's questions there.
ON_BOTH = {"administrator", "it_lead", "author", "auditor", "unit_manager@lillesand", ANONYMOUS, OUTSIDER}


@pytest.mark.slow
@pytest.mark.everywhere
@pytest.mark.parametrize(
    "person", [person if person in ON_BOTH else pytest.param(person, marks=pytest.mark.pure) for person in PEOPLE]
)
def test_everybody_meets_what_the_table_says(world: World, elsewhere: World, person: str) -> None:
    table = matrix.reviewed()
    wrong = []
    for (name, method), status in matrix.observe(client_of(world, person, elsewhere), world).items():
        fault = always_true(person, name, status)
        expected = table.get((name, method), {}).get(person, status)
        if fault or status != expected:
            wrong.append(f"{name} {method}: {status}, the table says {expected}. {fault}")
    assert wrong == []


@pytest.mark.slow
@pytest.mark.everywhere
def test_other_methods_are_refused(world: World) -> None:
    client = client_of(world, "administrator")
    with tenant_scope(world.tenant.pk):
        paths = {name: matrix.path_of(world, name) for name in mounted()}
    for name, path in paths.items():
        allowed = mounted()[name][1].methods
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - set(allowed):
            assert client.generic(method, path).status_code == 405, (name, method)


@pytest.mark.skipif(not os.environ.get("SAMSTYR_MATRIX"), reason="only when script/matrix asks for it")
def test_write_down_what_is_observed(world: World, elsewhere: World) -> None:
    observed = {person: matrix.observe(client_of(world, person, elsewhere), world) for person in PEOPLE}
    Path(os.environ["SAMSTYR_MATRIX"]).write_text(matrix.rows(observed), encoding="utf-8")
