"""Totals and ranks against figures worked out by hand, and the laws they obey whatever the figures are."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samstyr.foundation.governance import bundles
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.wheel.prioritisation.rules.rounds import expires_on
from samstyr.wheel.prioritisation.rules.scoring import (
    Sheet,
    evidence_faults,
    percent,
    rank,
    total,
    two_decimals,
)

pytestmark = pytest.mark.pure

LEVELS = {1: "lav", 2: "middels", 3: "hoy"}
COARSE = ("strategisk", "gevinst", "eier", "nytt")
# Need → the four coarse levels as numbers, and the total worked out by hand: 40/30/15/15.
IDEAS = {
    "MinSide": ((3, 3, 2, 3), "2,85"),  # 1,20 + 0,90 + 0,30 + 0,45
    "RPA": ((3, 2, 3, 1), "2,40"),  # 1,20 + 0,60 + 0,45 + 0,15
    "Klarspråk": ((3, 2, 2, 1), "2,25"),  # 1,20 + 0,60 + 0,30 + 0,15
    "Åpne data": ((3, 1, 2, 3), "2,25"),  # 1,20 + 0,30 + 0,30 + 0,45
    "Sykemelding": ((1, 3, 3, 1), "1,90"),  # 0,40 + 0,90 + 0,45 + 0,15
}
FINE = ("kostnad", "gevinst.kunde", "gevinst.virksomhet", "gjennomforing.redesign", "gjennomforing.ressurser",
        "gjennomforing.teknisk", "risiko")  # fmt: skip
RPA_FINE = dict(zip(FINE, ("lav", "middels", "hoy", "middels", "middels", "hoy", "lav"), strict=True))
MINSIDE_FINE = dict(zip(FINE, ("hoy", "hoy", "middels", "hoy", "hoy", "hoy", "middels"), strict=True))


@cache
def model() -> dict[str, Any]:
    """The shipped model with two stages."""
    text = (Path(bundles.__path__[0]) / "gjovik.yaml").read_text(encoding="utf-8")
    loaded = load_text(text).model
    assert loaded is not None
    return loaded.model_dump(mode="json")


def sheet(stage: str = "grov") -> Sheet:
    """One of its stages."""
    return Sheet.from_json(next(item for item in model()["criteria"] if item["key"] == stage), model().get("ranking"))


def coarse(numbers: tuple[int, ...]) -> dict[str, str]:
    """The coarse levels by question."""
    return {key: LEVELS[number] for key, number in zip(COARSE, numbers, strict=True)}


def made(*weights: int, negative: tuple[int, ...] = (), **stage: Any) -> Sheet:
    """A stage with criteria a, b, c … on the scale one to three."""
    criteria = [
        {"key": "abcdefgh"[at], "name": "ABCDEFGH"[at], "weight": weight,
         "polarity": "negative" if at in negative else "positive"}
        for at, weight in enumerate(weights)
    ]  # fmt: skip
    scale = [{"key": key, "name": key, "number": number} for number, key in LEVELS.items()]
    return Sheet.from_json({"key": "s", "name": "S", "scale": scale, "criteria": criteria, **stage})


@pytest.mark.parametrize("name", IDEAS)
def test_coarse_totals_are_those_worked_out_by_hand(name: str) -> None:
    """G-103: the weighted sum with each part."""
    numbers, shown = IDEAS[name]
    found = total(sheet(), coarse(numbers))
    assert found.shown == shown
    for part, number, weight in zip(found.parts, numbers, (40, 30, 15, 15), strict=True):
        assert (part.weight, part.value, part.points) == (weight, number, Fraction(number * weight, 100))


def test_ranking_of_the_coarse_stage_breaks_the_tie_by_the_criteria_in_order() -> None:
    """A tie is called a tie, and the criterion that decided it is named."""
    found = {one.key: one for one in rank(sheet(), {key: coarse(numbers) for key, (numbers, _) in IDEAS.items()})}
    assert [*found] == ["MinSide", "RPA", "Klarspråk", "Åpne data", "Sykemelding"]
    assert [one.rank for one in found.values()] == [1, 2, 3, 4, 5]
    assert found["Klarspråk"].tied_with == ("Åpne data",)
    assert found["Åpne data"].tied_with == ("Klarspråk",)
    assert {found[key].decided_by for key in ("Klarspråk", "Åpne data")} == {"gevinst"}
    assert found["MinSide"].tied_with == () and found["MinSide"].decided_by == ""


def test_three_of_four_levels_is_no_place_in_the_ranking() -> None:
    """G-104."""
    half = dict.fromkeys(COARSE[:3], "hoy")
    found = total(sheet(), half)
    assert (found.value, found.shown, found.missing) == (None, "", ("nytt",))
    assert [one.key for one in rank(sheet(), {"halv": half, "hel": coarse((1, 1, 1, 1))})] == ["hel"]
    assert percent(sheet(), found) == 0
    assert total(sheet(), {**coarse((1, 1, 1, 1)), "nytt": "ukjent"}).missing == ("nytt",)


def test_fine_totals_are_those_worked_out_by_hand() -> None:
    """G-111 to G-115: high cost, risk and need of redesign count against."""
    rpa, minside = total(sheet("fin"), RPA_FINE), total(sheet("fin"), MINSIDE_FINE)
    assert [part.shown for part in rpa.parts] == ["0,30", "1,00", "0,58", "0,75"]
    assert [part.value for part in rpa.parts] == [3, Fraction(5, 2), Fraction(7, 3), 3]
    assert rpa.value == Fraction(3, 10) + 1 + Fraction(7, 12) + Fraction(3, 4)
    assert rpa.shown == "2,63"
    assert [part.shown for part in minside.parts] == ["0,10", "1,00", "0,58", "0,50"]
    assert minside.shown == "2,18"
    assert percent(sheet("fin"), rpa) == 8167  # (2,63333 - 1) / 2


def test_turning_one_question_turns_its_part_of_the_total() -> None:
    """With the need of redesign counted as good, the same levels give 2.35."""
    stage = next(item for item in model()["criteria"] if item["key"] == "fin")
    turned = [
        {**criterion, "questions": [{**one, "polarity": "positive"} for one in criterion.get("questions", ())]}
        if criterion["key"] == "gjennomforing"
        else criterion
        for criterion in stage["criteria"]
    ]
    assert total(Sheet.from_json({**stage, "criteria": turned}), MINSIDE_FINE).shown == "2,35"


def test_those_that_nothing_sets_apart_share_a_place() -> None:
    """Two alike are both second, and the next is fourth."""
    levels = {
        "d": coarse((3, 3, 3, 3)),
        "b": coarse((2, 2, 2, 2)),
        "a": coarse((2, 2, 2, 2)),
        "c": coarse((1, 1, 1, 1)),
    }
    found = rank(sheet(), levels)
    assert [(one.key, one.rank) for one in found] == [("d", 1), ("a", 2), ("b", 2), ("c", 4)]
    assert found[1].tied_with == ("b",) and found[1].decided_by == ""


def test_order_of_tie_break_is_the_models() -> None:
    """The first named criterion decides first, and the others follow in the stage's order."""
    stage = {"key": "s", "name": "S", "scale": [{"key": "lav", "name": "L", "number": 1}, {"key": "hoy", "name": "H", "number": 2}],
             "criteria": [{"key": key, "name": key, "weight": 25, "polarity": "positive"} for key in "abcd"]}  # fmt: skip
    ordered = Sheet.from_json(stage, {"tie_break": ["c", "unknown", "b"]})
    assert ordered.tie_break == ("c", "b", "a", "d")
    levels = {
        "x": {"a": "hoy", "b": "hoy", "c": "lav", "d": "lav"},
        "y": {"a": "lav", "b": "lav", "c": "hoy", "d": "hoy"},
    }
    assert [(one.key, one.decided_by) for one in rank(ordered, levels)] == [("y", "c"), ("x", "c")]
    assert [(one.key, one.decided_by) for one in rank(Sheet.from_json(stage), levels)] == [("x", "a"), ("y", "a")]


