"""Forms for the parts of a strategy, made from the fields each part has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.governance.rules.strategy import StrategyContent, placed, positions_of
from samstyr.web.casework.forms import DateField
from samstyr.wheel.strategy.rules.editing import new_key

from . import lines
from .fields import FORCES, Field

LONGEST = 4000
MANY = {"goals", "own_goals", "other_goals", "positions", "focus_areas", "documents", "tags", "cells", "sources"}
ONE = {"goal", "gap", "focus_area", "source", "document", "role"}
NAMED_LINES = {"tag_lines": ("kind",), "aim_lines": ("indicator",), "phase_lines": ("required",)}
LINES = {
    "tag_lines": (lines.tags_from, lines.tags_text),
    "aim_lines": (lines.aims_from, lines.aims_text),
    "milestones": (lines.milestones_from, lines.milestones_text),
    "phase_lines": (lines.phases_from, lines.phases_text),
}


class Choices:
    """What the fields of a content can point at: key and words."""

    def __init__(self, content: StrategyContent, roles: Mapping[str, str], *, national: bool = False) -> None:
        rows = list(placed(content.goals))
        named = [(one.goal.key, f"{one.number} {one.goal.text}"[:160], one.goal.national) for one in rows]
        strategies = [(item.key, str(item.text)[:160]) for item in content.strategies]
        own = [(key, text) for key, text, other in named if not other]
        foreign = [(key, text) for key, text, other in named if other]
        positions = {one.goal.key for one in positions_of(content)}
        self.of: dict[str, list[tuple[str, str]]] = {
            "goals": [*own, *strategies, *foreign],
            "goal": [*own, *strategies],
            "own_goals": own,
            "other_goals": foreign if not national else own,
            "positions": [(key, text) for key, text in foreign if key in positions],
            "gap": [(key, text) for key, text in foreign if key in positions],
            "focus_areas": [(item.key, str(item.name)) for item in content.focus_areas],
            "documents": [(item.key, str(item.title)) for item in content.documents],
            "source": [(item.key, str(item.title)) for item in content.sources],
            "tags": [(tag.key, f"{tag.name} ({source.title})") for source in content.sources for tag in source.tags],
            "cells": [(item.key, str(item.name)) for item in content.areas],
            "role": list(roles.items()),
        }
        self.of |= {
            "sources": self.of["source"],
            "focus_area": self.of["focus_areas"],
            "document": self.of["documents"],
        }


class PartForm(forms.Form):
    """The fields of one row."""

    def __init__(self, *args: Any, fields: Sequence[Field], choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.described = fields
        for field in fields:
            made = _made(field, choices, self.initial.get(field.name))
            if made is not None:
                self.fields[field.name] = made

    def clean(self) -> dict[str, Any]:
        """What is written as lines is read as what it stands for."""
        for field in self.described:
            reader = LINES.get(field.kind)
            if reader is None or field.name not in self.cleaned_data:
                continue
            try:
                self.cleaned_data[field.name] = reader[0](self.cleaned_data[field.name])
            except ValueError as fault:
                self.add_error(field.name, str(fault))
        return self.cleaned_data

    def values(self, before: Any = None) -> dict[str, Any]:
        """The row as the content has it; what the form does not show is kept from `before`."""
        given = dict(self.cleaned_data)
        for field in self.described:
            if field.kind == "date" and given.get(field.name):
                given[field.name] = given[field.name].isoformat()
            if field.kind == "cells" and field.name in given:
                given[field.name] = _cells(given[field.name], before)
            if field.kind in NAMED_LINES and before is not None:
                given[field.name] = _kept(given[field.name], getattr(before, field.name), NAMED_LINES[field.kind])
            if field.kind == "bool_true":
                given[field.name] = None if given.get(field.name) else False
        if "baseline_quality" in given:
            given["baseline"] = _baseline(given)
        return given


def _made(field: Field, choices: Choices, initial: Any) -> forms.Field | None:
    common: dict[str, Any] = {"label": field.label, "required": field.required, "help_text": field.help}
    if field.kind in MANY | ONE:
        options = _with(choices.of[field.kind], initial)
        if not options and not field.required:
            return None
        if field.kind in MANY:
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
        empty = [] if field.required else [("", _("Ingen"))]
        return forms.ChoiceField(choices=[*empty, *options], **common)
    match field.kind:
        case "choice":
            empty = [] if field.required else [("", _("Ikke oppgitt"))]
            return forms.ChoiceField(choices=[*empty, *field.choices], **common)
        case "long" | "tag_lines" | "aim_lines" | "milestones" | "phase_lines":
            rows = 3 if field.kind == "long" else 6
            return forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **common)
        case "year":
            return forms.IntegerField(min_value=1990, max_value=2100, **common)
        case "number":
            return forms.IntegerField(min_value=1, max_value=120, **common)
        case "decimal":
            return forms.FloatField(localize=True, min_value=-1e12, max_value=1e12, **common)
        case "date":
            return DateField(**common)
        case "bool" | "bool_true":
            return forms.BooleanField(**(common | {"required": False}))
        case "url":
            return forms.URLField(max_length=500, assume_scheme="https", **common)
    return forms.CharField(max_length=500, **common)


def _with(options: list[tuple[str, str]], initial: Any) -> list[tuple[str, str]]:
    """The choices, and what the row already points at though it is gone, so that saving does not lose it unseen."""
    known = {key for key, _text in options}
    held = [initial] if isinstance(initial, str) else list(initial or ())
    return [*options, *((key, key) for key in held if key and key not in known)]


def _cells(chosen: Iterable[str], before: Any) -> list[dict[str, Any]]:
    kept = {cell.area: cell for cell in before.cells} if before is not None else {}
    return [
        kept[key].model_dump(mode="json", exclude_defaults=True) if key in kept else {"area": key, "confirmed": True}
        for key in chosen
    ]


def _kept(rows: list[dict[str, Any]], before: Iterable[Any], written: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows with the key, and all that the lines do not show, of the row that had the same name."""
    known = {str(item.name): item.model_dump(mode="json", exclude_defaults=True) for item in before}
    used = {str(row["key"]) for row in known.values()}
    found = []
    for row in rows:
        if row["name"] in known:
            found.append({**known[row["name"]], **{name: row[name] for name in written if name in row}})
        else:
            found.append(row | {"key": new_key(row["name"], used)})
            used.add(found[-1]["key"])
    return found


