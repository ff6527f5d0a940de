"""Case papers: drafting, writing, and making the file that is sent out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.documents.rules import TYPES
from samstyr.foundation.kernel.errors import Conflict, NotFound
from samstyr.foundation.ui.shell import Crumb
from samstyr.outward.exports.case_paper import edition_of, pdf, word
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.queries import agenda as agendas
from samstyr.procedure.meetings.queries import case_paper as reading
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.web.shell import address
from samstyr.wheel.handovers import case_to_paper

from ..forms_minutes import SectionForm
from .planning import crumbs, manages, meeting_of


def detail(request: Any, key: UUID) -> HttpResponse:
    """The paper as it stands, for who prepares the meeting; sent, it is drafted or the facts are fetched anew."""
    item = _item(request, key)
    if request.method == "POST":
        had = reading.case_paper_of(item) is not None
        perform(request, case_to_paper.draft, item_id=key)
        messages.success(
            request,
            _("Saksframlegget er hentet på nytt. Det du har skrevet selv, står som før.")
            if had
            else _("Utkastet er laget av det som står i saken."),
        )
        return redirect("case-paper", tenant=request.tenant.slug, key=key)
    paper, editable = reading.case_paper_of(item), reading.is_open(item)
    fresh = case_to_paper.parts_of(item, request.actor, request.today) if paper and editable else {}
    parts = reading.shown_parts(paper, fresh) if paper else []
    context = {
        "item": item,
        "paper": paper,
        "parts": parts,
        "stale": any(part.stale for part in parts),
        "editable": editable,
        "crumbs": [*crumbs(request, item.meeting), Crumb(item.title, address("agenda-item", request.tenant.slug, key))],
    }
    return render(request, "meetings/case_paper/detail.html", context)


def part(request: Any, key: UUID) -> HttpResponse:
    """One part: what is drafted, and the form for what is written."""
    row = reading.part_by_id(key)
    if row is None:
        raise NotFound
    item = _item(request, row.paper.item_id)
    form = SectionForm(request.POST if request.method == "POST" else None, initial={"text": row.written})
    form.fields["text"].label = _("Det du skriver selv")
    form.fields["text"].help_text = _("Står under det som er hentet fra saken. Du kan bruke Markdown.")
    context: dict[str, Any] = {}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            saved = perform_form(
                request, form, actions.write_case_paper, part_id=key, version=version_of(request) or 0,
                text=form.cleaned_data["text"],
            )  # fmt: skip
        except Conflict as conflict:
            if "row" not in conflict.details:
                raise
            row = reading.part_by_id(key)
            assert row is not None
            context, status = {"conflict": True, "theirs": row.written, "yours": form.cleaned_data["text"]}, 409
        else:
            if saved:
                messages.success(request, _("Teksten er lagret."))
                return redirect(f"{address('case-paper', request.tenant.slug, item.pk)}#del-{key}")
    context |= {
        "form": form,
        "part": row,
        "heading": reading.heading_of(row.key),
        "editable": reading.is_open(item),
        "crumbs": [
            *crumbs(request, item.meeting),
            Crumb(_("Saksframlegg"), address("case-paper", request.tenant.slug, item.pk)),
        ],
    }
    return render(request, "meetings/case_paper/part.html", context, status=422 if form.errors else status)


def attach(request: Any, key: UUID) -> HttpResponse:
    """Put the paper as it stands among the item's papers; after the call it is a supplement."""
    item = _item(request, key)
    paper = reading.case_paper_of(item)
    if paper is None:
        raise NotFound
    edition = edition_of(paper, item, arrangement=request.tenant.name)
    perform(
        request,
        actions.add_paper,
        item_id=key,
        content=pdf(edition),
        file_name=f"{edition.file_name}.pdf",
        title=_("Saksframlegg"),
    )
    messages.success(request, _("Saksframlegget er lagt ved saken som PDF."))
    return redirect("agenda-item", tenant=request.tenant.slug, key=key)


def export(request: Any, key: UUID, ending: str) -> HttpResponse:
    """The paper as Word or PDF."""
    if ending not in ("docx", "pdf"):
        raise NotFound
    item = _item(request, key)
    paper = reading.case_paper_of(item)
    if paper is None:
        raise NotFound
    edition = edition_of(paper, item, arrangement=request.tenant.name)
    data = word(edition) if ending == "docx" else pdf(edition)
    name = f"{edition.file_name}.{ending}"
    return HttpResponse(
        data, content_type=TYPES[ending], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _item(request: Any, key: UUID) -> Any:
    """The item, for those who prepare its meeting. Raises NotFound for others who may not know of it, and Refused."""
    item = agendas.item_by_id(key)
    if item is None or not agendas.may_read_item(request.actor, item):
        raise NotFound
    item.meeting = meeting_of(request, item.meeting_id)
    manages(request, item.meeting).require()
    if item.case_id is None:
        raise NotFound
    return item
