"""What prioritisation tells others."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samstyr.foundation.kernel.events import Event


@dataclass(frozen=True)
class RoundOpened(Event):
    """A round is open: those who score can begin."""

    round_id: UUID


@dataclass(frozen=True)
class ScoringClosed(Event):
    """A round is closed, and what it says of each need stands."""

    round_id: UUID
