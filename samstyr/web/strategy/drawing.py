"""Numbers for the drawing of a target over time. The template sets the classes; a table tells the same beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 720, 280, 70, 24, 18, 34
STEPS = 4


@dataclass(frozen=True)
class Spot:
    """A measured point with its words."""

    x: int
    y: int
    words: str


@dataclass(frozen=True)
class Line:
    """The whole drawing: grid with words, years, the measured line and its spots, the path, and the aim."""

    width: int
    height: int
    grid: list[tuple[int, str]]
    years: list[tuple[int, int]]
    measured: str
    spots: list[Spot]
    path: str
    aim: int | None
    left: int
    right: int


def line(
    measured: Sequence[tuple[date, Decimal, str]],
    path: Sequence[tuple[int, Decimal]],
    aim: Decimal | None,
    due_year: int | None,
    words: Sequence[str] = (),
) -> Line | None:
    """The drawing, or None when nothing is measured. `measured` is day, figure and how it is written, oldest first."""
    if not measured:
        return None
    figures = [value for _on, value, _words in measured] + [value for _year, value in path]
    figures += [aim] if aim is not None else []
    low, high = min(figures), max(figures)
    room = (high - low) / 10 or abs(high) / 10 or Decimal(1)
    low, high = low - room if low != 0 else low, high + room
    ends = [on for on, _value, _words in measured] + [date(year, 12, 31) for year, _value in path]
    ends += [date(due_year, 12, 31)] if due_year else []
    first, last = date(min(ends).year, 1, 1), date(max(ends).year, 12, 31)
    days = (last - first).days

    def x(on: date) -> int:
        return LEFT + (WIDTH - LEFT - RIGHT) * (on - first).days // days

    def y(value: Decimal) -> int:
        return int(HEIGHT - FOOT - (value - low) / (high - low) * (HEIGHT - FOOT - TOP))

    spots = [Spot(x(on), y(value), told) for on, value, told in measured]
    marks = [low + (high - low) * step / STEPS for step in range(STEPS + 1)]
    every = max(1, (last.year - first.year) // 8 + 1)
    return Line(
        WIDTH,
        HEIGHT,
        [(y(mark), _short(mark, high - low)) for mark in marks],
        [(x(date(year, 7, 1)), year) for year in range(first.year, last.year + 1, every)],
        " ".join(f"{spot.x},{spot.y}" for spot in spots),
        spots,
        " ".join(f"{x(date(year, 12, 31))},{y(value)}" for year, value in sorted(path)),
        y(aim) if aim is not None else None,
        LEFT,
        WIDTH - RIGHT,
    )


def _short(value: Decimal, span: Decimal) -> str:
    """The figure with as many decimals as the scale needs."""
    decimals = 0 if span >= 8 else 1 if span >= Decimal("0.8") else 2
    return f"{value:.{decimals}f}".replace(".", ",").replace("-", "\u2212")
