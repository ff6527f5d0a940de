"""Public identifiers: organisation and municipality numbers."""

from __future__ import annotations

from .errors import Invalid
from .text import gettext_noop, say

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def organisation_number(text: str, *, field: str = "organisation_number") -> str:
    """The nine digits of an organisasjonsnummer, spaces removed, control digit checked (mod 11).

    Raises Invalid naming what is wrong. Source: Brønnøysundregistrene, weights 3 2 7 6 5 4 3 2.
    """
    digits = "".join(text.split())
    if len(digits) != 9 or not digits.isascii() or not digits.isdigit():
        raise Invalid.field(
            field,
            say(gettext_noop("Organisasjonsnummeret må ha ni sifre.")),
            value=text,
            remedy=say(gettext_noop("Slå det opp i Enhetsregisteret.")),
        )
    remainder = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False)) % 11
    control = 0 if remainder == 0 else 11 - remainder
    if control != int(digits[8]):
        raise Invalid.field(
            field,
            say(gettext_noop("Kontrollsifferet i organisasjonsnummeret stemmer ikke.")),
            value=text,
            remedy=say(gettext_noop("Se etter om et siffer er skrevet feil.")),
        )
    return digits


def municipality_number(text: str, *, field: str = "municipality_number") -> str:
    """The four digits of a kommunenummer, leading zero kept. Raises Invalid."""
    digits = text.strip()
    if len(digits) != 4 or not digits.isascii() or not digits.isdigit():
        raise Invalid.field(
            field,
            say(gettext_noop("Kommunenummeret må ha fire sifre, for eksempel 0301.")),
            value=text,
        )
    return digits


def spaced(number: str) -> str:
    """An organisation number as people read it: 940 155 223, with non-breaking spaces."""
    return "\u00a0".join((number[:3], number[3:6], number[6:]))
