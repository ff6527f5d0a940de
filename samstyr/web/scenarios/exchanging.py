"""What a changed workbook would do, made ready to be shown: standings, cells side by side, and the choices."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samstyr.foundation.kernel.text import say
from samstyr.foundation.ui import formats
from samstyr.foundation.ui.pieces import Status, Tone
from samstyr.wheel.scenarios.queries import exchange as queries
from samstyr.wheel.scenarios.rules.exchange.judging import MINE, SYSTEM, Seen, Standing
from samstyr.wheel.scenarios.rules.exchange.merging import Cell, Change
from samstyr.wheel.scenarios.rules.exchange.showing import cell_name, cell_text

# How many conflicts can be chosen for one by one; beyond it one choice holds for the rest.
MOST_CHOSEN = 200
LONGEST, BEFORE = 300, 60
CHOICE = "valg-"

# In the order in which the candidates are shown: first what somebody must do something about.
STANDINGS = {
    Standing.FAULTY: gettext_lazy("Må rettes"),
    Standing.CONFLICT: gettext_lazy("Endret begge steder"),
    Standing.CHANGED: gettext_lazy("Endret i filen"),
    Standing.NEW: gettext_lazy("Nye"),
    Standing.OTHERS: gettext_lazy("Endret i Samstyr"),
    Standing.EXISTING: gettext_lazy("Lest inn før"),
    Standing.SAME: gettext_lazy("Uendret"),
}
_ONE = {**STANDINGS, Standing.NEW: gettext_lazy("Ny")}
_TONES = {
    Standing.CONFLICT: Tone.WARNING,
    Standing.CHANGED: Tone.INFO,
    Standing.NEW: Tone.SUCCESS,
    Standing.FAULTY: Tone.DANGER,
}
_OUTCOMES = {
    Change.YOURS: gettext_lazy("Filen gjelder"),
    Change.THEIRS: gettext_lazy("Samstyr gjelder"),
    Change.CONFLICT: gettext_lazy("Du velger"),
}


def standing_of(text: str) -> Standing | None:
    """The standing by the word of the address, or None for all."""
    return Standing(text) if text in set(Standing) else None


def guide() -> list[str]:
    """How the workbook is used, line by line."""
    return [str(say(line)) for line in queries.GUIDE]


def in_order(rows: Iterable[Seen]) -> list[Seen]:
    """The candidates that are not the same as in the file, by standing, and in the file's order within each."""
    place = {standing: at for at, standing in enumerate(STANDINGS)}
    return sorted((row for row in rows if row.standing is not Standing.SAME), key=lambda row: place[row.standing])


def to_choose(seen: queries.Preview) -> list[Seen]:
    """The candidates whose conflicts are chosen for one by one: as many as there is room for."""
    found, room = [], MOST_CHOSEN
    for row in seen.of(Standing.CONFLICT):
        room -= len(row.conflicts)
        if room < 0:
            break
        found.append(row)
    return found


def choice_name(key: UUID, cell: Cell) -> str:
    """What the choice is called in the form. It says itself which cell it is for, whatever else has changed."""
    return f"{CHOICE}{key.hex}-{urlsafe_b64encode(cell.field.encode()).decode().rstrip('=')}"


def choices(posted: Mapping[str, str]) -> dict[tuple[UUID, str], str]:
    """What was chosen, by candidate and cell; what is no choice is left out."""
    found = {}
    for name in posted:
        word = posted[name].partition(".")[0]
        if not name.startswith(CHOICE) or word not in (SYSTEM, MINE):
            continue
        key, _dash, cell = name.removeprefix(CHOICE).partition("-")
        try:
            found[UUID(key), urlsafe_b64decode(cell + "=" * (-len(cell) % 4)).decode()] = word
        except ValueError:
            continue
    return found


class Showing:
    """Candidates in words; who changed what is asked once for all of them."""

    def __init__(self, seen: queries.Preview, rows: Sequence[Seen], address: Callable[[UUID], str]) -> None:
        self.seen, self.shown, self.address = seen, rows, address
        present = seen.against.present if seen.against else {}
        self.numbers = {str(key): one.number for key, one in present.items()}
        self.needs = queries.need_numbers()
        keys = {row.key for row in rows if row.theirs or row.conflicts}
        self.changed = queries.last_changes(keys, seen.made_at) if keys else {}

    def rows(self, posted: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
        """Each candidate with its standing and the cells that differ; with `posted`, its conflicts as choices."""
        return [self._row(row, posted) for row in self.shown]

    def _row(self, row: Seen, posted: Mapping[str, str] | None) -> dict[str, Any]:
        # What the heading says, and what is chosen for apart, is not said twice.
        apart, new = posted is not None, row.number is None
        told = [
            one
            for one in row.cells
            if not ((apart and one.change is Change.CONFLICT) or (new and one.field == "title"))
        ]
        cells = [self._cell(cell) for cell in told]
        return {
            "seen": row,
            "title": f"{row.number} {row.title}" if row.number else row.title or _("Uten tittel"),
            "status": Status(str(_ONE[row.standing]), _TONES.get(row.standing, Tone.NEUTRAL)),
            "url": self.address(row.key) if row.number else "",
            "new": new,
            "cells": cells,
            "was": any(cell["was"] for cell in cells),
            "choices": [self._choice(row, cell, posted) for cell in row.conflicts] if posted is not None else [],
            "place": _("Rad %(row)s i filen.") % {"row": row.row} if row.row else "",
            "told": self._told(row.key) if row.theirs or row.conflicts else "",
        }

    def _choice(self, row: Seen, cell: Cell, posted: Mapping[str, str]) -> dict[str, Any]:
        # A choice holds for the text it was made about: when that has changed, one chooses again.
        about = hashlib.sha256(cell.now.encode("utf-8", "replace")).hexdigest()[:16]
        name = choice_name(row.key, cell)
        return {
            **self._cell(cell),
            "id": name,
            "keep": f"{SYSTEM}.{about}",
            "take": f"{MINE}.{about}",
            "chosen": posted.get(name, ""),
        }

    def _cell(self, cell: Cell) -> dict[str, str]:
        # A long text is kept in the file as a fingerprint only.
        base = None if cell.base is None or cell.base.startswith("#") else cell.base
        given = [cell.now, cell.mine, *([] if base is None else [base])]
        texts = around_difference([cell_text(cell.field, text, self.seen.names, self.needs) for text in given])
        now, mine, *was = [text or _("tomt") for text in texts]
        return {
            "name": str(cell_name(cell.field, self.seen.names, self.numbers)),
            "now": now,
            "mine": mine,
            "was": was[0] if was else "",
            "outcome": str(_OUTCOMES[cell.change]),
        }

    def _told(self, key: UUID) -> str:
        change = self.changed.get(key)
        if change is None:
            return ""
        return _("Sist endret i Samstyr av %(who)s %(day)s.") % {"who": change.who, "day": formats.moment(change.at)}


def around_difference(texts: list[str]) -> list[str]:
    """The texts as they are when they are short; else from a little before the first place where they differ."""
    if all(len(text) <= LONGEST for text in texts):
        return texts
    told = [text for text in texts if text]
    alike = sum(1 for _signs in takewhile(lambda signs: len(set(signs)) == 1, zip(*told, strict=False)))
    begin = max(0, alike - BEFORE) if len(told) > 1 else 0
    return [
        f"{'… ' if begin and text else ''}{text[begin : begin + LONGEST]}{' …' if len(text) > begin + LONGEST else ''}"
        for text in texts
    ]
