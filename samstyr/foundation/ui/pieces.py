"""What the larger components are fed with: typed objects rather than many template arguments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Tone(StrEnum):
    """How a tag or message is to be taken. Shown as colour and as a sign; the word carries the meaning."""

    NEUTRAL = "neutral"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True)
class Status:
    """A state in the reader's words with its tone, for ``{% status %}``."""

    label: str
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True)
class Tab:
    """One view of the same thing; a link, since every view has an address."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


class PhaseState(StrEnum):
    """Where a step of a path stands: treated, now, to come, or passed over."""

    DONE = "done"
    CURRENT = "current"
    UPCOMING = "upcoming"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Phase:
    """One step in the phase arrow. A `gate` is a decision point and is drawn as a diamond."""

    label: str
    state: PhaseState = PhaseState.UPCOMING
    note: str = ""
    url: str = ""
    gate: bool = False


@dataclass(frozen=True)
class TrailEntry:
    """One thing that happened: when, what, who in which role, and the text or the reason in Markdown.

    `rule` names what allowed it; `facts` are label and value, e.g. old and new figure.
    """

    when: datetime | date
    title: str
    who: str = ""
    text: str = ""
    tone: Tone = Tone.NEUTRAL
    url: str = ""
    rule: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ChangedText:
    """One field that two people have changed: what it is called, what you wrote, and what stands now."""

    label: str
    yours: str
    theirs: str
