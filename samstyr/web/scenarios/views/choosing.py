"""Pins and choices by hand, and why a candidate is in or out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui import formats, htmx
from samstyr.web.posting import perform, perform_form
from samstyr.web.scenarios.fields import points
from samstyr.web.scenarios.scenario_forms import ChooseForm
from samstyr.web.scenarios.standing import Standing
from samstyr.wheel.scenarios import actions

from .parts import candidate_of, may_edit, scenario_crumbs, scenario_of, url


class PinForm(forms.Form):
    """The year a candidate is pinned to, when it is to be a certain one."""

    year = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, years: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].label = _("Startår når det er festet inn")
        self.fields["year"].choices = [("", _("Det løsningen velger")), *((str(y), str(y)) for y in years)]  # type: ignore[attr-defined]


def pin(request: Any, key: UUID, candidate: UUID) -> HttpResponse:
    """Pin a candidate in or out, or loosen it."""
    scenario = scenario_of(request, key)
    row = candidate_of(request, candidate)
    wanted = request.POST.get("pin", "")
    years = range(scenario.first_year, scenario.first_year + scenario.years)
    form = PinForm(request.POST, years=years)
    year = form.cleaned_data["year"] if form.is_valid() and wanted == "in" else None
    place = {"scenario_id": key, "candidate_id": candidate}
    perform(request, actions.pin, pin=wanted if wanted in ("in", "out") else "", year=year, **place)
    said = {"in": _("«%(title)s» er festet inn."), "out": _("«%(title)s» er festet ut.")}
    messages.success(request, said.get(wanted, _("«%(title)s» er ikke lenger festet.")) % {"title": row.title})
    return htmx.redirect_client(request, _back(request, key, candidate))


def _back(request: Any, key: UUID, candidate: UUID) -> str:
    """To where the button was pressed, with the line in view."""
    place = url(request, "scenario-detail", key)
    back = request.POST.get("back", "")
    if back.startswith(place) and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return f"{back}#t-{candidate}"
    return url(request, "scenario-choice", key, candidate)


def choice(request: Any, key: UUID, candidate: UUID) -> HttpResponse:
    """Why the candidate is in or out, and the choice by hand."""
    scenario = scenario_of(request, key)
    row = candidate_of(request, candidate)
    standing = Standing(request, scenario)
    item = standing.instance.by_key.get(candidate)
    if item is None:
        raise NotFound
    chosen = standing.choices.get(candidate)
    start = standing.starts.get(candidate)
    years = standing.instance.years
    initial = {"start": start or "", "reason": chosen.reason if chosen else ""}
    form = ChooseForm(request.POST or None, years=years, initial=initial)
    if request.method == "POST" and form.is_valid():
        place = {"scenario_id": key, "candidate_id": candidate}
        if perform_form(request, form, actions.choose, **place, **form.cleaned_data):
            messages.success(request, _("Valget er lagret."))
            return htmx.redirect_client(request, url(request, "scenario-choice", key, candidate))
    pinned = chosen.pin if chosen else ""
    context = {
        "scenario": scenario,
        "candidate": row,
        "now": _("Starter %(year)s") % {"year": start} if start else _("Ikke valgt"),
        "sentences": standing.sentences(candidate),
        "solved": standing.solution is not None,
        "stale": standing.stale,
        "pins": [
            ("in", _("Skal med"), pinned == "in"),
            ("out", _("Skal ikke med"), pinned == "out"),
            ("none", _("Ikke festet"), not pinned),
        ],
        "pin_form": PinForm(initial={"year": chosen.pinned_year or "" if chosen else ""}, years=years),
        "form": form,
        "facts": _facts(standing, item, start),
        "may_edit": bool(may_edit(request)) and scenario.state == "open",
        "crumbs": scenario_crumbs(request, scenario),
    }
    return htmx.render(request, "scenarios/choice.html", None, context, status=422 if form.errors else 200)


def _facts(standing: Standing, item: Any, start: int | None) -> list[tuple[str, str]]:
    first = start or (item.starts[0] if item.starts else standing.instance.years[0])
    return [
        (_("Verdi"), points(item.value)),
        (_("Kostnad i perioden"), formats.kroner(standing.money(item, first))),
        (_("Risiko"), formats.number(item.risk)),
        (_("Kan starte"), ", ".join(str(year) for year in item.starts) or _("Ikke i perioden")),
    ]


def explain(request: Any, key: UUID, candidate: UUID) -> HttpResponse:
    """Ask for the exact explanation of one candidate, worked out in the background."""
    scenario_of(request, key)
    candidate_of(request, candidate)
    job = perform(request, actions.explain_candidate, scenario_id=key, candidate_id=candidate)
    return htmx.redirect_client(request, url(request, "scenario-progress", key, job.pk))
