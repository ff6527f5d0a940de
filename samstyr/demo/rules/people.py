"""Who holds what on a given day, and what must hold about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from samstyr.demo.records import Demo, Meeting, Seat, SeatKind

COUNTED = {SeatKind.MEMBER, SeatKind.CHAIR}


def people_faults(demo: Demo) -> Iterator[str]:
    """Terms that end before they start or overlap, areas without one director, absences and units out of place."""
    sectors = {unit.key: unit.sector for unit in demo.units}
    for unit in demo.units:
        if unit.parent and sectors[unit.parent] != unit.sector:
            yield f"unit {unit.key}: its parent is in another sector"
    for seat in demo.seats:
        yield from _seat_faults(seat)
    for sector in demo.sectors:
        if len(holders(demo, "sector_director", sector.key, demo.as_of)) != 1:
            yield f"sector {sector.key}: not exactly one kommunalsjef on {demo.as_of}"
    for person in demo.people:
        if any(term.ends_on and term.ends_on < term.starts_on for term in person.roles):
            yield f"person {person.key}: a role ends before it starts"
    for absence in demo.absences:
        if absence.ends_on < absence.starts_on or absence.person == absence.substitute:
            yield f"absence of {absence.person}: ends before it starts, or stands in for itself"
    for meeting in demo.meetings:
        yield from _meeting_faults(demo, meeting)


def _seat_faults(seat: Seat) -> Iterator[str]:
    for term in seat.terms:
        if term.ends_on and term.ends_on < term.starts_on:
            yield f"seat {seat.key}: the term of {term.person} ends before it starts"
    for earlier, later in pairwise(seat.terms):
        if earlier.ends_on is None or later.starts_on <= earlier.ends_on:
            yield f"seat {seat.key}: {later.person} takes it before {earlier.person} has left"


def _meeting_faults(demo: Demo, meeting: Meeting) -> Iterator[str]:
    if (meeting.status == "held") != (meeting.on <= demo.as_of):
        yield f"meeting {meeting.key}: {meeting.status}, but it is on {meeting.on}"
    if strangers := set(meeting.absent) - set(at_the_table(demo, meeting.body, meeting.on)):
        yield f"meeting {meeting.key}: absent without a seat: {', '.join(sorted(strangers))}"


def holders(demo: Demo, role: str, scope: str, on: date) -> list[str]:
    """The keys of those who hold the role in exactly that scope on the day."""
    return [
        person.key
        for person in demo.people
        for term in person.roles
        if term.role == role and term.scope == scope and covers(term.starts_on, term.ends_on, on)
    ]


def acts_as(demo: Demo, role: str, scope: str, on: date) -> set[str]:
    """Those who may act in the role on the day: its holders, and the substitutes of holders who are away."""
    held = set(holders(demo, role, scope, on))
    return held | {
        absence.substitute
        for absence in demo.absences
        if absence.person in held and covers(absence.starts_on, absence.ends_on, on)
    }


def at_the_table(demo: Demo, body: str, on: date) -> dict[str, SeatKind]:
    """Who has a place in the body on the day, counted or not, by person."""
    return {
        term.person: seat.kind
        for seat in demo.seats
        if seat.body == body
        for term in seat.terms
        if covers(term.starts_on, term.ends_on, on)
    }


def present(demo: Demo, meeting: Meeting) -> list[str]:
    """The keys of those who were at the meeting, attendees included, in the order of the seats."""
    return [key for key in at_the_table(demo, meeting.body, meeting.on) if key not in meeting.absent]


def covers(starts_on: date, ends_on: date | None, on: date) -> bool:
    """Whether a term covers the day, both ends included."""
    return starts_on <= on and (ends_on is None or on <= ends_on)
