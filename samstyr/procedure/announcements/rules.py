"""What an announcement must tell, and how large a part of those it is for have read it. No database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import gettext_noop, say

# The pages that an announcement can be about, by the name of their address.
PAGES = {
    "": gettext_noop("Ingen side"),
    "model-roles": gettext_noop("Roller og organer"),
    "model": gettext_noop("Styringsmodellen"),
    "wheel": gettext_noop("Årshjulet"),
    "precedent-list": gettext_noop("Presedenser"),
}


@dataclass(frozen=True)
class AnnouncementValues:
    """An announcement as given; `roles` empty means everybody."""

    title: str
    text: str = ""
    page: str = ""
    roles: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True)
class Share:
    """How many of those it is for have read it, in all and by where they belong."""

    read: int
    total: int
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def percent(self) -> float | None:
        """Per cent of those it is for, to a tenth; None when it is for nobody."""
        return round(100 * self.read / self.total, 1) if self.total else None


def faults(values: AnnouncementValues, roles: Collection[str], today: date) -> list[FieldError]:
    """Everything that must be mended before it is published."""
    found = []
    if not values.title.strip():
        found.append(FieldError("title", say(gettext_noop("Gi kunngjøringen en tittel."))))
    for name, most in (("title", 200), ("text", 20_000)):
        text = getattr(values, name)
        if len(text) > most or "\0" in text:
            found.append(FieldError(name, say(gettext_noop("Teksten er for lang eller har tegn som ikke kan lagres."))))
    if values.page not in PAGES:
        found.append(FieldError("page", say(gettext_noop("Velg en av sidene.")), values.page))
    if not values.text.strip() and not values.page:
        found.append(FieldError("text", say(gettext_noop("Skriv noe, eller velg en side alle skal lese."))))
    if unknown := [key for key in values.roles if key not in roles]:
        found.append(FieldError("roles", say(gettext_noop("Velg roller som står i styringsmodellen.")), unknown[0]))
    if values.until is not None and values.until < today:
        found.append(FieldError("until", say(gettext_noop("Siste dag kan ikke være før i dag.")), str(values.until)))
    return found


def share_of(audience: Mapping[UUID, str], readers: Collection[UUID]) -> Share:
    """The share; `audience` gives each person's place, and who reads without being of it does not count (N-113)."""
    places: dict[str, tuple[int, int]] = {}
    for person, place in audience.items():
        read, total = places.get(place, (0, 0))
        places[place] = (read + (person in readers), total + 1)
    return Share(sum(person in readers for person in audience), len(audience), dict(sorted(places.items())))
