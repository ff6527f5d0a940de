"""The sheet: all needs and questions on one page, saved as one goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.errors import Invalid, Problem
from samstyr.wheel.prioritisation import actions, queries

from ..presenting import guidance
from .parts import entry_of, frame, may_score, round_of, url

PER_PAGE = 25


def sheet(request: Any, key: UUID) -> HttpResponse:
    """One's own sheet, 25 needs at a time; without JavaScript it is saved with a button."""
    row = round_of(request, key)
    may_score(request, row).require()
    faults: dict[UUID, list[str]] = {}
    if request.method == "POST":
        faults = _save(request, row)
        if not faults:
            messages.success(request, _("Lagret."))
            return redirect(f"{url(request, 'round-score', key)}?{_onward(request)}")
    return render(request, "prioritisation/sheet.html", _context(request, row, faults), status=422 if faults else 200)


def sheet_row(request: Any, key: UUID, entry: UUID) -> HttpResponse:
    """Save one need of one's own sheet as it is filled in; answers with a word on how it went."""
    found = entry_of(request, key, entry)
    fault = ""
    try:
        _keep(request, found, request.POST)
    except Invalid as invalid:
        fault = _words(found.round, invalid)
    rows = queries.sheet_of(found.round, request.actor.person)
    context = {"entry": found, "fault": fault, "oob": True, **_progress(rows)}
    return render(request, "prioritisation/saved.html", context)


def _context(request: Any, row: Any, faults: Mapping[UUID, list[str]]) -> dict[str, Any]:
    criteria = queries.sheet_of_round(row)
    rows = queries.sheet_of(row, request.actor.person)
    only_missing = request.GET.get("vis") == "mangler"
    listed = [one for one in rows if not one.done] if only_missing else rows
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    return {
        **frame(request, row, "round-score"),
        "criteria": criteria,
        "guidance": guidance(criteria),
        "page": page,
        "rows": [(one, _cells(request, criteria, one), faults.get(one.entry.pk, [])) for one in page],
        "faults": [(one.entry, words) for one in page for words in faults.get(one.entry.pk, [])],
        "only_missing": only_missing,
        "editable": row.state != "closed",
        "oob": False,
        **_progress(rows),
    }


def _progress(rows: list[Any]) -> dict[str, int]:
    return {"done": sum(one.done for one in rows), "size": len(rows)}


def _cells(request: Any, criteria: Any, one: Any) -> list[dict[str, Any]]:
    cells = []
    for question in criteria.questions:
        name = f"level-{one.entry.pk}-{question.key}"
        chosen = request.POST.get(name, one.levels.get(question.key, ""))
        cells.append({"question": question, "name": name, "chosen": chosen})
    return cells


def _save(request: Any, row: Any) -> dict[UUID, list[str]]:
    """Every need on the page that was changed, each by itself; what was wrong, by need."""
    faults: dict[UUID, list[str]] = {}
    pressed = {verb: request.POST.get(verb, "") for verb in ("aside", "back", "clear")}
    before = {one.entry.pk: one for one in queries.sheet_of(row, request.actor.person)}
    who = {"actor": request.actor, "now": request.now}
    for key, one in before.items():
        try:
            if pressed["aside"] == str(key):
                actions.stand_aside(**who, entry_id=key, reason=request.POST.get(f"note-{key}", ""))
            elif pressed["back"] == str(key):
                actions.step_in(**who, entry_id=key)
            elif pressed["clear"] == str(key):
                actions.score(**who, entry_id=key, levels=dict.fromkeys(one.levels, ""), note="")
            elif not one.conflict and _changed(request.POST, one):
                _keep(request, one.entry, request.POST)
        except Invalid as invalid:
            faults[key] = [_words(row, invalid)]
        except Problem as problem:
            faults[key] = [str(problem)]
    return faults


def _changed(data: Mapping[str, str], one: Any) -> bool:
    note, levels = _sent(data, one.entry.pk)
    return (note is not None and note.strip() != one.note) or any(
        one.levels.get(question, "") != level for question, level in levels.items()
    )


def _sent(data: Mapping[str, str], entry: UUID) -> tuple[str | None, dict[str, str]]:
    """The reason and the levels that the form holds for the need."""
    prefix = f"level-{entry}-"
    levels = {name.removeprefix(prefix): data[name][:60] for name in data if name.startswith(prefix)}
    return data.get(f"note-{entry}"), levels


def _keep(request: Any, entry: Any, data: Mapping[str, str]) -> None:
    """Keep what can be kept: one level that is refused does not lose the others. Raises Invalid for the refused."""
    note, levels = _sent(data, entry.pk)
    who = {"actor": request.actor, "now": request.now, "entry_id": entry.pk}
    try:
        actions.score(**who, levels=levels, note=note)
    except Invalid as invalid:
        refused = {error.field for error in invalid.errors}
        rest = {question: level for question, level in levels.items() if question not in refused}
        actions.score(**who, levels=rest, note=None if "note" in refused else note)
        raise


def _words(row: Any, invalid: Invalid) -> str:
    texts = {question.key: question.text for question in queries.sheet_of_round(row).questions}
    return " ".join(
        f"{texts[error.field]}: {error}" if error.field in texts else str(error) for error in invalid.errors
    )


def _onward(request: Any) -> str:
    """The same place in the list, or the page pressed for."""
    query = request.GET.copy()
    if request.POST.get("go", "").isdigit():
        query["page"] = request.POST["go"][:5]
    return str(query.urlencode())
