"""The budget workbook: a row per measure, type, municipality and source; sums are formulas that carry their values."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook

from samstyr.outward.exports.budget import budget
from samstyr.outward.exports.plan import content_of
from samstyr.wheel.portfolio.rules.lines import Cost
from samstyr.wheel.portfolio.tests.factories import ADOPTION, World


@pytest.fixture
def file(made: World) -> bytes:
    """The budget of two measures, one with both account types and odd kroner."""
    costs = (Cost(2026, "operating", "operating_budget", 100_001), Cost(2027, "investment", "operating_budget", 50_003))
    version = made.draft(made.line(costs=costs), made.line("=1+1", slots=("birkenes",)))
    return budget(content_of(version, ADOPTION, arrangement="Vi"), ["Ansvar", "Prosjekt"])


def sheets(file: bytes, *, values: bool) -> Any:
    return load_workbook(io.BytesIO(file), data_only=values)


def test_each_row_is_a_measure_type_municipality_and_source(file: bytes) -> None:
    rows = list(sheets(file, values=True)["Kroner"].iter_rows(values_only=True))
    assert rows[0] == (
        "Nr.",
        "Tiltak",
        "Type",
        "Kommune",
        "Kilde",
        "Ansvar",
        "Prosjekt",
        "2026",
        "2027",
        "2028",
        "2029",
        "Sum",
    )
    assert [(row[0], row[2], row[3]) for row in rows[1:-1]] == [
        (1, "Investering", "Birkenes"), (1, "Investering", "Lillesand"),
        (1, "Drift", "Birkenes"), (1, "Drift", "Lillesand"), (2, "Drift", "Birkenes"),
    ]  # fmt: skip
    assert all(row[5] is None and row[6] is None for row in rows[1:])
    assert rows[-1][7:] == (100_001 + 400_000, 50_003 + 200_000, 200_000, 200_000, 1_150_004)


def test_thousands_are_the_kroner_and_never_something_else(file: bytes) -> None:
    formulas, values = (sheets(file, values=wanted)["1000 kroner"] for wanted in (False, True))
    kroner = sheets(file, values=True)["Kroner"]
    for row in range(2, kroner.max_row):
        assert formulas.cell(row, 8).value == f"='Kroner'!H{row}/1000"
        assert values.cell(row, 12).value * 1000 == pytest.approx(kroner.cell(row, 12).value)
    assert formulas.cell(kroner.max_row, 12).value == f"=SUM(L2:L{kroner.max_row - 1})"
    assert values.cell(kroner.max_row, 12).value == pytest.approx(1150.004)


def test_the_summary_adds_up_to_the_same(file: bytes) -> None:
    summary = sheets(file, values=True)["Summer"]
    assert summary.cell(summary.max_row, summary.max_column).value == 1_150_004
    assert "SUMIFS" in sheets(file, values=False)["Summer"]["C2"].value


def test_the_sheets_are_set_up_for_reading_and_print(file: bytes) -> None:
    book = sheets(file, values=False)
    for name in ("1000 kroner", "Kroner"):
        page = book[name]
        assert page.freeze_panes == "A2"
        assert (page.page_setup.orientation, page.print_title_rows) == ("landscape", "$1:$1")
        assert page["H2"].number_format == "#,##0"
    about = {row[0]: row[1] for row in book["Om filen"].iter_rows(values_only=True)}
    assert {"Versjon", "Vedtak", "Segl", "Prisår"} <= about.keys()
    assert about["Styringsordning"] == "Vi"


def test_a_title_never_becomes_a_formula(file: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert b"<f>1+1" not in b"".join(archive.read(name) for name in archive.namelist())


def test_without_account_fields_in_the_model_the_usual_three_stand_empty(made: World) -> None:
    book = sheets(budget(content_of(made.draft(), ADOPTION)), values=True)
    assert [cell.value for cell in book["Kroner"][1]][5:8] == ["Ansvar", "Funksjon", "Art"]
