"""Names of periods, and of how far a report has come, in the language in force."""

from __future__ import annotations

from datetime import date

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from ..rules.periods import MEETING, MONTHS, ROUND, Standing

MONTH_NAMES = (
    gettext_noop("januar"), gettext_noop("februar"), gettext_noop("mars"), gettext_noop("april"), gettext_noop("mai"),
    gettext_noop("juni"), gettext_noop("juli"), gettext_noop("august"), gettext_noop("september"),
    gettext_noop("oktober"), gettext_noop("november"), gettext_noop("desember"),
)  # fmt: skip
PARTS = {
    "quarter": gettext_noop("%(number)s. kvartal %(year)s"),
    "tertial": gettext_noop("%(number)s. tertial %(year)s"),
    "half_year": gettext_noop("%(number)s. halvår %(year)s"),
}
STANDINGS = {
    Standing.UPCOMING: gettext_noop("Ikke klar ennå"),
    Standing.DUE: gettext_noop("Skal skrives"),
    Standing.DRAFT: gettext_noop("Utkast"),
    Standing.LATE: gettext_noop("Over fristen"),
    Standing.MISSING: gettext_noop("Mangler"),
    Standing.SENT: gettext_noop("Sendt"),
    Standing.SENT_LATE: gettext_noop("Sendt for sent"),
}
CYCLES = {
    "month": gettext_noop("hver måned"),
    "quarter": gettext_noop("hvert kvartal"),
    "tertial": gettext_noop("hvert tertial"),
    "half_year": gettext_noop("hvert halvår"),
    "year": gettext_noop("hvert år"),
    MEETING: gettext_noop("før hvert møte"),
    ROUND: gettext_noop("etter hver prioritering"),
}
AUDIENCES = {
    "administration": gettext_noop("Administrasjonen"),
    "politicians": gettext_noop("Politikere"),
    "public": gettext_noop("Offentligheten"),
}


def period_name(kind: str, starts: date, ends: date, name: str = "") -> str:
    """The period as people say it: «oktober 2026», «3. kvartal 2026», «møtet som har frist 12.10.2026»."""
    if kind == "month":
        return f"{say(MONTH_NAMES[starts.month - 1])} {starts.year}"
    if kind == "year":
        return str(starts.year)
    if kind in PARTS:
        number = (starts.month - 1) // MONTHS[kind] + 1
        return str(say(PARTS[kind], number=number, year=starts.year))
    if kind == MEETING:
        return str(say(gettext_noop("til møtet, frist %(day)s"), day=ends.strftime("%d.%m.%Y")))
    return name or f"{starts:%d.%m.%Y}–{ends:%d.%m.%Y}"


def standing_word(standing: Standing) -> Sentence:
    """How far it has come, in words."""
    return say(STANDINGS[standing])


def cycle_word(every: str) -> Sentence:
    """How often, in words."""
    return say(CYCLES.get(every, every))


def audience_word(audience: str) -> Sentence:
    """Whom it is for, in words."""
    return say(AUDIENCES.get(audience, audience))