def test_worst_level_on_a_veto_criterion_stops_the_candidate() -> None:
    """It keeps its total, and stands after all that are not stopped. Where high is bad, high is the worst."""
    criteria = [
        {"key": "a", "name": "A", "weight": 90, "polarity": "positive"},
        {"key": "b", "name": "B", "weight": 10, "polarity": "negative", "veto": True},
    ]
    vetoing = made(50, 50, criteria=criteria)
    assert total(vetoing, {"a": "hoy", "b": "hoy"}).vetoed == ("b",)
    assert total(vetoing, {"a": "hoy", "b": "lav"}).vetoed == ()
    found = rank(vetoing, {"stopped": {"a": "hoy", "b": "hoy"}, "poor": {"a": "lav", "b": "middels"}})
    assert [one.key for one in found] == ["poor", "stopped"]
    assert found[1].total.shown == "2,80"


def test_levels_that_ask_for_evidence() -> None:
    """G-105, G-107: a plan or goal for more than low, a committed owner for more than middle."""
    asked = made(
        60, 40,
        criteria=[
            {"key": "a", "name": "A", "weight": 60, "polarity": "positive", "requires": [{"above": "lav", "evidence": "goal_link"}]},
            {"key": "b", "name": "B", "weight": 40, "polarity": "positive", "requires": [{"above": "middels", "evidence": "owner_committed"}]},
        ],
    )  # fmt: skip
    both = {"a": "middels", "b": "hoy"}
    faults = evidence_faults(asked, both, goal_link=False, owner_committed=False)
    assert [(fault.field, fault.value) for fault in faults] == [("a", "middels"), ("b", "hoy")]
    assert "«lav»" in str(faults[0].message) and "«middels»" in str(faults[1].message)
    assert [fault.field for fault in evidence_faults(asked, both, goal_link=True, owner_committed=False)] == ["b"]
    assert not evidence_faults(asked, both, goal_link=True, owner_committed=True)
    assert not evidence_faults(asked, {"a": "lav", "b": "middels"}, goal_link=False, owner_committed=False)
    assert not evidence_faults(asked, {}, goal_link=False, owner_committed=False)


