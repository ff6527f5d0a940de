"""The best choice within the limits, with the proof of it or the remaining gap.

A mixed-integer programme, solved in three steps. The linear programme gives a first bound and tells which
candidates are worth doubting. A *kernel* of the doubtful ones is solved with the others as the linear programme
has them. Then two things go on side by side: neighbourhoods of the best choice are solved again and again, and
the whole question is searched with bounds until it is proven or time is up. The steps take no notice of each
other's timing, so a proven answer is the same each time.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from uuid import UUID

import numpy as np

from .highs import Answer, Watch, maximise
from .instance import Instance, Solved
from .matrix import POINT, Floats, Grid, Ints, Rows, whether_apart_from_when

# Told now and then: per cent of the time used, the best value and the bound (as in Solved); False stops it.
OnProgress = Callable[[int, int, int], bool]

# How many of the most doubtful make the kernel, and for how many nodes it is searched: few of a question that is
# searched whole afterwards, many of a large one.
KERNEL, KERNEL_NODES = 48, 20
LARGE_KERNEL, LARGE_KERNEL_NODES = 160, 300
SIZES = (22, 28, 36, 46)
NEIGHBOUR_NODES = 150
# Up to so many candidates the search is divided between the two cores; above, one of them improves the choice.
DIVIDED = 60
ROUNDING = 1e-3
EFFORT = 0.05
CORE = 480
# How dear a choice may be, at the linear programme's prices, to be among those that are searched together for a
# better one (in parts of the gap), and how far up in the gap that search must reach.
REACHES, HOPE = ((1 / 34, 1 / 26), (1 / 20,)), 0.3
# Two thirds of the time go to proof; what is to be proven first: so much of the gap, or within one per cent.
UNTIL_PROOF, AIM, WITHIN = 0.33, 0.6, 0.01
# What lies this far (in points) below an aim is searched too, so that no tolerance of the solver's decides.
MARGIN = 5e-4
# Beyond so many candidates the search of the whole question gains nothing in the time there is.
LARGE, SECOND_SEED = 400, 1_000_000


@dataclass(frozen=True)
class Whole:
    """The whole question: its columns and rows."""

    columns: Ints
    rows: Rows


@dataclass(frozen=True)
class Lean:
    """How sure the linear programme is of each candidate, at its own prices for money, people and ties.

    `doubt` is the margin to the next best (-1: not sure at all), `choice` what it leans to; `dearer` is what a
    column costs more than the candidate's best, and `dearer_without` what it costs to leave the candidate out.
    """

    doubt: Floats
    choice: Ints
    dearer: Floats
    dearer_without: Floats


@dataclass
class Run:
    """What is known so far, shared by the steps."""

    grid: Grid
    deadline: float
    begun: float
    on_progress: OnProgress | None
    best: Ints | None = None
    bound: float = np.inf
    stopped: bool = False
    impossible: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)
    told: float = 0.0

    @property
    def value(self) -> int:
        """The best choice's value, in hundredths of hundredths of a point; -1 without one."""
        return -1 if self.best is None else self.grid.value(self.best)

    @property
    def bound_value(self) -> int:
        """The bound in the same unit: values are whole, so it is rounded down."""
        return int(np.floor(self.bound * POINT + ROUNDING)) if np.isfinite(self.bound) else 2**62

    @property
    def left(self) -> float:
        """Seconds left."""
        return self.deadline - time.monotonic()

    def done(self, gap: float) -> bool:
        """Whether there is nothing more to do: stopped, out of time, or near enough to the bound (per cent)."""
        if self.stopped or self.left <= 0:
            return True
        return self.best is not None and (self.bound_value - self.value) * 100 <= gap * max(self.value, 1)

    def take(self, chosen: Ints) -> None:
        """Keep the choice if it is better than the best so far."""
        with self.lock:
            if self.grid.value(chosen) > self.value:
                self.best = chosen.copy()

    def lower(self, bound: float) -> None:
        """A new proven bound, in points."""
        with self.lock:
            self.bound = min(self.bound, bound)

    def go_on(self) -> bool:
        """Tell how it goes, at most a few times a second; False when it has been stopped."""
        now = time.monotonic()
        if self.on_progress is not None and now - self.told > 0.2 and not self.stopped:
            self.told = now
            share = min(99, int(100 * (now - self.begun) / max(self.deadline - self.begun, 0.001)))
            if not self.on_progress(share, max(self.value, 0), self.bound_value):
                self.stopped = True
        return not self.stopped and now < self.deadline


