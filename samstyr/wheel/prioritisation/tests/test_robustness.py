"""How much a ranking can take: against figures worked out by hand, and exactly at and just past each end."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samstyr.wheel.prioritisation.rules.drawing import Spread, rank_ranges
from samstyr.wheel.prioritisation.rules.robustness import (
    End,
    Interval,
    Reach,
    least_step,
    passing,
    practically_equal,
    reweighted,
    tornado,
    turned,
    weight_intervals,
    weights_at,
)
from samstyr.wheel.prioritisation.rules.scoring import Sheet, rank, total

from .test_scoring import IDEAS, MINSIDE_FINE, RPA_FINE, coarse, made, scored, sheet

pytestmark = pytest.mark.pure

Case = tuple[Sheet, dict[str, dict[str, str]]]
HAIR = Fraction(1, 10**12)
STILL = Spread(concentration=None, probability=0, draws=20)


def ideas() -> dict[str, dict[str, str]]:
    """The five of the worked example."""
    return {key: coarse(numbers) for key, (numbers, _shown) in IDEAS.items()}


def of(found: list[Reach[str]], criterion: str) -> Reach[str]:
    """The one for the criterion."""
    return next(one for one in found if one.criterion == criterion)


def test_the_other_weights_keep_their_proportions() -> None:
    """40/30/15/15 with the first at 70 is 70/15/7.5/7.5; with nothing on the others they share alike."""
    assert [*weights_at(sheet(), "strategisk", 70).values()] == [70, 15, Fraction(15, 2), Fraction(15, 2)]
    assert [*weights_at(made(100, 0, 0), "a", 40).values()] == [40, 30, 30]
    assert [*weights_at(made(100), "a", 100).values()] == [100]


def test_intervals_are_those_worked_out_by_hand() -> None:
    """Own value against the mean of the rest: 2 gained for 0.75 lost meet at 75/2.75; and so on."""
    found = weight_intervals(sheet(), ideas(), capacity=3)
    strategic = of(found, "strategisk")
    assert strategic.order.low == End(Fraction(300, 11), True, "Sykemelding", "Åpne data")
    assert strategic.order.high == End(Fraction(100), True) and not strategic.order.high.is_limit
    assert strategic.above is not None
    assert strategic.above.low == End(Fraction(300, 11), True, "Sykemelding", "Klarspråk")
    assert strategic.above.low.shown == "27,27"
    benefit = of(found, "gevinst").order
    assert benefit.low == End(Fraction(30), True, "Åpne data", "Klarspråk")
    assert benefit.high == End(Fraction(1900, 47), True, "Sykemelding", "Åpne data")
    assert benefit.holds(30) and not benefit.holds(30 - HAIR) and not benefit.everywhere


def test_without_a_line_there_is_no_interval_for_it_and_one_can_be_named() -> None:
    """The line may also be around the ones that people have chosen."""
    assert of(weight_intervals(sheet(), ideas()), "eier").above is None
    named = of(weight_intervals(sheet(), ideas(), above=["MinSide", "RPA", "Klarspråk"]), "strategisk").above
    assert named == of(weight_intervals(sheet(), ideas(), capacity=3), "strategisk").above
    everyone = of(weight_intervals(sheet(), ideas(), capacity=99), "strategisk").above
    assert everyone is not None and everyone.everywhere


def test_one_criterion_alone_has_nothing_to_give() -> None:
    """Its weight is 100 whatever one does."""
    levels = {"x": {"a": "hoy"}, "y": {"a": "lav"}}
    assert weight_intervals(made(100), levels, 1)[0].order.everywhere
    assert tornado(made(100), levels["x"])[0].swing == 0
    assert [one.needed for one in passing(made(100), levels["x"], levels["y"]).weights] == [None]


def test_what_lets_one_pass_another() -> None:
    """Sykemelding (1.90) behind RPA (2.40): strategic weight under 20, benefit over 53.33, or one level two steps."""
    found = passing(sheet(), ideas()["RPA"], ideas()["Sykemelding"])
    assert found.difference == Fraction(1, 2)
    by = {one.criterion: one for one in found.weights}
    assert (by["strategisk"].needed, by["strategisk"].upward, by["strategisk"].included) == (20, False, False)
    assert (by["gevinst"].needed, by["gevinst"].upward, by["gevinst"].shown) == (Fraction(160, 3), True, "53,33")
    assert by["eier"].needed is None and by["eier"].shown == "" and by["nytt"].needed is None
    assert [(one.leader, one.question.key, one.before, one.after, one.steps) for one in found.changes] == [
        (False, "strategisk", "lav", "hoy", 2),
        (True, "strategisk", "hoy", "lav", 2),
    ]
    assert passing(sheet(), ideas()["Sykemelding"], ideas()["RPA"]) == found
    assert passing(sheet(), ideas()["RPA"], {}).weights == ()


def test_tornado_puts_the_largest_effect_first() -> None:
    """MinSide: the owner's weight 5 gives 2.95 and 25 gives 2.75; the strategic 30 gives 2.825 and 50 gives 2.875."""
    found = tornado(sheet(), ideas()["MinSide"])
    assert found[0].criterion == "eier" and found[-1].swing <= found[0].swing
    owner = found[0]
    assert (owner.low_weight, owner.low, owner.high_weight, owner.high) == (5, Fraction(59, 20), 25, Fraction(11, 4))
    strategic = next(bar for bar in found if bar.criterion == "strategisk")
    assert (strategic.low, strategic.high) == (Fraction(113, 40), Fraction(23, 8))
    assert tornado(sheet(), {}) == []
    edge = next(bar for bar in tornado(made(95, 5), {"a": "hoy", "b": "lav"}) if bar.criterion == "a")
    assert (edge.low_weight, edge.high_weight) == (85, 100)


