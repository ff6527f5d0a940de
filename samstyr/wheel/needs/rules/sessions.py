"""What an idea session must tell, and which sectors and groups a year lacks. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import gettext_noop, say

from .values import unreadable

LONGEST_LINE, LONGEST_NOTE, MOST_PEOPLE = 200, 10_000, 100_000


@dataclass(frozen=True)
class SessionValues:
    """A session as given. `participants` is how many by the model's groups; `held_on` None while it is only planned."""

    year: int
    title: str
    held_on: date | None = None
    sectors: tuple[UUID, ...] = ()
    joint: bool = False
    prioritises: bool = False
    technique: str = ""
    participants: Mapping[str, int] = field(default_factory=dict)
    note: str = ""


def faults(values: SessionValues, groups: Iterable[str], today: date) -> list[FieldError]:
    """Everything that must be mended before it is kept."""
    found = []
    if not values.title.strip():
        found.append(FieldError("title", say(gettext_noop("Gi samlingen et navn."))))
    for name, most in (("title", LONGEST_LINE), ("technique", 300), ("note", LONGEST_NOTE)):
        text = getattr(values, name)
        if len(text) > most or unreadable(text):
            found.append(
                FieldError(
                    name, say(gettext_noop("Teksten er for lang eller har tegn som ikke kan lagres.")), text[:50]
                )
            )
    if not values.sectors:
        found.append(FieldError("sectors", say(gettext_noop("Velg minst én sektor."))))
    elif len(values.sectors) > 1 and not values.joint:
        found.append(FieldError("joint", say(gettext_noop("En samling med flere sektorer er felles."))))
    if values.held_on is not None and abs(values.held_on.year - values.year) > 1:
        found.append(FieldError("held_on", say(gettext_noop("Datoen hører ikke til året.")), str(values.held_on)))
    known = set(groups)
    for group, count in values.participants.items():
        if group not in known or not 0 <= count <= MOST_PEOPLE:
            found.append(
                FieldError(f"group_{group}", say(gettext_noop("Skriv et helt tall, 0 eller mer.")), str(count))
            )
    if any(values.participants.values()) and (values.held_on is None or values.held_on > today):
        found.append(FieldError("held_on", say(gettext_noop("Skriv når samlingen ble holdt, i dag eller før."))))
    return found


def missing_groups(participants: Mapping[str, int], groups: Iterable[tuple[str, str]]) -> list[str]:
    """The names of the model's groups that nobody came from (G-95)."""
    return [name for key, name in groups if not participants.get(key)]


def sectors_without(sectors: Iterable[UUID], held: Iterable[UUID]) -> list[UUID]:
    """The sectors that no session has been held for (G-94)."""
    have = set(held)
    return [key for key in sectors if key not in have]
