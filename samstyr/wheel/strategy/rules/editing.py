"""Changes to a strategy's content, one thing at a time. Everything returns a new content; nothing is changed in place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from samstyr.foundation.governance.rules.strategy import Goal, Placed, StrategyContent, placed
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid, NotFound, Refused
from samstyr.foundation.kernel.text import gettext_noop, say

# The lists that are edited row by row, with what one row is called.
PARTS = {
    "values": gettext_noop("verdi"),
    "sections": gettext_noop("kapittel"),
    "sources": gettext_noop("kilde"),
    "drivers": gettext_noop("driver"),
    "strategies": gettext_noop("lokal strategi"),
    "gaps": gettext_noop("akseptert mangel"),
    "guidelines": gettext_noop("politisk føring"),
    "priorities": gettext_noop("prioritert felt"),
    "directions": gettext_noop("strategisk retning"),
    "areas": gettext_noop("område"),
    "focus_areas": gettext_noop("satsingsområde"),
    "principles": gettext_noop("prinsipp"),
    "measures": gettext_noop("tiltak"),
    "targets": gettext_noop("måltall"),
    "documents": gettext_noop("styrende dokument"),
}
HEAD = ("title", "first_year", "last_year", "revision_months", "owner", "signed_by", "vision", "process")
MOST_ROWS, LARGEST = 500, 400_000
_SIGNS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "é": "e", "ü": "u", "ö": "o", "ä": "a"})


def key_of(part: str, row: Any) -> str:
    """What a row is known by: its key; for an accepted gap the goal it accepts."""
    return str(row.goal if part == "gaps" else row.key)


def label_of(row: Any) -> str:
    """What a row is called on the screen."""
    if hasattr(row, "from_state"):
        return f"{row.from_state} → {row.to_state}"
    return str(getattr(row, "name", None) or getattr(row, "title", None) or getattr(row, "text", None) or row.reason)


def new_key(text: str, taken: Iterable[str]) -> str:
    """A key made of the text that nobody has: «Åpne data» gives ``apne-data``, and then ``apne-data-2``."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.casefold().translate(_SIGNS)).strip("-")[:40].strip("-") or "ny"
    used = set(taken)
    number, key = 1, plain
    while key in used:
        number += 1
        key = f"{plain}-{number}"
    return key


def taken_keys(content: StrategyContent, part: str) -> set[str]:
    """The keys that a new row of the part cannot have; goals and local strategies share theirs."""
    if part in ("goals", "strategies"):
        return set(content.goal_names())
    return {key_of(part, row) for row in getattr(content, part)}


def checked(data: Mapping[str, Any]) -> StrategyContent:
    """The content as typed. Raises Invalid with every fault, each at the field it is in."""
    try:
        content = StrategyContent.model_validate(data)
    except ValidationError as fault:
        raise Invalid(*(_fault(one) for one in fault.errors(include_url=False))) from fault
    if len(content.model_dump_json()) > LARGEST:
        raise Invalid.field("text", say(gettext_noop("Strategien er blitt for stor. Flytt lange tekster til vedlegg.")))
    return content


def _fault(one: Any) -> FieldError:
    names = [part for part in one["loc"] if isinstance(part, str) and part not in ("constrained-str", "root")]
    field = next((name for name in reversed(names) if "[" not in name and "-" not in name), "text")
    if one["type"] in ("string_too_short", "missing"):
        message = say(gettext_noop("Fyll ut dette."))
    elif one["type"] == "string_too_long":
        message = say(gettext_noop("Teksten er for lang."))
    else:
        message = say(gettext_noop("Verdien kan ikke brukes her."))
    return FieldError(field, message, str(one.get("input", ""))[:100])


def as_data(content: StrategyContent) -> dict[str, Any]:
    """The content as JSON-ready values without what is left out; what is stored, and what is sealed."""
    return content.model_dump(mode="json", exclude_defaults=True)


def _replaced(content: StrategyContent, **changes: Any) -> StrategyContent:
    return checked(as_data(content) | changes)


def with_head(content: StrategyContent, values: Mapping[str, Any]) -> StrategyContent:
    """The content with other title, period, interval, owner, signer, vision or process."""
    kept = {name: value for name, value in as_data(content).items() if name not in values}
    return checked(kept | {name: values[name] for name in HEAD if values.get(name) not in (None, "", {})})


def with_row(content: StrategyContent, part: str, key: str | None, values: Mapping[str, Any]) -> StrategyContent:
    """A row changed, or added last when `key` is None; a new row's key is made of its text."""
    rows = [dict(row) for row in as_data(content).get(part, [])]
    given = {name: value for name, value in values.items() if value not in (None, "", (), [], {})}
    if key is None:
        if len(rows) >= MOST_ROWS:
            raise Invalid.field("text", say(gettext_noop("Listen er full.")))
        if part == "gaps":
            _not_twice(content, given)
        else:
            words = given.get("name") or given.get("title") or given.get("to_state") or given.get("text") or ""
            given = {"key": new_key(str(words), taken_keys(content, part)), **given}
        return _replaced(content, **{part: [*rows, given]})
    at = index_of(content, part, key)
    name = "goal" if part == "gaps" else "key"
    rows[at] = {**given, name: key}
    return _replaced(content, **{part: rows})


def _not_twice(content: StrategyContent, given: Mapping[str, Any]) -> None:
    if any(gap.goal == given.get("goal") for gap in content.gaps):
        raise Invalid.field("goal", say(gettext_noop("Denne mangelen er alt akseptert.")))


def index_of(content: StrategyContent, part: str, key: str) -> int:
    """Where in its list the row stands. Raises NotFound."""
    for index, row in enumerate(getattr(content, part)):
        if key_of(part, row) == key:
            return index
    raise NotFound


