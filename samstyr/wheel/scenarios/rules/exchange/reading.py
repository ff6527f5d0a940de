"""The workbook's sheets as candidates with the cells that the file has, each with its faults."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from samstyr.foundation.kernel.errors import FieldError, Invalid
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .cells import CellReader, Content, Names, key_in
from .columns import PARTS, SHEETS, Words, places_of, plain
from .flat import TEXTS, Flat, name_of

MOST_ROWS = 10_000
# Before the name of a new candidate in a tie, until it has a key.
UNNUMBERED = "?"


@dataclass(frozen=True)
class Plain:
    """A sheet: the headings and the numbered rows."""

    header: Sequence[str]
    rows: Iterable[tuple[int, Sequence[Content]]]


@dataclass
class FileRow:
    """A candidate in the file. `mine` holds only the cells that the file has; `designation` is what the file calls
    a new one. `row` is None when only other sheets speak of it."""

    key: UUID | None = None
    number: int | None = None
    designation: str = ""
    row: int | None = None
    version: int | None = None
    mine: Flat = field(default_factory=dict)
    faults: list[FieldError] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)


@dataclass(frozen=True)
class Around:
    """What the file is read against: the present candidates by number, and the needs that one may come from."""

    words: Words
    names: Names
    numbers: Mapping[int, UUID]
    needs: Mapping[int, UUID] = field(default_factory=dict)


@dataclass
class Contents:
    """What was read: candidates in the file's order, and faults that belong to none of them."""

    rows: list[FileRow] = field(default_factory=list)
    loose: list[FieldError] = field(default_factory=list)


def read_portfolio(sheets: Mapping[str, Plain], around: Around) -> Contents:
    """The candidates of the file, whatever the order of their rows. Raises Invalid for a file that cannot be read."""
    if not set(sheets) & set(SHEETS):
        raise Invalid.field(
            "file",
            say(gettext_noop("Filen har ikke arket «%(sheet)s»."), sheet=say(SHEETS["candidates"])),
            remedy=say(gettext_noop("Hent porteføljen som Excel, endre i den filen, og last den opp.")),
        )
    return _Reader(around).read(sheets)


