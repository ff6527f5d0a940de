"""The verbs of lifting."""

from .answering import accept, decline
from .channels import close_channel, consume, invite, open_channel
from .lifting import note_standing, receive, release

__all__ = [
    "accept",
    "close_channel",
    "consume",
    "decline",
    "invite",
    "note_standing",
    "open_channel",
    "receive",
    "release",
]
