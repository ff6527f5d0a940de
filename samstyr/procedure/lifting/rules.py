"""What a lifted case must carry, and how its code is written. No database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from samstyr.foundation.kernel.errors import FieldError, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

CODE_LASTS_DAYS = 14
LONGEST_TITLE, LONGEST_TEXT, LONGEST_CODE = 300, 100_000, 200
PRIORITIES = ("high", "normal", "low")


@dataclass(frozen=True)
class FileCopy:
    """A file that goes along, with the access code it has where it comes from."""

    title: str
    file_name: str
    content: bytes
    exempt: bool = False
    legal_basis: str = ""
    public_title: str = ""


@dataclass(frozen=True)
class Package:
    """What is sent. `shielded` names what is exempt from public access and was left behind."""

    title: str
    background: str
    question: str
    priority: str = "normal"
    files: tuple[FileCopy, ...] = ()
    shielded: tuple[str, ...] = field(default_factory=tuple)


def package_faults(package: Package) -> list[FieldError]:
    """Everything that must be mended before the package is sent."""
    faults = []
    for name, text, most in (
        ("title", package.title, LONGEST_TITLE),
        ("background", package.background, LONGEST_TEXT),
        ("question", package.question, LONGEST_TEXT),
    ):
        if not text.strip():
            faults.append(FieldError(name, say(gettext_noop("Fyll ut dette før saken løftes."))))
        elif len(text) > most or "\0" in text:
            faults.append(
                FieldError(
                    name, say(gettext_noop("Teksten er for lang eller har tegn som ikke kan lagres.")), text[:50]
                )
            )
    if package.priority not in PRIORITIES:
        faults.append(FieldError("priority", say(gettext_noop("Velg en prioritet.")), package.priority))
    return faults


def split_code(code: str) -> tuple[str, str]:
    """The arrangement's address name and the secret in a code. Raises Invalid for what is no code."""
    slug, _dot, secret = code.strip().partition(".")
    if not slug or not secret or len(code) > LONGEST_CODE or not code.isascii():
        raise Invalid.field("code", say(gettext_noop("Dette er ikke en kode fra en annen styringsordning.")))
    return slug, secret


def chain(parts: Sequence[str]) -> str:
    """How a case goes, here and where it was lifted on to, as one line of at most 300 characters."""
    return " → ".join(part for part in parts if part)[:300]
