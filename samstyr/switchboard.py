"""The only list of who is told what. Read it to learn what happens when something happens."""

from __future__ import annotations

from samstyr.foundation.kernel.events import Event, Handler, connect

CONNECTIONS: list[tuple[type[Event], Handler]] = []

# Events that are published and that nobody needs to know of yet.
UNHEARD: set[type[Event]] = set()


def connect_all() -> None:
    """Connect every listener; safe to repeat."""
    for event, handler in CONNECTIONS:
        connect(event, handler)
