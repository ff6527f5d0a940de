"""What is told of a governing model: bodies and roles with those who hold them, and all else in the model's words.

The page of roles and every document are made of these, so that what is printed and what the system shows never differ.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from samstyr.foundation.governance.rules.chart import Chart, Entry
from samstyr.foundation.governance.rules.forums import Forum, Powers
from samstyr.foundation.governance.rules.picture import PeriodLine, StepLine


@dataclass(frozen=True)
class Holder:
    """Who holds a role or a seat: title and place, and the name only where it may be told."""

    title: str
    place: str = ""
    name: str = ""
    key: UUID | None = None
    stand_in: str = ""

    def __str__(self) -> str:
        who = self.name or self.title
        place = f" ({self.place})" if self.place else ""
        return f"{who}{place}"


@dataclass(frozen=True)
class SeatPart:
    """A seat: what it is for, and its holder, None when vacant."""

    name: str
    holder: Holder | None


@dataclass(frozen=True)
class GroupPart:
    """A group of seats in words with its seats today."""

    words: str
    seats: tuple[SeatPart, ...] = ()

    @property
    def filled(self) -> int:
        """How many have a holder."""
        return sum(seat.holder is not None for seat in self.seats)


@dataclass(frozen=True)
class Meeting:
    """When a body next meets; `place` when each organisation has its own."""

    on: date
    place: str = ""


@dataclass(frozen=True)
class BodyPart:
    """A body: why it is there, what it may, who sits in it, who leads and serves it, when it meets."""

    key: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    purpose: str
    places: tuple[str, ...]
    chair: str
    chairs: tuple[Holder, ...]
    secretary: str
    secretaries: tuple[Holder, ...]
    convener: str
    powers: Powers
    tasks: tuple[str, ...]
    steps: tuple[str, ...]
    groups: tuple[GroupPart, ...]
    attendees: tuple[str, ...]
    frequency: str
    meetings: tuple[Meeting, ...]
    relations: tuple[str, ...]
    covers: tuple[str, ...]
    standing_items: tuple[str, ...]
    waiting: int = 0
    waiting_days: int = 0
    waits_too_long: bool = False

    @property
    def seats(self) -> int:
        """How many seats there are."""
        return sum(len(group.seats) for group in self.groups)

    @property
    def filled(self) -> int:
        """How many of them have a holder."""
        return sum(group.filled for group in self.groups)

    @property
    def vacant(self) -> int:
        """How many have none."""
        return self.seats - self.filled


@dataclass(frozen=True)
class RolePart:
    """A role: what it does and may, who holds it, who stands in, and who gives it."""

    key: str
    name: str
    aliases: tuple[str, ...]
    tasks: tuple[str, ...]
    steps: tuple[str, ...]
    rights: tuple[tuple[str, str], ...]
    owns: tuple[str, ...]
    bodies: tuple[str, ...]
    required: tuple[str, ...]
    combinations: tuple[str, ...]
    appointed_by: str
    deputy: bool
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True)
class PathPart:
    """A decision path: its steps in words, and the model's path for drawing."""

    key: str
    name: str
    steps: tuple[StepLine, ...]


@dataclass(frozen=True)
class StagePart:
    """A stage of criteria with weights."""

    name: str
    source: str
    criteria: tuple[tuple[str, int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class MatrixPart:
    """The responsibility matrix with its alphabet."""

    letters: tuple[tuple[str, str], ...]
    parties: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class FindingPart:
    """Something wrong or unclear in the document, and the choice that was made."""

    key: str
    severity: str
    text: str
    place: str
    chosen: str
    why: str
    accepted: str = ""


@dataclass(frozen=True)
class Governing:
    """The whole. `live` is false for a version that is not in force: then nobody holds anything in it."""

    arrangement: str
    title: str
    number: int
    state: str
    valid_from: date | None
    adopted_by: str
    adopted_on: date | None
    seal: str
    source: tuple[tuple[str, str], ...]
    text: str
    day: date
    names: bool
    live: bool
    bodies: tuple[BodyPart, ...]
    roles: tuple[RolePart, ...]
    forums: tuple[Forum, ...]
    hearing_bodies: tuple[tuple[str, str, str], ...]
    paths: tuple[PathPart, ...]
    wheel: tuple[PeriodLine, ...]
    stages: tuple[StagePart, ...]
    ranking: str
    principles: tuple[tuple[str, str], ...]
    matrix: MatrixPart | None
    reports: tuple[tuple[str, str, str, str, str], ...]
    findings: tuple[FindingPart, ...]
    unowned: tuple[str, ...]
    chart: Chart
    structure: tuple[Entry, ...]
    model: Any = field(compare=False, repr=False, default=None)

    @property
    def vacant_roles(self) -> tuple[RolePart, ...]:
        """The roles that nobody holds."""
        return tuple(role for role in self.roles if not role.holders)

    @property
    def idle_roles(self) -> tuple[RolePart, ...]:
        """The roles without a task."""
        return tuple(role for role in self.roles if not role.tasks and not role.steps)

    def file_name(self, ending: str) -> str:
        """A name to keep it under."""
        public = "" if self.names else "-uten-navn"
        return f"styringsmodell-v{self.number}{public}.{ending}"
