"""The verbs of a meeting while it is held."""

from .attendance import call_substitute, mark_those_who_come, set_attendance
from .deciding import decide_item
from .impartiality import decide_impartiality, raise_impartiality
from .items import open_item, postpone_item, write_discussion
from .motions import make_motion, withdraw_motion
from .opening import change_chair, end_meeting, open_meeting
from .voting import cancel_voting, cast, close_voting, enter_ballots, open_voting

__all__ = [
    "call_substitute",
    "cancel_voting",
    "cast",
    "change_chair",
    "close_voting",
    "decide_impartiality",
    "decide_item",
    "end_meeting",
    "enter_ballots",
    "make_motion",
    "mark_those_who_come",
    "open_item",
    "open_meeting",
    "open_voting",
    "postpone_item",
    "raise_impartiality",
    "set_attendance",
    "withdraw_motion",
    "write_discussion",
]
