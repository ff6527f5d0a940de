"""What a form sends, put into the model's plain values; and adding, moving, copying and removing things.

A field left as the format has it by itself is not written at all, so that the file stays short and says what was chosen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from .kinds import Shape, shapes, variant_names
from .places import Place, Tree, at, class_at, copied, drop_empty, put, read_place, shape_at, title_of

LANGUAGES = ("nb", "nn", "en")
ROUTES = "routes"
MOST_THINGS = 400
WHOLE, DECIMAL = re.compile(r"[+-]?[0-9]{1,15}$"), re.compile(r"[+-]?[0-9]{1,15}[.,][0-9]{1,12}$")
HOW = ("all", "any", "not")
LETTERS: dict[str, str | int | None] = {"æ": "ae", "ø": "o", "å": "a"}


@dataclass(frozen=True)
class Operation:
    """A change of the whole: add, remove, up, down or copy, at a place; `name` is what a new thing is called."""

    verb: str
    place: Place
    name: str = ""


def applied(tree: Tree, fields: Iterable[tuple[str, Sequence[str]]]) -> Tree:
    """The values with what the form's fields say. A field's name is its place, with ``#…`` for how a thing is chosen.

    Fields that the format does not have, or whose thing is gone, are passed over: a form never makes what it did not show.
    """
    new = copied(tree)
    choosing: list[tuple[str, list[str]]] = []
    plain: list[tuple[str, list[str]]] = []
    languages: set[str] = set()
    for name, given in fields:
        values = [str(value) for value in given]
        place_text, _mark, what = name.partition("#")
        if what in LANGUAGES:
            languages.add(place_text)
        (choosing if what and what not in LANGUAGES else plain).append((name, values))
    for name, values in plain:
        place_text, _mark, what = name.partition("#")
        if not what and place_text in languages:
            continue
        place = read_place(place_text)
        shape = shape_at(new, place)
        if shape is not None and _stands(new, place):
            _set(new, place, shape, what, values)
    _rank(new, [(name, values) for name, values in choosing if "#rank:" in name])
    for name, values in choosing:
        place_text, _mark, what = name.partition("#")
        _choose(new, read_place(place_text), what, values[-1] if values else "")
    return new


def _rank(tree: Tree, fields: list[tuple[str, list[str]]]) -> None:
    """Lists whose order means something: each key's number in the row; those without a number are not in it."""
    ranks: dict[str, list[tuple[int, str]]] = {}
    for name, values in fields:
        place_text, _mark, what = name.partition("#")
        number = _number(values[-1].strip()) if values and values[-1].strip() else None
        found = ranks.setdefault(place_text, [])
        if isinstance(number, int):
            found.append((number, what.removeprefix("rank:")))
    for place_text, found in ranks.items():
        place = read_place(place_text)
        shape = shape_at(tree, place)
        if shape is not None and shape.form == "words" and _stands(tree, place):
            put(tree, place, [key for _number_, key in sorted(found, key=lambda one: one[0])] or None)


def _stands(tree: Tree, place: Place) -> bool:
    """Whether the thing that the field is part of is there, or may come to be by the field alone."""
    for end in range(len(place) - 1, 0, -1):
        if isinstance(place[end - 1], int):
            return at(tree, place[:end]) is not None
        shape = shape_at(tree, place[:end])
        if shape is None:
            return False
        if at(tree, place[:end]) is None and (shape.form != "part" or (shape.optional and shape.default != {})):
            return shape.form == "mapping" and end == len(place) - 1
    return True


def _set(tree: Tree, place: Place, shape: Shape, language: str, values: list[str]) -> None:
    if language:
        _set_language(tree, place, shape, language, values[-1])
        return
    if shape.form == "mapping" and place[-1] != shape.name:
        value = _simple(shape.inner, values[-1], at(tree, place))
        put(tree, place, value)
        if at(tree, place[:-1]) == {}:
            put(tree, place[:-1], None)
        return
    if shape.form in ("part", "parts", "variants", "condition", "either", "mapping"):
        return
    present = at(tree, place)
    value = _value(shape, values, present)
    if _same(value, present):
        return
    same = value == shape.default and type(value) is type(shape.default)
    put(tree, place, None if value is None or (shape.optional and same) else value)
    drop_empty(tree, place)


