"""The strategy as its pages show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samstyr.foundation.governance.rules.strategy import Goal, Placed, StrategyContent, Target, placed
from samstyr.foundation.ui import formats
from samstyr.foundation.ui.pieces import Status, Tab, Tone
from samstyr.web.shell import address

from .fields import WORDS

TONES = {
    "draft": Tone.NEUTRAL,
    "proposed": Tone.INFO,
    "adopted": Tone.SUCCESS,
    "superseded": Tone.NEUTRAL,
    "discarded": Tone.NEUTRAL,
}


def tabs(slug: str, current: str, content: StrategyContent) -> list[Tab]:
    """The pages of the strategy; those about what it does not have are left out."""
    labels = {
        "strategy-overview": _("Oversikt"),
        "strategy-goals": _("Mål"),
        "strategy-crossing": _("Nasjonale mål"),
        "strategy-direction": _("Retning"),
        "strategy-basis": _("Grunnlag"),
        "strategy-documents": _("Dokumenter"),
        "strategy-targets": _("Måltall"),
        "strategy-matrices": _("Dekning"),
        "strategy-outlook": _("Framskriving"),
        "strategy-versions": _("Versjoner"),
    }
    has = {
        "strategy-crossing": any(goal.national for goal in content.goals),
        "strategy-direction": bool(content.directions or content.focus_areas or content.principles or content.measures),
        "strategy-basis": bool(content.drivers or content.sources or content.guidelines or content.priorities),
        "strategy-documents": bool(content.documents),
        "strategy-targets": bool(content.targets),
        "strategy-matrices": bool(content.goals or content.focus_areas),
        "strategy-outlook": bool(content.outlooks),
    }
    return [
        Tab(labels[name], address(name, slug), name == current)
        for name in labels
        if has.get(name, True) or name == current
    ]


def version_status(row: Any, content: StrategyContent, holding: Any, today: date) -> Status:
    """The version's state as a tag; what is adopted holds, waits for its period, or has been taken over from."""
    if row.state == "adopted" and (holding is None or row.pk != holding.pk):
        if (content.first_year or 0) > today.year:
            return Status(_("Vedtatt, gjelder fra %(year)s") % {"year": content.first_year}, Tone.INFO)
        return Status(_("Erstattet"), Tone.NEUTRAL)
    return Status(str(row.get_state_display()).capitalize(), TONES[row.state])


def period(content: StrategyContent) -> str:
    """«2019–2022», or the year it begins."""
    if content.first_year and content.last_year:
        return f"{content.first_year}–{content.last_year}"
    if content.first_year:
        return _("fra %(year)s") % {"year": content.first_year}
    return ""


def adoption(row: Any) -> str:
    """Who adopted the version, when, and in which case."""
    if row is None or row.adopted_on is None:
        return ""
    words = [_("Vedtatt %(day)s") % {"day": formats.day(row.adopted_on)}]
    if row.body:
        words.append(_("av %(body)s") % {"body": row.body})
    if row.reference:
        words.append(_("i sak %(reference)s") % {"reference": row.reference})
    return " ".join(words)


def target_words(target: Target) -> str:
    """What is aimed at, as people say it: «minst 99,7 %»."""
    if target.value is None:
        return str(target.text or "")
    figure = formats.number(target.value)
    unit = str(target.unit or "")
    words = f"{WORDS['operator'][target.operator]} {figure} {unit}".strip()
    if target.relative:
        words = _("%(change)s %% fra utgangspunktet") % {"change": figure}
    terms = f", {str(target.terms)[:1].lower()}{str(target.terms)[1:]}" if target.terms else ""
    return f"{words}{terms}"


def baseline_words(target: Target) -> str:
    """Where one starts, and how well it is known."""
    baseline = target.baseline
    if baseline is None:
        return ""
    what = formats.number(baseline.value) if baseline.value is not None else str(baseline.text or "")
    quality = str(WORDS["quality"][baseline.quality]).lower()
    year = f", {baseline.year}" if baseline.year else ""
    return f"{what} ({quality}{year})" if what else quality


@dataclass(frozen=True)
class Row:
    """A goal of the tree with what hangs on it."""

    placed: Placed
    targets: tuple[Target, ...]
    needs: int
    lines: int
    amount: int

    @property
    def goal(self) -> Goal:
        """The goal itself."""
        return self.placed.goal


@dataclass(frozen=True)
class Linked:
    """The needs and the measures of plans that name each goal."""

    needs: dict[str, list[Any]]
    lines: dict[str, list[Any]]

    def amount(self, key: str) -> int:
        """Kroner over all years of the measures that name the goal."""
        return sum(cost.amount for line in self.lines.get(key, ()) for cost in line.costs.all())


def linked(needs: Iterable[Any], lines: Iterable[Any]) -> Linked:
    """Needs and lines by the goals they name."""
    by_need: dict[str, list[Any]] = defaultdict(list)
    by_line: dict[str, list[Any]] = defaultdict(list)
    for need in needs:
        for key in need.goals:
            by_need[key].append(need)
    for line in lines:
        for key in line.goals:
            by_line[key].append(line)
    return Linked(dict(by_need), dict(by_line))


def rows(content: StrategyContent, found: Linked, *, category: str = "", own: bool = True) -> list[Row]:
    """The tree as it is read, one's own goals or the national ones; narrowed to a category when told."""
    tops = {one.goal.key: one.goal.category for one in placed(content.goals) if one.depth == 0}
    shown = []
    top = ""
    for one in placed(content.goals):
        top = one.goal.key if one.depth == 0 else top
        if one.goal.national == own or (category and str(tops[top] or "") != category):
            continue
        key = one.goal.key
        shown.append(
            Row(
                one,
                content.targets_of(key),
                len(found.needs.get(key, ())),
                len(found.lines.get(key, ())),
                found.amount(key),
            )
        )
    return shown


def nested(flat: list[Row]) -> list[dict[str, Any]]:
    """Rows as a tree, for lists within lists."""
    tops: list[dict[str, Any]] = []
    stack: list[dict[str, Any]] = []
    for row in flat:
        node: dict[str, Any] = {"row": row, "below": []}
        while stack and stack[-1]["row"].placed.depth >= row.placed.depth:
            stack.pop()
        (stack[-1]["below"] if stack else tops).append(node)
        stack.append(node)
    return tops


def categories(content: StrategyContent) -> list[str]:
    """The categories of the goals at the top, in order."""
    return list(dict.fromkeys(str(goal.category) for goal in content.goals if goal.category and not goal.national))


def columns(content: StrategyContent) -> list[tuple[str, list[Goal]]]:
    """One's own top goals by category, those without one by their level; a column each (A-39)."""
    found: dict[str, list[Goal]] = {}
    for goal in content.goals:
        if not goal.national:
            found.setdefault(str(goal.category or goal.level or _("Mål")), []).append(goal)
    return list(found.items())
