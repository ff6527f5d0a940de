"""What a case tells the rooms that own its subject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samstyr.foundation.kernel.events import Event


@dataclass(frozen=True)
class CaseEvent(Event):
    """Something happened to a case; the subject is named so that its room knows whether it is concerned."""

    case_id: UUID
    subject_kind: str
    subject_id: UUID
    path: str


@dataclass(frozen=True)
class CaseOpened(CaseEvent):
    """A case has begun on its path."""


@dataclass(frozen=True)
class StepOpened(CaseEvent):
    """A step waits for somebody. `kind` is the model's step kind (intake, assess, hearing, treat, …)."""

    case_step_id: UUID
    step: str
    kind: str
    due_on: date | None


@dataclass(frozen=True)
class StepClosed(CaseEvent):
    """A step instance has got its outcome, or has been waived, skipped or cancelled."""

    case_step_id: UUID
    step: str
    kind: str
    outcome: str
    effect: str


@dataclass(frozen=True)
class CaseReturned(CaseEvent):
    """The case is back with its submitter for completion, with the reason."""

    reason: str


@dataclass(frozen=True)
class CaseEnded(CaseEvent):
    """The case has reached its end. `effect` is the model's (end_positive, reject, defer, merge, …).

    `treatment_id` is the decision or assessment that ended it; None when it was withdrawn or merged.
    """

    outcome: str
    effect: str
    treatment_id: UUID | None


@dataclass(frozen=True)
class CaseReopened(CaseEvent):
    """A deferred case is treated again."""


@dataclass(frozen=True)
class CaseParked(CaseEvent):
    """The case rests until the date."""

    until: date


@dataclass(frozen=True)
class PersonMentioned(CaseEvent):
    """Somebody was named in a comment."""

    person_id: UUID
    author: str
    comment_id: UUID


@dataclass(frozen=True)
class MeetingPlanned(Event):
    """A body is to meet on the day, in one organisation when each has its own."""

    meeting_id: UUID
    body: str
    held_on: date
    organisation_id: UUID | None


@dataclass(frozen=True)
class MeetingMoved(Event):
    """A body is to meet on another day than planned."""

    meeting_id: UUID
    body: str
    held_on: date
    organisation_id: UUID | None
    was: date | None = None


@dataclass(frozen=True)
class MeetingCancelled(Event):
    """A body is not to meet on the day after all."""

    meeting_id: UUID


@dataclass(frozen=True)
class DeadlineMoved(Event):
    """What an open step hangs on has moved, and its deadline with it."""

    case_step_id: UUID
    was: date | None
    due_on: date
