"""Where a case goes next: moves, joins and disagreement. Reads the model's path; no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from samstyr.foundation.governance.rules.walking import (
    ENDING,
    MOVING,
    RESTING,
    STAYING,
    CaseFacts,
    default_next,
    following,
    holds,
    route,
)

__all__ = [
    "ENDING", "MOVING", "RESTING", "STAYING", "CaseFacts", "Closed", "Move", "Next", "after_outcome", "default_next",
    "following", "holds", "joined", "route",
]  # fmt: skip


class Move(StrEnum):
    """What the engine does after an outcome."""

    WAIT = "wait"
    GO = "go"
    BACK = "back"
    REST = "rest"
    END = "end"
    STAY = "stay"


@dataclass(frozen=True)
class Closed:
    """One instance of a step that has closed: its outcome key, or "" when it was waived."""

    outcome: str
    weight: int = 1


@dataclass(frozen=True)
class Next:
    """The move, where to, and by which outcome."""

    move: Move
    step: str | None = None
    outcome: str | None = None


def after_outcome(path: Any, step: Any, outcome: Any, facts: CaseFacts) -> Next:
    """The move that one outcome makes by itself. Raises Conflict if no route fits the facts."""
    effect = str(outcome.effect)
    if effect in MOVING:
        return Next(Move.GO, route(path, step, outcome, facts), outcome.key)
    if effect == "return":
        return Next(Move.BACK, route(path, step, outcome, facts) if outcome.to else None, outcome.key)
    if effect in RESTING:
        return Next(Move.REST, None, outcome.key)
    if effect in STAYING:
        return Next(Move.STAY, None, outcome.key)
    return Next(Move.END, None, outcome.key)


def joined(path: Any, step: Any, closed: Sequence[Closed], still_open: int, facts: CaseFacts) -> Next:
    """The move when a step is held by several at once, after one more has closed.

    all: wait for everyone. any: the first to close decides. majority: more than half of all weight agrees.
    count: so many agree. What they disagree on goes where the path goes by itself, with the outcomes on record
    (F-B11), unless the join names an outcome for disagreement. Waived instances never hold others back (B-36).
    """
    outcomes = {outcome.key: outcome for outcome in step.outcomes}
    spoken = [item for item in closed if item.outcome]
    kind = str(getattr(step.join, "kind", step.join) or "all")
    count = getattr(step.join, "count", None)
    total = sum(item.weight for item in closed) + still_open
    votes: dict[str, int] = {}
    for item in spoken:
        votes[item.outcome] = votes.get(item.outcome, 0) + item.weight
    if spoken and kind in ("any", "none"):
        return after_outcome(path, step, outcomes[spoken[0].outcome], facts)
    needed = total // 2 + 1 if kind == "majority" else count if kind == "count" and count else None
    if needed is not None:
        for key, weight in votes.items():
            if weight >= needed:
                return after_outcome(path, step, outcomes[key], facts)
    if still_open:
        return Next(Move.WAIT)
    if not spoken:
        return Next(Move.GO, default_next(path, step, facts))
    moves = [after_outcome(path, step, outcomes[item.outcome], facts) for item in spoken]
    if len({(move.move, move.step) for move in moves}) == 1:
        return moves[0]
    disagreement = getattr(step.join, "disagreement", None)
    if disagreement:
        return after_outcome(path, step, outcomes[disagreement], facts)
    return Next(Move.GO, default_next(path, step, facts))
