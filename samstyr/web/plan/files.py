"""A version as files: Excel, CSV, JSON, the budget workbook, Word and tagged PDF (B-50)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from samstyr.foundation.access import Act, may
from samstyr.foundation.documents.rules import TYPES
from samstyr.foundation.kernel.errors import NotFound
from samstyr.outward.exports import budget, pdf, tables, word
from samstyr.outward.exports.plan import content_of
from samstyr.outward.exports.templates import template_in_use
from samstyr.procedure.casework import queries as casework
from samstyr.wheel.portfolio import queries

ENDINGS = ("xlsx", "budsjett.xlsx", "csv", "json", "docx", "pdf")


def answer(request: HttpRequest, version: Any, ending: str) -> HttpResponse:
    """The version in the wanted form; those present by name only for who may read the case. Raises NotFound."""
    if ending not in ENDINGS:
        raise NotFound
    today, tenant = request.today, request.tenant  # type: ignore[attr-defined]
    case = queries.case_of_version(version)
    named = case is not None and bool(may(request.actor, Act.CASE_READ, casework.case_facts(case)))  # type: ignore[attr-defined]
    content = content_of(version, today, arrangement=tenant.name, with_names=named)
    language = get_language() or "nb"
    if ending == "docx":
        data = word.filled(content, template_in_use())
    elif ending == "pdf":
        data = pdf.pdf(content, language)
    elif ending == "budsjett.xlsx":
        data = budget.budget(content, queries.account_fields(today))
    else:
        data = {"xlsx": tables.xlsx, "csv": tables.csv, "json": tables.json}[ending](content)
    return attachment(data, ending, content.file_name(ending.replace("budsjett.", "")), named=ending)


def attachment(data: bytes, ending: str, name: str, *, named: str = "") -> HttpResponse:
    """The bytes as a file to keep."""
    if named == "budsjett.xlsx":
        name = f"budsjett-{name}"
    kind = {**TYPES, "json": "application/json"}[ending.rpartition(".")[2]]
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
