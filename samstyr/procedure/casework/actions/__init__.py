"""The verbs of casework: nothing else moves a case."""

from .comment import comment
from .concern import concern
from .follow_period import follow_period, note_period_moved
from .meetings import cancel_meeting, move_meeting, plan_meeting, plan_meetings
from .merge import merge
from .open_case import open_case
from .park import park, resume, resume_due
from .reopen import reopen
from .resubmit import resubmit
from .silence import expire_steps
from .split import split
from .treat import treat
from .withdraw import withdraw

__all__ = [
    "cancel_meeting",
    "comment",
    "concern",
    "expire_steps",
    "follow_period",
    "merge",
    "move_meeting",
    "note_period_moved",
    "open_case",
    "park",
    "plan_meeting",
    "plan_meetings",
    "reopen",
    "resubmit",
    "resume",
    "resume_due",
    "split",
    "treat",
    "withdraw",
]
