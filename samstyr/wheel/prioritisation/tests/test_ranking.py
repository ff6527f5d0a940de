"""What is done with a ranking, ranking by fixed keys, and what several scorers have said together."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samstyr.wheel.prioritisation.rules.combining import (
    group_means,
    mean_levels,
    mean_total,
    missing,
    spread,
)
from samstyr.wheel.prioritisation.rules.ranking import (
    Deviation,
    Facts,
    Key,
    RankException,
    best_by,
    by_benefit_per_cost,
    compare,
    cut_line,
    deviations,
    keys_of,
    rank_by_keys,
    shares_of_effort,
)
from samstyr.wheel.prioritisation.rules.scoring import rank

from .test_scoring import IDEAS, coarse, made, model, sheet

pytestmark = pytest.mark.pure

KEYS = (Key("focus_area", ("f1", "f2")), Key("kind", ("steering", "debt", "upgrade", "new", "quick")), Key("score"))
CANDIDATES = {
    "new in one": Facts("f1", "new", score=Fraction(3)),
    "debt in one": Facts("f1", "debt", score=Fraction(1)),
    "steering in two": Facts("f2", "steering", score=Fraction(3)),
    "upgrade in two": Facts("f2", "upgrade", score=Fraction(2)),
    "better upgrade in two": Facts("f2", "upgrade", score=Fraction(5, 2)),
    "nowhere": Facts("", "steering", score=Fraction(3)),
}


def ideas() -> dict[str, dict[str, str]]:
    """The five of the worked example."""
    return {key: coarse(numbers) for key, (numbers, _shown) in IDEAS.items()}


def test_the_line_is_where_the_capacity_is_used_up() -> None:
    """G-99: three projects of five."""
    ranked = rank(sheet(), ideas())
    found = cut_line(ranked, 3)
    assert (found.above, found.edge, found.used) == (("MinSide", "RPA", "Klarspråk"), (), 3)
    assert found.below == ("Åpne data", "Sykemelding")
    assert cut_line(ranked, 99).below == ()


def test_the_line_in_hours_stops_at_the_first_that_does_not_fit() -> None:
    """1 000 hours take the first two, and not the fourth though it alone would fit."""
    ranked = rank(sheet(), ideas())
    hours = {"MinSide": 600, "RPA": 300, "Klarspråk": 200, "Åpne data": 50}
    found = cut_line(ranked, 1000, hours)
    assert (found.above, found.edge, found.used) == (("MinSide", "RPA"), (), 900)


def test_those_alike_at_the_line_are_told_apart_from_those_above() -> None:
    """Two share the second place, and there is room for one of them: people must choose."""
    levels = {
        "a": coarse((3, 3, 3, 3)),
        "b": coarse((2, 2, 2, 2)),
        "c": coarse((2, 2, 2, 2)),
        "d": coarse((1, 1, 1, 1)),
    }
    found = cut_line(rank(sheet(), levels), 2)
    assert (found.above, found.edge, found.passing) == (("a",), ("b", "c"), ("a", "b", "c"))
    assert cut_line(rank(sheet(), levels), 1).edge == ()


def test_the_stopped_are_below_the_line() -> None:
    """Even where there is room."""
    criteria = [{"key": "a", "name": "A", "weight": 100, "polarity": "positive", "veto": True}]
    ranked = rank(made(100, criteria=criteria), {"x": {"a": "hoy"}, "y": {"a": "lav"}})
    assert cut_line(ranked, 5).below == ("y",)


def test_best_by_one_criterion() -> None:
    """G-100: best goal support and largest benefit beside the total."""
    ranked = rank(sheet(), ideas())
    assert [key for key, _value in best_by(ranked, "strategisk")][:4] == ["MinSide", "RPA", "Klarspråk", "Åpne data"]
    assert best_by(ranked, "gevinst")[:3] == [("MinSide", 3), ("Sykemelding", 3), ("RPA", 2)]
    assert best_by(ranked, "ukjent") == []


def test_keys_rank_one_after_the_other_and_say_what_decided() -> None:
    """N-123, N-025, N-105, N-195: focus area first, then kind, then the score; the unknown last."""
    found = rank_by_keys(KEYS, CANDIDATES)
    assert [(one.key, one.decided_by) for one in found] == [
        ("debt in one", "kind"),
        ("new in one", "kind"),
        ("steering in two", "focus_area"),
        ("better upgrade in two", "kind"),
        ("upgrade in two", "score"),
        ("nowhere", "focus_area"),
    ]
    assert found[0].shown == (("focus_area", "f1"), ("kind", "debt"), ("score", "1,00"))
    assert [one.rank for one in found] == [1, 2, 3, 4, 5, 6] == [one.plain_rank for one in found]


def test_an_exception_moves_one_and_is_seen() -> None:
    """N-025: new counts as debt for a stated reason; the place without it is kept."""
    reason = RankException("kind", "debt", "Leverandøren avslutter i mars, vedtak 12/26")
    found = {one.key: one for one in rank_by_keys(KEYS, CANDIDATES, {"new in one": [reason]})}
    moved = found["new in one"]
    assert (moved.rank, moved.plain_rank, moved.exceptions) == (1, 2, (reason,))
    assert moved.shown[1] == ("kind", "debt") and moved.decided_by == "score"
    assert found["debt in one"].rank == 2 and found["debt in one"].exceptions == ()


def test_the_same_on_every_key_is_the_same_place() -> None:
    """And the next is as many further down."""
    found = rank_by_keys((Key("statutory"),), {"a": Facts(), "b": Facts(statutory=True), "c": Facts(), "d": Facts()})
    assert [(one.key, one.rank, one.tied_with) for one in found] == [
        ("b", 1, ()), ("a", 2, ("c", "d")), ("c", 2, ("a", "d")), ("d", 2, ("a", "c")),
    ]  # fmt: skip
    assert [one.shown for one in found][:2] == [(("statutory", "yes"),), (("statutory", "no"),)]
    assert rank_by_keys((), {"a": Facts()})[0].decided_by == ""


@pytest.mark.parametrize(
    ("by", "facts", "order", "shown"),
    [
        ("area_rank", {"x": Facts(area_rank=2), "y": Facts(area_rank=1), "z": Facts()}, "yxz", "1"),
        ("value_per_krone", {"x": Facts(score=Fraction(3), cost=3), "y": Facts(score=Fraction(2), cost=1), "z": Facts(cost=1)}, "yxz", "2,00"),
        ("benefit_per_cost", {"x": Facts(benefit=5, cost=10), "y": Facts(benefit=1, cost=0), "z": Facts(benefit=9)}, "yxz", ""),
        ("score", {"x": Facts(score=Fraction(2)), "y": Facts(score=Fraction(3)), "z": Facts()}, "yxz", "3,00"),
    ],
)  # fmt: skip
def test_each_key_has_its_order(by: str, facts: dict[str, Facts], order: str, shown: str) -> None:
    """The greatest first, the own area's first place first, and what is not known last."""
    found = rank_by_keys((Key(by),), facts)
    assert "".join(one.key for one in found) == order
    assert found[0].shown == ((by, shown),) and found[2].shown == ((by, ""),)


