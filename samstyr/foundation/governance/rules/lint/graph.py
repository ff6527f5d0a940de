"""A path as a graph: which step leads where, by which outcome, and under which condition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..paths import Outcome, Path, Step

MOVING = frozenset({"advance", "goto", "conditions", "escalate"})
ENDING = frozenset({"reject", "end_positive", "defer", "refer", "merge", "split"})
POSITIVE = frozenset({"end_positive"})


@dataclass(frozen=True)
class Edge:
    """From a step to another, or to the end (`to` None); `chosen` means that a condition picked it."""

    step: Step
    outcome: Outcome
    to: str | None
    chosen: bool = False


def following(path: Path, key: str) -> str | None:
    """The step after `key` in the path's own order."""
    keys = [step.key for step in path.steps]
    index = keys.index(key) + 1
    return keys[index] if index < len(keys) else None


def edges(path: Path) -> Iterator[Edge]:
    """Every way from every step."""
    for step in path.steps:
        for outcome in step.outcomes:
            yield from edges_of(path, step, outcome)


def edges_of(path: Path, step: Step, outcome: Outcome) -> Iterator[Edge]:
    """The ways that one outcome opens."""
    if outcome.effect in ENDING:
        yield Edge(step, outcome, None)
    elif outcome.effect in MOVING or outcome.effect == "return":
        if isinstance(outcome.to, tuple):
            for route in outcome.to:
                yield Edge(step, outcome, route.to, chosen=True)
        elif outcome.to is not None:
            yield Edge(step, outcome, outcome.to)
        elif outcome.effect == "return":
            yield Edge(step, outcome, path.start)
        else:
            yield Edge(step, outcome, following(path, step.key))
    if step.when is not None or step.only_if_exists:
        yield Edge(step, outcome, following(path, step.key), chosen=True)


def reachable(path: Path) -> set[str]:
    """The keys of the steps that a case can come to."""
    out: dict[str, set[str]] = {}
    for edge in edges(path):
        if edge.to is not None:
            out.setdefault(edge.step.key, set()).add(edge.to)
    seen: set[str] = set()
    queue = [path.start]
    while queue:
        key = queue.pop()
        if key not in seen:
            seen.add(key)
            queue.extend(out.get(key, ()))
    return seen


def can_end(path: Path, effects: frozenset[str] = ENDING) -> set[str]:
    """The keys of the steps from which a case can come to one of the ends; running off the path's end is one."""
    every = list(edges(path))
    good = {e.step.key for e in every if e.to is None and (e.outcome.effect in effects or e.outcome.effect in MOVING)}
    while True:
        more = {e.step.key for e in every if e.to in good} - good
        if not more:
            return good
        good |= more


def always_met(path: Path) -> set[str]:
    """The keys of steps that are reached without any condition having chosen them."""
    plain: set[str] = {path.start}
    changed = True
    while changed:
        changed = False
        for edge in edges(path):
            if edge.step.key in plain and edge.to and not edge.chosen and edge.to not in plain:
                plain.add(edge.to)
                changed = True
    return {key for key in plain if any(s.key == key and s.when is None for s in path.steps)}