def test_evidence_is_for_better_than_the_level_where_high_is_bad() -> None:
    """A low risk is the claim, not a high one."""
    asked = made(
        100,
        criteria=[{"key": "a", "name": "A", "weight": 100, "polarity": "negative", "requires": [{"above": "middels", "evidence": "goal_link"}]}],
    )  # fmt: skip
    assert evidence_faults(asked, {"a": "lav"}, goal_link=False, owner_committed=True)
    assert not evidence_faults(asked, {"a": "hoy"}, goal_link=False, owner_committed=True)


def test_an_assessment_expires_with_its_oldest_part() -> None:
    """G-73, I-08: twelve months after the oldest; thirteen months later it is over."""
    assert expires_on([date(2019, 9, 15), date(2019, 8, 31)], 12) == date(2020, 8, 31)
    assert expires_on([date(2020, 2, 29)], 12) == date(2021, 2, 28)
    assert expires_on([], 12) is None


def test_the_sheet_reads_texts_anchors_and_the_threshold() -> None:
    """What a model may say of a stage comes through, in the reader's language."""
    found = made(
        100,
        threshold=2.2,
        free_text=False,
        criteria=[
            {"key": "a", "name": {"nb": "Nytte", "en": "Use"}, "weight": 100, "polarity": "positive", "guidance": "Se på tallene",
             "anchors": {"lav": "Ingen"}, "questions": [{"key": "q", "text": "Hvor mye?", "anchors": {"hoy": "Over 1 000 timer"}}, {"key": "r", "text": "Når?"}]},
        ],
    )  # fmt: skip
    assert found.threshold == Fraction(11, 5) and found.free_text is False
    first, second = found.questions
    assert (first.key, first.guidance, first.anchor("hoy"), first.anchor("lav")) == (
        "a.q",
        "Se på tallene",
        "Over 1 000 timer",
        "",
    )
    assert second.anchor("lav") == "Ingen" and found.names == {"a": "Nytte"}