def _baseline(given: dict[str, Any]) -> dict[str, Any] | None:
    taken = {name: given.pop(f"baseline_{name}", None) for name in ("value", "text", "quality", "year")}
    told = {name: value for name, value in taken.items() if value not in (None, "")}
    return told if set(told) - {"quality"} or told.get("quality") not in (None, "unknown") else None


def initial_of(row: Any, fields: Sequence[Field]) -> dict[str, Any]:
    """The row as the form shows it."""
    found: dict[str, Any] = {}
    for field in fields:
        if field.name.startswith("baseline_"):
            value: Any = getattr(row.baseline, field.name.removeprefix("baseline_")) if row.baseline else None
        else:
            value = getattr(row, field.name)
        if field.kind in LINES:
            value = LINES[field.kind][1](value)
        elif field.kind == "cells":
            value = [cell.area for cell in value]
        elif field.kind in MANY:
            value = list(value)
        found[field.name] = value if isinstance(value, (list, bool, int, float)) or value is None else _plain(value)
    return found


def _plain(value: Any) -> Any:
    return value if hasattr(value, "isoformat") else str(value)


class StartForm(forms.Form):
    """What a draft is begun from."""

    beginning = forms.ChoiceField(label=_("Hva vil du gå ut fra?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Hvorfor"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )
    file = forms.FileField(label=_("YAML-fil"), required=False)

    def __init__(self, *args: Any, beginnings: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["beginning"].choices = list(beginnings)  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """A file to take in."""

    file = forms.FileField(label=_("YAML-fil"))


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Begrunnelse"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class FateForm(forms.Form):
    """Why a goal is kept, changed or dropped, and what it rests on."""

    reason = forms.CharField(
        label=_("Begrunnelse"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )
    lesson = forms.CharField(label=_("Erfaring eller evaluering det bygger på"), required=False, max_length=500)


class AdoptForm(forms.Form):
    """An adoption made outside the system."""

    body = forms.CharField(label=_("Organ som vedtok"), max_length=200)
    on = DateField(label=_("Vedtatt"))
    reference = forms.CharField(label=_("Saksnummer"), max_length=200)


class PhaseForm(forms.Form):
    """When a phase ended."""

    on = DateField(
        label=_("Avsluttet"), required=False, help_text=_("La feltet stå tomt hvis fasen ikke er avsluttet.")
    )
    note = forms.CharField(label=_("Merknad"), required=False, max_length=1000)


class MoveForm(forms.Form):
    """Where a goal is to lie."""

    parent = forms.ChoiceField(label=_("Legg målet under"), required=False)

    def __init__(self, *args: Any, parents: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", _("Øverste nivå")), *parents]  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """A leader's own assessment."""

    assessment = forms.CharField(
        label=_("Hvordan vurderer du strategien nå?"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    proposals = forms.CharField(
        label=_("Hva bør endres?"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class GoalFilter(forms.Form):
    """Which goals to show."""

    kategori = forms.ChoiceField(label=_("Kategori"), required=False)
    vis = forms.ChoiceField(
        label=_("Vis som"), required=False, choices=[("", _("Tre")), ("stotte", _("Liste etter støtte"))]
    )

    def __init__(self, *args: Any, categories: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kategori"].choices = [("", _("Alle")), *((name, name) for name in categories)]  # type: ignore[attr-defined]
        if not categories:
            del self.fields["kategori"]


class SourceFilter(forms.Form):
    """Which sources to show."""

    utgiver = forms.ChoiceField(label=_("Utgiver"), required=False)
    sektor = forms.ChoiceField(label=_("Sektor"), required=False)
    bindende = forms.ChoiceField(label=_("Hvor bindende"), required=False, choices=[("", _("Alle")), *FORCES])

    def __init__(self, *args: Any, issuers: Sequence[str], sectors: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sectors:
            self.fields["sektor"].choices = [("", _("Alle")), *((name, name) for name in sectors)]  # type: ignore[attr-defined]
        else:
            del self.fields["sektor"]
        self.fields["utgiver"].choices = [("", _("Alle")), *((name, name) for name in issuers)]  # type: ignore[attr-defined]


class CompareForm(forms.Form):
    """Two versions to set against each other."""

    fra = forms.ChoiceField(label=_("Fra"), required=False)
    til = forms.ChoiceField(label=_("Til"), required=False)

    def __init__(self, *args: Any, versions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("fra", "til"):
            self.fields[name].choices = [("", _("Velg")), *versions]  # type: ignore[attr-defined]
