"""The register of addresses, and the one entrance by which a request reaches a page.

A page is mounted with `page()` only. The entrance asks for login, finds the tenant, opens the scope and its
transaction, builds the actor, asks `may`, runs the view, and turns every Problem into an answer.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from samstyr.foundation.access import Act, may_enter
from samstyr.foundation.audit.action import request_id
from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import NotFound, Problem
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.web import entrance

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Address:
    """One address: its name, methods, what it asks for at the door, and the kind of thing it shows.

    `act` is asked before the view runs: may the person do it to anything here? Pages of one thing ask again
    with that thing's facts. TENANT_ENTER means that the view's own queries and actions decide alone.
    """

    name: str
    route: str
    methods: tuple[str, ...]
    act: Act
    kind: str
    public: bool
    tenant: bool


ADDRESSES: dict[str, Address] = {}


def page(
    route: str,
    view: View,
    name: str,
    *,
    methods: tuple[str, ...] = ("GET",),
    act: Act = Act.TENANT_ENTER,
    kind: str = "",
) -> URLPattern:
    """Mount a page of a tenant; `route` is below ``o/<slug:tenant>/``."""
    return _mount(f"o/<slug:tenant>/{route}", view, Address(name, route, methods, act, kind, False, True))


def outer_page(
    route: str, view: View, name: str, *, methods: tuple[str, ...] = ("GET",), public: bool = False
) -> URLPattern:
    """Mount a page outside any tenant: login, choice of tenant, a mail link's landing page."""
    return _mount(route, view, Address(name, route, methods, Act.TENANT_ENTER, "", public, False))


def _mount(route: str, view: View, address: Address) -> URLPattern:
    if address.name in ADDRESSES:
        raise RuntimeError(f"two addresses are called {address.name}")
    ADDRESSES[address.name] = address
    return path(route, Entrance(view, address), name=address.name)


class Entrance:
    """What Django calls for an address."""

    def __init__(self, view: View, address: Address) -> None:
        self.view = view
        self.address = address
        self.__name__ = self.__qualname__ = getattr(view, "__name__", address.name)

    def __call__(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        token = request_id.set(uuid.uuid4().hex)
        request.now = clock.now()  # type: ignore[attr-defined]
        try:
            response = self._answer(request, kwargs)
        finally:
            request_id.reset(token)
        if not self.address.public or request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store, private"
        return response

    def _answer(self, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponseBase:
        allowed = {*self.address.methods, *(("HEAD",) if "GET" in self.address.methods else ())}
        if request.method not in allowed:
            return HttpResponseNotAllowed(sorted(allowed))
        if self.address.public:
            return self._run(request, kwargs)
        if not request.user.is_authenticated or entrance.has_lasted_too_long(request):
            return redirect_to_login(request.get_full_path())
        if not self.address.tenant:
            return self._run(request, kwargs)
        tenant = entrance.tenant_of(request.user.pk, kwargs.pop("tenant"))
        if tenant is None:
            return entrance.problem_page(request, NotFound())
        writing = request.method not in ("GET", "HEAD")
        with tenant_scope(tenant.pk, writing=writing):
            if not entrance.enter(request, tenant):
                return entrance.problem_page(request, NotFound())
            try:
                may_enter(request.actor, self.address.act, tenant.pk).require()  # type: ignore[attr-defined]
            except Problem as problem:
                return entrance.problem_page(request, problem)
            return self._run(request, kwargs)

    def _run(self, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponseBase:
        try:
            return self.view(request, **kwargs)
        except Problem as problem:
            return entrance.problem_page(request, problem)
