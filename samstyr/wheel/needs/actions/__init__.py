"""The only writes to needs; one verb per file."""

from .attachments import add_attachment, keep_import, remove_attachment
from .co_authors import add_co_author, remove_co_author
from .create_draft import create_draft, register_on_behalf
from .delete_draft import delete_draft
from .import_needs import import_needs
from .intake import answer_none, move_calls, note_period_moved, open_intake
from .outcomes import note_outcome, note_parked, note_reopened, note_returned
from .save_draft import save_draft
from .sessions import add_ideas, choose_mode, remove_idea, remove_session, save_session, save_votes
from .split import split_need
from .submit import resubmit, submit
from .withdraw import withdraw

__all__ = [
    "add_attachment",
    "add_co_author",
    "add_ideas",
    "answer_none",
    "choose_mode",
    "create_draft",
    "delete_draft",
    "import_needs",
    "keep_import",
    "move_calls",
    "note_outcome",
    "note_parked",
    "note_period_moved",
    "note_reopened",
    "note_returned",
    "open_intake",
    "register_on_behalf",
    "remove_attachment",
    "remove_co_author",
    "remove_idea",
    "remove_session",
    "resubmit",
    "save_draft",
    "save_session",
    "save_votes",
    "split_need",
    "submit",
    "withdraw",
]
