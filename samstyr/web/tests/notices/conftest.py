"""A world, and people who are logged in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from samstyr.foundation.kernel import clock
from samstyr.wheel.needs.tests.factories import NOW, World, world


@pytest.fixture
def made(db: None) -> Iterator[World]:
    """Two municipalities with a model, their tenant in scope."""
    with world() as ready:
        yield ready


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is a Tuesday in the middle of the intake window."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW


@pytest.fixture
def browse(made: World) -> Callable[[str], Any]:
    """`browse("ansatt")` is a client logged in as that person."""
    return lambda role: made.log_in(Client(), role)
