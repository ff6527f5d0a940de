"""Paths and wheel as accessible SVG with a text twin; classes and attributes only, so that a strict policy holds."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

from samstyr.foundation.access import Act
from samstyr.foundation.kernel.text import gettext_noop, say

from .describe import (
    DECIDES,
    MONTHS,
    actor_of,
    condition_words,
    deadline_words,
    holders_each,
    period_words,
    target_words,
    words_for,
)
from .paths import Path, Step
from .schema import GovernanceModel, days_of
from .year import Period

WIDTH, BOX_LEFT, BOX_WIDTH = 620, 16, 440
LINE, PAD, GAP = 19, 12, 34
QUOTES = {'"': "&quot;"}
LANE_FIRST, LANE_STEP = BOX_LEFT + BOX_WIDTH + 22, 16


class Svg(str):
    """Markup that templates may put in as it is: every text in it is escaped here."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@dataclass(frozen=True)
class StepLine:
    """One station of a path in words: the text twin of its box."""

    key: str
    name: str
    who: str
    each: tuple[str, ...]
    due: str
    text: str
    optional: bool
    condition: str
    outcomes: tuple[tuple[str, str], ...]
    consulted: tuple[str, ...] = ()
    silence: str = ""
    when: str = ""
    decides: str = ""


@dataclass(frozen=True)
class PeriodLine:
    """One period of the wheel in words, with its days in the year asked for."""

    number: int
    name: str
    when: str
    first: date
    last: date
    owner: str
    text: str
    activities: tuple[str, ...]
    current: bool


@dataclass(frozen=True)
class _Box:
    """A box as drawn: top, height, key, and its lines in each of the columns it is split into."""

    key: str
    top: int
    height: int
    columns: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    gate: bool = False
    dashed: bool = False

    @property
    def middle(self) -> int:
        return self.top + self.height // 2


def path_list(model: GovernanceModel, path: Path) -> list[StepLine]:
    """The path's steps in words, in the path's order."""
    return [
        StepLine(
            step.key,
            str(step.name),
            actor_of(model, step),
            tuple(holders_each(model, step)),
            str(deadline_words(model, step.deadline)),
            str(step.text or ""),
            step.optional,
            condition_words(step.when),
            tuple((str(outcome.name), target_words(path, outcome)) for outcome in step.outcomes),
            tuple(str(body.name) for body in model.hearing_bodies) if step.kind == "hearing" else (),
            _silence(step),
            _when(model, path, step),
            words_for(step.decides, DECIDES) if step.decides else "",
        )
        for step in path.steps
    ]


def _when(model: GovernanceModel, path: Path, step: Step) -> str:
    """The days of the wheel's period that the step belongs to; empty outside the wheel."""
    for period in model.wheel.periods if model.wheel else ():
        if period.key == step.window or f"{path.key}/{step.key}" in period.steps:
            return period_words(period)
    return ""


def _silence(step: Step) -> str:
    if step.silence is None:
        return ""
    if step.silence.outcome == "waived":
        return str(say(gettext_noop("Svarer ingen innen fristen, går saken videre uten dem.")))
    outcome = step.outcome(step.silence.outcome)
    name = str(outcome.name) if outcome else step.silence.outcome
    return str(say(gettext_noop("Svarer ingen innen fristen, regnes det som «%(outcome)s»."), outcome=name))


def submitters(model: GovernanceModel, path: Path) -> list[str]:
    """The roles that may send something in on the path; only needs are sent in by right."""
    if path.subject != "need":
        return []
    return [str(role.name) for role in model.roles if any(right.act is Act.NEED_CREATE for right in role.rights)]


