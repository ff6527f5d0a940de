"""The levels that ask for evidence of the need: a goal it serves, an owner who has committed people."""

from __future__ import annotations

from collections.abc import Mapping

from samstyr.foundation.kernel.errors import FieldError

from ..models import Entry, Round


def evidence_of(row: Round, entry: Entry, levels: Mapping[str, str]) -> list[FieldError]:
    """Why the need cannot have these levels."""
    return []
