"""The workbook's sheets, columns and fixed words, and how they are recognised in each of the languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

# Sheets that nobody is meant to open; their names are the same in every language.
BASELINE_SHEET, LIST_SHEET = "samstyr-grunnlag", "samstyr-valg"
SHEETS = {
    "candidates": gettext_noop("Kandidater"),
    "costs": gettext_noop("Kostnader"),
    "staff": gettext_noop("Bemanning"),
    "links": gettext_noop("Avhengigheter"),
}
GUIDE_SHEET = gettext_noop("Slik bruker du filen")
PARTS = ("costs", "staff", "links")


@dataclass(frozen=True)
class Column:
    """A column: its name in the code, what stands in its heading, and how it looks."""

    name: str
    heading: str
    width: int = 14
    hidden: bool = False
    options: str = ""
    number: str = ""


_NUMBER, _KEY, _VERSION = (
    gettext_noop("Nummer"),
    gettext_noop("Nøkkel (ikke endre)"),
    gettext_noop("Versjon (ikke endre)"),
)
_OF, _ROW, _CALLED = (
    gettext_noop("Kandidat"),
    gettext_noop("Rad (ikke endre)"),
    gettext_noop("Tiltak (blir ikke lest)"),
)
_DELETE, _YEAR = gettext_noop("Slett raden"), gettext_noop("År fra start (1 er det første)")
_CONTINUES = gettext_noop("Fortsetter hvert år")
_START = (Column("candidate", _OF, 10), Column("row", _ROW, 10, hidden=True), Column("called", _CALLED, 30))

COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "candidates": (
        Column("number", _NUMBER, 9),
        Column("key", _KEY, 10, hidden=True),
        Column("version", _VERSION, 10, hidden=True),
        Column("title", gettext_noop("Tittel"), 40),
        Column("need", gettext_noop("Behov nr."), 9),
        Column("organisations", gettext_noop("Kommuner (skill med semikolon)"), 28),
        Column("area", gettext_noop("Tjenesteområde"), 22, options="areas"),
        Column("focus_area", gettext_noop("Satsingsområde"), 22, options="focus_areas"),
        Column("kind", gettext_noop("Slag"), 18, options="kinds"),
        Column("owner", gettext_noop("Eier"), 20),
        Column("description", gettext_noop("Beskrivelse"), 40),
        Column("value", gettext_noop("Verdi (0–100 poeng)"), 10, number="0.00"),
        Column("value_reason", gettext_noop("Begrunnelse for verdien"), 28),
        Column("risk", gettext_noop("Risiko (0–100)"), 9, number="0"),
        Column("mandatory", gettext_noop("Må gjennomføres"), 12, options="yes_no"),
        Column("mandatory_reason", gettext_noop("Lov eller avtale"), 28),
        Column("earliest", gettext_noop("Tidligste startår"), 10, number="0"),
        Column("latest", gettext_noop("Seneste startår"), 10, number="0"),
        Column("duration", gettext_noop("Varighet (år)"), 9, number="0"),
        Column("cost_key", gettext_noop("Fordelingsnøkkel"), 22, options="cost_keys"),
        Column("dropped", gettext_noop("Utgår"), 10, options="dropped"),
        Column("dropped_reason", gettext_noop("Begrunnelse for at den utgår"), 28),
    ),
    "costs": (
        *_START,
        Column("kind", gettext_noop("Art"), 14, options="cost_kinds"),
        Column("source", gettext_noop("Kilde"), 24, options="sources"),
        Column("year", _YEAR, 12, number="0"),
        Column("amount", gettext_noop("Beløp (kroner)"), 14, number="#,##0"),
        Column("thousands", gettext_noop("Beløp (1 000 kr)"), 14, number="#,##0.###"),
        Column("continues", _CONTINUES, 12, options="yes_no"),
        Column("delete", _DELETE, 10, options="delete"),
    ),
    "staff": (
        *_START,
        Column("role", gettext_noop("Rolle"), 24, options="roles"),
        Column("year", _YEAR, 12, number="0"),
        Column("hours", gettext_noop("Timer"), 10, number="#,##0"),
        Column("continues", _CONTINUES, 12, options="yes_no"),
        Column("delete", _DELETE, 10, options="delete"),
    ),
    "links": (
        *_START,
        Column("kind", gettext_noop("Sammenheng"), 22, options="link_kinds"),
        Column("other", gettext_noop("Annen kandidat"), 12),
        Column("group", gettext_noop("Gruppe (for minst ett av)"), 24),
        Column("delete", _DELETE, 10, options="delete"),
    ),
}
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "candidates": ("number",),
    "costs": ("candidate", "kind", "source", "year"),
    "staff": ("candidate", "role", "year", "hours"),
    "links": ("candidate", "kind"),
}
# Fixed words in the cells: what they stand for, and how they are written.
CODES: Mapping[str, Mapping[str, str]] = {
    "yes_no": {"1": gettext_noop("ja"), "": gettext_noop("nei")},
    "cost_kinds": {"investment": gettext_noop("investering"), "operating": gettext_noop("drift")},
    "link_kinds": {
        "needs": gettext_noop("forutsetter"),
        "excludes": gettext_noop("utelukker"),
        "one_of": gettext_noop("minst ett av"),
    },
    "dropped": {"1": gettext_noop("utgår")},
    "delete": {"1": gettext_noop("slett")},
}
NEW_WORD = gettext_noop("ny")


@dataclass(frozen=True)
class Words:
    """How sheets, headings and fixed words are recognised, in plain spelling."""

    sheets: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    new: frozenset[str] = frozenset()


def plain(heading: object) -> str:
    """Small letters, no punctuation, single spaces."""
    text = unicodedata.normalize("NFKC", str(heading or "")).casefold()
    return " ".join(re.sub(r"[^\w]+", " ", text).split())


def words_in(spellings: Callable[[str], Iterable[str]]) -> Words:
    """What is recognised, when `spellings` gives a source text in every language."""
    yes_no = {"j": "1", "x": "1", "yes": "1", "1": "1", "true": "1", "sann": "1", "n": "", "no": "", "0": "", "": ""}
    yes_no |= {"false": "", "usann": ""}
    codes = {
        name: {plain(text): code for code, word in known.items() for text in spellings(word)}
        for name, known in CODES.items()
    }
    codes["yes_no"] = yes_no | codes["yes_no"]
    return Words(
        sheets={plain(text): name for name, word in SHEETS.items() for text in spellings(word)},
        headings={
            sheet: {plain(text): column.name for column in columns for text in spellings(column.heading)}
            for sheet, columns in COLUMNS.items()
        },
        codes=codes,
        new=frozenset(plain(text) for text in spellings(NEW_WORD)),
    )


def places_of(sheet: str, header: Sequence[str], words: Words) -> dict[str, int]:
    """Which column fills which field of the sheet; unknown headings are left out.

    Raises Invalid when a column that the rows cannot be told apart without is missing, or stands twice.
    """
    found: dict[str, int] = {}
    for position, heading in enumerate(header):
        name = words.headings[sheet].get(plain(heading))
        if name is None:
            continue
        if name in found or (name in ("amount", "thousands") and {"amount", "thousands"} & set(found)):
            raise Invalid.field(
                "file",
                say(
                    gettext_noop("Arket «%(sheet)s» har to kolonner som betyr det samme: «%(heading)s»."),
                    sheet=say(SHEETS[sheet]),
                    heading=heading,
                ),
                remedy=say(gettext_noop("Slett den ene, og last opp på nytt.")),
            )
        found[name] = position
    missing = [name for name in REQUIRED[sheet] if name not in found]
    if sheet == "costs" and not {"amount", "thousands"} & set(found):
        missing.append("amount")
    if missing:
        names = [say(column.heading) for column in COLUMNS[sheet] if column.name in missing]
        raise Invalid.field(
            "file",
            say(
                gettext_noop("Arket «%(sheet)s» mangler kolonnen %(columns)s."),
                sheet=say(SHEETS[sheet]),
                columns=", ".join(f"«{name}»" for name in names),
            ),
            remedy=say(gettext_noop("Overskriftene skal stå i første rad. Hent filen på nytt for å se hvordan.")),
        )
    return found


def heading_of(sheet: str, name: str) -> str:
    """What the column is called."""
    return next(column.heading for column in COLUMNS[sheet] if column.name == name)


def unread(sheet: str, header: Sequence[str], words: Words) -> list[str]:
    """Headings that nothing is filled from, so that nobody believes they were read."""
    return [str(heading) for heading in header if heading and plain(heading) not in words.headings[sheet]]
