"""Scenarios: the list, a new one, its assumptions, and one scenario with its choices, limits and solution."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _

from samstyr.foundation.ui import htmx
from samstyr.web.posting import perform, perform_form
from samstyr.web.posting import version_of as version_posted
from samstyr.web.scenarios import solutions
from samstyr.web.scenarios.fields import KRONER, unit_of
from samstyr.web.scenarios.scenario_forms import ChoiceFilter, NewScenarioForm, ScenarioForm
from samstyr.web.scenarios.standing import Standing, period_name, scenario_about, scenario_status
from samstyr.wheel.scenarios import actions, queries
from samstyr.wheel.scenarios.rules.values import LimitValues

from .parts import PER_PAGE, choices, may_edit, scenario_crumbs, scenario_of, url

CUT = 90


def list_page(request: Any) -> HttpResponse:
    """Every scenario, by the period of its plan."""
    periods: dict[str, list[dict[str, Any]]] = {}
    names = dict(choices(request).organisations)
    for row in queries.listing.overview(request.actor):
        periods.setdefault(period_name(row.scenario), []).append(
            {
                "key": row.scenario.pk,
                "name": row.scenario.name,
                "about": scenario_about(row.scenario, names),
                "chosen": row.chosen,
                "solution": solutions.short_words(row.status, row.value, row.bound),
                "state": scenario_status(row.scenario),
            }
        )
    context = {"periods": list(periods.items()), "may_edit": may_edit(request)}
    return htmx.render(request, "scenarios/scenario_list.html", None, context)


def create(request: Any) -> HttpResponse:
    """A new scenario: empty, or another's copy with one thing changed."""
    may_edit(request).require()
    offered = choices(request)
    others = [
        (str(row.scenario.pk), f"{row.scenario.name} ({period_name(row.scenario)})")
        for row in queries.listing.overview(request.actor)
    ]
    initial = {"first_year": request.today.year + 1, "start": "", "years": 4}
    if request.GET.get("kopi"):
        initial |= {"copy_of": request.GET["kopi"], "start": "copy"}
    form = NewScenarioForm(request.POST or None, initial=initial, choices=offered, scenarios=others)
    if request.method == "POST" and form.is_valid():
        made = _made(request, form)
        if made is not None:
            messages.success(request, _("Scenarioet er laget."))
            name = "scenario-detail" if form.cleaned_data.get("start") else "scenario-limits"
            return htmx.redirect_client(request, url(request, name, made.pk))
    context = {"form": form, "crumbs": scenario_crumbs(request)}
    return htmx.render(request, "scenarios/scenario_new.html", None, context, status=422 if form.errors else 200)


def _made(request: Any, form: NewScenarioForm) -> Any:
    """The new scenario with the change that its starting point asks for, all in the request's transaction."""
    data = form.cleaned_data
    start = data.get("start", "")
    given: dict[str, Any] = {
        "name": data["name"], "first_year": data["first_year"], "years": data["years"], "note": "",
        "delay_percent": 5, "cost_percent": 100, "left": (), "copy_of": None,
    }  # fmt: skip
    if start:
        source = scenario_of(request, UUID(data["copy_of"]))
        given |= {
            "first_year": source.first_year, "years": source.years, "note": source.note,
            "delay_percent": source.delay_percent, "cost_percent": source.cost_percent,
            "left": tuple(UUID(key) for key in source.left), "copy_of": source.pk,
        }  # fmt: skip
    if start == "leave":
        given["left"] = tuple(dict.fromkeys([*given["left"], UUID(data["leaves"])]))
    made = perform_form(request, form, actions.create_scenario, **given)
    if made is not None and start in ("cut", "delay", "leave"):
        # From the source and with a key of its own, so that a form sent twice does not cut twice.
        limits = _changed(start, queries.limits_of(source), made.first_year, given["left"])
        key = request.POST.get("_key", "")[:50]
        actions.set_limits(
            actor=request.actor, now=request.now, key=f"{key}-limits" if key else None,
            scenario_id=made.pk, version=None, limits=tuple(limits),
        )  # fmt: skip
    return made


def _changed(start: str, limits: Any, first_year: int, left: tuple[UUID, ...]) -> list[LimitValues]:
    """The copy's limits, changed as its starting point says."""
    values = [queries.listing.limit_values(limit) for limit in limits]
    if start == "cut":
        return [
            replace(item, amount=item.amount * CUT // 100) if item.measure == "money" and not item.at_least else item
            for item in values
        ]
    if start == "leave":
        return [item for item in values if item.organisation not in left]
    nothing = LimitValues(measure="count", amount=0, year=first_year)
    return [*(item for item in values if replace(item, amount=0) != nothing), nothing]


def edit(request: Any, key: UUID) -> HttpResponse:
    """What the scenario is called and assumes."""
    scenario = scenario_of(request, key)
    may_edit(request).require()
    names = ("name", "note", "first_year", "years", "delay_percent", "cost_percent", "left")
    initial = {name: getattr(scenario, name) for name in names}
    form = ScenarioForm(request.POST or None, initial=initial, choices=choices(request))
    if request.method == "POST" and form.is_valid():
        place = {"scenario_id": key, "version": version_posted(request)}
        if perform_form(request, form, actions.save_scenario, **place, **form.given()):
            messages.success(request, _("Forutsetningene er lagret."))
            return htmx.redirect_client(request, url(request, "scenario-detail", key))
    context = {"scenario": scenario, "form": form, "crumbs": scenario_crumbs(request, scenario)}
    return htmx.render(request, "scenarios/scenario_edit.html", None, context, status=422 if form.errors else 200)


def delete(request: Any, key: UUID) -> HttpResponse:
    """Delete a scenario."""
    scenario_of(request, key)
    perform(request, actions.delete_scenario, scenario_id=key, version=version_posted(request))
    messages.success(request, _("Scenarioet er slettet."))
    return htmx.redirect_client(request, url(request, "scenario-list"))


def detail(request: Any, key: UUID) -> HttpResponse:
    """One scenario: figures, solution, limits with their use, and the candidates with what is chosen."""
    scenario = scenario_of(request, key)
    standing = Standing(request, scenario)
    form = ChoiceFilter(request.GET)
    form.is_valid()
    unit = unit_of(form.cleaned_data.get("unit"))
    found = standing.narrowed(form.cleaned_data.get("vis", ""), form.cleaned_data.get("q", ""))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "scenario": scenario,
        "about": f"{period_name(scenario)} · {scenario_about(scenario, standing.names['organisation'])}".rstrip(" ·"),
        "state": scenario_status(scenario),
        "figures": standing.figures(),
        "running": queries.running_job(scenario),
        "solution": standing.solution_words(),
        "conflicts": standing.conflicts(),
        "breaches": standing.breaches(),
        "uses": standing.uses(unit),
        "worths": standing.worths(),
        "page": page,
        "rows": [standing.row(item, unit) for item in page.object_list],
        "cost_note": _("i kroner") if unit == KRONER else _("i 1000 kr"),
        "candidates_exist": bool(standing.instance.candidates),
        "filter_form": form,
        "back": request.get_full_path(),
        "may_edit": bool(may_edit(request)) and scenario.state == "open",
        "crumbs": scenario_crumbs(request),
    }
    return htmx.render(request, "scenarios/scenario.html", "rows", context)
