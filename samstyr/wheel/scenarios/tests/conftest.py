"""A world with candidates in scope."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .factories import Ready, ready


@pytest.fixture
def made(db: None) -> Iterator[Ready]:
    """Two municipalities under the joint model."""
    with ready() as world:
        yield world
