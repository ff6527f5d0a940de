"""The one content of every document about a plan version, as plain values. Its JSON form is published.

`docs/plan.schema.json` is made of these classes. Nothing here names a person, but for `present_names`, which only a
document for those who may read the case is given (I-22).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

FORMAT: Literal["samstyr/plan/1"] = "samstyr/plan/1"


class Part(BaseModel):
    """Frozen, and nothing but what is named here."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Cost(Part):
    """Whole kroner in one budget year, of one kind, from one source."""

    year: int
    kind: Literal["investment", "operating"]
    source: str = Field(description="The source's key in the governance model; empty when none was told.")
    source_name: str
    amount: int = Field(description="Whole kroner.")


class PaidCost(Part):
    """What one municipality pays of a measure's costs of one kind from one source, per year of the plan."""

    organisation: str
    kind: Literal["investment", "operating"]
    source: str
    source_name: str
    amounts: tuple[int, ...] = Field(description="Whole kroner, one figure for each year in `years`.")


class Sum(Part):
    """A name with its kroner per year and in all."""

    name: str
    amounts: tuple[int, ...]
    total: int


class Fact(Part):
    """Something that the governance model wants told of a measure: its kind, goals, benefit, own questions …"""

    name: str
    text: str


class Measure(Part):
    """One measure of the plan."""

    rank: int
    title: str
    need: int | None = Field(default=None, description="The number of the need that it comes from.")
    need_text: str = ""
    owner: str = ""
    scope: str = Field(default="", description="The organisations that take part, as one text.")
    organisations: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    status: str = ""
    budget: tuple[str, ...] = ()
    argument: str = ""
    facts: tuple[Fact, ...] = Field(default=(), description="What the model asks for; empty answers are left out.")
    costs: tuple[Cost, ...] = ()
    years: tuple[int, ...] = Field(default=(), description="Kroner per year of the plan, both kinds.")
    investment: tuple[int, ...] = ()
    operating: tuple[int, ...] = ()
    total: int = 0
    shares: dict[str, int] = Field(default_factory=dict, description="Kroner in all per municipality.")
    paid: tuple[PaidCost, ...] = ()


class Decision(Part):
    """What a body or role has said of the version."""

    body: str
    organisation: str = ""
    decided_on: date
    outcome: str
    text: str = ""
    reason: str = ""
    conditions: str = ""
    present: int = Field(default=0, description="How many were present.")
    present_names: tuple[str, ...] = ()


class Criterion(Part):
    """What the measures were ranked by."""

    name: str
    weight: int | None = None
    questions: tuple[str, ...] = ()


class Difference(Part):
    """A measure that is new, changed or gone since the version before."""

    kind: Literal["added", "changed", "removed"]
    title: str
    words: tuple[str, ...]


class PlanContent(Part):
    """A plan version, whole."""

    format: Literal["samstyr/plan/1"] = FORMAT
    arrangement: str = Field(description="The governance arrangement that the plan belongs to.")
    plan: str
    first_year: int
    years: tuple[int, ...]
    version: int | None
    state: Literal["draft", "proposed", "adopted", "rejected", "superseded"]
    state_name: str
    reason: str = ""
    proposed_on: date | None = None
    adopted_on: date | None = None
    decision: str = ""
    seal: str = Field(default="", description="SHA-256 of the version's content; empty for a draft.")
    currency: Literal["NOK"] = "NOK"
    price_years: tuple[int, ...] = Field(default=(), description="The price levels that the needs were estimated in.")
    measures: tuple[Measure, ...] = ()
    totals: tuple[int, ...] = ()
    investment: tuple[int, ...] = ()
    operating: tuple[int, ...] = ()
    total: int = 0
    by_organisation: tuple[Sum, ...] = ()
    by_source: tuple[Sum, ...] = ()
    decisions: tuple[Decision, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    criteria_from: str = ""
    previous_version: int | None = None
    differences: tuple[Difference, ...] = ()

    @property
    def dated(self) -> date | None:
        """The day that the document carries: the adoption, or else the proposal."""
        return self.adopted_on or self.proposed_on

    def file_name(self, ending: str) -> str:
        """What a file of it is called."""
        return f"handlingsplan-{self.first_year}-{self.version or 'utkast'}.{ending}"


def published_schema() -> dict[str, Any]:
    """The JSON schema of the content, as it is published in docs/plan.schema.json."""
    schema = PlanContent.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://samstyr.no/schema/plan/1",
        **schema,
    }


def mapped(content: PlanContent, change: Callable[[str], str]) -> PlanContent:
    """The content with `change` done to every text that people have written."""

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return change(value)
        if isinstance(value, (list, tuple)):
            return [walk(item) for item in value]
        return {change(key): walk(item) for key, item in value.items()} if isinstance(value, dict) else value

    plain = content.model_dump(mode="json")
    fixed = {key: plain[key] for key in ("format", "state", "seal", "currency")}
    return PlanContent.model_validate({**{key: walk(value) for key, value in plain.items()}, **fixed})
