"""The joint world in scope."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .joint import Joint, joint


@pytest.fixture
def made(db: None) -> Iterator[Joint]:
    """Two municipalities with all their people under the shipped joint model."""
    with joint() as ready:
        yield ready