def path_svg(
    model: GovernanceModel, path: Path, *, title: str = "", links: Mapping[str, str] | None = None, current: str = ""
) -> Svg:
    """The path from top to bottom: who sends in, each step with who acts, parallel holders side by side, ways back.

    `links` are addresses by step key, which the boxes then lead to; the box of the step `current` is marked.
    """
    boxes = _boxes(model, path)
    height = boxes[-1].top + boxes[-1].height + 20
    places = {box.key: box for box in boxes}
    jumps = _jumps(path)
    lanes = max(1, len(jumps))
    width = max(WIDTH, LANE_FIRST + lanes * LANE_STEP + 10)
    identity = f"path-{path.key}"
    name = title or str(path.name)
    told = "; ".join(f"{line.name} ({line.who})" for line in path_list(model, path))
    parts = [
        (
            f'<svg class="path-picture" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
            f'height="{height}" role="{"group" if links else "img"}" aria-labelledby="{identity}-title {identity}-desc">'
        ),
        f'<title id="{identity}-title">{escape(name)}</title>',
        f'<desc id="{identity}-desc">{escape(told)}</desc>',
        (
            f'<defs><marker id="{identity}-head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
            'orient="auto-start-reverse"><path class="path-arrow-head" d="M0 0 10 5 0 10z"/></marker></defs>'
        ),
    ]
    head = f"url(#{identity}-head)"
    parts += [_arrow_down(above, below, head) for above, below in pairwise(boxes)]
    for lane, (source, target) in enumerate(jumps):
        if source in places and target in places:
            parts.append(_arrow_beside(places[source], places[target], LANE_FIRST + lane * LANE_STEP, head))
    for box in boxes:
        drawn, address = _draw(box, current == box.key), (links or {}).get(box.key)
        parts.append(f'<a class="path-link" href="{escape(address, QUOTES)}">{drawn}</a>' if address else drawn)
    return Svg("".join(parts) + "</svg>")


def _boxes(model: GovernanceModel, path: Path) -> list[_Box]:
    boxes: list[_Box] = []
    top = 10
    who = submitters(model, path)
    rows: list[tuple[str, list[tuple[str, str]], bool, bool]] = []
    if who:
        rows.append((" start", [(str(say(gettext_noop("Meldes inn"))), ", ".join(who))], False, False))
    for step in path.steps:
        acting = actor_of(model, step)
        if step.kind == "hearing" and model.hearing_bodies:
            acting = ", ".join(str(body.name) for body in model.hearing_bodies)
        each = holders_each(model, step)
        columns = (
            [(str(step.name), f"{acting}\n{name}") for name in each]
            if 1 < len(each) <= 3
            else [(str(step.name), acting)]
        )
        rows.append((step.key, columns, step.decides == "adopt", step.optional or step.when is not None))
    follower = model.path(path.then) if path.then else None
    if follower is not None:
        rows.append((" then", [(str(say(gettext_noop("Videre"))), str(follower.name))], False, True))
    for key, columns, gate, dashed in rows:
        fit = 52 // len(columns)
        wrapped = tuple((_wrap(name, fit - 2), _wrap(small, fit + 2)) for name, small in columns)
        height = PAD * 2 + max((len(name) + len(small)) * LINE for name, small in wrapped)
        boxes.append(_Box(key, top, height, wrapped, gate, dashed))
        top += height + GAP
    return boxes


def _wrap(text: str, width: int) -> tuple[str, ...]:
    lines = (line for part in text.split("\n") for line in textwrap.wrap(part, max(width, 8), break_long_words=True))
    return tuple(lines) or ("",)


def _jumps(path: Path) -> list[tuple[str, str]]:
    """Ways that do not go to the step below: back, past others, and to the submitter."""
    keys = [step.key for step in path.steps]
    found: dict[tuple[str, str], None] = {}
    for index, step in enumerate(path.steps):
        below = keys[index + 1] if index + 1 < len(keys) else None
        for outcome in step.outcomes:
            targets = [route.to for route in outcome.to] if isinstance(outcome.to, tuple) else [outcome.to or ""]
            for target in targets:
                if target and target != below:
                    found.setdefault((step.key, target))
            if outcome.effect == "return" and not outcome.to:
                found.setdefault((step.key, " start"))
    return list(found)


def _arrow_down(above: _Box, below: _Box, head: str) -> str:
    x = BOX_LEFT + BOX_WIDTH // 2
    return f'<path class="path-arrow" d="M{x} {above.top + above.height}V{below.top - 2}" marker-end="{head}"/>'


