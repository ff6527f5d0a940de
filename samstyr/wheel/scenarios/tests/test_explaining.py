"""Every stated change is carried out, and does change the choice."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samstyr.wheel.scenarios.rules.conflicts import demands_of, least_growth, satisfied, smallest_conflict
from samstyr.wheel.scenarios.rules.explaining import explain_all, explain_one, worth_of_more
from samstyr.wheel.scenarios.rules.instance import Instance, Limit
from samstyr.wheel.scenarios.rules.solving import solve

from .generated import portfolio
from .test_solving import small

pytestmark = pytest.mark.pure


def valued(instance: Instance, key: object, value: int) -> Instance:
    """The instance with another value of one candidate."""
    changed = tuple(replace(item, value=value) if item.key == key else item for item in instance.candidates)
    return replace(instance, candidates=changed)


def grown(instance: Instance, more: dict[str, int]) -> Instance:
    """The instance with some limits larger."""
    return replace(
        instance, limits=tuple(replace(item, amount=item.amount + more.get(item.key, 0)) for item in instance.limits)
    )


@pytest.mark.slow
@given(st.integers(0, 10**6), st.sampled_from([9, 12]), st.sampled_from([0.25, 0.45]))
@settings(max_examples=12)
def test_what_is_said_to_change_the_choice_does_change_it(seed: int, size: int, room: float) -> None:
    instance = portfolio(size, seed=seed, years=3, room=room)
    solved = solve(instance, seconds=30)
    if solved.status == "infeasible":
        return
    assert solved.status == "optimal"
    explained = explain_all(instance, solved, seconds=60)
    assert set(explained) == {item.key for item in instance.candidates}
    for key, told in explained.items():
        if told.enters_at is not None:
            assert key not in solved.starts
            assert key in solve(valued(instance, key, told.enters_at)).starts
        if told.leaves_at is not None:
            assert key in solved.starts
            assert key not in solve(valued(instance, key, told.leaves_at)).starts
        if told.enters_with:
            assert key not in solved.starts
            assert key in solve(grown(instance, dict(told.enters_with))).starts
        if told.because == "impossible":
            forced = replace(
                instance,
                candidates=tuple(replace(i, pin="in") if i.key == key else i for i in instance.candidates),
            )
            assert solve(forced).status == "infeasible"


def test_each_candidate_left_out_for_lack_of_room_is_told_what_lacks_room() -> None:
    instance = portfolio(12, seed=3, room=0.25)
    solved = solve(instance)
    told = [explain_one(instance, solved, item.key, search=False) for item in instance.candidates]
    out = [item for item in told if item.start is None]
    assert out
    for item in out:
        assert item.in_the_way or item.wants or item.shuts_out or item.because == "no_start", item


def test_pinned_out_mandatory_and_needed_are_told_as_such() -> None:
    instance = portfolio(10, seed=5, room=0.9)
    first, second, third = instance.candidates[:3]
    instance = replace(
        instance,
        candidates=(
            replace(first, pin="out", mandatory=False), replace(second, mandatory=True), replace(third, pin="in"),
            *instance.candidates[3:],
        ),
        links=(),
        limits=(),
    )  # fmt: skip
    solved = solve(instance)
    told = {item.key: explain_one(instance, solved, item.key, search=False) for item in instance.candidates[:3]}
    assert [told[item.key].because for item in (first, second, third)] == ["pinned_out", "mandatory", "pinned"]


def test_more_of_a_limit_is_worth_what_solving_again_gives() -> None:
    instance = portfolio(10, seed=9, room=0.3)
    solved = solve(instance)
    worth = worth_of_more(instance, solved, seconds=30)
    assert worth == sorted(worth, key=lambda item: -item.gain)
    for item in worth:
        assert solve(grown(instance, {item.limit: item.step})).value - solved.value == item.gain >= 0


def smallest_by_trying(instance: Instance) -> int:
    """The size of the smallest conflict, by trying every set of demands in order of size."""
    demands = demands_of(instance)
    for size in range(len(demands) + 1):
        for some in itertools.combinations(demands, size):
            if satisfied(instance, set(some)) is None:
                return size
    return 0


@given(st.integers(0, 10**6))
@settings(max_examples=15)
def test_the_conflict_is_one_and_none_is_smaller(seed: int) -> None:
    instance = small(seed)
    must = tuple(replace(item, pin="in") for item in instance.candidates[:3])
    limits = tuple(item for item in instance.limits if item.at_least or item.measure in ("risk", "count"))[:5]
    instance = replace(
        instance,
        candidates=(*must, *instance.candidates[3:]),
        limits=(*limits, Limit("tight", "Trang ramme", "money", 1_000)),
    )
    conflict = smallest_conflict(instance, seconds=60)
    if not conflict:
        assert solve(instance).status != "infeasible"
        return
    assert satisfied(instance, set(conflict)) is None
    for demand in conflict:
        assert satisfied(instance, set(conflict) - {demand}) is not None
    assert len(conflict) == smallest_by_trying(instance)


def test_the_least_growth_makes_it_possible_and_one_less_does_not() -> None:
    instance = portfolio(8, seed=2, room=0.9)
    must = tuple(replace(item, pin="in") for item in instance.candidates)
    limit = Limit("tight", "Trang ramme", "money", 100_000, year=instance.years[0], kind="investment")
    open_question = replace(instance, candidates=must, limits=(limit,), links=())
    least = least_growth(open_question, "tight")
    assert least is not None
    assert least >= 0
    assert solve(grown(open_question, {"tight": least})).status == "optimal"
    if least:
        assert solve(grown(open_question, {"tight": least - 1})).status == "infeasible"
