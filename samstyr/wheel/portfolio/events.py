"""What the portfolio tells others."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samstyr.foundation.kernel.events import Event


@dataclass(frozen=True)
class DraftOpened(Event):
    """A draft of the plan, or of its revision, has been opened."""

    version_id: UUID


@dataclass(frozen=True)
class PlanProposed(Event):
    """A version has been proposed and its case opened."""

    version_id: UUID
    case_id: UUID


@dataclass(frozen=True)
class PlanAdopted(Event):
    """A version has been adopted and is now immutable."""

    version_id: UUID
    plan_id: UUID
    number: int


@dataclass(frozen=True)
class MeasureStarted(Event):
    """A measure of an adopted plan has started."""

    plan_id: UUID
    line_key: UUID
