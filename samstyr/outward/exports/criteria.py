"""The criteria that the plan's measures were ranked by, from the newest round of prioritisation there is."""

from __future__ import annotations

from .content import Criterion


def criteria_for(first_year: int) -> tuple[tuple[Criterion, ...], str]:
    """The criteria and the round's name; nothing while no round has been held for the year."""
    return (), ""
