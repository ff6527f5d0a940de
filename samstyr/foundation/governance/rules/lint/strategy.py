"""The strategy hangs together: every key points at something, and no goal shares its key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from samstyr.foundation.kernel.text import gettext_noop, say

from ..schema import GovernanceModel
from ..strategy import StrategyContent, placed
from .finding import Hit, Place, check
from .references import LOST, walk

# The field, where it may point.
POINTS_AT = {
    "source": "sources",
    "sources": "sources",
    "mirrors": "sources",
    "links": "goals",
    "positions": "goals",
    "goal": "goals",
    "goals": "goals",
    "held_in": "documents",
    "focus_area": "focus_areas",
    "focus_areas": "focus_areas",
    "area": "areas",
    "tags": "tags",
}


def keys_of(content: StrategyContent) -> dict[str, set[str]]:
    """The keys that there are, by the list they stand in."""
    return {
        "goals": set(content.goal_names()),
        "tags": {tag.key for source in content.sources for tag in source.tags},
    } | {
        name: {item.key for item in getattr(content, name)} for name in ("sources", "documents", "focus_areas", "areas")
    }


def lost_keys(content: StrategyContent) -> Iterator[tuple[Place, str]]:
    """Every key in the strategy that points at nothing there, with its place."""
    known = keys_of(content)
    for place, part in walk(content):
        for name in type(part).model_fields:
            kind = "documents" if name == "links" and "documents" in place else POINTS_AT.get(name)
            value = getattr(part, name)
            if kind is None or not value:
                continue
            keys: tuple[Any, ...] = (value,) if isinstance(value, str) else tuple(value)
            for number, key in enumerate(keys):
                if isinstance(key, str) and key not in known[kind]:
                    yield ((*place, name) if isinstance(value, str) else (*place, name, number)), key


def repeated_goals(content: StrategyContent) -> Iterator[tuple[Place, str]]:
    """Goals and local strategies whose key is used by another, wherever in the trees it stands."""
    seen: set[str] = set()
    strategies = [(("strategies", index), item.key) for index, item in enumerate(content.strategies)]
    for place, key in [*((one.place, one.goal.key) for one in placed(content.goals)), *strategies]:
        if key in seen:
            yield place, key
        seen.add(key)


@check("R-07")
def lost_in_strategy(model: GovernanceModel) -> Iterator[Hit]:
    """Goals, focus areas, sources and documents that the strategy refers to stand in it."""
    for place, key in lost_keys(model.strategy):
        yield Hit("warning", ("strategy", *place), say(LOST, key=key))


@check("R-10")
def one_goal_one_key(model: GovernanceModel) -> Iterator[Hit]:
    """A goal's key is its own in the whole strategy, since needs and measures are linked to it."""
    for place, key in repeated_goals(model.strategy):
        yield Hit("error", ("strategy", *place), say(gettext_noop("Nøkkelen «%(key)s» brukes om flere mål."), key=key))
