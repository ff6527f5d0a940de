"""Lists of people and units from a spreadsheet: what each row says, and whether it is new, changed or wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say
from samstyr.foundation.tables.reading import Cell, Table, match_columns, plain

PEOPLE_COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("Navn", "fullt navn", "ansatt", "person"),
    "email": ("E-post", "epostadresse", "e-postadresse", "mail", "e-mail"),
    "title": ("Stilling", "tittel", "stillingstittel"),
    "organisation": ("Organisasjon", "kommune", "virksomhet"),
    "unit": ("Tjeneste", "enhet", "avdeling", "sektor", "område"),
}
UNIT_COLUMNS: dict[str, tuple[str, ...]] = {
    "organisation": ("Organisasjon", "kommune", "virksomhet"),
    "code": ("Kode", "enhetskode", "ansvar", "nummer"),
    "name": ("Navn", "tjeneste", "enhet", "avdeling"),
    "parent": ("Overordnet kode", "overordnet", "hører til", "ligger under"),
    "is_area": ("Område", "virksomhetsområde", "er område"),
}
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_YES, _NO = frozenset({"ja", "j", "x", "1", "true", "sann"}), frozenset({"nei", "n", "0", "", "false", "usann"})


_Key = tuple[UUID | None, str]


class Standing(StrEnum):
    """What will happen to a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"


@dataclass(frozen=True)
class UnitKnown:
    """A unit that stands already."""

    id: UUID
    organisation: UUID
    code: str
    name: str
    parent: UUID | None
    is_area: bool
    is_active: bool = True


@dataclass(frozen=True)
class PersonKnown:
    """A person who stands already, found by e-mail."""

    id: UUID
    name: str
    title: str
    organisation: UUID | None
    unit: UUID | None


@dataclass(frozen=True)
class Around:
    """What rows are read against: organisations by any of their names (plain), active units, people by e-mail in small letters."""

    organisations: Mapping[str, UUID]
    units: Sequence[UnitKnown]
    people: Mapping[str, PersonKnown]