def row_of(content: StrategyContent, part: str, key: str) -> Any:
    """The row. Raises NotFound."""
    return getattr(content, part)[index_of(content, part, key)]


def without_row(content: StrategyContent, part: str, key: str) -> StrategyContent:
    """The content without the row. What pointed at it is told among the findings, not silently loosened."""
    at = index_of(content, part, key)
    rows = as_data(content)[part]
    return _replaced(content, **{part: [*rows[:at], *rows[at + 1 :]]})


def moved_row(content: StrategyContent, part: str, key: str, step: int) -> StrategyContent:
    """The row one place up (-1) or down (1); first and last stay where they are."""
    at = index_of(content, part, key)
    rows = list(as_data(content)[part])
    to = min(max(at + step, 0), len(rows) - 1)
    rows.insert(to, rows.pop(at))
    if part == "focus_areas" and all(row.get("order") is not None for row in rows):
        rows = [row | {"order": number} for number, row in enumerate(rows, 1)]
    return _replaced(content, **{part: rows})


# Goals


def place_of(content: StrategyContent, key: str) -> Placed:
    """The goal where it stands. Raises NotFound."""
    for one in placed(content.goals):
        if one.goal.key == key:
            return one
    raise NotFound


def own_goal(content: StrategyContent, key: str) -> Placed:
    """The goal, if it is one's own. Raises Refused for a national one (G-39, I-25)."""
    one = place_of(content, key)
    if one.goal.national:
        raise Refused(
            say(gettext_noop("«%(goal)s» er et nasjonalt mål, og kan bare leses her."), goal=one.goal.text),
            rule="strategy.national",
            remedy=say(gettext_noop("Lag en lokal strategi som svarer på målet, eller last inn målene på nytt fra kilden.")),
        )  # fmt: skip
    return one


def with_goal(
    content: StrategyContent, key: str | None, parent: str | None, values: Mapping[str, Any]
) -> StrategyContent:
    """A goal changed, or added last under `parent` (None: at the top) when `key` is None."""
    given = {name: value for name, value in values.items() if value not in (None, "", (), [], {}, False)}
    if key is not None:
        own_goal(content, key)
        return _goals(content, lambda goals: _mapped(goals, key, lambda goal: _merged(goal, given)))
    if parent is not None:
        own_goal(content, parent)
    text = str(given.get("text", ""))
    goal = {**given, "key": new_key(text, taken_keys(content, "goals"))}
    return _goals(content, lambda goals: _added(goals, parent, goal, None))


def without_goal(content: StrategyContent, key: str) -> StrategyContent:
    """The content without the goal and those under it."""
    own_goal(content, key)
    return _goals(content, lambda goals: _taken(goals, key)[0])


def moved_goal(content: StrategyContent, key: str, parent: str | None, before: str | None) -> StrategyContent:
    """The goal with those under it, laid under `parent` (None: at the top), before `before` or last.

    Raises Conflict when it would come under itself.
    """
    one = own_goal(content, key)
    if parent is not None:
        own_goal(content, parent)
        if parent == key or any(below.goal.key == parent for below in placed(one.goal.goals)):
            raise Conflict(say(gettext_noop("Et mål kan ikke ligge under seg selv.")))

    def move(goals: list[Any]) -> list[Any]:
        rest, goal = _taken(goals, key)
        return _added(rest, parent, goal, before)

    return _goals(content, move)


def stepped_goal(content: StrategyContent, key: str, step: int) -> StrategyContent:
    """The goal one place up (-1) or down (1) among those beside it; a national one is never passed."""
    one = own_goal(content, key)
    beside = siblings(content, one.parent)
    at = next(index for index, goal in enumerate(beside) if goal.key == key)
    if not 0 <= at + step < len(beside) or beside[at + step].national:
        return content
    after = at + step + (1 if step > 0 else 0)
    return moved_goal(content, key, one.parent, beside[after].key if after < len(beside) else None)


def siblings(content: StrategyContent, parent: str | None) -> list[Goal]:
    """The goals under the parent, or at the top."""
    return list(content.goals if parent is None else place_of(content, parent).goal.goals)


def _goals(content: StrategyContent, change: Callable[[list[Any]], list[Any]]) -> StrategyContent:
    return _replaced(content, goals=change(as_data(content).get("goals", [])))


def _merged(goal: dict[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {name: goal[name] for name in ("key", "goals") if name in goal}
    return {**values, **kept}


def _mapped(goals: list[Any], key: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> list[Any]:
    found = []
    for goal in goals:
        if goal["key"] == key:
            found.append(change(goal))
        else:
            found.append(goal | ({"goals": _mapped(goal["goals"], key, change)} if goal.get("goals") else {}))
    return found


def _taken(goals: list[Any], key: str) -> tuple[list[Any], Any]:
    rest, taken = [], None
    for goal in goals:
        if goal["key"] == key:
            taken = goal
            continue
        below, inner = _taken(goal.get("goals", []), key)
        taken = inner if inner is not None else taken
        rest.append(goal | {"goals": below} if "goals" in goal else goal)
    return rest, taken


def _added(goals: list[Any], parent: str | None, goal: Any, before: str | None) -> list[Any]:
    if parent is None:
        at = next((index for index, item in enumerate(goals) if item["key"] == before), len(goals))
        return [*goals[:at], goal, *goals[at:]]
    return _mapped(goals, parent, lambda item: item | {"goals": _added(item.get("goals", []), None, goal, before)})


def loaded_over(content: StrategyContent, given: StrategyContent) -> StrategyContent:
    """The content with whatever the file tells in place of its own; what the file leaves out stays as it is.

    This is how national goals come in and are renewed: from the file of whoever owns them.
    """
    return checked(as_data(content) | as_data(given))
