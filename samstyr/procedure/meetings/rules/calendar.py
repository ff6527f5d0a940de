"""A meeting as a calendar program reads it (RFC 5545), and a year's meetings spread over its working days. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from samstyr.foundation.kernel.clock import OSLO
from samstyr.foundation.kernel.workdays import is_working_day

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
PARTSTAT = {"": "NEEDS-ACTION", "comes": "ACCEPTED", "remote": "ACCEPTED", "absent": "DECLINED"}
JULY = 7


@dataclass(frozen=True)
class Invited:
    """One called, with the address that stands in the invitation."""

    name: str
    email: str
    answer: str = ""
    leads: bool = False
    votes: bool = True


@dataclass(frozen=True)
class Entry:
    """A meeting in a calendar. `key` never changes, `sequence` rises with each change; times are in Europe/Oslo."""

    key: str
    sequence: int
    title: str
    day: date
    starts_at: time
    ends_at: time
    place: str = ""
    agenda: tuple[str, ...] = ()
    page: str = ""
    cancelled: bool = False
    organiser: tuple[str, str] | None = None
    invited: tuple[Invited, ...] = ()


@dataclass(frozen=True)
class DayEntry:
    """Something that has days and no hours: a period, a deadline, a duty, a meeting whose hours are not set."""

    key: str
    sequence: int
    title: str
    first: date
    last: date
    text: str = ""
    page: str = ""
    cancelled: bool = False


def invitation(entry: Entry, now: datetime) -> tuple[bytes, str]:
    """One meeting and its method: a request to those called, or a cancellation, from the one who organises it.

    Without an organiser's address nobody can be asked (RFC 5546 3.2), and it is only published.
    """
    if entry.organiser is None:
        return calendar([entry], PUBLISH, now), PUBLISH
    method = CANCEL if entry.cancelled else REQUEST
    return calendar([entry], method, now), method


def calendar(entries: Iterable[Entry | DayEntry], method: str, now: datetime, name: str = "") -> bytes:
    """The entries as one file. What is published names nobody who is called (RFC 5546 3.2.1)."""
    whole = Calendar()
    whole.add("prodid", "-//Samstyr//NO")
    whole.add("version", "2.0")
    whole.add("method", method)
    if name:
        whole.add("name", name)
        whole.add("x-wr-calname", name)
    whole.add_component(Timezone.from_tzinfo(OSLO, "Europe/Oslo"))
    for entry in entries:
        if isinstance(entry, DayEntry):
            whole.add_component(_days(entry, now))
        else:
            whole.add_component(_event(entry, now, named=method != PUBLISH))
    return whole.to_ical()


def _event(entry: Entry, now: datetime, *, named: bool) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@samstyr")
    event.add("dtstamp", now)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("summary", entry.title)
    event.add("dtstart", datetime.combine(entry.day, entry.starts_at, OSLO))
    event.add("dtend", datetime.combine(entry.day, entry.ends_at, OSLO))
    if entry.place:
        event.add("location", entry.place)
    lines = [*entry.agenda, "", entry.page] if entry.agenda else [entry.page]
    event.add("description", "\n".join(lines).strip())
    if entry.page:
        event.add("url", entry.page)
    if entry.organiser:
        event.add("organizer", _address(*entry.organiser), encode=False)
    for person in entry.invited if named else ():
        address = _address(person.name, person.email)
        role = "CHAIR" if person.leads else "REQ-PARTICIPANT" if person.votes else "OPT-PARTICIPANT"
        address.params["role"] = vText(role)
        address.params["partstat"] = vText(PARTSTAT[person.answer])
        address.params["rsvp"] = vText("FALSE")
        event.add("attendee", address, encode=False)
    return event


def _days(entry: DayEntry, now: datetime) -> Event:
    """Whole days, which keep nobody busy; the end is the day after the last (RFC 5545 3.6.1)."""
    event = Event()
    event.add("uid", f"{entry.key}@samstyr")
    event.add("dtstamp", now)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("summary", entry.title)
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + timedelta(days=1))
    text = "\n".join(part for part in (entry.text, entry.page) if part)
    if text:
        event.add("description", text)
    if entry.page:
        event.add("url", entry.page)
    return event


def _address(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["cn"] = vText(name)
    return address


@dataclass(frozen=True)
class Clash:
    """Bodies that meet on the same day and have the same secretary, by their keys in the order they stand."""

    on: date
    secretary: str
    bodies: tuple[str, ...]


def clashes(days: Iterable[tuple[str, UUID | None, date]], secretaries: Mapping[str, str]) -> list[Clash]:
    """The days on which a secretary has more than one meeting (N-188); `days` are body, organisation and day.

    Where each organisation has its own secretary, the meetings of different organisations are no clash.
    """
    found: dict[tuple[date, str], dict[UUID | None, list[str]]] = {}
    for body, place, on in days:
        if secretary := secretaries.get(body):
            found.setdefault((on, secretary), {}).setdefault(place, []).append(body)
    rows = []
    for (on, secretary), places in sorted(found.items(), key=lambda item: item[0]):
        shared = places.pop(None, [])
        for own in places.values() or [[]]:
            bodies = tuple(dict.fromkeys([*shared, *own]))
            if len(bodies) > 1:
                rows.append(Clash(on, secretary, bodies))
    return rows


def spread(year: int, count: int, *, after: date, taken: Collection[date] = ()) -> list[date]:
    """So many days spread evenly over what is left of the year after `after`: working days, none in July.

    Each is the working day in the middle of its part of the year, moved to a Tuesday, Wednesday or Thursday of the
    week where there is one, since offices are emptiest on the others. `taken` are days the body meets already.
    """
    first = max(date(year, 1, 1), after + timedelta(days=1))
    free = [day for day in _stretch(first, date(year, 12, 31)) if is_working_day(day) and day.month != JULY]
    found: list[date] = []
    for at in range(count):
        if not free:
            break
        middle = free[(2 * at + 1) * len(free) // (2 * count)]
        best = min(
            (day for day in free if day not in taken and day not in found),
            key=lambda day: (abs((day - middle).days) + (0 if day.weekday() in (1, 2, 3) else 3), day),
            default=None,
        )
        if best is not None:
            found.append(best)
    return sorted(found)


def _stretch(first: date, last: date) -> list[date]:
    return [first + timedelta(days=at) for at in range((last - first).days + 1)]


def months_outside(
    days: Iterable[date], *, least: int, most: int | None, months: Collection[int]
) -> list[tuple[int, int]]:
    """The months, of those asked about, with fewer meetings than `least` or more than `most`: month and number (D-30)."""
    counts = dict.fromkeys(months, 0)
    for day in days:
        if day.month in counts:
            counts[day.month] += 1
    return [(month, n) for month, n in counts.items() if n < least or (most is not None and n > most)]
