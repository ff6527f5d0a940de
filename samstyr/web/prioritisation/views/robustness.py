"""How robust the ranking is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from samstyr.web.needs.views.parts import key_of

from .. import robust
from ..forms import LookForm
from ..presenting import ranking
from .parts import frame, round_of


def robustness(request: Any, key: UUID) -> HttpResponse:
    """How far the weights and the levels can move before the order does, and what one need needs to pass another."""
    row = round_of(request, key)
    shown = ranking(row, request.today)
    context = {**frame(request, row, "round-robustness"), "lines": shown["lines"], "enough": len(shown["lines"]) > 1}
    if context["enough"]:
        context |= _looked(request, row, robust.Robust.of(shown, row.capacity))
    return render(request, "prioritisation/robustness.html", context)


def _looked(request: Any, row: Any, found: robust.Robust) -> dict[str, Any]:
    order = list(found.titles)
    chosen = {name: _chosen(request, name, found) for name in ("a", "b", "behov")}
    ahead, behind = chosen["a"] or order[0], chosen["b"] or order[1]
    looked = chosen["behov"] or order[0]
    seed = request.GET.get("fro", "")
    number = int(seed) if seed.isascii() and seed.isdigit() and 0 < len(seed) < 7 else robust.SEED
    form = LookForm({"a": ahead, "b": behind, "behov": looked, "fro": number}, needs=found.choices)
    return {
        "form": form,
        "weights": robust.weights(found),
        "lined": found.lined,
        "ranges": robust.ranges(found, row.capacity, max(number, 1)),
        "tornado": robust.tornado(found, looked),
        "passing": robust.passing(found, behind, ahead),
        "turned": robust.turned(found),
        "near": robust.near(found),
        "query": f"a={ahead}&b={behind}&behov={looked}",
    }


def _chosen(request: Any, name: str, found: robust.Robust) -> UUID | None:
    key = key_of(request.GET.get(name, ""))
    return key if key in found.titles else None
