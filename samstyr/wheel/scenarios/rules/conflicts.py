"""The smallest set of demands that cannot all be met: what somebody must give up for a wish to be possible."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from .highs import maximise
from .instance import Instance
from .matrix import Grid, Rows


def demands_of(instance: Instance) -> list[str]:
    """Everything that can be given up: limits and links by key, mandatory and pinned candidates by theirs as text."""
    people = [str(item.key) for item in instance.candidates if item.mandatory or item.pin == "in"]
    return [*(limit.key for limit in instance.limits), *(link.key for link in instance.links), *people]


def only(instance: Instance, demands: Collection[str]) -> Instance:
    """The instance with these demands alone."""
    return replace(
        instance,
        candidates=tuple(
            item
            if str(item.key) in demands
            else replace(item, mandatory=False, pin="" if item.pin == "in" else item.pin)
            for item in instance.candidates
        ),
        limits=tuple(limit for limit in instance.limits if limit.key in demands),
        links=tuple(link for link in instance.links if link.key in demands),
    )


def satisfied(instance: Instance, demands: Collection[str]) -> set[str] | None:
    """All demands that some choice meets which meets `demands`; None when no choice does."""
    part = only(instance, demands)
    grid = Grid(part)
    if not len(grid.owner):
        starts = {}
    else:
        columns, rows = grid.rows(range(len(grid.of)), grid.nothing())
        answer = maximise(np.zeros(len(columns)), rows)
        if answer.columns is None:
            return None
        chosen = grid.nothing()
        for column in columns[answer.columns > 0.5]:
            chosen[grid.owner[column]] = column
        starts = grid.starts(chosen)
    broken = set(instance.breaches(starts))
    return {demand for demand in demands_of(instance) if demand not in broken} | set(demands)


def smallest_conflict(instance: Instance, *, wish: str = "", seconds: float = 20.0) -> tuple[str, ...]:
    """The fewest demands that no choice meets together, in the instance's order; empty when all can be met.

    `wish` is a demand that is held and not named. Each set that some choice meets shows that a conflict must
    have something outside it; the smallest set that has something outside each is tried until one is a conflict.
    When time runs out, a conflict is given from which nothing can be left out, though another may be smaller.
    """
    begun = time.monotonic()
    everything = [demand for demand in demands_of(instance) if demand != wish]
    held = {wish} if wish else set()
    if satisfied(instance, {*everything, *held}) is not None:
        return ()
    outside: list[set[str]] = []
    while time.monotonic() - begun < seconds:
        guess = _smallest_hitting(everything, outside)
        met = _widened(instance, {*guess, *held}, everything)
        if met is None:
            return tuple(demand for demand in everything if demand in guess)
        outside.append({demand for demand in everything if demand not in met})
    return _irreducible(instance, everything, held)


def _widened(instance: Instance, demands: set[str], everything: Sequence[str]) -> set[str] | None:
    """As many demands as can easily be met together with `demands`; None when those cannot."""
    met = satisfied(instance, demands)
    if met is None:
        return None
    for demand in everything:
        if demand not in met:
            more = satisfied(instance, {*met, demand})
            met = more if more is not None else met
    return met


def _smallest_hitting(everything: Sequence[str], outside: Sequence[set[str]]) -> set[str]:
    """The fewest demands with at least one from each of the sets."""
    if not outside:
        return set()
    place = {demand: at for at, demand in enumerate(everything)}
    rows = Rows([], [], [], [])
    for some in outside:
        rows.add(1.0, np.inf, [place[demand] for demand in sorted(some)], [1.0] * len(some))
    answer = maximise(np.full(len(everything), -1.0), rows)
    if answer.columns is None:
        raise ArithmeticError("a set of demands that is met leaves nothing outside")
    return {everything[int(at)] for at in np.flatnonzero(answer.columns > 0.5)}


def _irreducible(instance: Instance, everything: Sequence[str], held: set[str]) -> tuple[str, ...]:
    """A conflict from which nothing can be left out."""
    kept = list(everything)
    for demand in everything:
        rest = [other for other in kept if other != demand]
        if satisfied(instance, {*rest, *held}) is None:
            kept = rest
    return tuple(kept)


def least_growth(instance: Instance, key: str) -> int | None:
    """How much the limit must at least grow (or a minimum be lowered) for the rest to be possible; None if never.

    In the limit's unit: kroner, hours, points of risk, measures.
    """
    limit = next(item for item in instance.limits if item.key == key)
    part = replace(instance, limits=tuple(item for item in instance.limits if item.key != key))
    grid = Grid(part)
    columns, rows = grid.rows(range(len(grid.of)), grid.nothing())
    candidates, sign = instance.candidates, 1.0 if limit.at_least else -1.0
    drawn = np.array(
        [limit.drawn_by(candidates[grid.owner[column]], int(grid.start[column]), instance.years) for column in columns],
        dtype=np.float64,
    )
    answer = maximise(sign * drawn, rows)
    if answer.columns is None:
        return None
    used = round(float(drawn[answer.columns > 0.5].sum()))
    return max(0, limit.amount - used if limit.at_least else used - limit.amount)
