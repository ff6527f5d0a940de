"""The only writes to reports."""

from .correcting import correct
from .opening import open_due, open_report, redraft
from .publishing import publish, withdraw
from .receiving import receive
from .sending import send
from .tabling import note_tabled
from .writing import write_part

__all__ = [
    "correct",
    "note_tabled",
    "open_due",
    "open_report",
    "publish",
    "receive",
    "redraft",
    "send",
    "withdraw",
    "write_part",
]