def test_turning_a_question_shows_totals_and_who_moves() -> None:
    """G-115: with the need of redesign counted as good MinSide has 2.35."""
    both = {"RPA": RPA_FINE, "MinSide": MINSIDE_FINE}
    found = {one.question.key: one for one in turned(sheet("fin"), both)}
    redesign = found["gjennomforing.redesign"]
    assert redesign.totals["MinSide"].shown == "2,35" and redesign.totals["RPA"].shown == "2,63"
    assert redesign.moved == ()
    assert found["risiko"].totals["RPA"].shown == "2,13"  # 0,25 for 0,75


def test_neighbours_that_are_practically_equal() -> None:
    """One level on a criterion of 15 per cent is 0.15: RPA and Klarspråk are that far apart, open data no further."""
    assert least_step(sheet()) == Fraction(3, 20)
    found = practically_equal(sheet(), ideas())
    assert [(one.first, one.second, one.difference) for one in found] == [
        ("RPA", "Klarspråk", Fraction(3, 20)),
        ("Klarspråk", "Åpne data", 0),
    ]
    assert len(practically_equal(sheet(), ideas(), Fraction(1, 10))) == 1
    assert least_step(sheet("fin")) == Fraction(1, 12)  # A third of 25 per cent.


def test_those_stopped_stay_behind_whatever_the_weights() -> None:
    """A veto is no matter of weights."""
    criteria = [
        {"key": "a", "name": "A", "weight": 50, "polarity": "positive"},
        {"key": "b", "name": "B", "weight": 50, "polarity": "positive", "veto": True},
    ]
    vetoing = made(50, 50, criteria=criteria)
    levels = {"stopped": {"a": "hoy", "b": "lav"}, "fine": {"a": "lav", "b": "middels"}}
    assert all(one.order.everywhere for one in weight_intervals(vetoing, levels, 1))
    assert all(one.needed is None for one in passing(vetoing, levels["fine"], levels["stopped"]).weights)
    assert practically_equal(vetoing, levels, Fraction(9)) == []
    assert [(one.key, one.highest) for one in rank_ranges(vetoing, levels, 1, Spread(probability=0))] == [("fine", 1), ("stopped", 2)]  # fmt: skip


