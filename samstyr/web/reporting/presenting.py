"""Blocks, states and changes as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samstyr.foundation.ui.pieces import Status, Tone
from samstyr.outward.exports.report import shown
from samstyr.wheel.reporting import queries
from samstyr.wheel.reporting.rules.blocks import Block, Change, Comparison
from samstyr.wheel.reporting.rules.content import ReportChange
from samstyr.wheel.reporting.rules.periods import Standing
from samstyr.wheel.reporting.rules.writing import arrow, light_word

LIGHTS = {"green": Tone.SUCCESS, "yellow": Tone.WARNING, "red": Tone.DANGER, "": Tone.NEUTRAL}
STANDINGS = {
    Standing.UPCOMING: Tone.NEUTRAL,
    Standing.DUE: Tone.INFO,
    Standing.DRAFT: Tone.INFO,
    Standing.LATE: Tone.WARNING,
    Standing.MISSING: Tone.DANGER,
    Standing.SENT: Tone.SUCCESS,
    Standing.SENT_LATE: Tone.WARNING,
}
COUNTED = ("count", "kr", "days", "percent", "number")


@dataclass(frozen=True)
class Cell:
    """A cell in words, with the heading it stands under."""

    text: str
    label: str
    numeric: bool


@dataclass(frozen=True)
class Line:
    """A row: its name, where it opens, and the other cells."""

    name: str
    url: str
    cells: list[Cell]


@dataclass(frozen=True)
class ShownBlock:
    """A block ready for a page."""

    on: date
    numbers: list[tuple[str, str]]
    columns: list[tuple[str, bool]]
    lines: list[Line]
    remarks: tuple[str, ...]


def light(value: str) -> Status:
    """A light with its word."""
    return Status(str(light_word(value)), LIGHTS.get(value, Tone.NEUTRAL))


def standing(value: Standing) -> Status:
    """How far a report has come, with its word."""
    return Status(str(queries.standing_word(value)), STANDINGS[value])


def arrow_word(way: str) -> str:
    """Which way a light has gone, in words."""
    return {"better": _("Bedre enn sist"), "worse": _("Dårligere enn sist"), "same": _("Som sist")}.get(way, "")


def block(kept: Block | Mapping[str, Any] | None, tenant: str) -> ShownBlock | None:
    """The block for a page, each row with the address of what it is about; None for no block."""
    found = kept if isinstance(kept, Block) else Block.from_json(kept or {})
    if found is None:
        return None
    first = 1 if found.columns and found.columns[0].key == "place" else 0
    lines = []
    for row in found.rows:
        cells = [
            Cell(shown(value, column.kind), column.label, column.kind in COUNTED)
            for value, column in zip(row.cells, found.columns, strict=False)
        ]
        name = cells[first].text if cells else row.key
        rest = [cell for at, cell in enumerate(cells) if at != first]
        lines.append(Line(name, address_of(row.link, tenant), rest))
    columns = [(column.label, column.kind in COUNTED) for column in found.columns]
    if first:
        columns.insert(0, columns.pop(first))
    numbers = [(one.label, shown(one.value, one.kind)) for one in found.numbers]
    return ShownBlock(found.on, numbers, columns, lines, found.remarks)


NAMES = {
    "case": "case-detail", "need": "need-detail", "unit": "unit-detail", "follow_up": "follow-up-done",
    "report": "report-detail",
}  # fmt: skip


def address_of(link: tuple[str, str] | None, tenant: str) -> str:
    """Where what the row is about has its page; empty for nothing."""
    if link is None:
        return ""
    kind, key = link
    if kind == "measure":
        version, _slash, line = key.partition("/")
        return reverse("plan-measure", args=[tenant, version, line])
    return reverse(NAMES[kind], args=[tenant, key]) if kind in NAMES else ""


def sections(content: Mapping[str, Any], tenant: str) -> list[dict[str, Any]]:
    """The report's sections for a page."""
    return [{**one, "shown": block(one["block"], tenant)} for one in content["sections"]]


def dimensions(content: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """The report's judgements for a page, with which way each has gone."""
    old = {one["key"]: one["light"] for one in before["dimensions"]} if before else {}
    return [
        {**one, "status": light(one["light"]), "arrow": arrow_word(arrow(old.get(one["key"], ""), one["light"]))}
        for one in content["dimensions"]
    ]


@dataclass(frozen=True)
class ShownChange:
    """A figure last time and now, in words, with the change and its sign."""

    label: str
    before: str
    now: str
    change: str


def _change(one: Change) -> ShownChange:
    grown = one.change
    text = "–" if grown is None else shown(grown, one.kind)
    if grown is not None and grown > 0:
        text = f"+{text}"
    return ShownChange(one.label, shown(one.before, one.kind), shown(one.now, one.kind), text)


def compared(found: Comparison) -> dict[str, Any]:
    """Figures and the rows that have changed, for a page."""
    names = {"changed": _("Endret"), "new": _("Ny"), "gone": _("Ikke med lenger")}
    rows = [
        {"name": row.name, "state": names[row.standing], "cells": [_change(cell) for cell in row.cells]}
        for row in found.rows
        if row.standing != "same"
    ]
    return {"numbers": [_change(one) for one in found.numbers], "rows": rows, "same": len(found.rows) - len(rows)}


def changes(found: ReportChange) -> dict[str, Any]:
    """A whole comparison for a page."""
    return {
        "dimensions": [
            {
                "name": one.name, "status": light(one.light), "sentence": one.sentence, "before": light(one.before),
                "before_sentence": one.before_sentence, "arrow": arrow_word(one.arrow),
            }
            for one in found.dimensions
        ],
        "sections": [
            {"title": one.title, "figures": compared(one.figures), "written": one.written, "before": one.before}
            for one in found.sections
        ],
    }  # fmt: skip


def named(pairs: Iterable[str]) -> list[tuple[str, str]]:
    """Audiences as choices."""
    return [(key, str(queries.audience_word(key))) for key in pairs]
