"""Models written before the strategy was one part: their keys are read as what they are called now.

Adopted versions are frozen as text and still hold for the cases that began under them, so they must stay readable.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .reading import Place

MOVED = ("goals", "principles", "focus_areas")
YEARS = {"strategy_first_year": "first_year", "strategy_last_year": "last_year"}
SIGNS = str.maketrans("øå", "oa") | {ord("æ"): "ae"}
Positions = Mapping[Place, tuple[int, int]]


def as_now(tree: dict[str, Any], positions: Positions) -> tuple[dict[str, Any], Positions]:
    """The model's tree in the present format, with the lines of what was moved; the same when nothing is old."""
    plan = tree.get("plan")
    years = {YEARS[key]: value for key, value in plan.items() if key in YEARS} if isinstance(plan, dict) else {}
    tree = _lists(tree)
    if not years and not any(key in tree for key in (*MOVED, "service_levels")):
        return tree, positions
    found = dict(tree)
    strategy = dict(found["strategy"]) if isinstance(found.get("strategy"), dict) else {}
    for key in MOVED:
        if key in found and key not in strategy:
            strategy[key] = found.pop(key)
    if isinstance(strategy.get("goals"), list):
        targets: list[Any] = []
        strategy["goals"] = [_goal(item, targets) for item in strategy["goals"]]
        strategy["targets"] = [*strategy.get("targets", []), *targets]
    if isinstance(strategy.get("focus_areas"), list):
        _areas(strategy)
    levels = found.pop("service_levels", None)
    if isinstance(levels, list):
        strategy["targets"] = [*strategy.get("targets", []), *map(_level, levels)]
    if years:
        found["plan"] = {key: value for key, value in found["plan"].items() if key not in YEARS}
        strategy |= years
    found["strategy"] = strategy
    return found, {_moved(place): where for place, where in positions.items()}


def _lists(tree: dict[str, Any]) -> dict[str, Any]:
    """Lists that the strategy asked for are ledgers with one state, kept by the strategy's owner."""
    strategy = tree.get("strategy")
    if not isinstance(strategy, dict) or not isinstance(strategy.get("lists"), list):
        return tree
    found, kept_by = dict(tree), [strategy["owner"]] if strategy.get("owner") else []
    found["strategy"] = {key: value for key, value in strategy.items() if key != "lists"}
    found["ledgers"] = [
        *found.get("ledgers", []),
        *(
            {**item, "entry": item.get("name"), "kept_by": kept_by, "states": [{"key": "ny", "name": "Ny"}]}
            if isinstance(item, dict) else item
            for item in strategy["lists"]
        ),
    ]  # fmt: skip
    return found


def _moved(place: Place) -> Place:
    if place and place[0] in MOVED:
        return ("strategy", *place)
    return ("strategy", "targets", *place[1:]) if place and place[0] == "service_levels" else place


def _goal(item: Any, targets: list[Any]) -> Any:
    if not isinstance(item, dict):
        return item
    goal = {key: value for key, value in item.items() if key not in ("target", "unit")}
    if item.get("target") is not None:
        target = {"key": f"{item.get('key')}"[:55] + "-mal", "name": item.get("text"), "goal": item.get("key")}
        unit = {"unit": item["unit"]} if item.get("unit") is not None else {}
        targets.append({**target, **unit, "text": item["target"]})
    if isinstance(goal.get("goals"), list):
        goal["goals"] = [_goal(one, targets) for one in goal["goals"]]
    return goal


def _areas(strategy: dict[str, Any]) -> None:
    names: dict[str, str] = {}
    areas = []
    for item in strategy["focus_areas"]:
        if not isinstance(item, dict):
            areas.append(item)
            continue
        area = {key: value for key, value in item.items() if key not in ("units", "confirmed")}
        units = item.get("units")
        if isinstance(units, list):
            keys = [_key(str(unit)) for unit in units]
            names |= dict(zip(keys, map(str, units), strict=True))
            area["cells"] = [{"area": key, "confirmed": item.get("confirmed", True)} for key in keys]
        areas.append(area)
    strategy["focus_areas"] = areas
    if names and "areas" not in strategy:
        strategy["areas"] = [{"key": key, "name": name} for key, name in names.items()]


def _key(name: str) -> str:
    plain = name.casefold().translate(SIGNS)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50] or "omrade"


def _level(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    level = {key: value for key, value in item.items() if key not in ("target_percent", "target_text", "baseline")}
    if item.get("target_percent") is not None:
        level |= {"value": item["target_percent"], "unit": "%"}
    if item.get("target_text") is not None:
        level["terms"] = item["target_text"]
    if item.get("baseline") is not None:
        level["baseline"] = {"text": item["baseline"]}
    return level
