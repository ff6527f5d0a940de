"""Sums, shares, seals, differences and gates of a plan, without a database."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samstyr.wheel.portfolio.rules.difference import difference
from samstyr.wheel.portfolio.rules.gates import Coverage, deviation, may_start
from samstyr.wheel.portfolio.rules.lines import (
    Cost,
    Line,
    Party,
    by_source,
    by_year,
    line_faults,
    proposal_faults,
    reranked,
    seal,
    split,
    split_all,
)

YEARS = range(2026, 2030)
FJORD, VIDDE = UUID(int=1), UUID(int=2)
PARTIES = [Party(FJORD, "fjord", 5_300), Party(VIDDE, "vidde", 11_300)]


@dataclass
class Key:
    """A cost key as the model gives it."""

    kind: str
    shares: dict[str, int] = field(default_factory=dict)


KEYS = {
    "per_capita": Key("per_capita"),
    "equal": Key("equal"),
    "fixed": Key("fixed", {"fjord": 30, "vidde": 70}),
    "own_choice": Key("own_choice"),
}
COSTS = st.lists(
    st.builds(
        Cost,
        year=st.sampled_from(YEARS),
        kind=st.sampled_from(["investment", "operating"]),
        source=st.sampled_from(["loan", "budget"]),
        amount=st.integers(0, 10**10),
    ),
    max_size=8,
).map(tuple)
LINES = st.builds(
    Line,
    key=st.uuids(),
    rank=st.integers(1, 50),
    title=st.text(min_size=1, max_size=20),
    organisations=st.sampled_from([(FJORD,), (VIDDE,), (FJORD, VIDDE)]),
    cost_key=st.sampled_from([*KEYS, ""]),
    own_shares=st.integers(0, 100).map(lambda part: {str(FJORD): part, str(VIDDE): 100 - part}),
    costs=COSTS,
)
PLANS = st.lists(LINES, max_size=8, unique_by=lambda line: line.key)


def joint(**changes: object) -> Line:
    """The walk's measure: 400, 200, 200 and 200 thousand kroner for both."""
    line = Line(
        key=UUID(int=9),
        rank=1,
        title="Felles meldingsløsning",
        owner="IT-leder",
        argument="Begge trenger den.",
        organisations=(FJORD, VIDDE),
        cost_key="per_capita",
        costs=tuple(Cost(year, "operating", "budget", 400_000 if year == 2026 else 200_000) for year in YEARS),
    )
    return replace(line, **changes)  # type: ignore[arg-type]


def said(things: list[object]) -> str:
    return " ".join(str(thing) for thing in things)


def test_totals_of_the_walk() -> None:
    """W1 step 11, B-35."""
    assert by_year([joint()], YEARS) == {2026: 400_000, 2027: 200_000, 2028: 200_000, 2029: 200_000}
    assert by_year([joint()], YEARS, kind="investment") == dict.fromkeys(YEARS, 0)
    assert by_source([joint()]) == {"budget": 1_000_000}


@pytest.mark.parametrize(
    ("key", "first"),
    [("equal", 200_000), ("fixed", 120_000), ("per_capita", 127_711), ("own_choice", 100_000)],
)
def test_each_key_splits_its_own_way(key: str, first: int) -> None:
    line = joint(cost_key=key, own_shares={str(FJORD): 25, str(VIDDE): 75})
    assert {org: amounts[2026] for org, amounts in split(line, PARTIES, KEYS).items()} == {
        FJORD: first,
        VIDDE: 400_000 - first,
    }


@given(PLANS)
def test_shares_add_up_to_the_krone(lines: list[Line]) -> None:
    shared, totals = split_all(lines, PARTIES, KEYS, YEARS), by_year(lines, YEARS)
    assert {year: sum(amounts[year] for amounts in shared.values()) for year in YEARS} == totals
    assert sum(totals.values()) == sum(by_source(lines).values()) == sum(line.total for line in lines)


@given(LINES)
def test_one_participant_pays_all_and_others_nothing(line: Line) -> None:
    alone = replace(line, organisations=(VIDDE,))
    shares = split(alone, PARTIES, KEYS)
    assert set(shares) == {VIDDE}
    assert sum(shares[VIDDE].values()) == line.total


@given(PLANS, st.randoms())
def test_the_seal_ignores_order_and_sees_every_krone(lines: list[Line], random: object) -> None:
    """I-02."""
    mixed = list(lines)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert seal(mixed) == seal(lines)
    dearer = [replace(line, costs=(*line.costs, Cost(2026, "operating", "loan", 1))) for line in lines]
    assert not lines or seal(dearer) != seal(lines)


@given(PLANS)
def test_nothing_differs_from_itself(lines: list[Line]) -> None:
    assert difference(lines, lines, {}) == []


