"""What a writer fills in about a need, as plain values, with the limits that hold for a draft too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any
from uuid import UUID

from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.money import LIMIT
from samstyr.foundation.kernel.text import gettext_noop, say

# The longest text of each field, in characters.
LONGEST = {
    "title": 200,
    "need": 10_000,
    "affected": 4_000,
    "effect": 4_000,
    "compels": 4_000,
    "product": 200,
}
MOST_GOALS = 20
LONGEST_ANSWER = 4_000
YEARS_BACK, YEARS_AHEAD = 1, 10


@dataclass(frozen=True)
class NeedValues:
    """One need as its writer gives it; blank text and None where nothing is said yet.

    `investment_cost` is whole kroner once, `operating_cost` whole kroner a year, both in `price_year`'s
    prices. `unit` decides the organisation; `organisations` are those a joint need concerns, the unit's own
    included or not. `answers` holds replies to the model's extra questions by their key.
    """

    title: str = ""
    unit: UUID | None = None
    need: str = ""
    affected: str = ""
    effect: str = ""
    compels: str = ""
    statutory: bool = False
    product: str = ""
    goals: tuple[str, ...] = ()
    organisations: tuple[UUID, ...] = ()
    joint: bool = False
    investment_cost: int | None = None
    operating_cost: int | None = None
    price_year: int | None = None
    wanted_year: int | None = None
    personal_data: bool = False
    archive: bool = False
    work_changes: bool = False
    answers: dict[str, str] = field(default_factory=dict)

    def tidy(self) -> NeedValues:
        """The same without space at the ends of texts and with one kind of line break."""
        changed: dict[str, Any] = {
            one.name: _tidy(value) for one in fields(self) if isinstance(value := getattr(self, one.name), str)
        }
        return replace(self, **changed, answers={key: _tidy(text) for key, text in self.answers.items()})


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def limit_faults(values: NeedValues, *, this_year: int) -> list[FieldError]:
    """What can never be stored, not even in a draft: too long, unreadable signs, impossible sums and years."""
    faults = [*_text_faults(values)]
    for name in ("investment_cost", "operating_cost"):
        faults += money_faults(name, getattr(values, name))
    for name in ("wanted_year", "price_year"):
        faults += year_faults(name, getattr(values, name), this_year)
    if len(values.goals) > MOST_GOALS:
        faults.append(
            FieldError("goals", say(gettext_noop("Du kan knytte behovet til høyst %(most)s mål."), most=MOST_GOALS))
        )
    return faults


def _text_faults(values: NeedValues) -> Iterable[FieldError]:
    texts = [(name, getattr(values, name), most) for name, most in LONGEST.items()]
    texts += [(f"answer_{key}", text, LONGEST_ANSWER) for key, text in values.answers.items()]
    texts += [("goals", goal, 200) for goal in values.goals]
    for name, text, most in texts:
        if unreadable(text):
            yield FieldError(
                name,
                say(gettext_noop("Teksten inneholder tegn som ikke kan leses.")),
                text[:40],
                say(gettext_noop("Skriv teksten på nytt i stedet for å lime den inn.")),
            )
        elif len(text) > most:
            yield FieldError(
                name,
                say(
                    gettext_noop("Teksten er på %(length)s tegn. Det er plass til %(most)s."),
                    length=len(text),
                    most=most,
                ),
                text[:40],
                say(gettext_noop("Gjør den kortere, eller legg resten i et vedlegg.")),
            )


def unreadable(text: str) -> bool:
    """Whether the text holds NUL, other control signs, lone surrogates or signs that turn the reading order."""
    return any(
        (ord(sign) < 32 and sign not in "\n\t\r")
        or 0x7F <= ord(sign) < 0xA0
        or 0xD800 <= ord(sign) <= 0xDFFF
        or 0x202A <= ord(sign) <= 0x202E
        or 0x2066 <= ord(sign) <= 0x2069
        for sign in text
    )


def money_faults(name: str, amount: int | None) -> Iterable[FieldError]:
    """What is wrong with an amount of whole kroner: below nothing, or beyond a thousand billion."""
    if amount is None:
        return
    if amount < 0:
        yield FieldError(
            name,
            say(gettext_noop("Kostnaden kan ikke være under null.")),
            str(amount),
            say(gettext_noop("Skriv innsparinger under ønsket effekt.")),
        )
    elif amount > LIMIT:
        yield FieldError(name, say(gettext_noop("Beløpet er for stort.")), str(amount)[:40])


def year_faults(name: str, year: int | None, this_year: int) -> Iterable[FieldError]:
    """What is wrong with a year: before last year or more than ten ahead."""
    first, last = this_year - YEARS_BACK, this_year + YEARS_AHEAD
    if year is not None and not first <= year <= last:
        yield FieldError(
            name,
            say(gettext_noop("Året må være mellom %(first)s og %(last)s."), first=first, last=last),
            str(year)[:40],
        )
