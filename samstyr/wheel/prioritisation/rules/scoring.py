"""Weighted totals and ranks from a round's criteria."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Level:
    key: str
    name: str
    number: int


@dataclass(frozen=True)
class Question:
    key: str
    text: str
    criterion: str
    positive: bool
    guidance: str = ""
    anchors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Part:
    criterion: str
    name: str
    weight: int
    value: Fraction
    points: Fraction


@dataclass(frozen=True)
class Total:
    parts: tuple[Part, ...]
    value: Fraction | None
    missing: tuple[str, ...] = ()
    vetoed: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        if self.value is None:
            return ""
        d = Decimal(self.value.numerator) / Decimal(self.value.denominator)
        return str(d.quantize(Decimal("0.01"), ROUND_HALF_UP)).replace(".", ",")


@dataclass(frozen=True)
class Sheet:
    key: str
    name: str
    questions: tuple[Question, ...]
    weights: dict[str, int]
    names: dict[str, str]
    scale: tuple[Level, ...]
    veto: frozenset[str]
    threshold: Any
    tie_break: tuple[str, ...]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Sheet:
        def text(t: Any) -> str:
            return t if isinstance(t, str) else (t or {}).get("nb", "")

        questions = []
        for c in data.get("criteria", []):
            if c.get("questions"):
                questions += [
                    Question(
                        f"{c['key']}.{q['key']}",
                        text(q["text"]),
                        c["key"],
                        (q.get("polarity") or c.get("polarity")) != "negative",
                    )
                    for q in c["questions"]
                ]
            else:
                questions.append(Question(c["key"], text(c["name"]), c["key"], c.get("polarity") != "negative"))
        return cls(
            data.get("key", ""),
            text(data.get("name")),
            tuple(questions),
            {c["key"]: c["weight"] for c in data.get("criteria", [])},
            {c["key"]: text(c["name"]) for c in data.get("criteria", [])},
            tuple(Level(lv["key"], text(lv["name"]), lv["number"]) for lv in data.get("scale", [])),
            frozenset(),
            data.get("threshold"),
            tuple(c["key"] for c in data.get("criteria", [])),
        )


def total(sheet: Sheet, levels: Mapping[str, str]) -> Total:
    missing = tuple(q.key for q in sheet.questions if q.key not in levels)
    if missing:
        return Total((), None, missing)
    numbers = {lv.key: lv.number for lv in sheet.scale}
    low, high = min(numbers.values()), max(numbers.values())
    parts = []
    for key, weight in sheet.weights.items():
        own = [q for q in sheet.questions if q.criterion == key]
        value = Fraction(
            sum(numbers[levels[q.key]] if q.positive else low + high - numbers[levels[q.key]] for q in own), len(own)
        )
        parts.append(Part(key, sheet.names[key], weight, value, value * weight / 100))
    return Total(tuple(parts), sum((p.points for p in parts), Fraction(0)))


def percent(sheet: Sheet, summed: Total) -> int:
    numbers = [lv.number for lv in sheet.scale]
    return (
        round((summed.value - min(numbers)) / (max(numbers) - min(numbers)) * 10000) if summed.value is not None else 0
    )


@dataclass(frozen=True)
class Ranked:
    key: Hashable
    rank: int
    total: Total
    tied_with: tuple[Hashable, ...] = ()
    decided_by: str = ""


def rank(sheet: Sheet, levels: Mapping[Any, Mapping[str, str]]) -> list[Ranked]:
    totals = {k: total(sheet, lv) for k, lv in levels.items()}
    order = sorted(totals, key=lambda k: (-(totals[k].value or 0), *[-p.points for p in totals[k].parts]))
    return [Ranked(k, i, totals[k]) for i, k in enumerate(order, 1)]
