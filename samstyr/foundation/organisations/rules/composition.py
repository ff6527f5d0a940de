"""Is a body put together as the model says? Pure: seats, holders and areas in, findings and counts out.

Source: B-08 (each area has exactly one), B-09 (representation and what lacks it), B-22 (counts per group), D-34 (size),
D-39 (shared services), D-42 to D-47 (regions and kinds of organisation), D-51 and D-52 (terms and exceptions).
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .appointing import GroupSpec, Place, in_the_region, is_resource


class Severity(StrEnum):
    """How much it matters: an error breaks the model, a warning ought to be looked at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Area:
    """An active area, with the slot of the organisation it lies in."""

    id: UUID
    name: str
    organisation: str
    organisation_name: str = ""


@dataclass(frozen=True)
class SeatState:
    """A seat on the day: its group, number, area, and who holds it (None: vacant).

    `ended_on` is the last day of the latest term when the seat is vacant because it has run out.
    `organisation` is the slot it belongs to. `place` is where the holder comes from, `exception` the reason kept
    for an appointment that departs from the rule.
    """

    id: UUID
    group: str
    number: int
    person: UUID | None = None
    area: UUID | None = None
    organisation: str = ""
    ended_on: date | None = None
    ends_on: date | None = None
    starts_on: date | None = None
    place: Place | None = None
    exception: str = ""


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be: its rule, the sentence, what to do, and who can."""

    rule: str
    severity: Severity
    message: Sentence
    remedy: Sentence | str = ""
    seat: UUID | None = None
    area: UUID | None = None


@dataclass(frozen=True)
class GroupCount:
    """How many seats a group has, how many are filled, and how many the model expects (None: it does not say)."""

    group: GroupSpec
    seats: int
    filled: int
    expected: int | None


@dataclass(frozen=True)
class Representation:
    """One area and how many active representatives it has."""

    area: Area
    representatives: int


@dataclass(frozen=True)
class Composition:
    """The answer: findings, counts per group, total, and representation by area."""

    findings: tuple[Finding, ...] = ()
    groups: tuple[GroupCount, ...] = ()
    areas: tuple[Representation, ...] = ()
    size: int | None = None
    filled: int = 0
    by_organisation: dict[str, tuple[int, int]] = field(default_factory=dict)
    exceptions: tuple[SeatState, ...] = ()
    ending: dict[int, int] = field(default_factory=dict)

    @property
    def expected(self) -> int | None:
        """How many seats the groups add up to (D-44); None when one of them does not say."""
        counts = [row.expected for row in self.groups if not row.group.substitutes_for]
        return None if None in counts else sum(count or 0 for count in counts)

    @property
    def vacant(self) -> int:
        """How many seats nobody holds."""
        return (
            self.size or self.expected or sum(row.seats for row in self.groups if not row.group.substitutes_for)
        ) - self.filled

    @property
    def represented(self) -> int:
        """How many areas have exactly one representative."""
        return sum(1 for row in self.areas if row.representatives == 1)


def check(
    groups: Sequence[GroupSpec],
    seats: Sequence[SeatState],
    areas: Sequence[Area],
    *,
    size: int | None = None,
    soon: date | None = None,
) -> Composition:
    """Compare a body with its model. `soon`: terms that end on or before it give a warning."""
    findings: list[Finding] = []
    counts: list[GroupCount] = []
    shown: list[Representation] = []
    for group in groups:
        mine = [seat for seat in seats if seat.group == group.key]
        filled = sum(1 for seat in mine if seat.person)
        counts.append(GroupCount(group, len(mine), filled, group.count))
        if group.one_per == "area":
            for area in (area for area in areas if not group.organisation or area.organisation == group.organisation):
                number = sum(1 for seat in mine if seat.area == area.id and seat.person)
                shown.append(Representation(area, number))
                findings += _area_findings(group, area, number)
        findings += _count_findings(group, len(mine)) + _least_findings(group, filled)
        findings += _seat_findings(group, mine, soon)
        findings += [found for seat in mine if (found := _place_finding(group, seat))]
    known = {group.key for group in groups}
    findings += [_unknown(seat) for seat in seats if seat.group not in known]
    members = [count for count in counts if not count.group.substitutes_for]
    total = sum(count.filled for count in members)
    expected = [count.expected for count in members]
    if size is not None and None not in expected and (of_all := sum(one or 0 for one in expected)) != size:
        findings.append(_size_finding(size, of_all))
    held = [seat for seat in seats if seat.person]
    ending = Counter(seat.ends_on.year for seat in held if seat.ends_on)
    return Composition(
        tuple(findings), tuple(counts), tuple(shown), size, total, _by_organisation(shown),
        tuple(seat for seat in held if seat.exception), dict(sorted(ending.items())),
    )  # fmt: skip


def _size_finding(size: int, groups: int) -> Finding:
    message = say(
        gettext_noop("Organet har %(size)s plasser, men gruppene har til sammen %(groups)s."), size=size, groups=groups
    )
    return Finding("composition.size", Severity.ERROR, message, say(gettext_noop("Rett styringsmodellen.")))


def _place_finding(group: GroupSpec, seat: SeatState) -> Finding | None:
    if seat.person is None or seat.place is None:
        return None
    names = {"number": seat.number, "group": group.name, "place": seat.place.name}
    if is_resource(group, seat.place.kind):
        text = gettext_noop("Plass %(number)s i %(group)s har en fra %(place)s, som ikke er en kommune.")
        return Finding("composition.resource", Severity.WARNING, say(text, **names), seat=seat.id)
    if not in_the_region(group, seat.place.region) or group.organisation_kind not in ("", seat.place.kind):
        text = gettext_noop("Plass %(number)s i %(group)s har en fra %(place)s, som plassen ikke er for.")
        remedy = say(gettext_noop("Oppnevn en annen, eller rett regionen til organisasjonen."))
        return Finding("composition.place", Severity.ERROR, say(text, **names), remedy, seat=seat.id)
    return None


def _area_findings(group: GroupSpec, area: Area, number: int) -> list[Finding]:
    if number == 1:
        return []
    appointer = group.appointed_by_name or group.appointed_by
    remedy = (
        say(gettext_noop("%(role)s for området fyller plassen."), role=appointer)
        if number == 0 and appointer
        else say(gettext_noop("Avslutt den ene plassen."))
        if number > 1
        else ""
    )
    message = say(
        gettext_noop("%(area)s har %(number)s representanter i %(body)s. Det skal være én."),
        area=area.name,
        number=number,
        body=group.body_name,
    )
    return [Finding("composition.area", Severity.ERROR, message, remedy, area=area.id)]


def _count_findings(group: GroupSpec, number: int) -> list[Finding]:
    if group.count is None or number == group.count:
        return []
    message = say(
        gettext_noop("%(group)s har %(number)s plasser. Styringsmodellen sier %(count)s."),
        group=group.name,
        number=number,
        count=group.count,
    )
    return [Finding("composition.count", Severity.ERROR, message, say(gettext_noop("Opprett eller avslutt plasser.")))]


def _least_findings(group: GroupSpec, filled: int) -> list[Finding]:
    if group.at_least is None or filled >= group.at_least:
        return []
    message = say(
        gettext_noop("%(group)s har %(number)s i %(body)s. Styringsmodellen sier minst %(least)s."),
        group=group.name,
        number=filled,
        body=group.body_name,
        least=group.at_least,
    )
    return [Finding("composition.least", Severity.ERROR, message, say(gettext_noop("Opprett og fyll en plass.")))]


def _seat_findings(group: GroupSpec, seats: Sequence[SeatState], soon: date | None) -> list[Finding]:
    found = []
    for seat in seats:
        names = {"group": group.name, "number": seat.number}
        if seat.person is None and seat.ended_on:
            text = gettext_noop("Plass %(number)s i %(group)s er ledig: perioden gikk ut %(day)s.")
            message = say(text, **names, day=seat.ended_on.strftime("%d.%m.%Y"))
            found.append(Finding("composition.ended", Severity.WARNING, message, seat=seat.id, area=seat.area))
        elif seat.person is None:
            message = say(gettext_noop("Plass %(number)s i %(group)s er ledig."), **names)
            found.append(Finding("composition.vacant", Severity.WARNING, message, seat=seat.id, area=seat.area))
        elif seat.ends_on and soon and seat.ends_on <= soon:
            text = gettext_noop("Perioden for plass %(number)s i %(group)s går ut %(day)s.")
            message = say(text, **names, day=seat.ends_on.strftime("%d.%m.%Y"))
            found.append(Finding("composition.ending", Severity.WARNING, message, seat=seat.id, area=seat.area))
    return found


def _unknown(seat: SeatState) -> Finding:
    message = say(
        gettext_noop("Plass %(number)s hører til gruppen «%(group)s», som styringsmodellen ikke har."),
        number=seat.number,
        group=seat.group,
    )
    return Finding("composition.group", Severity.ERROR, message, say(gettext_noop("Avslutt plassen.")), seat=seat.id)


def _by_organisation(rows: Sequence[Representation]) -> dict[str, tuple[int, int]]:
    """Per organisation: areas with exactly one representative, and areas in all."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        name = row.area.organisation_name or row.area.organisation
        right, of_all = found.get(name, (0, 0))
        found[name] = (right + (row.representatives == 1), of_all + 1)
    return found


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
