"""The picture of what is being edited: the path with its steps as links, or the wheel; each with its list beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

from samstyr.foundation.governance.rules import picture
from samstyr.foundation.governance.rules.editing.drawing import loose_model, loose_path
from samstyr.foundation.governance.rules.editing.places import Place, Tree, at


def drawings(tree: Tree, place: Place, address: str, today: date) -> dict[str, Any]:
    """What the page draws: `path_picture` with `path_lines`, `wheel_picture` with `wheel_lines`, or nothing."""
    if place[:1] == ("paths",) and len(place) > 1:
        return _path(tree, place, address)
    if place[:1] == ("wheel",):
        model = loose_model(tree)
        if model.wheel is not None:
            return {"wheel": picture.wheel_svg(model, today), "periods": picture.wheel_list(model, today)}
    return {}


def _path(tree: Tree, place: Place, address: str) -> dict[str, Any]:
    value = at(tree, place[:2])
    path = loose_path(value)
    if path is None:
        return {}
    steps = value.get("steps") if isinstance(value.get("steps"), list) else []
    links = {path.steps[index].key: f"{address}?sted=paths.{place[1]}.steps.{index}" for index in range(len(steps))}
    current = path.steps[int(place[3])].key if len(place) > 3 and int(place[3]) < len(path.steps) else ""
    model = loose_model(tree)
    lines = [(line, links.get(line.key, "")) for line in picture.path_list(model, path)]
    return {"path_picture": picture.path_svg(model, path, links=links, current=current), "path_lines": lines}
