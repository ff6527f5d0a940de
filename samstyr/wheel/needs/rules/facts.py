"""What the path's conditions may ask of a need."""

from __future__ import annotations

from typing import Any, Protocol


class HasFacts(Protocol):
    """What a need must have to be described to its case."""

    @property
    def investment_cost(self) -> int | None: ...
    @property
    def operating_cost(self) -> int | None: ...
    @property
    def joint(self) -> bool: ...
    @property
    def personal_data(self) -> bool: ...
    @property
    def archive(self) -> bool: ...
    @property
    def work_changes(self) -> bool: ...
    @property
    def statutory(self) -> bool: ...
    @property
    def product(self) -> str: ...


def case_facts(need: HasFacts, *, horizon: int = 4) -> dict[str, Any]:
    """The need as facts for the engine; costs are whole kroner, an unknown cost counts as nothing.

    `total_cost` is the investment and `horizon` years of operation, the length of the economic plan (B-35);
    `first_year_cost` the investment and one year.
    """
    investment, operating = need.investment_cost or 0, need.operating_cost or 0
    return {
        "total_cost": investment + horizon * operating,
        "first_year_cost": investment + operating,
        "investment_cost": investment,
        "scope": "joint" if need.joint else "single",
        "personal_data": need.personal_data,
        "archive": need.archive,
        "work_changes": need.work_changes,
        "statutory": need.statutory,
        "has_product": bool(need.product),
    }
