"""What several scorers have said, together: means by group, how far apart they are, and who is missing (G-102, G-118)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from .scoring import Sheet, Total, total_of_numbers

S = TypeVar("S", bound=Hashable)
G = TypeVar("G", bound=Hashable)
Levels = Mapping[str, str]


def mean_levels(sheet: Sheet, scores: Mapping[S, Levels]) -> dict[str, Fraction]:
    """The mean number of each question among those who have answered it; questions nobody answered are left out."""
    found = {}
    for question in sheet.questions:
        numbers = _numbers(sheet, question.key, scores)
        if numbers:
            found[question.key] = Fraction(sum(numbers.values()), len(numbers))
    return found


def mean_total(sheet: Sheet, scores: Mapping[S, Levels]) -> Total:
    """The total that the means give, to stand beside the total agreed on."""
    return total_of_numbers(sheet, mean_levels(sheet, scores))


def group_means(sheet: Sheet, scores: Mapping[S, Levels], groups: Mapping[S, G]) -> dict[G, dict[str, Fraction]]:
    """The means within each group of scorers, so that the sectors' view stands beside the joint one."""
    members: dict[G, dict[S, Levels]] = {}
    for scorer, levels in scores.items():
        if scorer in groups:
            members.setdefault(groups[scorer], {})[scorer] = levels
    return {group: mean_levels(sheet, own) for group, own in members.items()}


@dataclass(frozen=True)
class QuestionSpread:
    """How the answers to one question are spread over the scale.

    `counts` has every level of the scale in order. `disagreement` is 0 when all say the same and 1 when they are split
    in halves between the scale's ends: the mean distance between two scorers, of the greatest it can be.
    """

    question: str
    lowest: str
    highest: str
    counts: tuple[tuple[str, int], ...]
    mean: Fraction | None
    disagreement: Fraction

    @property
    def answers(self) -> int:
        """How many have answered."""
        return sum(count for _level, count in self.counts)


@dataclass(frozen=True)
class Spread:
    """The spread of each question, in the sheet's order."""

    questions: tuple[QuestionSpread, ...]

    @property
    def most_disputed(self) -> tuple[QuestionSpread, ...]:
        """The questions on which people differ, the widest apart first: what there is to discuss."""
        return tuple(sorted((one for one in self.questions if one.disagreement), key=lambda one: -one.disagreement))

    @property
    def disagreement(self) -> Fraction:
        """The mean over the questions that anybody has answered."""
        asked = [one.disagreement for one in self.questions if one.answers]
        return sum(asked, Fraction(0)) / len(asked) if asked else Fraction(0)


def spread(sheet: Sheet, scores: Mapping[S, Levels]) -> Spread:
    """How far apart the scorers are on each question."""
    found = []
    for question in sheet.questions:
        numbers = list(_numbers(sheet, question.key, scores).values())
        told = Counter(numbers)
        order = [level for level in sheet.scale if told[level.number]]
        found.append(
            QuestionSpread(
                question.key,
                order[0].key if order else "",
                order[-1].key if order else "",
                tuple((level.key, told[level.number]) for level in sheet.scale),
                Fraction(sum(numbers), len(numbers)) if numbers else None,
                _disagreement(sheet, told),
            )
        )
    return Spread(tuple(found))


def missing(
    sheet: Sheet, expected: Iterable[S], scores: Mapping[S, Levels], aside: Iterable[S] = ()
) -> dict[S, tuple[str, ...]]:
    """The scorers who are not through, each with the questions left. Those who stand aside are not missing."""
    free = set(aside)
    found = {}
    for scorer in expected:
        own = scores.get(scorer, {})
        left = tuple(question.key for question in sheet.questions if own.get(question.key) not in sheet.numbers)
        if left and scorer not in free:
            found[scorer] = left
    return found


def _numbers(sheet: Sheet, question: str, scores: Mapping[S, Levels]) -> dict[S, int]:
    return {
        scorer: sheet.numbers[levels[question]]
        for scorer, levels in scores.items()
        if levels.get(question) in sheet.numbers
    }


def _disagreement(sheet: Sheet, told: Mapping[int, int]) -> Fraction:
    count = sum(told.values())
    width = sheet.highest - sheet.lowest
    if count < 2 or not width:
        return Fraction(0)
    apart = sum(many * more * abs(one - other) for one, many in told.items() for other, more in told.items()) // 2
    return Fraction(apart, (count // 2) * (count - count // 2) * width)