class _Reader:
    def __init__(self, around: Around) -> None:
        self.around = around
        self.found = Contents()
        self.by_number: dict[int, FileRow] = {}
        self.by_designation: dict[str, FileRow] = {}
        self.keys = {key: number for number, key in around.numbers.items()}

    def read(self, sheets: Mapping[str, Plain]) -> Contents:
        if "candidates" in sheets:
            self._candidates(sheets["candidates"])
        for part in PARTS:
            if part in sheets:
                self._part(part, sheets[part])
        return self.found

    def _reader(self, sheet: str, row: int) -> CellReader:
        return CellReader(sheet, row, self.around.words, self.around.names)

    def _candidates(self, sheet: Plain) -> None:
        places = places_of("candidates", sheet.header, self.around.words)
        rows = [(row, taken) for row, taken in _taken(sheet, places) if any(map(_filled, taken.values()))]
        if len(rows) > MOST_ROWS:
            raise Invalid.field(
                "file",
                say(gettext_noop("Filen har mer enn %(most)s kandidater."), most=MOST_ROWS),
                remedy=say(gettext_noop("Del den i flere filer, og last dem opp hver for seg.")),
            )
        numbered = {plain(taken.get("number")) for _row, taken in rows}
        for row, taken in rows:
            reader = self._reader("candidates", row)
            found = FileRow(row=row)
            self._identify(found, taken, reader, numbered)
            found.version = taken["version"] if isinstance(taken.get("version"), int) else None  # type: ignore[assignment]
            self._facts(found, taken, reader)
            found.faults += reader.faults
            self.found.rows.append(found)

    def _identify(self, found: FileRow, taken: Mapping[str, Content], reader: CellReader, numbered: set[str]) -> None:
        text, key = reader.text(taken.get("number")), key_in(taken.get("key"))
        spelled = plain(text)
        if not text or spelled.partition(" ")[0] in self.around.words.new:
            number = self.keys.get(key) if key else None
            if number is not None and not text and str(number) not in numbered:
                reader.fault(
                    "number", gettext_noop("Raden hører til kandidat %(number)s, men nummeret er borte."), "",
                    gettext_noop("Skriv nummeret tilbake. En ny kandidat skrives på en tom rad."), number=number,
                )  # fmt: skip
            self._new(found, spelled, reader)
            return
        if not spelled.isascii() or not spelled.isdigit() or int(spelled[:9]) not in self.around.numbers:
            reader.fault(
                "number", gettext_noop("Det finnes ingen kandidat med nummer «%(number)s»."), text,
                gettext_noop("La nummeret stå tomt for en ny kandidat."), number=text[:20],
            )  # fmt: skip
            return
        number = int(spelled[:9])
        if number in self.by_number:
            first = self.by_number[number]
            reader.fault(
                "number", gettext_noop("Kandidat %(number)s står også på rad %(row)s."), text,
                gettext_noop("Slett den ene raden. La nummeret stå tomt for en ny kandidat."),
                number=number, row=first.row,
            )  # fmt: skip
            return
        found.number, found.key = number, self.around.numbers[number]
        self.by_number[number] = found
        if key is not None and key != found.key:
            reader.fault(
                "number", gettext_noop("Nummeret %(number)s hører ikke til denne raden."), text,
                gettext_noop("Er bare noen av kolonnene sortert eller flyttet? Hent filen på nytt, og sorter hele arket."),
                number=number,
            )  # fmt: skip

    def _new(self, found: FileRow, spelled: str, reader: CellReader) -> None:
        if spelled in self.around.words.new:
            return
        if spelled and spelled in self.by_designation:
            reader.fault(
                "number", gettext_noop("To nye kandidater heter «%(name)s»."), spelled,
                gettext_noop("Kall dem ny 1, ny 2 og så videre."), name=spelled,
            )  # fmt: skip
        found.designation = spelled
        if spelled:
            self.by_designation.setdefault(spelled, found)

    def _facts(self, found: FileRow, taken: Mapping[str, Content], reader: CellReader) -> None:
        new = found.number is None
        yes = gettext_noop("Skriv ja eller nei.")
        read: dict[str, str | None] = {}
        for name, cell in taken.items():
            if name in ("focus_area", "cost_key"):
                read[name] = reader.named(name, f"{name}s", cell)
            elif name in TEXTS:
                read[name] = reader.text(cell)
            elif name == "area":
                read[name] = reader.named(name, "areas", cell)
            elif name == "organisations":
                read[name] = reader.organisations(cell)
            elif name == "value":
                read[name] = reader.points(name, cell, empty="" if new else None)
            elif name in ("risk", "duration"):
                read[name] = self._needed(name, cell, reader, {"risk": "0", "duration": "1"}[name] if new else None)
            elif name in ("earliest", "latest"):
                read[name] = reader.number(name, cell)
            elif name == "mandatory":
                read[name] = reader.code(name, "yes_no", cell, yes)
        read["dropped"] = self._dropped(taken, reader)
        self._need(found, taken, reader)
        found.mine |= {name: text for name, text in read.items() if text is not None}

    @staticmethod
    def _needed(name: str, cell: Content, reader: CellReader, empty: str | None) -> str | None:
        text = reader.number(name, cell, empty=empty or "")
        if text == "":
            reader.fault(name, gettext_noop("Feltet kan ikke være tomt."), "", gettext_noop("Skriv et tall."))
            return None
        return text

    @staticmethod
    def _dropped(taken: Mapping[str, Content], reader: CellReader) -> str | None:
        if "dropped" not in taken:
            return None
        said = reader.code("dropped", "dropped", taken["dropped"], gettext_noop("Skriv utgår, eller tøm cellen."))
        if not said:
            return said
        reason = reader.text(taken.get("dropped_reason"))
        if not reason:
            reader.fault("dropped_reason", gettext_noop("Skriv hvorfor kandidaten utgår."))
            return None
        return reason

    def _need(self, found: FileRow, taken: Mapping[str, Content], reader: CellReader) -> None:
        """A new candidate may come from a need; the number is looked up, and whether it may is told later."""
        text = reader.number("need", taken.get("need")) if "need" in taken else None
        if text is None:
            return
        if not text or int(text) in self.around.needs:
            found.mine["need"] = str(self.around.needs[int(text)]) if text else ""
            return
        reader.fault("need", gettext_noop("Det finnes ikke noe behov med nummer %(number)s."), text, number=text)

    def _part(self, part: str, sheet: Plain) -> None:
        places = places_of(part, sheet.header, self.around.words)
        read: list[_PartRow] = []
        for row, taken in _taken(sheet, places):
            if not any(_filled(cell) for name, cell in taken.items() if name not in ("row", "called")):
                continue
            reader = self._reader(part, row)
            owner = self._owner(taken.get("candidate"), reader)
            one = _PartRow(reader, owner, _origin(taken.get("row")))
            self._part_cells(one, taken)
            read.append(one)
            (owner.faults if owner else self.found.loose).extend(reader.faults)
        _place(read, self._of_number)

    def _owner(self, cell: Content, reader: CellReader) -> FileRow | None:
        spelled = plain(reader.text(cell))
        if spelled in self.by_designation:
            return self.by_designation[spelled]
        number = int(spelled[:9]) if spelled.isascii() and spelled.isdigit() else -1
        found = self._of_number(number)
        if found is None:
            reader.fault(
                "candidate", gettext_noop("Det finnes ingen kandidat med nummer «%(number)s»."), spelled,
                gettext_noop("Skriv et nummer fra arket Kandidater. En ny kandidat kalles det samme som der, som ny 1."),
                number=spelled[:20],
            )  # fmt: skip
        return found

    def _of_number(self, number: int) -> FileRow | None:
        """The candidate's row; made here when the first sheet does not have it."""
        if number not in self.by_number and number in self.around.numbers:
            row = FileRow(self.around.numbers[number], number)
            self.by_number[number] = row
            self.found.rows.append(row)
        return self.by_number.get(number)

    def _part_cells(self, one: _PartRow, taken: Mapping[str, Content]) -> None:
        reader, part = one.reader, one.reader.sheet
        remedy = gettext_noop("Skriv slett, eller tøm cellen.")
        one.delete = bool(reader.code("delete", "delete", taken.get("delete"), remedy))
        if one.delete and one.origin is not None:
            one.name, one.text = one.origin[1], ""
            return
        if part == "links":
            self._link(one, taken)
            return
        year = self._needed("year", taken.get("year"), reader, None)
        if part == "costs":
            kind = reader.code("kind", "cost_kinds", taken.get("kind"), gettext_noop("Skriv investering eller drift."))
            if kind == "":
                reader.fault("kind", gettext_noop("Velg investering eller drift."))
            source = reader.named("source", "sources", taken.get("source"))
            if kind and source is not None and year is not None:
                one.name = name_of(part, kind, source, int(year) - 1)
        else:
            role = reader.text(taken.get("role"))
            if not role:
                reader.fault("role", gettext_noop("Skriv hvilken rolle det gjelder, høyst 60 tegn."))
            elif year is not None:
                one.name = name_of(part, role, int(year) - 1)
        one.text = "" if one.delete else self._figure(taken, reader)

    def _figure(self, taken: Mapping[str, Content], reader: CellReader) -> str | None:
        continues = reader.code("continues", "yes_no", taken.get("continues"), gettext_noop("Skriv ja eller nei."))
        if reader.sheet == "staff":
            number = self._needed("hours", taken.get("hours"), reader, None)
        else:
            column, unit = ("thousands", 1000) if "thousands" in taken else ("amount", 1)
            amount = reader.money(column, taken[column], unit)
            number = None if amount is None else str(amount)
        return None if number is None or continues is None else number + ("+" if continues else "")

    def _link(self, one: _PartRow, taken: Mapping[str, Content]) -> None:
        reader = one.reader
        remedy = gettext_noop("Skriv forutsetter, utelukker eller minst ett av.")
        kind = reader.code("kind", "link_kinds", taken.get("kind"), remedy)
        if kind == "":
            reader.fault("kind", gettext_noop("Velg hva slags sammenheng det er."), "", remedy)
        if not kind:
            return
        one.text = "" if one.delete else "1"
        if kind == "one_of":
            group = reader.text(taken.get("group"))
            if not group:
                reader.fault("group", gettext_noop("Skriv et navn på gruppen, høyst 60 tegn."))
                return
            one.name = name_of("links", kind, "", group)
            return
        spelled = plain(reader.text(taken.get("other")))
        number = int(spelled[:9]) if spelled.isascii() and spelled.isdigit() else -1
        other = self.around.numbers.get(number)
        if other is None and spelled not in self.by_designation:
            reader.fault("other", gettext_noop("Det finnes ingen kandidat med dette nummeret."), spelled)
            return
        one.name = name_of("links", kind, other or f"{UNNUMBERED}{spelled}", "")


