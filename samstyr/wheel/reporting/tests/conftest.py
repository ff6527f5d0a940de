"""The committee with its reports, in scope."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .factories import Office, office


@pytest.fixture
def made(db: None) -> Iterator[Office]:
    """The committee with its reports."""
    with office() as ready:
        yield ready
