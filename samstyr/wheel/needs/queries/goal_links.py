"""Which needs name which goals."""

from __future__ import annotations

from samstyr.foundation.access import Actor

from ..models import Need, NeedState
from .reading import visible_to


def needs_with_goals(actor: Actor) -> list[Need]:
    """The needs one may read that name any goal, newest first, without those that are withdrawn; one query."""
    rows = visible_to(actor).exclude(goals=[]).exclude(state=NeedState.WITHDRAWN)
    return list(rows.only("pk", "tenant", "number", "title", "goals", "state", "created_at").order_by("-created_at"))
