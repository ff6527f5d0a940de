"""The only writes to rounds, scores and what is agreed on."""

from .agreeing import accept_unanimous, describe_entry, leave_out, set_consensus, take_back
from .rounds import add_needs, change_round, close, open_round, remove_need, reopen, reveal
from .scores import score, stand_aside, step_in

__all__ = [
    "accept_unanimous",
    "add_needs",
    "change_round",
    "close",
    "describe_entry",
    "leave_out",
    "open_round",
    "remove_need",
    "reopen",
    "reveal",
    "score",
    "set_consensus",
    "stand_aside",
    "step_in",
    "take_back",
]
