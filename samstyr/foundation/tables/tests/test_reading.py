"""The reader of spreadsheets: what it takes, and how it refuses."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.tables.reading import MOST_BYTES, match_columns, read_table
from samstyr.foundation.tables.spreadsheet import SheetOut, csv_file, workbook

KNOWN = {"name": ("Navn", "fullt navn"), "email": ("E-post", "epostadresse")}


def book(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        fill(made)
    return out.getvalue()


def one_sheet(fill: Callable[[xlsxwriter.worksheet.Worksheet], object]) -> bytes:
    return book(lambda made: fill(made.add_worksheet("Ark")))


def refused(data: bytes, name: str = "liste.xlsx") -> str:
    with pytest.raises(Invalid) as fault:
        read_table(data, name)
    (error,) = fault.value.errors
    assert error.field == "file"
    assert name in str(error)
    return str(error)


def test_values_keep_their_kind_and_rows_their_number() -> None:
    def fill(sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_row(2, 0, ["Navn", "Dato", "Tall", "Kode"])
        sheet.write_row(5, 0, ["  Åse\u00a0Ø ", "", 3.0, "0301"])
        sheet.write_datetime(5, 1, date(2026, 2, 1), sheet.book_format)  # type: ignore[attr-defined]
        sheet.write(6, 2, 2.5)

    def make(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet("Ark")
        sheet.book_format = made.add_format({"num_format": "dd.mm.yyyy"})  # type: ignore[attr-defined]
        fill(sheet)

    table = read_table(book(make), "liste.xlsx")
    assert table.header == ("Navn", "Dato", "Tall", "Kode")
    assert table.rows == (
        (6, ("Åse\u00a0Ø", date(2026, 2, 1), 3, "0301")),
        (7, (None, None, 2.5, None)),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_csv_is_read_in_the_character_sets_and_with_the_marks_people_have(encoding: str, mark: str) -> None:
    text = f'Navn{mark}Sted\r\nÆrlig Øye{mark}"Å{mark}s"\r\n\r\nTo{mark}x\r\n'
    table = read_table(text.encode(encoding), "liste.csv")
    assert table.header == ("Navn", "Sted")
    assert table.rows == ((2, ("Ærlig Øye", f"Å{mark}s".strip())), (4, ("To", "x")))
    assert bool(table.notes) == (encoding == "cp1252")


def test_what_looks_like_a_formula_in_csv_is_text() -> None:
    assert read_table(b"Navn;X\n=1+1;@a\n", "a.csv").rows == ((2, ("=1+1", "@a")),)


def test_a_formula_gives_its_value_and_is_refused_without_one() -> None:
    table = read_table(one_sheet(lambda s: (s.write(0, 0, "Navn"), s.write_formula(1, 0, '="A"', value="A"))), "a.xlsx")
    assert table.rows == ((2, ("A",)),)
    said = refused(one_sheet(lambda s: (s.write(0, 0, "Navn"), s.write_formula(3, 2, "=1+1", value=""))))
    assert "C4" in said
    assert "formel" in said


def test_merged_cells_are_named() -> None:
    said = refused(one_sheet(lambda s: (s.write(0, 0, "Navn"), s.merge_range(2, 0, 3, 1, "x"))))
    assert "A3:B4" in said
    assert "rad 3" in said


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 nonsense",
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0 old excel",
        b"Navn\0;E-post\nA;b\n",
        b'Navn;E-post\n"A;b\n',
        b"\xff\xfeN\x00a",
        b"\n\n\n",
    ],
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    assert refused(data)


def test_a_control_character_in_a_cell_is_placed() -> None:
    said = refused(b"Navn;E-post\nA;b\nC;d\x01\n", "liste.csv")
    assert "liste.csv, rad 3, kolonne B" in said


def test_too_big_too_many_too_wide() -> None:
    assert "10 MB" in refused(b"a" * (MOST_BYTES + 1))
    assert "50 000 rader" in refused(one_sheet(lambda s: (s.write(0, 0, "Navn"), s.write(1_048_575, 0, "x"))))
    assert "200 kolonner" in refused(one_sheet(lambda s: (s.write(0, 0, "Navn"), s.write(1, 16_383, "x"))))
    assert "50 000 rader" in refused(b"Navn\n" + b"x\n" * 50_001, "a.csv")
    assert "200 kolonner" in refused(b"Navn\n" + b";" * 201, "a.csv")


def bomb(claimed: int | None) -> bytes:
    """An xlsx whose sheet unpacks to far more than it weighs; `claimed` is the size its directory tells."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/_rels/workbook.xml.rels", "<Relationships/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=False) as file:
            for _ in range(200):
                file.write(b" " * 1_000_000)
    data = bytearray(out.getvalue())
    if claimed is not None:
        at = data.rindex(b"PK\x01\x02")
        data[at + 24 : at + 28] = struct.pack("<I", claimed)
        data[at + 16 : at + 20] = struct.pack("<I", zlib.crc32(b" " * claimed))
    return bytes(data)


@pytest.mark.parametrize("claimed", [None, 1000])
def test_a_bomb_is_refused_before_it_is_unpacked(claimed: int | None) -> None:
    data = bomb(claimed)
    started = time.monotonic()
    assert "for stor når den pakkes ut" in refused(data)
    assert time.monotonic() - started < 2


def test_macros_and_other_archives_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/vbaProject.bin", "x")
    assert "makroer" in refused(out.getvalue())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "x")
    assert "ikke en Excel-fil" in refused(out.getvalue())


