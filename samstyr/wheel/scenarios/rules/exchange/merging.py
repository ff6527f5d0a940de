"""Three texts for each cell: as it stood when the file was made, as it stands in the file, as it stands now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .flat import Flat, sealed


class Change(StrEnum):
    """Who has changed a cell since the file was made."""

    YOURS = "yours"
    THEIRS = "theirs"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Cell:
    """A cell that is not the same in the file as in the system. `base` is None when nobody knows what it was."""

    field: str
    change: Change
    now: str
    mine: str
    base: str | None = None


def merged(base: Mapping[str, str] | None, mine: Mapping[str, str], now: Mapping[str, str]) -> tuple[Cell, ...]:
    """The cells that differ, by name. `mine` holds the cells that the file has; others are left alone.

    `base` is sealed as in the file; without it every difference is taken as the file's own.
    """
    found = []
    for name in sorted(mine):
        text, present = mine[name], now.get(name, "")
        if text == present:
            continue
        was = None if base is None else base.get(name, "")
        if was is None or sealed(present) == was:
            change = Change.YOURS
        elif sealed(text) == was:
            change = Change.THEIRS
        else:
            change = Change.CONFLICT
        found.append(Cell(name, change, present, text, was))
    return tuple(found)


def settled(cells: tuple[Cell, ...], choices: Mapping[str, str], *, otherwise: str = "system") -> Flat:
    """The texts to write: the file's own changes, and of the conflicts those where «mine» was chosen.

    `choices` go by the cell's name; `otherwise` stands for those that are not there.
    """
    return {
        cell.field: cell.mine
        for cell in cells
        if cell.change is Change.YOURS
        or (cell.change is Change.CONFLICT and choices.get(cell.field, otherwise) == "mine")
    }