def test_halves_are_rounded_up_and_away_from_zero() -> None:
    """As a spreadsheet shows it, not as floats do."""
    assert two_decimals(Fraction(2675, 1000)) == "2,68"
    assert two_decimals(Fraction(-1, 200)) == "-0,01"
    assert two_decimals(Fraction(-1, 1000)) == "0,00"
    assert two_decimals(Fraction(13, 4)) == "3,25"


WEIGHTS = st.lists(st.integers(0, 100), min_size=1, max_size=4).map(
    lambda cuts: tuple(high - low for low, high in zip([0, *sorted(cuts)], [*sorted(cuts), 100], strict=True))
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """A sheet whose weights are 100 in all, some criteria counting against."""
    weights = draw(WEIGHTS)
    return made(*weights, negative=tuple(at for at in range(len(weights)) if draw(st.booleans())))


@st.composite
def scored(draw: st.DrawFn, least: int = 1, most: int = 8) -> tuple[Sheet, dict[str, dict[str, str]]]:
    """A sheet and candidates with every level."""
    found = draw(sheets())
    names = [f"k{number}" for number in range(draw(st.integers(least, most)))]
    one = st.fixed_dictionaries({question.key: st.sampled_from(sorted(found.numbers)) for question in found.questions})
    return found, {name: draw(one) for name in names}


@given(scored())
def test_total_is_within_the_scale(case: tuple[Sheet, dict[str, dict[str, str]]]) -> None:
    """I-08."""
    found, levels = case
    assert sum(found.weights.values()) == 100
    for own in levels.values():
        summed = total(found, own)
        assert summed.value is not None and 1 <= summed.value <= 3
        assert summed.value == sum(part.points for part in summed.parts)
        assert 0 <= percent(found, summed) <= 10_000


@given(scored(most=1), st.data())
def test_a_better_level_never_lowers(case: tuple[Sheet, dict[str, dict[str, str]]], data: st.DataObject) -> None:
    """Up where high is good, down where it is bad; and the change is the weight times the step."""
    found, levels = case
    own = levels["k0"]
    question = data.draw(st.sampled_from(found.questions))
    number = found.numbers[own[question.key]]
    step = 1 if question.positive else -1
    if number + step not in LEVELS:
        return
    before, after = total(found, own), total(found, {**own, question.key: LEVELS[number + step]})
    assert after.value is not None and before.value is not None
    assert after.value - before.value == Fraction(found.weights[question.criterion], 100)


@given(WEIGHTS, st.data())
def test_turning_every_direction_mirrors_the_total(weights: tuple[int, ...], data: st.DataObject) -> None:
    """What counts for in one counts against in the other, about the middle of the scale."""
    positive, negative = made(*weights), made(*weights, negative=tuple(range(len(weights))))
    levels = {question.key: data.draw(st.sampled_from(sorted(positive.numbers))) for question in positive.questions}
    one, other = total(positive, levels).value, total(negative, levels).value
    assert one is not None and other is not None and one + other == 4


@given(scored(), st.randoms())
def test_ranking_is_a_permutation_whatever_the_order_given(
    case: tuple[Sheet, dict[str, dict[str, str]]], chance: Any
) -> None:
    """Each candidate once, best first, places as in a race, and the same when the list is shuffled."""
    found, levels = case
    places = rank(found, levels)
    assert sorted(one.key for one in places) == sorted(levels)
    values = [one.total.value or 0 for one in places]
    assert values == sorted(values, reverse=True)
    for at, one in enumerate(places, 1):
        alike = [other.rank for other in places].index(one.rank) + 1
        assert one.rank == alike <= at
    shuffled = list(levels.items())
    chance.shuffle(shuffled)
    assert rank(found, dict(shuffled)) == places
