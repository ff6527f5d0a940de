"""When a job is taken to have died with its worker, and how a job's function tells how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

MOST_ATTEMPTS = 3
DEAD_AFTER = timedelta(minutes=2)
SLOW_AFTER = timedelta(seconds=30)
# How often a worker tells that it lives, in seconds: several times before it seems slow, let alone dead.
BETWEEN_SIGNS = 10.0


class Cancelled(Exception):
    """Somebody asked for the job to stop."""


@dataclass(frozen=True)
class Task:
    """A job as its function gets it: what it is about, for whom, in which tenant, and which attempt this is.

    Another worker that takes the job up again has another attempt; what this one says then counts no more.
    """

    key: UUID
    tenant: UUID
    about: UUID
    asked_by: UUID
    arguments: dict[str, Any]
    now: datetime
    attempt: int = 1


@dataclass
class Progress:
    """Told by the function while it works; `note` writes it down, and says whether to go on."""

    note: Callable[[int, str, dict[str, Any]], bool]
    mine: Callable[[], bool] = lambda: True

    def tell(self, percent: int, message: str = "", **figures: Any) -> None:
        """How far it has come, in per cent, and what it is doing. Raises Cancelled when it was asked to stop."""
        if not self.note(max(0, min(99, percent)), message[:300], figures):
            raise Cancelled

    def goes_on(self, percent: int, message: str = "", **figures: Any) -> bool:
        """As `tell`, but answers False instead of raising, for work that can stop with what it has found."""
        return self.note(max(0, min(99, percent)), message[:300], figures)

    def keep(self) -> None:
        """Ask, before a result is stored, in the transaction that stores it, whether the job is still this worker's.

        Raises Cancelled when it is not, so that no result is stored twice or after it was stopped.
        """
        if not self.mine():
            raise Cancelled


Function = Callable[[Task, Progress], None]
FUNCTIONS: dict[str, Function] = {}


def job(kind: str) -> Callable[[Function], Function]:
    """Register the function that carries out jobs of `kind`."""

    def register(function: Function) -> Function:
        FUNCTIONS[kind] = function
        return function

    return register


def same_work(going: Mapping[str, Any], asked: Mapping[str, Any]) -> bool:
    """Whether work under way was asked for with these arguments; it may have added figures of its own since."""
    return all(name in going and going[name] == value for name, value in asked.items())
