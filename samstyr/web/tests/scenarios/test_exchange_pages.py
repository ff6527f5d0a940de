"""The portfolio goes out as a workbook, is changed in Excel, and comes in again."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samstyr.foundation.documents.models import Document
from samstyr.foundation.tables.spreadsheet import XLSX
from samstyr.web.scenarios import exchanging
from samstyr.wheel.portfolio.tests.factories import FORUM, at
from samstyr.wheel.scenarios import actions
from samstyr.wheel.scenarios.models import Candidate
from samstyr.wheel.scenarios.queries import exchange
from samstyr.wheel.scenarios.queries.exchange import present_candidates
from samstyr.wheel.scenarios.rules.exchange.columns import BASELINE_SHEET
from tests.pages.reading import read

from .conftest import Made, text_of

SHEET = "Kandidater"


def book(made: Made, unit: str = "tkr") -> Any:
    """The workbook as it is downloaded."""
    answer = made.client().get(made.place("candidate-workbook"), {"unit": unit})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == XLSX
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="portefolje-{made.tenant.slug}-{FORUM:%Y-%m-%d}.xlsx"'
    )
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def column(sheet: Any, heading: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def put(workbook: Any, title: str, heading: str, value: object) -> None:
    """Write a cell of the candidate's row."""
    sheet = workbook[SHEET]
    named = column(sheet, "Tittel")
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, named).value == title)
    sheet.cell(row, column(sheet, heading)).value = value


def send(made: Made, workbook: Any, client: Any = None) -> Any:
    """Upload it."""
    out = io.BytesIO()
    workbook.save(out)
    file = SimpleUploadedFile("portefolje.xlsx", out.getvalue())
    return (client or made.client()).post(made.place("candidate-import"), {"file": file})


