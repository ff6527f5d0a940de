"""Looking into an Office file before anything unpacks it: sizes, macros, and how far a sheet stretches."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape

from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

MOST_UNPACKED = 150 * 1024 * 1024
MOST_MEMBERS = 2000
_CHUNK = 1024 * 1024
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\sr="(\d{1,9})"[^>]*(?<!/)>')
_CELL = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\sr="([A-Z]{1,4})(\d{1,9})"[^>]*(?<!/)>'
    rb"(\s*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>)?"
)

# Tags as every spreadsheet program writes them. What is written otherwise could hide how far a sheet stretches.
_STARTS = re.compile(rb"<(?:\w+:)?(?:c|row|table|table-row|table-cell|covered-table-cell)[\s/>]")
_PLAIN = re.compile(
    rb"<(?:\w+:)?(?:c|row|table|table-row|table-cell|covered-table-cell)"
    rb'(?:\s+[\w:.-]+="[^"<>]*")*\s*/?>'
)
_ODS = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)(\s[^>]*)?>")
_ODS_NUMBER = re.compile(rb'table:number-([\w-]+)="(\d{1,9})"')


@dataclass(frozen=True)
class Sheet:
    """A sheet as its text says: how many filled cells, the last row and column, a formula without a value."""

    name: str
    visible: bool
    cells: int
    last_row: int
    last_column: int
    unsolved: str = ""
    merged: str = ""


def sheets_of(data: bytes, file_name: str) -> list[Sheet]:
    """The worksheets in their order. Raises Invalid unless it is a whole xlsx file that is safe to unpack."""
    with open_safely(data, file_name) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names:
            raise _fault(
                file_name,
                gettext_noop("Filen er ikke en Excel-fil (xlsx)."),
                gettext_noop("Åpne den i regnearket ditt, og lagre den som xlsx eller CSV."),
            )
        if any(name.endswith("vbaProject.bin") for name in names):
            raise _fault(
                file_name,
                gettext_noop("Filen har makroer."),
                gettext_noop("Lagre den som xlsx uten makroer, og last opp på nytt."),
            )
        found = []
        for name, visible, target in _worksheets(archive):
            if target in names:
                text = archive.read(target)
                _require_plain(text, file_name)
                found.append(_measured(name, visible, text))
        return found


def _require_plain(text: bytes, file_name: str) -> None:
    if len(_STARTS.findall(text)) != len(_PLAIN.findall(text)):
        raise _fault(
            file_name,
            gettext_noop("Filen er skrevet på en uvanlig måte."),
            gettext_noop("Åpne den i regnearket ditt, lagre den på nytt, og last opp igjen."),
        )


def ods_sheets_of(data: bytes, file_name: str) -> list[Sheet]:
    """The sheets of an OpenDocument spreadsheet, with repeated rows and cells counted before they are spread out."""
    with open_safely(data, file_name) as archive:
        text = archive.read("content.xml")
    _require_plain(text, file_name)
    found: list[Sheet] = []
    row = column = repeats = 0
    for match in _ODS.finditer(text):
        tag, given = match[1], {name: int(number) for name, number in _ODS_NUMBER.findall(match[2] or b"")}
        if tag == b"table":
            found.append(Sheet(_attributes(match[0]).get("table:name", ""), True, 0, 0, 0))
            row = column = 0
        elif found and tag == b"table-row":
            row, column = row + repeats, 0
        if tag in (b"table", b"table-row"):
            repeats = given.get(b"rows-repeated", 1) if tag == b"table-row" else 0
            continue
        if found:
            times = given.get(b"columns-repeated", 1)
            found[-1] = _with_cell(found[-1], match[2] or b"", given, row + repeats, column, times)
            column += times
    return found


def _with_cell(
    sheet: Sheet, attributes: bytes, given: dict[bytes, int], last_row: int, column: int, times: int
) -> Sheet:
    place = f"{_letters(column)}{last_row}"
    if given.get(b"columns-spanned", 1) > 1 or given.get(b"rows-spanned", 1) > 1:
        sheet = replace(sheet, merged=sheet.merged or place)
    filled = b"office:" in attributes
    if b"formula" in attributes and not filled:
        sheet = replace(sheet, unsolved=sheet.unsolved or place)
    if not filled:
        return sheet
    return replace(
        sheet,
        cells=sheet.cells + 1,
        last_row=max(sheet.last_row, last_row),
        last_column=max(sheet.last_column, column + times),
    )


def _letters(position: int) -> str:
    letters, position = "", position + 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def open_safely(data: bytes, file_name: str) -> zipfile.ZipFile:
    """The archive, once its directory and true sizes are known to be reasonable. Raises Invalid."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
        if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
            raise _bomb(file_name)
        if any(member.flag_bits & 0x1 for member in members):
            raise _fault(
                file_name,
                gettext_noop("Filen er låst med passord."),
                gettext_noop("Lagre en kopi uten passord, og last opp kopien."),
            )
        for member in members:
            if _true_size(data, member) != member.file_size:
                raise _bomb(file_name)
    except (zipfile.BadZipFile, zlib.error, ValueError, IndexError, OSError, NotImplementedError) as fault:
        raise _fault(
            file_name,
            gettext_noop("Filen er skadet."),
            gettext_noop("Åpne den i regnearket ditt, lagre den på nytt, og last opp igjen."),
        ) from fault
    return archive


