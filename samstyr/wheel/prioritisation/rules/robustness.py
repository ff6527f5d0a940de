"""How much a ranking can take: exact intervals of the weights, what makes one pass another, turned questions.

When one weight moves, the others keep their proportions between them and the sum stays 100. Each total is then a straight
line in the weight, so the place where two candidates meet is one exact fraction. Ranges by chance are in `drawing`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise, product
from math import lcm
from typing import Generic, TypeVar

from .scoring import HUNDRED, Question, Ranked, Sheet, Total, rank, total, two_decimals

K = TypeVar("K", bound=Hashable)
Levels = Mapping[str, str]
WHOLE = Fraction(HUNDRED)
STEP = 10


def weights_at(sheet: Sheet, criterion: str, weight: Fraction | int) -> dict[str, Fraction]:
    """The weights when this criterion has that weight: the others share the rest in their proportions.

    Others that have no weight at all share the rest equally.
    """
    others = [key for key in sheet.weights if key != criterion]
    held = WHOLE - sheet.weights[criterion]
    rest = WHOLE - weight
    found = {}
    for key in sheet.weights:
        if key == criterion:
            found[key] = Fraction(weight)
        elif held:
            found[key] = sheet.weights[key] * rest / held
        else:
            found[key] = rest / len(others)
    return found


def reweighted(sheet: Sheet, criterion: str, weight: Fraction | int) -> Sheet:
    """The sheet with that weight on the criterion."""
    return replace(sheet, weights=weights_at(sheet, criterion, weight))


@dataclass(frozen=True)
class End(Generic[K]):
    """An end of an interval. Past it (and at it, when not `included`) `passes` goes before `passed`."""

    weight: Fraction
    included: bool
    passes: K | None = None
    passed: K | None = None

    @property
    def shown(self) -> str:
        """The weight with two decimals."""
        return two_decimals(self.weight)

    @property
    def is_limit(self) -> bool:
        """Whether anything changes here; otherwise it is where weights end."""
        return self.passes is not None


@dataclass(frozen=True)
class Interval(Generic[K]):
    """The weights of a criterion between which something holds."""

    low: End[K]
    high: End[K]

    def holds(self, weight: Fraction | int) -> bool:
        """Whether it holds at the weight."""
        above = self.low.weight < weight or (self.low.included and weight == self.low.weight)
        below = weight < self.high.weight or (self.high.included and weight == self.high.weight)
        return above and below

    @property
    def everywhere(self) -> bool:
        """Whether the weight means nothing: it holds from 0 to 100."""
        return not self.low.is_limit and not self.high.is_limit


@dataclass(frozen=True)
class Reach(Generic[K]):
    """How far one criterion's weight can move before the order, or the set above the line, is another."""

    criterion: str
    name: str
    weight: int | Fraction
    order: Interval[K]
    above: Interval[K] | None


@dataclass(frozen=True)
class _Line:
    """A candidate as a straight line in one weight: its value there, and the others' in their proportions.

    Both are whole numbers, times the same for all candidates.
    """

    own: int
    rest: int
    ties: tuple[Fraction, ...]
    stopped: bool


def weight_intervals(
    sheet: Sheet, candidates: Mapping[K, Levels], capacity: int | None = None, above: Iterable[K] | None = None
) -> list[Reach[K]]:
    """For each criterion the weights at which the whole order holds, and those at which those above the line stay first.

    The line is at `capacity`, or around the ones named in `above`. Candidates without every level are left out.
    """
    ranked = rank(sheet, candidates)
    inside = _inside(ranked, capacity, above)
    outside = [one.key for one in ranked if one.key not in inside]
    neighbours = [(one.key, other.key) for one, other in pairwise(ranked)]
    across = list(product(inside, outside)) if inside and outside else []
    lined = capacity is not None or above is not None
    found = []
    for criterion in sheet.weights:
        lines = _lines(sheet, criterion, ranked)
        order = _interval(lines, neighbours)
        same_above = _interval(lines, across) if lined else None
        found.append(Reach(criterion, sheet.names[criterion], sheet.weights[criterion], order, same_above))
    return found


def _inside(ranked: list[Ranked[K]], capacity: int | None, above: Iterable[K] | None) -> dict[K, None]:
    if above is not None:
        return dict.fromkeys(above)
    return {one.key: None for one in ranked if capacity is not None and one.rank <= capacity}


