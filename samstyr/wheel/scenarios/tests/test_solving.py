"""The optimiser against every choice there is, and against another solver."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samstyr.wheel.scenarios.rules.highs import maximise
from samstyr.wheel.scenarios.rules.instance import Candidate, Instance, Limit, Link, Use
from samstyr.wheel.scenarios.rules.matrix import Grid, whether_apart_from_when
from samstyr.wheel.scenarios.rules.solving import solve

from .generated import portfolio

pytestmark = pytest.mark.pure

SECOND_OPINION = "samstyr.wheel.scenarios.tests.second_opinion"


def every_choice(instance: Instance) -> int | None:
    """The best value of all choices that break nothing, by trying each; None when there is none."""
    best = None
    keys = [candidate.key for candidate in instance.candidates]
    for starts in itertools.product(*((None, *candidate.starts) for candidate in instance.candidates)):
        choice = {key: start for key, start in zip(keys, starts, strict=True) if start is not None}
        if not instance.breaches(choice):
            best = max(instance.value_of(choice), best if best is not None else 0)
    return best


def small(seed: int) -> Instance:
    """Four to six candidates over two or three years, with every kind of limit and tie, sometimes impossible."""
    chance = random.Random(seed)
    instance = portfolio(
        chance.randint(4, 5), seed=seed, years=chance.randint(2, 3), room=chance.choice([0.2, 0.4, 0.7])
    )
    keys = [candidate.key for candidate in instance.candidates]
    ties = [
        Link("a", "needs", (keys[0], keys[1])),
        Link("b", "excludes", (keys[2], keys[3])),
        Link("c", "one_of", (keys[1], keys[3])),
    ]
    pinned = tuple(
        replace(item, pin=chance.choice(["", "", "", "in", "out"]), mandatory=chance.random() < 0.1)
        for item in instance.candidates
    )
    risk = Limit("risk", "Samlet risiko", "risk", chance.randint(60, 200))
    first = Limit("count", "Tiltak første år", "count", chance.randint(1, 3), year=instance.years[0])
    return replace(
        instance,
        candidates=pinned,
        links=tuple(tie for tie in ties if chance.random() < 0.6),
        limits=(*instance.limits, risk, first),
    )


@given(st.integers(0, 10**9))
@settings(max_examples=40)
def test_nothing_beats_it_among_all_choices(seed: int) -> None:
    instance = small(seed)
    best = every_choice(instance)
    solved = solve(instance, seconds=20)
    if best is None:
        assert solved.status == "infeasible"
        return
    assert (solved.status, solved.value, solved.bound) == ("optimal", best, best)
    assert not instance.breaches(solved.starts)
    assert instance.value_of(solved.starts) == best
    assert solved.gap == 0.0


@pytest.mark.slow
def test_another_solver_finds_the_same_value() -> None:
    """CP-SAT, in a process of its own: the two solvers' libraries cannot be loaded together."""
    for size, seed in ((14, 3), (20, 1), (24, 2)):
        theirs = subprocess.run(
            [sys.executable, "-m", SECOND_OPINION, str(size), str(seed)], capture_output=True, text=True, check=True
        )
        ours = solve(portfolio(size, seed=seed), seconds=60)
        value = int(theirs.stdout.split()[-1])
        expected = ("infeasible", 0) if value < 0 else ("optimal", value)
        assert (ours.status, ours.value) == expected


def test_the_same_question_in_another_order_has_the_same_value_and_the_same_question_the_same_answer() -> None:
    instance = portfolio(12, seed=4)
    turned = replace(
        instance, candidates=instance.candidates[::-1], limits=instance.limits[::-1], links=instance.links[::-1]
    )
    one, again, other = solve(instance), solve(instance), solve(turned)
    assert one == again
    assert (one.value, one.status) == (other.value, other.status)
    assert instance.seal() == turned.seal()


