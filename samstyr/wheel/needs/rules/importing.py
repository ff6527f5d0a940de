"""A list of needs from a spreadsheet: which column is what, and each row as values or as faults."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from samstyr.foundation.kernel.errors import FieldError, Invalid
from samstyr.foundation.kernel.money import parse_kroner
from samstyr.foundation.kernel.text import gettext_noop, say

from .columns import COLUMNS
from .completeness import submit_faults
from .form import FormSpec
from .values import NeedValues, limit_faults
from .wording import words

Cell = str | int | float | bool | date | datetime | None

MOST_ROWS = 10_000


NEEDED = ("title", "unit")
TEXTS = ("title", "need", "affected", "effect", "compels", "product")
FLAGS = ("statutory", "joint", "personal_data", "archive", "work_changes")
AMOUNTS = ("investment_cost", "operating_cost")
YEARS = ("price_year", "wanted_year")
_BY_NAME = {column.name: column for column in COLUMNS}
_YES, _NO = (
    frozenset({"ja", "j", "x", "yes", "1", "sann", "true"}),
    frozenset({"nei", "n", "no", "0", "-", "usann", "false"}),
)
_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)


class Standing(StrEnum):
    """What will happen to a row."""

    NEW = "new"
    EXISTING = "existing"
    ALIKE = "alike"
    FAULTY = "faulty"


@dataclass(frozen=True)
class UnitChoice:
    """A unit a row can name: its key, name, code, and organisation."""

    id: UUID
    name: str
    code: str
    organisation: UUID
    organisation_names: tuple[str, ...]


@dataclass(frozen=True)
class Options:
    """How the file is to be read: `money_unit` is 1 for kroner and 1000 for tusen kroner.

    `sending` says that the needs are to be sent in at once, so that each must be complete.
    """

    money_unit: int = 1
    sending: bool = False


@dataclass(frozen=True)
class Around:
    """What the rows are read against: the units one may write for, people by e-mail, the form, the year."""

    units: Sequence[UnitChoice]
    people: Mapping[str, UUID]
    spec: FormSpec
    this_year: int


@dataclass(frozen=True)
class Row:
    """One row of the file: its number there, the values, and what will happen to it.

    `faults` name the column by its heading. `like` is the title of what it equals or resembles, with
    `like_id` when that is a need one may open, and `common` the words they share.
    """

    number: int
    values: NeedValues
    submitter: UUID | None = None
    key: str = ""
    standing: Standing = Standing.NEW
    faults: tuple[FieldError, ...] = ()
    like: str = ""
    like_id: UUID | None = None
    common: tuple[str, ...] = ()


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Which column fills which field, by heading; headings that nobody knows are left out.

    Raises Invalid when a needed column is missing, or two columns fill the same field.
    """
    known = {_plain(name): column.name for column in COLUMNS for name in (column.heading, *column.others)}
    # What a heading says now goes before what it may also be called.
    known |= {_plain(column.heading): column.name for column in COLUMNS}
    found: dict[str, int] = {}
    for position, heading in enumerate(header):
        name = known.get(_plain(str(heading or "")))
        if name is None:
            continue
        if name in found:
            raise Invalid.field(
                "file",
                say(
                    gettext_noop("To kolonner i filen betyr det samme: «%(first)s» og «%(second)s»."),
                    first=header[found[name]],
                    second=heading,
                ),
                remedy=say(gettext_noop("Slett den ene, og last opp på nytt.")),
            )
        found[name] = position
    missing = [str(say(_BY_NAME[name].heading)) for name in NEEDED if name not in found]
    if missing:
        raise Invalid.field(
            "file",
            say(
                gettext_noop("Filen mangler kolonnen %(columns)s."),
                columns=" og ".join(f"«{name}»" for name in missing),
            ),
            value=", ".join(str(heading) for heading in header if heading)[:200],
            remedy=say(gettext_noop("Overskriftene skal stå i første rad. Last ned malen for å se hvordan.")),
        )
    return found


def unknown_columns(header: Sequence[str]) -> list[str]:
    """The headings that no field is filled from, so that nobody believes they were read."""
    known = {_plain(name) for column in COLUMNS for name in (column.heading, *column.others)}
    return [str(heading) for heading in header if heading and _plain(str(heading)) not in known]


def _plain(heading: str) -> str:
    return " ".join(words(heading))


