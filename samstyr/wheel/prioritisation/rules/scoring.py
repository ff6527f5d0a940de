"""Weighted totals and the ranking by them, in exact fractions, with the arithmetic kept (G-103, I-08).

A question answered by a level has the level's number. Where high is bad the number is turned within the scale:
lowest + highest - number. A criterion's value is the mean of its questions; the total is the sum of weight x value / 100.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from math import floor
from typing import Any, Generic, TypeVar

from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import gettext_noop, reader_language, say

HUNDRED = 100
FULL = 10_000
HALF = Fraction(1, 2)
K = TypeVar("K")


@dataclass(frozen=True)
class Level:
    """A level of the scale and its number."""

    key: str
    name: str
    number: int


@dataclass(frozen=True)
class Question:
    """What a scorer answers. `anchors` are (level key, what the level means here)."""

    key: str
    text: str
    criterion: str
    positive: bool
    guidance: str = ""
    anchors: tuple[tuple[str, str], ...] = ()

    def anchor(self, level: str) -> str:
        """What the level means for this question."""
        return dict(self.anchors).get(level, "")


@dataclass(frozen=True)
class Requirement:
    """A level of the criterion better than `above` asks for the evidence (G-105, G-107)."""

    criterion: str
    above: str
    evidence: str


@dataclass(frozen=True)
class Part:
    """A criterion's share of a total: its weight, its value on the scale, and the points these give."""

    criterion: str
    name: str
    weight: int | Fraction
    value: Fraction
    points: Fraction

    @property
    def shown_value(self) -> str:
        """The value with two decimals."""
        return two_decimals(self.value)

    @property
    def shown(self) -> str:
        """The points with two decimals."""
        return two_decimals(self.points)


@dataclass(frozen=True)
class Total:
    """The weighted total with its parts; no value while questions are missing. `vetoed` are the criteria that stop it."""

    parts: tuple[Part, ...]
    value: Fraction | None
    missing: tuple[str, ...] = ()
    vetoed: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The total with two decimals, halves up; empty when there is none."""
        return "" if self.value is None else two_decimals(self.value)

    def part(self, criterion: str) -> Part | None:
        """The criterion's part."""
        return next((part for part in self.parts if part.criterion == criterion), None)


@dataclass(frozen=True)
class Sheet:
    """A stage's questions, weights and scale, as they stood when a round was opened."""

    key: str
    name: str
    questions: tuple[Question, ...]
    weights: Mapping[str, int | Fraction]
    names: dict[str, str]
    scale: tuple[Level, ...]
    veto: frozenset[str]
    threshold: Fraction | None
    tie_break: tuple[str, ...]
    requires: tuple[Requirement, ...] = ()
    free_text: bool = True

    @classmethod
    def from_json(cls, data: Mapping[str, Any], ranking: Mapping[str, Any] | None = None) -> Sheet:
        """The sheet of a stage as the model has it, with the tie-break order of the model's `ranking`."""
        criteria = list(data.get("criteria") or ())
        keys = [criterion["key"] for criterion in criteria]
        first = [key for key in (ranking or {}).get("tie_break") or () if key in keys]
        threshold = data.get("threshold")
        levels = enumerate(data.get("scale") or (), 1)
        return cls(
            key=str(data.get("key") or ""),
            name=_text(data.get("name")),
            questions=tuple(question for criterion in criteria for question in _questions(criterion)),
            weights={criterion["key"]: int(criterion["weight"]) for criterion in criteria},
            names={criterion["key"]: _text(criterion["name"]) for criterion in criteria},
            scale=tuple(
                Level(level["key"], _text(level["name"]), place if level.get("number") is None else level["number"])
                for place, level in levels
            ),
            veto=frozenset(criterion["key"] for criterion in criteria if criterion.get("veto")),
            threshold=None if threshold is None else Fraction(str(threshold)),
            tie_break=tuple(dict.fromkeys([*first, *keys])),
            requires=tuple(
                Requirement(criterion["key"], one["above"], one["evidence"])
                for criterion in criteria
                for one in criterion.get("requires") or ()
            ),
            free_text=bool(data.get("free_text", True)),
        )

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Level key → number."""
        return {level.key: level.number for level in self.scale}

    @cached_property
    def lowest(self) -> int:
        """The least number of the scale."""
        return min(self.numbers.values(), default=0)

    @cached_property
    def highest(self) -> int:
        """The greatest number of the scale."""
        return max(self.numbers.values(), default=0)

    def of_criterion(self, criterion: str) -> tuple[Question, ...]:
        """The criterion's questions."""
        return self._by_criterion.get(criterion, ())

    @cached_property
    def _by_criterion(self) -> dict[str, tuple[Question, ...]]:
        return {key: tuple(one for one in self.questions if one.criterion == key) for key in self.weights}

    def value_of(self, question: Question, number: Fraction | int) -> Fraction:
        """How good the number is for the question: turned within the scale where high is bad."""
        return Fraction(number) if question.positive else Fraction(self.lowest + self.highest) - number


