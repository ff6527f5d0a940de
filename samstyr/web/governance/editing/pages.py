"""The editor: one page a part, saved as one types or by a button, with the check beside it."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.governance import actions, queries
from samstyr.foundation.governance.rules.editing import references
from samstyr.foundation.governance.rules.editing.checking import Checked, checked
from samstyr.foundation.governance.rules.editing.kinds import shapes
from samstyr.foundation.governance.rules.editing.places import Place, Tree, at, class_at, read_place, shape_at, written
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Problem
from samstyr.foundation.ui.htmx import is_fragment, redirect_client
from samstyr.foundation.ui.shell import Crumb
from samstyr.web.posting import perform, version_of
from samstyr.wheel.handovers import model_to_matter

from ..views.parts import crumbs, url, version_or_404
from .drawings import drawings
from .entries import Builder, has_page
from .fields import Entry, anchor
from .origins import origin_words
from .parts import ABOUT, SEVERITIES, address_of, crumbs_of, is_part, menu, page_of, told, where

PREFIX = "v."
MOST_TOLD = 8


def draft_or_404(key: UUID) -> Any:
    """The draft. Raises NotFound for a version that is none, and Conflict for one that no longer is."""
    row = version_or_404(key)
    if row.state != "draft":
        raise Conflict(_("Denne versjonen er ikke lenger et utkast og kan ikke endres."))
    return row


def edit(request: Any, key: UUID) -> HttpResponse:
    """A page of the editor; saves what is sent, and what the button asks for."""
    row = draft_or_404(key)
    place_text = request.GET.get("sted", "")
    if request.method == "POST":
        return _posted(request, row, place_text)
    if not place_text:
        return render(request, "governance/editor/overview.html", overview_context(request, row))
    return render(request, "governance/editor/page.html", page_context(request, row, place_text))


def _posted(request: Any, row: Any, place_text: str) -> HttpResponse:
    fields = tuple(
        (name.removeprefix(PREFIX), tuple(request.POST.getlist(name)))
        for name in request.POST
        if name.startswith(PREFIX)
    )
    verb, _bar, target = request.POST.get("op", "").partition("|")
    arguments: dict[str, Any] = {
        "version_id": row.pk, "version": version_of(request), "place": "" if place_text == ABOUT else place_text,
        "fields": fields, "page": request.POST.get("_page", "")[:40],
    }  # fmt: skip
    if is_fragment(request) and not verb:
        return _autosaved(request, row, place_text, arguments)
    place = read_place(target)
    if verb == "remove" and references.uses(checked(row.text).tree, place):
        perform(request, actions.edit_draft, **arguments)
        return redirect_client(request, f"{url(request, 'model-edit-remove', row.pk)}?sted={target}")
    if verb in ("add", "remove", "up", "down", "copy"):
        arguments["operation"] = (verb, target, request.POST.get(f"new|{target}", "")[:200])
    try:
        before = checked(row.text).tree
        saved = perform(request, actions.edit_draft, **arguments)
    except Invalid as problem:
        messages.error(request, str(problem.errors[0]) if problem.errors else str(problem.message))
        return redirect_client(request, f"{request.path}?sted={place_text}")
    if verb in ("", "refresh"):
        messages.success(request, _("Utkastet er lagret.")) if not verb else None
        return redirect_client(request, _back(request, place_text, place))
    return redirect_client(request, _after(request, before, saved, verb, place, place_text))


def _back(request: Any, place_text: str, place: Place) -> str:
    mark = f"#{anchor(written(place))}" if place else ""
    more = f"&ny={written(place)}" if place else ""
    return f"{request.path}?sted={place_text}{more}{_languages(request)}{mark}"


def _languages(request: Any) -> str:
    return "&sprak=alle" if request.GET.get("sprak") == "alle" else ""


def _after(request: Any, before: Any, row: Any, verb: str, place: Place, place_text: str) -> str:
    """Where to go after an operation: to a new thing's own page, else to where it stands on this one."""
    tree = checked(row.text).tree
    shown = place
    if verb == "add":
        value = at(tree, place)
        shown = (*place, len(value) - 1) if isinstance(value, list) else place
        part = class_at(tree, shown)
        if isinstance(shown[-1], int) and part is not None and has_page(part) and page_of(tree, shown) == shown:
            return f"{request.path}?sted={written(shown)}"
    if verb in ("up", "down"):
        holder, index = at(tree, place[:-1]), int(place[-1])
        to = index + (-1 if verb == "up" else 1)
        shown = (*place[:-1], to) if isinstance(holder, list) and 0 <= to < len(holder) else place
    if verb == "copy":
        shown = (*place[:-1], int(place[-1]) + 1)
    if verb == "remove":
        name = where(before, place).split(": ")[-1]
        messages.success(request, _("«%(name)s» er fjernet. Du kan angre øverst på siden.") % {"name": name})
        own = read_place(place_text)
        gone = own[: len(place)] == place and isinstance(place[-1], int)
        page = page_of(tree, place[:-1]) if gone else own
        return f"{request.path}?sted={written(page)}#{anchor(written(place[:-1]))}"
    return _back(request, place_text, shown)


def _autosaved(request: Any, row: Any, place_text: str, arguments: dict[str, Any]) -> HttpResponse:
    """What a page that is being filled in gets back: that it is saved, and what the check says now."""
    problem = None
    try:
        row = actions.edit_draft(actor=request.actor, now=request.now, **arguments)
    except Problem as refused:
        problem = refused
    context = page_context(request, row, place_text) | {"problem": problem}
    context["every"] = flat(context["entries"])
    return render(request, "governance/editor/live.html", context)


