"""Small lists that people write a line at a time: tags, aims, years on the way, phases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from samstyr.wheel.strategy.rules.editing import new_key

MOST = 60


def _rows(text: str) -> list[str]:
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    if len(rows) > MOST:
        raise ValueError(_("Det er for mange linjer."))
    return rows


def _keyed(names: Iterable[str]) -> list[str]:
    keys: list[str] = []
    for name in names:
        keys.append(new_key(name, keys))
    return keys


def tags_from(text: str) -> list[dict[str, Any]]:
    """«Kompetanse; på tvers» a line."""
    split = [[part.strip() for part in row.split(";", 1)] for row in _rows(text)]
    keys = _keyed(row[0] for row in split)
    return [
        {"key": key, "name": row[0], "kind": "across" if len(row) > 1 and row[1] else "sector"}
        for key, row in zip(keys, split, strict=True)
    ]


def tags_text(tags: Iterable[Any]) -> str:
    """The tags as they are written."""
    across = _("på tvers")
    return "\n".join(f"{tag.name}; {across}" if tag.kind == "across" else str(tag.name) for tag in tags)


def aims_from(text: str) -> list[dict[str, Any]]:
    """«Frigjorte ressurser; timer i året» a line; what stands behind the semicolon is the indicator."""
    split = [[part.strip() for part in row.split(";", 1)] for row in _rows(text)]
    return [
        {"key": key, "name": row[0]} | ({"indicator": row[1]} if len(row) > 1 and row[1] else {})
        for key, row in zip(_keyed(row[0] for row in split), split, strict=True)
    ]


def aims_text(aims: Iterable[Any]) -> str:
    """The aims as they are written."""
    return "\n".join(f"{aim.name}; {aim.indicator}" if aim.indicator else str(aim.name) for aim in aims)


def milestones_from(text: str) -> list[dict[str, Any]]:
    """«2027: 95» a line. Raises ValueError for what is no year or no figure."""
    found = []
    for row in _rows(text):
        year, _colon, value = row.partition(":")
        try:
            found.append({"year": int(year.strip()), "value": float(value.strip().replace(",", "."))})
        except ValueError:
            raise ValueError(_("Skriv år, kolon og tall på hver linje, for eksempel 2027: 95")) from None
        if not 1990 <= found[-1]["year"] <= 2100 or abs(found[-1]["value"]) > 1e12:
            raise ValueError(_("Skriv år, kolon og tall på hver linje, for eksempel 2027: 95"))
    return found


def milestones_text(rows: Iterable[Any]) -> str:
    """The years as they are written."""
    return "\n".join(f"{row.year}: {row.value:g}".replace(".", ",") for row in rows)


def phases_from(text: str) -> list[dict[str, Any]]:
    """«Høring; må avsluttes» a line."""
    split = [[part.strip() for part in row.split(";", 1)] for row in _rows(text)]
    return [
        {"key": key, "name": row[0], "required": len(row) > 1 and bool(row[1])}
        for key, row in zip(_keyed(row[0] for row in split), split, strict=True)
    ]


def phases_text(phases: Iterable[Any]) -> str:
    """The phases as they are written."""
    must = _("må avsluttes")
    return "\n".join(f"{phase.name}; {must}" if phase.required else str(phase.name) for phase in phases)
