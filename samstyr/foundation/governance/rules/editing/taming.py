"""The plain values without what has the wrong form, so that pages can show the rest; the check tells what was left out."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from ..schema import GovernanceModel
from .kinds import Shape, class_of, shapes
from .places import Tree

SIMPLE = (str, int, float, bool)


def tamed(tree: Tree) -> Tree:
    """The values that have the form their fields ask for. Things keep their number in a list, empty if need be."""
    return _thing(tree, GovernanceModel)


def _thing(value: Any, part: type[BaseModel] | None) -> Tree:
    if not isinstance(value, dict) or part is None:
        return {"kind": value["kind"]} if isinstance(value, dict) and isinstance(value.get("kind"), str) else {}
    known = shapes(part)
    kept = {name: _value(item, known[name]) for name, item in value.items() if name in known}
    return {name: item for name, item in kept.items() if item is not None}


def _value(value: Any, shape: Shape) -> Any:
    match shape.form:
        case "part" | "condition" | "variants":
            return _thing(value, class_of(shape, value)) if isinstance(value, dict) else None
        case "parts":
            return [_thing(item, class_of(shape, item)) for item in value] if isinstance(value, list) else None
        case "either":
            routes = [_thing(item, shape.parts[0]) for item in value] if isinstance(value, list) else None
            return value if isinstance(value, str) else routes
        case "mapping":
            return {key: item for key, item in value.items() if _is_text(item)} if isinstance(value, dict) else None
        case "lines":
            return [item for item in value if _is_text(item)] if isinstance(value, list) else None
        case "words" | "choices" | "numbers":
            return [item for item in value if isinstance(item, SIMPLE)] if isinstance(value, list) else None
        case "text":
            return value if _is_text(value) else None
        case "free" if isinstance(value, list):
            return [item for item in value if isinstance(item, SIMPLE)]
    return value if isinstance(value, SIMPLE) else None


def _is_text(value: Any) -> bool:
    if isinstance(value, dict):
        return bool(value) and all(isinstance(item, str) for item in value.values())
    return isinstance(value, SIMPLE)
