"""A chart as whole-number places in a drawing; the page has the same figures in a table."""

from __future__ import annotations

from dataclasses import dataclass

from samstyr.foundation.ui.formats import thousand_kroner
from samstyr.outward.exports.charts import Chart

WIDTH, HIGH, TOP, FOOT = 640, 200, 26, 28


@dataclass(frozen=True)
class Bar:
    """A part of a column; `look` is its class."""

    x: int
    y: int
    width: int
    height: int
    look: str


@dataclass(frozen=True)
class Label:
    """A text, centred on `x`."""

    x: int
    y: int
    text: str


@dataclass(frozen=True)
class Drawing:
    """What the template draws."""

    chart: Chart
    width: int
    height: int
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    legend: tuple[tuple[str, str], ...]


def drawn(chart: Chart) -> Drawing:
    """Columns side by side, each series on top of the one before."""
    step = WIDTH // max(1, len(chart.years))
    wide = min(96, step * 3 // 5)
    bars, labels = [], []
    for at, year in enumerate(chart.years):
        x, y = at * step + (step - wide) // 2, TOP + HIGH
        for place, one in enumerate(chart.series):
            height = round(one.values[at] / max(1, chart.most) * HIGH)
            y -= height
            if height:
                bars.append(Bar(x, y, wide, height, look(place)))
        labels.append(Label(x + wide // 2, y - 8, thousand_kroner(chart.totals[at])))
        labels.append(Label(x + wide // 2, TOP + HIGH + 20, str(year)))
    legend = tuple((one.name, look(place)) for place, one in enumerate(chart.series))
    return Drawing(chart, WIDTH, TOP + HIGH + FOOT, tuple(bars), tuple(labels), legend)


def look(place: int) -> str:
    """The class of a series' colour."""
    return ("bar", "bar-2", "bar-3", "bar-4", "bar-5", "bar-6")[place % 6]
