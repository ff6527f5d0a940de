"""How robust a ranking is, in sentences, tables and drawings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samstyr.foundation.ui import formats
from samstyr.wheel.prioritisation.rules import drawing, robustness
from samstyr.wheel.prioritisation.rules.scoring import two_decimals

# Fewer draws where there are many needs, so that the page comes at once.
MANY, FEW_DRAWS, SEED = 120, 2_000, 1
MOST_DRAWN = 40
LABEL, ROW, WIDTH, GAP, LETTERS = 210, 26, 720, 34, 30

Candidates = Mapping[UUID, Mapping[str, str]]


@dataclass(frozen=True)
class Robust:
    """What the calculations need: the criteria, the ranked needs with their levels, their titles and the line."""

    sheet: Any
    candidates: Candidates
    titles: Mapping[UUID, str]
    ranks: Mapping[UUID, int]
    above: tuple[UUID, ...]
    lined: bool

    @classmethod
    def of(cls, shown: Mapping[str, Any], capacity: int | None) -> Robust:
        """From the ranking as `presenting.ranking` gives it."""
        found = shown["found"]
        return cls(
            found.sheet,
            {one.entry.pk: one.levels for one in found.ranked},
            {one.entry.pk: one.entry.title for one in found.ranked},
            {one.entry.pk: one.rank for one in found.ranked},
            tuple(line.one.entry.pk for line in shown["lines"] if line.passed),
            capacity is not None or found.sheet.threshold is not None,
        )

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The needs to choose among, in the order of the ranking."""
        return [(str(key), f"{self.ranks[key]}. {title}") for key, title in self.titles.items()]


def weights(robust: Robust) -> list[dict[str, Any]]:
    """For each criterion, between which weights the order and the line hold, and what happens outside."""
    reaches = robustness.weight_intervals(robust.sheet, robust.candidates, above=robust.above if robust.lined else None)
    return [
        {
            "reach": reach,
            "order": _between(reach.order),
            "above": _between(reach.above) if reach.above else "",
            "sentence": _sentence(reach, robust),
            "sides": _sides(reach.order, robust),
        }
        for reach in reaches
    ]


def _between(interval: Any) -> str:
    if interval.everywhere:
        return _("alle vekter")
    return _("%(low)s–%(high)s %%") % {"low": interval.low.shown, "high": interval.high.shown}


def _sentence(reach: Any, robust: Robust) -> str:
    values = {"criterion": reach.name, "weight": reach.weight}
    if reach.order.everywhere:
        return _("Vekten på «%(criterion)s» kan være hva som helst uten at rekkefølgen endrer seg.") % values
    values |= {"low": reach.order.low.shown, "high": reach.order.high.shown}
    return (
        _(
            "Rekkefølgen holder så lenge vekten på «%(criterion)s» er mellom %(low)s og %(high)s %%. Nå er den %(weight)s %%."
        )
        % values
    )


def _sides(interval: Any, robust: Robust) -> list[str]:
    words = []
    for end, below in ((interval.low, True), (interval.high, False)):
        if not end.is_limit:
            continue
        text = (
            _("Under %(weight)s %% går «%(passes)s» forbi «%(passed)s».")
            if below
            else _("Over %(weight)s %% går «%(passes)s» forbi «%(passed)s».")
        )
        names = {"passes": robust.titles[end.passes], "passed": robust.titles[end.passed]}
        words.append(text % {"weight": end.shown, **names})
    return words


def ranges(robust: Robust, capacity: int | None, seed: int) -> dict[str, Any]:
    """The places each need gets when weights and levels are drawn at random, as rows and as a drawing."""
    draws = drawing.DRAWS if len(robust.candidates) <= MANY else FEW_DRAWS
    spread = drawing.Spread(draws=draws, seed=seed)
    found = drawing.rank_ranges(robust.sheet, robust.candidates, capacity, spread)
    found.sort(key=lambda one: (robust.ranks[one.key], robust.titles[one.key]))
    rows = [
        {
            "one": one,
            "title": robust.titles[one.key],
            "rank": robust.ranks[one.key],
            "share": _share(one.share_above),
        }
        for one in found
    ]
    return {
        "rows": rows,
        "chart": _range_chart(rows[:MOST_DRAWN], len(robust.candidates)),
        "undrawn": max(len(rows) - MOST_DRAWN, 0),
        "draws": draws,
        "seed": seed,
        "next_seed": seed + 1,
        "moves": formats.percent(spread.probability * 100),
    }


def _share(share: Any) -> str:
    return "" if share is None else formats.percent(round(float(share) * 100))


