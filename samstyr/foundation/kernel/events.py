"""What rooms tell each other. Only `samstyr.switchboard` connects a teller to a listener."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Event:
    """Something that has happened, in the past tense; published inside the transaction that did it."""


Handler = Callable[..., Any]
_handlers: dict[type[Event], list[Handler]] = defaultdict(list)


def connect(event: type[Event], handler: Handler) -> None:
    """Let `handler(event, actor=…, now=…)` be called whenever `event` is published; twice is once."""
    if handler not in _handlers[event]:
        _handlers[event].append(handler)


def handlers_of(event: type[Event]) -> tuple[Handler, ...]:
    """Who is told about `event`, in the order they were connected."""
    return tuple(_handlers[event])


def connected_events() -> frozenset[type[Event]]:
    """The events that somebody listens to."""
    return frozenset(event for event, handlers in _handlers.items() if handlers)
