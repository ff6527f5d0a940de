"""The verbs of meetings."""

from .approving import add_addendum, approve_minutes, file_minutes, remark_on_minutes, send_minutes
from .drafting import draft_minutes, write_section
from .follow_up import add_follow_up, finish_follow_up, reopen_follow_up
from .written import (
    close_due_procedures,
    close_procedure,
    note_step_closed,
    record_reply,
    remind_members,
    reply,
    start_procedure,
    withdraw_procedure,
)

__all__ = [
    "add_addendum",
    "add_follow_up",
    "approve_minutes",
    "close_due_procedures",
    "close_procedure",
    "draft_minutes",
    "file_minutes",
    "finish_follow_up",
    "note_step_closed",
    "record_reply",
    "remark_on_minutes",
    "remind_members",
    "reopen_follow_up",
    "reply",
    "send_minutes",
    "start_procedure",
    "withdraw_procedure",
    "write_section",
]
