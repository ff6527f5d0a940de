"""The joint world, on the day the kommunalsjef assesses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from samstyr.foundation.kernel import clock
from tests.requirements.joint import ASSESSMENT, Joint, at, joint

OnDay = Callable[[date], None]


@pytest.fixture
def made(db: None) -> Iterator[Joint]:
    with joint() as ready:
        yield ready


@pytest.fixture(autouse=True)
def on_day(monkeypatch: pytest.MonkeyPatch) -> OnDay:
    """`on_day(FORUM)`: let it be that day; the day of the assessment until told otherwise."""

    def move(day: date) -> None:
        monkeypatch.setattr(clock, "now", lambda: at(day))

    move(ASSESSMENT)
    return move