def _frame(request: Any, row: Any, found: Checked, place: Place, page: str) -> dict[str, Any]:
    earlier, later = queries.neighbouring_steps(row)
    address = url(request, "model-edit", row.pk)
    accepted = {item["finding"] for item in row.accepted}
    return {
        "row": row,
        "menu": menu(found, address, place, page),
        "checked": found,
        "counts": _counts(found, accepted),
        "earlier": earlier,
        "later": later,
        "now": request.now,
        "address": address,
        "accepted": accepted,
        "page_token": uuid.uuid4().hex,
    }


def _counts(found: Checked, accepted: set[str]) -> list[tuple[str, Any, int]]:
    counts = []
    for severity, (label, tone) in SEVERITIES.items():
        number = sum(
            1 for item in found.remarks
            if item.severity == severity
            and not (item.finding and (item.finding.resolved or item.finding.identity in accepted))
        )  # fmt: skip
        if number:
            counts.append((str(label), tone.value, number))
    return counts


def overview_context(request: Any, row: Any) -> dict[str, Any]:
    """The overview: everything the check says, and what may be done with the draft."""
    found = checked(row.text)
    frame = _frame(request, row, found, (), "oversikt")
    remarks = told(found, frame["address"], frame["accepted"])
    return frame | {
        "told": [one for one in remarks if not one.accepted],
        "settled": [one for one in remarks if one.accepted],
        "blocking": found.blocking(frame["accepted"]),
        "crumbs": crumbs(request),
        "origin": origin_words(row),
        "path": model_to_matter.path_of_proposals(request.today),
    }


def page_context(request: Any, row: Any, place_text: str) -> dict[str, Any]:
    """A part's page, or a thing's. Raises NotFound for a place that is no page of this draft."""
    found = checked(row.text)
    place = () if place_text == ABOUT else read_place(place_text)
    page = page_of(found.tree, place)
    if (place and page != place) or (not place and place_text != ABOUT):
        raise NotFound
    thing = at(found.tree, place)
    if place and isinstance(place[-1], int) and thing is None:
        raise NotFound
    frame = _frame(request, row, found, place, ABOUT if not place else "")
    builder = Builder(
        found.tree, found.by_place, frame["address"], read_place(request.GET.get("ny", "")),
        request.GET.get("sprak") == "alle",
    )  # fmt: skip
    here = told(found, frame["address"], frame["accepted"], within=place)
    above = [Crumb(_("Utkast %(number)s") % {"number": row.number}, frame["address"])]
    above += [Crumb(name, f"{frame['address']}?sted={written(up)}") for name, up in crumbs_of(found.tree, place)]
    return (
        frame
        | {
            "place": place_text,
            "title": where(found.tree, place).split(": ")[-1] if place else _("Om modellen"),
            "entries": _entries(builder, place),
            "is_thing": bool(place) and (isinstance(place[-1], int) or _is_whole_part(found.tree, place)),
            "key": thing.get("key", "") if isinstance(thing, dict) and place else "",
            "uses": _uses(found, place, frame["address"]),
            "told": here[:MOST_TOLD],
            "elsewhere": len(found.remarks) - len(here),
            "crumbs": [*crumbs(request), *above],
            "languages": builder.languages,
            "own": found.by_place.get(place, ()),
        }
        | drawings(found.tree, place, frame["address"], request.today)
    )


def _is_whole_part(tree: Tree, place: Place) -> bool:
    """Whether the page is one thing, such as the wheel, that is there: its fields then are the page's."""
    return len(place) == 1 and isinstance(at(tree, place), dict)


def _entries(builder: Builder, place: Place) -> list[Entry]:
    known = shapes(GovernanceModel)
    if not place:
        return [
            builder.entry((name,), shape) for name, shape in known.items()
            if not is_part(shape) and shape.name != "format"
        ]  # fmt: skip
    if len(place) == 1 and not _is_whole_part(builder.tree, place):
        return [builder.entry(place, known[str(place[0])])]
    part = class_at(builder.tree, place)
    return builder.entries(place, part) if part else []


def _uses(found: Checked, place: Place, address: str) -> list[tuple[str, str]]:
    """Where the page's thing is referred to, each with a link."""
    if not place or not isinstance(place[-1], int):
        return []
    return [
        (where(found.tree, _field_of(found, use.place)), address_of(found.tree, address, use.place))
        for use in references.uses(found.tree, place)
    ]


def _field_of(found: Checked, place: Place) -> Place:
    """The field that a reference stands in, without its number among several."""
    shape = shape_at(found.tree, place)
    ends_in_field = shape is not None and shape.form not in ("words", "mapping")
    return place if ends_in_field and not isinstance(place[-1], int) else place[: max(1, _last_name(place))]


def _last_name(place: Place) -> int:
    return max((index + 1 for index, part in enumerate(place) if isinstance(part, str) and part != "="), default=1)


def flat(entries: list[Entry]) -> list[Entry]:
    """Every field on the page, also those inside others, for what is told beside each."""
    found: list[Entry] = []
    for entry in entries:
        found += [*([entry] if entry.widget != "more" else []), *flat(entry.children)]
        for item in entry.items:
            found += flat(item.entries)
    return found
