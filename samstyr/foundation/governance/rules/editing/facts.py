"""What a condition may ask of a case, and what its answers look like. No database."""

from __future__ import annotations

from typing import Any, Literal

from ..schema import GovernanceModel
from ..words import Condition
from .kinds import shapes
from .places import Tree, things
from .references import options

Sort = Literal["yes_no", "amount", "scope", "organisation", "subject", "size_class", "word"]
SORTS: dict[str, Sort] = {
    "total_cost": "amount", "first_year_cost": "amount", "investment_cost": "amount", "operating_cost": "amount",
    "scope": "scope", "personal_data": "yes_no", "archive": "yes_no", "work_changes": "yes_no", "statutory": "yes_no",
    "has_product": "yes_no", "shared": "yes_no", "late": "yes_no", "organisation": "organisation", "subject": "subject",
    "size_class": "size_class",
}  # fmt: skip
SCOPES = ("joint", "single")


def sort_of(fact: Any) -> Sort:
    """What the fact's answers look like; a word for a fact that is new here."""
    return SORTS.get(str(fact), "word")


def answers(tree: Tree, fact: str) -> list[tuple[str, str]]:
    """The answers that the model itself knows, with what they are called; empty where any answer will do."""
    match sort_of(fact):
        case "organisation":
            return [(one.key, one.name) for one in options(tree, "slot", ())]
        case "subject":
            return [(one.key, one.name) for one in options(tree, "subject", ())]
        case "size_class":
            sizes = (
                (tree.get("project_model") or {}).get("sizes") if isinstance(tree.get("project_model"), dict) else None
            )
            return [
                (str(item["key"]), str(item.get("name") or item["key"]))
                for item in (sizes if isinstance(sizes, list) else ()) if isinstance(item, dict) and item.get("key")
            ]  # fmt: skip
    return []


def every_fact() -> tuple[str, ...]:
    """All the facts of the format's vocabulary, in its order."""
    return shapes(Condition)["fact"].choices


def facts_asked(tree: Tree) -> list[str]:
    """The facts that the model's conditions ask for, in the vocabulary's order."""
    asked = {str(thing.get("fact")) for _place, part, thing in things(tree, GovernanceModel) if part is Condition}
    return [fact for fact in every_fact() if fact in asked]
