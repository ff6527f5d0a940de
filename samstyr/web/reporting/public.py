"""Published reports, for anybody. Nothing is read but what was published."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response

from samstyr.wheel.reporting import queries

from . import presenting


def reports(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What the arrangement has published, newest first."""
    with queries.public_scope(slug) as tenant, translation.override(queries.language_of(tenant)):
        rows = list(queries.published())
        return _shown(request, render(request, "reporting/public_list.html", {"arrangement": tenant, "rows": rows}))


def report(request: HttpRequest, slug: str, key: UUID) -> HttpResponseBase:
    """One published report."""
    with queries.public_scope(slug) as tenant, translation.override(queries.language_of(tenant)):
        row = queries.published_by_id(key)
        content: dict[str, Any] = row.published
        context = {
            "arrangement": tenant,
            "row": row,
            "content": content,
            "dimensions": presenting.dimensions(content),
            "sections": presenting.sections(content, slug),
        }
        return _shown(request, render(request, "reporting/public.html", context))


def _shown(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """May be indexed and kept, but is asked for each time, by its mark: what is withdrawn is gone at once."""
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["X-Robots-Tag"] = "all"
    response.headers["Content-Language"] = translation.get_language() or "nb"
    return get_conditional_response(request, etag=tag, response=response) or response
