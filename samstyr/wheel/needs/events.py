"""What happens to a need that others may want to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samstyr.foundation.kernel.events import Event


@dataclass(frozen=True)
class NeedEvent(Event):
    """Something happened to a need."""

    need_id: UUID


@dataclass(frozen=True)
class NeedSubmitted(NeedEvent):
    """A need has been sent in for the first time; `late` when after the intake closed (B-40)."""

    case_id: UUID
    late: bool


@dataclass(frozen=True)
class NeedResubmitted(NeedEvent):
    """A need that was returned has been completed and sent in again."""

    case_id: UUID


@dataclass(frozen=True)
class NeedWithdrawn(NeedEvent):
    """Its writer has withdrawn a need, with the reason."""

    reason: str


@dataclass(frozen=True)
class NeedReturned(NeedEvent):
    """A need is back with its writer for completion, with the reason (B-27)."""

    reason: str


@dataclass(frozen=True)
class NeedEnded(NeedEvent):
    """A need has been treated to its end; `outcome` is the model's word."""

    outcome: str


@dataclass(frozen=True)
class CoAuthorAdded(NeedEvent):
    """Somebody has been asked to write along."""

    person_id: UUID


@dataclass(frozen=True)
class IntakeOpened(Event):
    """A service has been asked for its needs by a day (B-23)."""

    call_id: UUID
    unit_id: UUID
    due_on: date


@dataclass(frozen=True)
class IntakeMoved(Event):
    """The intake has other days, and so has the day by which a service was asked to answer."""

    call_id: UUID
    unit_id: UUID
    was: date
    due_on: date
