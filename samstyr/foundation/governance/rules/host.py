"""Which organisation is host, and in which one a body's chair holds the role (N-190)."""

from __future__ import annotations

from .bodies import Body
from .schema import GovernanceModel


def host_of(model: GovernanceModel) -> str | None:
    """The slot of the cooperation's host, or the organisation marked as host; None when there is none."""
    if model.cooperation and model.cooperation.host:
        return model.cooperation.host
    return next((slot.key for slot in model.organisations if slot.host), None)


def chair_slot(model: GovernanceModel, body: Body) -> str | None:
    """The slot whose holder of the chair's role leads the body; None when any holder does."""
    return host_of(model) if body.chair_in == "host" else body.chair_in
