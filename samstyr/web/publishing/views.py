"""Published plans, for anybody. Nothing is read but the publication: not the plan, not the case, not a person."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response

from samstyr.foundation.documents.rules import TYPES
from samstyr.foundation.kernel.errors import NotFound
from samstyr.outward.exports import tables
from samstyr.outward.exports.charts import charts_of
from samstyr.outward.publishing import queries

from .drawing import drawn

FILES = {"pdf": "PDF", "xlsx": "Excel", "json": "JSON"}


def plans(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What the arrangement has published, newest first."""
    with queries.public_scope(slug) as tenant:
        rows = [{"row": row, "content": queries.content_of(row)} for row in queries.published()]
        with translation.override(tenant.language):
            return _shown(request, render(request, "publishing/list.html", {"arrangement": tenant, "rows": rows}))


def plan(request: HttpRequest, slug: str, plan: str) -> HttpResponseBase:
    """One published version: measures, money, decisions, and its files."""
    with queries.public_scope(slug) as tenant:
        row = queries.published_at(plan)
        content = queries.content_of(row)
        with translation.override(row.language):
            context: dict[str, Any] = {
                "arrangement": tenant,
                "row": row,
                "content": content,
                "drawings": [drawn(chart) for chart in charts_of(content)],
                "files": FILES.items(),
            }
            return _shown(request, render(request, "publishing/plan.html", context))


def plan_file(request: HttpRequest, slug: str, plan: str, ending: str) -> HttpResponseBase:
    """The published version as a file."""
    if ending not in FILES:
        raise NotFound
    with queries.public_scope(slug):
        row = queries.published_at(plan)
        data = tables.json(queries.content_of(row)) if ending == "json" else queries.file_of(row, ending)
        name = f"{row.slug}.{ending}"
    response = HttpResponse(data, content_type={**TYPES, "json": "application/json"}[ending])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return _shown(request, response)


def _shown(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """May be indexed and kept, but is asked for each time, by its mark: what is withdrawn is gone at once."""
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["X-Robots-Tag"] = "all"
    response.headers["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    return get_conditional_response(request, etag=tag, response=response) or response