def total(sheet: Sheet, levels: Mapping[str, str]) -> Total:
    """The total for these levels; a level that the scale does not have counts as missing."""
    numbers = {
        question.key: Fraction(sheet.numbers[levels[question.key]])
        for question in sheet.questions
        if levels.get(question.key) in sheet.numbers
    }
    worst = Fraction(sheet.lowest)
    vetoed = dict.fromkeys(
        question.criterion
        for question in sheet.questions
        if question.criterion in sheet.veto
        and question.key in numbers
        and sheet.value_of(question, numbers[question.key]) == worst
    )
    return total_of_numbers(sheet, numbers, tuple(vetoed))


def total_of_numbers(sheet: Sheet, numbers: Mapping[str, Fraction], vetoed: tuple[str, ...] = ()) -> Total:
    """The total where each question has a number on the scale, such as several scorers' mean."""
    missing = tuple(question.key for question in sheet.questions if question.key not in numbers)
    if missing:
        return Total((), None, missing, vetoed)
    parts = []
    for criterion, weight in sheet.weights.items():
        own = sheet.of_criterion(criterion)
        value = sum((sheet.value_of(one, numbers[one.key]) for one in own), Fraction(0)) / len(own)
        parts.append(Part(criterion, sheet.names[criterion], weight, value, value * weight / HUNDRED))
    return Total(tuple(parts), sum((part.points for part in parts), Fraction(0)), (), vetoed)


def percent(sheet: Sheet, summed: Total) -> int:
    """The total's place between the scale's ends, in hundredths of a point from 0 to 10 000; 0 when there is none."""
    width = sheet.highest - sheet.lowest
    if summed.value is None or width == 0:
        return 0
    return floor((summed.value - sheet.lowest) / width * FULL + HALF)


@dataclass(frozen=True)
class Ranked(Generic[K]):
    """A candidate's place. `tied_with` have the same total; `decided_by` is the criterion that set it apart from them.

    Those that no criterion sets apart share a place, and the next place is as many further down.
    """

    key: K
    rank: int
    total: Total
    tied_with: tuple[K, ...] = ()
    decided_by: str = ""


def rank(sheet: Sheet, levels: Mapping[K, Mapping[str, str]]) -> list[Ranked[K]]:
    """The candidates that have every level, best first; those stopped by a veto after all the others (G-104)."""
    totals = {key: total(sheet, own) for key, own in levels.items()}
    return rank_totals(sheet, totals)


def rank_totals(sheet: Sheet, totals: Mapping[K, Total]) -> list[Ranked[K]]:
    """The same from totals; the order in which they are given means nothing but among those that share a place."""

    def main(key: K) -> tuple[bool, Fraction]:
        return bool(totals[key].vetoed), -(totals[key].value or Fraction(0))

    def ties(key: K) -> tuple[Fraction, ...]:
        values = {part.criterion: part.value for part in totals[key].parts}
        return tuple(-values[criterion] for criterion in sheet.tie_break)

    complete = [key for key, one in totals.items() if one.value is not None]
    complete.sort(key=lambda key: (main(key), ties(key), str(key)))
    found: list[Ranked[K]] = []
    for _same, group in groupby(complete, key=main):
        tied = list(group)
        first = len(found)
        places: dict[tuple[Fraction, ...], int] = {}
        for at, key in enumerate(tied):
            place = places.setdefault(ties(key), first + at + 1)
            others = tuple(other for other in tied if other != key)
            decided = _decided_by(sheet, ties, tied, at)
            found.append(Ranked(key, place, totals[key], others, decided))
    return found


