"""The ranking, on the page and as a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.web.saving import table_response
from samstyr.wheel.prioritisation import queries

from ..keyed import keyed, keyed_rows
from ..presenting import file_rows, ranking
from .parts import frame, round_of


def ranked(request: Any, key: UUID) -> HttpResponse:
    """Totals with their arithmetic, ties, the cut line, and the best by each criterion."""
    row = round_of(request, key)
    if queries.is_keyed(row):
        context = {**frame(request, row, "round-ranking"), **keyed(row, request.today)}
        return render(request, "prioritisation/keyed.html", context)
    context = {**frame(request, row, "round-ranking"), **ranking(row, request.today)}
    return render(request, "prioritisation/ranking.html", context)


def export(request: Any, key: UUID, ending: str) -> HttpResponse:
    """The ranking as Excel or CSV."""
    row = round_of(request, key)
    header, rows = (keyed_rows if queries.is_keyed(row) else file_rows)(row, request.today)
    return table_response(_("Rangering"), header, rows, ending=ending, numeric=[_("Plass")])
