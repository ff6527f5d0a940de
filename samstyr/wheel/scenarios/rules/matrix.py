"""The question as a table of numbers: a column per candidate and start year, a row per limit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import numpy.typing as npt

from .instance import Instance

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Worths are whole hundredths of hundredths of a point; the solver is given points.
POINT = 10_000.0
# Kroner are given to the solver in thousands, so that its tolerance (a millionth) is far below one krone.
THOUSAND = 1_000.0
NOT_CHOSEN = -1


@dataclass
class Rows:
    """Rows of a linear programme over some columns: `low` ≤ Σ values ≤ `high`."""

    low: list[float]
    high: list[float]
    columns: list[Sequence[int]]
    values: list[Sequence[float]]

    def add(self, low: float, high: float, columns: Sequence[int], values: Sequence[float]) -> None:
        """One more row."""
        self.low.append(low)
        self.high.append(high)
        self.columns.append(columns)
        self.values.append(values)

    def only(self, kept: Sequence[int], demanded: Sequence[int]) -> Rows:
        """The rows over the columns in `kept` alone, the others being 0; the rows in `demanded` are to be at least 1."""
        place = {column: at for at, column in enumerate(kept)}
        narrow = Rows(list(self.low), list(self.high), [], [])
        for columns, values in zip(self.columns, self.values, strict=True):
            pairs = [(place[column], value) for column, value in zip(columns, values, strict=True) if column in place]
            narrow.columns.append([column for column, _ in pairs])
            narrow.values.append([value for _, value in pairs])
        for row in demanded:
            narrow.low[row] = 1.0
        return narrow


def whether_apart_from_when(points: Floats, rows: Rows, candidates: int) -> tuple[Floats, Rows]:
    """The same question with a further column per candidate: whether it is chosen at all, whenever that is.

    The first rows, one per candidate, are those that let it start once. What a candidate draws whenever it starts
    is then drawn by whether it does: a running cost or a tie is one number instead of one for each year, so that
    a solver decides in or out first, and sees which few candidates a limit has room for.
    """
    width = len(points)
    wide = Rows([], [], [], [])
    owner = {column: at for at in range(candidates) for column in rows.columns[at]}
    for at in range(candidates):
        mine = rows.columns[at]
        wide.add(0.0, 0.0, [*mine, width + at], [*([1.0] * len(mine)), -1.0])
        wide.add(rows.low[at], 1.0, [width + at], [1.0])
    for row in range(candidates, len(rows.low)):
        drawn = dict(zip(rows.columns[row], rows.values[row], strict=True))
        columns, values = [], []
        for at in sorted({owner[column] for column in drawn}):
            each = [(column, drawn.get(column, 0.0)) for column in rows.columns[at]]
            least, most = min(value for _, value in each), max(value for _, value in each)
            always = least if least > 0 else min(most, 0.0)
            kept = [(width + at, always), *((column, value - always) for column, value in each)]
            columns += [column for column, value in kept if value]
            values += [value for _, value in kept if value]
        wide.add(rows.low[row], rows.high[row], columns, values)
    return np.append(points, np.zeros(candidates)), wide


class Grid:
    """The columns of an instance, with what each is worth and draws. A choice is a column number per candidate,
    or NOT_CHOSEN."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        candidates = instance.candidates
        self.number = {candidate.key: at for at, candidate in enumerate(candidates)}
        pairs = [
            (at, start)
            for at, candidate in enumerate(candidates)
            if candidate.pin != "out"
            for start in candidate.starts
        ]
        self.owner: Ints = np.array([at for at, _ in pairs], dtype=np.int64)
        self.start: Ints = np.array([start for _, start in pairs], dtype=np.int64)
        self.worth: Ints = np.array([instance.worth(candidates[at], start) for at, start in pairs], dtype=np.int64)
        self.points: Floats = self.worth / POINT
        of: list[list[int]] = [[] for _ in candidates]
        for column, (at, _start) in enumerate(pairs):
            of[at].append(column)
        self.of: list[Ints] = [np.array(columns, dtype=np.int64) for columns in of]
        self.must = np.array([item.mandatory or item.pin == "in" for item in candidates], dtype=bool)
        drawn = [
            [limit.drawn_by(candidates[at], start, instance.years) for at, start in pairs] for limit in instance.limits
        ]
        scale = np.array([THOUSAND if limit.measure == "money" else 1.0 for limit in instance.limits])
        shape = (len(instance.limits), len(pairs))
        self.drawn: Floats = np.array(drawn, dtype=np.float64).reshape(shape) / scale[:, None]
        self.amount: Floats = np.array([limit.amount for limit in instance.limits], dtype=np.float64) / scale
        self.at_least = np.array([limit.at_least for limit in instance.limits], dtype=bool)
        self.links = [(link.kind, [self.number[key] for key in link.members]) for link in instance.links]
        self.links_of: list[list[int]] = [[] for _ in candidates]
        for at, (_kind, members) in enumerate(self.links):
            for member in members:
                self.links_of[member].append(at)

    def nothing(self) -> Ints:
        """The choice of nothing."""
        return np.full(len(self.of), NOT_CHOSEN, dtype=np.int64)

    def value(self, chosen: Ints) -> int:
        """The value of a choice, in hundredths of hundredths of a point."""
        return int(self.worth[chosen[chosen >= 0]].sum())

    def starts(self, chosen: Ints) -> dict[UUID, int]:
        """The choice as start year by candidate."""
        return {
            self.instance.candidates[at].key: int(self.start[column]) for at, column in enumerate(chosen) if column >= 0
        }

    def rows(self, free: Sequence[int], chosen: Ints) -> tuple[Ints, Rows]:
        """The columns and rows of the question about the candidates in `free`, the others being as in `chosen`."""
        is_free = np.zeros(len(self.of), dtype=bool)
        is_free[list(free)] = True
        columns = np.concatenate([self.of[at] for at in free]) if len(free) else np.zeros(0, dtype=np.int64)
        place = {int(column): at for at, column in enumerate(columns)}
        rows = Rows([], [], [], [])
        for at in free:
            mine = [place[int(column)] for column in self.of[at]]
            rows.add(1.0 if self.must[at] else -np.inf, 1.0, mine, [1.0] * len(mine))
        fixed = chosen[(~is_free) & (chosen >= 0)]
        left = self.amount - self.drawn[:, fixed].sum(axis=1)
        part = self.drawn[:, columns]
        for row in range(len(left)):
            drawn = np.flatnonzero(part[row])
            if len(drawn) or (left[row] > 0 if self.at_least[row] else left[row] < 0):
                low, high = (left[row], np.inf) if self.at_least[row] else (-np.inf, left[row])
                rows.add(float(low), float(high), drawn.tolist(), part[row, drawn].tolist())
        for at in sorted({link for one in free for link in self.links_of[one]}):
            self._link_rows(at, is_free, chosen, place, rows)
        return columns, rows

    def _link_rows(
        self, link: int, is_free: npt.NDArray[np.bool_], chosen: Ints, place: dict[int, int], rows: Rows
    ) -> None:
        kind, members = self.links[link]
        if kind != "needs":
            mine = [place[int(column)] for at in members if is_free[at] for column in self.of[at]]
            done = sum(1 for at in members if not is_free[at] and chosen[at] >= 0)
            low, high = (-np.inf, 1.0 - done) if kind == "excludes" else (1.0 - done, np.inf)
            rows.add(low, high, mine, [1.0] * len(mine))
            return
        first, second = members
        # Started by each year: the tight form, instead of one row for the whole period.
        for year in self._years_of(first, second, is_free):
            ahead, done_ahead = self._by(first, year, is_free, chosen, place)
            behind, done_behind = self._by(second, year, is_free, chosen, place)
            if ahead or behind:
                values = [1.0] * len(ahead) + [-1.0] * len(behind)
                rows.add(-np.inf, float(done_behind - done_ahead), [*ahead, *behind], values)

    def _years_of(self, first: int, second: int, is_free: npt.NDArray[np.bool_]) -> Iterable[int]:
        if is_free[first]:
            return [int(year) for year in self.start[self.of[first]]]
        return self.instance.years

    def _by(
        self, at: int, year: int, is_free: npt.NDArray[np.bool_], chosen: Ints, place: dict[int, int]
    ) -> tuple[list[int], int]:
        """The columns by which a candidate is started by `year`, or whether it is when it is not free."""
        if is_free[at]:
            return [place[int(column)] for column in self.of[at] if self.start[column] <= year], 0
        return [], int(chosen[at] >= 0 and self.start[chosen[at]] <= year)
