"""What lifting tells the other rooms."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samstyr.foundation.kernel.events import Event


@dataclass(frozen=True)
class CaseReceived(Event):
    """A case has come from another arrangement, and waits to be taken in."""

    received_id: UUID


@dataclass(frozen=True)
class LiftMoved(Event):
    """Something new is known of a case that was lifted."""

    lift_id: UUID
    case_id: UUID
    settled: bool
