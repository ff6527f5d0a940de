"""What counsel must tell, and when a body was last aligned with another. No database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import gettext_noop, say

ADVICE, CONSULTATION, DISCUSSION, GUIDELINE = "advice", "consultation", "discussion", "guideline"
KINDS = (ADVICE, CONSULTATION, DISCUSSION, GUIDELINE)
LONGEST_LINE, LONGEST_TEXT = 300, 20_000


@dataclass(frozen=True)
class CounselValues:
    """Counsel as given. `to` are addressees as (body, organisation or None); only advice has any."""

    kind: str
    party: str
    subject: str
    text: str = ""
    on: date | None = None
    asked_by: str = ""
    valid_until: date | None = None
    reply_by: date | None = None
    to: tuple[tuple[str, UUID | None], ...] = ()
    case: UUID | None = None


def faults(values: CounselValues, parties: Collection[str], today: date) -> list[FieldError]:
    """Everything that must be mended before it is kept. Advice stands in a case or is given to somebody (B-19)."""
    found = []
    if values.kind not in KINDS:
        found.append(FieldError("kind", say(gettext_noop("Velg hva det er.")), values.kind))
    if values.party not in parties:
        found.append(FieldError("party", say(gettext_noop("Velg hvem det kommer fra.")), values.party))
    if not values.subject.strip():
        found.append(FieldError("subject", say(gettext_noop("Skriv hva det gjelder."))))
    if not values.text.strip():
        found.append(FieldError("text", say(gettext_noop("Skriv hva som ble sagt."))))
    for name, most in (("subject", LONGEST_LINE), ("text", LONGEST_TEXT)):
        value = getattr(values, name)
        if len(value) > most or "\0" in value:
            found.append(
                FieldError(
                    name, say(gettext_noop("Teksten er for lang eller har tegn som ikke kan lagres.")), value[:50]
                )
            )
    if values.on is None or values.on > today:
        found.append(FieldError("on", say(gettext_noop("Skriv en dato, i dag eller før.")), str(values.on or "")))
    elif values.kind == GUIDELINE and values.valid_until is not None and values.valid_until < values.on:
        found.append(
            FieldError(
                "valid_until", say(gettext_noop("Føringen kan ikke slutte før den begynner.")), str(values.valid_until)
            )
        )
    elif values.reply_by is not None and values.reply_by < values.on:
        found.append(
            FieldError(
                "reply_by", say(gettext_noop("Svarfristen kan ikke være før rådet er gitt.")), str(values.reply_by)
            )
        )
    if any(body == values.party for body, _organisation in values.to):
        found.append(FieldError("to", say(gettext_noop("Rådet kan ikke gis til den som gir det."))))
    if values.kind == ADVICE and not values.to and values.case is None:
        found.append(FieldError("to", say(gettext_noop("Velg hvem rådet er til."))))
    return found


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)


def alignment_overdue(last: date | None, months: int | None, today: date) -> bool:
    """Whether a body should have consulted another by now: never has, or longer ago than the model lets."""
    return last is None or (months is not None and months_between(last, today) >= months)