def _arrow_beside(source: _Box, target: _Box, lane: int, head: str) -> str:
    edge = BOX_LEFT + BOX_WIDTH
    back = " path-arrow-back" if target.top <= source.top else ""
    start, end = source.middle - 6, target.middle + 6
    if source.key == target.key:
        start, end = source.middle - 10, source.middle + 10
    return f'<path class="path-arrow{back}" d="M{edge} {start}H{lane}V{end}H{edge + 2}" marker-end="{head}"/>'


def _draw(box: _Box, current: bool = False) -> str:
    parts = []
    count = len(box.columns)
    width = (BOX_WIDTH - 12 * (count - 1)) / count
    for index, (name, small) in enumerate(box.columns):
        left = BOX_LEFT + index * (width + 12)
        kind = "path-step path-step-gate" if box.gate else "path-step"
        kind += " path-step-current" if current else ""
        dash = ' stroke-dasharray="6 4"' if box.dashed else ""
        parts.append(
            f'<rect class="{kind}" x="{left:g}" y="{box.top}" width="{width:g}" height="{box.height}" rx="6"{dash}/>'
        )
        y = box.top + PAD + 13
        for text, css in [*((line, "path-text") for line in name), *((line, "path-text-small") for line in small)]:
            parts.append(f'<text class="{css}" x="{left + 12:g}" y="{y}">{escape(text)}</text>')
            y += LINE
    return "".join(parts)


def wheel_list(model: GovernanceModel, today: date) -> list[PeriodLine]:
    """The wheel's periods in words, in the year that `today` is in; numbers match the drawing."""
    if model.wheel is None:
        return []
    return [_period_line(model, number, period, today) for number, period in enumerate(model.wheel.periods, 1)]


def _period_line(model: GovernanceModel, number: int, period: Period, today: date) -> PeriodLine:
    first, last = days_of(period, today.year)
    if last.year > today.year and today < first and today <= days_of(period, today.year - 1)[1]:
        first, last = days_of(period, today.year - 1)
    owner: Any = (
        model.body(period.owner_body) if period.owner_body else model.role(period.owner) if period.owner else None
    )
    return PeriodLine(
        number,
        str(period.name),
        period_words(period),
        first,
        last,
        str(owner.name) if owner else "",
        str(period.text or ""),
        tuple(str(item) for item in period.activities),
        first <= today <= last,
    )


CENTRE, MONTH_OUTER, MONTH_INNER, RING, THICK = 250, 240, 208, 200, 34


def wheel_svg(model: GovernanceModel, today: date) -> Svg:
    """The year as a circle from January at the top: months outermost, periods within, overlays innermost."""
    if model.wheel is None:
        return Svg("")
    lines = wheel_list(model, today)
    title = say(gettext_noop("Årshjulet %(year)s"), year=today.year)
    told = "; ".join(f"{line.number} {line.name}: {line.when}" for line in lines)
    parts = [
        (
            '<svg class="wheel" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 500 500" width="500" height="500" role="img" '
            'aria-labelledby="wheel-title wheel-desc">'
        ),
        f'<title id="wheel-title">{escape(str(title))}</title><desc id="wheel-desc">{escape(told)}</desc>',
    ]
    parts += [_month(number, today) for number in range(1, 13)]
    rings = _rings([(line.first, line.last) for line in lines])
    for line, ring in zip(lines, rings, strict=True):
        parts.append(_period(line, RING - ring * (THICK + 4), today))
    inner = RING - (max(rings, default=0) + 1) * (THICK + 4)
    for overlay in model.wheel.overlays:
        for period in overlay.periods:
            parts.append(_overlay(str(overlay.name), period, inner, today.year))
        inner -= 18
    parts.append(_now(today, inner))
    parts.append(
        f'<circle class="wheel-centre" cx="{CENTRE}" cy="{CENTRE}" r="46"/>'
        f'<text class="wheel-year" x="{CENTRE}" y="{CENTRE}">{today.year}</text>'
    )
    return Svg("".join(parts) + "</svg>")


