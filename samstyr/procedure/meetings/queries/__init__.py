"""Reading meetings: who may do what, who sits round the table, and what waits for a body."""

from .access import call_facts, item_facts, manage_facts, meeting_facts, member_facts, part_facts
from .bodies import Member, body_on, decision_of, members_of, settings_on, waiting_for

__all__ = [
    "Member",
    "body_on",
    "call_facts",
    "decision_of",
    "item_facts",
    "manage_facts",
    "meeting_facts",
    "member_facts",
    "members_of",
    "part_facts",
    "settings_on",
    "waiting_for",
]
