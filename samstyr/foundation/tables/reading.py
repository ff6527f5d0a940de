"""The one reader of spreadsheets: an Excel, OpenDocument or CSV file as a header and numbered rows, or a clear refusal.

Every refusal says which file, which row and column, what stood there, and what to do.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

import python_calamine

from samstyr.foundation.kernel.errors import FieldError, Invalid
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .archives import Sheet, ods_sheets_of, sheets_of

Cell = str | int | float | bool | date | datetime | None

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 200
# An OpenDocument file says what it is in its first, unpacked member.
_ODS_START = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Table:
    """What a file held: the header, and each row with its number in the sheet (the first is 1).

    Empty cells are None, whole numbers are int, and dates without a time are date. `notes` are things the
    person ought to know: other sheets that were not read, or the character set that was guessed.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    file_name: str = ""
    sheet: str = ""
    notes: tuple[Sentence, ...] = ()


def read_table(data: bytes, file_name: str) -> Table:
    """The first visible sheet with content of an xlsx or ods file, or a CSV file with semicolon, comma or tab.

    Raises Invalid on field ``file`` when the file is too big, of another kind, damaged, without a header, has
    merged cells, formulas that were never worked out, control characters, or more than 50 000 rows.
    """
    if not data:
        raise refusal(file_name, say(gettext_noop("Filen er tom.")))
    if len(data) > MOST_BYTES:
        raise _too_big(file_name)
    if data.startswith(b"PK"):
        return _read_book(data, file_name)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")) or b"<html" in data[:2000].lower():
        raise _wrong_kind(file_name)
    return _read_csv(data, file_name)


def refusal(
    file_name: str,
    message: Sentence,
    remedy: Sentence | str = "",
    *,
    row: int | None = None,
    column: str = "",
    value: object = "",
) -> Invalid:
    """A refusal of the file that says where in it the fault is."""
    return Invalid(place_fault("file", message, remedy, file_name=file_name, row=row, column=column, value=value))


def place_fault(
    field: str,
    message: Sentence,
    remedy: Sentence | str = "",
    *,
    file_name: str = "",
    row: int | None = None,
    column: str = "",
    value: object = "",
) -> FieldError:
    """One fault with its place in words before the message: file, row and column, as far as they are known."""
    shown = str(value)[:80]
    if row is not None and column:
        where = say(gettext_noop("%(file)s, rad %(row)s, kolonne %(column)s"), file=file_name, row=row, column=column)
    elif row is not None:
        where = say(gettext_noop("%(file)s, rad %(row)s"), file=file_name, row=row)
    else:
        where = say("%(file)s", file=file_name or say(gettext_noop("Filen")))
    if shown:
        full = say(
            gettext_noop("%(where)s: %(message)s Der står «%(value)s»."), where=where, message=message, value=shown
        )
    else:
        full = say("%(where)s: %(message)s", where=where, message=message)
    return FieldError(field, full, shown, remedy)


def plain(heading: object) -> str:
    """A heading as it is compared: small letters, no punctuation, single spaces."""
    text = unicodedata.normalize("NFKC", str(heading or "")).casefold()
    return " ".join(re.sub(r"[^\w]+", " ", text.replace("-", "")).split())


def match_columns(table: Table, known: Mapping[str, Sequence[str]], *, required: Iterable[str] = ()) -> dict[str, int]:
    """Which column fills which field: `known` gives each field the headings it goes by, the first one shown.

    Case, spaces and punctuation do not count; unknown headings are left out. Raises Invalid when a required
    column is missing or two columns fill the same field.
    """
    by_heading = {plain(name): field for field, names in known.items() for name in reversed(names)}
    found: dict[str, int] = {}
    for position, heading in enumerate(table.header):
        field = by_heading.get(plain(heading))
        if field is None:
            continue
        if field in found:
            raise refusal(
                table.file_name,
                say(
                    gettext_noop("To kolonner betyr det samme: «%(first)s» og «%(second)s»."),
                    first=table.header[found[field]],
                    second=heading,
                ),
                say(gettext_noop("Slett den ene, og last opp på nytt.")),
            )
        found[field] = position
    missing = [f"«{known[field][0]}»" for field in required if field not in found]
    if missing:
        raise refusal(
            table.file_name,
            say(gettext_noop("Kolonnen %(columns)s mangler."), columns=", ".join(missing)),
            say(gettext_noop("Overskriftene skal stå i første rad. Last ned malen for å se hvordan.")),
            value=", ".join(heading for heading in table.header if heading),
        )
    return found


