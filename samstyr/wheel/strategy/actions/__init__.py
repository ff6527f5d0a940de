"""The writes of the strategy room: a draft is begun, changed, proposed and adopted, and the one in force is reviewed."""

from .drafting import discard, open_draft, undo
from .editing import (
    end_phase,
    load_file,
    move_goal,
    move_row,
    remove_goal,
    remove_row,
    save_goal,
    save_head,
    save_row,
    say_why,
)
from .proposing import adopt, note_case_ended, note_returned, propose, settle
from .reviewing import review

__all__ = [
    "adopt",
    "discard",
    "end_phase",
    "load_file",
    "move_goal",
    "move_row",
    "note_case_ended",
    "note_returned",
    "open_draft",
    "propose",
    "remove_goal",
    "remove_row",
    "review",
    "save_goal",
    "save_head",
    "save_row",
    "say_why",
    "settle",
    "undo",
]
