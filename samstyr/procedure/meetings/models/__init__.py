"""The tables of meetings, one file for each part of the work."""

from .agenda import AgendaItem, Disqualification, Motion, Paper, Question
from .case_paper import CasePaper, CasePaperPart
from .meeting import Meeting, MeetingState, Participant
from .minutes import Addendum, Approval, FollowUp, Minutes, MinutesSection, MinutesState
from .voting import Ballot, Voting
from .written import Procedure, ProcedureMember, ProcedureState, Reply

__all__ = [
    "Addendum",
    "AgendaItem",
    "Approval",
    "Ballot",
    "CasePaper",
    "CasePaperPart",
    "Disqualification",
    "FollowUp",
    "Meeting",
    "MeetingState",
    "Minutes",
    "MinutesSection",
    "MinutesState",
    "Motion",
    "Paper",
    "Participant",
    "Procedure",
    "ProcedureMember",
    "ProcedureState",
    "Question",
    "Reply",
    "Voting",
]
