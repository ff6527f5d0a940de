"""Sources: the list, one with all that points to it, adding and mending, and a trend made into a need."""

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
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui import htmx
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.matters.queries import create_facts as matter_facts
from samstyr.procedure.matters.queries import paths_to_choose
from samstyr.procedure.sources import actions, queries
from samstyr.web.casework.presenting import case_status
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.web.saving import table_response
from samstyr.wheel.handovers import trend_to_need
from samstyr.wheel.needs import queries as needs

from .forms import SourceFilter, SourceForm, initial_of

PER_PAGE, MOST_EXPORTED = 50, 10_000


def source_list(request: Any) -> HttpResponse:
    """All sources, searched and narrowed in the address."""
    form, rows = _chosen(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "filter_form": form, "query": request.GET.urlencode(),
        "narrowed": bool(request.GET.get("q") or request.GET.get("slag")),
        "may_add": may(request.actor, Act.CASE_CREATE, queries.create_facts(request.actor)),
    }  # fmt: skip
    return htmx.render(request, "sources/list.html", "rows", context)


def _chosen(request: Any) -> tuple[SourceFilter, Any]:
    form = SourceFilter(request.GET)
    form.is_valid()
    given = form.cleaned_data
    text = given.get("q", "").replace("\0", "")
    return form, queries.listing(kind=given.get("slag", ""), text=text, sort=request.GET.get("sort", "title"))


def export(request: Any) -> HttpResponse:
    """The list as Excel."""
    _form, rows = _chosen(request)
    heading = [
        _("Hva"),
        _("Tittel"),
        _("Organ eller utgiver"),
        _("Saksnummer"),
        _("Dato"),
        _("Når"),
        _("Nettadresse"),
        _("Vises til av"),
    ]
    lines = (
        [row.get_kind_display(), row.title, row.issuer, row.number, row.dated, row.get_availability_display(), row.address, row.cited]
        for row in rows[:MOST_EXPORTED]
    )  # fmt: skip
    return table_response(_("Kilder"), heading, lines, ending="xlsx", numeric=[_("Vises til av")])


def detail(request: Any, key: UUID) -> HttpResponse:
    """One source with the cases and needs that point to it, and the answers they got."""
    source = _source(key)
    force = queries.in_force_since(source)
    keeps = source.added_by_id in request.actor.people or may(request.actor, Act.CASE_ADMINISTER, source.facts())
    paths = paths_to_choose(request.today)
    may_raise = bool(may(request.actor, Act.CASE_CREATE, matter_facts(request.actor)))
    wanted = [row.owner_id for row in source.citations.all() if row.owner_kind == "need"]
    context = {
        "source": source,
        "pointing": [(one, case_status(one.case)) for one in queries.cases_pointing_to(source, request.actor)],
        "needs": list(needs.visible_to(request.actor).filter(pk__in=wanted)) if wanted else [],
        "since": force[0] if force else None,
        "put_in_force_by": force[1] if force else None,
        "waits": force is None and any(source.kind in path.puts_in_force for path in paths),
        "may_edit": bool(keeps),
        "raise_paths": [path for path in paths if source.kind in path.cites] if may_raise else [],
        "may_need": source.kind == "trend" and may(request.actor, Act.NEED_CREATE, queries.create_facts(request.actor)),
        "crumbs": _crumbs(request),
    }
    return render(request, "sources/detail.html", context)


def add(request: Any) -> HttpResponse:
    """A form for a new source."""
    may(request.actor, Act.CASE_CREATE, queries.create_facts(request.actor)).require()
    kind = request.GET.get("slag", "political_case")
    form = SourceForm(request.POST or None, initial={"kind": kind})
    if request.method == "POST" and form.is_valid():
        row = perform_form(request, form, actions.add, values=form.values())
        if row is not None:
            messages.success(request, _("Kilden er lagt til."))
            return redirect_client(request, reverse("source-detail", args=[request.tenant.slug, row.pk]))
    return _form(request, form, None)


def edit(request: Any, key: UUID) -> HttpResponse:
    """Mend a source."""
    source = _source(key)
    if source.added_by_id not in request.actor.people:
        may(request.actor, Act.CASE_ADMINISTER, source.facts()).require()
    form = SourceForm(request.POST or None, initial=initial_of(source))
    if request.method == "POST" and form.is_valid():
        row = perform_form(
            request, form, actions.save, source_id=key, version=version_of(request), values=form.values()
        )
        if row is not None:
            messages.success(request, _("Endringen er lagret."))
            return redirect_client(request, reverse("source-detail", args=[request.tenant.slug, key]))
    return _form(request, form, source)


def raise_need(request: Any, key: UUID) -> HttpResponse:
    """Begin a need from a trend; the need points to the trend."""
    _source(key)
    need = perform(request, trend_to_need.raise_need, source_id=key)
    messages.success(request, _("Utkastet er lagret og viser til trenden. Skriv videre på behovet."))
    return redirect_client(request, reverse("need-edit", args=[request.tenant.slug, need.pk]))


def _form(request: Any, form: SourceForm, source: Any) -> HttpResponse:
    context = {"form": form, "source": source, "crumbs": _crumbs(request)}
    return render(request, "sources/form.html", context, status=422 if form.errors else 200)


def _source(key: UUID) -> Any:
    source = queries.by_id(key)
    if source is None:
        raise NotFound
    return source


def _crumbs(request: Any) -> list[Crumb]:
    return [Crumb(_("Kilder"), reverse("source-list", args=[request.tenant.slug]))]