def _same(value: Any, present: Any) -> bool:
    """Whether nothing has changed; lists that are ticked off have the order they had."""
    return type(value) is type(present) and bool(value == present)


def _set_language(tree: Tree, place: Place, shape: Shape, language: str, text: str) -> None:
    if shape.form != "text" and shape.inner != "text":
        return
    present = at(tree, place)
    told = dict(present) if isinstance(present, dict) else {"nb": present} if isinstance(present, str) else {}
    told[language] = _tidy(text)
    told = {one: told[one] for one in LANGUAGES if told.get(one)}
    put(tree, place, told["nb"] if set(told) == {"nb"} else told or None)


def _value(shape: Shape, values: list[str], present: Any) -> Any:
    """The field's value as the file has it; what cannot be read stays as it was written, for the check to tell of."""
    match shape.form:
        case "choices":
            return _in_order([value for value in values if value], present)
        case "words":
            found = [part.strip() for value in values for part in value.split("\n") if part.strip()]
            return _in_order(found, present) or ([] if shape.default == [] else None)
        case "lines":
            return _lines(values[-1], present)
        case "numbers":
            return [_number(part) for part in re.split(r"[,;\s]+", values[-1].strip()) if part]
        case "free":
            return free_value(values[-1])
    return _simple(shape.form, values[-1], present)


def _in_order(chosen: list[str], present: Any) -> list[str]:
    """Those that were there in the order they had, and then those that are new."""
    before = [one for one in present if one in chosen] if isinstance(present, list) else []
    return list(dict.fromkeys([*before, *chosen]))


def _simple(form: str, text: str, present: Any) -> Any:
    text = _tidy(text) if form in ("text", "line") else text.strip()
    if not text:
        return None
    match form:
        case "yes_no":
            return {"true": True, "false": False}.get(text)
        case "number":
            return _number(text)
        case "decimal":
            return float(text.replace(",", ".")) if DECIMAL.match(text) else _number(text)
        case "text" if isinstance(present, dict):
            return {**present, "nb": text}
        case "choice" if text.isdigit():
            return int(text) if isinstance(present, int) else text
    return text


def _tidy(text: str) -> str:
    clean = "".join(sign for sign in text.replace("\r\n", "\n") if sign in "\n\t" or sign >= " ")
    return clean.replace("\x7f", "").strip()


def _number(text: str) -> int | str:
    bare = re.sub(r"[\s\u00a0\u202f]", "", text).replace("\u2212", "-")
    return int(bare) if WHOLE.match(bare) else text[:60]


def _lines(text: str, present: Any) -> list[Any]:
    """A text a line; one that stands in several languages keeps them as long as its line is left alone."""
    known = (
        {shown_line(item): item for item in present if not isinstance(item, str)} if isinstance(present, list) else {}
    )
    lines = [_tidy(line) for line in text.replace("\r\n", "\n").split("\n")]
    return [known.get(line, line) for line in lines if line]


def shown_line(item: Any) -> str:
    """A text of a list as its line is shown."""
    return " ".join(title_of({"text": item}).split())


def free_value(text: str) -> Any:
    """A condition's value: yes or no, whole numbers, words, or several with commas between."""
    text = _tidy(text)
    words = {"true": True, "ja": True, "false": False, "nei": False, "": None}
    if text.lower() in words:
        return words[text.lower()]
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > 1:
        return [_number(part) for part in parts]
    return _number(text)


def _choose(tree: Tree, place: Place, what: str, value: str) -> None:
    """Let the thing at the place be of another sort: a variant, a way of asking, a key or routes."""
    shape = shape_at(tree, place)
    if shape is None or not _stands(tree, place):
        return
    present = at(tree, place)
    if what == "kind" and "variants" in (shape.form, shape.inner):
        _choose_variant(tree, place, shape, value, present)
    elif what == "how" and "condition" in (shape.form, shape.inner):
        _choose_condition(tree, place, value, present)
    elif what == "to" and shape.form == "either":
        _choose_way(tree, place, value, present)
    elif what.startswith("set:"):
        _choose_pair(tree, place, shape, what.removeprefix("set:"), value)


