"""The verbs of hearings."""

from .choose import choose_consultee, remove_choice
from .open_hearing import (
    add_consultee,
    close_hearing,
    extend_deadline,
    note_meeting_planned,
    note_step_closed,
    open_hearing,
    open_hearings,
    remind,
)
from .statement import answer_statement, give_statement, record_on_behalf

__all__ = [
    "add_consultee",
    "answer_statement",
    "choose_consultee",
    "close_hearing",
    "extend_deadline",
    "give_statement",
    "note_meeting_planned",
    "note_step_closed",
    "open_hearing",
    "open_hearings",
    "record_on_behalf",
    "remind",
    "remove_choice",
]
