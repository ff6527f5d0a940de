"""One address, one view, one template file: the request decides whether the page or a fragment is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_template
from django.utils.cache import patch_vary_headers


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page. Boosted navigation and restored history want the whole."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def render(
    request: HttpRequest,
    template: str,
    partial: str | None = None,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Answer with the page, or with its named partial when htmx asks for a fragment.

    `partial` is the name in ``{% partialdef rows inline %}``; the answer varies on HX-Request so that no
    cache gives a fragment to somebody who asked for the page.
    """
    name = f"{template}#{partial}" if partial and is_fragment(request) else template
    response = render_template(request, name, dict(context or {}), status=status)
    if partial:
        patch_vary_headers(response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return response


def redirect_client(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser on after a write: 303 for a page, HX-Redirect for a fragment."""
    if is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponse(status=303, headers={"Location": url})
