"""A year of the wheel with all that happens in it: periods and how they stand, meetings, deadlines, duties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samstyr.foundation.access import Actor
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.organisations import queries as organisations
from samstyr.procedure.year import queries as years
from samstyr.procedure.year.queries import Placed
from samstyr.procedure.year.rules.findings import Fault, YearFacts, faults
from samstyr.procedure.year.rules.laying import wheels_of
from samstyr.procedure.year.rules.standing import Course, Due, Standing, by_days, standing

from ..models import BodyMeeting
from . import meetings_of
from .lists import StepReport, wheel_report
from .own_deadlines import OwnDeadline, own_deadlines


@dataclass(frozen=True)
class Line:
    """A period in a year. `mark` is its number, with the other wheel's letter before it; `people` hold it today."""

    mark: str
    placed: Placed
    standing: Standing
    owner: str
    people: tuple[str, ...]
    mine: bool
    steps: tuple[StepReport, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Whose wheel it is in, and its own key."""
        return self.placed.laid.wheel, self.placed.laid.key

    @property
    def open(self) -> int:
        """How many open steps of cases follow the period."""
        return sum(step.open for step in self.steps)

    @property
    def overdue(self) -> int:
        """How many of those are past their deadline."""
        return sum(step.overdue for step in self.steps)


@dataclass(frozen=True)
class Wheel:
    """One wheel of the year: letter (empty for the model's own), name, and its periods."""

    letter: str
    key: str
    name: str
    organisation: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Year:
    """A year as it stands on a day."""

    number: int
    made: Any
    wheels: tuple[Wheel, ...]
    meetings: tuple[BodyMeeting, ...]
    deadlines: tuple[OwnDeadline, ...]
    duties: tuple[Due, ...]
    report: tuple[StepReport, ...]
    faults: tuple[Fault, ...] = field(default=())

    @property
    def lines(self) -> list[Line]:
        """The periods of all wheels."""
        return [line for wheel in self.wheels for line in wheel.lines]


def year_on(model: GovernanceModel, number: int, today: date, actor: Actor) -> Year:
    """The year as it stands today, as `actor` meets it: what is theirs is marked."""
    first, last = date(number, 1, 1), date(number, 12, 31)
    report = wheel_report(model, number, today)
    meetings = list(meetings_of(since=first, until=last))
    held = organisations.holders_by_role(today)
    placed = years.placed(model, number)
    lines = [_line(model, one, at, report, held, actor, today) for one, at in _marked(model, placed)]
    spans = {line.key: line.placed.span for line in lines if line.placed.year == number}
    days: dict[str, list[date]] = {}
    for row in meetings:
        if not row.cancelled:
            days.setdefault(row.body, []).append(row.held_on)
    standings = {line.placed.laid.key: line.standing for line in lines if not line.placed.laid.wheel}
    made = years.year_of(number)
    slots = {slot.key: str(slot.name) for slot in model.organisations}
    wheels = tuple(
        Wheel(
            _letter(at),
            key,
            name or str(model.name),
            slots.get(slot, ""),
            tuple(one for one in lines if one.key[0] == key),
        )
        for at, (key, name, slot) in enumerate(wheels_of(model))
    )
    return Year(
        number, made, wheels, tuple(meetings), tuple(own_deadlines(model, first, last)),
        tuple(years.duties_in(model, first, last, today)), tuple(report),
        tuple(faults(model, YearFacts(spans, standings, days), today)) if made or number >= today.year else (),
    )  # fmt: skip


def faults_after(
    model: GovernanceModel, year: Year, key: tuple[str, str], span: years.Span, today: date
) -> list[Fault]:
    """What would be wrong with the year if the period had these days."""
    spans = {line.key: line.placed.span for line in year.lines if line.placed.year == year.number} | {key: span}
    days: dict[str, list[date]] = {}
    for row in year.meetings:
        if not row.cancelled:
            days.setdefault(row.body, []).append(row.held_on)
    standings = {line.placed.laid.key: line.standing for line in year.lines if not line.placed.laid.wheel}
    return faults(model, YearFacts(spans, standings, days), today)


def _letter(at: int) -> str:
    return "" if at == 0 else chr(ord("A") + (at - 1) % 26)


def _marked(model: GovernanceModel, placed: Iterable[Placed]) -> list[tuple[Placed, str]]:
    letters = {key: _letter(at) for at, (key, _name, _slot) in enumerate(wheels_of(model))}
    return [(one, f"{letters.get(one.laid.wheel, '')}{one.laid.order}") for one in placed]


def _line(
    model: GovernanceModel, one: Placed, mark: str, report: Iterable[StepReport], held: dict[str, list[Any]],
    actor: Actor, today: date,
) -> Line:  # fmt: skip
    laid = one.laid
    period = model.wheel.period(laid.key) if model.wheel and not laid.wheel else None
    steps = tuple(row for row in report if period and row.key in period.steps)
    body = model.body(laid.owner_body) if laid.owner_body else None
    role = model.role(body.chair) if body and body.chair else model.role(laid.owner_role) if laid.owner_role else None
    owner = str(body.name) if body else str(role.name) if role else ""
    people = tuple(person.name for person in held.get(role.key, ())) if role else ()
    if one.row is None or laid.wheel:
        state = by_days(laid.starts_on, laid.ends_on, today)
    else:
        state = standing(
            Course(
                laid.starts_on, laid.ends_on, one.row.done_on, one.row.dropped, bool(steps),
                sum(row.on_time + row.late for row in steps), sum(row.open for row in steps),
            ),
            today,
        )  # fmt: skip
    mine = years.is_mine(actor, laid.owner_role, laid.owner_body, today, model)
    return Line(mark, one, state, owner, people, mine, steps)