@dataclass
class _PartRow:
    """A row of costs, staff or ties: whose it is, where it was when the file was made, and what it says."""

    reader: CellReader
    owner: FileRow | None
    origin: tuple[int, str] | None
    name: str = ""
    text: str | None = None
    delete: bool = False


def _place(read: list[_PartRow], of_number: Callable[[int], FileRow | None]) -> None:
    """Put the rows with their candidates. One that was moved leaves its old place empty; a copy does not."""
    stayed = {one.origin for one in read if one.owner and one.origin == (one.owner.number, one.name)}
    seen: dict[tuple[int, str], int] = {}
    emptied: list[tuple[FileRow, str]] = []
    for one in read:
        if one.owner is None or one.text is None or not one.name:
            continue
        if one.origin is not None and one.origin not in stayed:
            stayed.add(one.origin)
            before = of_number(one.origin[0])
            if before is not None:
                emptied.append((before, one.origin[1]))
            if one.delete:
                continue
        place = (id(one.owner), one.name)
        if place in seen:
            one.reader.fault(
                "candidate", gettext_noop("Det samme står også på rad %(row)s."), "",
                gettext_noop("Slett den ene av de to radene."), row=seen[place],
            )  # fmt: skip
            one.owner.faults.append(one.reader.faults[-1])
            continue
        seen[place] = one.reader.row
        one.owner.mine[one.name] = one.text
    for owner, name in emptied:
        owner.mine.setdefault(name, "")


def origin_of(number: int, name: str) -> str:
    """What a part's hidden cell says of where the row was when the file was made."""
    return json.dumps([number, name])


def _origin(cell: Content) -> tuple[int, str] | None:
    try:
        number, name = json.loads(str(cell or ""))
    except (ValueError, TypeError):
        return None
    return (number, name) if isinstance(number, int) and isinstance(name, str) else None


def _taken(sheet: Plain, places: Mapping[str, int]) -> Iterable[tuple[int, dict[str, Content]]]:
    for row, cells in sheet.rows:
        yield row, {name: cells[at] if at < len(cells) else None for name, at in places.items()}


def _filled(cell: Content) -> bool:
    return cell is not None and bool(str(cell).strip())
