"""What the strategy room tells others."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samstyr.foundation.kernel.events import Event


@dataclass(frozen=True)
class StrategyProposed(Event):
    """A version has been proposed and its case opened."""

    version_id: UUID
    case_id: UUID


@dataclass(frozen=True)
class StrategyAdopted(Event):
    """A version has been adopted and is now frozen. `dropped` are keys of goals that no longer hold."""

    version_id: UUID
    number: int
    dropped: tuple[str, ...] = ()
