"""Bringing in a list of needs: the file, what it would do row by row, and the confirmation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import say
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.foundation.ui.pieces import Status, Tab, Tone
from samstyr.web.needs.forms import ImportConfirmForm, ImportForm
from samstyr.web.posting import perform
from samstyr.web.saving import table_response
from samstyr.wheel.needs import actions, queries, texts
from samstyr.wheel.needs.rules.columns import COLUMNS
from samstyr.wheel.needs.rules.importing import Options, Standing

from .parts import crumbs, url
from .writing import add_faults

PER_PAGE = 50
TONES = {
    Standing.NEW: Tone.SUCCESS,
    Standing.EXISTING: Tone.NEUTRAL,
    Standing.ALIKE: Tone.WARNING,
    Standing.FAULTY: Tone.DANGER,
}


def upload(request: Any) -> HttpResponse:
    """Choose the file and how its amounts are to be read."""
    may(request.actor, Act.NEED_IMPORT, queries.import_facts(request.actor)).require()
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            document = perform(request, actions.keep_import, content=file.read(), file_name=file.name)
        except Invalid as invalid:
            add_faults(form, invalid)
        else:
            query = f"?belop={form.cleaned_data['money']}&send={form.cleaned_data['sending']}"
            return redirect_client(request, url(request, "need-import-preview", document.pk) + query)
    columns = [(say(column.heading), say(column.help)) for column in COLUMNS]
    context = {"form": form, "columns": columns, "crumbs": crumbs(request)}
    return render(request, "needs/import.html", context, status=422 if form.is_bound else 200)


def template(request: Any) -> HttpResponse:
    """A workbook with the headings, ready to be filled in."""
    return table_response(_("Mal for behov"), [str(say(column.heading)) for column in COLUMNS], [], ending="xlsx")


def preview(request: Any, key: UUID) -> HttpResponse:
    """Every row with what will happen to it; confirming writes them, or nothing."""
    may(request.actor, Act.NEED_IMPORT, queries.import_facts(request.actor)).require()
    options = options_of(request)
    form = ImportConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, actions.import_needs, document_id=key, options=options, **form.cleaned_data)
        except Invalid as invalid:
            add_faults(form, invalid)
        else:
            return _imported(request, options)
    try:
        seen = queries.preview_file(request.actor, key, options, day=request.today)
    except Invalid as invalid:
        context = {"problem": invalid, "crumbs": crumbs(request), "upload_url": url(request, "need-import")}
        return render(request, "needs/import_unreadable.html", context, status=422)
    return _preview_page(request, key, form, seen)


def _imported(request: Any, options: Options) -> HttpResponse:
    said = _("Behovene er sendt inn.") if options.sending else _("Behovene er lagret som utkast.")
    messages.success(request, said)
    return redirect_client(request, url(request, "need-list"))


def options_of(request: Any) -> Options:
    """How the file is to be read, from the address."""
    return Options(money_unit=1000 if request.GET.get("belop") == "1000" else 1, sending=request.GET.get("send") == "1")


def _preview_page(request: Any, key: UUID, form: ImportConfirmForm, seen: queries.Preview) -> HttpResponse:
    only = request.GET.get("vis", "")
    standing = Standing(only) if only in set(Standing) else None
    rows = seen.of(standing) if standing else list(seen.rows)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    counts = seen.counts
    options = options_of(request)
    new = counts[Standing.NEW]
    units = {unit.pk: unit.name for unit in queries.units_to_choose(request.actor)}
    context = {
        "page": page,
        "rows": [
            (row, _status(row.standing), units.get(row.values.unit, "") if row.values.unit else "") for row in page
        ],
        "tabs": _tabs(request, key, counts, standing),
        "counts": counts,
        "total": len(seen.rows),
        "unread": seen.unread,
        "notes": seen.notes,
        "form": form,
        "options": options,
        "crumbs": crumbs(request),
        "confirm": ngettext("Les inn %(count)s behov", "Les inn %(count)s behov", new) % {"count": new},
    }
    return render(request, "needs/import_preview.html", context, status=422 if form.errors else 200)


def _status(standing: Standing) -> Status:
    return Status(str(texts.standing(standing)), TONES[standing])


def _tabs(request: Any, key: UUID, counts: dict[str, int], current: Standing | None) -> list[Tab]:
    base = url(request, "need-import-preview", key)
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("vis", None)
    rest = query.urlencode()
    tabs = [Tab(_("Alle rader"), f"{base}?{rest}", current is None, sum(counts.values()))]
    for standing in Standing:
        label = str(texts.standing(standing))
        tabs.append(Tab(label, f"{base}?{rest}&vis={standing}", standing is current, counts[standing]))
    return tabs
