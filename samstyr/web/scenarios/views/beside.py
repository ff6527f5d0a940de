"""A few candidates side by side: value, cost, goals, risk and focus area, each on its own line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samstyr.foundation.ui import formats
from samstyr.web.scenarios import presenting
from samstyr.web.scenarios.fields import KRONER
from samstyr.wheel.scenarios import queries
from samstyr.wheel.scenarios.queries.listing import Criteria

from .parts import candidate_crumbs, choices

MOST = 6


class NumbersForm(forms.Form):
    """Which candidates, by their numbers."""

    nr = forms.CharField(
        label=gettext_lazy("Numrene på kandidatene"),
        help_text=gettext_lazy("Skill dem med komma eller mellomrom, inntil seks."),
        required=False,
        max_length=80,
    )


def beside(request: Any) -> HttpResponse:
    """The candidates whose numbers are typed, in that order, as columns (N-064)."""
    words = request.GET.get("nr", "").replace(",", " ").split()
    asked = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 9]
    numbers = tuple(dict.fromkeys(asked))[:MOST]
    names = presenting.names_for(choices(request))
    found = queries.listing.listed(request.actor, Criteria(numbers=numbers, dropped=None)) if numbers else []
    rows = sorted(found, key=lambda row: numbers.index(row.number))
    shown = [(row, presenting.candidate_row(row, KRONER, names)) for row in rows]
    lines = [
        (_("Verdi (0–100 poeng)"), [view.value for _row, view in shown]),
        (_("Kostnad, fire år, i kroner"), [view.cost for _row, view in shown]),
        (_("Verdi per 100 000 kr"), [view.each for _row, view in shown]),
        (_("Gevinst og omtale"), [row.description or formats.NOTHING for row, _view in shown]),
        (
            _("Mål"),
            ["; ".join(names["goal"].get(key, key) for key in row.goals) or formats.NOTHING for row, _v in shown],
        ),
        (_("Risiko (0–100)"), [row.risk for row, _view in shown]),
        (
            _("Satsingsområde"),
            [names["focus_area"].get(row.focus_area, row.focus_area) or formats.NOTHING for row, _v in shown],
        ),
        (_("Må gjennomføres"), [_("Ja") if row.mandatory else _("Nei") for row, _view in shown]),
        (_("Varighet i år"), [row.duration for row, _view in shown]),
    ]
    context = {
        "rows": rows,
        "lines": lines,
        "missing": [number for number in numbers if number not in {row.number for row in rows}],
        "form": NumbersForm({"nr": ", ".join(map(str, numbers))}),
        "crumbs": candidate_crumbs(request),
    }
    return render(request, "scenarios/beside.html", context)
