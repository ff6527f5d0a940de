"""How a body meets and decides: what its model says, else its preset, each with the source of the rule.

The chapter of the Municipal Act on meetings binds elected bodies alone (kommuneloven kap. 11). An administrative
body follows its own custom; the defaults here are what is usual, and every one may be set in the model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .words import Key, Part, Text

Rule = Literal["chair", "simple_majority", "two_thirds", "unanimous", "consensus_else_chair", "plurality"]
Approval = Literal["chair", "next_meeting", "roles"]


class WrittenRules(Part):
    """Written procedure: shares are per cent of the seats with a vote. `agreement: all` means that every one must

    agree, both to the proposal and to its being decided in writing. `meeting_percent` is how many must ask for a
    meeting before there is one.
    """

    allowed: bool | None = None
    agreement: Literal["rule", "all"] | None = None
    replies_percent: int | None = Field(default=None, ge=0, le=100)
    meeting_percent: int | None = Field(default=None, ge=1, le=100)
    early_close: bool | None = None


class MeetingRules(Part):
    """What a body's meetings go by; what is left out follows the preset in the body's `rules`.

    `notice_days` is how many days before the meeting the papers are sent, `late_percent` how many of those present
    can keep an item off the agenda that was not sent out, `minutes_days` within how many days the minutes are due.
    """

    decision: Rule | None = None
    tie: Literal["chair", "fails"] | None = None
    blank: bool | None = None
    notice_days: int | None = Field(default=None, ge=0, le=90)
    late_percent: int | None = Field(default=None, ge=0, le=100)
    remote: bool | None = None
    open: bool | None = None
    disqualified_by: Literal["body", "chair"] | None = None
    approval: Approval | None = None
    approved_by: tuple[Key, ...] = ()
    minutes_days: int | None = Field(default=None, ge=0, le=90)
    starts_at: str | None = Field(default=None, pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")
    minutes_long: int | None = Field(default=None, ge=5, le=1440)
    place: Text | None = None
    written: WrittenRules = WrittenRules()


@dataclass(frozen=True)
class Setting:
    """A rule's value, and where it comes from: the model, the law, or custom."""

    value: Any
    source: Sentence


@dataclass(frozen=True)
class Settings:
    """All that a body's meetings go by. Percents are whole; days are calendar days but for `written_days`,

    which are working days. `quorum_percent` 0 means that there is no quorum.
    """

    quorum_percent: Setting
    decision: Setting
    tie: Setting
    blank: Setting
    notice_days: Setting
    late_percent: Setting
    remote: Setting
    open: Setting
    disqualified_by: Setting
    approval: Setting
    minutes_days: Setting
    starts_at: Setting
    minutes_long: Setting
    written_allowed: Setting
    written_agreement: Setting
    written_replies_percent: Setting
    written_meeting_percent: Setting
    written_early_close: Setting
    written_days: Setting

    def value(self, name: str) -> Any:
        """The value of the rule by its name."""
        return getattr(self, name).value


_MODEL = gettext_noop("styringsmodellen")
_CUSTOM = gettext_noop("vanlig ordning, kan endres i styringsmodellen")

# What holds where the model is silent: value and source, for administrative bodies and for elected ones.
_ADMINISTRATIVE: dict[str, tuple[Any, str]] = {
    "quorum_percent": (0, _CUSTOM),
    "decision": ("consensus_else_chair", _CUSTOM),
    "tie": ("chair", _CUSTOM),
    "blank": (True, _CUSTOM),
    "notice_days": (5, _CUSTOM),
    "late_percent": (0, _CUSTOM),
    "remote": (True, _CUSTOM),
    "open": (False, _CUSTOM),
    "disqualified_by": ("chair", gettext_noop("forvaltningsloven § 8")),
    "approval": ("chair", _CUSTOM),
    "minutes_days": (5, _CUSTOM),
    "starts_at": ("09:00", _CUSTOM),
    "minutes_long": (120, _CUSTOM),
    "written_allowed": (True, _CUSTOM),
    "written_agreement": ("rule", _CUSTOM),
    "written_replies_percent": (0, _CUSTOM),
    "written_meeting_percent": (34, _CUSTOM),
    "written_early_close": (True, _CUSTOM),
    "written_days": (3, _CUSTOM),
}
_ELECTED = _ADMINISTRATIVE | {
    "quorum_percent": (50, gettext_noop("kommuneloven § 11-9")),
    "decision": ("simple_majority", gettext_noop("kommuneloven § 11-9")),
    "tie": ("chair", gettext_noop("kommuneloven § 11-9")),
    "blank": (False, gettext_noop("kommuneloven § 8-1")),
    "notice_days": (7, gettext_noop("rimelig tid, kommuneloven § 11-3")),
    "late_percent": (34, gettext_noop("en tredel av de møtende, kommuneloven § 11-3")),
    "remote": (False, gettext_noop("bare når kommunestyret har tillatt det, kommuneloven § 11-7")),
    "open": (True, gettext_noop("kommuneloven § 11-5")),
    "disqualified_by": ("body", gettext_noop("forvaltningsloven § 8")),
    "approval": ("next_meeting", _CUSTOM),
    "written_agreement": ("all", gettext_noop("kommuneloven § 11-8")),
    "written_replies_percent": (100, gettext_noop("kommuneloven § 11-8")),
    "written_meeting_percent": (1, gettext_noop("kommuneloven § 11-8")),
}


def settings_of(body: Any) -> Settings:
    """What the body's meetings go by. `body` is a `bodies.Body`."""
    said: dict[str, Any] = {name: getattr(body.meetings, name) for name in _ADMINISTRATIVE if name in _OWN}
    said |= {f"written_{name}": getattr(body.meetings.written, name) for name in WrittenRules.model_fields}
    said |= {"quorum_percent": body.quorum_percent, "written_days": body.written_procedure_days}
    preset = _ELECTED if body.rules == "elected" else _ADMINISTRATIVE
    return Settings(
        **{
            name: Setting(said[name], say(_MODEL)) if said.get(name) is not None else Setting(value, say(source))
            for name, (value, source) in preset.items()
        }
    )


_OWN = frozenset(MeetingRules.model_fields)
