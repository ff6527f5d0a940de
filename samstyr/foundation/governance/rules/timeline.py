"""A dry run as a drawing: a bar for each station from the day it opens to the day it is due, with the months above."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date, timedelta
from xml.sax.saxutils import escape

from samstyr.foundation.kernel.text import gettext_noop, say

from .describe import MONTHS
from .picture import Svg
from .rehearsal import Rehearsed

LEFT, WIDTH, ROW, TOP = 250, 900, 34, 34
MOST = 60


def timeline_svg(steps: Sequence[Rehearsed]) -> Svg:
    """The drawing; empty without stations. The table of the same stations is its twin."""
    shown = [step for step in steps if not step.skipped][:MOST]
    if not shown:
        return Svg("")
    first = min(step.opens for step in shown).replace(day=1)
    last = max(step.done for step in shown)
    end = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    days = max((end - first).days, 1)
    height = TOP + ROW * len(shown) + 8
    told = "; ".join(f"{step.name}: {step.opens:%d.%m.%Y}–{step.done:%d.%m.%Y}" for step in shown)
    title = str(say(gettext_noop("Prøvekjøringen som tidslinje")))
    parts = [
        f'<svg class="timeline-picture" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-labelledby="timeline-title timeline-desc">',
        f'<title id="timeline-title">{escape(title)}</title><desc id="timeline-desc">{escape(told)}</desc>',
    ]
    parts += _months(first, end, days, height)
    parts += [_bar(step, number, first, days) for number, step in enumerate(shown)]
    return Svg("".join(parts) + "</svg>")


def _x(day: date, first: date, days: int) -> float:
    return LEFT + (WIDTH - LEFT - 10) * (day - first).days / days


def _months(first: date, end: date, days: int, height: int) -> list[str]:
    parts, day, count = [], first, 0
    every = 1 + ((end.year - first.year) * 12 + end.month - first.month) // 14
    while day < end:
        x = _x(day, first, days)
        parts.append(f'<path class="timeline-month" d="M{x:.1f} {TOP - 6}V{height}"/>')
        if count % every == 0:
            name = str(say(MONTHS[day.month - 1]))[:3]
            label = f"{name} {day.year}" if day.month == 1 or day == first else name
            parts.append(f'<text class="path-text-small" x="{x + 3:.1f}" y="{TOP - 12}">{escape(label)}</text>')
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        count += 1
    return parts


def _bar(step: Rehearsed, number: int, first: date, days: int) -> str:
    y = TOP + ROW * number
    begin, end = _x(step.opens, first, days), _x(step.done, first, days)
    name = textwrap.shorten(step.name, 34, placeholder="…")
    return (
        f"<g><title>{escape(step.name)}: {step.opens:%d.%m.%Y}–{step.done:%d.%m.%Y}</title>"
        f'<text class="path-text-small" x="4" y="{y + 20}">{number + 1}. {escape(name)}</text>'
        f'<rect class="bar" x="{begin:.1f}" y="{y + 8}" width="{max(end - begin, 5):.1f}" height="16" rx="3"/></g>'
    )