def _choose_variant(tree: Tree, place: Place, shape: Shape, value: str, present: Any) -> None:
    if not value:
        if not isinstance(place[-1], int):
            put(tree, place, None)
        return
    part = variant_names(shape).get(value)
    if part is None:
        return
    kept = {name: item for name, item in present.items() if name in shapes(part)} if isinstance(present, dict) else {}
    put(tree, place, {**skeleton(part), **kept, "kind": value})


def _choose_condition(tree: Tree, place: Place, value: str, present: Any) -> None:
    before = present if isinstance(present, dict) else {}
    if value == how_of(present):
        return
    if not value:
        if not isinstance(place[-1], int):
            put(tree, place, None)
    elif value == "compare":
        put(tree, place, {"fact": "total_cost", "op": "ge", "value": 0})
    elif value == "not":
        put(tree, place, {"not": before or {"fact": "statutory"}})
    elif value in HOW:
        parts = next((before[name] for name in ("all", "any") if isinstance(before.get(name), list)), None)
        put(tree, place, {value: parts or [before or {"fact": "statutory"}]})


def how_of(condition: Any) -> str:
    """How a condition asks: one comparison, all, any or not; empty for none."""
    if not isinstance(condition, dict):
        return ""
    return next((name for name in HOW if condition.get(name) is not None), "compare")


def _choose_way(tree: Tree, place: Place, value: str, present: Any) -> None:
    if value == ROUTES:
        if not isinstance(present, list):
            put(tree, place, [{"to": present}] if isinstance(present, str) else [{}])
    else:
        put(tree, place, value or None)


def pair_of(shape: Shape) -> tuple[Shape, Shape] | None:
    """The two choices that a list's things are made of, such as what one may and how far; None for other lists."""
    if shape.form != "parts" or shape.inner != "part" or len(shapes(shape.parts[0])) != 2:
        return None
    first, second = shapes(shape.parts[0]).values()
    fits = first.form == second.form == "choice" and first.required and not second.required
    return (first, second) if fits else None


def _choose_pair(tree: Tree, place: Place, shape: Shape, first: str, second: str) -> None:
    """One thing for the first choice with the second, or none."""
    pair = pair_of(shape)
    if pair is None or first not in pair[0].choices:
        return
    present = at(tree, place)
    items = list(present) if isinstance(present, list) else []
    one, other = pair[0].name, pair[1].name
    there = next((item for item in items if isinstance(item, dict) and item.get(one) == first), None)
    if there is not None:
        if second == there.get(other, pair[1].default):
            return
        if second:
            there[other] = second
        else:
            items.remove(there)
    elif second:
        items.append({one: first, other: second})
    put(tree, place, items or (None if shape.optional else []))


def skeleton(part: type[BaseModel]) -> dict[str, Any]:
    """A new thing of the class with what it cannot do without, as far as that can be guessed."""
    found: dict[str, Any] = {}
    for name, shape in shapes(part).items():
        if shape.optional or shape.is_key:
            continue
        if shape.form == "choice" and shape.choices:
            found[name] = int(shape.choices[0]) if shape.choices[0].isdigit() else shape.choices[0]
        elif shape.form == "number":
            found[name] = int(shape.least or 0)
        elif shape.form == "part":
            found[name] = skeleton(shape.parts[0])
        elif shape.form == "condition":
            found[name] = {"fact": "total_cost", "op": "ge", "value": 0}
        elif shape.form == "variants":
            first, inner = next(iter(variant_names(shape).items()))
            found[name] = {**skeleton(inner), "kind": first}
        elif shape.form == "parts" and shape.inner == "part" and part.__name__ != shape.parts[0].__name__:
            found[name] = []
    return found


def operated(tree: Tree, operation: Operation) -> tuple[Tree, Place]:
    """The values after the operation, and the place to show next. Raises Invalid for what cannot be done."""
    new = copied(tree)
    match operation.verb:
        case "add":
            return new, _add(new, operation.place, operation.name)
        case "remove":
            return new, _remove(new, operation.place)
        case "up" | "down":
            return new, _move(new, operation.place, -1 if operation.verb == "up" else 1)
        case "copy":
            return new, _copy(new, operation.place)
    raise _impossible()


