"""Rank ranges by drawing weights and levels at random: where each candidate ends up, and how often above the line.

All arithmetic is in whole numbers, so the same seed gives the same answer everywhere. Weights are drawn from a Dirichlet
distribution around the present ones; a level moves one step up or down, never past the scale's end.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from .scoring import Sheet, total

K = TypeVar("K", bound=Hashable)
Levels = Mapping[str, str]
DRAWS = 10_000
CHUNK = 250
PARTS = 1_000_000
MOST = 2**62
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Spread:
    """How far to draw: the higher the concentration, the nearer the weights stay; none leaves them as they are.

    `probability` is that a level moves: half the times up, half down.
    """

    concentration: float | None = 50.0
    probability: float = 0.1
    draws: int = DRAWS
    seed: int = 1


@dataclass(frozen=True)
class RankRange(Generic[K]):
    """Where a candidate ends up over all draws. `counts` is how many draws gave each place, from the first."""

    key: K
    lowest: int
    low: int
    median: int
    high: int
    highest: int
    counts: tuple[int, ...]
    above: int | None
    draws: int

    @property
    def share_above(self) -> Fraction | None:
        """The share of draws in which it stands above the line."""
        return None if self.above is None else Fraction(self.above, self.draws)


def rank_ranges(
    sheet: Sheet, candidates: Mapping[K, Levels], capacity: int | None = None, spread: Spread | None = None
) -> list[RankRange[K]]:
    """The places each candidate gets, in the order of the medians. Candidates without every level are left out.

    `low` and `high` are the places that 5 and 95 per cent of the draws are within.
    """
    chosen = spread or Spread()
    complete = {key: own for key, own in candidates.items() if total(sheet, own).value is not None}
    keys = sorted(complete, key=str)
    if not keys:
        return []
    drawn = _Drawing(sheet, [complete[key] for key in keys], chosen)
    counts = drawn.counts()
    found = [_range(key, counts[at], capacity, chosen.draws) for at, key in enumerate(keys)]
    return sorted(found, key=lambda one: (one.median, one.low, one.high, str(one.key)))


def _range(key: K, counts: Ints, capacity: int | None, draws: int) -> RankRange[K]:
    reached = np.cumsum(counts)

    def place(percent: int) -> int:
        return int(np.searchsorted(reached * 100, percent * draws)) + 1

    used = np.flatnonzero(counts)
    above = None if capacity is None else int(counts[:capacity].sum())
    return RankRange(
        key,
        int(used[0]) + 1,
        place(5),
        place(50),
        place(95),
        int(used[-1]) + 1,
        tuple(int(count) for count in counts),
        above,
        draws,
    )


class _Drawing:
    """The tables that a draw looks up in, and the draws."""

    def __init__(self, sheet: Sheet, candidates: list[Levels], spread: Spread) -> None:
        self.spread = spread
        self.random = np.random.Generator(np.random.PCG64(spread.seed))
        places = {level.key: place for place, level in enumerate(sheet.scale)}
        criteria = list(sheet.weights)
        self.levels = np.array(
            [[places[own[question.key]] for question in sheet.questions] for own in candidates], np.int8
        )
        scale = lcm(*(len(sheet.of_criterion(criterion)) for criterion in criteria))
        # What each level of each question adds to its criterion, in whole numbers from nought.
        self.values = np.array(
            [
                [
                    int(sheet.value_of(question, level.number) - sheet.lowest)
                    * (scale // len(sheet.of_criterion(question.criterion)))
                    for level in sheet.scale
                ]
                for question in sheet.questions
            ],
            np.int64,
        )
        self.questions = [
            [at for at, question in enumerate(sheet.questions) if question.criterion == criterion]
            for criterion in criteria
        ]
        self.veto = [at for at, question in enumerate(sheet.questions) if question.criterion in sheet.veto]
        self.weights = np.array([float(sheet.weights[criterion]) for criterion in criteria])
        self.fixed = np.array([int(Fraction(sheet.weights[c]) * PARTS / 100) for c in criteria], np.int64)
        self.tie_break = [criteria.index(criterion) for criterion in sheet.tie_break]
        self.most = (sheet.highest - sheet.lowest) * scale

    def counts(self) -> Ints:
        """How many draws gave each candidate each place."""
        size = len(self.levels)
        found = np.zeros(size * size, np.int64)
        offsets = np.arange(size, dtype=np.int64) * size
        for start in range(0, self.spread.draws, CHUNK):
            draws = min(CHUNK, self.spread.draws - start)
            places = _places(self._keys(draws))
            found += np.bincount((places + offsets).ravel(), minlength=size * size)
        return found.reshape(size, size)

    def _weights(self, draws: int) -> Ints:
        """Weights of each draw in millionths; those that are nought stay nought."""
        if self.spread.concentration is None:
            return np.tile(self.fixed, (draws, 1))
        used = self.weights > 0
        drawn = np.zeros((draws, len(self.weights)))
        drawn[:, used] = self.random.dirichlet(self.weights[used] / 100 * self.spread.concentration, draws)
        return np.rint(drawn * PARTS).astype(np.int64)

    def _levels(self, draws: int) -> NDArray[np.int8]:
        """The levels of each draw, some moved a step."""
        chance = self.spread.probability
        if chance <= 0:
            return self.levels[np.newaxis]
        dice = self.random.random((draws, *self.levels.shape), np.float32)
        moved = self.levels - (dice < chance / 2) + (dice >= 1 - chance / 2)
        return np.clip(moved, 0, self.values.shape[1] - 1).astype(np.int8)

    def _keys(self, draws: int) -> Ints:
        """One whole number per draw and candidate, greater for the better: veto, total, then the tie-break in order."""
        levels = self._levels(draws)
        weights = self._weights(draws)
        answers = [self.values[at][levels[:, :, at]] for at in range(len(self.values))]
        values = [sum(answers[at] for at in own) for own in self.questions]
        found = np.zeros((draws, len(self.levels)), np.int64)
        for at, value in enumerate(values):
            found += weights[:, at, np.newaxis] * value
        if self.veto:
            stopped = np.zeros(levels.shape[:2], bool)
            for at in self.veto:
                stopped |= answers[at] == 0
            found += np.where(stopped, 0, 2 * PARTS * (self.most + 1))
        return self._with_ties(found, values)

    def _with_ties(self, totals: Ints, values: list[Ints]) -> Ints:
        base = self.most + 1
        ordered = [values[at] for at in self.tie_break]
        if 4 * PARTS * base * base ** len(ordered) < MOST:
            for value in ordered:
                totals = totals * base + value
            return totals
        # Too many criteria for one number: the distinct rows, in order, stand for themselves.
        rows = np.stack([totals, *(np.broadcast_to(value, totals.shape) for value in ordered)], axis=-1)
        places = np.unique(rows.reshape(-1, rows.shape[-1]), axis=0, return_inverse=True)[1]
        return places.reshape(totals.shape)


def _places(keys: Ints) -> Ints:
    """Each candidate's place from nought in each draw; those that are alike share one."""
    order = np.argsort(-keys, axis=1, kind="stable")
    ordered = np.take_along_axis(keys, order, axis=1)
    first = np.zeros(ordered.shape, np.int64)
    steps = np.arange(1, ordered.shape[1], dtype=np.int64)
    first[:, 1:] = np.where(ordered[:, 1:] != ordered[:, :-1], steps, 0)
    np.maximum.accumulate(first, axis=1, out=first)
    places = np.empty_like(first)
    np.put_along_axis(places, order, first, axis=1)
    return places
