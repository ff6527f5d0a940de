"""When a step is due; the reckoning is the model's own, so that a rehearsal and a real case cannot differ."""

from __future__ import annotations

from samstyr.foundation.governance.rules.timing import (
    Due,
    NextMeeting,
    Setting,
    Window,
    due,
    hangs_on,
    hangs_on_period,
)

__all__ = ["Due", "NextMeeting", "Setting", "Window", "due", "hangs_on", "hangs_on_period"]