@given(PLANS, PLANS)
def test_difference_accounts_for_every_line_and_krone(old: list[Line], new: list[Line]) -> None:
    changes = difference(old, new, {})
    before, after = {line.key for line in old}, {line.key for line in new}
    assert {change.key for change in changes if change.kind == "added"} == after - before
    assert {change.key for change in changes if change.kind == "removed"} == before - after
    moved = sum(after - before for change in changes for _year, before, after in change.money)
    assert moved == sum(line.total for line in new) - sum(line.total for line in old)


def test_difference_says_in_words_what_changed() -> None:
    """B-46: order, money, scope and dates."""
    new = joint(
        rank=2, costs=(Cost(2026, "operating", "budget", 500_000),), organisations=(FJORD,), starts_on=date(2026, 3, 1)
    )
    (change,) = difference([joint()], [new], {FJORD: "Fjord", VIDDE: "Vidde"})
    words = said(list(change.words))
    assert "Flyttet fra plass 1 til 2." in words
    assert "Gjelder nå Fjord, før Fjord, Vidde." in words
    assert "01.03.2026" in words
    assert change.money[0] == (2026, 400_000, 500_000)


@given(st.lists(st.uuids(), unique=True, max_size=10), st.randoms())
def test_a_ranking_is_a_permutation(keys: list[UUID], random: object) -> None:
    wanted = list(keys)
    random.shuffle(wanted)  # type: ignore[attr-defined]
    assert reranked(keys, wanted) == wanted
    with pytest.raises(ValueError, match="not the same"):
        reranked(keys, [*wanted, uuid4()])
    if keys:
        with pytest.raises(ValueError, match="not the same"):
            reranked(keys, [keys[0]] * (len(keys) + 1))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"organisations": ()}, "organisations"),
        ({"starts_on": date(2026, 5, 1), "ends_on": date(2026, 4, 30)}, "ends_on"),
        ({"costs": (Cost(2026, "operating", "budget", -1),)}, "cost-2026-operating-budget"),
        ({"costs": (Cost(2031, "operating", "budget", 1),)}, "cost-2031-operating-budget"),
        ({"costs": (Cost(2026, "operating", "ukjent", 1),)}, "cost-2026-operating-ukjent"),
        ({"cost_key": "ukjent"}, "cost_key"),
        ({"cost_key": "own_choice", "own_shares": {str(FJORD): 60, str(VIDDE): 50}}, "own_shares"),
    ],
)
def test_each_fault_of_a_line_names_its_field(changes: dict[str, object], field: str) -> None:
    assert line_faults(joint(), YEARS, KEYS, ["budget"]) == []
    assert [fault.field for fault in line_faults(joint(**changes), YEARS, KEYS, ["budget"])] == [field]


def test_a_proposal_must_be_whole() -> None:
    assert proposal_faults([joint()]) == []
    assert [fault.field for fault in proposal_faults([])] == ["lines"]
    bare = joint(owner="", costs=(), argument="", rank=3)
    assert [fault.field for fault in proposal_faults([bare])] == ["owner", "costs", "argument", "rank"]
    assert proposal_faults([joint(costs=(Cost(2026, "operating", "", 0),))]) == []


@pytest.mark.parametrize(
    ("adopted", "states", "day", "allowed", "word"),
    [
        (True, ["granted"], date(2026, 1, 1), True, "budsjettdekning"),
        (True, ["granted"], date(2025, 12, 31), False, "1. januar 2026"),
        (False, ["granted"], date(2026, 1, 2), False, "vedtatt plan"),
        (True, [], date(2026, 1, 2), False, "ikke bekreftet"),
        (True, ["sent"], date(2026, 1, 2), False, "ikke avgjort"),
        (True, ["granted", "refused"], date(2026, 1, 2), False, "fikk ikke penger"),
        (True, ["partly"], date(2026, 1, 2), True, "budsjettdekning"),
        (True, ["granted"], date(2031, 1, 2), True, "koster ikke noe"),
    ],
)
def test_the_gate_says_why(adopted: bool, states: list[str], day: date, allowed: bool, word: str) -> None:
    """B-41, I-10."""
    coverage = [Coverage(2026, state) for state in states]
    verdict = may_start(adopted=adopted, years=YEARS, coverage=coverage, today=day)
    assert (verdict.allowed, word in str(verdict.reason)) == (allowed, True)


@pytest.mark.parametrize(
    ("days", "word"), [(120, "120 dager etter"), (-45, "45 dager før"), (30, ""), (-30, ""), (31, "31")]
)
def test_a_start_off_plan_is_told(days: int, word: str) -> None:
    """B-47: only beyond the tolerance."""
    planned = date(2026, 1, 5)
    found = deviation(planned, planned + timedelta(days), today=date(2027, 1, 1), tolerance_days=30)
    assert (word in str(found)) if word else found is None
    assert deviation(None, planned, today=planned, tolerance_days=30) is None
    assert "Skulle ha startet" in str(deviation(planned, None, today=date(2026, 4, 1), tolerance_days=30))