def _impossible() -> Invalid:
    return Invalid.field("op", say(gettext_noop("Det kan ikke gjøres her.")))


def _add(tree: Tree, place: Place, name: str) -> Place:
    shape = shape_at(tree, place)
    if shape is None or isinstance(place[-1], int) or not _stands(tree, place):
        raise _impossible()
    if shape.form == "part":
        if at(tree, place) is None:
            put(tree, place, skeleton(shape.parts[0]))
        return place
    if shape.form not in ("parts", "either"):
        raise _impossible()
    present = at(tree, place)
    if present is None:
        put(tree, place, present := [])
    if not isinstance(present, list) or len(present) >= MOST_THINGS:
        raise _impossible()
    present.append(_new_thing(tree, shape, _tidy(name), [*place, len(present)]))
    _begin_with(tree, place)
    return (*place, len(present) - 1)


def _new_thing(tree: Tree, shape: Shape, name: str, place: Sequence[str | int]) -> dict[str, Any]:
    if shape.inner == "variants":
        first, part = next(iter(variant_names(shape).items()))
        return {**skeleton(part), "kind": first}
    part = shape.parts[0]
    if shape.inner == "condition":
        return {"fact": "total_cost", "op": "ge", "value": 0}
    thing = skeleton(part)
    titled = next((title for title in ("name", "text", "activity", "letter") if title in shapes(part)), "")
    if name and titled:
        thing[titled] = name
    siblings = at(tree, tuple(place[:-1])) or []
    if "key" in shapes(part):
        thing = {
            "key": free_key(
                name or part.__name__, [item.get("key") for item in siblings if isinstance(item, dict)], part
            )
        }
        thing |= {**skeleton(part), **({titled: name} if name and titled else {})}
    return thing


def _begin_with(tree: Tree, place: Place) -> None:
    """A path's first step is where it starts, until somebody says otherwise."""
    holder = at(tree, place[:-1])
    if place[-1] == "steps" and isinstance(holder, dict) and not holder.get("start") and holder["steps"]:
        holder["start"] = holder["steps"][0]["key"]


def free_key(name: str, taken: Iterable[Any], part: type[BaseModel] | None = None) -> str:
    """A key made of the name, that none of the others has. Findings have the form of their own."""
    used = {str(key) for key in taken if key}
    if part is not None and shapes(part)["key"].pattern.startswith("^F-"):
        return next(f"F-M{number}" for number in range(1, 10_000) if f"F-M{number}" not in used)
    bare = name.lower().translate(str.maketrans(LETTERS))
    bare = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:40].strip("-") or "ny"
    return key if key not in used else next(f"{key}-{n}" for n in range(2, 10_000) if f"{key}-{n}" not in used)


def _item(tree: Tree, place: Place) -> tuple[list[Any], int]:
    holder = at(tree, place[:-1]) if place else None
    if not isinstance(holder, list) or not isinstance(place[-1], int) or place[-1] >= len(holder):
        raise _impossible()
    return holder, place[-1]


def _remove(tree: Tree, place: Place) -> Place:
    if place and isinstance(place[-1], str):
        shape = shape_at(tree, place)
        if shape is None or shape.form != "part" or not shape.optional:
            raise _impossible()
        put(tree, place, None)
        return place
    holder, index = _item(tree, place)
    holder.pop(index)
    shape = shape_at(tree, place[:-1])
    if not holder and shape is not None and shape.optional:
        put(tree, place[:-1], None)
    return place[:-1]


def _move(tree: Tree, place: Place, by: int) -> Place:
    holder, index = _item(tree, place)
    to = index + by
    if 0 <= to < len(holder):
        holder[index], holder[to] = holder[to], holder[index]
        return (*place[:-1], to)
    return place


def _copy(tree: Tree, place: Place) -> Place:
    holder, index = _item(tree, place)
    if len(holder) >= MOST_THINGS:
        raise _impossible()
    twin = copied(holder[index]) if isinstance(holder[index], dict) else holder[index]
    part = class_at(tree, place)
    if isinstance(twin, dict) and isinstance(twin.get("key"), str):
        twin["key"] = free_key(twin["key"], [item.get("key") for item in holder if isinstance(item, dict)], part)
    holder.insert(index + 1, twin)
    return (*place[:-1], index + 1)
