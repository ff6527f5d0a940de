"""The plan: periods and versions, one version, and what can be done with an adopted one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.htmx import render as render_part
from samstyr.foundation.ui.shell import Crumb
from samstyr.outward.exports import assembling, templates
from samstyr.web.posting import perform_form
from samstyr.web.shell import address
from samstyr.wheel.portfolio import actions, queries
from samstyr.wheel.portfolio.rules.difference import difference
from samstyr.wheel.portfolio.rules.gates import may_start

from . import files, presenting
from .forms import BudgetForm, DraftForm, ProgressForm, VersionFilter


def plan_list(request: HttpRequest) -> HttpResponse:
    """Every period with its versions, and the way to a new draft or a revision."""
    today = request.today  # type: ignore[attr-defined]
    may_edit = may(request.actor, Act.PLAN_EDIT, queries.plan_facts())  # type: ignore[attr-defined]
    form = DraftForm(request.POST or None, initial={"first_year": today.year + 1})
    if request.method == "POST" and form.is_valid():
        version = perform_form(request, form, actions.open_draft, **form.cleaned_data)
        if version:
            messages.success(request, _("Utkastet er åpnet."))
            return redirect("plan-version-detail", tenant=request.tenant.slug, key=version.pk)  # type: ignore[attr-defined]
    plans = [
        {"plan": plan, "versions": [(version, presenting.version_status(version)) for version in plan.versions.all()]}
        for plan in queries.visible_to(request.actor)  # type: ignore[attr-defined]
    ]
    may_template = templates.may_change(request.actor)  # type: ignore[attr-defined]
    context = {"plans": plans, "form": form, "may_edit": may_edit, "may_template": may_template}
    return render(request, "plan/list.html", context, status=422 if form.errors else 200)


def crumbs_of(request: HttpRequest, version: Any | None = None) -> list[Crumb]:
    """The way down to a page about a plan."""
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    crumbs = [Crumb(_("Plan"), address("plan-list", tenant))]
    if version is not None:
        crumbs.append(Crumb(str(version.plan.name), address("plan-version-detail", tenant, version.pk)))
    return crumbs


def version_of(request: HttpRequest, key: UUID) -> Any:
    """The version, if the person may read plans."""
    version = queries.version_by_id(key)
    if version is None or not may(request.actor, Act.PLAN_READ, queries.plan_facts()):  # type: ignore[attr-defined]
        raise NotFound
    return version


def version_detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """One version as a ranked table with sums, shares, treatments and decision."""
    version = version_of(request, key)
    form = VersionFilter(request.GET or None, payers=queries.payers())
    chosen = form.cleaned_data if form.is_valid() else {}
    organisation = UUID(chosen["organisation"]) if chosen.get("organisation") else None
    today = request.today  # type: ignore[attr-defined]
    whole = presenting.whole(version, today, organisation=organisation, area=chosen.get("area", ""))
    may_edit = may(request.actor, Act.PLAN_EDIT, queries.plan_facts())  # type: ignore[attr-defined]
    context = {
        "version": version,
        "plan": version.plan,
        "status": presenting.version_status(version),
        "whole": whole,
        "in_kroner": chosen.get("unit") == "kr",
        "filter_form": form,
        "decision": presenting.decision_words(version),
        "editable": bool(may_edit) and version.state == "draft",
        "may_edit": may_edit,
        "crumbs": crumbs_of(request),
        "overruns": queries.frame_findings(version, today),
        "may_budget": may(request.actor, Act.BUDGET_MANAGE, queries.plan_facts(row.pk for row in queries.payers())),  # type: ignore[attr-defined]
        "undecided": queries.undecided(version.plan, today.year) if version.state == "adopted" else [],
        "others": [row for row in queries.plan_by_id(version.plan_id).versions.all() if row.pk != version.pk],  # type: ignore[union-attr]
        **presenting.treatments(version),
    }
    return render_part(request, "plan/version.html", "rows", context)


def export(request: HttpRequest, key: UUID, ending: str) -> HttpResponse:
    """The version as a file."""
    return files.answer(request, version_of(request, key), ending)


def compare(request: HttpRequest, key: UUID, other: UUID) -> HttpResponse:
    """What differs between an earlier version and this one, in words and figures."""
    new, old = version_of(request, key), version_of(request, other)
    if new.plan_id != old.plan_id:
        raise NotFound
    names = {row.pk: str(row) for row in queries.payers()}
    changes = difference(
        [queries.plain(row) for row in queries.lines_of(old)],
        [queries.plain(row) for row in queries.lines_of(new)],
        names,
    )
    context = {"new": new, "old": old, "changes": changes, "crumbs": crumbs_of(request, new)}
    return render(request, "plan/compare.html", context)


def measure(request: HttpRequest, key: UUID, line: UUID) -> HttpResponse:
    """One measure of a version: its parts, its need, its decision, budget, progress and start."""
    version = version_of(request, key)
    row = next((item for item in queries.lines_of(version) if item.pk == line), None)
    if row is None:
        raise NotFound
    today = request.today  # type: ignore[attr-defined]
    whole = presenting.whole(version, today)
    shown = next(item for item in whole.rows if item.row.pk == line)
    facts = queries.plan_facts(shown.line.organisations)
    gate = may_start(
        adopted=version.state == "adopted",
        years=sorted({cost.year for cost in shown.line.costs if cost.amount}),
        coverage=queries.coverage_of(version.plan, row, today),
        today=today,
    )
    progress = may(request.actor, Act.PLAN_PROGRESS, facts)  # type: ignore[attr-defined]
    budget_form = BudgetForm(
        request.POST if _verb(request) == "budget" else None, years=whole.years, payers=queries.payers()
    )
    progress_form = ProgressForm(request.POST if _verb(request) == "progress" else None, initial={"happened_on": today})
    if request.method == "POST" and _followed(request, version, row, budget_form, progress_form):
        return redirect("plan-measure", tenant=request.tenant.slug, key=key, line=line)  # type: ignore[attr-defined]
    context = {
        "version": version,
        "shown": shown,
        "whole": whole,
        "costs": presenting.costs_of(row, today),
        "told": assembling.Told(today).of(row),
        "gate": gate if progress else progress,
        "may_progress": progress,
        "may_budget": may(request.actor, Act.BUDGET_MANAGE, facts),  # type: ignore[attr-defined]
        "budget_form": budget_form,
        "progress_form": progress_form,
        "history": queries.progress_history(version.plan, row),
        "decision": presenting.decision_words(version),
        "editable": version.state == "draft" and may(request.actor, Act.PLAN_EDIT, queries.plan_facts()),  # type: ignore[attr-defined]
        "crumbs": crumbs_of(request, version),
    }
    failed = budget_form.errors or progress_form.errors
    return render(request, "plan/measure.html", context, status=422 if failed else 200)


def _verb(request: HttpRequest) -> str:
    return request.POST.get("verb", "")


def _followed(request: HttpRequest, version: Any, row: Any, budget: BudgetForm, progress: ProgressForm) -> bool:
    place: dict[str, Any] = {"plan_id": version.plan_id, "line_key": row.line_key}
    if _verb(request) == "start":
        form = ProgressForm(request.POST)
        if perform_form(request, form, actions.start_measure, note=request.POST.get("note", ""), **place):
            messages.success(request, _("Tiltaket er startet."))
            return True
    elif _verb(request) == "budget" and budget.is_valid():
        given = dict(budget.cleaned_data)
        organisation = given.pop("organisation")
        where = UUID(organisation) if organisation else None
        if perform_form(request, budget, actions.set_budget_state, organisation_id=where, **given, **place):
            messages.success(request, _("Budsjettstatus er ført."))
            return True
    elif _verb(request) == "progress" and progress.is_valid():
        noted = perform_form(request, progress, actions.record_progress, **progress.cleaned_data, **place)
        if noted is not None:
            messages.success(request, _("Framdriften er ført."))
        return noted is not None
    return False
