"""Minutes in words: headings, states, and who has approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samstyr.foundation.ui.pieces import Status, Tone
from samstyr.procedure.meetings.queries.minutes import CLOSING, OPENING

TONES: dict[str, Tone] = {"draft": Tone.NEUTRAL, "sent": Tone.INFO, "approved": Tone.SUCCESS}


@dataclass(frozen=True)
class ApprovalLine:
    """Whose approval is needed, and what has come of it."""

    name: str
    status: Status
    given: Any


def status_of(minutes: Any) -> Status:
    """How far the minutes have come."""
    return Status(str(minutes.get_state_display()).capitalize(), TONES[minutes.state])


def heading_of(kind: str, item: Any, *, hidden: bool = False) -> str:
    """What a part is called; a hidden one by its number alone."""
    if kind == OPENING:
        return _("Møtet")
    if kind == CLOSING:
        return _("Avslutning")
    return " ".join(part for part in (item.number, _("Unntatt offentlighet") if hidden else item.title) if part)


def approval_lines(minutes: Any, waiting: Sequence[Any]) -> list[ApprovalLine]:
    """Each approval that is needed."""
    given, missing = Status(_("Godkjent"), Tone.SUCCESS), Status(_("Venter"), Tone.INFO)
    if minutes.state == "draft":
        missing = Status(_("Ikke sendt"), Tone.NEUTRAL)
    return [ApprovalLine(one.name, given if one.given else missing, one.given) for one in waiting]
