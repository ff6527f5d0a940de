"""What advice tells others."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samstyr.foundation.kernel.events import Event


@dataclass(frozen=True)
class AdviceGiven(Event):
    """A body has been given advice that it should reply to; one event for each body."""

    addressee_id: UUID


@dataclass(frozen=True)
class AdviceAnswered(Event):
    """A body has replied."""

    addressee_id: UUID
