"""Drafts: the list, how one begins, its history, and what becomes of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.governance import actions, bundles, queries
from samstyr.foundation.governance.rules.editing import references
from samstyr.foundation.governance.rules.editing.checking import checked
from samstyr.foundation.governance.rules.editing.dumping import dump
from samstyr.foundation.governance.rules.editing.places import Place, at, read_place, title_of, written
from samstyr.foundation.governance.rules.editing.starting import empty_model
from samstyr.foundation.kernel.errors import Conflict, NotFound, Problem
from samstyr.foundation.organisations.queries import lists as organisations
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.foundation.ui.shell import Crumb
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.wheel.handovers import model_to_matter

from ..forms import DiscardForm, ProposeForm, RenameForm, StartForm
from ..views.parts import crumbs, status_of, url, version_or_404
from .origins import EMPTY, FILE, template_title
from .pages import draft_or_404
from .parts import address_of, page_of, where

IN_FORCE = "gjeldende"


def drafts(request: Any) -> HttpResponse:
    """The drafts there are, and a form that begins another."""
    in_force = queries.version_in_force(request.today)
    choices = _origins(in_force)
    form = StartForm(request.POST or None, request.FILES or None, origins=choices)
    if form.is_bound and form.is_valid():
        text, origin = _beginning(request, form, in_force)
        row = perform_form(request, form, actions.start_draft, text=text, origin=origin) if text is not None else None
        if row is not None:
            messages.success(request, _("Utkastet er laget. Fyll ut del for del. Alt lagres mens du skriver."))
            return redirect_client(request, url(request, "model-edit", row.pk))
    rows = []
    for row in queries.drafts():
        found = checked(row.text)
        rows.append(
            (row, status_of(row, in_force, request.today), len(found.blocking({a["finding"] for a in row.accepted})))
        )
    context = {"rows": rows, "form": form, "crumbs": crumbs(request)}
    return render(request, "governance/editor/drafts.html", context, status=422 if form.is_bound else 200)


def _origins(in_force: Any) -> list[tuple[str, str]]:
    """What a draft may begin with."""
    found = [(EMPTY, _("Ingenting: en liten modell du bygger selv"))]
    if in_force is not None:
        found.append((IN_FORCE, _("Modellen som gjelder: %(name)s") % {"name": in_force.name}))
    found += [(f"mal:{name}", _("Malen «%(name)s»") % {"name": template_title(name)}) for name in bundles.names()]
    return [*found, (FILE, _("En fil jeg har"))]


def _beginning(request: Any, form: StartForm, in_force: Any) -> tuple[str | None, str]:
    origin = form.cleaned_data["origin"]
    if origin == FILE:
        text = form.text_of_file()
        return text, FILE
    if origin == IN_FORCE:
        return in_force.text, f"versjon:{in_force.number}"
    if origin.startswith("mal:"):
        return bundles.text_of(origin.removeprefix("mal:")), origin
    own = [(row.slot, row.kind, row.name) for row in organisations.organisations_with_counts() if row.slot]
    name = form.cleaned_data["name"].strip() or _("Ny styringsmodell")
    return dump(empty_model(name, own, _("Administrator"), _("Vedlikeholder styringsmodellen"))), EMPTY


def history(request: Any, key: UUID) -> HttpResponse:
    """Every step of the draft, with a way back to each."""
    row = draft_or_404(key)
    tree = checked(row.text).tree
    verbs = {
        "start": _("Begynte"), "fields": _("Fylte ut"), "add": _("La til"), "remove": _("Fjernet"), "up": _("Flyttet opp"),
        "down": _("Flyttet ned"), "copy": _("Kopierte"), "rename": _("Endret nøkkel"),
    }  # fmt: skip
    steps = [
        (step, verbs.get(step.verb, step.verb), _what(tree, step), step.number == row.step)
        for step in queries.steps_of(row)
    ]
    context = {"row": row, "steps": steps, "crumbs": _above(request, row)}
    return render(request, "governance/editor/history.html", context)


def _what(tree: Any, step: Any) -> str:
    part = where(tree, read_place(step.place)[:1]) if step.place else ""
    return ": ".join(word for word in (part, step.title if step.title != part else "") if word)


def go_to_step(request: Any, key: UUID) -> HttpResponse:
    """Undo, redo, or back to any step."""
    row = draft_or_404(key)
    number = request.POST.get("number", "")
    number = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0
    try:
        perform(request, actions.go_to_step, version_id=row.pk, version=version_of(request), number=number)
        messages.success(request, _("Utkastet er slik det var. Angrer du, kan du gå fram igjen."))
    except Conflict:
        raise
    except Problem as problem:
        messages.error(request, str(problem.message) or str(problem))
    back = page_of(checked(row.text).tree, read_place(request.GET.get("sted", "")))
    address = url(request, "model-edit", row.pk)
    return redirect_client(request, f"{address}?sted={written(back)}" if back and _still(row, back) else address)


def _still(row: Any, place: Place) -> bool:
    fresh = queries.version(row.pk)
    return fresh is not None and at(checked(fresh.text).tree, place) is not None


def discard(request: Any, key: UUID) -> HttpResponse:
    """Throw a draft away, after a question."""
    row = draft_or_404(key)
    form = DiscardForm(request.POST or None)
    if form.is_bound and form.is_valid():
        done = perform_form(request, form, actions.discard_draft, version_id=row.pk, version=version_of(request))
        if done is not None:
            messages.success(request, _("Utkastet er kastet."))
            return redirect_client(request, url(request, "model-drafts"))
    context = {"row": row, "form": form, "crumbs": _above(request, row)}
    return render(request, "governance/editor/discard.html", context, status=422 if form.is_bound else 200)


def _above(request: Any, row: Any, place: Place = ()) -> list[Crumb]:
    address = url(request, "model-edit", row.pk)
    way = [*crumbs(request), Crumb(_("Utkast %(number)s") % {"number": row.number}, address)]
    if place:
        tree = checked(row.text).tree
        page = page_of(tree, place)
        way.append(Crumb(where(tree, page).split(": ")[-1], address_of(tree, address, page)))
    return way


def _thing(row: Any, request: Any) -> tuple[Any, Place, dict[str, Any]]:
    tree = checked(row.text).tree
    place = read_place(request.GET.get("sted", ""))
    thing = at(tree, place)
    if not isinstance(thing, dict) or not place or not isinstance(place[-1], int):
        raise NotFound
    return tree, place, thing


def rename(request: Any, key: UUID) -> HttpResponse:
    """Give a thing another key, and those who refer to it."""
    row = draft_or_404(key)
    tree, place, thing = _thing(row, request)
    uses = references.uses(tree, place)
    form = RenameForm(request.POST or None, initial={"key": thing.get("key", ""), "references": True}, uses=len(uses))
    if form.is_bound and form.is_valid():
        done = perform_form(
            request, form, actions.rename_key, version_id=row.pk, version=version_of(request), place=written(place),
            new_key=form.cleaned_data["key"].strip(), references_too=bool(form.cleaned_data.get("references")),
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("Nøkkelen er endret."))
            return redirect_client(request, address_of(tree, url(request, "model-edit", row.pk), place))
    context = _with_uses(request, row, tree, place, thing) | {"form": form}
    return render(request, "governance/editor/rename.html", context, status=422 if form.is_bound else 200)


def _with_uses(request: Any, row: Any, tree: Any, place: Place, thing: dict[str, Any]) -> dict[str, Any]:
    address = url(request, "model-edit", row.pk)
    used = {
        where(tree, use.place[: _end(use.place)]): address_of(tree, address, use.place)
        for use in references.uses(tree, place)
    }
    return {
        "row": row, "title": title_of(thing), "uses": list(used.items()), "back": address_of(tree, address, place),
        "crumbs": _above(request, row, place), "sted": written(place),
    }  # fmt: skip


def _end(place: Place) -> int:
    return max((index + 1 for index, part in enumerate(place) if isinstance(part, str) and part != "="), default=1)


def remove(request: Any, key: UUID) -> HttpResponse:
    """Remove a thing that others refer to: where, and then whether to."""
    row = draft_or_404(key)
    tree, place, thing = _thing(row, request)
    form = DiscardForm(request.POST or None)
    if form.is_bound and form.is_valid():
        done = perform_form(
            request, form, actions.edit_draft, version_id=row.pk, version=version_of(request),
            operation=("remove", written(place), ""),
        )  # fmt: skip
        if done is not None:
            messages.success(
                request, _("«%(name)s» er fjernet. Du kan angre øverst på siden.") % {"name": title_of(thing)}
            )
            return redirect_client(request, address_of(tree, url(request, "model-edit", row.pk), place[:-1]))
    context = _with_uses(request, row, tree, place, thing) | {"form": form}
    return render(request, "governance/editor/remove.html", context, status=422 if form.is_bound else 200)


def propose(request: Any, key: UUID) -> HttpResponse:
    """Send the draft to the body that adopts it, as a case on the model's own path."""
    row = version_or_404(key)
    path = model_to_matter.path_of_proposals(request.today)
    form = ProposeForm(request.POST or None, initial={"valid_from": row.valid_from or request.today})
    problem: Problem | None = None
    if form.is_bound and form.is_valid():
        try:
            done = perform_form(
                request,
                form,
                model_to_matter.propose_in_case,
                version_id=row.pk,
                version=version_of(request),
                **form.cleaned_data,
            )
        except Conflict as conflict:
            done, problem = None, conflict
        if done is not None:
            messages.success(
                request, _("Utkastet er sendt til behandling. Det er låst til det er vedtatt eller sendt tilbake.")
            )
            return redirect_client(request, url(request, "matter-detail", done.proposal))
    found = checked(row.text)
    context = {
        "row": row, "form": form, "path": path, "problem": problem, "crumbs": crumbs(request, row),
        "blocking": found.blocking({item["finding"] for item in row.accepted}),
    }  # fmt: skip
    return render(
        request, "governance/editor/propose.html", context, status=409 if problem else 422 if form.is_bound else 200
    )
