"""The budget workbook: a row per measure, account type, municipality and source, years beside each other.

The figures stand once, in kroner. The sheet in 1000 kroner is formulas on them, so that the two can never differ;
every formula also carries its value, for programs that do not calculate.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from .content import PlanContent
from .tables import about, kind_name

# What no spreadsheet file can hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class _Row:
    """What a line of the budget is about, and its kroner per year."""

    words: tuple[str | int, ...]
    kind: str
    organisation: str
    amounts: tuple[int, ...]


def default_fields() -> tuple[str, ...]:
    """The account columns when the governance model names none."""
    return _("Ansvar"), _("Funksjon"), _("Art")


def budget(content: PlanContent, fields: Sequence[str] = ()) -> bytes:
    """The workbook; `fields` are the account columns that the budget office fills in."""
    fields = [*fields] or [*default_fields()]
    rows = [
        _Row(
            (row.rank, row.title, kind_name(paid.kind), paid.organisation, paid.source_name),
            paid.kind,
            paid.organisation,
            paid.amounts,
        )
        for row in content.measures
        for paid in row.paid
    ]
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": content.plan, "created": datetime(2020, 1, 1, tzinfo=UTC)})
        styles = _styles(book)
        thousands, kroner, summary, note = (
            book.add_worksheet(name) for name in (_("1000 kroner"), _("Kroner"), _("Summer"), _("Om filen"))
        )
        sheet = _Sheet(content, fields, rows, styles)
        sheet.lines(kroner, "")
        sheet.lines(thousands, kroner.get_name())
        sheet.sums(summary, kroner.get_name())
        _about(note, content, styles)
    return out.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    number = "#,##0"
    return {
        "header": book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E6EBF0"}
        ),
        "text": book.add_format({"valign": "top", "text_wrap": True}),
        "number": book.add_format({"num_format": number, "valign": "top"}),
        "sum": book.add_format({"num_format": number, "bold": True, "top": 1}),
        "sum_text": book.add_format({"bold": True, "top": 1}),
    }


class _Sheet:
    """Writes the sheets about the same lines."""

    def __init__(self, content: PlanContent, fields: Sequence[str], rows: list[_Row], styles: dict[str, Any]) -> None:
        self.content, self.fields, self.rows, self.styles = content, fields, rows, styles
        self.words = (_("Nr."), _("Tiltak"), _("Type"), _("Kommune"), _("Kilde"))
        self.first = len(self.words) + len(fields)
        self.last = max(1, len(rows))

    def lines(self, page: Any, source: str) -> None:
        """The lines with sums; in 1000 kroner when they are formulas on the sheet `source`."""
        years, sum_at = len(self.content.years), self.first + len(self.content.years)
        unit = 1000 if source else 1
        _head(page, [*self.words, *self.fields, *map(str, self.content.years), _("Sum")], self.styles)
        _print(page, self.content, _("Beløp i 1000 kroner") if source else _("Beløp i kroner"))
        for at, row in enumerate(self.rows, start=1):
            for place, word in enumerate(row.words):
                _word(page, at, place, word, self.styles)
            for place, amount in enumerate(row.amounts, start=self.first):
                if source:
                    cell = xl_rowcol_to_cell(at, place)
                    page.write_formula(at, place, f"='{source}'!{cell}/1000", self.styles["number"], amount / 1000)
                else:
                    page.write_number(at, place, amount, self.styles["number"])
            span = f"{xl_rowcol_to_cell(at, self.first)}:{xl_rowcol_to_cell(at, sum_at - 1)}"
            page.write_formula(at, sum_at, f"=SUM({span})", self.styles["number"], sum(row.amounts) / unit)
        under = self.last + 1
        page.write_string(under, 1, _("Sum"), self.styles["sum_text"])
        for at in range(years + 1):
            place = self.first + at
            total = sum(sum(row.amounts) if at == years else row.amounts[at] for row in self.rows)
            span = f"{xl_rowcol_to_cell(1, place)}:{xl_rowcol_to_cell(self.last, place)}"
            page.write_formula(under, place, f"=SUM({span})", self.styles["sum"], total / unit)
        page.autofilter(0, 0, self.last, sum_at)
        page.set_column(0, 0, 6)
        page.set_column(1, 1, 44)
        page.set_column(2, self.first - 1, 16)
        page.set_column(self.first, sum_at, 13)

    def sums(self, page: Any, source: str) -> None:
        """Per municipality and account type, counted from the lines."""
        _head(page, [_("Kommune"), _("Type"), *map(str, self.content.years), _("Sum")], self.styles)
        _print(page, self.content, _("Beløp i kroner"))
        groups = list(dict.fromkeys((row.organisation, row.kind) for row in self.rows))
        years = len(self.content.years)
        for at, (organisation, kind) in enumerate(sorted(groups), start=1):
            _word(page, at, 0, organisation, self.styles)
            _word(page, at, 1, kind_name(kind), self.styles)
            own = [row for row in self.rows if (row.organisation, row.kind) == (organisation, kind)]
            for year in range(years):
                column = xl_col_to_name(self.first + year)
                formula = (
                    f"=SUMIFS('{source}'!${column}$2:${column}${self.last + 1},"
                    f"'{source}'!$D$2:$D${self.last + 1},$A{at + 1},'{source}'!$C$2:$C${self.last + 1},$B{at + 1})"
                )
                page.write_formula(at, 2 + year, formula, self.styles["number"], sum(row.amounts[year] for row in own))
            span = f"{xl_rowcol_to_cell(at, 2)}:{xl_rowcol_to_cell(at, 1 + years)}"
            total = sum(sum(row.amounts) for row in own)
            page.write_formula(at, 2 + years, f"=SUM({span})", self.styles["number"], total)
        under = len(groups) + 1
        page.write_string(under, 0, _("Sum"), self.styles["sum_text"])
        for at in range(years + 1):
            total = sum(sum(row.amounts) if at == years else row.amounts[at] for row in self.rows)
            span = f"{xl_rowcol_to_cell(1, 2 + at)}:{xl_rowcol_to_cell(max(1, len(groups)), 2 + at)}"
            page.write_formula(under, 2 + at, f"=SUM({span})", self.styles["sum"], total)
        page.set_column(0, 1, 24)
        page.set_column(2, 2 + years, 13)


def _head(page: Any, names: Sequence[str], styles: dict[str, Any]) -> None:
    for at, name in enumerate(names):
        page.write_string(0, at, _plain(name), styles["header"])
    page.freeze_panes(1, 0)
    page.repeat_rows(0)


def _print(page: Any, content: PlanContent, unit: str) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    name = _plain(f"{content.plan} – {unit}").replace("&", "&&")[:120]
    page.set_header(f"&L{name}")
    page.set_footer(f"&L{content.seal[:16]}&R&P / &N")


def _word(page: Any, row: int, at: int, word: str | int, styles: dict[str, Any]) -> None:
    if isinstance(word, int):
        page.write_number(row, at, word, styles["text"])
    else:
        page.write_string(row, at, _plain(word), styles["text"])


def _plain(text: str) -> str:
    return _UNWRITABLE.sub("", text)[:32_767]


def _about(page: Any, content: PlanContent, styles: dict[str, Any]) -> None:
    sheet = about(content)
    _head(page, sheet.header, styles)
    for at, (name, value) in enumerate(sheet.rows, start=1):
        page.write_string(at, 0, _plain(str(name)), styles["text"])
        page.write_string(at, 1, _plain(str(value)), styles["text"])
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 90)
