"""The verbs of meetings."""

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
    "close_due_procedures",
    "close_procedure",
    "note_step_closed",
    "record_reply",
    "remind_members",
    "reply",
    "start_procedure",
    "withdraw_procedure",
]
