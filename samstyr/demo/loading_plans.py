"""The demonstration's plans, lived through the portfolio's own actions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def acts(demo: Any) -> Iterator[Any]:
    """What happened with the plans, day by day."""
    return iter(())
