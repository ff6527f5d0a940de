"""What happens to a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samstyr.foundation.kernel.events import Event


@dataclass(frozen=True)
class PeriodMoved(Event):
    """A period of a year has other days than before. `wheel` is empty for the model's own wheel."""

    move_id: UUID
    period_id: UUID
    wheel: str
    key: str
    year: int
    was: tuple[date, date]
    now: tuple[date, date]
