"""What a field of the format is to somebody who fills it in, read from the pydantic classes themselves.

A field that a colleague adds to the format appears here by itself: nothing in this file names one.
"""

from __future__ import annotations

import enum
import types
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ..words import Condition, Text

Form = Literal[
    "text", "line", "number", "decimal", "yes_no", "date", "choice", "choices", "lines", "words", "numbers",
    "mapping", "part", "parts", "variants", "condition", "either", "free",
]  # fmt: skip
NONE = type(None)
LONG = frozenset({"text", "help", "guidance", "why", "chosen", "own_initiative"})


@dataclass(frozen=True)
class Shape:
    """How a field is filled in.

    `parts` are the classes of what stands in it (several for a choice of variants, told apart by `kind`). `default` is the
    value it has when left out, as in the file. `inner` is the form of a mapping's values or of each in a list of variants.
    """

    owner: type[BaseModel]
    name: str
    form: Form
    optional: bool
    default: Any
    parts: tuple[type[BaseModel], ...] = ()
    choices: tuple[str, ...] = ()
    inner: str = ""
    least: float | None = None
    most: float | None = None
    pattern: str = ""

    @property
    def required(self) -> bool:
        """Whether the format asks for a value."""
        return not self.optional

    @property
    def is_key(self) -> bool:
        """Whether it is the thing's own key, which others refer to."""
        return self.name == "key"

    @property
    def long(self) -> bool:
        """Whether people write more than a line in it."""
        return self.form == "text" and self.name in LONG


@lru_cache(maxsize=512)
def shapes(part: type[BaseModel]) -> dict[str, Shape]:
    """Every field of the class by the name it has in the file, in the format's order."""
    return {info.alias or name: _shape(part, info.alias or name, info) for name, info in part.model_fields.items()}


def _shape(owner: type[BaseModel], name: str, info: FieldInfo) -> Shape:
    nullable, bare = _peel(info.annotation)
    found = _form(bare)
    limits = {
        word: getattr(mark, word) for mark in info.metadata for word in ("ge", "le", "pattern") if hasattr(mark, word)
    }
    return Shape(
        owner, name, found.pop("form"), nullable or not info.is_required(), _default(info),
        least=limits.get("ge"), most=limits.get("le"), pattern=str(limits.get("pattern") or ""), **found,
    )  # fmt: skip


def _default(info: FieldInfo) -> Any:
    if info.is_required():
        return None
    value = info.get_default(call_default_factory=True)
    if isinstance(value, BaseModel):
        return {}
    return plain(value)


def plain(value: Any) -> Any:
    """The value as the file would have it."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return [plain(item) for item in value] if isinstance(value, tuple | list) else value


def _peel(annotation: Any) -> tuple[bool, Any]:
    """Whether nothing is allowed, and the type without it."""
    if get_origin(annotation) in (Union, types.UnionType):
        rest = tuple(item for item in get_args(annotation) if item is not NONE)
        if len(rest) < len(get_args(annotation)):
            return True, rest[0] if len(rest) == 1 else Union[rest]  # noqa: UP007
    return False, annotation


def _bare(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _is_part(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _form(annotation: Any) -> dict[str, Any]:
    annotation = _bare(annotation)
    origin = get_origin(annotation)
    if origin is tuple:
        return _list_form(get_args(annotation)[0])
    if origin is dict:
        return {"form": "mapping", "inner": _form(get_args(annotation)[1])["form"]}
    if origin is Literal:
        return {"form": "choice", "choices": tuple(str(plain(item)) for item in get_args(annotation))}
    if origin in (Union, types.UnionType):
        return _union_form(tuple(_bare(item) for item in get_args(annotation)))
    if isinstance(annotation, type):
        return _class_form(annotation)
    return {"form": "line"}


def _class_form(annotation: type) -> dict[str, Any]:
    if issubclass(annotation, Text):
        return {"form": "text"}
    if issubclass(annotation, Condition):
        return {"form": "condition", "parts": (annotation,)}
    if issubclass(annotation, BaseModel):
        return {"form": "part", "parts": (annotation,)}
    if issubclass(annotation, enum.Enum):
        return {"form": "choice", "choices": tuple(str(item.value) for item in annotation)}
    simple = ((bool, "yes_no"), (int, "number"), (float, "decimal"), (date, "date"))
    return {"form": next((form for kind, form in simple if issubclass(annotation, kind)), "line")}


def _union_form(members: tuple[Any, ...]) -> dict[str, Any]:
    if all(_is_part(item) for item in members):
        return {"form": "variants", "parts": members}
    if bool in members:
        return {"form": "free"}
    listed = [get_args(item)[0] for item in members if get_origin(item) is tuple]
    if listed and _is_part(listed[0]):
        return {"form": "either", "parts": (listed[0],)}
    # A key or one of a few words, such as an outcome or «waived».
    words = tuple(str(word) for item in members if get_origin(item) is Literal for word in get_args(item))
    return {"form": "line", "choices": words}


def _list_form(item: Any) -> dict[str, Any]:
    inner = _form(item)
    match inner["form"]:
        case "part" | "condition" | "variants":
            return {"form": "parts", "parts": inner["parts"], "inner": inner["form"]}
        case "choice":
            return {"form": "choices", "choices": inner["choices"]}
        case "text":
            return {"form": "lines"}
        case "number":
            return {"form": "numbers"}
    return {"form": "words"}


def variant_names(shape: Shape) -> dict[str, type[BaseModel]]:
    """The values that `kind` may have, each with its class."""
    return {
        str(word): part for part in shape.parts for word in get_args(part.model_fields["kind"].annotation)
    }  # fmt: skip


def class_of(shape: Shape, value: Any) -> type[BaseModel] | None:
    """The class of a thing that stands in the field; of variants the one its `kind` names."""
    if shape.form == "variants" or shape.inner == "variants":
        kind = value.get("kind") if isinstance(value, dict) else None
        return variant_names(shape).get(str(kind))
    return shape.parts[0] if shape.parts else None


def every_class(top: type[BaseModel]) -> list[type[BaseModel]]:
    """All the classes that a model is put together of, in the order they are met."""
    found: dict[type[BaseModel], None] = {}
    waiting = [top]
    while waiting:
        part = waiting.pop(0)
        if part not in found:
            found[part] = None
            waiting.extend(inner for shape in shapes(part).values() for inner in shape.parts)
    return list(found)
