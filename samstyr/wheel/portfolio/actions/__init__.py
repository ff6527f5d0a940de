"""The only writes to plans."""

from .drafting import add_line, open_draft, rank_lines, remove_line, save_line
from .following import record_progress, set_budget_state, start_measure
from .proposing import note_case_ended, note_returned, propose

__all__ = [
    "add_line",
    "note_case_ended",
    "note_returned",
    "open_draft",
    "propose",
    "rank_lines",
    "record_progress",
    "remove_line",
    "save_line",
    "set_budget_state",
    "start_measure",
]
