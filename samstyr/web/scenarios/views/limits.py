"""The limits of a scenario as a grid with years as columns."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.ui import htmx
from samstyr.web.posting import perform
from samstyr.web.posting import version_of as version_posted
from samstyr.web.scenarios.fields import unit_of
from samstyr.web.scenarios.forms import Choices
from samstyr.web.scenarios.rows import number_of, typed
from samstyr.web.scenarios.scenario_forms import LimitGrid, NewLimitForm
from samstyr.wheel.scenarios import actions, queries

from .parts import choices, may_edit, scenario_crumbs, scenario_of, url

Faults = list[tuple[str, str]]


def limits(request: Any, key: UUID) -> HttpResponse:
    """Show and change the limits; rows are added and taken away before anything is saved."""
    scenario = scenario_of(request, key)
    may_edit(request).require()
    offered = choices(request)
    years = range(scenario.first_year, scenario.first_year + scenario.years)
    new = NewLimitForm(choices=offered)
    faults: Faults = []
    if request.method == "POST":
        grid = LimitGrid.sent(request.POST, years, offered, unit_of(request.POST.get("unit")))
        verb = request.POST.get("verb", "save")
        if verb == "save":
            faults = _saved(request, scenario, grid)
            if not faults:
                messages.success(request, _("Rammene er lagret."))
                return htmx.redirect_client(request, url(request, "scenario-detail", key))
        else:
            new, faults = _worked_on(request, grid, verb, offered)
    else:
        grid = LimitGrid.stored(queries.limits_of(scenario), years, offered, unit_of(request.GET.get("unit")))
    context = {
        "scenario": scenario,
        "lines": grid.lines(),
        "years": list(years),
        "unit": grid.unit,
        "new": new,
        "roles": offered.roles,
        "faults": faults,
        "crumbs": scenario_crumbs(request, scenario),
    }
    return htmx.render(request, "scenarios/limits.html", None, context, status=422 if faults else 200)


def _worked_on(request: Any, grid: LimitGrid, verb: str, offered: Choices) -> tuple[NewLimitForm, Faults]:
    """The grid with a row more or less, or in the other unit; nothing is saved."""
    again = NewLimitForm(initial=typed(NewLimitForm, request.POST, choices=offered), choices=offered)
    if verb.startswith("unit-"):
        grid.to_unit(unit_of(verb.removeprefix("unit-")))
    elif verb.startswith("remove-"):
        grid.remove(number_of(verb.removeprefix("remove-"), 1000))
    elif verb == "add":
        form = NewLimitForm(request.POST, choices=offered)
        if not form.is_valid():
            return form, [
                (f"#{form[name].auto_id}", f"{form[name].label}: {words[0]}") for name, words in form.errors.items()
            ]
        if not grid.add(form.row()):
            return again, [("#new-row", _("Denne raden står der allerede."))]
    return again, []


def _saved(request: Any, scenario: Any, grid: LimitGrid) -> Faults:
    """Save the grid; the faults when something in it is wrong, with links to the cells."""
    filled = grid.limits()
    general: Faults = []
    if not grid.faults:
        try:
            perform(
                request,
                actions.set_limits,
                scenario_id=scenario.pk,
                version=version_posted(request),
                limits=tuple(values for _place, values in filled),
            )
        except Invalid as invalid:
            order = [place for place, _values in filled]
            general = [("", str(fault)) for fault in invalid.errors if not grid.place(fault, order)]
    named = {
        (line["at"], cell["name"]): f"{line['name']}, {cell['label']}"
        for line in grid.lines()
        for cell in line["cells"]
    }
    return [
        *((f"#{name}", f"{words}: {_fault(grid, at, name)}") for (at, name), words in named.items() if _fault(grid, at, name)),
        *general,
    ]  # fmt: skip


def _fault(grid: LimitGrid, at: int, name: str) -> str:
    column = name.rsplit("-", 1)[-1]
    return grid.faults.get((at, "" if column == "all" else column), "")
