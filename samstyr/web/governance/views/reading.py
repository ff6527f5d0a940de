"""The model to read: pictures with their lists, versions, differences, the dry run, the rules, and the file."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.governance import queries
from samstyr.foundation.governance.rules import picture
from samstyr.foundation.governance.rules.difference import difference
from samstyr.foundation.governance.rules.lint import RULES
from samstyr.foundation.governance.rules.rehearsal import rehearse

from ..forms import ComparisonForm, RehearsalForm
from .parts import crumbs, drawn, manage_verdict, status_of, tabs, version_or_404


def current(request: Any) -> HttpResponse:
    """The version in force; before the first adoption, how to get one."""
    row = queries.version_in_force(request.today)
    if row is None:
        rows = list(queries.versions())
        return render(
            request,
            "governance/empty.html",
            {"rows": _rows(rows, None, request.today), "manage": manage_verdict(request)},
        )
    return _shown(request, row)


def detail(request: Any, key: UUID) -> HttpResponse:
    """One version."""
    return _shown(request, version_or_404(key))


def _rows(rows: Any, in_force: Any, today: date) -> list[tuple[Any, Any]]:
    return [(row, status_of(row, in_force, today)) for row in rows]


def _shown(request: Any, row: Any) -> HttpResponse:
    model = queries.typed(row)
    in_force = queries.version_in_force(request.today)
    context = {
        "row": row,
        "model": model,
        "status": status_of(row, in_force, request.today),
        "tabs": tabs(request, row, "model-detail"),
        "paths": drawn(model),
        "wheel": picture.wheel_svg(model, request.today),
        "periods": picture.wheel_list(model, request.today),
        "rows": _rows(queries.versions(), in_force, request.today),
        "manage": manage_verdict(request),
        "crumbs": crumbs(request)[:-1] if in_force and row.pk == in_force.pk else crumbs(request),
    }
    return render(request, "governance/model.html", context)


def as_yaml(request: Any, key: UUID) -> HttpResponse:
    """The version's file, as it was adopted."""
    row = version_or_404(key)
    response = HttpResponse(row.text, content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{row.key}-v{row.number}.yaml"'
    return response


def differences(request: Any, key: UUID) -> HttpResponse:
    """What is different from another version, by default the one before."""
    row = version_or_404(key)
    others = [other for other in queries.versions() if other.pk != row.pk]
    before = next((other for other in others if other.number < row.number), None)
    form = ComparisonForm(request.GET or None, others=others, initial={"other": str(before.pk) if before else ""})
    if form.is_bound and form.is_valid():
        before = next(other for other in others if str(other.pk) == form.cleaned_data["other"])
    changes = difference(queries.typed(before), queries.typed(row)) if before else []
    words = {"added": (_("Nytt"), "success"), "removed": (_("Fjernet"), "danger"), "changed": (_("Endret"), "info")}
    context = {
        "row": row, "before": before, "form": form, "crumbs": crumbs(request, row),
        "tabs": tabs(request, row, "model-difference"), "changes": [(change, *words[change.kind]) for change in changes],
    }  # fmt: skip
    return render(request, "governance/difference.html", context)


def rehearsal(request: Any, key: UUID) -> HttpResponse:
    """An imagined need led through the version, month by month."""
    row = version_or_404(key)
    model = queries.typed(row)
    form = RehearsalForm(request.GET or None, model=model, initial={"start": request.today, "path": _first_path(model)})
    result = None
    if form.is_bound and form.is_valid():
        result = rehearse(model, form.cleaned_data["start"], path=form.cleaned_data["path"], facts=form.facts())
    elif not form.is_bound:
        result = rehearse(model, request.today)
    names = {path.key: str(path.name) for path in model.paths}
    months: dict[date, list[Any]] = {}
    for step in result.steps if result else ():
        months.setdefault(step.opens.replace(day=1), []).append((step, names[step.path]))
    context = {
        "row": row, "form": form, "result": result, "months": list(months.items()), "crumbs": crumbs(request, row),
        "tabs": tabs(request, row, "model-rehearsal"),
    }  # fmt: skip
    return render(request, "governance/rehearsal.html", context)


def _first_path(model: Any) -> str:
    if model.need_form:
        return str(model.need_form.path)
    return model.paths[0].key if model.paths else ""


def rules(request: Any) -> HttpResponse:
    """Every rule of the checker: what it looks for, why it matters, and what to do."""
    ordered = sorted(RULES.values(), key=lambda rule: rule.code)
    return render(request, "governance/rules.html", {"rules": ordered, "crumbs": crumbs(request)})
