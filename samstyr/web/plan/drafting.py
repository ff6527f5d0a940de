"""Writing a draft of the plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import Invalid, NotFound
from samstyr.web.posting import perform
from samstyr.web.posting import version_of as version_posted
from samstyr.wheel.portfolio import actions, queries

from . import presenting
from .asking import asks_of
from .forms import LineForm
from .views import crumbs_of, version_of


def _form(request: HttpRequest, version: Any, initial: dict[str, Any] | None = None) -> LineForm:
    today = request.today  # type: ignore[attr-defined]
    return LineForm(
        request.POST or None,
        initial=initial,
        years=queries.years_of(version.plan),
        sources=queries.sources(today),
        keys=queries.cost_keys(today),
        payers=queries.payers(),
        asks=asks_of(today),
    )


def line_add(request: HttpRequest, key: UUID) -> HttpResponse:
    """A new measure in the draft."""
    version = version_of(request, key)
    may(request.actor, Act.PLAN_EDIT, queries.plan_facts()).require()  # type: ignore[attr-defined]
    form = _form(request, version)
    saved = _saved(request, form, actions.add_line, version_id=version.pk)
    return saved or _page(request, version, form, None)


def line_edit(request: HttpRequest, key: UUID, line: UUID) -> HttpResponse:
    """Change a measure of the draft."""
    version = version_of(request, key)
    may(request.actor, Act.PLAN_EDIT, queries.plan_facts()).require()  # type: ignore[attr-defined]
    row = next((item for item in queries.lines_of(version) if item.pk == line), None)
    if row is None:
        raise NotFound
    initial = {
        "title": row.title,
        "owner": row.owner,
        "argument": row.argument,
        "organisations": [str(part.organisation_id) for part in row.participants.all()],
        "cost_key": row.cost_key,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "own_shares": row.own_shares,
        "kind": row.kind,
        "focus_area": row.focus_area,
        "goals": row.goals,
        "benefit": row.benefit,
        "answers": row.answers,
        "purchase_on": row.purchase_on,
        "effort": row.effort,
        "rolled_reason": row.rolled_reason,
        "costs": {(cost.year, cost.kind, cost.source): cost.amount for cost in row.costs.all()},
    }
    form = _form(request, version, initial)
    saved = _saved(request, form, actions.save_line, line_id=row.pk, version=version_posted(request))
    return saved or _page(request, version, form, row)


def _saved(request: HttpRequest, form: LineForm, action: Any, **place: Any) -> HttpResponse | None:
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        row = perform(request, action, line=form.line(), **place)
    except Invalid as invalid:
        for fault in invalid.errors:
            form.add_error(*form.told(fault))
        return None
    messages.success(request, _("Tiltaket er lagret."))
    return redirect("plan-version-detail", tenant=request.tenant.slug, key=row.version_of_id)  # type: ignore[attr-defined]


def _page(request: HttpRequest, version: Any, form: LineForm, row: Any) -> HttpResponse:
    context = {"form": form, "version": version, "row": row, "crumbs": crumbs_of(request, version)}
    return render(request, "plan/line.html", context, status=422 if form.errors else 200)


def line_remove(request: HttpRequest, key: UUID, line: UUID) -> HttpResponse:
    """Take a measure out of the draft."""
    if not any(item.pk == line for item in queries.lines_of(version_of(request, key))):
        raise NotFound
    perform(request, actions.remove_line, line_id=line, version=version_posted(request))
    messages.success(request, _("Tiltaket er tatt ut av utkastet."))
    return redirect("plan-version-detail", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]


def rank(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put the measures in the order of the numbers typed; equal numbers keep their present order."""
    version = version_of(request, key)
    rows = queries.lines_of(version)
    wanted = sorted(rows, key=lambda row: (_number(request.POST.get(f"rank-{row.pk}", "")), row.rank))
    moved = request.POST.get("move", "")
    order = [row.pk for row in wanted]
    if ":" in moved:
        order = _moved([row.pk for row in rows], moved)
    reason = request.POST.get("reason", "")
    perform(request, actions.rank_lines, version_id=key, version=version_posted(request), order=order, reason=reason)
    messages.success(request, _("Rekkefølgen er lagret."))
    return redirect("plan-version-detail", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 99999


def _moved(order: list[UUID], moved: str) -> list[UUID]:
    """`moved` is ``up:<id>`` or ``down:<id>``."""
    direction, _colon, key = moved.partition(":")
    at = next((index for index, item in enumerate(order) if str(item) == key), None)
    if at is None:
        raise NotFound
    to = max(0, min(len(order) - 1, at + (-1 if direction == "up" else 1)))
    order.insert(to, order.pop(at))
    return order


def propose(request: HttpRequest, key: UUID) -> HttpResponse:
    """A summary of what is proposed, and the act itself."""
    version = version_of(request, key)
    may(request.actor, Act.PLAN_EDIT, queries.plan_facts()).require()  # type: ignore[attr-defined]
    faults: list[Any] = []
    if request.method == "POST":
        try:
            perform(request, actions.propose, version_id=key, version=version_posted(request))
        except Invalid as invalid:
            faults = invalid.errors
        else:
            messages.success(request, _("Forslaget er sendt til behandling. Det kan ikke endres lenger."))
            return redirect("plan-version-detail", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]
    whole = presenting.whole(version, request.today)  # type: ignore[attr-defined]
    context = {"version": version, "whole": whole, "faults": faults, "crumbs": crumbs_of(request, version)}
    return render(request, "plan/propose.html", context, status=422 if faults else 200)
