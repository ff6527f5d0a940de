"""One cell at a time: what people may write in it, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

from samstyr.foundation.kernel.errors import FieldError, Invalid
from samstyr.foundation.kernel.money import parse_kroner
from samstyr.foundation.kernel.text import gettext_noop, say

from ..values import Known
from .columns import SHEETS, Words, heading_of, plain
from .flat import tidy

Content = str | int | float | bool | date | datetime | None
_DIGITS = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(frozen=True)
class Names:
    """What the model's things are called in the file, each called by one name only, and what a name means."""

    shown: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    meant: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def name(self, kind: str, key: str) -> str:
        """What it is called; its own key when the model does not know it any more."""
        return self.shown[kind].get(key, key)


def names_of(known: Known) -> Names:
    """The names, made different where two things are called the same."""
    given = {
        "areas": {str(key): name for key, name in known.areas.items()},
        "focus_areas": dict(known.focus_areas),
        "cost_keys": dict(known.cost_keys),
        "sources": dict(known.sources),
        "organisations": {str(key): name for key, name in known.organisations.items()},
    }
    shown = {kind: _different(found) for kind, found in given.items()}
    meant = {
        kind: {**{key.casefold(): key for key in found}, **{_spelled(name): key for key, name in found.items()}}
        for kind, found in shown.items()
    }
    return Names(shown, meant)


def _spelled(name: str) -> str:
    return " ".join(name.split()).casefold()


def _different(found: Mapping[str, str]) -> dict[str, str]:
    clean = {key: " ".join(tidy(str(name)).replace(";", ",").split()) or key for key, name in found.items()}
    spelled = [_spelled(name) for name in clean.values()]
    return {
        key: f"{name} ({key})" if spelled.count(_spelled(name)) > 1 else name for key, name in clean.items()
    }  # fmt: skip


class CellReader:
    """Reads the cells of a row of one sheet, and gathers what is wrong with them."""

    def __init__(self, sheet: str, row: int, words: Words, names: Names) -> None:
        self.sheet, self.row, self.words, self.names = sheet, row, words, names
        self.faults: list[FieldError] = []

    def fault(self, column: str, message: str, given: object = "", remedy: str = "", **more: object) -> None:
        """Something is wrong in this row; the place is told in words."""
        remedied = say(remedy) if remedy else ""
        self.faults.append(FieldError(self.place(column), say(message, **more), str(given)[:200], remedied))

    def place(self, column: str) -> str:
        """The cell in words."""
        where = gettext_noop("%(sheet)s, rad %(row)s, %(column)s")
        heading = say(heading_of(self.sheet, column))
        return str(say(where, sheet=say(SHEETS[self.sheet]), row=self.row, column=heading))

    def text(self, cell: Content) -> str:
        """The cell as text."""
        if cell is None:
            return ""
        if isinstance(cell, bool):
            return str(say(gettext_noop("ja") if cell else gettext_noop("nei")))
        if isinstance(cell, float) and cell.is_integer():
            return str(int(cell))
        if isinstance(cell, date | datetime):
            return f"{cell:%d.%m.%Y}"
        return tidy(str(cell))

    def code(self, column: str, kind: str, cell: Content, remedy: str) -> str | None:
        """One of the fixed words; None with a fault when it is none of them. Empty is empty."""
        text = self.text(cell)
        known = self.words.codes[kind]
        found = known.get(plain(text), "" if text in ("", "-") else None)
        if isinstance(cell, bool) and kind == "yes_no":
            found = "1" if cell else ""
        if found is None:
            self.fault(column, gettext_noop("«%(value)s» er ikke et av valgene."), text, remedy, value=text[:40])
        return found

    def number(self, column: str, cell: Content, *, empty: str = "") -> str | None:
        """A whole number; None with a fault otherwise."""
        if isinstance(cell, date | datetime):
            return str(cell.year)
        text = "".join(self.text(cell).split())
        if not text:
            return empty
        if not _DIGITS.fullmatch(text) or isinstance(cell, bool):
            self.fault(
                column, gettext_noop("«%(value)s» er ikke et helt tall."), text,
                gettext_noop("Skriv tallet med sifre, uten desimaler."), value=text[:40],
            )  # fmt: skip
            return None
        return str(int(text))

    def points(self, column: str, cell: Content, *, empty: str | None = None) -> str | None:
        """Points with at most two decimals, as hundredths; None with a fault otherwise."""
        text = "".join(self.text(cell).split()).replace(",", ".").replace("−", "-")
        if not text and empty is not None:
            return empty
        try:
            hundredths = Decimal(text) * 100
        except InvalidOperation:
            hundredths = Decimal("NaN")
        if not hundredths.is_finite() or hundredths != hundredths.to_integral_value() or abs(hundredths) > 10**9:
            self.fault(
                column, gettext_noop("«%(value)s» er ikke poeng med høyst to desimaler."), text,
                gettext_noop("Skriv et tall fra 0 til 100, for eksempel 62,5."), value=text[:40],
            )  # fmt: skip
            return None
        return str(int(hundredths))

    def money(self, column: str, cell: Content, unit: int) -> int | None:
        """Whole kroner; None with a fault otherwise."""
        text = self.text(cell)
        if isinstance(cell, float):
            # The decimals of a number cell are Excel's; a decimal comma is how a person writes them.
            text = repr(cell).removesuffix(".0").replace(".", ",")
        try:
            return parse_kroner(text, unit=unit)
        except Invalid as invalid:
            for error in invalid.errors:
                self.faults.append(FieldError(self.place(column), error.message, text[:200], error.remedy))
            return None

    def named(self, column: str, kind: str, cell: Content) -> str | None:
        """The key of something that the model knows; None with a fault otherwise. Empty is empty."""
        text = self.text(cell)
        if not text:
            return ""
        found = self.names.meant[kind].get(_spelled(text))
        if found is None:
            self.fault(
                column, gettext_noop("Vi kjenner ikke «%(value)s»."), text,
                gettext_noop("Velg fra listen i cellen, eller skriv navnet slik det står der."), value=text[:60],
            )  # fmt: skip
        return found

    def organisations(self, cell: Content) -> str | None:
        """The municipalities, separated by semicolons, as sorted keys."""
        parts = [part for part in re.split(r"[;\n]", self.text(cell)) if part.strip()]
        found = [self.named("organisations", "organisations", part) for part in parts]
        return None if None in found else ",".join(sorted({key for key in found if key}))


def key_in(cell: Content) -> UUID | None:
    """The key in a hidden cell, or None when it holds none."""
    try:
        return UUID(str(cell or ""))
    except ValueError:
        return None
