"""The audit trail: what was done, by whom, under which rule, and whether the chain holds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samstyr.foundation.audit import queries
from samstyr.foundation.audit.rules import Broken

PER_PAGE = 50


def audit_list(request: HttpRequest) -> HttpResponse:
    """The newest events; ``fra`` pages backwards; ``kontroller`` verifies the whole chain."""
    text = request.GET.get("fra", "")
    before = int(text) if text.isascii() and text.isdigit() and len(text) < 15 else None
    kind = request.GET.get("type", "").replace("\0", "")[:40]
    found = queries.recent(before=before, kind=kind, limit=PER_PAGE + 1)
    entries = found[:PER_PAGE]
    result = queries.verify_chain() if "kontroller" in request.GET else None
    context = {
        "entries": entries,
        "next": entries[-1].sequence if len(found) > PER_PAGE else None,
        "kind": kind,
        "verified": result if isinstance(result, int) else None,
        "broken": result if isinstance(result, Broken) else None,
    }
    return render(request, "audit/list.html", context)
