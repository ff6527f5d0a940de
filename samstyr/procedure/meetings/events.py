"""What the meetings of bodies tell other rooms."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samstyr.foundation.kernel.events import Event


@dataclass(frozen=True)
class ProcedureSent(Event):
    """Members are asked in writing, or reminded of it; `people` are those this concerns."""

    procedure_id: UUID
    people: tuple[UUID, ...]
    reminder: str = ""


@dataclass(frozen=True)
class ProcedureClosed(Event):
    """A written procedure is decided, goes to a meeting, or is withdrawn."""

    procedure_id: UUID
