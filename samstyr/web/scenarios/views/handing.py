"""A scenario's choices into the plan's draft, with the reasons for what differs from the best solution."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samstyr.foundation.ui import htmx
from samstyr.web.posting import perform_form
from samstyr.web.posting import version_of as version_posted
from samstyr.web.scenarios import solutions
from samstyr.web.scenarios.standing import Standing
from samstyr.wheel.handovers import scenario_to_plan

from .parts import may_edit, scenario_crumbs, scenario_of, url


class HandoverForm(forms.Form):
    """The common reason for the differences that have none of their own."""

    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Begrunnelse for forskjellene"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea({"rows": "4"}),
        help_text=gettext_lazy("Gjelder forskjellene som ikke har sin egen begrunnelse."),
    )


def handover(request: Any, key: UUID) -> HttpResponse:
    """What is carried over, what differs from the best, and the act itself."""
    scenario = scenario_of(request, key)
    may_edit(request).require()
    standing = Standing(request, scenario)
    form = HandoverForm(request.POST or None, initial={"reason": scenario.difference_reason})
    if request.method == "POST" and form.is_valid():
        given = {"scenario_id": key, "version": version_posted(request), "reason": form.cleaned_data["reason"]}
        made = perform_form(request, form, scenario_to_plan.carry, **given)
        if made is not None:
            messages.success(request, _("Tiltakene er ført inn i utkastet til planen."))
            return htmx.redirect_client(request, url(request, "plan-version-detail", made.pk))
    context = {
        "scenario": scenario,
        "form": form,
        "chosen": len(standing.starts),
        "year": scenario.first_year,
        "solution_words": _solution_words(standing),
        "differences": _differences(request, standing),
        "breaches": [*(f"{use.name}: {use.breach}" for use in standing.uses("") if use.breach), *standing.breaches()],
        "crumbs": scenario_crumbs(request, scenario),
    }
    return htmx.render(request, "scenarios/handover.html", None, context, status=422 if form.errors else 200)


def _solution_words(standing: Standing) -> str:
    if standing.solution is None:
        return _("Ingen løsning er regnet ut, så det sies ikke hvor nær det beste mulige dette er.")
    if standing.stale:
        return _("Løsningen er foreldet: noe er endret siden den ble regnet ut.")
    return solutions.proof_words(standing.solution.status, standing.solution.value, standing.solution.bound)


def _differences(request: Any, standing: Standing) -> list[dict[str, str]]:
    if standing.solution is None or standing.stale:
        return []
    best = solutions.starts_of(standing.solution)
    keys = [key for key in {*best, *standing.starts} if best.get(key) != standing.starts.get(key)]
    rows = []
    for key in keys:
        item, choice = standing.instance.by_key.get(key), standing.choices.get(key)
        if item is not None:
            rows.append(
                {
                    "title": item.title,
                    "url": url(request, "scenario-choice", standing.scenario.pk, key),
                    "best": _start(best.get(key)),
                    "chosen": _start(standing.starts.get(key)),
                    "reason": choice.reason if choice else "",
                }
            )
    return sorted(rows, key=lambda row: row["title"])


def _start(year: int | None) -> str:
    return str(year) if year else _("Ikke valgt")
