"""Forms of the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.kernel.errors import FieldError, Invalid
from samstyr.foundation.kernel.money import parse_kroner
from samstyr.web.casework.forms import DateField
from samstyr.wheel.portfolio.rules.lines import Cost, Line

KINDS = (("investment", _("Investering")), ("operating", _("Drift")))
BUDGET_STATES = (
    ("sent", _("Sendt til budsjett")),
    ("in_proposal", _("I budsjettforslaget")),
    ("granted", _("Bevilget")),
    ("partly", _("Delvis bevilget")),
    ("refused", _("Ikke bevilget")),
)
PROGRESS = (
    ("not_started", _("Ikke startet")),
    ("started", _("I gang")),
    ("paused", _("På vent")),
    ("done", _("Ferdig")),
    ("stopped", _("Stoppet")),
)


@dataclass(frozen=True)
class Asks:
    """What the model wants told of each measure."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    focus_areas: Mapping[str, str] = field(default_factory=dict)
    goals: Mapping[str, str] = field(default_factory=dict)
    questions: Sequence[Any] = ()


class DraftForm(forms.Form):
    """Which period a draft is for, and why when it revises."""

    first_year = forms.IntegerField(label=_("Første budsjettår"), min_value=2000, max_value=2100)
    reason = forms.CharField(
        label=_("Begrunnelse"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Må fylles ut når du reviderer en vedtatt plan."),
    )


class LineForm(forms.Form):
    """A measure with its money year by year; the cells are read in the unit the person has chosen."""

    title = forms.CharField(label=_("Tiltak"), max_length=200)
    owner = forms.CharField(label=_("Eier"), max_length=200, required=False)
    argument = forms.CharField(
        label=_("Begrunnelse for plasseringen"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5000,
    )
    organisations = forms.MultipleChoiceField(label=_("Gjelder for"), widget=forms.CheckboxSelectMultiple)
    cost_key = forms.ChoiceField(label=_("Kostnaden deles"), required=False)
    starts_on = DateField(label=_("Planlagt start"), required=False)
    ends_on = DateField(label=_("Planlagt slutt"), required=False)
    kind = forms.ChoiceField(label=_("Type tiltak"), required=False)
    focus_area = forms.ChoiceField(label=_("Satsingsområde"), required=False)
    goals = forms.MultipleChoiceField(label=_("Mål"), required=False, widget=forms.CheckboxSelectMultiple)
    benefit = forms.CharField(
        label=_("Gevinst"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    purchase_on = DateField(label=_("Planlagt anskaffelse"), required=False)

    def __init__(
        self,
        *args: Any,
        years: Sequence[int],
        sources: Mapping[str, str],
        keys: Mapping[str, Any],
        payers: Sequence[Any],
        asks: Asks | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.years, self.sources, self.payers = list(years), dict(sources) or {"": str(_("Uten kilde"))}, list(payers)
        self.fields["organisations"].choices = [(str(row.pk), str(row)) for row in payers]  # type: ignore[attr-defined]
        self.fields["cost_key"].choices = [("", _("Velg")), *((k, str(v.name)) for k, v in keys.items())]  # type: ignore[attr-defined]
        self.counts_users = any(key.kind in ("users", "mixed") for key in keys.values())
        self._ask(asks or Asks())

    def _ask(self, asks: Asks) -> None:
        """The model's own choices and questions; what it does not have is not asked for."""
        for name, given in (("kind", asks.kinds), ("focus_area", asks.focus_areas), ("goals", asks.goals)):
            if given:
                empty = [] if name == "goals" else [("", _("Velg"))]
                self.fields[name].choices = [*empty, *given.items()]  # type: ignore[attr-defined]
            else:
                del self.fields[name]
        saved = self.initial.get("answers", {})
        self.questions = [item.key for item in asks.questions]
        for item in asks.questions:
            self.fields[f"answer-{item.key}"] = forms.CharField(
                label=str(item.name),
                help_text=str(item.help or ""),
                required=False,
                max_length=5000,
                initial=saved.get(item.key, ""),
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def asked(self) -> list[Any]:
        """The fields of the model's own choices and questions, for the page."""
        names = ["kind", "focus_area", "goals", *(f"answer-{key}" for key in self.questions)]
        return [self[name] for name in names if name in self.fields]

    def effort(self) -> list[dict[str, Any]]:
        """One cell of hours per year."""
        saved = self.initial.get("effort", {})
        return [
            {
                "name": f"effort-{year}",
                "year": year,
                "value": self.data.get(f"effort-{year}", "") if self.is_bound else saved.get(str(year), ""),
            }
            for year in self.years
        ]

    def grid(self) -> list[dict[str, Any]]:
        """The cells as rows for the page: one per source and kind, a cell per year, with what was typed."""
        rows = []
        for source, name in self.sources.items():
            for kind, label in KINDS:
                cells = [
                    {"name": f"cost-{year}-{kind}-{source}", "year": year, "value": self._typed(year, kind, source)}
                    for year in self.years
                ]
                rows.append({"label": f"{label}, {name}", "kind": kind, "cells": cells})
        return rows

    def shares(self) -> list[dict[str, Any]]:
        """One cell per paying organisation for agreed shares in whole per cent."""
        saved = self.initial.get("own_shares", {})
        return [
            {
                "name": f"share-{row.pk}",
                "label": str(row),
                "value": self.data.get(f"share-{row.pk}", "") if self.is_bound else saved.get(str(row.pk), ""),
            }
            for row in self.payers
        ]

    def _typed(self, year: int, kind: str, source: str) -> str:
        name = f"cost-{year}-{kind}-{source}"
        if self.is_bound:
            return str(self.data.get(name, ""))
        amount = self.initial.get("costs", {}).get((year, kind, source))
        return "" if amount is None else str(amount)

    def told(self, fault: FieldError) -> tuple[str | None, str]:
        """Where the fault is shown and in which words: a cell is no field of the form, and is named in them."""
        if fault.field in self.fields:
            return fault.field, str(fault)
        cells = {cell["name"]: f"{row['label']}, {cell['year']}" for row in self.grid() for cell in row["cells"]}
        return None, f"{cells[fault.field]}: {fault}" if fault.field in cells else str(fault)

    def line(self, need: UUID | None = None) -> Line:
        """The line as typed, in whole kroner. Raises Invalid naming each cell that is no amount."""
        faults: list[FieldError] = []
        costs: list[Cost] = []
        for source in self.sources:
            for kind, _label in KINDS:
                for year in self.years:
                    text = str(self.data.get(f"cost-{year}-{kind}-{source}", "")).strip()
                    if text:
                        try:
                            costs.append(
                                Cost(year, kind, source, parse_kroner(text, field=f"cost-{year}-{kind}-{source}"))
                            )
                        except Invalid as invalid:
                            faults.extend(invalid.errors)
        shares: dict[str, int] = {}
        for row in self.payers:
            text = str(self.data.get(f"share-{row.pk}", "")).strip()
            if text:
                if text.isascii() and text.isdigit() and int(text[:7]) <= (999_999 if self.counts_users else 100):
                    shares[str(row.pk)] = int(text)
                else:
                    faults.append(FieldError("own_shares", f"{row}: {text} %"))
        effort: dict[str, int] = {}
        for cell in self.effort():
            text = str(cell["value"]).strip()
            if text and text.isascii() and text.isdigit() and len(text) < 7:
                effort[str(cell["year"])] = int(text)
            elif text:
                faults.append(
                    FieldError("effort", _("%(year)s: skriv timer som et helt tall.") % {"year": cell["year"]})
                )
        if faults:
            raise Invalid(*faults)
        given = self.cleaned_data
        return Line(
            key=UUID(int=0),
            rank=0,
            title=given["title"],
            need=need,
            owner=given["owner"],
            argument=given["argument"],
            organisations=tuple(UUID(key) for key in given["organisations"]),
            cost_key=given["cost_key"],
            own_shares=shares,
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            costs=tuple(costs),
            kind=given.get("kind", ""),
            focus_area=given.get("focus_area", ""),
            goals=tuple(given.get("goals", ())),
            benefit=given["benefit"],
            answers={key: given[f"answer-{key}"] for key in self.questions},
            purchase_on=given["purchase_on"],
            effort=effort,
            rolled_reason=self.initial.get("rolled_reason", ""),
        )


class BudgetForm(forms.Form):
    """What the budget process says of a measure in a year."""

    year = forms.TypedChoiceField(label=_("Budsjettår"), coerce=int)
    organisation = forms.ChoiceField(label=_("Kommune"), required=False)
    state = forms.ChoiceField(label=_("Status"), choices=BUDGET_STATES)
    amount = forms.CharField(label=_("Beløp i kroner"), required=False, max_length=30)
    note = forms.CharField(label=_("Merknad"), required=False, max_length=500)

    def __init__(self, *args: Any, years: Sequence[int], payers: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [("", _("Alle som tar del")), *((str(p.pk), str(p)) for p in payers)]  # type: ignore[attr-defined]

    def clean_amount(self) -> int | None:
        """Whole kroner, or nothing."""
        text = self.cleaned_data["amount"].strip()
        if not text:
            return None
        try:
            return parse_kroner(text)
        except Invalid as invalid:
            raise forms.ValidationError(str(invalid)) from None


class ProgressForm(forms.Form):
    """How far a measure has come."""

    state = forms.ChoiceField(label=_("Status"), choices=PROGRESS)
    happened_on = DateField(label=_("Dato"))
    note = forms.CharField(
        label=_("Merknad"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class VersionFilter(forms.Form):
    """Which lines to show, and in which unit."""

    organisation = forms.ChoiceField(label=_("Kommune"), required=False)
    area = forms.CharField(label=_("Tjeneste"), required=False, max_length=100)
    unit = forms.ChoiceField(
        label=_("Vis beløp i"), required=False, choices=(("", _("1000 kroner")), ("kr", _("Kroner")))
    )

    def __init__(self, *args: Any, payers: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", _("Alle")), *((str(p.pk), str(p)) for p in payers)]  # type: ignore[attr-defined]
