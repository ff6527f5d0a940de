"""The only writes to plans."""

from .adopting_budget import take_budget
from .drafting import add_line, open_draft, rank_lines, remove_line, save_line
from .following import record_progress, set_budget_state, start_measure
from .granting import GrantValues, advise_grant, save_grant, send_grant, settle_grant, write_grant
from .money import appropriate, book, carry_over, contribute, nominate, set_frame, take_nomination
from .moving import decide_overrun, defer, roll, take_up
from .participating import answer_participation, ask_participation, note_contract
from .proposing import note_case_ended, note_returned, propose

__all__ = [
    "GrantValues",
    "add_line",
    "advise_grant",
    "answer_participation",
    "appropriate",
    "ask_participation",
    "book",
    "carry_over",
    "contribute",
    "decide_overrun",
    "defer",
    "nominate",
    "note_case_ended",
    "note_contract",
    "note_returned",
    "open_draft",
    "propose",
    "rank_lines",
    "record_progress",
    "remove_line",
    "roll",
    "save_grant",
    "save_line",
    "send_grant",
    "set_budget_state",
    "set_frame",
    "settle_grant",
    "start_measure",
    "take_budget",
    "take_nomination",
    "take_up",
    "write_grant",
]
