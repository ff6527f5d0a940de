"""The five shipped models as tenants of one installation: each keeps to itself, and they can be laid beside each other."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client

from samstyr.demo import founding
from samstyr.demo.living import World, at
from samstyr.foundation.governance import bundles
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.dialects import CAPABILITIES, Row, compare, gates_of
from samstyr.foundation.organisations.tests.factories import log_in
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import tenant_scope
from tests.support import make_tenant

DAY = date(2026, 11, 23)
B, D, A, G, N = "birkenes-lillesand", "ks-du", "aurskog-holand", "gjovik", "bronnoy"


class Home:
    """A tenant that has adopted one of the shipped models, with nobody but its administrator."""

    def __init__(self, bundle: str) -> None:
        self.bundle = bundle
        self.tenant: Tenant = make_tenant(slug=f"{bundle}-prove")
        with tenant_scope(self.tenant.pk):
            self.world = World(self.tenant.pk, founding.model_of(bundle))
            for slot in self.world.model.organisations:
                self.world.organisations[slot.key] = founding.make_organisation(
                    self.world, at(DAY), slot.key, name=str(slot.name), kind=slot.kind
                )
            founding.make_person(
                self.world, at(DAY), "administrator", name="Administrator", title="Administrator",
                email=f"{bundle}@prove.example", organisation=self.world.model.organisations[0].key, login=True,
            )  # fmt: skip
            founding.give(self.world, at(DAY), "administrator", "administrator", starts_on=date(2020, 1, 1))
            founding.adopt(
                self.world, at(DAY), founding.text_of(bundle), by="Det organet som kan", reason="Prøve.",
                valid_from=date(2020, 1, 1),
            )  # fmt: skip
            row = governance.version_in_force(DAY)
            assert row is not None
            self.version = row

    def client(self) -> Client:
        client: Client = log_in(Client(), self.world.people["administrator"])
        return client

    def address(self, rest: str) -> str:
        return f"/o/{self.tenant.slug}/{rest}"


@pytest.fixture
def homes(db: None) -> Iterator[dict[str, Home]]:
    yield {name: Home(name) for name in bundles.names()}


@pytest.mark.slow
def test_w10_7_each_tenant_has_its_own_model_and_finds_no_other(homes: dict[str, Home]) -> None:
    """B-01, D-34, A-110, G-109, N-121: five in one installation, and none sees another's configuration."""
    assert set(homes) == {B, D, A, G, N}
    for name, home in homes.items():
        with tenant_scope(home.tenant.pk):
            assert [row.key for row in governance.versions()] == [name]
            model = governance.current_model(DAY)
            assert model is not None and model.key == name
            assert all(governance.version(other.version.pk) is None for other in homes.values() if other is not home)
        client = home.client()
        assert client.get(home.address("styringsmodell/")).status_code == 200
        for other in homes.values():
            for page in ("", "yaml/", "roller/", "funn/", "proeve/", "forskjell/"):
                answer = client.get(home.address(f"styringsmodell/{other.version.pk}/{page}"))
                assert answer.status_code == (200 if other is home else 404), (name, other.bundle, page)
            if other is not home:
                assert client.get(other.address("styringsmodell/")).status_code == 404


def table() -> dict[str, Row]:
    return {row.key: row for row in compare(governance.shipped_models())}


def said(row: Row, name: str) -> str:
    return "\n".join(row.cells[name].lines)


def test_w10_9_who_decides_stages_weights_phases_gates_and_open_findings_equal_the_dialect_table() -> None:
    rows = table()
    assert [row.key for row in rows.values()] == [key for key, _name, _say in CAPABILITIES]
    decide = rows["decide"]
    assert "samarbeidsorgan" in said(decide, B)
    assert "KommIT-rådet" in said(decide, D) and "Digitaliseringsutvalget" not in said(decide, D)
    assert "Behov: Programstyret" in said(decide, A)
    assert "Behov: Rådmannens ledergruppe" in said(decide, G)
    assert "Behov: IKT-styringsgruppen" in said(decide, N)
    assert "40/30/15/15" in said(rows["weights"], G) and "10/40/25/25" in said(rows["weights"], G)
    assert not any(rows["weights"].cells[name] for name in (B, D, A, N))
    assert "Fast rekkefølge" in said(rows["ranking"], N) and "Vektet sum" in said(rows["ranking"], G)
    assert len(said(rows["phases"], N).split(" → ")) == 5
    assert not rows["phases"].cells[B] and not rows["phases"].cells[D]
    assert {name: len(gates_of(model)) for name, model in governance.shipped_models().items()} == {
        A: 3, B: 0, N: 3, G: 2, D: 0,
    }  # fmt: skip
    assert "4 år" in said(rows["terms"], D)
    assert "Sammenslåing" in said(rows["cooperation"], A) and "Vertskommune" in said(rows["cooperation"], N)
    assert all(rows["findings"].cells[name].lines[0].startswith("Åpne feil: 0.") for name in (A, B, D, G, N))


def test_a_model_that_says_nothing_has_empty_cells_and_the_same_twice_is_no_difference() -> None:
    model = governance.shipped_models()[G]
    rows = compare({"en": model, "to": model})
    assert not any(row.differs for row in rows)
    bare = model.model_copy(
        update={"criteria": (), "ranking": None, "project_model": None, "wheel": None, "maturity": ()}
    )
    cells = {row.key: row.cells["to"] for row in compare({"en": model, "to": bare})}
    assert [key for key in ("weights", "ranking", "phases", "gates", "wheel") if cells[key]] == []


@pytest.mark.slow
def test_the_page_lays_ones_own_beside_the_shipped_and_gives_it_as_excel(db: None) -> None:
    home = Home(G)
    client = home.client()
    page = client.get(home.address("styringsmodell/sammenlign/"))
    text = page.content.decode()
    assert page.status_code == 200
    assert "(deres egen)" in text and "40/30/15/15" in text and "Ikke omtalt" in text
    narrowed = client.get(home.address("styringsmodell/sammenlign/?modell=egen&modell=ks-du&ulike=on")).content.decode()
    assert "KommIT-rådet" in narrowed and "IKT-styringsgruppen" not in narrowed
    same = client.get(home.address("styringsmodell/sammenlign/?modell=gjovik&ulike=on")).content.decode()
    assert "Modellene gjør alt likt" in same
    answer = client.get(home.address("styringsmodell/sammenlign/tabell.xlsx?modell=egen&modell=bronnoy"))
    sheet: Any = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    lines = list(sheet.iter_rows(values_only=True))
    assert len(lines[0]) == 3 and len(lines) == 1 + len(CAPABILITIES)
    assert any("40/30/15/15" in str(line[1]) for line in lines)
