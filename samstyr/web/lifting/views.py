"""Lifting a case to another arrangement, what has been lifted here, and answering it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import Conflict, NotFound
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.foundation.ui.pieces import Tab
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.lifting import actions, carrying, queries
from samstyr.procedure.lifting.rules import Package
from samstyr.procedure.matters import queries as matters
from samstyr.web.posting import perform_form, version_of
from samstyr.wheel.handovers import case_to_package as packing

from .forms import AcceptForm, DeclineForm, LiftForm

PER_PAGE = 50


def lifted(request: Any) -> HttpResponse:
    """Cases that have come here, and those lifted from here with how they go."""
    ours = request.GET.get("vis") == "herfra"
    base = reverse("lifting-list", args=[request.tenant.slug])
    rows = queries.lifts(request.actor) if ours else queries.received()
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "ours": ours,
        "tabs": [
            Tab(_("Løftet hit"), base, not ours, queries.waiting_count() or None),
            Tab(_("Løftet herfra"), f"{base}?vis=herfra", ours, None),
        ],
        "may_agree": may(request.actor, Act.ORGANISATION_MANAGE, queries.facts()),
        "connected": bool(queries.channels()),
    }
    return render(request, "lifting/list.html", context)


def lift(request: Any, key: UUID) -> HttpResponse:
    """Choose where to, edit what is told, choose the files, and send."""
    case = casework.case_by_id(key)
    if case is None or not may(request.actor, Act.CASE_READ, casework.case_facts(case)):
        raise NotFound
    may(request.actor, Act.CASE_ADMINISTER, casework.case_facts(case)).require()
    channels = queries.outgoing()
    if not channels:
        raise Conflict(
            _("Dere har ingen avtale om å løfte saker til andre."),
            remedy=_("Be administratoren om en kode fra dem saken skal til."),
        )
    files = {str(row.pk): row for row in packing.readable(case, request.actor, packing.files_of(case))}
    form = LiftForm(
        request.POST or None,
        channels=[(str(row.pk), row.name) for row in channels],
        files=[(pk, _file_label(row)) for pk, row in files.items()],
        initial={
            "title": case.title,
            "background": packing.words_of(case, request.actor, request.today),
            "attached": [pk for pk, row in files.items() if not row.exempt],
        },
    )
    if request.method == "POST" and form.is_valid():
        row = perform_form(
            request, form, carrying.lift_case, case_id=key, channel_id=UUID(form.cleaned_data["channel"]),
            package=_package(request, case, form, files),
        )  # fmt: skip
        if row is not None:
            messages.success(request, _("Saken er løftet til %(name)s.") % {"name": row.channel.name})
            return redirect_client(request, reverse("case-detail", args=[request.tenant.slug, key]))
    context = {
        "case": case,
        "form": form,
        "shielded": packing.shielded_of(case, request.actor, ()),
        "crumbs": [
            Crumb(_("Saker"), reverse("case-list", args=[request.tenant.slug])),
            Crumb(case.title, reverse("case-detail", args=[request.tenant.slug, key])),
        ],
    }
    return render(request, "lifting/lift.html", context, status=422 if form.errors else 200)


def _file_label(row: Any) -> str:
    if not row.exempt:
        return str(row.title)
    return _("%(title)s, unntatt offentlighet etter %(basis)s") % {"title": row.title, "basis": row.legal_basis}


def _package(request: Any, case: Any, form: LiftForm, files: dict[str, Any]) -> Package:
    given = form.cleaned_data
    chosen = [files[pk] for pk in given.get("attached", ())]
    return Package(
        title=given["title"],
        background=given["background"],
        question=given["question"],
        priority=given["priority"],
        files=tuple(packing.copy_of(row) for row in chosen),
        shielded=tuple(packing.shielded_of(case, request.actor, {row.pk for row in chosen})),
    )


def received(request: Any, key: UUID) -> HttpResponse:
    """One case that has come, with its files, and the answer."""
    row = _received(request, key)
    return _answer_page(request, row, _accept_form(request, None), DeclineForm())


def accept(request: Any, key: UUID) -> HttpResponse:
    """Take the case in: on to the draft it became."""
    row = _received(request, key)
    form = _accept_form(request, request.POST)
    if form.is_valid():
        matter = perform_form(
            request, form, actions.accept, received_id=key, version=version_of(request), path=form.cleaned_data["path"]
        )
        if matter is not None:
            messages.success(request, _("Saken er tatt imot. Gjør utkastet ferdig og send det inn."))
            return redirect_client(request, reverse("matter-edit", args=[request.tenant.slug, matter.pk]))
    return _answer_page(request, row, form, DeclineForm())


def decline(request: Any, key: UUID) -> HttpResponse:
    """Say no, with the reason."""
    row = _received(request, key)
    form = DeclineForm(request.POST)
    if form.is_valid():
        done = perform_form(
            request, form, actions.decline, received_id=key, version=version_of(request),
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("Svaret er gitt, og de som løftet saken får vite det."))
            return redirect_client(request, reverse("lifting-list", args=[request.tenant.slug]))
    return _answer_page(request, row, _accept_form(request, None), form)


def _received(request: Any, key: UUID) -> Any:
    row = queries.received_by_id(key)
    if row is None:
        raise NotFound
    may(request.actor, Act.CASE_ADMINISTER, queries.facts()).require()
    return row


def _accept_form(request: Any, given: Any) -> AcceptForm:
    return AcceptForm(given, paths=[(one.key, str(one.name)) for one in matters.paths_to_choose(request.today)])


def _answer_page(request: Any, row: Any, taking: AcceptForm, declining: DeclineForm) -> HttpResponse:
    case = matters.case_of(row.matter) if row.matter else None
    context = {
        "received": row,
        "case": case,
        "open": row.state == "waiting" or (row.state == "accepted" and row.matter is None),
        "may_raise": may(request.actor, Act.CASE_CREATE, matters.create_facts(request.actor)),
        "files": queries.files_of(row),
        "accept_form": taking,
        "decline_form": declining,
        "crumbs": [Crumb(_("Løftede saker"), reverse("lifting-list", args=[request.tenant.slug]))],
    }
    return render(request, "lifting/received.html", context, status=422 if taking.errors or declining.errors else 200)
