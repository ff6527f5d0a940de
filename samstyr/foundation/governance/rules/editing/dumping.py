"""Plain values to YAML, always the same for the same values: the format's order, short things on one line."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import BaseModel

from ..reading import _FLOAT, _INT, _WORDS
from ..schema import GovernanceModel
from .kinds import class_of, shapes

WIDE = 110
# What needs no quotes, neither in a block nor within brackets.
PLAIN = re.compile(r"[A-Za-zÆØÅæøåÄÖäöÉé0-9][\wÆØÅæøåÄÖäöÉé .()/;«»§–+-]*$")
UNSAFE = re.compile(r"[^\x20-\x7e\xa1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def dump(tree: Any, top: type[BaseModel] | None = GovernanceModel) -> str:
    """The YAML of a model. Reading it again gives the same values."""
    value = in_order(tree, top)
    if not isinstance(value, dict) or not value:
        return "{}\n"
    return "\n".join(_block(value, 0)) + "\n"


def in_order(value: Any, part: type[BaseModel] | None) -> Any:
    """The values with each thing's fields in the format's order; what the format does not know comes last."""
    if not isinstance(value, dict) or part is None:
        return value
    known = shapes(part)
    ordered = [name for name in known if name in value] + [name for name in value if name not in known]
    return {name: _inner(value[name], known.get(name)) for name in ordered}


def _inner(value: Any, shape: Any) -> Any:
    if shape is None or shape.form == "mapping":
        return value
    if isinstance(value, list):
        return [in_order(item, class_of(shape, item)) for item in value]
    return in_order(value, class_of(shape, value))


def _block(value: Any, depth: int) -> list[str]:
    pad = "  " * depth
    lines: list[str] = []
    if isinstance(value, dict):
        for key, item in value.items():
            head = f"{pad}{_scalar(key)}:"
            short = _flow(item)
            if short is not None and len(head) + len(short) < WIDE and not _always_block(item, depth):
                lines.append(f"{head} {short}")
            elif isinstance(item, dict | list) and item:
                lines += [head, *_block(item, depth + 1)]
            else:
                lines.append(f"{head} {short if short is not None else _scalar(item)}")
        return lines
    for item in value:
        short = _flow(item)
        if short is not None and len(pad) + len(short) + 2 < WIDE:
            lines.append(f"{pad}- {short}")
        elif isinstance(item, dict | list) and item:
            first, *rest = _block(item, depth + 1)
            lines += [f"{pad}- {first[len(pad) + 2 :]}", *rest]
        else:
            lines.append(f"{pad}- {short if short is not None else _scalar(item)}")
    return lines


def _always_block(value: Any, depth: int) -> bool:
    """The model's own parts, and lists of things, stand one thing a line."""
    return isinstance(value, list) and any(isinstance(item, dict) for item in value) and len(value) + depth > 0


def _flow(value: Any) -> str | None:
    """The value on one line; None when it holds things that hold lists of things."""
    if isinstance(value, dict):
        inner = [(key, _flow(item)) for key, item in value.items()]
        if any(text is None for _key, text in inner) or any(_always_block(item, 1) for item in value.values()):
            return None
        return "{" + ", ".join(f"{_scalar(key)}: {text}" for key, text in inner) + "}"
    if isinstance(value, list):
        texts = [_flow(item) for item in value]
        return None if any(text is None for text in texts) else "[" + ", ".join(str(text) for text in texts) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _decimal(value)
    text = str(value)
    if PLAIN.fullmatch(text) and not _means_else(text):
        return text
    return UNSAFE.sub(_escaped, json.dumps(text, ensure_ascii=False))


def _means_else(text: str) -> bool:
    return text in _WORDS or bool(_INT.match(text) or _FLOAT.match(text)) or text != text.strip() or text[0] == "-"


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _decimal(value: float) -> str:
    text = format(value, ".12f").rstrip("0")
    return f"{text}0" if text.endswith(".") else text
