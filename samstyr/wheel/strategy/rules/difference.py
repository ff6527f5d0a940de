"""What is different between two strategies, in words."""

from __future__ import annotations

from collections.abc import Iterator

from samstyr.foundation.governance.rules.difference import Change, part_difference
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.governance.rules.strategy import Placed, StrategyContent, placed
from samstyr.foundation.kernel.text import gettext_noop, say


def difference(old: StrategyContent, new: StrategyContent, model: GovernanceModel | None) -> list[Change]:
    """Every difference: first the goals, wherever in the tree they stand, then the rest in the format's order."""
    plain = {"goals": ()}
    rest = part_difference(old.model_copy(update=plain), new.model_copy(update=plain), model)
    return [*_goals(old, new, model), *rest]


def _goals(old: StrategyContent, new: StrategyContent, model: GovernanceModel | None) -> Iterator[Change]:
    before = {one.goal.key: one for one in placed(old.goals)}
    after = {one.goal.key: one for one in placed(new.goals)}
    for key, one in before.items():
        if key not in after:
            yield Change(
                "removed", _under(one, before), say(gettext_noop("Målet «%(goal)s» er tatt ut."), goal=one.goal.text)
            )
    for key, one in after.items():
        was = before.get(key)
        if was is None:
            yield Change("added", _under(one, after), say(gettext_noop("Nytt mål: «%(goal)s»."), goal=one.goal.text))
            continue
        if was.parent != one.parent:
            where = _under(one, after) or str(say(gettext_noop("øverste nivå")))
            text = say(gettext_noop("Målet «%(goal)s» er flyttet til %(where)s."), goal=one.goal.text, where=where)
            yield Change("changed", "", text)
        bare = {"goals": ()}
        for change in part_difference(was.goal.model_copy(update=bare), one.goal.model_copy(update=bare), model):
            yield Change(change.kind, f"«{one.goal.text}»", change.text, change.before, change.after)


def _under(one: Placed, rows: dict[str, Placed]) -> str:
    return f"«{rows[one.parent].goal.text}»" if one.parent and one.parent in rows else ""
