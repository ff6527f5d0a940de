"""Lists of people and units: what each row becomes, all or nothing, and the same file twice."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samstyr.foundation.access import Act, Reach
from samstyr.foundation.audit.models import AuditEvent
from samstyr.foundation.kernel.errors import Invalid, Refused
from samstyr.foundation.organisations import actions
from samstyr.foundation.organisations.models import Organisation, Person, Unit
from samstyr.foundation.organisations.queries import unit_tree
from samstyr.foundation.organisations.queries.imports import (
    preview_people,
    preview_units,
)
from samstyr.foundation.organisations.rules.importing import (
    Around,
    Standing,
    UnitKnown,
    parents_first,
    read_people,
    read_units,
)
from samstyr.foundation.tables.reading import Table, read_table
from samstyr.foundation.tenancy.models import Tenant

from .factories import make_actor, make_organisation, make_person, make_unit

NOW = datetime(2026, 2, 10, 11, 0, tzinfo=UTC)


def csv(text: str) -> Table:
    return read_table(text.encode(), "liste.csv")


def people_actor(**more: Any) -> Any:
    return make_actor(grants=[Act.PEOPLE_MANAGE, Act.ORGANISATION_MANAGE], **more)


@pytest.fixture
def fjord(tenant: Tenant) -> Organisation:
    """A municipality with two services, one with a code shared by nobody."""
    row = make_organisation("Fjord kommune", "fjord", short_name="Fjord")
    make_unit(row, "Helse", code="20", is_area=True)
    make_unit(row, "Hjemmetjenesten", code="21", parent=Unit.objects.get(code="20"))
    return row


@pytest.mark.django_db
def test_each_row_is_new_changed_unchanged_or_wrong(fjord: Organisation) -> None:
    make_person("Lik", email="lik@prove.example", organisation=fjord)
    make_person("Før", email="endres@prove.example", title="Fagleder", organisation=fjord)
    table = csv(
        "Navn;E-post;Stilling;Organisasjon;Enhet\n"
        "Ny;ny@prove.example;;Fjord;21\n"
        "Lik;LIK@prove.example;;;\n"
        "Etter;endres@prove.example;;;hjemmetjenesten\n"
        ";tom@prove.example;;;\n"
        "Uten;;;;\n"
        "To;ny@prove.example;;;\n"
        "Ukjent;u@prove.example;;Vidde;\n"
        "Ukjent;u2@prove.example;;;Havna\n"
    )
    seen = preview_people(people_actor(), table)
    assert [row.standing.value for row in seen.rows] == [
        "new", "unchanged", "changed", "faulty", "faulty", "faulty", "faulty", "faulty",
    ]  # fmt: skip
    assert [row.faults[0].field for row in seen.of(Standing.FAULTY)] == [
        "Navn", "E-post", "E-post", "Organisasjon", "Tjeneste",
    ]  # fmt: skip
    changed = seen.rows[2]
    assert [(c.column, c.before, c.after) for c in changed.changes] == [
        ("Navn", "Før", "Etter"),
        ("Tjeneste", "", "Hjemmetjenesten"),
    ]
    assert changed.title == "Fagleder"
    assert "rad 2" in str(seen.rows[5].faults[0])
    assert seen.counts == {"new": 1, "changed": 1, "unchanged": 1, "faulty": 5}
    assert Person.objects.count() == 2


@pytest.mark.django_db
def test_nothing_is_written_unless_all_is_right_or_one_says_so(fjord: Organisation) -> None:
    table = csv("Navn;E-post\nNy;ny@prove.example\nFeil;nei\n")
    with pytest.raises(Invalid) as fault:
        actions.import_people(actor=people_actor(), now=NOW, table=table)
    said = str(fault.value.errors[0])
    assert "liste.csv, rad 3, kolonne E-post" in said
    assert "«nei»" in said
    assert not Person.objects.exists()
    assert not AuditEvent.objects.exists()
    done = actions.import_people(actor=people_actor(), now=NOW, table=table, only_right=True)
    assert (done.created, done.passed_over) == (1, 1)
    again = actions.import_people(actor=people_actor(), now=NOW, table=table, only_right=True)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 1)
    assert AuditEvent.objects.count() == 1
    assert Person.objects.get().version == 1


@pytest.mark.django_db
def test_a_local_right_reaches_its_own_rows_only(fjord: Organisation) -> None:
    make_organisation("Vidde kommune", "vidde")
    other = make_person("Viddas", email="v@prove.example", organisation=Organisation.objects.get(slot="vidde"))
    local = make_actor(grants=[(Act.PEOPLE_MANAGE, Reach.ORGANISATION)], organisation=fjord)
    table = csv(
        "Navn;E-post;Kommune\nA;a@prove.example;Fjord\nB;b@prove.example;Vidde kommune\nStjålet;v@prove.example;Fjord\n"
    )
    assert [row.standing.value for row in preview_people(local, table).rows] == ["new", "faulty", "faulty"]
    with pytest.raises(Refused):
        actions.import_people(actor=make_actor(holds=False), now=NOW, table=table)
    actions.import_people(actor=local, now=NOW, table=table, only_right=True)
    other.refresh_from_db()
    assert other.name == "Viddas"


@pytest.mark.django_db
def test_units_may_name_each_other_in_any_order(fjord: Organisation) -> None:
    table = csv(
        "Kode;Navn;Overordnet kode;Område\n32;Feiing;31;nei\n31;Brann;30;\n30;Teknisk;;ja\n21;Hjemmetjenesten;30;\n"
    )
    done = actions.import_units(actor=people_actor(), now=NOW, table=table)
    assert (done.created, done.changed) == (3, 1)
    teknisk = Unit.objects.get(code="30")
    assert teknisk.is_area
    assert len(unit_tree()[teknisk.pk]) == 4
    again = actions.import_units(actor=people_actor(), now=NOW, table=table)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 4)
    with pytest.raises(Refused):
        actions.import_units(actor=make_actor(holds=False), now=NOW, table=table)


@pytest.mark.django_db
def test_rings_missing_parents_and_faulty_parents_are_found(fjord: Organisation) -> None:
    table = csv(
        "Kode;Navn;Overordnet kode\n20;Helse;21\n40;A;41\n41;B;40\n50;C;99\n60;;\n61;E;60\n70;F;\n70;F igjen;\n"
    )
    rows = preview_units(people_actor(), table).rows
    assert [row.number for row in rows] == [2, 3, 4, 5, 6, 7, 8, 9]
    assert [row.standing.value for row in rows] == ["faulty"] * 6 + ["new", "faulty"]
    assert [str(row.faults[0].field) for row in rows[:4]] == ["Overordnet kode"] * 4


@pytest.mark.django_db
def test_a_parent_without_a_code_stays_when_the_file_says_nothing(fjord: Organisation) -> None:
    top = make_unit(fjord, "Uten kode")
    Unit.objects.filter(code="21").update(parent=top)
    actions.import_units(actor=people_actor(), now=NOW, table=csv("Kode;Navn;Overordnet kode\n21;Nytt navn;\n"))
    assert Unit.objects.get(code="21").parent_id == top.pk


@pytest.mark.django_db
def test_an_inactive_units_code_is_told(fjord: Organisation) -> None:
    Unit.objects.filter(code="21").update(is_active=False)
    (row,) = preview_units(people_actor(), csv("Kode;Navn\n21;Hjemme\n")).rows
    assert "avviklet" in str(row.faults[0])


def test_a_header_without_what_is_needed_is_refused() -> None:
    with pytest.raises(Invalid, match="«E-post» mangler"):
        read_people(csv("Navn\nA\n"), Around({}, (), {}))
    with pytest.raises(Invalid, match="«Kode» mangler"):
        read_units(csv("Navn\nA\n"), Around({}, (), {}))


def test_twenty_thousand_rows_against_a_thousand_units_take_seconds() -> None:
    from uuid import uuid4

    key = uuid4()
    units = [UnitKnown(uuid4(), key, str(n), f"Tjeneste {n}", None, False) for n in range(1000)]
    lines = "".join(f"Ansatt {n};a{n}@prove.example;Tjeneste {n % 1000}\n" for n in range(20_000))
    started = time.monotonic()
    rows = read_people(csv("Navn;E-post;Tjeneste\n" + lines), Around({"fjord": key}, units, {}))
    assert time.monotonic() - started < 10
    assert len(rows) == 20_000
    assert {row.standing.value for row in rows} == {"new"}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["", *"abcdefgh"]), min_size=1))
def test_what_is_accepted_is_always_a_tree(above: dict[str, str]) -> None:
    from uuid import uuid4

    text = "Kode;Navn;Overordnet kode\n" + "".join(f"{code};N;{parent}\n" for code, parent in above.items())
    rows = read_units(csv(text), Around({"fjord": uuid4()}, (), {}))
    right = [row for row in rows if row.standing.value != "faulty"]
    placed: set[str] = set()
    for row in parents_first(right):
        assert not row.parent_code or row.parent_code in placed
        placed.add(row.code)
    in_ring = {code for code in above if code in trail(above, code)}
    assert {row.code for row in rows if row.standing.value == "faulty"} >= in_ring


def trail(above: dict[str, str], code: str) -> list[str]:
    """Every code above this one, until the top or a repeat."""
    found: list[str] = []
    at = above.get(code, "")
    while at and at not in found:
        found.append(at)
        at = above.get(at, "")
    return found
