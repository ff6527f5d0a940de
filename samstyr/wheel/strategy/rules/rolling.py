"""What became of each goal from one version to the next, and whether two periods run into each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from samstyr.foundation.governance.rules.strategy import StrategyContent, placed
from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import gettext_noop, say

Fate = Literal["kept", "changed", "dropped", "new"]
WORDS = {
    "kept": gettext_noop("videreført"),
    "changed": gettext_noop("endret"),
    "dropped": gettext_noop("tatt ut"),
    "new": gettext_noop("nytt"),
}


@dataclass(frozen=True)
class GoalFate:
    """A goal or local strategy of the earlier version: what became of it, why, and what one had learnt (G-05, G-06)."""

    key: str
    text: str
    fate: Fate
    before: str = ""
    reason: str = ""
    lesson: str = ""

    @property
    def word(self) -> str:
        """The fate as people say it."""
        return str(say(WORDS[self.fate]))

    @property
    def needs_reason(self) -> bool:
        """Whether somebody has to say why: what is changed or dropped."""
        return self.fate in ("changed", "dropped")


def _told(content: StrategyContent) -> dict[str, tuple[str, Any]]:
    """Each goal and local strategy with its text, and what counts as the goal's own (not those under it)."""
    told: dict[str, tuple[str, Any]] = {}
    for one in placed(content.goals):
        if not one.goal.national:
            told[one.goal.key] = (str(one.goal.text), one.goal.model_copy(update={"goals": ()}))
    return told | {item.key: (str(item.text), item) for item in content.strategies}


def fates(before: StrategyContent, now: StrategyContent, said: Mapping[str, Any]) -> list[GoalFate]:
    """What became of each own goal and local strategy, in the earlier version's order, and then the new ones.

    National goals are not counted: they are their owner's to keep or drop.
    """
    old, new = _told(before), _told(now)
    found = []
    for key, (text, whole) in old.items():
        words = said.get(key, {})
        reason, lesson = str(words.get("reason", "")), str(words.get("lesson", ""))
        if key not in new:
            found.append(GoalFate(key, text, "dropped", text, reason, lesson))
        elif new[key][1] != whole:
            found.append(GoalFate(key, new[key][0], "changed", text, reason, lesson))
        else:
            found.append(GoalFate(key, text, "kept", text, reason, lesson))
    found += [GoalFate(key, text, "new") for key, (text, _whole) in new.items() if key not in old]
    return found


def fate_faults(rows: list[GoalFate]) -> list[FieldError]:
    """Changed and dropped goals whose reason nobody has given."""
    return [
        FieldError("fates", say(gettext_noop("Skriv hvorfor «%(goal)s» er %(fate)s."), goal=row.text[:100], fate=row.word))
        for row in rows
        if row.needs_reason and not row.reason.strip()
    ]  # fmt: skip


def overlap(before: StrategyContent, now: StrategyContent) -> tuple[int, int] | None:
    """The first and last year that both strategies cover; None when they do not meet (F-G1)."""
    if before.last_year is None or now.first_year is None or before.last_year < now.first_year:
        return None
    first = max(now.first_year, before.first_year or now.first_year)
    last = min(before.last_year, now.last_year or before.last_year)
    return (first, last) if first <= last else None
