"""The only writes to needs; one verb per file."""

from .attachments import add_attachment, keep_import, remove_attachment
from .co_authors import add_co_author, remove_co_author
from .create_draft import create_draft, register_on_behalf
from .delete_draft import delete_draft
from .import_needs import import_needs
from .intake import answer_none, open_intake
from .outcomes import note_outcome, note_parked, note_reopened, note_returned
from .save_draft import save_draft
from .split import split_need
from .submit import resubmit, submit
from .withdraw import withdraw

__all__ = [
    "add_attachment",
    "add_co_author",
    "answer_none",
    "create_draft",
    "delete_draft",
    "import_needs",
    "keep_import",
    "note_outcome",
    "note_parked",
    "note_reopened",
    "note_returned",
    "open_intake",
    "register_on_behalf",
    "remove_attachment",
    "remove_co_author",
    "resubmit",
    "save_draft",
    "split_need",
    "submit",
    "withdraw",
]