def test_where_people_go_against_the_keys() -> None:
    """N-123: deviations are shown with those passed and the keys that say otherwise."""
    assert deviations(KEYS, CANDIDATES, ["debt in one", "new in one", "steering in two"]) == []
    found = deviations(KEYS, CANDIDATES, ["steering in two", "new in one", "debt in one"])
    assert found == [
        Deviation("steering in two", ("new in one", "debt in one"), ("focus_area",)),
        Deviation("new in one", ("debt in one",), ("kind",)),
    ]


def test_keys_come_from_the_model() -> None:
    """As they are stored with a round."""
    stored = {"keys": [{"by": "kind", "order": ["a", "b"]}, {"by": "score", "order": []}]}
    assert keys_of(stored) == (Key("kind", ("a", "b")), Key("score"))
    assert keys_of({}) == keys_of(model()["ranking"]) == ()


def test_benefit_by_cost() -> None:
    """N-176: 300 for 100 before 500 for 250; what costs nothing first when it gains, last when it does not."""
    found = by_benefit_per_cost(
        {"a": (500, 250), "b": (300, 100), "free": (10, 0), "nothing": (0, 0), "loss": (-5, 10)}
    )
    assert found == [("free", None), ("b", 3), ("a", 2), ("loss", Fraction(-1, 2)), ("nothing", None)]


def test_side_by_side() -> None:
    """N-064: each criterion's value, the best marked, and how far behind each total is."""
    found = compare(sheet(), {**{key: ideas()[key] for key in ("MinSide", "RPA")}, "halv": {"eier": "hoy"}})
    assert [row.best for row in found.rows] == [("MinSide", "RPA"), ("MinSide",), ("RPA",), ("MinSide",)]
    assert found.rows[1].values == {"MinSide": 3, "RPA": 2} and found.rows[1].points["RPA"] == Fraction(3, 5)
    assert found.behind == {"MinSide": 0, "RPA": Fraction(9, 20)}
    assert found.totals["halv"].value is None
    assert compare(sheet(), {}).behind == {}


