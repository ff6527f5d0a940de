"""The committee in scope."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .committee import Committee, committee


@pytest.fixture
def made(db: None) -> Iterator[Committee]:
    with committee() as ready:
        yield ready


@pytest.fixture
def elected(db: None) -> Iterator[Committee]:
    with committee(rules="elected") as ready:
        yield ready
