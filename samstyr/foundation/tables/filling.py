"""A workbook to be filled in and sent back: several sheets, drop-downs, hidden columns, and little memory.

Rows are written as they come, one at a time, so a long list takes no more memory than a short one.
Strings are strings whatever they begin with: what a person wrote never becomes a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from .spreadsheet import writable

MOST_OPTIONS = 2_000
SPARE_ROWS = 1_000


@dataclass(frozen=True)
class FillColumn:
    """A heading and how it looks. `options` names a list of the workbook that its cells can be picked from;
    `number` is a number format."""

    heading: str
    width: int = 14
    hidden: bool = False
    options: str = ""
    number: str = ""


@dataclass(frozen=True)
class FillSheet:
    """One sheet. `visibility` is visible, hidden, or very hidden (not listed by Excel either)."""

    name: str
    columns: Sequence[FillColumn]
    rows: Iterable[Sequence[str | int | float | None]] = field(default_factory=list)
    visibility: str = "visible"


def fillable(sheets: Sequence[FillSheet], lists: Mapping[str, Sequence[str]], list_sheet: str) -> bytes:
    """The workbook as an xlsx file; `lists` are kept on a hidden sheet, in a column each."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, {**options, "strings_to_numbers": False}) as book:
        # A fixed date, so that the same content gives the same bytes.
        book.set_properties({"created": datetime(2020, 1, 1, tzinfo=UTC)})
        places = _places(lists, list_sheet)
        for sheet in sheets:
            _write(book, sheet, places)
        _write_lists(book, lists, list_sheet)
    return out.getvalue()


def _places(lists: Mapping[str, Sequence[str]], list_sheet: str) -> dict[str, str]:
    quoted = "'" + list_sheet.replace("'", "''") + "'"
    found = {}
    for at, (name, options) in enumerate(lists.items()):
        letter = xl_col_to_name(at, col_abs=True)
        if options:
            found[name] = f"={quoted}!{letter}$2:{letter}${min(len(options), MOST_OPTIONS) + 1}"
    return found


def _write_lists(book: Any, lists: Mapping[str, Sequence[str]], list_sheet: str) -> None:
    page = book.add_worksheet(list_sheet)
    page.hide()
    for at, name in enumerate(lists):
        page.write_string(0, at, name)
    longest = max((len(options) for options in lists.values()), default=0)
    for row in range(min(longest, MOST_OPTIONS)):
        for at, options in enumerate(lists.values()):
            if row < len(options):
                page.write_string(row + 1, at, writable(options[row]))


def _write(book: Any, sheet: FillSheet, places: Mapping[str, str]) -> None:
    page = book.add_worksheet(sheet.name)
    header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    text = book.add_format({"valign": "top", "text_wrap": True, "num_format": "@"})
    styles = []
    for at, column in enumerate(sheet.columns):
        number = book.add_format({"valign": "top", "num_format": column.number}) if column.number else None
        styles.append(number)
        page.set_column(at, at, column.width, number or text, {"hidden": column.hidden})
    for at, column in enumerate(sheet.columns):
        page.write_string(0, at, writable(column.heading), header)
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        for at, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                page.write_string(last, at, writable(value), text)
            else:
                page.write_number(last, at, value, styles[at])
    for at, column in enumerate(sheet.columns):
        if column.options in places:
            page.data_validation(
                1, at, last + SPARE_ROWS, at,
                {"validate": "list", "source": places[column.options], "ignore_blank": True, "error_type": "warning"},
            )  # fmt: skip
    page.freeze_panes(1, 0)
    if sheet.visibility == "hidden":
        page.hide()
    elif sheet.visibility == "very hidden":
        page.very_hidden()
    elif last:
        page.autofilter(0, 0, last, len(sheet.columns) - 1)