def solve(
    instance: Instance,
    *,
    seconds: float = 10.0,
    gap: float = 0.0,
    start: Mapping[UUID, int] | None = None,
    on_progress: OnProgress | None = None,
) -> Solved:
    """The best start years for the instance's candidates.

    `seconds` is how long it may take, `gap` the per cent from proof at which it may stop. `start` is a choice
    to begin with, used when it breaks nothing. The answer is checked in whole numbers before it is given.
    """
    begun = time.monotonic()
    grid = Grid(instance)
    run = Run(grid, begun + seconds, begun, on_progress)
    if not len(grid.owner):
        return _without_columns(instance)
    everyone = list(range(len(grid.of)))
    columns, rows = grid.rows(everyone, grid.nothing())
    relaxed = maximise(grid.points[columns], rows, whole=False, upper=np.inf)
    if relaxed.infeasible or relaxed.columns is None:
        return Solved("infeasible")
    run.lower(relaxed.bound)
    _begin_with(run, start)
    lean = _lean(grid, relaxed, columns)
    answer = _kernel(run, lean)
    if answer is not None and answer.infeasible:
        return Solved("infeasible")
    if not run.done(gap):
        _search(run, Whole(columns, rows), lean, gap, relaxed)
    return _solved(run)


def _without_columns(instance: Instance) -> Solved:
    return Solved("infeasible") if instance.breaches({}) else Solved("optimal")


def _solved(run: Run) -> Solved:
    if run.best is None:
        return Solved("infeasible" if run.impossible else "cancelled")
    starts = run.grid.starts(run.best)
    broken = run.grid.instance.breaches(starts)
    if broken:
        raise ArithmeticError(f"the solver's choice breaks {broken[:3]}")
    value = run.value
    bound = max(value, run.bound_value)
    return Solved("optimal" if bound == value else "feasible", starts, value, bound)


def _begin_with(run: Run, start: Mapping[UUID, int] | None) -> None:
    """Take the given choice as the first, if it breaks nothing."""
    keys = run.grid.number
    if not start or any(key not in keys for key in start):
        return
    chosen = run.grid.nothing()
    for key, year in start.items():
        at = keys[key]
        fitting = [column for column in run.grid.of[at] if run.grid.start[column] == year]
        if not fitting:
            return
        chosen[at] = fitting[0]
    if not run.grid.instance.breaches(run.grid.starts(chosen)):
        run.take(chosen)


def _lean(grid: Grid, relaxed: Answer, columns: Ints) -> Lean:
    """What the linear programme leans to, and what it costs to do otherwise at its prices."""
    assert relaxed.columns is not None
    share, profit = np.zeros(len(grid.owner)), np.zeros(len(grid.owner))
    own = relaxed.row_duals[: len(grid.of)]
    share[columns] = relaxed.columns
    profit[columns] = -(relaxed.column_duals + own[grid.owner[columns]])
    lean = Lean(np.full(len(grid.of), np.inf), grid.nothing(), np.zeros(len(grid.owner)), np.full(len(grid.of), np.inf))
    for at, mine in enumerate(grid.of):
        if not len(mine):
            continue
        options = np.sort(profit[mine] if grid.must[at] else np.append(profit[mine], 0.0))[::-1]
        lean.dearer[mine] = options[0] - profit[mine]
        if not grid.must[at]:
            lean.dearer_without[at] = options[0]
        taken = mine[share[mine] > 1 - 1e-6]
        if len(taken):
            lean.choice[at] = taken[0]
        if np.any((share[mine] > 1e-6) & (share[mine] < 1 - 1e-6)):
            lean.doubt[at] = -1.0
        elif len(options) > 1:
            lean.doubt[at] = options[0] - options[1]
    return lean


def _kernel(run: Run, lean: Lean) -> Answer | None:
    """A first good choice: the most doubtful are decided together, the rest are as the linear programme has them."""
    grid = run.grid
    doubt, leaning = lean.doubt, lean.choice
    order = np.argsort(doubt, kind="stable")
    kernel, nodes = (LARGE_KERNEL, LARGE_KERNEL_NODES) if len(grid.of) > LARGE else (KERNEL, KERNEL_NODES)
    size = min(max(kernel, int(1.2 * np.sum(doubt < 0))), len(grid.of))
    while run.go_on():
        free = np.sort(order[:size]).tolist()
        columns, rows = grid.rows(free, leaning)
        answer = maximise(
            grid.points[columns], rows, mip_max_nodes=nodes if run.best is None else 1,
            time_limit=max(0.1, run.left * (0.6 if len(grid.of) > LARGE else 0.3)), watch=lambda _value, _bound: run.go_on(),
        )  # fmt: skip
        if answer.columns is not None:
            run.take(_with(grid, leaning, free, columns, answer.columns))
            return answer
        if size == len(grid.of):
            return answer
        size = min(size * 2, len(grid.of))
    return None