def order(found: Sheet, levels: dict[str, dict[str, str]]) -> list[tuple[str, int]]:
    """The ranking as keys and places."""
    return [(one.key, one.rank) for one in rank(found, levels)]


def first(found: Sheet, levels: dict[str, dict[str, str]], inside: set[str]) -> bool:
    """Whether those inside stand before all the others."""
    places = dict(order(found, levels))
    ins, outs = [places[key] for key in inside], [places[key] for key in places if key not in inside]
    return not ins or not outs or max(ins) < min(outs)


def ends_of(interval: Interval[str]) -> list[tuple[Fraction, bool]]:
    """Weights at and about the ends, and whether the interval should hold there."""
    low, high = interval.low, interval.high
    tried = [(low.weight, low.included), (high.weight, high.included), ((low.weight + high.weight) / 2, True)]
    if low.weight == high.weight:
        tried = [(low.weight, True)]
    if low.is_limit and low.weight > 0:
        tried += [(low.weight - HAIR * low.weight, False), (low.weight / 2, False)]
    if high.is_limit and high.weight < 100:
        tried += [(high.weight + HAIR * (100 - high.weight), False), ((high.weight + 100) / 2, False)]
    if low.weight < high.weight:
        width = high.weight - low.weight
        tried += [(low.weight + HAIR * width, True), (high.weight - HAIR * width, True)]
    return tried


@settings(deadline=None)
@given(scored(least=2, most=6), st.integers(1, 6))
def test_the_order_holds_inside_and_not_past_the_ends(case: Case, capacity: int) -> None:
    """Exactly: at the end, a hair inside, a hair outside, and for the set above the line likewise."""
    found, levels = case
    before = order(found, levels)
    inside = {key for key, place in before if place <= capacity}
    for one in weight_intervals(found, levels, capacity):
        assert one.order.holds(found.weights[one.criterion])
        if len(found.weights) == 1:
            continue
        for weight, holds in ends_of(one.order):
            moved = reweighted(found, one.criterion, weight)
            assert sum(moved.weights.values()) == 100
            assert (order(moved, levels) == before) is holds is one.order.holds(weight)
        assert one.above is not None
        for weight, holds in ends_of(one.above):
            assert first(reweighted(found, one.criterion, weight), levels, inside) is holds


@settings(deadline=None)
@given(scored(least=2, most=2))
def test_past_the_weight_named_the_one_behind_is_before(case: Case) -> None:
    """And short of it not; where none is named, neither end of the weights does it."""
    found, levels = case
    ranked = rank(found, levels)
    ahead, behind = ranked[0].key, ranked[1].key
    if ranked[0].rank == ranked[1].rank or len(found.weights) == 1:
        return

    def passes(criterion: str, weight: Fraction) -> bool:
        places = dict(order(reweighted(found, criterion, weight), levels))
        return places[behind] < places[ahead]

    answer = passing(found, levels[ahead], levels[behind])
    for one in answer.weights:
        if one.needed is None:
            assert not passes(one.criterion, Fraction(0)) and not passes(one.criterion, Fraction(100))
            continue
        past = one.needed + (HAIR if one.upward else -HAIR)
        short = one.needed - (HAIR if one.upward else -HAIR)
        assert passes(one.criterion, one.needed) is one.included
        assert not 0 <= past <= 100 or passes(one.criterion, past)
        assert not 0 <= short <= 100 or not passes(one.criterion, short)
    for change in answer.changes:
        changed = {key: dict(own) for key, own in levels.items()}
        changed[ahead if change.leader else behind][change.question.key] = change.after
        places = dict(order(found, changed))
        assert places[behind] < places[ahead]


