"""Tellers and listeners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samstyr.foundation.kernel import events


@dataclass(frozen=True)
class Happened(events.Event):
    """Something."""


def test_a_listener_is_told_once_and_in_order() -> None:
    def first(event: Happened, **_: Any) -> None: ...
    def second(event: Happened, **_: Any) -> None: ...

    assert events.handlers_of(Happened) == ()
    for handler in (first, second, first):
        events.connect(Happened, handler)
    assert events.handlers_of(Happened) == (first, second)
    assert Happened in events.connected_events()
    del events._handlers[Happened]
