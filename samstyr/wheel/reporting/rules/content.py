"""The content of a report as plain values: what each audience sees, what is new since last time, and its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .blocks import Block, Comparison, compare
from .writing import arrow

ADMINISTRATION, POLITICIANS, PUBLIC = "administration", "politicians", "public"


def for_audience(content: Mapping[str, Any], audience: str) -> dict[str, Any]:
    """The report as the audience is shown it: the same figures, without the sections that are for others (G-03).

    What is for the public has no addresses into the system.
    """
    sections = [one for one in content["sections"] if not one["audience"] or audience in one["audience"]]
    if audience == PUBLIC:
        sections = [{**one, "block": _without_links(one["block"])} for one in sections]
    return {**content, "sections": sections, "shown_to": audience}


def _without_links(block: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not block:
        return None
    return {**block, "rows": [{**row, "link": None} for row in block["rows"]]}


@dataclass(frozen=True)
class DimensionChange:
    """A dimension now and last time, and which way it has gone."""

    name: str
    light: str
    sentence: str
    before: str
    before_sentence: str
    arrow: str


@dataclass(frozen=True)
class SectionChange:
    """A section now and last time: its figures side by side, and what was written."""

    title: str
    figures: Comparison
    written: str
    before: str


@dataclass(frozen=True)
class ReportChange:
    """A whole report beside the one before it."""

    dimensions: tuple[DimensionChange, ...]
    sections: tuple[SectionChange, ...]


def changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> ReportChange:
    """The two reports side by side, matched by key; what only stood last time comes last."""
    old = {one["key"]: one for one in before["dimensions"]}
    dimensions = tuple(
        DimensionChange(
            one["name"], one["light"], one["sentence"], *(_judged(old.get(one["key"]))),
            arrow(old.get(one["key"], {}).get("light", ""), one["light"]),
        )
        for one in now["dimensions"]
    )  # fmt: skip
    earlier = {one["key"]: one for one in before["sections"]}
    present = {one["key"]: one for one in now["sections"]}
    keys = [*present, *(key for key in earlier if key not in present)]
    return ReportChange(dimensions, tuple(_section(earlier.get(key), present.get(key)) for key in keys))


def _judged(one: Mapping[str, Any] | None) -> tuple[str, str]:
    return (one["light"], one["sentence"]) if one else ("", "")


def _section(before: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> SectionChange:
    shown = now or before or {}
    return SectionChange(
        str(shown["title"]),
        compare(_block(before), _block(now)),
        str(now["written"]) if now else "",
        str(before["written"]) if before else "",
    )


def _block(section: Mapping[str, Any] | None) -> Block | None:
    return Block.from_json(section["block"]) if section and section["block"] else None


def tables_of(content: Mapping[str, Any]) -> list[tuple[str, list[str], list[list[Any]]]]:
    """Each section's figures as a table: title, heading and rows; for spreadsheets."""
    found: list[tuple[str, list[str], list[list[Any]]]] = []
    for one in content["sections"]:
        block = _block(one)
        if block is None:
            continue
        if block.rows:
            heading = [column.label for column in block.columns]
            found.append((str(one["title"]), heading, [list(row.cells) for row in block.rows]))
        elif block.numbers:
            found.append((str(one["title"]), ["", ""], [[number.label, number.value] for number in block.numbers]))
    return found


def own_words(content: Mapping[str, Any]) -> Sequence[str]:
    """Everything that somebody has written."""
    return [*(one["sentence"] for one in content["dimensions"]), *(one["written"] for one in content["sections"])]