@settings(deadline=None)
@given(scored(most=7), st.booleans())
def test_with_no_spread_the_drawing_is_the_ranking(case: Case, stops: bool) -> None:
    """Every draw gives the plain place, ties and vetoes and all."""
    found, levels = case
    if stops:
        found = Sheet(**{**vars_of(found), "veto": frozenset(list(found.weights)[:1])})
    places = {one.key: one.rank for one in rank(found, levels)}
    for one in rank_ranges(found, levels, 2, STILL):
        assert one.lowest == one.low == one.median == one.high == one.highest == places[one.key]
        assert one.share_above == (1 if places[one.key] <= 2 else 0)


def vars_of(found: Sheet) -> dict[str, Any]:
    """The sheet's fields."""
    return {name: getattr(found, name) for name in Sheet.__dataclass_fields__}


def test_more_criteria_than_one_number_holds() -> None:
    """Twenty criteria of five per cent: the order of ties is the same."""
    keys = [f"k{number}" for number in range(20)]
    criteria = [{"key": key, "name": key, "weight": 5, "polarity": "positive"} for key in keys]
    wide = made(100, criteria=criteria)
    shapes = ("hhllm", "lhhlm", "llhhm", "hlhlm", "mmmmm", "hhhll", "hhllm")
    names = {"l": "lav", "m": "middels", "h": "hoy"}
    levels = {
        f"c{at}": {key: names[shape[place % 5]] for place, key in enumerate(keys)} for at, shape in enumerate(shapes)
    }
    places = {one.key: one.rank for one in rank(wide, levels)}
    assert len(set(places.values())) == 6
    assert {one.key: one.median for one in rank_ranges(wide, levels, None, STILL)} == places


@given(scored(least=2, most=6), st.randoms())
@settings(deadline=None, max_examples=25)
def test_the_drawing_is_the_same_for_a_seed_whatever_the_order_given(case: Case, chance: Any) -> None:
    """And each candidate has a place in every draw."""
    found, levels = case
    spread = Spread(concentration=20, probability=0.3, draws=300, seed=7)
    ranges = rank_ranges(found, levels, 1, spread)
    shuffled = list(levels.items())
    chance.shuffle(shuffled)
    assert rank_ranges(found, dict(shuffled), 1, spread) == ranges
    assert all(sum(one.counts) == one.draws == 300 for one in ranges)
    assert all(one.lowest <= one.low <= one.median <= one.high <= one.highest for one in ranges)
    assert sum(one.counts[0] for one in ranges) >= 300


def test_another_seed_draws_something_else() -> None:
    """So the seed is worth storing."""
    one, other = (rank_ranges(sheet(), ideas(), 3, Spread(seed=seed)) for seed in (1, 2))
    assert one != other


@pytest.mark.parametrize("key", ["x", "y"])
def test_shares_of_the_draws_are_those_of_the_chances(key: str) -> None:
    """Two alike, each up or down by the toss of a coin: alone behind in one of four."""
    levels = {"x": {"a": "middels"}, "y": {"a": "middels"}}
    found = {one.key: one for one in rank_ranges(made(100), levels, 1, Spread(None, 1.0, 20_000, 3))}
    assert abs(found[key].counts[0] / 20_000 - 0.75) < 0.02
    assert found[key].share_above == Fraction(found[key].counts[0], 20_000)
    assert (found[key].low, found[key].median, found[key].high) == (1, 1, 2)


def test_one_that_is_better_in_everything_is_never_behind() -> None:
    """RPA is at least as good as Klarspråk on each criterion: no weights change that."""
    ranges = {one.key: one for one in rank_ranges(sheet(), ideas(), 3, Spread(concentration=5, probability=0))}
    assert ranges["RPA"].lowest <= ranges["Klarspråk"].lowest
    assert ranges["RPA"].highest < 5 and ranges["Klarspråk"].highest == 5
    assert rank_ranges(sheet(), {}, 3) == [] and rank_ranges(sheet(), {"halv": {"eier": "lav"}}) == []
    assert total(sheet(), {}).value is None
