"""A world in scope."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .factories import World, world


@pytest.fixture
def made(db: None) -> Iterator[World]:
    """A municipality with five sectors under the model with two stages."""
    with world() as ready:
        yield ready