def column_letters(position: int) -> str:
    """The letters that a spreadsheet gives a column: 0 is A, 26 is AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _wrong_kind(file_name: str) -> Invalid:
    return refusal(
        file_name,
        say(gettext_noop("Filen er verken en Excel-fil (xlsx), et OpenDocument-regneark (ods) eller en CSV-fil.")),
        say(gettext_noop("Åpne den i regnearket ditt, og lagre den som xlsx eller CSV.")),
    )


def read_sheets(data: bytes, file_name: str, wanted: Callable[[str], bool]) -> dict[str, Table]:
    """Every sheet that is `wanted` by name and has a header, hidden ones too, of an xlsx or ods file.

    Raises Invalid on field ``file`` as `read_table` does; a sheet that is not wanted is not unpacked.
    """
    if not data:
        raise refusal(file_name, say(gettext_noop("Filen er tom.")))
    if len(data) > MOST_BYTES:
        raise _too_big(file_name)
    if not data.startswith(b"PK"):
        raise refusal(
            file_name,
            say(gettext_noop("Filen er verken en Excel-fil (xlsx) eller et OpenDocument-regneark (ods).")),
            say(gettext_noop("Åpne den i regnearket ditt, og lagre den som xlsx.")),
        )
    found: dict[str, Table] = {}
    with _unpacking(file_name):
        sheets = [sheet for sheet in _sheets(data, file_name) if sheet.cells and wanted(sheet.name)]
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for sheet in sheets:
                _judge_sheet(sheet, file_name)
                content = book.get_sheet_by_name(sheet.name)
                _judge_merged(content, file_name)
                found[sheet.name] = _table(content.to_python(skip_empty_area=False), file_name, sheet.name, [])
    return found


def _sheets(data: bytes, file_name: str) -> list[Sheet]:
    is_ods = data[30:100].startswith(_ODS_START)
    return ods_sheets_of(data, file_name) if is_ods else sheets_of(data, file_name)


@contextmanager
def _unpacking(file_name: str) -> Iterator[None]:
    try:
        yield
    except Invalid:
        raise
    except Exception as fault:  # the reader has many kinds of fault; each means a damaged file
        raise refusal(
            file_name,
            say(gettext_noop("Filen lar seg ikke lese. Den kan være skadet eller låst med passord.")),
            say(gettext_noop("Åpne den i regnearket ditt, lagre en kopi uten passord, og last opp kopien.")),
        ) from fault


def _too_big(file_name: str) -> Invalid:
    return refusal(
        file_name,
        say(gettext_noop("Filen er større enn 10 MB.")),
        say(gettext_noop("Del den i flere filer, og last dem opp hver for seg.")),
    )


def _read_book(data: bytes, file_name: str) -> Table:
    with _unpacking(file_name):
        sheets = _sheets(data, file_name)
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for place, sheet in enumerate(sheets):
                if not sheet.visible or not sheet.cells:
                    continue
                _judge_sheet(sheet, file_name)
                content = book.get_sheet_by_name(sheet.name)
                _judge_merged(content, file_name)
                raw = content.to_python(skip_empty_area=False)
                unread = [other.name for other in sheets[place + 1 :] if other.visible and other.cells]
                notes = [_unread_note(sheet.name, unread)] if unread else []
                return _table(raw, file_name, sheet.name, notes)
    raise refusal(file_name, say(gettext_noop("Filen har ingen synlige rader.")))


def _unread_note(read: str, unread: list[str]) -> Sentence:
    return say(
        gettext_noop("Bare arket «%(sheet)s» er lest. Disse er ikke lest: %(unread)s."),
        sheet=read,
        unread=", ".join(f"«{name}»" for name in unread[:5]),
    )


def _judge_sheet(sheet: Sheet, file_name: str) -> None:
    """Refuse before the sheet is spread out in memory."""
    if sheet.last_row > MOST_ROWS + 1:
        raise _too_many_rows(file_name)
    if sheet.last_column > MOST_COLUMNS:
        raise _too_many_columns(file_name)
    if sheet.merged:
        raise _merged(file_name, sheet.merged)
    if sheet.unsolved:
        raise refusal(
            file_name,
            say(gettext_noop("Cellen %(cell)s har en formel som ikke er regnet ut."), cell=sheet.unsolved),
            say(gettext_noop("Åpne filen i regnearket ditt, lagre den, og last opp på nytt. Eller skriv inn verdien.")),
        )


def _judge_merged(content: python_calamine.CalamineSheet, file_name: str) -> None:
    for (top, left), (bottom, right) in content.merged_cell_ranges or ():
        cells = f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
        raise _merged(file_name, cells, row=top + 1, column=column_letters(left))


def _merged(file_name: str, cells: str, *, row: int | None = None, column: str = "") -> Invalid:
    return refusal(
        file_name,
        say(gettext_noop("Cellene %(cells)s er slått sammen, så vi vet ikke hvilken rad de hører til."), cells=cells),
        say(gettext_noop("Marker arket, opphev sammenslåingen, fyll inn i hver celle, og last opp på nytt.")),
        row=row,
        column=column,
    )


def _too_many_rows(file_name: str) -> Invalid:
    return refusal(
        file_name,
        say(gettext_noop("Filen har mer enn 50 000 rader.")),
        say(gettext_noop("Del den i flere filer, eller slett tomme rader nederst.")),
    )


def _too_many_columns(file_name: str) -> Invalid:
    return refusal(
        file_name,
        say(gettext_noop("Filen har mer enn 200 kolonner.")),
        say(gettext_noop("Slett kolonner til høyre som ikke skal leses inn.")),
    )


def _read_csv(data: bytes, file_name: str) -> Table:
    text, notes = _decoded(data, file_name)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True):
            rows.append(row)
            if len(rows) > MOST_ROWS + 1:
                raise _too_many_rows(file_name)
            if len(row) > MOST_COLUMNS:
                raise _too_many_columns(file_name)
    except csv.Error as fault:
        raise refusal(
            file_name,
            say(gettext_noop("Raden lar seg ikke lese. Et anførselstegn mangler, eller en celle er altfor lang.")),
            say(gettext_noop("Rett raden, eller lagre filen på nytt fra regnearket ditt.")),
            row=len(rows) + 1,
        ) from fault
    return _table(rows, file_name, "", notes)


def _decoded(data: bytes, file_name: str) -> tuple[str, list[Sentence]]:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in data and not wide:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise refusal(
            file_name,
            say(gettext_noop("Filen har tegn som ikke er tekst.")),
            say(gettext_noop("Lagre den på nytt som CSV eller xlsx fra regnearket ditt.")),
            row=line,
        )
    try:
        return data.decode("utf-16" if wide else "utf-8-sig"), []
    except UnicodeDecodeError as fault:
        if wide:
            raise _wrong_kind(file_name) from fault
    try:
        note = say(gettext_noop("Filen er lest med tegnsettet Windows-1252. Se etter at æ, ø og å er riktige."))
        return data.decode("cp1252"), [note]
    except UnicodeDecodeError as fault:
        raise _wrong_kind(file_name) from fault


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = re.sub(r'"[^"]*"', "", first)
    return max(";,\t", key=lambda mark: (outside.count(mark), mark == ";"))


def _table(raw: Sequence[Sequence[object]], file_name: str, sheet: str, notes: list[Sentence]) -> Table:
    header: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    for number, cells in enumerate(raw, start=1):
        values = tuple(_cell(cell, file_name, number, at) for at, cell in enumerate(cells))
        if all(value is None for value in values):
            continue
        if not header:
            header = _header(values, file_name, number)
        else:
            rows.append((number, values))
    if not header:
        raise refusal(file_name, say(gettext_noop("Filen har ingen rader.")))
    return Table(header, tuple(rows), file_name, sheet, tuple(notes))


def _header(values: tuple[Cell, ...], file_name: str, number: int) -> tuple[str, ...]:
    if not any(isinstance(value, str) for value in values):
        raise refusal(
            file_name,
            say(gettext_noop("Første rad må være overskrifter.")),
            say(gettext_noop("Sett inn en rad øverst med navnet på hver kolonne.")),
            row=number,
            value=next(value for value in values if value is not None),
        )
    names = ["" if value is None else " ".join(str(value).split()) for value in values]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _cell(value: object, file_name: str, row: int, position: int) -> Cell:
    if isinstance(value, str):
        text = value.replace("\r\n", "\n").strip()
        if _CONTROL.search(text):
            raise refusal(
                file_name,
                say(gettext_noop("Cellen har usynlige styretegn.")),
                say(gettext_noop("Slett innholdet i cellen, og skriv det på nytt.")),
                row=row,
                column=column_letters(position),
            )
        return text or None
    if isinstance(value, datetime):
        return value.date() if (value.hour, value.minute, value.second) == (0, 0, 0) else value
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if value is None or isinstance(value, bool | int | float | date):
        return value
    return str(value)
