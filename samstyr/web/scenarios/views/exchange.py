"""The portfolio out as a workbook, and a changed one in again: the file, what it would do, and the confirmation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samstyr.foundation.kernel.errors import Conflict, Invalid, Problem
from samstyr.foundation.tables.spreadsheet import XLSX
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.foundation.ui.pieces import Tab
from samstyr.web.needs.views.writing import add_faults
from samstyr.web.posting import perform
from samstyr.web.scenarios import exchanging
from samstyr.web.scenarios.fields import factor, unit_of
from samstyr.web.scenarios.forms import EACH, WorkbookConfirmForm, WorkbookForm
from samstyr.wheel.scenarios import actions
from samstyr.wheel.scenarios.queries import exchange as queries
from samstyr.wheel.scenarios.rules.exchange.judging import Standing

from .parts import candidate_crumbs, may_edit, url

PER_PAGE = 50
# How many faults that belong to no candidate are listed.
MOST_LOOSE = 50


def workbook(request: Any) -> HttpResponse:
    """All candidates as a workbook that can be changed and read in again."""
    unit = factor(unit_of(request.GET.get("unit")))
    content = queries.portfolio_file(request.actor, request.now, request.today, slug=request.tenant.slug, unit=unit)
    response = HttpResponse(content, content_type=XLSX)
    name = f"portefolje-{request.tenant.slug}-{request.today:%Y-%m-%d}.xlsx"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def upload(request: Any) -> HttpResponse:
    """Choose the changed workbook."""
    may_edit(request).require()
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            document = perform(request, actions.keep_portfolio_file, content=file.read(), file_name=file.name)
        except Invalid as invalid:
            add_faults(form, invalid)
        else:
            return redirect_client(request, url(request, "candidate-import-preview", document.pk))
    context = {"form": form, "guide": exchanging.guide(), "crumbs": candidate_crumbs(request)}
    return render(request, "scenarios/import.html", context, status=422 if form.is_bound else 200)


def preview(request: Any, key: UUID) -> HttpResponse:
    """What the workbook would do, candidate by candidate; confirming writes it all, or nothing."""
    may_edit(request).require()
    problem: Problem | None = None
    if request.method == "POST":
        try:
            return _discarded(request, key) if "discard" in request.POST else _confirmed(request, key)
        except (Conflict, Invalid) as found:
            problem = found
    try:
        seen = queries.preview_portfolio(request.actor, key, day=request.today)
    except Invalid as invalid:
        way = candidate_crumbs(request)
        context = {"problem": invalid, "crumbs": way, "upload_url": url(request, "candidate-import")}
        return render(request, "needs/import_unreadable.html", context, status=422)
    return _page(request, key, seen, problem)


def _discarded(request: Any, key: UUID) -> HttpResponse:
    perform(request, actions.discard_portfolio_file, document_id=key)
    messages.success(request, _("Filen er forkastet. Ingenting er endret."))
    return redirect_client(request, url(request, "candidate-list"))


def _confirmed(request: Any, key: UUID) -> HttpResponse:
    done = perform(
        request,
        actions.import_candidates,
        document_id=key,
        seen=request.POST.get("seen", ""),
        choices=exchanging.choices(request.POST),
        otherwise=request.POST.get("otherwise", ""),
    )
    messages.success(request, _said(done))
    return redirect_client(request, url(request, "candidate-list"))


def _said(done: actions.Imported | None) -> str:
    if done is None:  # the same form once more
        return _("Arbeidsboken er lest inn.")
    parts = [
        (done.changed, ngettext("%(n)s kandidat er endret", "%(n)s kandidater er endret", done.changed)),
        (done.new, ngettext("%(n)s er ny", "%(n)s er nye", done.new)),
        (done.dropped, ngettext("%(n)s er tatt ut", "%(n)s er tatt ut", done.dropped)),
        (done.restored, ngettext("%(n)s er tatt inn igjen", "%(n)s er tatt inn igjen", done.restored)),
    ]
    words = ", ".join(text % {"n": number} for number, text in parts if number)
    return _("Arbeidsboken er lest inn: %(words)s.") % {"words": words}


def _page(request: Any, key: UUID, seen: queries.Preview, problem: Problem | None) -> HttpResponse:
    stopped = bool(seen.loose or seen.counts[Standing.FAULTY])
    conflicts = sum(len(row.conflicts) for row in seen.of(Standing.CONFLICT))
    standing = exchanging.standing_of(request.GET.get("vis", ""))
    if problem is not None and conflicts and not stopped:
        standing = Standing.CONFLICT  # where the choices are
    # All conflicts stand on one page, so that no choice is lost on the way to the next.
    choosing = standing is Standing.CONFLICT and not stopped
    chosen = exchanging.to_choose(seen)
    rows = chosen if choosing else seen.of(standing) if standing else exchanging.in_order(seen.rows)
    page = Paginator(rows, exchanging.MOST_CHOSEN if choosing else PER_PAGE).get_page(request.GET.get("page"))
    shown = exchanging.Showing(seen, list(page), lambda pk: url(request, "candidate-detail", pk))
    form = _form(request, seen, problem)
    context = {
        "page": page,
        "rows": shown.rows(request.POST if choosing else None),
        "tabs": _tabs(request, key, seen, standing),
        "seen": seen,
        "total": len(seen.rows),
        "stopped": stopped,
        "loose": seen.loose[:MOST_LOOSE],
        "loose_more": len(seen.loose) - MOST_LOOSE,
        # What is wrong with the choices stands in the form's own summary.
        "problem": problem if stopped or isinstance(problem, Conflict) else None,
        "conflicts": conflicts,
        "choosing": choosing,
        "unshown": conflicts - sum(len(row.conflicts) for row in chosen),
        "choose_url": f"{url(request, 'candidate-import-preview', key)}?vis={Standing.CONFLICT.value}",
        "form": form,
        "crumbs": candidate_crumbs(request),
    }
    return render(request, "scenarios/import_preview.html", context, status=problem.status if problem else 200)


def _form(request: Any, seen: queries.Preview, problem: Problem | None) -> WorkbookConfirmForm:
    """The form with the seal of what is shown now, what was chosen, and what was wrong with it."""
    given = {"seen": seen.seal, "otherwise": request.POST.get("otherwise") or EACH}
    if problem is None:
        return WorkbookConfirmForm(initial=given)
    form = WorkbookConfirmForm(given)
    if form.is_valid() and isinstance(problem, Invalid):
        add_faults(form, problem)
    return form


def _tabs(request: Any, key: UUID, seen: queries.Preview, current: Standing | None) -> list[Tab]:
    base = url(request, "candidate-import-preview", key)
    counts = seen.counts
    found = [Tab(_("Alt som er ulikt"), base, current is None, len(seen.rows) - counts[Standing.SAME])]
    for standing, name in exchanging.STANDINGS.items():
        if counts[standing] or standing is current:
            found.append(Tab(str(name), f"{base}?vis={standing.value}", standing is current, counts[standing]))
    return found