def test_a_whole_krone_decides() -> None:
    """Amounts in the millions: one krone too little keeps a candidate out."""
    cost = 123_456_789
    item = Candidate(UUID(int=1), "Dyrt", 500, (2027,), (Use("money", cost, kind="investment"),))
    for frame, chosen in ((cost, {item.key: 2027}), (cost - 1, {})):
        question = Instance((2027,), (item,), (Limit("f", "Ramme", "money", frame, year=2027),))
        assert solve(question).starts == chosen


def test_nothing_to_choose_from_is_answered() -> None:
    assert solve(Instance((2027,), ())).status == "optimal"
    item = Candidate(UUID(int=1), "Uten år", 500, (), mandatory=True)
    assert solve(Instance((2027,), (item,))).status == "infeasible"


def test_demands_that_cannot_be_met_are_found_also_when_only_the_whole_search_tells() -> None:
    """As a linear programme halves would do: two of three that exclude each other, two by two."""
    items = tuple(Candidate(UUID(int=at), f"Tiltak {at}", 100, (2027,)) for at in range(1, 4))
    pairs = tuple(
        Link(f"{one}-{two}", "excludes", (items[one].key, items[two].key)) for one, two in ((0, 1), (1, 2), (0, 2))
    )
    more = tuple(Candidate(UUID(int=at), f"Annet {at}", 100, (2027,)) for at in range(10, 220))
    least = Limit("two", "Minst to", "count", 2, at_least=True, area="a")
    asked = tuple(replace(item, area="a") for item in items)
    question = Instance((2027,), (*asked, *more), (least,), pairs)
    assert solve(question, seconds=20).status == "infeasible"


def test_it_starts_as_early_as_its_worth_falls_and_what_it_needs_comes_first() -> None:
    years = (2027, 2028, 2029)
    base = Candidate(UUID(int=1), "Grunnlaget", 100, (2028, 2029))
    built = Candidate(UUID(int=2), "Bygd på det", 1_000, years)
    question = Instance(years, (base, built), links=(Link("n", "needs", (built.key, base.key)),), delay_percent=10)
    assert solve(question).starts == {base.key: 2028, built.key: 2028}


def test_it_can_be_stopped_and_says_how_far_it_is_from_proof() -> None:
    told: list[tuple[int, int, int]] = []

    def stop(share: int, value: int, bound: int) -> bool:
        told.append((share, value, bound))
        return len(told) < 2

    solved = solve(portfolio(150, seed=2), seconds=60, on_progress=stop)
    assert solved.status in ("feasible", "cancelled")
    assert told[0][0] < 99
    assert solved.bound >= solved.value


def test_a_start_that_breaks_nothing_is_never_made_worse() -> None:
    instance = portfolio(30, seed=6)
    first = solve(instance, seconds=20)
    again = solve(instance, seconds=0.01, start=first.starts)
    assert again.value >= first.value


@pytest.mark.parametrize("seed", range(4))
def test_telling_whether_from_when_asks_the_same_question(seed: int) -> None:
    grid = Grid(portfolio(14, seed=seed))
    columns, rows = grid.rows(range(len(grid.of)), grid.nothing())
    points = grid.points[columns]
    wide_points, wide = whether_apart_from_when(points, rows, len(grid.of))
    whole, told_apart = maximise(points, rows), maximise(wide_points, wide)
    assert (whole.proven, told_apart.proven) == (True, True)
    assert told_apart.value == pytest.approx(whole.value)
    assert told_apart.columns is not None
    chosen, decided = np.split(np.round(told_apart.columns), [len(points)])
    assert decided.tolist() == [chosen[mine].sum() for mine in (list(rows.columns[at]) for at in range(len(grid.of)))]
    # Every row holds for what was chosen, as it was first written.
    for low, high, mine, values in zip(rows.low, rows.high, rows.columns, rows.values, strict=True):
        assert low - 1e-6 <= float(chosen[list(mine)] @ np.array(values)) <= high + 1e-6
