"""What a file may be called and be. Pure: bytes and names in, a verdict out."""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from pathlib import PurePosixPath

import filetype

from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tables.archives import open_safely

MOST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 100
TENANT_BYTES = 5 * 1024 * 1024 * 1024

_OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": _OFFICE + "wordprocessingml.document",
    "xlsx": _OFFICE + "spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}
_TEXT = frozenset({"txt", "csv", "md"})
_IMAGES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
_OFFICE_FOLDERS = {"docx": "word/", "xlsx": "xl/"}
# Characters that nobody sees, or that turn the direction of the text and so hide a file's kind.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_UNSAFE = re.compile(r'[<>:"|?*\\/;]')
_MARKUP = re.compile(rb"<\s*(?:!doctype\s+html|html|script|svg|iframe|body|head)\b", re.IGNORECASE)


def clean_file_name(name: str) -> str:
    """The name without path, unseen characters and signs that systems mistake; at most 100 characters, kind kept."""
    text = unicodedata.normalize("NFC", name)
    text = _UNSEEN.sub("", text.replace("\\", "/")).rpartition("/")[2]
    text = " ".join(_UNSAFE.sub("_", text).split()).strip(". ")
    if not text:
        return "fil"
    path = PurePosixPath(text)
    stem, suffix = path.stem, path.suffix[:20]
    return f"{stem[: LONGEST_NAME - len(suffix)].rstrip()}{suffix}"


def content_type_of(data: bytes, file_name: str) -> str:
    """The content type, once name and content agree that it is a kind we take.

    Raises Invalid on field ``file`` for an empty or too large file, another kind, macros, or a content that is not
    what the name says.
    """
    kind = PurePosixPath(file_name).suffix.lstrip(".").lower()
    if not data:
        raise _refused(file_name, gettext_noop("Filen er tom."))
    if len(data) > MOST_BYTES:
        raise _refused(
            file_name, gettext_noop("Filen er større enn 10 MB."), gettext_noop("Del den, eller gjør bildene mindre.")
        )
    if kind not in TYPES:
        raise _refused(
            file_name,
            gettext_noop("Denne filtypen tar vi ikke imot."),
            gettext_noop("Lagre den som pdf, docx, xlsx, odt, ods, png, jpg, txt, csv eller md."),
        )
    if not _is(kind, data, file_name):
        raise _refused(
            file_name,
            gettext_noop("Innholdet er ikke det filnavnet sier."),
            gettext_noop("Åpne filen i programmet den ble laget i, og lagre den på nytt."),
        )
    return TYPES[kind]


def _is(kind: str, data: bytes, file_name: str) -> bool:
    if kind in _TEXT:
        return b"\0" not in data and not _MARKUP.search(data[:4096]) and not filetype.guess_mime(data)
    if kind == "pdf":
        return data.startswith(b"%PDF-")
    if kind in _IMAGES:
        return bool(filetype.guess_mime(data) == _IMAGES[kind])
    if not data.startswith(b"PK"):
        return False
    with open_safely(data, file_name) as archive:
        names = archive.namelist()
        if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
            raise _refused(
                file_name,
                gettext_noop("Filen har makroer."),
                gettext_noop("Lagre den uten makroer, og last opp på nytt."),
            )
        if kind in _OFFICE_FOLDERS:
            return "[Content_Types].xml" in names and any(name.startswith(_OFFICE_FOLDERS[kind]) for name in names)
        try:
            return archive.read("mimetype").decode("ascii", "replace").strip() == TYPES[kind]
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError):
            return False


def legal_basis(exempt: bool, basis: str) -> str:
    """What is exempt from public access says by which law. Raises Invalid."""
    text = " ".join(basis.split())
    if exempt and not text:
        raise Invalid.field(
            "legal_basis",
            say(gettext_noop("Skriv hvilken lovhjemmel som unntar filen fra offentlighet.")),
            remedy=say(gettext_noop("For eksempel offentleglova § 13 jf. forvaltningsloven § 13.")),
        )
    return text if exempt else ""


def _refused(file_name: str, message: str, remedy: str = "") -> Invalid:
    return Invalid.field(
        "file",
        say("%(file)s: %(message)s", file=file_name, message=say(message)),
        value=file_name,
        remedy=say(remedy) if remedy else "",
    )
