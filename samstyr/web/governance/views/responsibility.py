"""The responsibility matrix as a grid: to read, to change with every row tried at once, to bring in, and to keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.governance import actions, queries, staffed
from samstyr.foundation.governance.rules import responsibility as rules
from samstyr.foundation.governance.rules.later import Responsibility
from samstyr.foundation.governance.rules.responsibility import Row
from samstyr.foundation.kernel.errors import Invalid, NotFound
from samstyr.foundation.tables.reading import read_table
from samstyr.foundation.tables.spreadsheet import CSV, XLSX, SheetOut, csv_file, workbook
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.foundation.ui.shell import Crumb
from samstyr.outward.exports.governing.assembling import matrix_of
from samstyr.web.posting import perform_form

from ..forms import MatrixForm, MatrixImportForm
from .parts import crumbs, manage_verdict, tabs, url, version_or_404
from .reading import unfinished

EMPTY_ROWS = 2
MOST_ROWS, MOST_PARTIES = 200, 40


@dataclass(frozen=True)
class GridRow:
    """A row of the grid with its number, cells in the order of the parties, and what is wrong with it."""

    number: int
    activity: str
    cells: tuple[tuple[str, str, str], ...]
    confirmed: bool
    faults: tuple[str, ...] = ()


def matrix(request: Any, key: UUID | None = None) -> HttpResponse:
    """The matrix with its key, what is wrong in it, and what the person's own roles have letters for."""
    row = version_or_404(key) if key else queries.version_in_force(request.today)
    if row is None:
        raise NotFound
    if page := unfinished(request, row, "model-version-matrix"):
        return page
    model = queries.typed(row)
    mine = staffed.parties_of(model, request.actor)
    part = matrix_of(model)
    faulty = {
        int(item.path.split("/")[2].split("#")[0]): item
        for item in queries.findings_of(row)
        if item.path.startswith("responsibility/rows/") and item.path.split("/")[2].split("#")[0].isdigit()
    }
    context = {
        "row": row,
        "matrix": part,
        "lines": [
            (activity, list(zip(part.parties, cells, strict=True)), faulty.get(at))
            for at, (activity, cells) in enumerate(part.rows)
        ]
        if part
        else [],
        "stored": [item for item in queries.findings_of(row) if item.code == "R-19"],
        "mine": rules.answered_by(model, mine),
        "manage": manage_verdict(request),
        "tabs": tabs(request, row, "model-version-matrix"),
        "crumbs": crumbs(request, row),
    }
    return render(request, "governance/matrix.html", context)


def export(request: Any, key: UUID, ending: str) -> HttpResponse:
    """The matrix as Excel, with its alphabet on a sheet of its own, or as CSV."""
    row = version_or_404(key)
    model = queries.typed(row)
    part = matrix_of(model if model.responsibility else replace_matrix(model, rules.DEFAULT))
    if part is None or ending not in ("xlsx", "csv"):
        raise NotFound
    sheet = SheetOut(
        _("Ansvarsmatrise"), [_("Oppgave"), *part.parties], [[activity, *cells] for activity, cells in part.rows]
    )
    letters = SheetOut(_("Bokstavene"), [_("Bokstav"), _("Betyr")], [list(pair) for pair in part.letters])
    data, kind = (workbook([sheet, letters]), XLSX) if ending == "xlsx" else (csv_file(sheet), CSV)
    name = f"ansvarsmatrise-v{row.number}.{ending}"
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def edit(request: Any) -> HttpResponse:
    """The matrix in force to change; kept as a draft of the next version of the model."""
    base = _base(request)
    model = queries.typed(base)
    present = model.responsibility or rules.DEFAULT
    if request.method != "POST":
        rows = [Row(str(row.activity), dict(row.cells), row.confirmed) for row in present.rows]
        return _grid(request, base, present, rows, MatrixForm())
    present, rows = _posted(request, present)
    form = MatrixForm(request.POST)
    if form.is_valid() and not _faults(rows, present):
        changed = rules.matrix_of_rows(present, rows)
        done = perform_form(
            request, form, actions.change_matrix,
            version_id=base.pk, matrix=changed, reason=form.cleaned_data["reason"],
        )  # fmt: skip
        if done is not None:
            messages.success(
                request, _("Matrisen er lagret i et utkast, versjon %(number)s av modellen.") % {"number": done.number}
            )
            return redirect_client(request, url(request, "model-version-matrix", done.pk))
    return _grid(request, base, present, rows, form, status=422)


def check(request: Any) -> HttpResponse:
    """What is wrong with each row as it stands in the grid now; nothing is kept."""
    base = _base(request)
    present, rows = _posted(request, queries.typed(base).responsibility or rules.DEFAULT)
    found = _faults(rows, present)
    numbers = request.POST.getlist("row")[:MOST_ROWS]
    kept = {number: at for at, number in enumerate(_filled(request, present))}
    lines = [(at, number, found.get(kept[number], ()) if number in kept else ()) for at, number in enumerate(numbers)]
    safe = [line for line in lines if line[1].isdigit()]
    return render(request, "governance/matrix_faults.html", {"lines": safe, "count": len(found)})


