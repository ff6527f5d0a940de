"""The model to read: pictures with their lists, versions, differences, the dry run, the rules, and the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.governance import queries
from samstyr.foundation.governance.rules import picture
from samstyr.foundation.governance.rules.difference import difference
from samstyr.foundation.governance.rules.editing.checking import checked
from samstyr.foundation.governance.rules.lint import RULES
from samstyr.foundation.governance.rules.rehearsal import rehearse
from samstyr.foundation.governance.rules.timeline import timeline_svg

from ..editing.origins import origin_words
from ..forms import START, ComparisonForm, RehearsalForm
from .parts import crumbs, drawn, manage_verdict, status_of, tabs, version_or_404

CHOSEN = "valg:"


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
    row = version_or_404(key)
    return unfinished(request, row, "model-detail") or _shown(request, row)


def unfinished(request: Any, row: Any, page: str) -> HttpResponse | None:
    """What a version's pages show while it is a draft that is not yet a whole model; None when it is one."""
    if queries.is_readable(row):
        return None
    context = {
        "row": row, "status": status_of(row, queries.version_in_force(request.today), request.today),
        "tabs": tabs(request, row, page), "crumbs": crumbs(request, row), "manage": manage_verdict(request),
    }  # fmt: skip
    return render(request, "governance/unfinished.html", context)


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
    if page := unfinished(request, row, "model-difference"):
        return page
    others = [other for other in queries.versions() if other.pk != row.pk and queries.is_readable(other)]
    before = _compared_first(request, row, others)
    origin = origin_words(row) if queries.origin_model(row) is not None else ""
    form = ComparisonForm(
        request.GET or None, others=others, origin=origin, initial={"other": str(before.pk) if before else ""}
    )
    old = queries.typed(before) if before else None
    from_start = False
    if form.is_bound and form.is_valid():
        from_start = form.cleaned_data["other"] == START
        before = next((other for other in others if str(other.pk) == form.cleaned_data["other"]), None)
        old = queries.typed(before) if before else queries.origin_model(row) if from_start else None
    changes = difference(old, queries.typed(row)) if old else []
    words = {"added": (_("Nytt"), "success"), "removed": (_("Fjernet"), "danger"), "changed": (_("Endret"), "info")}
    context = {
        "row": row, "before": before, "form": form, "crumbs": crumbs(request, row),
        "tabs": tabs(request, row, "model-difference"), "changes": [(change, *words[change.kind]) for change in changes],
        "origin": origin if from_start else "",
    }  # fmt: skip
    return render(request, "governance/difference.html", context)


def _compared_first(request: Any, row: Any, others: list[Any]) -> Any:
    """A draft is compared with the version in force, an adopted one with the version before it."""
    if row.state in ("draft", "proposed"):
        in_force = queries.version_in_force(request.today)
        if in_force is not None:
            return next((other for other in others if other.pk == in_force.pk), None)
    return next((other for other in others if other.number < row.number), None)


def rehearsal(request: Any, key: UUID) -> HttpResponse:
    """An imagined need led through the version, month by month, with what is chosen at each step."""
    row = version_or_404(key)
    if page := unfinished(request, row, "model-rehearsal"):
        return page
    model = queries.typed(row)
    form = RehearsalForm(
        request.GET if "path" in request.GET else None, model=model, tree=checked(row.text).tree,
        initial={"start": request.today, "path": _first_path(model)},
    )  # fmt: skip
    chosen = {name.removeprefix(CHOSEN): value for name, value in request.GET.items() if name.startswith(CHOSEN)}
    result = None
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        result = rehearse(model, given["start"], path=given["path"], facts=form.facts(), chosen=chosen)
    elif not form.is_bound:
        result = rehearse(model, request.today)
    context = {
        "row": row, "form": form, "result": result, "crumbs": crumbs(request, row),
        "tabs": tabs(request, row, "model-rehearsal"), "lines": _lines(model, result) if result else [],
        "timeline": timeline_svg(result.steps) if result else "", "manage": manage_verdict(request),
    }  # fmt: skip
    return render(request, "governance/rehearsal.html", context)


@dataclass(frozen=True)
class RehearsalLine:
    """A station as a row of the table, with the number it has in the drawing."""

    number: int | None
    step: Any
    path: str


def _lines(model: Any, result: Any) -> list[RehearsalLine]:
    names = {path.key: str(path.name) for path in model.paths}
    lines, number = [], 0
    for step in result.steps:
        number += 0 if step.skipped else 1
        lines.append(RehearsalLine(None if step.skipped else number, step, names[step.path]))
    return lines


def _first_path(model: Any) -> str:
    if model.need_form:
        return str(model.need_form.path)
    return model.paths[0].key if model.paths else ""


def rules(request: Any) -> HttpResponse:
    """Every rule of the checker: what it looks for, why it matters, and what to do."""
    ordered = sorted(RULES.values(), key=lambda rule: rule.code)
    return render(request, "governance/rules.html", {"rules": ordered, "crumbs": crumbs(request)})