def _with(grid: Grid, chosen: Ints, free: Sequence[int], columns: Ints, values: Floats) -> Ints:
    result = chosen.copy()
    result[list(free)] = -1
    for column in columns[values > 0.5]:
        result[grid.owner[column]] = column
    return result


def _search(run: Run, whole: Whole, lean: Lean, gap: float, relaxed: Answer) -> None:
    """Improve the choice and prove how good it is on both cores, until it is proven or time is up.

    A small question is divided between them. Of a middle-sized one both look for better choices near what the
    linear programme leans to; then one goes on, and one proves that nothing much better exists. Of a large one the
    linear programme's bound is as good as proven, and both improve the choice.
    """
    size = len(run.grid.of)
    if run.best is None or size <= DIVIDED:
        return _search_parts(run, whole, lean, gap, relaxed)
    if size > LARGE:
        return _side_by_side(run, [partial(_improve, run, lean, gap, seed, None) for seed in (0, SECOND_SEED)])

    def seek() -> None:
        _reach(run, whole, lean, REACHES[0], 1.5 * UNTIL_PROOF)
        _improve(run, lean, gap, 0, None)

    def prove() -> None:
        _reach(run, whole, lean, REACHES[1], UNTIL_PROOF)
        _rule_out(run, whole, gap)

    return _side_by_side(run, [seek, prove])