def _true_size(data: bytes, member: zipfile.ZipInfo) -> int:
    """How many bytes the member really unpacks to, counted no further than just past what it claims."""
    at = member.header_offset
    start = (
        at + 30 + int.from_bytes(data[at + 26 : at + 28], "little") + int.from_bytes(data[at + 28 : at + 30], "little")
    )
    packed = data[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        return len(packed)
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError
    engine, size = zlib.decompressobj(-15), 0
    while packed and not engine.eof and size <= member.file_size:
        size += len(engine.decompress(packed, _CHUNK))
        packed = engine.unconsumed_tail
    return size if packed or engine.eof else size + len(engine.flush())


def _worksheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, bool, str]]:
    relations = {
        values.get("Id", ""): values.get("Target", "")
        for values in map(_attributes, _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")))
    }
    for values in map(_attributes, _SHEET.findall(archive.read("xl/workbook.xml"))):
        relation = next((value for name, value in values.items() if name.endswith(":id")), "")
        target = relations.get(relation, "")
        target = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        yield values.get("name", ""), values.get("state", "visible") == "visible", target


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        name.decode(): unescape((one or two).decode("utf-8", "replace")) for name, one, two in _ATTRIBUTE.findall(tag)
    }


def _measured(name: str, visible: bool, text: bytes) -> Sheet:
    cells = last_row = last_column = 0
    unsolved = ""
    for match in _CELL.finditer(text):
        cells += 1
        last_row = max(last_row, int(match[2]))
        last_column = max(last_column, _number(match[1]))
        if match[3] and not unsolved:
            unsolved = (match[1] + match[2]).decode()
    for match in _ROW.finditer(text):
        last_row = max(last_row, int(match[1])) if cells == 0 else last_row
    if cells == 0 and re.search(rb"<(?:\w+:)?v>|<(?:\w+:)?is>", text):
        cells = 1
    return Sheet(name, visible, cells, last_row, last_column, unsolved)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _bomb(file_name: str) -> Invalid:
    return _fault(
        file_name,
        gettext_noop("Filen blir for stor når den pakkes ut."),
        gettext_noop("Slett bilder og ubrukte ark, og last opp på nytt."),
    )


def _fault(file_name: str, message: str, remedy: str) -> Invalid:
    return Invalid.field("file", say("%(file)s: %(message)s", file=file_name, message=say(message)), remedy=say(remedy))
