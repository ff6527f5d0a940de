"""The portfolio's workbook in a real browser: fetched, changed in a spreadsheet, seen through, chosen in and read in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from .conftest import Person, look

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CANDIDATES = "/o/birkenes-lillesand/portefolje/kandidater/"


def changed(source: Path, target: Path) -> int:
    """Another owner and a long reason for the first candidate, another risk for the second, and a new one.

    The number of the first.
    """
    book = openpyxl.load_workbook(source)
    sheet = book["Kandidater"]
    place = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, place["Eier"]).value = "Arkivleder i Birkenes"
    sheet.cell(2, place["Beskrivelse"]).value = "Brev og svar går digitalt. " * 30
    sheet.cell(2, place["Risiko (0–100)"]).value = 61
    sheet.cell(3, place["Risiko (0–100)"]).value = 37
    free = next(row for row in range(2, sheet.max_row + 2) if not sheet.cell(row, place["Tittel"]).value)
    sheet.cell(free, place["Tittel"]).value = "Felles vaktplan"
    sheet.cell(free, place["Kommuner (skill med semikolon)"]).value = sheet.cell(
        2, place["Kommuner (skill med semikolon)"]
    ).value
    book["Kostnader"].cell(2, 7).value = 123.5
    book.save(target)
    return int(sheet.cell(2, 1).value)


def meanwhile(page: Any, number: int) -> None:
    """The same candidate is changed in Samstyr."""
    page.goto(CANDIDATES)
    page.locator("tbody tr", has=page.locator("td", has_text=str(number))).first.locator("a").first.click()
    page.goto(f"{page.url}rediger/")
    page.fill("#id_owner", "Rådgiver digitalisering")
    page.fill("#id_description", "Brev går digitalt, svar på papir.")
    page.get_by_role("button", name="Lagre").first.click()
    page.wait_for_url(lambda url: not url.endswith("rediger/"))


def test_the_workbook_goes_out_and_comes_back(person: Person, tmp_path: Path) -> None:
    page = person("IT-leder")
    page.goto(CANDIDATES)
    page.get_by_text("Flere valg").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned arbeidsbok til å endre i Excel").click()
    download.value.save_as(tmp_path / "ut.xlsx")
    number = changed(tmp_path / "ut.xlsx", tmp_path / "inn.xlsx")
    meanwhile(page, number)
    page.goto(f"{CANDIDATES}les-inn/")
    look(page, "arbeidsbok-last-opp")
    page.set_input_files("#id_file", tmp_path / "inn.xlsx")
    page.get_by_role("button", name="Se hva som vil skje").click()
    page.wait_for_url("**/les-inn/*-*/")
    look(page, "arbeidsbok-se-over")
    page.get_by_role("link", name="Velg hva som skal gjelde").click()
    page.get_by_role("button", name="Les inn endringene").click()
    page.locator(".error-summary").wait_for()
    look(page, "arbeidsbok-uten-valg")
    page.get_by_label("Bruk det som står i filen: Arkivleder").check()
    page.locator("#id_otherwise_1").check()
    look(page, "arbeidsbok-valg")
    page.get_by_role("button", name="Les inn endringene").click()
    page.wait_for_url(f"**{CANDIDATES}")
    assert "Arbeidsboken er lest inn: 2 kandidater er endret, 1 er ny." in page.inner_text("main")
    look(page, "arbeidsbok-lest-inn")