@dataclass(frozen=True)
class Change:
    """One value that a row changes: the column, what stands now, and what will stand."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class PersonRow:
    """A row of a list of people, numbered as in the file; `id` when the e-mail is known."""

    number: int
    name: str = ""
    email: str = ""
    title: str = ""
    organisation: UUID | None = None
    unit: UUID | None = None
    id: UUID | None = None
    standing: Standing = Standing.NEW
    faults: tuple[FieldError, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class UnitRow:
    """A row of a list of units, numbered as in the file; `id` when the organisation has the code already."""

    number: int
    name: str = ""
    code: str = ""
    organisation: UUID | None = None
    parent_code: str = ""
    is_area: bool = False
    id: UUID | None = None
    standing: Standing = Standing.NEW
    faults: tuple[FieldError, ...] = ()
    changes: tuple[Change, ...] = ()


class _Index:
    """What stands, by what a row may call it; made once a file, since a file may have thousands of rows."""

    def __init__(self, around: Around) -> None:
        self.organisations = around.organisations
        self.people = around.people
        self.units = {unit.id: unit for unit in around.units}
        self.names: dict[UUID, str] = {}
        for name, key in around.organisations.items():
            self.names.setdefault(key, name)
        self.by_code: dict[str, list[UnitKnown]] = {}
        self.by_name: dict[str, list[UnitKnown]] = {}
        self.by_key: dict[tuple[UUID | None, str], UnitKnown] = {}
        for unit in around.units:
            if unit.code:
                self.by_key[unit.organisation, unit.code] = unit
            if not unit.is_active:
                continue
            self.by_name.setdefault(plain(unit.name), []).append(unit)
            if unit.code:
                self.by_code.setdefault(plain(unit.code), []).append(unit)

    def code_of(self, unit: UUID | None) -> str:
        """The code of a unit that stands, or nothing."""
        found = self.units.get(unit) if unit else None
        return found.code if found else ""

    def unit_name(self, unit: UUID | None) -> str:
        """The name of a unit that stands, or nothing."""
        found = self.units.get(unit) if unit else None
        return found.name if found else ""

    def organisation_name(self, organisation: UUID | None) -> str:
        """A name of an organisation, or nothing."""
        return self.names.get(organisation, "") if organisation else ""


def read_people(table: Table, around: Around) -> list[PersonRow]:
    """Every row of a list of people, e-mail as the key. Raises Invalid when the header lacks name or e-mail."""
    columns = match_columns(table, PEOPLE_COLUMNS, required=("name", "email"))
    seen: dict[str, int] = {}
    index = _Index(around)
    return [_person(number, taken, index, seen) for number, taken in _taken(table, columns)]


def read_units(table: Table, around: Around) -> list[UnitRow]:
    """Every row of a list of units, organisation and code as the key; rows may name each other in any order.

    Raises Invalid when the header lacks name or code.
    """
    columns = match_columns(table, UNIT_COLUMNS, required=("name", "code"))
    seen: dict[tuple[UUID | None, str], int] = {}
    index = _Index(around)
    rows = [_unit(number, taken, index, seen, columns) for number, taken in _taken(table, columns)]
    return _with_parents(rows, around)


def with_fault(row: PersonRow, fault: FieldError) -> PersonRow:
    """The row, now faulty."""
    return replace(row, standing=Standing.FAULTY, faults=(*row.faults, fault))


def unit_with_fault(row: UnitRow, fault: FieldError) -> UnitRow:
    """The row, now faulty."""
    return replace(row, standing=Standing.FAULTY, faults=(*row.faults, fault))


def parents_first(rows: Sequence[UnitRow]) -> list[UnitRow]:
    """The rows in an order where no unit comes before the one it lies under. Assumes no rings."""
    by_key = {(row.organisation, row.code): row for row in rows}
    ordered: dict[tuple[UUID | None, str], UnitRow] = {}
    for row in rows:
        chain: list[UnitRow] = []
        at: UnitRow | None = row
        while at is not None and (at.organisation, at.code) not in ordered and at not in chain:
            chain.append(at)
            at = by_key.get((at.organisation, at.parent_code)) if at.parent_code else None
        for one in reversed(chain):
            ordered[(one.organisation, one.code)] = one
    return list(ordered.values())


def _taken(table: Table, columns: Mapping[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in table.rows:
        taken = {name: _text(cells[at] if at < len(cells) else None) for name, at in columns.items()}
        if any(taken.values()):
            yield number, taken


def _text(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _fault(column: str, message: Sentence, value: str = "", remedy: Sentence | str = "") -> FieldError:
    return FieldError(column, message, value[:80], remedy)


def _heading(columns: Mapping[str, Sequence[str]], name: str) -> str:
    return columns[name][0]


def _common(
    known: Mapping[str, Sequence[str]], taken: Mapping[str, str], limits: Mapping[str, int]
) -> list[FieldError]:
    faults = []
    for name, limit in limits.items():
        if len(taken.get(name, "")) > limit:
            text = gettext_noop("Teksten er for lang. Det er plass til %(limit)s tegn.")
            faults.append(_fault(_heading(known, name), say(text, limit=limit), taken[name]))
    if not taken.get("name"):
        faults.append(_fault(_heading(known, "name"), say(gettext_noop("Navn mangler."))))
    return faults


def _organisation(text: str, around: _Index) -> tuple[UUID | None, list[FieldError]]:
    heading = PEOPLE_COLUMNS["organisation"][0]
    if not text:
        only = set(around.organisations.values())
        return (only.pop() if len(only) == 1 else None), []
    found = around.organisations.get(plain(text))
    if found is None:
        remedy = say(gettext_noop("Skriv navnet slik det står i Samstyr."))
        return None, [_fault(heading, say(gettext_noop("Organisasjonen finnes ikke.")), text, remedy)]
    return found, []


def _person(number: int, taken: dict[str, str], around: _Index, seen: dict[str, int]) -> PersonRow:
    faults = _common(PEOPLE_COLUMNS, taken, {"name": 200, "title": 200, "email": 254})
    email = taken["email"].lower()
    heading = _heading(PEOPLE_COLUMNS, "email")
    if not _EMAIL.fullmatch(email):
        remedy = say(gettext_noop("E-posten skiller personene fra hverandre. Skriv den helt ut."))
        faults.append(_fault(heading, say(gettext_noop("Dette er ikke en e-postadresse.")), email, remedy))
    elif email in seen:
        faults.append(_fault(heading, say(gettext_noop("Samme e-post står i rad %(row)s."), row=seen[email]), email))
    seen.setdefault(email, number)
    organisation, more = _organisation(taken.get("organisation", ""), around)
    faults += more
    unit = None
    if taken.get("unit"):
        unit, organisation, more = _person_unit(taken["unit"], organisation, around)
        faults += more
    known = around.people.get(email)
    row = PersonRow(
        number, taken["name"], email, taken.get("title", ""), organisation, unit, known.id if known else None
    )
    if known:
        # A column that the file lacks, or a cell left empty, changes nothing.
        row = replace(
            row,
            title=row.title or known.title,
            organisation=row.organisation or known.organisation,
            unit=row.unit or (known.unit if row.organisation in (None, known.organisation) else None),
        )
    if faults:
        return replace(row, standing=Standing.FAULTY, faults=tuple(faults))
    if known is None:
        return row
    changes = _person_changes(row, known, around)
    return replace(row, changes=changes, standing=Standing.CHANGED if changes else Standing.UNCHANGED)


def _person_unit(
    text: str, organisation: UUID | None, around: _Index
) -> tuple[UUID | None, UUID | None, list[FieldError]]:
    heading = _heading(PEOPLE_COLUMNS, "unit")
    wanted = plain(text)
    found: list[UnitKnown] = []
    for index in (around.by_code, around.by_name):
        found = found or [unit for unit in index.get(wanted, ()) if organisation in (None, unit.organisation)]
    if len(found) == 1:
        return found[0].id, found[0].organisation, []
    if found:
        remedy = say(gettext_noop("Skriv koden i stedet for navnet, eller fyll ut organisasjon."))
        return None, organisation, [_fault(heading, say(gettext_noop("Flere tjenester heter dette.")), text, remedy)]
    remedy = say(gettext_noop("Skriv navnet eller koden slik den står i Samstyr, eller opprett tjenesten først."))
    return None, organisation, [_fault(heading, say(gettext_noop("Tjenesten finnes ikke.")), text, remedy)]


def _person_changes(row: PersonRow, known: PersonKnown, around: _Index) -> tuple[Change, ...]:
    pairs = (
        ("name", known.name, row.name),
        ("title", known.title, row.title),
        (
            "organisation",
            around.organisation_name(known.organisation),
            around.organisation_name(row.organisation),
        ),
        ("unit", around.unit_name(known.unit), around.unit_name(row.unit)),
    )
    moved = {"organisation": known.organisation != row.organisation, "unit": known.unit != row.unit}
    return tuple(
        Change(_heading(PEOPLE_COLUMNS, name), before, after)
        for name, before, after in pairs
        if moved.get(name, before != after)
    )


def _unit(
    number: int,
    taken: dict[str, str],
    around: _Index,
    seen: dict[tuple[UUID | None, str], int],
    columns: Mapping[str, int],
) -> UnitRow:
    faults = _common(UNIT_COLUMNS, taken, {"name": 200, "code": 40})
    organisation, more = _organisation(taken.get("organisation", ""), around)
    faults += more
    if organisation is None and not more:
        heading = _heading(UNIT_COLUMNS, "organisation")
        faults.append(_fault(heading, say(gettext_noop("Skriv hvilken organisasjon tjenesten hører til."))))
    code = taken["code"]
    heading = _heading(UNIT_COLUMNS, "code")
    if not code:
        remedy = say(gettext_noop("Koden skiller tjenestene fra hverandre. Bruk for eksempel ansvarskoden."))
        faults.append(_fault(heading, say(gettext_noop("Kode mangler.")), remedy=remedy))
    elif (organisation, code) in seen:
        text = gettext_noop("Samme kode står i rad %(row)s.")
        faults.append(_fault(heading, say(text, row=seen[organisation, code]), code))
    seen.setdefault((organisation, code), number)
    answer = plain(taken.get("is_area", ""))
    if answer not in _YES | _NO:
        remedy = say(gettext_noop("Skriv ja eller nei."))
        faults.append(
            _fault(_heading(UNIT_COLUMNS, "is_area"), say(gettext_noop("Svaret er ikke ja eller nei.")), answer, remedy)
        )
    known = around.by_key.get((organisation, code)) if code else None
    if known and not known.is_active:
        remedy = say(gettext_noop("Ta den i bruk igjen først, eller velg en annen kode."))
        faults.append(_fault(heading, say(gettext_noop("Tjenesten med denne koden er avviklet.")), code, remedy))
    row = UnitRow(
        number,
        taken["name"],
        code,
        organisation,
        taken.get("parent", ""),
        answer in _YES,
        known.id if known else None,
    )
    if known and "parent" not in columns:
        row = replace(row, parent_code=around.code_of(known.parent))
    if known and "is_area" not in columns:
        row = replace(row, is_area=known.is_area)
    if faults:
        return replace(row, standing=Standing.FAULTY, faults=tuple(faults))
    if known is None:
        return row
    pairs = (
        ("name", known.name, row.name),
        ("parent", around.code_of(known.parent), row.parent_code),
        ("is_area", _yes_no(known.is_area), _yes_no(row.is_area)),
    )
    changes = tuple(Change(_heading(UNIT_COLUMNS, name), old, new) for name, old, new in pairs if old != new)
    return replace(row, changes=changes, standing=Standing.CHANGED if changes else Standing.UNCHANGED)


def _yes_no(value: bool) -> str:
    return "ja" if value else "nei"


def _with_parents(rows: list[UnitRow], around: Around) -> list[UnitRow]:
    """Mark rows whose way up ends in a code that is nowhere, or comes back to where it began.

    Faulty rows will not be written, so the tree is drawn with what stands in their place.
    """
    above = _codes_above(around)
    bad = {(row.organisation, row.code) for row in rows if row.standing is Standing.FAULTY} - above.keys()
    for row in rows:
        if row.standing is not Standing.FAULTY:
            above[row.organisation, row.code] = (row.organisation, row.parent_code) if row.parent_code else None
    rooted = _rooted(above)
    return [row if _is_placed(row, rooted) else _misplaced(row, above, bad) for row in rows]


def _is_placed(row: UnitRow, rooted: set[_Key]) -> bool:
    return row.standing is Standing.FAULTY or (row.organisation, row.code) in rooted


def _misplaced(row: UnitRow, above: Mapping[_Key, _Key | None], bad: set[_Key]) -> UnitRow:
    parent = (row.organisation, row.parent_code)
    if parent not in above and parent not in bad:
        message = say(gettext_noop("Ingen tjeneste i organisasjonen har denne koden."))
    elif _in_ring((row.organisation, row.code), above):
        message = say(gettext_noop("Tjenesten ville ligge under seg selv."))
    else:
        message = say(gettext_noop("Den overordnede tjenesten har feil i sin egen rad."))
    return unit_with_fault(row, _fault(_heading(UNIT_COLUMNS, "parent"), message, row.parent_code))


def _rooted(above: Mapping[_Key, _Key | None]) -> set[_Key]:
    """The units whose way up ends at a top."""
    verdicts: dict[_Key, bool] = {}
    for start in above:
        way: list[_Key] = []
        at: _Key | None = start
        while at is not None and at in above and at not in verdicts:
            verdicts[at] = False  # until the way is seen to end; meeting it again is a ring
            way.append(at)
            at = above[at]
        ends = at is None or verdicts.get(at, False)
        for key in way:
            verdicts[key] = ends
    return {key for key, right in verdicts.items() if right}


def _codes_above(around: Around) -> dict[_Key, _Key | None]:
    by_id = {unit.id: unit for unit in around.units}
    found: dict[_Key, _Key | None] = {}
    for unit in around.units:
        parent = by_id.get(unit.parent) if unit.parent else None
        # Units without a code cannot be named in a file, but a ring may pass through them.
        found[unit.organisation, unit.code or f"\0{unit.id}"] = (
            (parent.organisation, parent.code or f"\0{parent.id}") if parent else None
        )
    return found


def _in_ring(start: _Key, above: Mapping[_Key, _Key | None]) -> bool:
    at, seen = above.get(start), set()
    while at is not None and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = above.get(at)
    return False
