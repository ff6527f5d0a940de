"""One's own year, or a body's, in one's own calendar: addresses with a secret, which a calendar program asks now and then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.tenancy import queries as tenancy
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.foundation.ui.shell import Crumb
from samstyr.outward.notices import actions, queries
from samstyr.procedure.meetings.rules.calendar import PUBLISH, calendar
from samstyr.web.posting import perform
from samstyr.web.shell import address
from samstyr.web.year import calendars

# How long a calendar program may keep what it has read, in seconds.
KEPT = 900
MEETINGS, YEAR, BODY = "moeter", "aaret", "organ"


@dataclass(frozen=True)
class BodyLine:
    """A body with the person's address for its calendar, when there is one."""

    key: str
    name: str
    link: Any


def subscription(request: Any) -> HttpResponse:
    """Whether one has an address; sent, a new one is made and shown this once, or the present one ends.

    ``body`` says that it is a body's calendar, and not one's own.
    """
    made: list[tuple[str, str]] = []
    body = request.POST.get("body", "")[:60]
    if request.method == "POST" and request.POST.get("verb") == "stop":
        perform(request, actions.unsubscribe, body=body)
        messages.success(request, _("Adressen virker ikke lenger. Fjern kalenderen i programmet ditt også."))
        return redirect("calendar-subscription", tenant=request.tenant.slug)
    if request.method == "POST":
        secret = perform(request, actions.subscribe, body=body)
        kinds = [(_("Kalenderen til organet"), "calendar-feed-body")] if body else [
            (_("Alt: møter, perioder, frister og oppgaver"), "calendar-feed-year"),
            (_("Bare møtene"), "calendar-feed"),
        ]  # fmt: skip
        made = [
            (label, request.build_absolute_uri(reverse(name, args=[request.tenant.slug, secret])))
            for label, name in kinds
        ]
    context = {
        "made": made,
        "link": queries.calendar_link(request.actor.person, request.today),
        "bodies": _bodies(request),
        "crumbs": [Crumb(_("Årshjulet"), address("wheel", request.tenant.slug))],
    }
    return render(request, "notices/calendar.html", context)


def _bodies(request: Any) -> list[BodyLine]:
    """The bodies that one may have in one's calendar: all, for who may read the model."""
    model = request.model
    if model is None or not may(request.actor, Act.MODEL_READ, Facts("model", request.tenant.pk)):
        return []
    links = queries.body_links(request.actor.person, request.today)
    return [
        BodyLine(body.key, str(body.name), links.get(queries.body_key(request.tenant.pk, body.key)))
        for body in model.bodies
    ]


def feed(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """The meetings that the owner of the address is called to, for a calendar program. Nothing tells why it is not."""
    return _feed(request, slug, secret, MEETINGS)


def feed_year(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """The owner's own year: meetings, periods, deadlines and tasks."""
    return _feed(request, slug, secret, YEAR)


def feed_body(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """A body's year, as the owner of the address may see it."""
    return _feed(request, slug, secret, BODY)


def _feed(request: HttpRequest, slug: str, secret: str, kind: str) -> HttpResponse:
    tenant = tenancy.tenant_by_slug(slug)
    if tenant is None:
        raise NotFound
    now = request.now  # type: ignore[attr-defined]
    today = oslo_date(now)
    purpose = queries.BODY_CALENDAR if kind == BODY else queries.CALENDAR
    with tenant_scope(tenant.pk, writing=False):
        link = queries.link_by_secret(secret)
        usable = link and link.purpose == purpose and link.withdrawn_at is None and link.expires_on >= today
        if link is None or not usable or not link.person.is_active:
            raise NotFound
        actor, url = queries.actor_of(link.person, today), calendars.absolute(request)
        entries: list[Any]
        name = tenant.name
        if kind == MEETINGS:
            entries = list(calendars.meeting_entries(actor, today, slug, url))
        elif kind == YEAR:
            entries = calendars.own_entries(actor, governance.current_model(today), today, slug, url)
        else:
            body, model = _body_of(link, tenant.pk, today)
            if not may(actor, Act.MODEL_READ, Facts("model", tenant.pk)):
                raise NotFound
            entries, name = calendars.body_entries(actor, model, body.key, today, slug, url), f"{body.name}, {name}"
    response = HttpResponse(calendar(entries, PUBLISH, now, name), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = f"private, max-age={KEPT}"
    return response


def _body_of(link: Any, tenant: Any, today: Any) -> tuple[Any, Any]:
    model = governance.current_model(today)
    found = [body for body in model.bodies if queries.body_key(tenant, body.key) == link.object_id] if model else []
    if not found:
        raise NotFound
    return found[0], model
