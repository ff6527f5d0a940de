"""How robust the ranking is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from ..presenting import ranking
from .parts import frame, round_of


def robustness(request: Any, key: UUID) -> HttpResponse:
    """How far the weights and scores can change before the order does."""
    row = round_of(request, key)
    context = {**frame(request, row, "round-robustness"), **ranking(row, request.today)}
    return render(request, "prioritisation/robustness.html", context)