def _range_chart(rows: list[dict[str, Any]], places: int) -> dict[str, Any]:
    """Where the bars go: a place's middle is at a whole step from the label's edge."""
    step = WIDTH / max(places, 1)

    def x(place: float) -> int:
        return round(LABEL + step * (place - 0.5))

    half = max(min(step / 2 - 1, 8), 2)
    bars = []
    for number, row in enumerate(rows):
        one, top = row["one"], GAP + ROW * number
        bars.append(
            {
                "label": _cut(row["title"]),
                "middle": top + ROW // 2,
                "text": top + ROW // 2 + 4,
                "top": top + 6,
                "from": x(one.low) - round(half),
                "width": x(one.high) - x(one.low) + round(half * 2),
                "lowest": x(one.lowest),
                "highest": x(one.highest),
                "now": x(row["rank"]),
                "median": x(one.median),
            }
        )
    every = max(1, places // 12)
    ticks = [{"place": place, "x": x(place)} for place in range(1, places + 1) if place == 1 or place % every == 0]
    return {"bars": bars, "ticks": ticks, "width": LABEL + WIDTH, "height": GAP + ROW * len(rows) + 8, "top": GAP - 6}


def _cut(title: str) -> str:
    return title if len(title) <= LETTERS else f"{title[: LETTERS - 1]}…"


def tornado(robust: Robust, key: UUID) -> dict[str, Any]:
    """How each criterion's weight moves one need's total, as rows and as a drawing; the largest effect first."""
    bars = robustness.tornado(robust.sheet, robust.candidates[key])
    ends = [end for bar in bars for end in (bar.low, bar.high)]
    low, high = (min(ends), max(ends)) if ends else (Fraction(0), Fraction(1))
    width = (high - low) or Fraction(1)

    def x(value: Any) -> int:
        return LABEL + round(float((value - low) / width) * (WIDTH - 60)) + 30

    drawn = []
    for number, bar in enumerate(bars):
        top = GAP + (ROW + 8) * number
        left, right = sorted((x(bar.low), x(bar.high)))
        drawn.append(
            {
                "label": _cut(bar.name),
                "top": top + 5,
                "text": top + ROW // 2 + 5,
                "left": left,
                "width": max(right - left, 1),
                "up": bar.high >= bar.low,
            }
        )
    rows = [
        {
            "bar": bar,
            "low_weight": formats.number(float(bar.low_weight)),
            "high_weight": formats.number(float(bar.high_weight)),
            "low": two_decimals(bar.low),
            "high": two_decimals(bar.high),
            "swing": two_decimals(bar.swing),
        }
        for bar in bars
    ]
    chart = {
        "bars": drawn, "width": LABEL + WIDTH, "height": GAP + (ROW + 8) * len(bars) + 6,
        "low": two_decimals(low) if bars else "", "high": two_decimals(high) if bars else "", "label": LABEL,
    }  # fmt: skip
    return {"title": robust.titles[key], "rows": rows, "chart": chart, "step": robustness.STEP}


def passing(robust: Robust, behind: UUID, ahead: UUID) -> dict[str, Any]:
    """What would let one need pass another, in sentences."""
    names = {"b": robust.titles[behind], "a": robust.titles[ahead]}
    if robust.ranks[behind] <= robust.ranks[ahead]:
        return {"already": _("«%(b)s» står ikke bak «%(a)s».") % names, "weights": [], "changes": []}
    found = robustness.passing(robust.sheet, robust.candidates[ahead], robust.candidates[behind])
    levels = {level.key: level.name for level in robust.sheet.scale}
    return {
        "difference": _("«%(b)s» har %(difference)s poeng mindre enn «%(a)s».")
        % {**names, "difference": two_decimals(found.difference)},
        "weights": [_weight_words(one) for one in found.weights if one.needed is not None],
        "stuck": [one.name for one in found.weights if one.needed is None],
        "changes": [_change_words(change, names, levels) for change in found.changes],
    }


def _weight_words(one: Any) -> str:
    values = {"criterion": one.name, "weight": two_decimals(one.needed), "now": one.weight}
    if one.upward:
        text = (
            _("Vekten på «%(criterion)s» økes fra %(now)s til minst %(weight)s %%.")
            if one.included
            else _("Vekten på «%(criterion)s» økes fra %(now)s til over %(weight)s %%.")
        )
    else:
        text = (
            _("Vekten på «%(criterion)s» senkes fra %(now)s til høyst %(weight)s %%.")
            if one.included
            else _("Vekten på «%(criterion)s» senkes fra %(now)s til under %(weight)s %%.")
        )
    return text % values


def _change_words(change: Any, names: Mapping[str, str], levels: Mapping[str, str]) -> str:
    return _("«%(need)s» vurderes til %(after)s i stedet for %(before)s på «%(question)s».") % {
        "need": names["a"] if change.leader else names["b"],
        "after": levels[change.after],
        "before": levels[change.before],
        "question": change.question.text,
    }


def turned(robust: Robust) -> list[dict[str, Any]]:
    """Each question whose direction matters, with the needs that would change place were it turned."""
    return [
        {
            "question": one.question,
            "moves": [
                {"title": robust.titles[key], "before": robust.ranks[key], "after": one.ranks[key]} for key in one.moved
            ],
        }
        for one in robustness.turned(robust.sheet, robust.candidates)
        if one.moved
    ]


def near(robust: Robust) -> list[str]:
    """Neighbours in the ranking that are practically equal."""
    return [
        _("«%(first)s» og «%(second)s» er skilt av %(difference)s poeng.")
        % {
            "first": robust.titles[one.first],
            "second": robust.titles[one.second],
            "difference": two_decimals(one.difference),
        }
        for one in robustness.practically_equal(robust.sheet, robust.candidates)
    ]
