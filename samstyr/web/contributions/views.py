"""What members bring: the list, adding and mending, and how the regions are covered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import NotFound, Refused
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.ui import htmx
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.foundation.ui.pieces import Tab
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.contributions import actions, queries
from samstyr.procedure.contributions.rules import KINDS, PERSPECTIVE
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.web.saving import table_response

from .forms import ContributionFilter, ContributionForm

PER_PAGE, MOST_EXPORTED = 50, 10_000


def contributions(request: Any) -> HttpResponse:
    """What members have brought, searched and narrowed in the address."""
    form, rows = _chosen(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = {body.key: str(body.name) for body in queries.bodies(request.today)}
    context = {
        "page": page,
        "lines": [(row, names.get(row.body, row.body)) for row in page],
        "filter_form": form,
        "narrowed": any(form.data.get(name) for name in ("q", "slag", "region")),
        "may_add": bool(queries.bodies_of(request.actor, request.today)),
        "query": request.GET.urlencode(),
    }
    return htmx.render(request, "contributions/list.html", "rows", context)


def _chosen(request: Any) -> tuple[ContributionFilter, Any]:
    form = ContributionFilter(request.GET, regions=queries.known_regions())
    form.is_valid()
    given = form.cleaned_data
    rows = queries.listing(
        request.actor, kind=given.get("slag", ""), region=given.get("region", ""),
        text=given.get("q", "").replace("\0", ""), sort=request.GET.get("sort", "-on"),
    )  # fmt: skip
    return form, rows


def export(request: Any) -> HttpResponse:
    """The list as it stands, as Excel."""
    _form, rows = _chosen(request)
    heading = [
        _("Dato"), _("Hva"), _("Tittel"), _("Region"), _("Organisasjon"), _("Fase"), _("Hvor"), _("Hvem"), _("For"),
        _("Tekst"), _("Lærdom"), _("Sak"),
    ]  # fmt: skip
    lines = (
        [
            row.on, row.get_kind_display(), row.title, row.region, str(row.organisation or ""), row.stage, row.arena,
            row.audience, row.get_audience_kind_display(), row.text, row.lesson, row.case.title if row.case else "",
        ]
        for row in rows[:MOST_EXPORTED]
    )  # fmt: skip
    return table_response(_("Bidrag"), heading, lines, ending="xlsx", numeric=[])


def add(request: Any) -> HttpResponse:
    """A form for one kind (``slag``); for a perspective, on one case (``sak``)."""
    case = _case(request)
    kind = PERSPECTIVE if case else request.GET.get("slag", "")
    bodies = queries.bodies_of(request.actor, request.today)
    if not bodies:
        raise Refused(
            say(gettext_noop("Bare de som sitter i et organ, eller betjener det, kan legge til noe her.")),
            rule="contribution.member",
        )
    if kind not in KINDS or (kind == PERSPECTIVE and case is None):
        return render(request, "contributions/choose.html", {"crumbs": _crumbs(request)})
    wanted = request.POST.get("body") or request.GET.get("organ") or bodies[0].key
    body = next((one for one in bodies if one.key == wanted), bodies[0])
    own = queries.place_of(body.key, request.actor.person, request.today)
    form = ContributionForm(
        request.POST or None,
        kind=kind,
        bodies=[(one.key, str(one.name)) for one in bodies],
        regions=[] if own.person else queries.regions_of(body.key, request.today),
        initial={"on": request.today, "body": body.key, "audience_kind": "administrative"},
    )
    if request.method == "POST" and form.is_valid():
        row = perform_form(request, form, actions.add, body=body.key, values=form.values(case.pk if case else None))
        if row is not None:
            messages.success(request, _("Takk. Bidraget er lagt til."))
            return redirect_client(request, _after(request, row))
    context = {"form": form, "case": case, "own": own, "row": None, "crumbs": _crumbs(request)}
    return render(request, "contributions/form.html", context, status=422 if form.errors else 200)


def edit(request: Any, key: UUID) -> HttpResponse:
    """Read one, or mend one's own."""
    row = queries.by_id(request.actor, key)
    if row is None:
        raise NotFound
    own = row.person_id in request.actor.people and bool(
        may(request.actor, Act.MEETING_TAKE_PART, queries.facts_of(row.body, request.today))
    )
    if not own:
        if request.method == "POST":
            raise Refused(say(gettext_noop("Bare den som har skrevet dette, kan endre det.")), rule="contribution.own")
        return render(request, "contributions/detail.html", {"row": row, "crumbs": _crumbs(request)})
    names = ("title", "text", "on", "stage", "lesson", "arena", "audience", "audience_kind")
    form = ContributionForm(
        request.POST or None, kind=row.kind, bodies=(), regions=(), initial={name: getattr(row, name) for name in names}
    )
    if request.method == "POST" and form.is_valid():
        done = perform_form(
            request, form, actions.save, contribution_id=key, version=version_of(request),
            values=form.values(row.case_id),
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("Endringen er lagret."))
            return redirect_client(request, _after(request, done))
    context = {"form": form, "case": row.case, "own": None, "row": row, "crumbs": _crumbs(request)}
    return render(request, "contributions/form.html", context, status=422 if form.errors else 200)


def remove(request: Any, key: UUID) -> HttpResponse:
    """Take away one's own."""
    row = queries.by_id(request.actor, key)
    if row is None:
        raise NotFound
    perform(request, actions.remove, contribution_id=key)
    messages.success(request, _("Bidraget er fjernet."))
    return redirect_client(request, _after(request, row))


def covered(request: Any) -> HttpResponse:
    """Anchoring by region and quarter in a year (``ar``), for a body (``organ``)."""
    bodies = [body for body in queries.bodies(request.today) if queries.regions_of(body.key, request.today)]
    wanted = request.GET.get("organ", "")
    body = next((one for one in bodies if one.key == wanted), bodies[0] if bodies else None)
    text = request.GET.get("ar", "")
    year = int(text) if text.isascii() and text.isdigit() and 2000 <= int(text) <= 2100 else request.today.year
    context = {
        "body": body,
        "tabs": [
            Tab(str(one.name), f"?organ={one.key}&ar={year}", one is body, None)
            for one in (bodies if len(bodies) > 1 else ())
        ],
        "year": year,
        "rows": queries.covered(body.key, year, request.today) if body else [],
        "crumbs": _crumbs(request),
    }
    return render(request, "contributions/coverage.html", context)


def _case(request: Any) -> Any:
    text = request.GET.get("sak", "")
    try:
        case = casework.case_by_id(UUID(text)) if text else None
    except ValueError:
        raise NotFound from None
    if text and (case is None or not may(request.actor, Act.CASE_READ, casework.case_facts(case))):
        raise NotFound
    return case


def _after(request: Any, row: Any) -> str:
    if row.case_id:
        return reverse("case-detail", args=[request.tenant.slug, row.case_id])
    return reverse("contribution-list", args=[request.tenant.slug])


def _crumbs(request: Any) -> list[Crumb]:
    return [Crumb(_("Bidrag fra medlemmene"), reverse("contribution-list", args=[request.tenant.slug]))]
