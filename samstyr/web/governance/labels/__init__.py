"""What fields, choices and things of the model's format are called on the screen, with a fall-back for new ones."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, gettext_lazy

from samstyr.foundation.governance.rules import difference
from samstyr.foundation.governance.rules.editing.kinds import Shape

from . import keeping, paths, people, rest, strategy, structure, year
from .choices import CHOICES as COMMON_CHOICES
from .choices import DEADLINES
from .things import ADD, THINGS

__all__ = [
    "add_label",
    "choice_label",
    "deadline_label",
    "has_choice",
    "has_label",
    "help_of",
    "label_of",
    "thing_label",
]

FIELDS: dict[str, dict[str, tuple[Any, Any]]] = {}
for _part in (people, paths, year, rest, strategy, structure, keeping):
    for _class, _fields in _part.FIELDS.items():
        FIELDS[_class] = FIELDS.get(_class, {}) | _fields
CHOICES: dict[tuple[str, str], dict[str, Any]] = dict(COMMON_CHOICES)
for _table in (strategy.CHOICES, structure.CHOICES, keeping.CHOICES):
    for _place, _words in _table.items():
        CHOICES[_place] = CHOICES.get(_place, {}) | _words
_ = gettext_lazy
# Fields that mean the same wherever they stand.
COMMON: dict[str, tuple[Any, Any]] = {
    "key": (_("Nøkkel"), _("Brukes når andre deler av modellen viser hit.")),
    "name": (_("Navn"), ""),
    "text": (_("Forklaring"), ""),
    "when": (_("Bare hvis"), ""),
    "kind": (_("Slag"), ""),
    "format": (_("Format"), ""),
}


def _pair(shape: Shape) -> tuple[Any, Any] | None:
    return FIELDS.get(shape.owner.__name__, {}).get(shape.name) or COMMON.get(shape.name)


def has_label(shape: Shape) -> bool:
    """Whether the table names the field; a new one is called by its key until it does."""
    return _pair(shape) is not None


def label_of(shape: Shape) -> str:
    """What the field is called."""
    pair = _pair(shape)
    if pair is not None:
        return str(pair[0])
    known = difference.LABELS.get(shape.name)
    return gettext(known).capitalize() if known else shape.name.replace("_", " ").capitalize()


def help_of(shape: Shape) -> str:
    """The help under the label; empty for a field that needs none."""
    pair = _pair(shape)
    return str(pair[1]) if pair else ""


def has_choice(shape: Shape, value: str) -> bool:
    """Whether the table has a word for the choice."""
    return value in CHOICES.get((shape.owner.__name__, shape.name), {})


def choice_label(owner: str, name: str, value: str) -> str:
    """What a choice of a field is called; the key itself when nobody has named it yet."""
    word = CHOICES.get((owner, name), {}).get(value)
    if word is None:
        return value.replace("_", " ")
    return gettext(word) if isinstance(word, str) else str(word)


def deadline_label(value: str) -> str:
    """What a sort of deadline is called, or another choice of variants by its key."""
    return str(DEADLINES[value]) if value in DEADLINES else value.replace("_", " ")


def add_label(owner: str, name: str, part: str) -> str:
    """What the button says that adds a thing to the field's list."""
    word = ADD.get(part)
    return str(word) if word else gettext("Legg til")


def thing_label(part: str) -> str:
    """What one thing of the class is called, for one that has no name yet."""
    word = THINGS.get(part)
    return str(word) if word else gettext("Uten navn")
