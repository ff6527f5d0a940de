"""What the years to come ask of staff: a sum one can follow and send on, since what is filled in stands in the address."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from samstyr.wheel.strategy.queries import content_on
from samstyr.wheel.strategy.rules.outlook import needed

from .target_forms import FigureField
from .views import frame


class OutlookForm(forms.Form):
    """Which outlook, how many man-years there are today, and what technology is thought to spare."""

    use_required_attribute = False

    fram = forms.ChoiceField(label=_("Framskriving"))
    arsverk = FigureField(label=_("Årsverk i dag"), min_value=0, max_value=100_000)
    teknologi = FigureField(label=_("Andel av arbeidet som teknologi sparer, i prosent"), min_value=0, max_value=100)

    def __init__(self, *args: Any, names: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fram"].choices = names  # type: ignore[attr-defined]


def outlook(request: Any) -> HttpResponse:
    """The outlooks of the strategy in force, and the sum of one of them."""
    rows = content_on(request.today).outlooks
    asked = "arsverk" in request.GET
    form = OutlookForm(
        request.GET if asked else None,
        names=[(item.key, str(item.name)) for item in rows],
        initial={"teknologi": rows[0].technology_percent if rows else 0},
    )
    context = frame(request, "strategy-outlook") | {"rows": rows, "form": form}
    if asked and form.is_valid():
        given = form.cleaned_data
        chosen = next(item for item in rows if item.key == given["fram"])
        context |= {
            "chosen": chosen,
            "sum": needed(chosen, given["arsverk"], given["teknologi"]),
            "factor": Decimal(str(chosen.factor)),
            "percent": given["teknologi"],
        }
    return render(request, "strategy/outlook.html", context)