def _rings(spans: list[tuple[date, date]]) -> list[int]:
    """The ring of each span, so that none lies over another."""
    free: list[list[tuple[date, date]]] = []
    found = []
    for span in spans:
        ring = 0
        while ring < len(free) and any(span[0] <= taken[1] and taken[0] <= span[1] for taken in free[ring]):
            ring += 1
        if ring == len(free):
            free.append([])
        free[ring].append(span)
        found.append(ring)
    return found


def _angle(day: date, year: int) -> float:
    start, end = date(year, 1, 1), date(year + 1, 1, 1)
    return 360 * (day - start).days / (end - start).days


def _point(angle: float, radius: float) -> tuple[float, float]:
    turn = math.radians(angle - 90)
    return CENTRE + radius * math.cos(turn), CENTRE + radius * math.sin(turn)


def _sector(first: float, last: float, outer: float, inner: float) -> str:
    last = min(last, first + 359.9)
    large = 1 if last - first > 180 else 0
    (ax, ay), (bx, by) = _point(first, outer), _point(last, outer)
    (cx, cy), (dx, dy) = _point(last, inner), _point(first, inner)
    return (
        f"M{ax:.1f} {ay:.1f}A{outer:g} {outer:g} 0 {large} 1 {bx:.1f} {by:.1f}"
        f"L{cx:.1f} {cy:.1f}A{inner:g} {inner:g} 0 {large} 0 {dx:.1f} {dy:.1f}Z"
    )


def _month(number: int, today: date) -> str:
    first = _angle(date(today.year, number, 1), today.year)
    last = _angle(date(today.year, number + 1, 1), today.year) if number < 12 else 360.0
    past = " wheel-month-past" if number < today.month else ""
    x, y = _point((first + last) / 2, (MONTH_OUTER + MONTH_INNER) / 2)
    label = escape(str(say(MONTHS[number - 1]))[:3])
    return (
        f'<path class="wheel-month{past}" d="{_sector(first, last, MONTH_OUTER, MONTH_INNER)}"/>'
        f'<text class="wheel-month-label" x="{x:.1f}" y="{y:.1f}">{label}</text>'
    )


def _span(first: date, last: date, year: int) -> tuple[float, float]:
    begin = _angle(first, year)
    return begin, _angle(last, year) + 360 / 365


def _period(line: PeriodLine, outer: float, today: date) -> str:
    begin, end = _span(line.first, line.last, today.year)
    outer = max(outer, 70)
    inner = max(outer - THICK, 50)
    current = " wheel-period-current" if line.current else ""
    x, y = _point((begin + end) / 2, (outer + inner) / 2)
    return (
        f"<g><title>{escape(f'{line.number} {line.name}: {line.when}')}</title>"
        f'<path class="wheel-period wheel-period-{(line.number - 1) % 6 + 1}{current}" '
        f'd="{_sector(begin, end, outer, inner)}"/>'
        f'<text class="wheel-period-label" x="{x:.1f}" y="{y:.1f}">{line.number}</text></g>'
    )


def _overlay(name: str, period: Period, outer: float, year: int) -> str:
    begin, end = _span(*days_of(period, year), year)
    outer = max(outer, 64)
    told = escape(f"{name}: {period.name}, {period_words(period)}")
    return f'<g><title>{told}</title><path class="wheel-month wheel-month-past" d="{_sector(begin, end, outer, outer - 14)}"/></g>'


def _now(today: date, inner: float) -> str:
    angle = _angle(today, today.year)
    (ax, ay), (bx, by) = _point(angle, max(inner, 50)), _point(angle, MONTH_OUTER)
    told = escape(str(say(gettext_noop("I dag"))))
    return (
        f'<g><title>{told}</title><path class="wheel-now" d="M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}"/>'
        f'<circle class="wheel-now-dot" cx="{bx:.1f}" cy="{by:.1f}" r="6"/></g>'
    )
