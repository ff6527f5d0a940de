"""What must stand before a step gets its outcome, what a case rests on, and a guide's own account of a path."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .words import Condition, Key, Part, Text

# What a case can point to: a decision of an elected body, national guidance, the strategy, a trend, a guide of one's own.
SourceKind = Literal["political_case", "guidance", "strategy", "trend", "guide", "law", "other"]


class Requirement(Part):
    """Something that must be on record before the step gets an outcome that carries the case on or ends it.

    advice: one of the bodies or roles in `of` has advised, in a step of the path or beside it. consultation and
    discussion: one of `of` (hearing bodies too) was consulted, or has discussed the case. hearing: a hearing was held
    and none is open. answers: every remark of the hearing has got its answer. first_meeting: the decision is made in the
    body's first meeting after a case about `after` was adopted.

    With `each` all of `of` are wanted, with `affected` those of them whose areas the case is about. `earlier` wants a
    day before the decision's, not the same. `effect: warn` tells and does not stop; `override` lets the decision be made
    without it, with a reason that is kept.
    """

    key: Key
    name: Text
    kind: Literal["advice", "consultation", "discussion", "hearing", "answers", "first_meeting"]
    of: tuple[Key, ...] = ()
    each: bool = False
    affected: bool = False
    earlier: bool = False
    after: str | None = None
    when: Condition | None = None
    effect: Literal["gate", "warn"] = "gate"
    override: bool = False


class CheckPoint(Part):
    """One point of a step's checklist: met or not, and a remark."""

    key: Key
    name: Text


class LegalCommunity(Part):
    """Organisations that are bound together in law, so that one decision can bind them all."""

    key: Key
    name: Text
    members: tuple[Key, ...] = Field(min_length=2)
    text: Text | None = None


class GuideStep(Part):
    """A step as a guide tells it: the path's step it is about, or nothing when the path has none."""

    name: Text
    step: Key | None = None


class Guide(Part):
    """How a written guide describes the way to a decision, to be held against the path itself."""

    key: Key
    name: Text
    path: Key
    steps: tuple[GuideStep, ...] = Field(min_length=1)
