"""The year as a circle: months outermost, a ring for each wheel, today's hand. The same stands in a table beside it.

Classes and attributes only, so that a strict policy holds; every text is escaped here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from samstyr.foundation.governance.rules.describe import MONTHS
from samstyr.foundation.governance.rules.picture import Svg
from samstyr.foundation.kernel.text import gettext_noop, say

CENTRE = 280
MONTHS_OUTER, MONTHS_INNER, OUTER, INNERMOST = 270, 238, 232, 66
THICKEST, BETWEEN, BETWEEN_WHEELS = 34, 4, 8


@dataclass(frozen=True)
class Sector:
    """A period as drawn: its mark, what it says, its days, and whether it goes on now."""

    mark: str
    told: str
    first: date
    last: date
    colour: int
    current: bool


@dataclass(frozen=True)
class Ring:
    """A wheel as drawn. `own` is the model's own, drawn outermost and in full colours."""

    name: str
    own: bool
    sectors: tuple[Sector, ...]


def circle(rings: Sequence[Ring], year: int, today: date) -> Svg:
    """The drawing of the year; the hand is there when today is in it."""
    title = say(gettext_noop("Årshjulet %(year)s"), year=year)
    told = ". ".join(f"{ring.name}: " + "; ".join(one.told for one in ring.sectors) for ring in rings if ring.sectors)
    parts = [
        '<svg class="wheel" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 560" width="560" height="560" role="img" '
        'aria-labelledby="year-title year-desc">'
        f'<title id="year-title">{escape(str(title))}</title><desc id="year-desc">{escape(told)}</desc>'
    ]
    parts += [_month(number, year, today) for number in range(1, 13)]
    tracks = [(ring, one, track) for ring in rings for track, one in _tracks(ring, year)]
    lanes = sum(max((track for owner, _one, track in tracks if owner is ring), default=-1) + 1 for ring in rings)
    room = OUTER - INNERMOST - BETWEEN_WHEELS * max(0, len(rings) - 1)
    thick = min(THICKEST, room / max(lanes, 1) - BETWEEN)
    outer = float(OUTER)
    for ring in rings:
        mine = [(one, track) for owner, one, track in tracks if owner is ring]
        parts += [_sector(one, ring.own, outer - track * (thick + BETWEEN), thick, year) for one, track in mine]
        depth = max((track for _one, track in mine), default=-1) + 1
        outer -= depth * (thick + BETWEEN) + (BETWEEN_WHEELS if depth else 0)
    if today.year == year:
        parts.append(_hand(today, max(outer, 52)))
    parts.append(
        f'<circle class="wheel-centre" cx="{CENTRE}" cy="{CENTRE}" r="48"/>'
        f'<text class="wheel-year" x="{CENTRE}" y="{CENTRE}">{year}</text></svg>'
    )
    return Svg("".join(parts))


def _tracks(ring: Ring, year: int) -> list[tuple[int, Sector]]:
    """Each sector with its track, so that none lies over another."""
    taken: list[list[tuple[date, date]]] = []
    found = []
    for one in ring.sectors:
        first, last = _inside(one, year)
        track = 0
        while track < len(taken) and any(first <= there[1] and there[0] <= last for there in taken[track]):
            track += 1
        if track == len(taken):
            taken.append([])
        taken[track].append((first, last))
        found.append((track, one))
    return found


def _inside(one: Sector, year: int) -> tuple[date, date]:
    return max(one.first, date(year, 1, 1)), min(one.last, date(year, 12, 31))


def _angle(day: date, *, after: bool = False) -> float:
    start, end = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return 360 * ((day - start).days + after) / (end - start).days


def _point(angle: float, radius: float) -> tuple[float, float]:
    turn = math.radians(angle - 90)
    return CENTRE + radius * math.cos(turn), CENTRE + radius * math.sin(turn)


def _shape(first: float, last: float, outer: float, inner: float) -> str:
    last = min(last, first + 359.9)
    large = 1 if last - first > 180 else 0
    (ax, ay), (bx, by) = _point(first, outer), _point(last, outer)
    (cx, cy), (dx, dy) = _point(last, inner), _point(first, inner)
    return (
        f"M{ax:.1f} {ay:.1f}A{outer:.1f} {outer:.1f} 0 {large} 1 {bx:.1f} {by:.1f}"
        f"L{cx:.1f} {cy:.1f}A{inner:.1f} {inner:.1f} 0 {large} 0 {dx:.1f} {dy:.1f}Z"
    )


def _month(number: int, year: int, today: date) -> str:
    first = _angle(date(year, number, 1))
    last = _angle(date(year, number + 1, 1)) if number < 12 else 360.0
    past = " wheel-month-past" if (year, number) < (today.year, today.month) else ""
    x, y = _point((first + last) / 2, (MONTHS_OUTER + MONTHS_INNER) / 2)
    label = escape(str(say(MONTHS[number - 1]))[:3])
    return (
        f'<path class="wheel-month{past}" d="{_shape(first, last, MONTHS_OUTER, MONTHS_INNER)}"/>'
        f'<text class="wheel-month-label" x="{x:.1f}" y="{y:.1f}">{label}</text>'
    )


def _sector(one: Sector, own: bool, outer: float, thick: float, year: int) -> str:
    first, last = _inside(one, year)
    begin, end = _angle(first), _angle(last, after=True)
    x, y = _point((begin + end) / 2, outer - thick / 2)
    kind = f"wheel-period wheel-period-{(one.colour - 1) % 6 + 1}" if own else "wheel-beside"
    current = " wheel-period-current" if one.current else ""
    return (
        f'<g><title>{escape(one.told)}</title><path class="{kind}{current}" d="{_shape(begin, end, outer, outer - thick)}"/>'
        f'<text class="wheel-period-label" x="{x:.1f}" y="{y:.1f}">{escape(one.mark)}</text></g>'
    )


def _hand(today: date, inner: float) -> str:
    (ax, ay), (bx, by) = _point(_angle(today), inner), _point(_angle(today), MONTHS_OUTER)
    told = escape(str(say(gettext_noop("I dag"))))
    return (
        f'<g><title>{told}</title><path class="wheel-now" d="M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}"/>'
        f'<circle class="wheel-now-dot" cx="{bx:.1f}" cy="{by:.1f}" r="7"/></g>'
    )
