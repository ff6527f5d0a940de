"""Answer from a mail, without logging in: one person, one thing asked, one use.

Opening the link changes nothing, since mail scanners open links too. It opens no session and shows nothing but
what is asked about; an answer that is exempt from public access is given after login. `answerable.py` has each
kind of thing that is answered so.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.kernel.errors import Invalid, NotFound
from samstyr.foundation.tenancy import queries as tenancy
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.outward.notices import actions as notices
from samstyr.outward.notices import queries
from samstyr.outward.notices.actions.links import require_usable

from .answerable import KINDS, Asked


def answer(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """Show what is asked (GET), or give the answer (POST)."""
    tenant = tenancy.tenant_by_slug(slug)
    if tenant is None:
        raise NotFound
    posted = request.method == "POST"
    try:
        with tenant_scope(tenant.pk, writing=posted):
            return _answer(request, tenant, secret)
    except Invalid as invalid:
        faults = invalid.errors
    with tenant_scope(tenant.pk, writing=False):
        asked = _asked(request, secret)
        for error in faults:
            asked.form.add_error(error.field if error.field in asked.form.fields else None, str(error))
        return _page(request, tenant, asked, status=422)


def _answer(request: HttpRequest, tenant: Any, secret: str) -> HttpResponse:
    asked = _asked(request, secret)
    if request.method != "POST" or not asked.form.is_valid():
        return _page(request, tenant, asked, status=422 if asked.form.errors else 200)
    now = request.now  # type: ignore[attr-defined]
    notices.use_link(actor=asked.actor, now=now, secret=secret, purpose=asked.purpose)
    asked.give(now)
    return render(request, "notices/answered.html", asked.context | {"tenant_name": tenant.name})


def _asked(request: HttpRequest, secret: str) -> Asked:
    """Who the link is for, and what they are asked. Raises NotFound, Conflict or Refused when it no longer holds."""
    link = queries.link_by_secret(secret)
    kind = KINDS.get(link.purpose) if link else None
    if link is None or kind is None:
        raise NotFound
    today = oslo_date(request.now)  # type: ignore[attr-defined]
    require_usable(link, today)
    if not link.person.is_active:
        raise NotFound
    given = request.POST if request.method == "POST" else None
    return kind(queries.actor_of(link.person, today), link.object_id, today, given)


def _page(request: HttpRequest, tenant: Any, asked: Asked, *, status: int) -> HttpResponse:
    context = {
        **asked.context,
        "form": asked.form,
        "person_name": asked.actor.name,
        "tenant_name": tenant.name,
    }
    return render(request, asked.template, context, status=status)