def test_the_first_visible_sheet_is_read_and_the_others_told() -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        made.add_worksheet("Tomt")
        hidden = made.add_worksheet("Skjult")
        hidden.write(0, 0, "Hemmelig")
        hidden.hide()
        made.add_worksheet("Liste").write(0, 0, "Navn")
        made.add_worksheet("Mer").write(0, 0, "x")

    table = read_table(book(fill), "a.xlsx")
    assert (table.sheet, table.header) == ("Liste", ("Navn",))
    assert "«Mer»" in str(table.notes[0])


def test_headings_are_tolerant_and_faults_clear() -> None:
    table = read_table(b"FULLT  navn*;E post;Annet\nA;b;c\n", "a.csv")
    assert match_columns(table, {**KNOWN, "email": ("E-post", "e post")}, required=("name", "email")) == {
        "name": 0,
        "email": 1,
    }
    with pytest.raises(Invalid, match="«E-post» mangler"):
        match_columns(read_table(b"Navn\nA\n", "a.csv"), KNOWN, required=("name", "email"))
    with pytest.raises(Invalid, match="betyr det samme"):
        match_columns(read_table(b"Navn;Fullt navn\nA;b\n", "a.csv"), KNOWN)


def test_a_header_of_figures_is_no_header() -> None:
    assert "overskrifter" in refused(one_sheet(lambda s: (s.write_row(0, 0, [1, 2]), s.write(1, 0, "x"))))


def test_twenty_thousand_rows_are_read_within_seconds() -> None:
    rows = [[f"Ansatt {n}", f"a{n}@prove.example", "Fagleder", "Fjord", "21"] for n in range(20_000)]
    data = workbook([SheetOut("A", ["Navn", "E-post", "Stilling", "Organisasjon", "Tjeneste"], rows)])
    started = time.monotonic()
    assert len(read_table(data, "a.xlsx").rows) == 20_000
    assert time.monotonic() - started < 5


def test_damaged_files_are_refused_or_read_never_a_crash() -> None:
    whole = workbook([SheetOut("A", ["Navn", "E-post"], [["A", "a@b.no"]] * 20)])
    chance = random.Random(7)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            data = data[: chance.randrange(len(data))]
        try:
            read_table(bytes(data), "a.xlsx")
        except Invalid as fault:
            assert fault.errors


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXT, st.integers(-(10**9), 10**9)), min_size=1, max_size=8))
def test_what_goes_out_comes_in_as_it_was(rows: list[tuple[str, int]]) -> None:
    wanted = [(text.strip() or None, number) for text, number in rows]
    sheet = SheetOut("A", ["Navn", "Tall"], rows)
    assert [cells for _n, cells in read_table(workbook([sheet]), "a.xlsx").rows] == wanted


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_nothing_becomes_a_formula(start: str) -> None:
    sheet = SheetOut("A", ["Navn"], [[f"{start}cmd|'/c calc'!A0"]])
    with zipfile.ZipFile(io.BytesIO(workbook([sheet]))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert f"\n{start}" not in csv_file(sheet).decode("utf-8-sig").replace("\r", "")


ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Ark">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)
EMPTY = '<table:table-cell table:number-columns-repeated="16000"/>'


def cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def ods(*rows: str) -> bytes:
    """A spreadsheet as LibreOffice writes it, as far as the reader cares."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", ODS.format(rows="".join(rows)))
    return out.getvalue()


def test_an_opendocument_sheet_is_read() -> None:
    data = ods(
        row(cell("Navn"), cell("Sted"), EMPTY), row(EMPTY, times=3), row(cell("Åse"), EMPTY), row(EMPTY, times=10**6)
    )
    table = read_table(data, "liste.ods")
    assert (table.sheet, table.header) == ("Ark", ("Navn", "Sted"))
    assert table.rows == ((5, ("Åse", None)),)


def test_an_opendocument_sheet_is_judged_before_it_is_spread_out() -> None:
    head = row(cell("Navn"))
    assert "50 000 rader" in refused(ods(head, row(cell("x"), times=10**6)), "a.ods")
    assert "50 000 rader" in refused(ods(head, row(EMPTY, times=10**6), row(cell("x"))), "a.ods")
    assert "200 kolonner" in refused(ods(head, row(EMPTY, cell("x"))), "a.ods")
    assert "200 kolonner" in refused(ods(row(cell("x", ' table:number-columns-repeated="16000"'))), "a.ods")
    assert "A2 er slått sammen" in refused(ods(head, row(cell("x", ' table:number-rows-spanned="2"'))), "a.ods")
    unsolved = '<table:table-cell table:formula="of:=1+1"/>'
    assert "formel" in refused(ods(head, row(unsolved, cell("x"))), "a.ods")


@pytest.mark.parametrize(
    "hidden", ["<c r='XFD1048576' t=\"str\"><v>x</v></c>", '<c s=">" r="XFD1048576" t="str"><v>x</v></c>']
)
def test_a_far_cell_cannot_hide_behind_unusual_writing(hidden: str) -> None:
    whole = one_sheet(lambda s: (s.write(0, 0, "Navn"), s.write(1, 0, "x")))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b"</sheetData>", f'<row r="1048576">{hidden}</row></sheetData>'.encode())
            target.writestr(name, data)
    assert "uvanlig" in refused(out.getvalue())


def test_openpyxl_files_are_read() -> None:
    import openpyxl

    made = openpyxl.Workbook()
    made.active.append(["Navn", "E-post"])
    made.active.append(["Åse", "å@prove.example"])
    out = io.BytesIO()
    made.save(out)
    assert read_table(out.getvalue(), "a.xlsx").rows == ((2, ("Åse", "å@prove.example")),)