def _lines(sheet: Sheet, criterion: str, ranked: list[Ranked[K]]) -> dict[K, _Line]:
    without = weights_at(sheet, criterion, 0)
    alone = len(without) == 1  # A single criterion's weight means nothing.
    ends = {}
    for one in ranked:
        values = {part.criterion: part.value for part in one.total.parts}
        rest = sum((values[key] * weight for key, weight in without.items()), Fraction(0)) / HUNDRED
        ends[one.key] = values, values[criterion] if alone else rest
    times = lcm(*(number.denominator for values, rest in ends.values() for number in (values[criterion], rest)))
    return {
        one.key: _Line(
            int(ends[one.key][0][criterion] * times),
            int(ends[one.key][1] * times),
            tuple(ends[one.key][0][key] for key in sheet.tie_break),
            bool(one.total.vetoed),
        )
        for one in ranked
    }


def _interval(lines: Mapping[K, _Line], pairs: list[tuple[K, K]]) -> Interval[K]:
    """Where, around the present weight, the first of each pair stays before the second."""
    low: End[K] = End(Fraction(0), True)
    high: End[K] = End(WHOLE, True)
    for first, second in pairs:
        one, other = lines[first], lines[second]
        meeting = _meeting(one, other)
        if meeting is None or one.stopped != other.stopped:
            continue
        above, below, gains = meeting
        end = low if gains else high
        # Whether they meet within what is left, compared without making a fraction of each of many meetings.
        beyond = above * end.weight.denominator - end.weight.numerator * below
        inside = beyond > 0 if gains else beyond < 0
        if inside or (beyond == 0 and end.included and one.ties < other.ties):
            found = End(Fraction(above, below), one.ties >= other.ties, second, first)
            low, high = (found, high) if gains else (low, found)
    return Interval(low, high)


def _meeting(one: _Line, other: _Line) -> tuple[int, int, bool] | None:
    """The weight at which two lines meet, as above/below the fraction's bar, and whether the first gains from there.

    The difference at weight t is (t x own + (100 - t) x rest) / 100. None when they never meet.
    """
    own, rest = one.own - other.own, one.rest - other.rest
    slope = own - rest
    if slope == 0:
        return None
    return (-HUNDRED * rest, slope, True) if slope > 0 else (HUNDRED * rest, -slope, False)


@dataclass(frozen=True)
class Pass:
    """The weight of a criterion at which the one behind goes before; none when no weight does it.

    `upward` is that the weight must grow to get there. When not `included`, it must move past the weight given.
    """

    criterion: str
    name: str
    weight: int | Fraction
    needed: Fraction | None
    upward: bool = False
    included: bool = False

    @property
    def shown(self) -> str:
        """The weight needed, with two decimals."""
        return "" if self.needed is None else two_decimals(self.needed)


@dataclass(frozen=True)
class LevelChange:
    """One level that, changed alone, lets the one behind go before. `leader` is that it is the other's level."""

    leader: bool
    question: Question
    before: str
    after: str
    steps: int


@dataclass(frozen=True)
class Passing:
    """What would let the one behind go before: weights one by one, and single levels, the smallest change first."""

    difference: Fraction
    weights: tuple[Pass, ...]
    changes: tuple[LevelChange, ...]


def passing(sheet: Sheet, ahead: Levels, behind: Levels) -> Passing:
    """What would let `behind` pass `ahead`; for each criterion its weight, for each question its nearest level.

    Given the other way round they are turned: the one behind is always the one that passes.
    """
    ranked = {one.key: one for one in rank(sheet, {"ahead": ahead, "behind": behind})}
    if len(ranked) < 2:
        return Passing(Fraction(0), (), ())
    if ranked["behind"].rank < ranked["ahead"].rank:
        return passing(sheet, behind, ahead)
    first, second = ranked["ahead"].total, ranked["behind"].total
    assert first.value is not None and second.value is not None
    weights = []
    for criterion in sheet.weights:
        lines = _lines(sheet, criterion, list(ranked.values()))
        weights.append(_pass(sheet, criterion, lines["ahead"], lines["behind"]))
    changes = sorted(
        [*_changes(sheet, ahead, behind, leader=False), *_changes(sheet, ahead, behind, leader=True)],
        key=lambda one: one.steps,
    )
    return Passing(first.value - second.value, tuple(weights), tuple(changes))