def read_rows(
    header: Sequence[str], rows: Iterable[tuple[int, Sequence[Cell]]], around: Around, options: Options
) -> list[Row]:
    """Every row that holds anything, as values with faults; `rows` are numbered as in the file.

    Raises Invalid for a header that cannot be read, or more than 10 000 rows.
    """
    columns = columns_of(header)
    reader = _Reader(around, options)
    found: list[Row] = []
    for number, cells in rows:
        taken = {name: cells[at] if at < len(cells) else None for name, at in columns.items()}
        if all(cell is None or not str(cell).strip() for cell in taken.values()):
            continue
        if len(found) >= MOST_ROWS:
            raise Invalid.field(
                "file",
                say(gettext_noop("Filen har mer enn %(most)s rader."), most=MOST_ROWS),
                remedy=say(gettext_noop("Del den i flere filer, og last dem opp hver for seg.")),
            )
        found.append(reader.row(number, taken))
    return _same_twice(found)


def _same_twice(rows: list[Row]) -> list[Row]:
    first: dict[str, int] = {}
    result = []
    for row in rows:
        if not row.faults and row.key in first:
            fault = _fault(
                "title",
                gettext_noop("Raden er lik rad %(row)s."),
                row.values.title,
                gettext_noop("Slett den ene av de to radene."),
                row=first[row.key],
            )
            row = replace(row, faults=(fault,), standing=Standing.FAULTY)
        first.setdefault(row.key, row.number)
        result.append(row)
    return result


