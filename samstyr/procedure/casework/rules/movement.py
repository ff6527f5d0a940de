"""Where a case goes next: routes, joins and who an instance is for. Reads the model's path; no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say

CaseFacts = Mapping[str, Any]

# Effects after which the case goes on to another step of the path.
MOVING = frozenset({"advance", "goto", "conditions"})
# Effects after which it is at its end.
ENDING = frozenset({"reject", "end_positive", "defer", "refer", "merge", "split"})
# Effects after which it rests.
RESTING = frozenset({"park", "pause"})
# Effects that leave it where it is.
STAYING = frozenset({"stay", "rerank"})


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


def route(path: Any, step: Any, outcome: Any, facts: CaseFacts) -> str | None:
    """The step an outcome leads to: its own target, the first route whose condition holds, or the next in order.

    None means that the path is at its end.
    """
    target = outcome.to
    if target is None:
        return following(path, step.key)
    if isinstance(target, str):
        return target
    for candidate in target:
        if candidate.when is None or holds(candidate.when, facts):
            return str(candidate.to)
    raise Conflict(
        say(
            gettext_noop("Ingen av veiene videre fra «%(step)s» passer for denne saken."),
            step=str(step.name),
        ),
        remedy=say(gettext_noop("Styringsmodellen mangler en vei for de øvrige sakene.")),
        rule=f"path:{path.key}/{step.key}/{outcome.key}",
    )


def following(path: Any, key: str) -> str | None:
    """The step that stands after `key` in the path's own order, or None at the end."""
    keys = [step.key for step in path.steps]
    index = keys.index(key) + 1
    return keys[index] if index < len(keys) else None


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


def default_next(path: Any, step: Any, facts: CaseFacts) -> str | None:
    """Where the path goes by itself after a step that nobody gave an outcome: its first onward route."""
    for outcome in step.outcomes:
        if str(outcome.effect) in MOVING:
            return route(path, step, outcome, facts)
    return following(path, step.key)


def holds(condition: Any, facts: CaseFacts) -> bool:
    """Whether a condition of the model's closed vocabulary holds; a fact that is not known is no."""
    if condition is None:
        return True
    if getattr(condition, "all", None) is not None:
        return all(holds(part, facts) for part in condition.all)
    if getattr(condition, "any", None) is not None:
        return any(holds(part, facts) for part in condition.any)
    if getattr(condition, "not_", None) is not None:
        return not holds(condition.not_, facts)
    value = facts.get(str(condition.fact))
    if value is None:
        return False
    expected = condition.value
    match str(condition.op):
        case "eq" | "==" | "is":
            return bool(value == expected)
        case "ne" | "!=":
            return bool(value != expected)
        case "lt" | "<":
            return bool(value < expected)
        case "le" | "<=":
            return bool(value <= expected)
        case "gt" | ">":
            return bool(value > expected)
        case "ge" | ">=":
            return bool(value >= expected)
        case "in":
            return bool(value in expected)
    return False
