"""From YAML text to plain values with the line and column of each. No aliases, tags, repeated keys or great depth.

Reads the parser's events one by one, so that a hostile file is refused before anything is built. Plain words
mean what YAML 1.2 says they mean: only true and false are yes and no, and dates stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml import AliasEvent, CSafeLoader, MappingStartEvent, MarkedYAMLError, ScalarEvent, SequenceStartEvent, YAMLError
from yaml import parse as parse_events
from yaml.events import DocumentStartEvent

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

DEEPEST = 40
Place = tuple[str | int, ...]
Positions = dict[Place, tuple[int, int]]

_INT = re.compile(r"[-+]?[0-9]{1,18}$")
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,18}\.[0-9]{0,18}|\.[0-9]{1,18})$")
_WORDS: dict[str, Any] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


@dataclass(frozen=True)
class Unreadable(Exception):
    """The text is not YAML that a model may be written in."""

    line: int
    column: int
    message: Sentence
    remedy: Sentence | str = ""


@dataclass
class Tree:
    """The plain values, where each stands, and keys that stand twice."""

    value: Any
    positions: Positions = field(default_factory=dict)
    repeated: list[tuple[Place, int, int]] = field(default_factory=list)


def read(text: str) -> Tree:
    """The values of one YAML document. Raises Unreadable."""
    tree = Tree(None)
    try:
        events = iter(parse_events(text, Loader=CSafeLoader))
        found = False
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if found:
                    raise _refuse(
                        event,
                        gettext_noop("Filen har flere dokumenter (---)."),
                        gettext_noop("Legg hver modell i sin egen fil."),
                    )
                found = True
                tree.value = _node(next(events), events, (), tree)
    except MarkedYAMLError as error:
        raise _not_yaml(*_place_of(error, text)) from None
    except (YAMLError, ValueError, StopIteration):
        # Characters that YAML does not allow, and halves of characters.
        raise _not_yaml(1, 1) from None
    return tree


def _place_of(error: MarkedYAMLError, text: str) -> tuple[int, int]:
    """Where the fault stands; of what is never closed, where it was opened and not the end of the text."""
    mark, opened = error.problem_mark, error.context_mark
    if mark is None or (opened is not None and mark.index >= len(text)):
        mark = opened
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def _not_yaml(line: int, column: int) -> Unreadable:
    return Unreadable(
        line,
        column,
        say(gettext_noop("Dette er ikke gyldig YAML.")),
        say(gettext_noop("Se etter innrykk, kolon uten mellomrom og anførselstegn som ikke er lukket.")),
    )


def _refuse(event: Any, message: str, remedy: str = "") -> Unreadable:
    return Unreadable(*_at(event), say(message), say(remedy) if remedy else "")


def _at(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _node(event: Any, events: Iterator[Any], place: Place, tree: Tree) -> Any:
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None) or _tagged(event):
        raise _refuse(
            event,
            gettext_noop("Ankere, aliaser og merkelapper (&, *, !) er ikke tillatt."),
            gettext_noop("Skriv innholdet ut, eller sett teksten i anførselstegn."),
        )
    tree.positions.setdefault(place, _at(event))
    if isinstance(event, ScalarEvent):
        return _scalar(event)
    if len(place) >= DEEPEST:
        raise _refuse(event, gettext_noop("Filen er for dypt nøstet (høyst 40 nivåer)."))
    if isinstance(event, MappingStartEvent):
        return _mapping(events, place, tree)
    if isinstance(event, SequenceStartEvent):
        return _sequence(events, place, tree)
    raise _not_yaml(*_at(event))


def _tagged(event: Any) -> bool:
    return bool(getattr(event, "tag", None))


def _scalar(event: Any) -> Any:
    text = event.value
    if event.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text):
        return int(text)
    return float(text) if _FLOAT.match(text) else text


def _mapping(events: Iterator[Any], place: Place, tree: Tree) -> dict[str, Any]:
    values: dict[str, Any] = {}
    while isinstance(
        event := next(events),
        (ScalarEvent, AliasEvent, MappingStartEvent, SequenceStartEvent),
    ):
        if not isinstance(event, ScalarEvent):
            raise _refuse(event, gettext_noop("En nøkkel må være et ord, ikke en liste."))
        key = event.value
        if key == "<<":
            raise _refuse(
                event,
                gettext_noop("Sammenslåing (<<) er ikke tillatt."),
                gettext_noop("Skriv innholdet ut."),
            )
        at, inner = _at(event), (*place, key)
        if key in values:
            tree.repeated.append((inner, *at))
        tree.positions[inner] = at
        values[key] = _node(next(events), events, inner, tree)
    return values


def _sequence(events: Iterator[Any], place: Place, tree: Tree) -> list[Any]:
    values: list[Any] = []
    while isinstance(
        event := next(events),
        (ScalarEvent, AliasEvent, MappingStartEvent, SequenceStartEvent),
    ):
        values.append(_node(event, events, (*place, len(values)), tree))
    return values
