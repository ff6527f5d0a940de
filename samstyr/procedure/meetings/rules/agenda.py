"""What an agenda may hold, its order and its clock times. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import gettext_noop, say

LONGEST_TITLE, LONGEST = 300, 20_000
SHORTEST_ITEM, LONGEST_ITEM = 0, 600
LONGEST_LINK, LONGEST_PLACE = 500, 200


def item_faults(
    *, title: str, text: str, proposal: str, minutes_long: int, closed: bool, legal_basis: str
) -> list[FieldError]:
    """What is wrong with an item. A closed one names its legal basis (kommuneloven § 11-5, offentleglova)."""
    faults = []
    if not title.strip():
        faults.append(FieldError("title", say(gettext_noop("Skriv hva saken heter."))))
    if len(title) > LONGEST_TITLE:
        faults.append(
            FieldError("title", say(gettext_noop("Tittelen kan ha høyst %(most)s tegn."), most=LONGEST_TITLE))
        )
    faults += [
        FieldError(name, say(gettext_noop("Teksten er for lang eller har ugyldige tegn.")))
        for name, value in (("text", text), ("proposal", proposal), ("legal_basis", legal_basis))
        if len(value) > LONGEST or "\0" in value
    ]
    if not SHORTEST_ITEM <= minutes_long <= LONGEST_ITEM:
        faults.append(
            FieldError("minutes_long", say(gettext_noop("Skriv tiden i minutter, høyst %(most)s."), most=LONGEST_ITEM))
        )
    if closed and not legal_basis.strip():
        faults.append(
            FieldError(
                "legal_basis",
                say(gettext_noop("Et lukket punkt må ha en hjemmel.")),
                remedy=say(gettext_noop("Skriv for eksempel offentleglova § 13 eller kommuneloven § 11-5.")),
            )
        )
    return faults


def meeting_faults(
    *, starts_at: time, ends_at: time, place: str, link: str, remote: bool, allowed: bool
) -> list[FieldError]:
    """What is wrong with when and where. `allowed` says whether the body's rules let people take part on the net."""
    faults = []
    if ends_at <= starts_at:
        faults.append(FieldError("ends_at", say(gettext_noop("Møtet må slutte etter at det begynner."))))
    if len(place) > LONGEST_PLACE:
        faults.append(FieldError("place", say(gettext_noop("Stedet kan ha høyst %(most)s tegn."), most=LONGEST_PLACE)))
    if link and not link.startswith(("https://", "http://")):
        faults.append(FieldError("link", say(gettext_noop("Skriv hele adressen, som begynner med https://."))))
    if remote and not allowed:
        faults.append(
            FieldError(
                "remote",
                say(gettext_noop("Reglene for organet åpner ikke for å møte på nett.")),
                remedy=say(gettext_noop("Endre styringsmodellen når det er vedtatt at organet kan ha fjernmøte.")),
            )
        )
    return faults


def ordered(present: Sequence[UUID], wanted: Iterable[UUID]) -> list[UUID]:
    """The keys in the wanted order; those not named keep their order at the end."""
    found = [key for key in dict.fromkeys(wanted) if key in set(present)]
    return [*found, *(key for key in present if key not in set(found))]


def moved(present: Sequence[UUID], key: UUID, step: int) -> list[UUID]:
    """The keys with one of them moved up (−1) or down (1), if there is room."""
    found = list(present)
    at = found.index(key)
    to = at + step
    if 0 <= to < len(found):
        found[at], found[to] = found[to], found[at]
    return found


def clock_times(starts_at: time, lengths: Iterable[int]) -> list[time]:
    """When each item begins, if each takes the minutes set off for it."""
    at = datetime.combine(date.min, starts_at)
    found = []
    for minutes in lengths:
        found.append(at.time())
        at += timedelta(minutes=minutes)
    return found


def days_short(today: date, held_on: date, notice_days: int) -> int:
    """How many days too late a call today is, by the body's own rule; 0 when it is in time."""
    return max(0, notice_days - (held_on - today).days)
