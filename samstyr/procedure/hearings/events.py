"""What a hearing tells others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samstyr.foundation.kernel.events import Event


@dataclass(frozen=True)
class HearingOpened(Event):
    """Somebody has been asked; one event per hearing."""

    hearing_id: UUID
    case_id: UUID
    deadline: date


@dataclass(frozen=True)
class ConsulteeAsked(Event):
    """One body has been asked, at the opening, later, or again as a reminder."""

    consultee_id: UUID
    hearing_id: UUID
    deadline: date
    reminder: bool = False


@dataclass(frozen=True)
class StatementGiven(Event):
    """A body has answered."""

    statement_id: UUID
    consultee_id: UUID
    case_id: UUID