def bring_in(request: Any) -> HttpResponse:
    """A matrix from a spreadsheet, read by the letters it was written with and shown in the grid before it is kept."""
    base = _base(request)
    present = queries.typed(base).responsibility or rules.DEFAULT
    form = MatrixImportForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            table = read_table(form.cleaned_data["file"].read(), form.cleaned_data["file"].name)
            own = {item.letter: item.same_as for item in present.letters}
            foreign = rules.ENGLISH if form.cleaned_data["alphabet"] == "english" else own
            brought = rules.brought_in(present, table.header, [cells for _number, cells in table.rows], foreign)
        except Invalid as invalid:
            for error in invalid.errors:
                form.add_error("file" if error.field == "file" else None, str(error))
        else:
            told = [_("%(n)s rader er lest. De er ikke lagret ennå.") % {"n": len(brought.rows)}]
            if foreign is not own:
                told.append(_translation_words(present))
            return _grid(
                request, base, brought.matrix, list(brought.rows), MatrixForm(), told=told, unread=brought.unread
            )
    context = {
        "row": base,
        "form": form,
        "letters": present.letters,
        "english": _translation_words(present),
        "crumbs": [*crumbs(request), Crumb(_("Ansvar"), url(request, "model-matrix"))],
    }
    return render(request, "governance/matrix_import.html", context, status=422 if form.errors else 200)


def _translation_words(present: Responsibility) -> str:
    pairs = [
        f"{letter} → {own}"
        for letter in rules.ENGLISH
        if (own := rules.translated(letter, present.letters, rules.ENGLISH))
    ]
    return _("Bokstavene er oversatt slik: %(pairs)s.") % {"pairs": ", ".join(pairs)}


def _base(request: Any) -> Any:
    row = queries.version_in_force(request.today)
    if row is None:
        raise NotFound
    manage_verdict(request).require()
    return row


def _posted(request: Any, present: Responsibility) -> tuple[Responsibility, list[Row]]:
    """The rows and parties as they stand in the form. Rows without an activity and letters are left out."""
    parties = list(dict.fromkeys(request.POST.getlist("party")))[:MOST_PARTIES]
    names = {key: request.POST.get(f"name-{key}", "").strip()[:200] for key in parties}
    new = " ".join(request.POST.get("new_party", "").split())[:200]
    if new:
        key = rules.key_for(new, parties)
        parties.append(key)
        names[key] = new
    known = rules.with_parties(present, [key for key in parties if key], names)
    return known, list(_filled(request, known).values())


def _filled(request: Any, present: Responsibility) -> dict[str, Row]:
    """The rows with something in them, by their number in the form."""
    found = {}
    for number in request.POST.getlist("row")[:MOST_ROWS]:
        cells = {
            key: letter.strip()[:5]
            for key in present.parties
            if (letter := request.POST.get(f"cell-{number}-{key}", ""))
        }
        activity = " ".join(request.POST.get(f"activity-{number}", "").split())[:300]
        if activity or cells:
            found[number] = Row(activity, cells, request.POST.get(f"confirmed-{number}") == "on")
    return found


def _faults(rows: list[Row], present: Responsibility) -> dict[int, tuple[str, ...]]:
    found = {}
    for at, row in enumerate(rows):
        faults = [str(one) for one in rules.faults_of(row, present.letters)]
        if not row.activity:
            faults.insert(0, _("Skriv hva oppgaven er."))
        if faults:
            found[at] = tuple(faults)
    return found


def _grid(
    request: Any,
    base: Any,
    present: Responsibility,
    rows: list[Row],
    form: MatrixForm,
    *,
    status: int = 200,
    told: list[str] | None = None,
    unread: tuple[str, ...] = (),
) -> HttpResponse:
    model = queries.typed(base)
    shown = replace_matrix(model, present)
    names = [(key, rules.party_name(shown, key)) for key in present.parties]
    faults = _faults(rows, present)
    blank = [Row("", {}, True) for _number in range(EMPTY_ROWS)]
    lines = [
        GridRow(
            at, row.activity, tuple((key, name, row.cells.get(key, "")) for key, name in names), row.confirmed,
            faults.get(at, ()),
        )
        for at, row in enumerate([*rows, *blank])
    ]  # fmt: skip
    context = {
        "row": base,
        "form": form,
        "parties": names,
        "letters": present.letters,
        "options": _options(present, rows),
        "lines": lines,
        "count": len(faults),
        "told": told or [],
        "unread": unread,
        "crumbs": [*crumbs(request), Crumb(_("Ansvar"), url(request, "model-matrix"))],
    }
    return render(request, "governance/matrix_edit.html", context, status=status)


def _options(present: Responsibility, rows: list[Row]) -> list[tuple[str, str]]:
    """What can be chosen, with what stands in a cell already, right or wrong."""
    known = rules.options(present.letters)
    there = dict.fromkeys(cell for row in rows for cell in row.cells.values() if cell)
    return [*known, *((cell, cell) for cell in there if cell not in dict(known))]


def replace_matrix(model: Any, matrix_: Responsibility) -> Any:
    """The model with another matrix, for the names in it."""
    return model.model_copy(update={"responsibility": matrix_})
