"""When a job is taken to have died with its worker, and how a job's function tells how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

MOST_ATTEMPTS = 3
DEAD_AFTER = timedelta(minutes=2)
SLOW_AFTER = timedelta(seconds=30)


class Cancelled(Exception):
    """Somebody asked for the job to stop."""


@dataclass(frozen=True)
class Task:
    """A job as its function gets it: what it is about, for whom, in which tenant."""

    key: UUID
    tenant: UUID
    about: UUID
    asked_by: UUID
    arguments: dict[str, Any]
    now: datetime


@dataclass
class Progress:
    """Told by the function while it works; `note` writes it down, and says whether to go on."""

    note: Callable[[int, str, dict[str, Any]], bool]
    last: tuple[int, str] = field(default=(-1, ""))

    def tell(self, percent: int, message: str = "", **figures: Any) -> None:
        """How far it has come, in per cent, and what it is doing. Raises Cancelled when it was asked to stop."""
        if not self.note(max(0, min(99, percent)), message[:300], figures):
            raise Cancelled

    def goes_on(self, percent: int, message: str = "", **figures: Any) -> bool:
        """As `tell`, but answers False instead of raising, for work that can stop with what it has found."""
        return self.note(max(0, min(99, percent)), message[:300], figures)


Function = Callable[[Task, Progress], None]
FUNCTIONS: dict[str, Function] = {}


def job(kind: str) -> Callable[[Function], Function]:
    """Register the function that carries out jobs of `kind`."""

    def register(function: Function) -> Function:
        FUNCTIONS[kind] = function
        return function

    return register


def died(alive_at: datetime | None, now: datetime) -> bool:
    """Whether the worker that had the job has given no sign of life for too long."""
    return alive_at is None or now - alive_at > DEAD_AFTER