def sent(made: Made, workbook: Any, client: Any = None) -> str:
    """Upload it; where one is sent on."""
    answer = send(made, workbook, client)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def seal_of(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def choices_of(page: str) -> dict[str, list[str]]:
    """What can be chosen in each conflict: first what stands, then what the file says."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="radio" id="valg-[^"]*" name="(valg-[^"]*)" value="([^"]*)"', page):
        found.setdefault(name, []).append(value)
    return found


def key_of(address: str) -> UUID:
    return UUID(address.rstrip("/").rsplit("/", 1)[1])


def test_what_is_changed_in_excel_is_shown_and_then_saved(made: Made) -> None:
    row, other = made.candidate(), made.candidate("Sikker innlogging")
    workbook = book(made)
    put(workbook, "Digital post", "Eier", "Arkivleder")
    assert workbook["Kostnader"]["G1"].value == "Beløp (1 000 kr)"
    workbook["Kostnader"]["G2"] = 250.5
    address = sent(made, workbook)
    shown = made.client().get(address)
    read(shown)
    page = text_of(shown)
    for words in (
        "Arkivleder",
        "IT-leder",
        "250 500 kr",
        "Endret i filen",
        "Ingenting er lagret ennå",
        "Filen gjelder",
    ):
        assert words in page
    assert f"lastet ned {FORUM:%d.%m.%Y}" in page
    row.refresh_from_db()
    assert row.owner == "IT-leder"
    client = made.client()
    done = client.post(address, {"seen": seal_of(page), "_key": "en-gang"})
    assert "1 kandidat er endret." in text_of(client.get(done.headers["Location"]))
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.owner, row.version, other.version) == ("Arkivleder", 2, 1)
    assert 250_500 in [cost.amount for cost in row.costs.all()]
    # The file is gone when it has been read in; the same form once more is no fault.
    assert made.client().get(address).status_code == 404
    assert client.post(address, {"seen": seal_of(page), "_key": "en-gang"}).status_code == 303
    row.refresh_from_db()
    assert row.version == 2


def test_new_ones_and_those_taken_out_are_told(made: Made) -> None:
    made.candidate()
    workbook = book(made, "kr")
    assert workbook["Kostnader"]["G1"].value == "Beløp (kroner)"
    put(workbook, "Digital post", "Utgår", "utgår")
    put(workbook, "Digital post", "Begrunnelse for at den utgår", "For dyrt")
    sheet = workbook[SHEET]
    names = sheet.cell(2, column(sheet, "Kommuner (skill med semikolon)")).value
    sheet.cell(3, column(sheet, "Tittel")).value = "Vaktplan"
    sheet.cell(3, column(sheet, "Kommuner (skill med semikolon)")).value = names
    address = sent(made, workbook)
    shown = made.client().get(f"{address}?vis=new")
    read(shown)
    page = text_of(shown)
    assert "Vaktplan" in page
    assert "Digital post" not in page
    client = made.client()
    done = client.post(address, {"seen": seal_of(page)})
    assert "1 er ny, 1 er tatt ut." in text_of(client.get(done.headers["Location"]))
    assert set(Candidate.objects.values_list("title", "dropped_reason")) == {
        ("Digital post", "For dyrt"),
        ("Vaktplan", ""),
    }


def meanwhile(made: Made, row: Candidate, **changes: Any) -> None:
    """Somebody else changes the candidate after the workbook was fetched."""
    values = replace(present_candidates(FORUM)[row.pk].values, **changes)
    later = {"actor": made.world.actor("it_lead"), "now": at(FORUM) + timedelta(hours=1)}
    actions.save_candidate(**later, candidate_id=row.pk, version=None, values=values)


@pytest.mark.parametrize(("choice", "owner"), [(0, "Rådgiver"), (1, "Arkivleder")])
def test_what_both_have_changed_is_chosen_for(made: Made, choice: int, owner: str) -> None:
    row = made.candidate()
    workbook = book(made)
    put(workbook, "Digital post", "Eier", "Arkivleder")
    put(workbook, "Digital post", "Risiko (0–100)", 33)
    meanwhile(made, row, owner="Rådgiver", kind="Fagsystem")
    address = sent(made, workbook)
    first = text_of(made.client().get(address))
    assert "Antall felt som er endret både i Samstyr og i filen: 1." in first
    assert 'name="seen"' not in first
    shown = made.client().get(f"{address}?vis=conflict")
    read(shown)
    page = text_of(shown)
    who = made.world.who("it_lead").name
    for words in (
        "Behold det som står i Samstyr: <strong>Rådgiver</strong>",
        "Bruk det som står i filen: <strong>Arkivleder</strong>",
        "Da filen ble lastet ned: IT-leder",
        f"Sist endret i Samstyr av {who} {FORUM:%d.%m.%Y}",
        "Fagsystem",
        "Samstyr gjelder",
    ):
        assert words in page
    unchosen = made.client().post(address, {"seen": seal_of(page)})
    assert unchosen.status_code == 422
    read(unchosen)
    assert "Antall felt uten valg: 1." in text_of(unchosen)
    assert choices_of(text_of(unchosen)) == choices_of(page)
    row.refresh_from_db()
    assert row.risk == 20
    ((name, offered),) = choices_of(page).items()
    assert made.client().post(address, {"seen": seal_of(page), name: offered[choice]}).status_code == 303
    row.refresh_from_db()
    assert (row.owner, row.risk, row.kind) == (owner, 33, "Fagsystem")


def test_what_has_changed_since_it_was_seen_is_seen_again_with_the_choices(made: Made) -> None:
    row = made.candidate()
    workbook = book(made)
    put(workbook, "Digital post", "Eier", "Arkivleder")
    put(workbook, "Digital post", "Risiko (0–100)", 33)
    meanwhile(made, row, owner="Rådgiver", risk=44)
    address = sent(made, workbook)
    page = text_of(made.client().get(f"{address}?vis=conflict"))
    offered = choices_of(page)
    meanwhile(made, row, owner="Kontorleder")
    given = {"seen": seal_of(page), "otherwise": "mine", **{name: values[1] for name, values in offered.items()}}
    answer = made.client().post(address, given)
    assert answer.status_code == 409
    read(answer)
    again = text_of(answer)
    assert "endret i Samstyr etter at du så" in again
    assert "Kontorleder" in again
    assert seal_of(again) != seal_of(page)
    # What was chosen is still chosen, but not where the text it was chosen against is another.
    assert len(re.findall(r'value="mine\.[0-9a-f]{16}" checked', again)) == 1
    assert re.search(r'value="mine"[^>]*checked', again)
    row.refresh_from_db()
    assert (row.owner, row.risk) == ("Kontorleder", 44)
    assert made.client().post(address, {"seen": seal_of(again), "otherwise": "mine"}).status_code == 303
    row.refresh_from_db()
    assert (row.owner, row.risk) == ("Arkivleder", 33)


def test_beyond_what_there_is_room_for_one_answer_holds_for_all(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchanging, "MOST_CHOSEN", 2)
    rows = [made.candidate(f"Tiltak {number}") for number in range(3)]
    workbook = book(made)
    for row in rows:
        put(workbook, row.title, "Eier", "Arkivleder")
        meanwhile(made, row, owner="Rådgiver")
    address = sent(made, workbook)
    page = text_of(made.client().get(f"{address}?vis=conflict"))
    offered = choices_of(page)
    assert len(offered) == 2
    assert "Antall felt det ikke er plass til her: 1." in page
    chosen = {name: values[0] for name, values in offered.items()}
    assert made.client().post(address, {"seen": seal_of(page), **chosen}).status_code == 422
    answer = made.client().post(address, {"seen": seal_of(page), "otherwise": "mine", **chosen})
    assert answer.status_code == 303
    assert sorted(Candidate.objects.values_list("owner", flat=True)) == ["Arkivleder", "Rådgiver", "Rådgiver"]


def test_what_is_wrong_is_told_and_nothing_is_saved(made: Made) -> None:
    row = made.candidate()
    workbook = book(made)
    put(workbook, "Digital post", "Eier", "Arkivleder")
    put(workbook, "Digital post", "Risiko (0–100)", 900)
    workbook["Bemanning"].append(["99", None, None, "Arkivar", 1, 20])
    address = sent(made, workbook)
    shown = made.client().get(address)
    read(shown)
    page = text_of(shown)
    assert "Må rettes" in page
    assert "Det finnes ingen kandidat med nummer «99»." in page
    assert "Alt leses inn samlet, eller ingenting" in page
    assert 'name="seen"' not in page
    seal = exchange.preview_portfolio(made.world.actor("it_lead"), key_of(address), day=FORUM).seal
    answer = made.client().post(address, {"seen": seal})
    assert answer.status_code == 422
    read(answer)
    assert "2 feil må rettes i filen" in text_of(answer)
    row.refresh_from_db()
    assert (row.owner, row.risk) == ("IT-leder", 20)


def test_a_file_without_changes_says_so(made: Made) -> None:
    made.candidate()
    shown = made.client().get(sent(made, book(made)))
    read(shown)
    page = text_of(shown)
    assert "Filen har ingen endringer å lese inn" in page
    assert 'name="seen"' not in page


def test_a_file_can_be_discarded(made: Made) -> None:
    row = made.candidate()
    workbook = book(made)
    put(workbook, "Digital post", "Eier", "Arkivleder")
    address = sent(made, workbook)
    assert made.client().post(address, {"discard": "1"}).status_code == 303
    assert made.client().get(address).status_code == 404
    assert not Document.objects.exists()
    row.refresh_from_db()
    assert row.owner == "IT-leder"


def _bomb() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.xml", b"0" * (160 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Filen er tom"),
        (b"ikke en arbeidsbok", "portefolje.xlsx"),
        (b"PK\x03\x04" + b"\0" * 40, "portefolje.xlsx"),
        (b"%PDF-1.7", "portefolje.xlsx"),
        (_bomb, "for stor når den pakkes ut"),
    ],
)
def test_what_is_no_workbook_is_refused(made: Made, content: Any, words: str) -> None:
    data = content() if callable(content) else content
    file = SimpleUploadedFile("portefolje.xlsx", data)
    answer = made.client().post(made.place("candidate-import"), {"file": file})
    assert answer.status_code == 422
    read(answer)
    assert words in text_of(answer)
    assert not Document.objects.exists()


def test_no_file_and_a_file_from_elsewhere_are_refused(made: Made) -> None:
    made.candidate()
    answer = made.client().post(made.place("candidate-import"))
    assert answer.status_code == 422
    assert "Velg en fil" in text_of(answer)
    workbook = book(made)
    sheet = workbook[BASELINE_SHEET]
    stamp = next(cell for row in sheet for cell in row if str(made.tenant.pk) in str(cell.value))
    stamp.value = stamp.value.replace(str(made.tenant.pk), str(uuid4()))
    answer = send(made, workbook)
    assert answer.status_code == 422
    assert "hentet fra en annen styringsordning" in text_of(answer)


def test_only_who_edits_the_plan_may_and_only_ones_own_file(made: Made) -> None:
    made.candidate()
    workbook = book(made)
    put(workbook, "Digital post", "Eier", "Arkivleder")
    address = sent(made, workbook)
    reader = made.client("municipal_director:birkenes")
    assert reader.get(made.place("candidate-workbook")).status_code == 403
    assert reader.get(made.place("candidate-import")).status_code == 403
    assert send(made, workbook, reader).status_code == 403
    assert reader.get(address).status_code == 403
    assert reader.post(address, {"discard": "1"}).status_code == 403
    assert made.client().get(made.place("candidate-import-preview", uuid4())).status_code == 404
    # The list offers it to those who may.
    for who, offered in (("it_lead", True), ("municipal_director:birkenes", False)):
        page = text_of(made.client(who).get(made.place("candidate-list")))
        assert (made.place("candidate-workbook") in page, made.place("candidate-import") in page) == (offered, offered)


@pytest.mark.slow
@pytest.mark.everywhere
def test_a_long_file_is_divided_and_asks_no_more(made: Made) -> None:
    def questions(number: int) -> tuple[dict[str, int], int]:
        rows = [made.candidate(f"Tiltak {number} {at_}") for at_ in range(number)]
        workbook = book(made)
        sheet = workbook[SHEET]
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, column(sheet, "Tittel")).value:
                sheet.cell(row, column(sheet, "Eier")).value = "Ny eier"
        for one in rows[: number // 2]:
            meanwhile(made, one, owner="Deres")
        client = made.client()
        address = sent(made, workbook, client)
        found = {}
        for query in ("", "?vis=conflict", "?vis=changed", "?vis=changed&page=2"):
            client.get(address + query)
            with CaptureQueriesContext(connection) as asked:
                page = text_of(client.get(address + query))
            assert "Ny eier" in page
            found[query] = len(asked)
        return found, page.count("<h3")

    few, shown = questions(4)
    assert shown == 2
    many, shown = questions(106)
    # Half of the new ones and the four of before are changed in the file only: 57, of which 50 on the first page.
    assert shown == 7
    assert many == few


def test_long_texts_are_told_from_where_they_differ() -> None:
    same = "Likt " * 100
    now, mine = exchanging.around_difference([f"{same}før", f"{same}etter"])
    assert (now[:2], now[-3:], mine[-5:]) == ("… ", "før", "etter")
    assert len(now) < 80
    assert exchanging.around_difference(["", same])[1].startswith("Likt")
    assert exchanging.around_difference(["", same])[0] == ""
    assert exchanging.around_difference(["kort", "Kort"]) == ["kort", "Kort"]
    assert exchanging.choices({"valg-x-y": "mine", f"valg-{UUID(int=1).hex}-b3duZXI": "mine.1", "valg-": "system"}) == {
        (UUID(int=1), "owner"): "mine"
    }
