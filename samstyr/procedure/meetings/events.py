"""What the meetings of bodies tell other rooms."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samstyr.foundation.kernel.events import Event


@dataclass(frozen=True)
class MeetingPrepared(Event):
    """Somebody has begun to prepare a meeting: it has an agenda from now on."""

    meeting_id: UUID


@dataclass(frozen=True)
class MeetingCalled(Event):
    """All who take part are called to a meeting, or told that it has changed; with `people`, only those."""

    meeting_id: UUID
    changed: bool = False
    people: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class ProcedureSent(Event):
    """Members are asked in writing, or reminded of it; `people` are those this concerns."""

    procedure_id: UUID
    people: tuple[UUID, ...]
    reminder: str = ""


@dataclass(frozen=True)
class ProcedureClosed(Event):
    """A written procedure is decided, goes to a meeting, or is withdrawn."""

    procedure_id: UUID


@dataclass(frozen=True)
class MinutesSent(Event):
    """Minutes are sent to those who approve them."""

    minutes_id: UUID


@dataclass(frozen=True)
class MinutesReturned(Event):
    """Somebody who was to approve the minutes had a remark instead; they are a draft again."""

    minutes_id: UUID
    approval_id: UUID


@dataclass(frozen=True)
class MinutesApproved(Event):
    """Minutes are approved by all who were to, and sealed."""

    minutes_id: UUID


@dataclass(frozen=True)
class MinutesCorrected(Event):
    """A correction stands beside approved minutes."""

    minutes_id: UUID
    addendum_id: UUID


@dataclass(frozen=True)
class FollowUpGiven(Event):
    """Somebody is asked to do something by a body."""

    follow_up_id: UUID
