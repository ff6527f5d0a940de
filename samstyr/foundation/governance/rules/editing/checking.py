"""What is wrong with a model that may be unfinished, at the places where it is: the format's faults, else the findings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from samstyr.foundation.kernel.text import gettext_noop, say

from ..faults import faults_of
from ..lint import Finding, lint
from ..loading import load_text
from ..reading import Unreadable, read
from ..schema import GovernanceModel
from .places import Place, Tree, at
from .taming import tamed

FAULT = "fault"


@dataclass(frozen=True)
class Remark:
    """Something to tell at a place: a fault that must be mended before the check can run, or a finding of the check."""

    place: Place
    severity: str
    message: Any
    remedy: Any = ""
    finding: Finding | None = None

    @property
    def code(self) -> str:
        """The rule's code, or the document's own finding's; empty for a fault."""
        return (self.finding.key or self.finding.code) if self.finding else ""


@dataclass(frozen=True)
class Checked:
    """A draft as it stands: its plain values as far as they have the right form, the model when it can be one, and every
    remark."""

    tree: Tree
    model: GovernanceModel | None
    remarks: tuple[Remark, ...] = ()
    by_place: Mapping[Place, tuple[Remark, ...]] = field(default_factory=dict)

    def count(self, severity: str) -> int:
        """How many remarks of the severity there are."""
        return sum(1 for item in self.remarks if item.severity == severity)

    def within(self, place: Place) -> list[Remark]:
        """The remarks at the place or inside it."""
        return [item for item in self.remarks if item.place[: len(place)] == place]

    def blocking(self, accepted: Any = ()) -> list[Remark]:
        """What stands in the way of adoption."""
        return [item for item in self.remarks if item.finding is None or item.finding.blocks(accepted)]


@lru_cache(maxsize=64)
def tree_of(text: str) -> Tree:
    """The plain values of a draft's text; an empty model for what cannot be read. Not to be changed: copy it first."""
    try:
        value = read(text).value
    except Unreadable:
        return {}
    return value if isinstance(value, dict) else {}


@lru_cache(maxsize=64)
def checked(text: str) -> Checked:
    """The draft's text checked. Never raises: what is wrong becomes remarks."""
    tree = tree_of(text)
    try:
        model = GovernanceModel.model_validate_json(json.dumps(tree), strict=True)
    except ValidationError as error:
        faults = [_fault(tree, one) for one in faults_of(error, _positions(tree))]
        return _told(tamed(tree), None, [item for item in faults if not _is_echo(tree, item, faults)])
    positions = load_text(text).positions
    found = lint(model, positions)
    return _told(
        tree,
        model,
        [Remark(place_of(tree, item.path), item.severity, item.message, item.remedy, item) for item in found],
    )


def _is_echo(tree: Tree, fault: Remark, faults: list[Remark]) -> bool:
    """A list whose only thing is wrong is told to be empty as well."""
    size = len(fault.place)
    inside = any(len(item.place) > size and item.place[:size] == fault.place for item in faults)
    return inside and bool(at(tree, fault.place))


def _told(tree: Tree, model: GovernanceModel | None, remarks: list[Remark]) -> Checked:
    by_place: dict[Place, tuple[Remark, ...]] = {}
    for item in remarks:
        by_place[item.place] = (*by_place.get(item.place, ()), item)
    return Checked(tree, model, tuple(remarks), by_place)


def _positions(node: Any, place: Place = (), counter: list[int] | None = None) -> dict[Place, tuple[int, int]]:
    """Each place with a number of its own, so that two faults are never taken for one."""
    counter = counter if counter is not None else [0]
    counter[0] += 1
    found: dict[Place, tuple[int, int]] = {place: (counter[0], 1)}
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, item in items:
        found |= _positions(item, (*place, key), counter)
    return found


def _fault(tree: Tree, error: Any) -> Remark:
    place = _real(tree, error.path)
    missing = at(tree, place) is None and place
    if missing:
        return Remark(place, FAULT, say(gettext_noop("Fyll ut dette feltet.")))
    if at(tree, place) == []:
        return Remark(place, FAULT, say(gettext_noop("Legg til minst én.")))
    return Remark(place, FAULT, error.message, error.remedy)


def _real(tree: Tree, path: str) -> Place:
    """The place as the values have it, of the fault's dotted words."""
    place: Place = ()
    for part in path.split(".") if path else ():
        holder = at(tree, place)
        step: str | int = int(part) if isinstance(holder, list) and part.isdigit() else part
        place = (*place, step)
    return place


def place_of(tree: Tree, path: str) -> Place:
    """The place by numbers of a finding's path by keys."""
    place: Place = ()
    for part in path.partition("#")[0].split("/") if path else ():
        holder = at(tree, place)
        if not isinstance(holder, list):
            place = (*place, part)
            continue
        index = next((n for n, item in enumerate(holder) if isinstance(item, dict) and item.get("key") == part), None)
        place = (*place, index if index is not None else int(part) if part.isdigit() else 0)
    return place
