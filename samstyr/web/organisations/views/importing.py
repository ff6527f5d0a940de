"""Bringing in lists of people and units: upload, look through row by row, confirm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samstyr.foundation.access import Act, Facts
from samstyr.foundation.documents import actions as documents
from samstyr.foundation.documents import queries as stored
from samstyr.foundation.documents.files import read_stored
from samstyr.foundation.kernel.errors import Invalid, NotFound
from samstyr.foundation.organisations import actions
from samstyr.foundation.organisations.queries.imports import (
    Preview,
    preview_people,
    preview_units,
    require_any,
)
from samstyr.foundation.organisations.rules.importing import (
    PEOPLE_COLUMNS,
    UNIT_COLUMNS,
)
from samstyr.foundation.tables import reading as tables
from samstyr.foundation.ui.pieces import Status, Tone
from samstyr.web.posting import perform, perform_form
from samstyr.web.saving import table_response

from ..forms import ConfirmForm, FileForm
from .parts import crumbs, found, url

MOST_SHOWN = 500


@dataclass(frozen=True)
class Kind:
    """A kind of list: its address, right, preview, action, template columns and where one goes afterwards."""

    owner_kind: str
    title: Promise
    act: Act
    preview: Callable[..., Preview[Any]]
    action: Callable[..., Any]
    columns: dict[str, tuple[str, ...]]
    needed: tuple[str, ...]
    then: str


KINDS = {
    "personer": Kind(
        "people_import", gettext_lazy("Les inn personer"), Act.PEOPLE_MANAGE, preview_people, actions.import_people,
        PEOPLE_COLUMNS, ("name", "email"), "person-list",
    ),
    "tjenester": Kind(
        "unit_import", gettext_lazy("Les inn tjenester"), Act.ORGANISATION_MANAGE, preview_units, actions.import_units,
        UNIT_COLUMNS, ("name", "code"), "organisation-list",
    ),
}  # fmt: skip

STANDING = {
    "new": (gettext_lazy("Ny"), Tone.INFO),
    "changed": (gettext_lazy("Endres"), Tone.WARNING),
    "unchanged": (gettext_lazy("Uendret"), Tone.NEUTRAL),
    "faulty": (gettext_lazy("Feil"), Tone.DANGER),
}


def _kind(name: str) -> Kind:
    return found(KINDS.get(name))


def import_template(request: Any, kind: str, ending: str) -> HttpResponse:
    """An empty list with the right headings."""
    chosen = _kind(kind)
    return table_response(str(chosen.title), [names[0] for names in chosen.columns.values()], [], ending=ending)


def import_upload(request: Any, kind: str) -> HttpResponse:
    """Upload a list to look through."""
    chosen = _kind(kind)
    require_any(request.actor, chosen.act)
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        person = request.actor.person
        document = perform_form(
            request,
            form,
            documents.store,
            owner_kind=chosen.owner_kind,
            owner_id=person,
            owner_facts=Facts("import", request.tenant.pk, owners=frozenset({person}), private=True),
            content=file.read(tables.MOST_BYTES + 1),
            file_name=file.name,
        )
        if document:
            return redirect(url(request, "import-preview", kind, document.pk))
    context = {
        "edit_form": form,
        "title": chosen.title,
        "kind": kind,
        "columns": [(names[0], name in chosen.needed) for name, names in chosen.columns.items()],
        "crumbs": crumbs(request),
    }
    return render(request, "organisations/import_upload.html", context, status=422 if form.errors else 200)


def import_preview(request: Any, kind: str, key: UUID) -> HttpResponse:
    """What each row will become; nothing is written before it is confirmed here."""
    chosen = _kind(kind)
    document = stored.document(key)
    if document is None or document.owner_kind != chosen.owner_kind or document.owner_id != request.actor.person:
        raise NotFound
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    table, preview, fault = None, None, None
    try:
        table = read_stored(document)
        preview = chosen.preview(request.actor, table)
    except Invalid as invalid:
        fault = invalid
    if request.method == "POST" and form.is_valid() and table and preview:
        done = perform_form(request, form, chosen.action, table=table, **form.cleaned_data)
        if not form.errors:
            _forget(request, document)
            messages.success(request, _told(done))
            return redirect(url(request, chosen.then))
    context = {
        "confirm_form": form,
        "title": chosen.title,
        "kind": kind,
        "document": document,
        "table": table,
        "preview": preview,
        "fault": fault,
        "rows": _shown(preview),
        "most": MOST_SHOWN,
        "crumbs": crumbs(request, (str(chosen.title), url(request, "import-upload", kind))),
    }
    return render(request, "organisations/import_preview.html", context, status=422 if form.errors or fault else 200)


def _shown(preview: Preview[Any] | None) -> list[tuple[Any, Status]]:
    """The faulty rows first, then what will change, then the rest; the first few hundred."""
    if preview is None:
        return []
    order = ("faulty", "changed", "new", "unchanged")
    rows = sorted(preview.rows, key=lambda row: (order.index(row.standing.value), row.number))
    return [
        (row, Status(str(STANDING[row.standing.value][0]), STANDING[row.standing.value][1]))
        for row in rows[:MOST_SHOWN]
    ]


def _told(done: Any) -> str:
    if done is None:
        return _("Listen er allerede lest inn.")
    return _("Lest inn: %(created)s nye, %(changed)s endret, %(unchanged)s uendret, %(passed_over)s hoppet over.") % {
        "created": done.created,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "passed_over": done.passed_over,
    }


def _forget(request: Any, document: Any) -> None:
    """Personal data that has been read in is not kept twice."""
    facts = Facts("import", request.tenant.pk, owners=frozenset({request.actor.person}), private=True)
    key = request.POST.get("_key", "")
    request.POST = request.POST.copy()
    request.POST["_key"] = f"{key[:58]}-file" if key else ""
    perform(request, documents.remove, document_id=document.pk, owner_facts=facts)
