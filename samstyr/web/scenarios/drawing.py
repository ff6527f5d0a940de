"""Numbers for the drawings: bars side by side, and the plan as lines over the years. The templates set the classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LEFT, YEAR_WIDTH, ROW_HEIGHT, HEAD = 300, 130, 30, 34
CHART_HEIGHT, CHART_FOOT, CHART_TOP, GROUP_GAP, BAR_WIDTH = 200, 28, 20, 40, 46


def use_width(used: int, of: int) -> int:
    """How far a bar of use reaches, in thousandths; a breach fills it."""
    if of <= 0:
        return 1000 if used > 0 else 0
    return max(0, min(1000, used * 1000 // of))


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: where it stands, which series it belongs to, and the words above it."""

    x: int
    y: int
    width: int
    height: int
    series: int
    words: str
    centre: int


@dataclass(frozen=True)
class Chart:
    """Bars in groups on one ground."""

    width: int
    height: int
    ground: int
    bars: list[Bar]
    groups: list[tuple[int, str]]


def chart(groups: Sequence[str], series: Sequence[Sequence[int]], words: Sequence[Sequence[str]]) -> Chart:
    """Bars for each group, one per series; `series[s][g]` is a figure and `words[s][g]` how it is written."""
    most = max([1, *(value for line in series for value in line)])
    group_width = BAR_WIDTH * len(series)
    width = (group_width + GROUP_GAP) * len(groups)
    ground = CHART_TOP + CHART_HEIGHT
    bars, labels = [], []
    for place, group in enumerate(groups):
        left = GROUP_GAP // 2 + place * (group_width + GROUP_GAP)
        labels.append((left + group_width // 2, group))
        for number, line in enumerate(series):
            height = max(0, line[place]) * CHART_HEIGHT // most
            x = left + number * BAR_WIDTH
            bars.append(
                Bar(x + 3, ground - height, BAR_WIDTH - 6, height, number + 1, words[number][place], x + BAR_WIDTH // 2)
            )
    return Chart(width, ground + CHART_FOOT, ground, bars, labels)


@dataclass(frozen=True)
class Span:
    """A chosen candidate over the years: the years of work, and what goes on after them."""

    title: str
    y: int
    text_y: int
    x: int
    width: int
    after_x: int
    after_width: int


@dataclass(frozen=True)
class Timeline:
    """The chosen candidates as lines, with a column per year."""

    width: int
    height: int
    years: list[tuple[int, int, int]]
    spans: list[Span]


def timeline(rows: Sequence[Any], years: Sequence[int]) -> Timeline:
    """`rows` have title, start, duration and continues."""
    width = LEFT + YEAR_WIDTH * len(years)
    end = years[-1] + 1
    spans = []
    for place, row in enumerate(rows):
        until = min(end, row.start + max(1, row.duration))
        x = LEFT + (row.start - years[0]) * YEAR_WIDTH
        after = LEFT + (until - years[0]) * YEAR_WIDTH
        top = HEAD + place * ROW_HEIGHT
        spans.append(
            Span(
                title=row.title if len(row.title) <= 40 else row.title[:39].rstrip() + "…",
                y=top + 6,
                text_y=top + 20,
                x=x + 2,
                width=max(0, after - x - 4),
                after_x=after + 2,
                after_width=max(0, (end - until) * YEAR_WIDTH - 4) if row.continues else 0,
            )
        )
    columns = [
        (LEFT + at * YEAR_WIDTH, LEFT + at * YEAR_WIDTH + YEAR_WIDTH // 2, year) for at, year in enumerate(years)
    ]
    return Timeline(width, HEAD + ROW_HEIGHT * len(rows) + 6, columns, spans)
