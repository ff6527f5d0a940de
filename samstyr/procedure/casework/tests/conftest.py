"""The joint world in scope."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.requirements.joint import Joint, joint


@pytest.fixture
def made(db: None) -> Iterator[Joint]:
    with joint() as ready:
        yield ready
