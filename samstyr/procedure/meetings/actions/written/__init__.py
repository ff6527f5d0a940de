"""The verbs of written procedure."""

from .answering import record_reply, reply
from .closing import close_due_procedures, close_procedure, lapse_procedures, note_step_closed, withdraw_procedure
from .reminding import remind_members
from .sending import start_procedure

__all__ = [
    "close_due_procedures",
    "close_procedure",
    "lapse_procedures",
    "note_step_closed",
    "record_reply",
    "remind_members",
    "reply",
    "start_procedure",
    "withdraw_procedure",
]