def _side_by_side(run: Run, works: Sequence[Callable[[], None]]) -> None:
    faults: list[BaseException] = []

    def carried_out(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=carried_out, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive():
            thread.join(0.05)
            run.go_on()
    if faults:
        raise faults[0]


def _search_parts(run: Run, whole: Whole, lean: Lean, gap: float, relaxed: Answer) -> None:
    parts = _divided(run, whole, relaxed)
    bounds = [run.bound] * len(parts)
    over = threading.Event()

    def prove(at: int) -> None:
        try:
            _prove(run, at, whole.columns, parts[at], bounds, gap)
        finally:
            over.set()

    works: list[Callable[[], None]] = [partial(prove, at) for at in range(len(parts))]
    if len(parts) == 1:
        works.append(partial(_improve, run, lean, gap, 0, over))
    _side_by_side(run, works)
    run.impossible = run.best is None and all(np.isneginf(bound) for bound in bounds)
    if not run.impossible:
        run.lower(max(max(bounds), run.value / POINT))


def _reach(run: Run, whole: Whole, lean: Lean, reaches: Sequence[float], share: float) -> None:
    """Look for a choice well up in the gap among those near what the linear programme leans to.

    Only what is better than hoped for is searched for, so most of the tree falls away at once.
    """
    grid, value = run.grid, run.value / POINT
    room = run.bound - value
    until = run.begun + share * (run.deadline - run.begun)

    def take(keep: Ints, columns: Floats) -> None:
        run.take(_with(grid, grid.nothing(), range(len(grid.of)), whole.columns[keep], columns[: len(keep)]))

    for reach in reaches:
        left = until - time.monotonic()
        if left <= 0 or not run.go_on():
            return
        keep = np.flatnonzero(lean.dearer[whole.columns] <= reach * room)
        near = whole.rows.only(keep.tolist(), np.flatnonzero(lean.dearer_without > reach * room).tolist())
        hope = value + HOPE * room
        _decide(
            grid.points[whole.columns[keep]], near, len(grid.of), None, lambda _value, _bound: run.go_on() and time.monotonic() < until,
            found=partial(take, keep), time_limit=left, mip_heuristic_effort=0.1, objective_bound=MARGIN - hope,
        )  # fmt: skip


def _rule_out(run: Run, whole: Whole, gap: float) -> None:
    """Prove that nothing is better than an aim a little above the best choice; then that nothing is than a lower.

    A search for what is better than the aim has far less to go through than one for the best: what a part of it
    could at most give is soon below the aim.
    """
    grid = run.grid
    while run.go_on() and not run.done(gap):
        value = run.value / POINT
        aim = value + min(AIM * (run.bound - value), WITHIN * value)

        def watch(_value: float, bound: float, aim: float = aim) -> bool:
            run.lower(max(bound, aim, run.value / POINT))
            return run.go_on() and not run.done(gap)

        answer = _decide(
            grid.points[whole.columns], whole.rows, len(grid.of), None, watch, time_limit=max(0.1, run.left),
            mip_heuristic_effort=0.0, objective_bound=MARGIN - aim,
        )  # fmt: skip
        if answer.columns is not None:
            run.take(_with(grid, grid.nothing(), range(len(grid.of)), whole.columns, answer.columns))
        if not (answer.proven or answer.infeasible):
            return
        run.lower(max(aim, run.value / POINT))


def _divided(run: Run, whole: Whole, relaxed: Answer) -> list[Rows]:
    """The question in two by how many candidates are chosen, when it is small; whole otherwise."""
    columns, rows = whole.columns, whole.rows
    if len(run.grid.of) > DIVIDED or run.best is None:
        return [rows]
    assert relaxed.columns is not None
    middle = int(np.floor(relaxed.columns.sum()))
    everything, ones = list(range(len(columns))), [1.0] * len(columns)
    parts = []
    for low, high in ((-np.inf, float(middle)), (middle + 1.0, np.inf)):
        part = Rows(list(rows.low), list(rows.high), list(rows.columns), list(rows.values))
        part.add(low, high, everything, ones)
        parts.append(part)
    return parts


def _prove(run: Run, at: int, columns: Ints, rows: Rows, bounds: list[float], gap: float) -> None:
    grid = run.grid
    start = None
    if run.best is not None:
        start = (run.best[grid.owner[columns]] == columns).astype(np.float64)
        held = float(start.sum())
        if len(bounds) > 1 and not rows.low[-1] - 0.5 <= held <= rows.high[-1] + 0.5:
            # The best choice lies in the other part: here only what is better is worth finding.
            rows.add((run.value + 1 - 0.5) / POINT, np.inf, list(range(len(columns))), grid.points[columns].tolist())
            start = None

    def watch(_value: float, bound: float) -> bool:
        bounds[at] = min(bounds[at], bound)
        run.lower(max(max(bounds), run.value / POINT))
        return run.go_on() and not run.done(gap)

    answer = _decide(
        grid.points[columns], rows, len(grid.of), start, watch, time_limit=max(0.1, run.left),
        mip_heuristic_effort=EFFORT,
    )  # fmt: skip
    if answer.columns is not None:
        run.take(_with(grid, grid.nothing(), range(len(grid.of)), columns, answer.columns))
    bounds[at] = -np.inf if answer.infeasible else min(bounds[at], answer.bound)


def _decide(
    points: Floats, rows: Rows, candidates: int, start: Floats | None, watch: Watch | None = None, **options: Any
) -> Answer:
    """The best columns when whether a candidate is chosen is told apart from when; as it stands, since the solver
    would put the two together again before it began."""
    wide_points, wide = whether_apart_from_when(points, rows, candidates)
    if start is not None:
        start = np.append(start, [start[list(rows.columns[at])].sum() for at in range(candidates)])
    answer = maximise(wide_points, wide, start=start, watch=watch, presolve="off", **options)
    return answer if answer.columns is None else replace(answer, columns=answer.columns[: len(points)])


def _improve(run: Run, lean: Lean, gap: float, seed: int, over: threading.Event | None) -> None:
    """Decide some candidates anew, the others being as in the best choice: again and again, the doubtful oftest."""
    grid, at, doubt = run.grid, 0, lean.doubt
    rank = np.empty(len(doubt))
    rank[np.argsort(doubt, kind="stable")] = np.arange(len(doubt))
    near = np.where(rank < CORE, 1.0 / (1.0 + rank / 45.0), 1e-9)
    wide = np.where(rank < CORE, 1.0, 1e-9)
    mine: Ints | None = None
    while (over is None or not over.is_set()) and run.go_on() and not run.done(gap):
        mine = run.best if mine is None else mine
        if mine is None:
            time.sleep(0.05)
            continue
        at += 1
        chance = np.random.default_rng(seed + at)
        size = min(len(grid.of), SIZES[at % len(SIZES)])
        weight = (near if at % 3 else wide) * (1.0 + (mine != lean.choice))
        free = np.sort(chance.choice(len(grid.of), size, replace=False, p=weight / weight.sum())).tolist()
        columns, rows = grid.rows(free, mine)
        start = (mine[grid.owner[columns]] == columns).astype(np.float64)
        answer = _decide(
            grid.points[columns], rows, len(free), start, mip_max_nodes=NEIGHBOUR_NODES, time_limit=max(0.1, run.left)
        )
        if answer.columns is not None:
            mine = _with(grid, mine, free, columns, answer.columns)
            run.take(mine)
