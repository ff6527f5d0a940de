"""The levels that ask for evidence of the need: a goal it serves, an owner who has committed people."""

from __future__ import annotations

from collections.abc import Mapping

from samstyr.foundation.kernel.errors import FieldError

from .. import queries
from ..models import Entry, Round
from ..rules.scoring import evidence_faults


def evidence_of(row: Round, entry: Entry, levels: Mapping[str, str]) -> list[FieldError]:
    """Why the need cannot have these levels (G-105, G-107)."""
    sheet = queries.sheet_of_round(row)
    if not sheet.requires:
        return []
    return evidence_faults(sheet, levels, goal_link=bool(entry.need.goals), owner_committed=entry.owner_committed)