def test_shares_of_effort_are_the_whole() -> None:
    """N-195: 300 of 400 hours is three quarters."""
    assert shares_of_effort([("steering", 200), ("drift", 100), ("steering", 100)]) == {
        "steering": Fraction(3, 4), "drift": Fraction(1, 4),
    }  # fmt: skip
    assert shares_of_effort([]) == {} == shares_of_effort([("drift", 0)])


SAID = {
    "anne": coarse((3, 3, 2, 3)),
    "berit": coarse((3, 1, 2, 3)),
    "carl": {"strategisk": "middels", "gevinst": "lav"},
}


def test_means_stand_beside_what_is_agreed_on() -> None:
    """G-102: (3 + 3 + 2) / 3 and (3 + 1 + 1) / 3; by group likewise."""
    means = mean_levels(sheet(), SAID)
    assert means == {"strategisk": Fraction(8, 3), "gevinst": Fraction(5, 3), "eier": 2, "nytt": 3}
    assert mean_total(sheet(), SAID).shown == "2,32"  # 1,0667 + 0,50 + 0,30 + 0,45
    groups = group_means(sheet(), SAID, {"anne": "helse", "berit": "helse", "carl": "skole"})
    assert groups["helse"]["gevinst"] == 2 and groups["skole"] == {"strategisk": 2, "gevinst": 1}
    assert mean_total(sheet(), {"carl": SAID["carl"]}).missing == ("eier", "nytt")


def test_who_is_missing_with_what() -> None:
    """The absent, and the one who has half; the one who stands aside is not missing."""
    found = missing(sheet(), ["anne", "carl", "dag", "eva"], SAID, aside=["eva"])
    assert found == {"carl": ("eier", "nytt"), "dag": ("strategisk", "gevinst", "eier", "nytt")}


def test_the_spread_of_what_is_said() -> None:
    """Two at one end and one at the other: as far apart as three can be."""
    found = {one.question: one for one in spread(sheet(), SAID).questions}
    assert (found["gevinst"].lowest, found["gevinst"].highest) == ("lav", "hoy")
    assert found["gevinst"].counts == (("lav", 2), ("middels", 0), ("hoy", 1))
    assert found["gevinst"].disagreement == 1 and found["gevinst"].mean == Fraction(5, 3)
    assert found["strategisk"].disagreement == Fraction(1, 2)
    assert found["eier"].disagreement == 0 and found["eier"].answers == 2
    whole = spread(sheet(), SAID)
    assert [one.question for one in whole.most_disputed] == ["gevinst", "strategisk"]
    assert whole.disagreement == Fraction(3, 8)


def test_nobody_has_said_anything() -> None:
    """Nothing to be apart about."""
    empty: dict[str, Any] = {}
    found = spread(sheet(), empty)
    assert found.disagreement == 0 and found.questions[0].lowest == "" and found.questions[0].mean is None
    assert mean_levels(sheet(), empty) == {}


@given(st.lists(st.sampled_from(("lav", "middels", "hoy")), max_size=12))
def test_disagreement_is_between_none_and_full(levels: list[str]) -> None:
    """None exactly when all say the same; full for halves at the ends; the mean within what is said."""
    found = spread(made(100), {at: {"a": level} for at, level in enumerate(levels)}).questions[0]
    assert 0 <= found.disagreement <= 1 and found.answers == len(levels)
    assert (found.disagreement == 0) is (len(set(levels)) <= 1)


facts = st.builds(
    Facts,
    focus_area=st.sampled_from(("", "f1", "f2")),
    kind=st.sampled_from(("", "steering", "debt", "new")),
    score=st.one_of(st.none(), st.integers(1, 3).map(Fraction)),
)


@given(st.lists(facts, min_size=1, max_size=8), st.randoms())
def test_ranking_by_keys_is_the_same_whatever_the_order_given(rows: list[Facts], chance: Any) -> None:
    """Each once, and no deviation from itself."""
    candidates = {f"k{at}": row for at, row in enumerate(rows)}
    found = rank_by_keys(KEYS, candidates)
    shuffled = list(candidates.items())
    chance.shuffle(shuffled)
    assert rank_by_keys(KEYS, dict(shuffled)) == found
    assert sorted(one.key for one in found) == sorted(candidates)
    assert deviations(KEYS, candidates, [one.key for one in found]) == []
