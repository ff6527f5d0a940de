"""The joint world on the day of the plan's adoption, with every form filled in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from samstyr.foundation.kernel import clock
from samstyr.wheel.portfolio.tests.factories import ADOPTION, at
from tests.pages.filled import Set, stage
from tests.requirements.joint import joint


@pytest.fixture
def ready(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Set]:
    with joint() as made:
        monkeypatch.setattr(clock, "now", lambda: at(ADOPTION))
        made.person("auditor", organisation=made.organisations["birkenes"])
        yield stage(made)
