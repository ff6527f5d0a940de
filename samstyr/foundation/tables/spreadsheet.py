"""The one writer of spreadsheets: lists out as Excel or CSV. Text is always text; nothing becomes a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

import xlsxwriter

from samstyr.foundation.kernel.clock import OSLO
from samstyr.foundation.kernel.text import Sentence

Value = str | int | float | bool | date | datetime | UUID | Sentence | None

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
# What no spreadsheet file can hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class SheetOut:
    """One sheet: its name, headings and rows. `numeric` names the headings whose figures get thousand spaces."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]] = field(default_factory=list)
    numeric: Sequence[str] = ()


def workbook(sheets: Sequence[SheetOut]) -> bytes:
    """An xlsx file. Strings are written as strings whatever they begin with; ja and nei stand for true and false."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        # A fixed date, so that the same list gives the same bytes.
        book.set_properties({"created": datetime(2020, 1, 1, tzinfo=UTC)})
        styles = {
            "header": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "text": book.add_format({"valign": "top", "text_wrap": True}),
            "date": book.add_format({"num_format": "dd.mm.yyyy", "valign": "top"}),
            "instant": book.add_format({"num_format": "dd.mm.yyyy hh:mm", "valign": "top"}),
            "number": book.add_format({"num_format": "#,##0", "valign": "top"}),
            "plain": book.add_format({"valign": "top"}),
        }
        taken: set[str] = set()
        for sheet in sheets:
            _write(book.add_worksheet(_sheet_name(sheet.name, taken)), sheet, styles)
    return out.getvalue()


def csv_file(sheet: SheetOut) -> bytes:
    """A CSV file for Norwegian spreadsheets: UTF-8 with mark, semicolons. What looks like a formula gets a quote."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_csv_cell(name) for name in sheet.header])
    for row in sheet.rows:
        writer.writerow([_csv_cell(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _sheet_name(name: str, taken: set[str]) -> str:
    base = re.sub(r"[\[\]:*?/\\]", " ", _UNWRITABLE.sub("", name)).strip().strip("'")[:31] or "Ark"
    unique, number = base, 1
    while unique.casefold() in taken:
        number += 1
        unique = f"{base[:27]} {number}"
    taken.add(unique.casefold())
    return unique


def _write(page: xlsxwriter.worksheet.Worksheet, sheet: SheetOut, styles: dict[str, xlsxwriter.format.Format]) -> None:
    widths = [len(str(name)) for name in sheet.header]
    numeric = {at for at, name in enumerate(sheet.header) if name in sheet.numeric}
    for at, name in enumerate(sheet.header):
        page.write_string(0, at, writable(name), styles["header"])
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        for at, value in enumerate(row):
            shown = _cell(page, last, at, value, styles, at in numeric)
            if at < len(widths):
                widths[at] = max(widths[at], min(60, shown))
    for at, width in enumerate(widths):
        page.set_column(at, at, width + 2)
    page.freeze_panes(1, 0)
    if sheet.header and last:
        page.autofilter(0, 0, last, len(sheet.header) - 1)


def _cell(
    page: xlsxwriter.worksheet.Worksheet,
    row: int,
    at: int,
    value: Value,
    styles: dict[str, xlsxwriter.format.Format],
    numeric: bool,
) -> int:
    """Write one value; gives how wide it is."""
    if value is None or value == "":
        return 0
    if isinstance(value, bool):
        page.write_string(row, at, "ja" if value else "nei", styles["text"])
        return 3
    if isinstance(value, int | float):
        page.write_number(row, at, value, styles["number" if numeric else "plain"])
        return len(f"{value:,}")
    if isinstance(value, datetime):
        local = value.astimezone(OSLO).replace(tzinfo=None) if value.tzinfo else value
        page.write_datetime(row, at, local, styles["instant"])
        return 16
    if isinstance(value, date):
        page.write_datetime(row, at, value, styles["date"])
        return 10
    text = writable(value)
    page.write_string(row, at, text, styles["text"])
    return max(map(len, text.splitlines() or [""]))


def writable(value: object) -> str:
    """The value as text that a spreadsheet file can hold."""
    return _UNWRITABLE.sub("", str(value))[:_LONGEST]


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(value).replace(".", ",")
    if isinstance(value, datetime):
        return value.astimezone(OSLO).strftime("%d.%m.%Y %H:%M") if value.tzinfo else value.strftime("%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    text = writable(value)
    return f"'{text}" if text.startswith(_DANGEROUS) else text
