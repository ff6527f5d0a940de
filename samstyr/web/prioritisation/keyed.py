"""A ranking by fixed keys, for the page and the file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samstyr.wheel.prioritisation import queries


def labels() -> dict[str, str]:
    """The keys in words."""
    return {
        "focus_area": _("Satsingsområde"),
        "kind": _("Slags tiltak"),
        "statutory": _("Lovpålagt"),
        "score": _("Sum"),
        "value_per_krone": _("Verdi per krone"),
        "benefit_per_cost": _("Nytte per krone"),
        "area_rank": _("Områdets rangering"),
    }


def keyed(row: Any, day: date) -> dict[str, Any]:
    """The needs in order with what each key saw, ties, and the cut line."""
    found, names = queries.by_keys(row, day), labels()
    titles = {one.entry.pk: one.entry.title for one in found}
    words = {"yes": _("ja"), "no": _("nei")}
    lines: list[dict[str, Any]] = [
        {
            "entry": one.entry,
            "rank": one.placed.rank,
            "cells": [(names.get(by, by), words.get(value, value)) for by, value in one.shown],
            "ties": [titles[key] for key in one.placed.tied_with],
            "decided_by": names.get(one.placed.decided_by, one.placed.decided_by),
        }
        for one in found
    ]
    below = [line["entry"].pk for line in lines if row.capacity and line["rank"] > row.capacity]
    return {
        "lines": lines,
        "headings": [names.get(item["by"], item["by"]) for item in row.ranking.get("keys", ())],
        "text": row.ranking.get("text") or "",
        "cut": below[0] if below else None,
        "left_out": [entry for entry in queries.entries_of(row) if entry.exception],
    }


def keyed_rows(row: Any, day: date) -> tuple[list[str], list[list[Any]]]:
    """The same as a table."""
    shown = keyed(row, day)
    header = [_("Plass"), _("Behov"), *shown["headings"], _("Holdt utenfor")]
    rows = [
        [line["rank"], line["entry"].title, *(value for _name, value in line["cells"]), ""] for line in shown["lines"]
    ]
    blank = [""] * len(shown["headings"])
    rows += [[None, entry.title, *blank, entry.exception] for entry in shown["left_out"]]
    return header, rows