class _Reader:
    """Reads one row at a time against the same surroundings."""

    def __init__(self, around: Around, options: Options) -> None:
        self.around, self.options = around, options
        self.by_name: dict[str, list[UnitChoice]] = {}
        for unit in around.units:
            for name in {unit.name.casefold(), unit.code.casefold()} - {""}:
                self.by_name.setdefault(name, []).append(unit)
        self.goals = {
            words_of: key for key, label in around.spec.goals for words_of in (key.casefold(), label.casefold())
        }
        self.faults: list[FieldError] = []

    def row(self, number: int, cells: Mapping[str, Cell]) -> Row:
        self.faults = []
        unit = self._unit(cells)
        filled: dict[str, Any] = {
            **{name: self._text(cells.get(name)) for name in TEXTS},
            **{name: self._flag(name, cells.get(name)) for name in FLAGS},
            **{name: self._money(name, cells.get(name)) for name in AMOUNTS},
            **{name: self._year(name, cells.get(name)) for name in YEARS},
        }
        goals = self._goals(cells.get("goals"))
        values = NeedValues(unit=unit.id if unit else None, goals=goals, **filled).tidy()
        submitter = self._person(cells.get("submitter"))
        if not values.title:
            self.faults.append(
                _fault("title", gettext_noop("Tittelen mangler."), "", gettext_noop("Gi behovet en kort tittel."))
            )
        seen = {fault.field for fault in self.faults}
        check = submit_faults if self.options.sending else _limits
        for fault in check(values, self.around.spec, this_year=self.around.this_year):
            if _heading(fault.field) not in seen:
                self.faults.append(replace(fault, field=_heading(fault.field)))
        return Row(
            number,
            values,
            submitter,
            self._key(cells, unit, values),
            Standing.FAULTY if self.faults else Standing.NEW,
            tuple(self.faults),
        )

    def _key(self, cells: Mapping[str, Cell], unit: UnitChoice | None, values: NeedValues) -> str:
        """What tells the same row from another: its own reference, or place, title and text."""
        reference = self._text(cells.get("reference"))
        parts = [str(unit.organisation if unit else ""), reference.casefold()]
        if not reference:
            parts = [str(unit.id if unit else ""), " ".join(words(values.title)), " ".join(words(values.need))]
        kind = "ref" if reference else "row"
        return f"{kind}:{hashlib.sha256(chr(31).join(parts).encode('utf-8', 'replace')).hexdigest()}"

    def _unit(self, cells: Mapping[str, Cell]) -> UnitChoice | None:
        name = self._text(cells.get("unit"))
        if not name:
            self.faults.append(
                _fault(
                    "unit",
                    gettext_noop("Tjenesten mangler."),
                    "",
                    gettext_noop("Skriv navnet på tjenesten behovet gjelder."),
                )
            )
            return None
        organisation = self._text(cells.get("organisation")).casefold()
        found = self.by_name.get(name.casefold(), [])
        if organisation:
            found = [unit for unit in found if organisation in {one.casefold() for one in unit.organisation_names}]
        if len(found) == 1:
            return found[0]
        if found:
            self.faults.append(
                _fault(
                    "unit",
                    gettext_noop("Flere tjenester heter «%(name)s»."),
                    name,
                    gettext_noop("Skriv hvilken organisasjon i kolonnen «Organisasjon»."),
                    name=name,
                )
            )
        else:
            self.faults.append(
                _fault(
                    "unit",
                    gettext_noop("Vi finner ingen tjeneste «%(name)s» som du kan melde behov for."),
                    name,
                    gettext_noop("Skriv navnet eller koden slik det står under Organisasjon."),
                    name=name,
                )
            )
        return None

    def _person(self, cell: Cell) -> UUID | None:
        mail = self._text(cell).casefold()
        if not mail:
            return None
        if mail not in self.around.people:
            self.faults.append(
                _fault(
                    "submitter",
                    gettext_noop("Vi finner ingen med denne e-posten."),
                    mail,
                    gettext_noop("La feltet stå tomt for å melde behovet i eget navn."),
                )
            )
        return self.around.people.get(mail)

    @staticmethod
    def _text(cell: Cell) -> str:
        if cell is None:
            return ""
        if isinstance(cell, bool):
            return "ja" if cell else "nei"
        if isinstance(cell, float) and cell.is_integer():
            return str(int(cell))
        if isinstance(cell, (date, datetime)):
            return f"{cell:%d.%m.%Y}"
        return str(cell).strip()

    def _flag(self, name: str, cell: Cell) -> bool:
        text = self._text(cell).casefold()
        if text and text not in _YES | _NO:
            self.faults.append(
                _fault(
                    name,
                    gettext_noop("«%(value)s» er verken ja eller nei."),
                    text,
                    gettext_noop("Skriv ja eller nei."),
                    value=text[:40],
                )
            )
        return text in _YES

    def _money(self, name: str, cell: Cell) -> int | None:
        text = self._text(cell)
        if not text:
            return None
        if isinstance(cell, float):
            # The decimals of a number cell are Excel's; a decimal comma is how a person writes them.
            text = repr(cell).removesuffix(".0").replace(".", ",")
        try:
            return parse_kroner(text, field=name, unit=self.options.money_unit)
        except Invalid as invalid:
            self.faults.extend(replace(fault, field=_heading(name)) for fault in invalid.errors)
            return None

    def _year(self, name: str, cell: Cell) -> int | None:
        if isinstance(cell, (date, datetime)):
            return cell.year
        text = self._text(cell)
        if not text:
            return None
        written = _DATE.fullmatch(text)
        if written:
            try:
                return date(int(written[3]), int(written[2]), int(written[1])).year
            except ValueError:
                self.faults.append(
                    _fault(
                        name,
                        gettext_noop("Datoen %(value)s finnes ikke."),
                        text,
                        gettext_noop("Skriv årstallet med fire sifre."),
                        value=text,
                    )
                )
                return None
        if not (text.isascii() and text.isdigit() and len(text) == 4):
            self.faults.append(
                _fault(
                    name,
                    gettext_noop("«%(value)s» er ikke et årstall."),
                    text,
                    gettext_noop("Skriv årstallet med fire sifre."),
                    value=text[:40],
                )
            )
            return None
        return int(text)

    def _goals(self, cell: Cell) -> tuple[str, ...]:
        written = [part.strip() for part in self._text(cell).replace("\n", ";").split(";") if part.strip()]
        if not self.goals:
            return tuple(written)
        unknown = [goal for goal in written if goal.casefold() not in self.goals]
        if unknown:
            self.faults.append(
                _fault(
                    "goals",
                    gettext_noop("Vi kjenner ikke målet «%(goal)s»."),
                    unknown[0],
                    gettext_noop("Skriv målet slik det står i styringsmodellen, eller la feltet stå tomt."),
                    goal=unknown[0][:100],
                )
            )
        return tuple(dict.fromkeys(self.goals[goal.casefold()] for goal in written if goal.casefold() in self.goals))


def _limits(values: NeedValues, spec: FormSpec, *, this_year: int) -> list[FieldError]:
    return limit_faults(values, this_year=this_year)


def _heading(name: str) -> str:
    return str(say(_BY_NAME[name].heading)) if name in _BY_NAME else name


def _fault(column: str, message: str, given: str, remedy: str = "", /, **params: object) -> FieldError:
    return FieldError(_heading(column), say(message, **params), given[:200], say(remedy) if remedy else "")
