"""What a source must tell. No database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from samstyr.foundation.governance.rules.gates import SourceKind
from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import gettext_noop, say

KINDS: tuple[str, ...] = SourceKind.__args__  # type: ignore[attr-defined]
POLITICAL_CASE, TREND = "political_case", "trend"
AVAILABLE = ("now", "soon", "later")
# What can point to a source.
OWNERS = frozenset({"case", "matter", "need"})
LIMITS = {"title": 300, "issuer": 200, "number": 60, "address": 500, "text": 20_000}
KIND_WORDS = {
    "political_case": gettext_noop("politisk sak"),
    "guidance": gettext_noop("krav eller anbefaling"),
    "strategy": gettext_noop("strategi"),
    "trend": gettext_noop("trend"),
    "guide": gettext_noop("veileder"),
    "law": gettext_noop("lov eller forskrift"),
    "other": gettext_noop("annet"),
}


@dataclass(frozen=True)
class SourceValues:
    """A source as given. A political case has the body that treated it, its number and its date."""

    kind: str
    title: str
    issuer: str = ""
    number: str = ""
    dated: date | None = None
    address: str = ""
    text: str = ""
    availability: str = ""


def faults(values: SourceValues, today: date) -> list[FieldError]:
    """Everything that must be mended before it is kept."""
    found = []
    if values.kind not in KINDS:
        found.append(FieldError("kind", say(gettext_noop("Velg hva slags kilde det er.")), values.kind))
    for name, most in LIMITS.items():
        value = getattr(values, name)
        if len(value) > most or "\0" in value:
            found.append(
                FieldError(
                    name, say(gettext_noop("Teksten er for lang eller har tegn som ikke kan lagres.")), value[:50]
                )
            )
    if not values.title.strip():
        found.append(FieldError("title", say(gettext_noop("Gi kilden en tittel."))))
    if values.kind == POLITICAL_CASE:
        for name, empty in (
            ("issuer", not values.issuer.strip()),
            ("number", not values.number.strip()),
            ("dated", values.dated is None),
        ):
            if empty:
                found.append(FieldError(name, say(gettext_noop("En politisk sak har organ, saksnummer og dato."))))
        if values.dated is not None and values.dated > today:
            found.append(
                FieldError(
                    "dated", say(gettext_noop("Skriv dagen saken ble behandlet, i dag eller før.")), str(values.dated)
                )
            )
    if values.kind == TREND and values.availability not in AVAILABLE:
        found.append(FieldError("availability", say(gettext_noop("Velg når det kan tas i bruk.")), values.availability))
    if values.address.strip() and not values.address.strip().startswith(("https://", "http://")):
        found.append(FieldError("address", say(gettext_noop("Adressen må begynne med https://.")), values.address[:50]))
    return found


def lacking(wanted: Collection[str], cited: Collection[str]) -> list[str]:
    """The kinds of source that must be pointed to and are not, in the order wanted."""
    return [kind for kind in wanted if kind not in cited]
