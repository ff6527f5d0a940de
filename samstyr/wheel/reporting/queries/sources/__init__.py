"""The sources that sections are drafted from: each answers with a block of figures."""

from __future__ import annotations

from collections.abc import Callable

from ...rules.blocks import Block
from . import bodies, cases, plans, ranked
from .asked import Areas, Asked, plan_in_force, word

__all__ = ["DRAFTED", "Areas", "Asked", "bodies", "cases", "draft", "plan_in_force", "plans", "ranked", "word"]

# By the model's word for the source; `reports` is drafted where the reports themselves are read.
DRAFTED: dict[str, Callable[[Asked], Block]] = {
    "cases": cases.cases,
    "needs": cases.needs,
    "decisions": cases.decisions,
    "follow_ups": cases.follow_ups,
    "wheel": cases.wheel,
    "measures": plans.measures,
    "money": plans.money,
    "goals": plans.goals,
    "areas": plans.areas,
    "meetings": bodies.meetings,
    "compliance": bodies.compliance,
    "anchoring": bodies.anchoring,
    "indicators": bodies.indicators,
    "ranking": ranked.ranking,
}


def draft(source: str, asked: Asked) -> Block:
    """The source's block as the facts are on the day."""
    return DRAFTED[source](asked)
