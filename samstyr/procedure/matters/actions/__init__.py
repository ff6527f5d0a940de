"""The verbs of matters."""

from .attachments import add_attachment, remove_attachment
from .outcomes import note_outcome, note_reopened, note_returned
from .sending import open_following, send, withdraw
from .writing import create_draft, delete_draft, save_draft

__all__ = [
    "add_attachment",
    "create_draft",
    "delete_draft",
    "note_outcome",
    "note_reopened",
    "note_returned",
    "open_following",
    "remove_attachment",
    "save_draft",
    "send",
    "withdraw",
]
