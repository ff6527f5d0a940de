"""From draft to adopted: why goals changed, the phases of the work, the proposal, and an adoption that is entered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import NotFound
from samstyr.web.posting import perform_form, version_of
from samstyr.wheel.strategy import actions, queries

from . import presenting
from .drafting import crumbs, draft_of, to_draft
from .forms import AdoptForm, FateForm, PhaseForm


def fates(request: Any, key: UUID) -> HttpResponse:
    """What has become of each goal of the earlier version."""
    row = draft_of(request, key)
    shown = sorted(queries.fates_of(row), key=lambda one: not one.needs_reason)
    context = {
        "row": row,
        "rows": shown,
        "counts": [(word, sum(one.fate == fate for one in shown)) for fate, word in _words()],
        "editable": row.state == "draft",
        "crumbs": crumbs(request, row),
    }
    return render(request, "strategy/fates.html", context)


def _words() -> list[tuple[str, str]]:
    return [("kept", _("videreført")), ("changed", _("endret")), ("dropped", _("tatt ut")), ("new", _("nye"))]


def fate(request: Any, key: UUID, goal: str) -> HttpResponse:
    """Why one goal is kept, changed or dropped."""
    row = draft_of(request, key)
    one = next((item for item in queries.fates_of(row) if item.key == goal), None)
    if one is None:
        raise NotFound
    form = FateForm(request.POST or None, initial={"reason": one.reason, "lesson": one.lesson})
    if request.method == "POST" and form.is_valid():
        about = {"version_id": row.pk, "version": version_of(request), "goal": goal, **form.cleaned_data}
        if perform_form(request, form, actions.say_why, **about):
            return redirect("strategy-fates", tenant=request.tenant.slug, key=key)
    context = {"form": form, "row": row, "one": one, "crumbs": crumbs(request, row)}
    return render(request, "strategy/fate.html", context, status=422 if form.errors else 200)


def phase(request: Any, key: UUID, phase: str) -> HttpResponse:
    """When a phase of the work ended."""
    row = draft_of(request, key)
    process = queries.content_of(row).process
    one = next((item for item in (process.phases if process else ()) if item.key == phase), None)
    if one is None:
        raise NotFound
    said = row.process.get(phase) or {}
    form = PhaseForm(request.POST or None, initial={"on": said.get("on"), "note": said.get("note", "")})
    if request.method == "POST" and form.is_valid():
        about = {"version_id": row.pk, "version": version_of(request), "phase": phase, **form.cleaned_data}
        if perform_form(request, form, actions.end_phase, **about):
            return to_draft(request, row)
    context = {"form": form, "row": row, "one": one, "crumbs": crumbs(request, row)}
    return render(request, "strategy/phase.html", context, status=422 if form.errors else 200)


def decide(request: Any, key: UUID) -> HttpResponse:
    """Propose the draft on the model's path; where there is none, enter who adopted it, and when."""
    row = draft_of(request, key)
    path = queries.path_key(request.today)
    form = AdoptForm(request.POST if request.method == "POST" and path is None else None)
    findings = queries.findings_of(row, request.today)
    stops = [str(one.text) for one in findings if one.stops]
    stops += [
        _("«%(goal)s» er %(fate)s uten begrunnelse.") % {"goal": one.text, "fate": one.word}
        for one in queries.fates_of(row)
        if one.needs_reason and not one.reason
    ]
    if request.method == "POST":
        about: dict[str, Any] = {"version_id": row.pk, "version": version_of(request)}
        if path is not None:
            form = AdoptForm({})
            done = perform_form(request, form, actions.propose, **about)
            said = _("Utkastet er foreslått, og saken er sendt videre.")
        else:
            done = perform_form(request, form, actions.adopt, **about, **form.cleaned_data) if form.is_valid() else None
            said = _("Strategien er vedtatt.")
        if done is not None:
            messages.success(request, said)
            return redirect("strategy-detail", tenant=request.tenant.slug, key=key)
    content = queries.content_of(row)
    context = {
        "row": row,
        "form": form,
        "path": request.model.path(path) if path and request.model else None,
        "title": content.title,
        "period": presenting.period(content),
        "stops": stops,
        "told": [one for one in findings if not one.stops],
        "may_adopt": may(request.actor, Act.STRATEGY_ADOPT, queries.strategy_facts()),
        "crumbs": crumbs(request, row),
    }
    return render(request, "strategy/decide.html", context, status=422 if request.method == "POST" else 200)
