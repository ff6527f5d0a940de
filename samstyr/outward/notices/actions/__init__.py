"""The verbs of notices."""

from .give import give_notices
from .links import issue_link, subscribe, unsubscribe, use_link
from .mailing import compose, note_failed, note_sent
from .remind import remind
from .seen import mark_seen

__all__ = [
    "compose",
    "give_notices",
    "issue_link",
    "mark_seen",
    "note_failed",
    "note_sent",
    "remind",
    "subscribe",
    "unsubscribe",
    "use_link",
]
