"""Forms of scenarios: what they are called and assume, their limits as a grid, and choices by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samstyr.foundation.kernel.errors import FieldError, Invalid
from samstyr.foundation.ui import formats
from samstyr.wheel.scenarios.rules.values import LimitValues

from .fields import THOUSANDS, converted, read_amount, shown_amount
from .forms import SHORT, Choices
from .rows import number_of

MOST_ROWS = 80
MEASURES = (
    ("money", gettext_lazy("Kroner")),
    ("hours", gettext_lazy("Timer")),
    ("risk", gettext_lazy("Samlet risiko")),
    ("count", gettext_lazy("Antall tiltak")),
)
COST_KINDS = (
    ("", gettext_lazy("Begge")),
    ("investment", gettext_lazy("Investering")),
    ("operating", gettext_lazy("Drift")),
)
STARTS = (
    ("", gettext_lazy("Tomt scenario")),
    ("copy", gettext_lazy("Kopi")),
    ("cut", gettext_lazy("Kopi med kutt på 10 % i alle pengerammer")),
    ("leave", gettext_lazy("Kopi der én kommune går ut")),
    ("delay", gettext_lazy("Kopi med ett års utsettelse: ingen tiltak starter det første året")),
)


def _percent(label: Any, help_text: Any, most: int, initial: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=most,
        initial=initial,
        widget=forms.TextInput(SHORT),
        error_messages={"invalid": gettext_lazy("Skriv et helt tall.")},
    )


class ScenarioForm(forms.Form):
    """What a scenario is called, which years it is for, and what it assumes."""

    use_required_attribute = False

    name = forms.CharField(label=gettext_lazy("Navn"), max_length=200)
    note = forms.CharField(
        label=gettext_lazy("Merknad"), required=False, max_length=10_000, widget=forms.Textarea({"rows": "3"})
    )
    first_year = forms.IntegerField(
        label=gettext_lazy("Første budsjettår"), min_value=2000, max_value=2100, widget=forms.TextInput(SHORT)
    )
    years = forms.IntegerField(
        label=gettext_lazy("Antall år"), min_value=1, max_value=10, initial=4, widget=forms.TextInput(SHORT)
    )
    delay_percent = _percent(
        gettext_lazy("Verditap for hvert år et tiltak venter"),
        gettext_lazy("I prosent av verdien. 0 betyr at det ikke haster med noe."),
        100,
        5,
    )
    cost_percent = _percent(
        gettext_lazy("Kostnadsnivå"),
        gettext_lazy("100 er som anslått. 110 prøver planen med 10 % høyere kostnader."),
        300,
        100,
    )
    left = forms.MultipleChoiceField(
        label=gettext_lazy("Kommuner som går ut"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("De andre bærer deres del av det felles, og det som bare var deres, faller bort."),
    )

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["left"].choices = list(choices.organisations)  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """The fields as the actions take them."""
        data = dict(self.cleaned_data)
        names = ("name", "note", "first_year", "years", "delay_percent", "cost_percent")
        return {**{name: data[name] for name in names}, "left": tuple(UUID(key) for key in data["left"])}


class NewScenarioForm(forms.Form):
    """A new scenario: empty, or another's copy with one thing changed."""

    use_required_attribute = False

    name = forms.CharField(label=gettext_lazy("Navn"), max_length=200)
    start = forms.ChoiceField(
        label=gettext_lazy("Begynn med"), required=False, choices=STARTS, widget=forms.RadioSelect
    )
    copy_of = forms.ChoiceField(label=gettext_lazy("Scenario å kopiere"), required=False)
    leaves = forms.ChoiceField(label=gettext_lazy("Kommune som går ut"), required=False)
    first_year = forms.IntegerField(
        label=gettext_lazy("Første budsjettår"),
        required=False,
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(SHORT),
        help_text=gettext_lazy("Gjelder når scenarioet begynner tomt. En kopi har årene til det som kopieres."),
    )
    years = forms.IntegerField(
        label=gettext_lazy("Antall år"),
        required=False,
        min_value=1,
        max_value=10,
        initial=4,
        widget=forms.TextInput(SHORT),
    )

    def __init__(self, *args: Any, choices: Choices, scenarios: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["copy_of"].choices = [("", _("Velg")), *scenarios]  # type: ignore[attr-defined]
        self.fields["leaves"].choices = [("", _("Velg")), *choices.organisations]  # type: ignore[attr-defined]
        if not scenarios:
            del self.fields["copy_of"], self.fields["leaves"], self.fields["start"]

    def clean(self) -> dict[str, Any]:
        """A copy needs what it is of, one who leaves needs a name, an empty one needs its years."""
        data = super().clean() or self.cleaned_data
        start = data.get("start", "")
        if start and not data.get("copy_of") and "copy_of" not in self.errors:
            self.add_error("copy_of", _("Velg scenarioet som skal kopieres."))
        if start == "leave" and not data.get("leaves") and "leaves" not in self.errors:
            self.add_error("leaves", _("Velg kommunen som går ut."))
        if not start:
            for name in ("first_year", "years"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Må fylles ut når scenarioet begynner tomt."))
        return data


class NewLimitForm(forms.Form):
    """What a new row of the grid limits."""

    use_required_attribute = False

    measure = forms.ChoiceField(label=gettext_lazy("Det som begrenses"), choices=MEASURES)
    at_least = forms.ChoiceField(
        label=gettext_lazy("Retning"),
        required=False,
        choices=(("", gettext_lazy("Høyst")), ("1", gettext_lazy("Minst"))),
    )
    organisation = forms.ChoiceField(label=gettext_lazy("Kommune"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Investering eller drift"), required=False, choices=COST_KINDS)
    source = forms.ChoiceField(label=gettext_lazy("Kilde"), required=False)
    role = forms.CharField(
        label=gettext_lazy("Rolle"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"list": "roles", "autocomplete": "off"}),
        help_text=gettext_lazy("Bare for timer."),
    )
    area = forms.ChoiceField(label=gettext_lazy("Tjenesteområde"), required=False)
    focus_area = forms.ChoiceField(label=gettext_lazy("Satsingsområde"), required=False)

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, empty, values in (
            ("organisation", _("Alle samlet"), choices.organisations),
            ("source", _("Alle kilder"), choices.sources),
            ("area", _("Alle områder"), choices.areas),
            ("focus_area", _("Alle satsingsområder"), choices.focus_areas),
        ):
            if values:
                self.fields[name].choices = [("", empty), *values]  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    def row(self) -> Row:
        """The row that was described."""
        data = self.cleaned_data
        return Row(
            measure=data["measure"],
            at_least=bool(data.get("at_least")),
            **{name: data.get(name, "") for name in NARROWING},
        )


NARROWING = ("organisation", "kind", "source", "role", "area", "focus_area")


@dataclass(frozen=True)
class Row:
    """A line of the grid: what is limited, without year and amount. Keys are text, as the form sends them."""

    measure: str
    at_least: bool = False
    organisation: str = ""
    kind: str = ""
    source: str = ""
    role: str = ""
    area: str = ""
    focus_area: str = ""

    @classmethod
    def of(cls, limit: Any) -> Row:
        """The row that a limit belongs in."""
        return cls(
            limit.measure, limit.at_least, str(limit.organisation_id or ""), limit.kind, limit.source, limit.role,
            str(limit.area_id or ""), limit.focus_area,
        )  # fmt: skip

    def name(self, names: dict[str, dict[str, str]]) -> str:
        """What the row limits, in words: "Høyst kroner · Lillesand · Drift"."""
        words = [
            (_("Minst") if self.at_least else _("Høyst")) + " " + str(dict(MEASURES)[self.measure]).lower(),
            *(
                str(names.get(part, {}).get(getattr(self, part), getattr(self, part)))
                for part in NARROWING
                if getattr(self, part)
            ),
        ]
        return " · ".join(words)


def names_of(choices: Choices) -> dict[str, dict[str, str]]:
    """The words for the keys in a row."""
    return {
        "organisation": dict(choices.organisations),
        "kind": {key: str(name) for key, name in COST_KINDS},
        "source": dict(choices.sources),
        "area": dict(choices.areas),
        "focus_area": dict(choices.focus_areas),
    }


class LimitGrid:
    """The limits with years as columns; the last column is the whole period together.

    `rows` are what is limited, `cells` what is typed at (row, column). A column is a year or "" for all years.
    """

    def __init__(self, years: Sequence[int], choices: Choices, unit: str = THOUSANDS) -> None:
        self.years, self.choices, self.unit = list(years), choices, unit
        self.rows: list[Row] = []
        self.cells: dict[tuple[int, str], str] = {}
        self.faults: dict[tuple[int, str], str] = {}
        self.names = names_of(choices)

    @property
    def columns(self) -> list[str]:
        """The years as text, and the whole period."""
        return [*(str(year) for year in self.years), ""]

    @classmethod
    def stored(cls, limits: Sequence[Any], years: Sequence[int], choices: Choices, unit: str) -> LimitGrid:
        """The grid as it is saved."""
        grid = cls(years, choices, unit)
        for limit in limits:
            row = Row.of(limit)
            if row not in grid.rows:
                grid.rows.append(row)
            shown = shown_amount(limit.amount, unit) if limit.measure == "money" else formats.number(limit.amount)
            grid.cells[grid.rows.index(row), str(limit.year or "")] = shown
        return grid

    @classmethod
    def sent(cls, data: QueryDict, years: Sequence[int], choices: Choices, unit: str) -> LimitGrid:
        """The grid as it was sent."""
        grid = cls(years, choices, unit)
        known = {str(key) for key, _name in MEASURES}
        for at in range(number_of(data.get("rows", ""), MOST_ROWS)):
            measure = data.get(f"row-{at}-measure", "")
            if measure not in known:
                continue
            parts = {name: data.get(f"row-{at}-{name}", "")[:60] for name in NARROWING}
            grid.rows.append(Row(measure, data.get(f"row-{at}-at_least") == "1", **parts))
            place = len(grid.rows) - 1
            for column in grid.columns:
                grid.cells[place, column] = data.get(f"cell-{at}-{column or 'all'}", "")[:40]
        return grid

    def add(self, row: Row) -> bool:
        """Put in a row with empty cells; False when it is there already or there is no room."""
        if row in self.rows or len(self.rows) >= MOST_ROWS:
            return False
        self.rows.append(row)
        return True

    def remove(self, at: int) -> None:
        """Take out a row and what was typed in it."""
        if at >= len(self.rows):
            return
        self.rows.pop(at)
        self.cells = {(row - (row > at), column): text for (row, column), text in self.cells.items() if row != at}

    def to_unit(self, unit: str) -> None:
        """Write the amounts of money in another unit."""
        for (row, column), text in list(self.cells.items()):
            if text and self.rows[row].measure == "money":
                self.cells[row, column] = converted(text, self.unit, unit)
        self.unit = unit

    def lines(self) -> list[dict[str, Any]]:
        """The rows for the page: name, hidden parts and cells."""
        return [
            {
                "at": at,
                "name": row.name(self.names),
                "money": row.measure == "money",
                "hidden": [("measure", row.measure), ("at_least", "1" if row.at_least else "")]
                + [(part, getattr(row, part)) for part in NARROWING],
                "cells": [
                    {
                        "name": f"cell-{at}-{column or 'all'}",
                        "label": column or _("hele perioden"),
                        "value": self.cells.get((at, column), ""),
                        "fault": self.faults.get((at, column), ""),
                    }
                    for column in self.columns
                ],
            }
            for at, row in enumerate(self.rows)
        ]

    def limits(self) -> list[tuple[tuple[int, str], LimitValues]]:
        """Each filled cell as a limit, with its place. Cells that are no number are noted in `faults`."""
        found = []
        for at, row in enumerate(self.rows):
            for column in self.columns:
                text = self.cells.get((at, column), "").strip()
                if not text:
                    continue
                try:
                    amount = read_amount(text, self.unit) if row.measure == "money" else _whole(text)
                    found.append(
                        ((at, column), replace(_values(row), year=int(column) if column else None, amount=amount))
                    )
                except Invalid as invalid:
                    self.faults[at, column] = " ".join(str(error) for error in invalid.errors)
        return found

    def place(self, fault: FieldError, order: Sequence[tuple[int, str]]) -> bool:
        """Note a fault that the rules found at ``limits.<order>…``; False when it is at no cell."""
        parts = fault.field.replace("-", ".").split(".")
        at = next((int(part) for part in parts if part.isdigit()), None)
        if at is None or at >= len(order):
            return False
        self.faults[order[at]] = str(fault)
        return True


def cells_of(limits: Sequence[Any]) -> dict[str, str]:
    """The id of the cell where each limit stands in the grid, by the limit's key."""
    rows: list[Row] = []
    found = {}
    for limit in limits:
        row = Row.of(limit)
        if row not in rows:
            rows.append(row)
        found[limit.key] = f"cell-{rows.index(row)}-{limit.year or 'all'}"
    return found


def _whole(text: str) -> int:
    return read_amount(text, "kr")


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _values(row: Row) -> LimitValues:
    return LimitValues(
        measure=row.measure,
        amount=0,
        at_least=row.at_least,
        year=None,
        organisation=_key(row.organisation),
        kind=row.kind,
        source=row.source,
        role=row.role,
        area=_key(row.area),
        focus_area=row.focus_area,
    )


class ChooseForm(forms.Form):
    """A choice by hand: which year to start, or not at all, and why."""

    use_required_attribute = False

    start = forms.TypedChoiceField(label=gettext_lazy("Startår"), required=False, coerce=int, empty_value=None)
    reason = forms.CharField(
        label=gettext_lazy("Begrunnelse"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": "3"}),
        help_text=gettext_lazy("Må fylles ut når valget er et annet enn beregningen ga. Den blir stående i sporet."),
    )

    def __init__(self, *args: Any, years: Sequence[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["start"].choices = [("", _("Ikke med")), *((str(year), str(year)) for year in years)]  # type: ignore[attr-defined]


class ChoiceFilter(forms.Form):
    """Which candidates of a scenario to show."""

    use_required_attribute = False

    q = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("Søk"), widget=forms.TextInput({"type": "search"})
    )
    vis = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Vis"),
        choices=(
            ("", gettext_lazy("Alle")),
            ("valgt", gettext_lazy("Valgt")),
            ("ute", gettext_lazy("Ikke valgt")),
            ("festet", gettext_lazy("Festet inn eller ut")),
            ("hand", gettext_lazy("Valgt for hånd")),
        ),
    )
    unit = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Beløp i"),
        choices=(("", gettext_lazy("1000 kroner")), ("kr", gettext_lazy("Kroner"))),
    )