def _pass(sheet: Sheet, criterion: str, ahead: _Line, behind: _Line) -> Pass:
    none = Pass(criterion, sheet.names[criterion], sheet.weights[criterion], None)
    meeting = _meeting(behind, ahead)
    if ahead.stopped != behind.stopped or meeting is None:
        return none
    above, below, gains = meeting
    weight, included = Fraction(above, below), behind.ties > ahead.ties
    # Behind is before on the side where it gains; that side must hold a weight between 0 and 100.
    reached = weight < WHOLE if gains else weight > 0
    if not reached and not (included and weight == (WHOLE if gains else 0)):
        return none
    if not 0 <= weight <= WHOLE:
        return none
    return replace(none, needed=weight, upward=gains, included=included)


def _changes(sheet: Sheet, ahead: Levels, behind: Levels, *, leader: bool) -> list[LevelChange]:
    own = ahead if leader else behind
    places = {level.key: place for place, level in enumerate(sheet.scale)}
    found = []
    for question in sheet.questions:
        at = places[own[question.key]]
        for level in sorted(sheet.scale, key=lambda one: abs(places[one.key] - at)):
            changed = {**own, question.key: level.key}
            pair = {"ahead": changed, "behind": behind} if leader else {"ahead": ahead, "behind": changed}
            places_now = {one.key: one.rank for one in rank(sheet, pair)}
            if places_now["behind"] < places_now["ahead"]:
                steps = abs(places[level.key] - at)
                found.append(LevelChange(leader, question, own[question.key], level.key, steps))
                break
    return found


@dataclass(frozen=True)
class Bar:
    """A candidate's total with a criterion's weight so much lower and higher."""

    criterion: str
    name: str
    weight: int | Fraction
    low_weight: Fraction
    high_weight: Fraction
    low: Fraction
    high: Fraction

    @property
    def swing(self) -> Fraction:
        """How much the total moves in all."""
        return abs(self.high - self.low)


def tornado(sheet: Sheet, levels: Levels, step: int = STEP) -> list[Bar]:
    """How each criterion's weight, moved so many points down and up, moves the total; the largest effect first."""
    bars = []
    for criterion, weight in sheet.weights.items():
        low, high = max(Fraction(0), Fraction(weight - step)), min(WHOLE, Fraction(weight + step))
        if len(sheet.weights) == 1:
            low = high = Fraction(weight)
        totals = [total(reweighted(sheet, criterion, moved), levels).value for moved in (low, high)]
        if totals[0] is None or totals[1] is None:
            return []
        bars.append(Bar(criterion, sheet.names[criterion], weight, low, high, totals[0], totals[1]))
    return sorted(bars, key=lambda bar: -bar.swing)


@dataclass(frozen=True)
class Turned(Generic[K]):
    """What a question's direction means: totals and places were high to mean the opposite (G-115)."""

    question: Question
    totals: Mapping[K, Total]
    ranks: Mapping[K, int]
    moved: tuple[K, ...]


def turned(sheet: Sheet, candidates: Mapping[K, Levels]) -> list[Turned[K]]:
    """The ranking with each question's direction turned, one at a time."""
    before = {one.key: one.rank for one in rank(sheet, candidates)}
    found = []
    for at, question in enumerate(sheet.questions):
        other = replace(question, positive=not question.positive)
        flipped = replace(sheet, questions=(*sheet.questions[:at], other, *sheet.questions[at + 1 :]))
        ranked = rank(flipped, candidates)
        ranks = {one.key: one.rank for one in ranked}
        moved = tuple(key for key, place in before.items() if ranks[key] != place)
        found.append(Turned(question, {one.key: one.total for one in ranked}, ranks, moved))
    return found


@dataclass(frozen=True)
class Near(Generic[K]):
    """Two neighbours in the ranking that are practically equal."""

    first: K
    second: K
    difference: Fraction


def least_step(sheet: Sheet) -> Fraction:
    """What one level on the question that counts least means for the total."""
    numbers = sorted(sheet.numbers.values())
    step = min((high - low for low, high in pairwise(numbers)), default=0)
    shares = [
        Fraction(weight) / len(sheet.of_criterion(criterion)) for criterion, weight in sheet.weights.items() if weight
    ]
    return min(shares, default=Fraction(0)) * step / HUNDRED


def practically_equal(sheet: Sheet, candidates: Mapping[K, Levels], margin: Fraction | None = None) -> list[Near[K]]:
    """Neighbours no further apart than the margin: without one, one level on the question that counts least."""
    limit = least_step(sheet) if margin is None else margin
    found = []
    for one, other in pairwise(rank(sheet, candidates)):
        if one.total.value is None or other.total.value is None or bool(one.total.vetoed) != bool(other.total.vetoed):
            continue
        difference = one.total.value - other.total.value
        if difference <= limit:
            found.append(Near(one.key, other.key, difference))
    return found
