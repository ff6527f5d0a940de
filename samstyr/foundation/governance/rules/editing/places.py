"""Places in a model's plain values: found, read, set, moved. A place is a tuple of names and numbers."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

from pydantic import BaseModel

from ..schema import GovernanceModel
from .kinds import Shape, class_of, shapes

Place = tuple[str | int, ...]
Tree = dict[str, Any]
TITLES = ("name", "text", "activity", "title", "letter", "step", "act", "region")
DEEPEST = 30


def written(place: Place) -> str:
    """The place as a form's field or an address has it: ``paths.0.steps.2``."""
    return ".".join(quote(str(part), safe="#").replace(".", "%2E") for part in place)


def read_place(text: str) -> Place:
    """The place that the text tells; empty for what is none."""
    parts = [part for part in text.split(".") if part][:DEEPEST]
    return tuple(int(part) if part.isascii() and part.isdigit() and len(part) < 6 else unquote(part) for part in parts)


def at(tree: Any, place: Place) -> Any:
    """What stands at the place; None when nothing does."""
    node = tree
    for part in place:
        if isinstance(node, dict) and isinstance(part, str):
            node = node.get(part)
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            # A mapping's own key may look like a number.
            node = node.get(str(part)) if isinstance(node, dict) else None
        if node is None:
            return None
    return node


def shape_at(tree: Tree, place: Place, top: type[BaseModel] = GovernanceModel) -> Shape | None:
    """The field that the place is in: of a list's thing, the list's. None for a place the format does not have."""
    part: type[BaseModel] | None = top
    shape: Shape | None = None
    for index, step in enumerate(place):
        if isinstance(step, int):
            if shape is None or shape.form not in ("parts", "either"):
                return shape if shape and shape.form == "mapping" else None
            part = class_of(shape, at(tree, place[: index + 1]))
            continue
        if shape is not None and shape.form == "mapping":
            return shape
        shape = shapes(part).get(step) if part is not None else None
        if shape is None:
            return None
        part = None if shape.form in ("parts", "either") else class_of(shape, at(tree, place[: index + 1]))
    return shape


def class_at(tree: Tree, place: Place, top: type[BaseModel] = GovernanceModel) -> type[BaseModel] | None:
    """The class of the thing at the place; None where there is no thing."""
    if not place:
        return top
    shape = shape_at(tree, place, top)
    if shape is None or (shape.form in ("parts", "either") and not isinstance(place[-1], int)):
        return None
    return class_of(shape, at(tree, place))


def put(tree: Tree, place: Place, value: Any) -> None:
    """Set the value, with what must stand around it; None takes the field away, and a container left empty too."""
    *around, last = place
    node: Any = tree
    for index, step in enumerate(around):
        inner = at(node, (step,))
        if inner is None:
            if value is None or not isinstance(node, dict) or isinstance(place[index + 1], int):
                return
            inner = node[str(step)] = {}
        node = inner
    if isinstance(node, list) and isinstance(last, int) and last < len(node):
        if value is not None:
            node[last] = value
    elif isinstance(node, dict):
        if value is None:
            node.pop(str(last), None)
        else:
            node[str(last)] = value


def drop_empty(tree: Tree, place: Place) -> None:
    """Take away parts around the place that stand empty, where the format has them without being told."""
    for end in range(len(place) - 1, 0, -1):
        around = place[:end]
        shape = shape_at(tree, around)
        if isinstance(around[-1], int) or shape is None or shape.form != "part" or not shape.optional:
            return
        if at(tree, around) != {} or shape.default != {}:
            return
        put(tree, around, None)


def things(
    node: Any, part: type[BaseModel], place: Place = ()
) -> Iterator[tuple[Place, type[BaseModel], dict[str, Any]]]:
    """Every thing in the plain values with its place and class, as far as they have the format's form."""
    if not isinstance(node, dict):
        return
    yield place, part, node
    for name, shape in shapes(part).items():
        value = node.get(name)
        if isinstance(value, list) and shape.form in ("parts", "either"):
            for index, item in enumerate(value):
                inner = class_of(shape, item)
                if inner is not None:
                    yield from things(item, inner, (*place, name, index))
        elif isinstance(value, dict) and shape.form in ("part", "condition", "variants"):
            inner = class_of(shape, value)
            if inner is not None:
                yield from things(value, inner, (*place, name))


def title_of(thing: Any, language: str = "nb") -> str:
    """What a thing is called: its name, its text or its key; empty for one that has none yet."""
    if isinstance(thing, str):
        return thing
    if not isinstance(thing, dict):
        return ""
    for name in (*TITLES, "key"):
        value = thing.get(name)
        if isinstance(value, dict):
            value = value.get(language) or next(iter(value.values()), "")
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def copied(tree: Tree) -> Tree:
    """The tree to change, apart from the one that was read."""
    return copy.deepcopy(tree)
