"""A candidate as a flat list of named texts, one for each cell that people can change, and back again.

A fact is named as its field. A row of costs, staff or ties is a name of its own, such as
``costs | investment | loan | 0``, so that two people who change different rows do not stand in each other's way.
An absent text is the same as an empty one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from ..values import CandidateValues, CostRow, LinkRow, StaffRow

Flat = dict[str, str]

SEPARATOR = "\x1f"
TEXTS = ("title", "focus_area", "kind", "owner", "description", "value_reason", "mandatory_reason", "cost_key")
NUMBERS = ("value", "risk", "earliest", "latest", "duration")
LONGEST_SHOWN = 120
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def tidy(text: str) -> str:
    """Text as a spreadsheet gives it back."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def name_of(part: str, *keys: object) -> str:
    """The name of a row of a part."""
    return SEPARATOR.join([part, *map(str, keys)])


def flat_of(values: CandidateValues, dropped: str = "") -> Flat:
    """The candidate as texts. `dropped` is why it has been taken out."""
    found = {name: tidy(getattr(values, name)) for name in TEXTS}
    found |= {name: "" if getattr(values, name) is None else str(getattr(values, name)) for name in NUMBERS}
    found["need"] = str(values.need or "")
    found["area"] = str(values.area or "")
    found["organisations"] = ",".join(sorted(map(str, values.organisations)))
    found["mandatory"] = "1" if values.mandatory else ""
    found["dropped"] = tidy(dropped)
    for cost in values.costs:
        found[name_of("costs", cost.kind, cost.source, cost.offset)] = _figure(cost.amount, cost.continues)
    for need in values.staff:
        found[name_of("staff", tidy(need.role), need.offset)] = _figure(need.hours, need.continues)
    for link in values.links:
        found[name_of("links", link.kind, link.other or "", tidy(link.group))] = "1"
    return {name: text for name, text in found.items() if text}


def _figure(number: int, continues: bool) -> str:
    return f"{number}+" if continues else str(number)


def changed(values: CandidateValues, changes: Mapping[str, str]) -> CandidateValues:
    """The candidate with the named texts changed; what is not named stays exactly as it was."""
    more: dict[str, Any] = {}
    for name, text in changes.items():
        if name in TEXTS:
            more[name] = text
        elif name in NUMBERS:
            more[name] = int(text) if text else None
        elif name in ("need", "area"):
            more[name] = UUID(text) if text else None
        elif name == "organisations":
            more[name] = tuple(UUID(key) for key in text.split(",") if key)
        elif name == "mandatory":
            more[name] = bool(text)
    more["value"] = more.get("value", values.value) or 0
    more["risk"] = more.get("risk", values.risk) or 0
    more["duration"] = more.get("duration", values.duration) or 0
    if any(SEPARATOR in name for name in changes):
        more |= _parts(values, changes)
    return replace(values, **more)


def _parts(values: CandidateValues, changes: Mapping[str, str]) -> dict[str, Any]:
    costs: dict[str, CostRow] = {name_of("costs", row.kind, row.source, row.offset): row for row in values.costs}
    staff: dict[str, StaffRow] = {name_of("staff", tidy(row.role), row.offset): row for row in values.staff}
    links: dict[str, LinkRow] = {
        name_of("links", row.kind, row.other or "", tidy(row.group)): row for row in values.links
    }
    parts: dict[str, dict[str, Any]] = {"costs": costs, "staff": staff, "links": links}
    for name, text in changes.items():
        part, *keys = name.split(SEPARATOR)
        if not keys:
            continue
        if text:
            parts[part][name] = _row(part, keys, text)
        else:
            parts[part].pop(name, None)
    return {
        "costs": tuple(sorted(costs.values(), key=lambda row: (row.kind, row.offset, row.source))),
        "staff": tuple(sorted(staff.values(), key=lambda row: (row.role, row.offset))),
        "links": tuple(links.values()),
    }


def _row(part: str, keys: list[str], text: str) -> CostRow | StaffRow | LinkRow:
    number = text.removesuffix("+")
    if part == "costs":
        return CostRow(int(keys[2]), keys[0], keys[1], int(number), text.endswith("+"))
    if part == "staff":
        return StaffRow(keys[0], int(keys[1]), int(number), text.endswith("+"))
    return LinkRow(keys[0], UUID(keys[1]) if keys[1] else None, keys[2])


def sealed(text: str) -> str:
    """The text itself when it is short, else its fingerprint: enough to tell whether it has changed."""
    if len(text) <= LONGEST_SHOWN and not text.startswith("#"):
        return text
    return "#" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def baseline_of(flat: Mapping[str, str]) -> Flat:
    """What is kept in the file of the candidate as it stood when the file was made."""
    return {name: sealed(text) for name, text in flat.items()}
