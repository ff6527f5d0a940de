"""Keys are unique and every reference resolves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from samstyr.demo.records import Demo, Need, Plan, Version


class Keyed(Protocol):
    """Anything with a stable key."""

    @property
    def key(self) -> str: ...


def reference_faults(demo: Demo) -> Iterator[str]:
    """A key used twice, or a reference to a key that is not there."""
    for kind, rows in _collections(demo).items():
        for key, times in Counter(row.key for row in rows).items():
            if times > 1:
                yield f"{kind} {key}: the key is used {times} times"
    known = {kind: {row.key for row in rows} for kind, rows in _collections(demo).items()}
    for place, kind, key in _references(demo):
        if key not in known[kind]:
            yield f"{place}: no {kind} has the key {key}"
    places = known["organisation"] | known["sector"] | known["unit"] | {demo.tenant.key}
    for person in demo.people:
        for term in person.roles:
            if term.scope not in places:
                yield f"person {person.key}: no place has the key {term.scope}"


def _collections(demo: Demo) -> dict[str, Sequence[Keyed]]:
    return {
        "organisation": demo.organisations,
        "sector": demo.sectors,
        "unit": demo.units,
        "consultee": demo.consultees,
        "goal": demo.goals,
        "person": demo.people,
        "body": demo.bodies,
        "seat": demo.seats,
        "need": demo.needs,
        "meeting": demo.meetings,
        "plan": demo.plans,
    }


Reference = tuple[str, str, str]  # where it stands, the kind it points to, the key


def _references(demo: Demo) -> Iterator[Reference]:
    yield from _places(demo)
    yield from _people(demo)
    for need in demo.needs:
        yield from _of_need(need)
    for plan in demo.plans:
        for version in plan.versions:
            yield from _of_version(plan, version)


def _places(demo: Demo) -> Iterator[Reference]:
    for sector in demo.sectors:
        yield f"sector {sector.key}", "organisation", sector.organisation
    for unit in demo.units:
        yield f"unit {unit.key}", "sector", unit.sector
        if unit.parent:
            yield f"unit {unit.key}", "unit", unit.parent
    for consultee in demo.consultees:
        yield f"consultee {consultee.key}", "person", consultee.person


def _people(demo: Demo) -> Iterator[Reference]:
    for person in demo.people:
        yield f"person {person.key}", "organisation", person.organisation
        if person.unit:
            yield f"person {person.key}", "unit", person.unit
    for seat in demo.seats:
        yield f"seat {seat.key}", "body", seat.body
        holders = [term.person for term in seat.terms]
        yield from _all(f"seat {seat.key}", "person", [*holders, *([seat.appointed_by] if seat.appointed_by else [])])
    for absence in demo.absences:
        yield from _all("absence", "person", [absence.person, absence.substitute])
    for meeting in demo.meetings:
        yield f"meeting {meeting.key}", "body", meeting.body
        yield from _all(f"meeting {meeting.key}", "person", meeting.absent)


def _of_need(need: Need) -> Iterator[Reference]:
    place = f"need {need.key}"
    yield place, "unit", need.unit
    yield from _all(place, "person", [need.submitter, *need.co_authors])
    yield from _all(place, "goal", need.goals)
    for step in need.history:
        yield place, "person", step.by
        yield from _all(place, "need", [*step.into, *([step.split_from] if step.split_from else [])])
    for comment in need.comments:
        yield from _all(place, "person", [comment.by, *comment.mentions])
    if need.hearing:
        said = [statement.consultee for statement in need.hearing.statements]
        yield from _all(place, "consultee", [*need.hearing.asked, *said])


def _of_version(plan: Plan, version: Version) -> Iterator[Reference]:
    place = f"plan {plan.key} version {version.number}"
    meetings = [version.proposal.meeting, *(each.meeting for each in version.treatments if each.meeting)]
    if version.decision:
        meetings.append(version.decision.meeting)
    if version.planned_meeting:
        meetings.append(version.planned_meeting)
    yield from _all(place, "meeting", meetings)
    yield from _all(place, "body", [each.body for each in version.treatments])
    yield from _all(place, "need", [line.need for line in version.lines])
    yield from _all(place, "person", [line.owner for line in version.lines])


def _all(place: str, kind: str, keys: Iterable[str]) -> Iterator[Reference]:
    return ((place, kind, key) for key in keys)
