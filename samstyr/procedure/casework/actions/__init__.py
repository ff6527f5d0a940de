"""The verbs of casework: nothing else moves a case."""

from .comment import comment
from .meetings import cancel_meeting, plan_meeting
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
    "expire_steps",
    "merge",
    "open_case",
    "park",
    "plan_meeting",
    "reopen",
    "resubmit",
    "resume",
    "resume_due",
    "split",
    "treat",
    "withdraw",
]
