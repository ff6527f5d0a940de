"""Lists as files to save."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.tables.spreadsheet import CSV, XLSX, SheetOut, csv_file, workbook


def table_response(
    name: str, header: Sequence[str], rows: Iterable[Sequence[Any]], *, ending: str, numeric: Sequence[str] = ()
) -> HttpResponse:
    """A list as a file to save: ``xlsx`` or ``csv``. Raises NotFound for another ending."""
    sheet = SheetOut(name, header, rows, numeric)
    match ending:
        case "xlsx":
            content, kind = workbook([sheet]), XLSX
        case "csv":
            content, kind = csv_file(sheet), CSV
        case _:
            raise NotFound
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name.lower()}.{ending}")
    return response