def _decided_by(sheet: Sheet, ties: Any, tied: list[Any], at: int) -> str:
    """The criterion that sets a tied candidate apart from its nearest: the one above, or below for the first."""
    own = ties(tied[at])
    above = [ties(other) for other in tied[:at] if ties(other) != own]
    below = [ties(other) for other in tied[at + 1 :] if ties(other) != own]
    nearest = above[-1] if above else below[0] if below else None
    if nearest is None:
        return ""
    pairs = zip(sheet.tie_break, own, nearest, strict=True)
    return next(criterion for criterion, mine, theirs in pairs if mine != theirs)


MISSING_EVIDENCE = {
    "goal_link": (
        gettext_noop("Høyere enn «%(level)s» krever at behovet er knyttet til en plan eller et mål."),
        gettext_noop("Knytt behovet til et mål, eller velg et lavere nivå."),
    ),
    "owner_committed": (
        gettext_noop("Høyere enn «%(level)s» krever en eier som har satt av folk."),
        gettext_noop("Bekreft eieren, eller velg et lavere nivå."),
    ),
}


def evidence_faults(
    sheet: Sheet, levels: Mapping[str, str], *, goal_link: bool, owner_committed: bool
) -> list[FieldError]:
    """The levels that ask for evidence the candidate does not have; the fault's field is the question."""
    has = {"goal_link": goal_link, "owner_committed": owner_committed}
    names = {level.key: level.name for level in sheet.scale}
    faults = []
    for demand in sheet.requires:
        if has.get(demand.evidence, False) or demand.above not in sheet.numbers:
            continue
        for question in sheet.of_criterion(demand.criterion):
            level = levels.get(question.key)
            if level not in sheet.numbers:
                continue
            limit = sheet.value_of(question, sheet.numbers[demand.above])
            if sheet.value_of(question, sheet.numbers[level]) > limit:
                message, remedy = MISSING_EVIDENCE[demand.evidence]
                faults.append(
                    FieldError(
                        question.key, say(message, level=names[demand.above]), value=names[level], remedy=say(remedy)
                    )
                )
    return faults


def two_decimals(value: Fraction) -> str:
    """The number as people write it, with two decimals and halves away from zero."""
    hundredths = floor(abs(value) * HUNDRED + HALF)
    sign = "-" if value < 0 and hundredths else ""
    return f"{sign}{hundredths // HUNDRED},{hundredths % HUNDRED:02d}"


def _questions(criterion: Mapping[str, Any]) -> list[Question]:
    """What is answered under a criterion: its questions, or itself when it has none."""
    own = criterion.get("questions") or ()
    if not own:
        return [_question(criterion["key"], _text(criterion["name"]), criterion, criterion)]
    return [_question(f"{criterion['key']}.{one['key']}", _text(one["text"]), one, criterion) for one in own]


def _question(key: str, text: str, own: Mapping[str, Any], criterion: Mapping[str, Any]) -> Question:
    anchors = own.get("anchors") or criterion.get("anchors") or {}
    return Question(
        key,
        text,
        criterion["key"],
        (own.get("polarity") or criterion.get("polarity")) != "negative",
        _text(own.get("guidance") or criterion.get("guidance")),
        tuple((level, _text(meaning)) for level, meaning in anchors.items()),
    )


def _text(value: Any) -> str:
    """A text of the model in the reader's language."""
    if isinstance(value, Mapping):
        return str(value.get(reader_language()) or value.get("nb") or next(iter(value.values()), ""))
    return str(value or "")
