"""Where the path itself leads: conditions, routes and the order of steps. Pure; used by engine and rehearsal alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say

CaseFacts = Mapping[str, Any]

# Effects after which the case goes on to another step of the path.
MOVING = frozenset({"advance", "goto", "conditions", "escalate"})
# Effects after which it is at its end.
ENDING = frozenset({"reject", "end_positive", "defer", "refer", "merge", "split"})
# Effects after which it rests.
RESTING = frozenset({"park", "pause"})
# Effects that leave it where it is.
STAYING = frozenset({"stay", "rerank"})


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
