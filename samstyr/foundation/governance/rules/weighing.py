"""How needs are weighed against each other: stages of criteria with scales and weights, and what ranks them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .words import Condition, Key, Part, Text

ScorerKey = Annotated[str, StringConstraints(pattern=r"^(seat:)?[a-z0-9][a-z0-9_-]{0,58}$")]
Polarity = Literal["positive", "negative"]


class Level(Part):
    """A level of a scale with its number and description."""

    key: Key
    name: Text
    number: int | None = None
    text: Text | None = None


class CriterionQuestion(Part):
    """A question under a criterion; `polarity` says whether high is good, `anchors` what each level means here."""

    key: Key
    text: Text
    polarity: Polarity | None = None
    guidance: Text | None = None
    anchors: dict[Key, Text] = Field(default_factory=dict)


class Requirement(Part):
    """A level better than `above` is refused without the evidence: a link to a goal, or a committed owner."""

    above: Key
    evidence: Literal["goal_link", "owner_committed"]


class Criterion(Part):
    """A criterion with its weight in whole per cent. The worst level on a `veto` criterion stops the need.

    `measures` tells what the criterion is about, for lists such as the best support of goals and the largest benefit.
    `goals` are those that the criterion itself serves: that innovation is to be weighed is such a goal.
    """

    key: Key
    name: Text
    weight: int = Field(ge=0, le=100)
    polarity: Polarity | None = None
    veto: bool = False
    measures: Literal["goals", "benefit", "cost", "risk", "effort"] | None = None
    goals: tuple[Key, ...] = ()
    guidance: Text | None = None
    anchors: dict[Key, Text] = Field(default_factory=dict)
    requires: tuple[Requirement, ...] = ()
    questions: tuple[CriterionQuestion, ...] = ()


class CriteriaStage(Part):
    """A stage of prioritisation: criteria whose weights sum to 100, a scale, and what passes it.

    `source` is where the criteria come from. `threshold` is the least total, on the scale, that passes. An assessment
    holds for `valid_months`. While a `blind` round is open nobody sees what others have said. `scorers` are roles, or
    ``seat:<body>`` for those who sit in a body. `free_text` lets a scorer write a reason.
    """

    key: Key
    name: Text
    mandatory: bool = True
    when: Condition | None = None
    source: Text | None = None
    scale: tuple[Level, ...] = ()
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    threshold: float | None = None
    valid_months: int = Field(default=12, ge=1, le=120)
    blind: bool = True
    scorers: tuple[ScorerKey, ...] = ()
    free_text: bool = True


class SortKey(Part):
    """One of the things that rank by themselves. `order` is the order of focus areas or kinds, the first best."""

    by: Literal["focus_area", "kind", "statutory", "score", "value_per_krone", "benefit_per_cost", "area_rank"]
    order: tuple[Key, ...] = ()


class Ranking(Part):
    """What ranks: arguments without figures, the weighted total, or sort keys one after the other.

    `tie_break` are criteria: the first that differs sets equal totals apart, the others follow in the stage's order.
    `capacity` is how much there is room for in a year, in projects or hours: where the line is drawn.
    """

    method: Literal["arguments", "weighted", "sort_keys"] = "weighted"
    text: Text | None = None
    keys: tuple[SortKey, ...] = ()
    tie_break: tuple[Key, ...] = ()
    capacity: int | None = Field(default=None, ge=1)
    capacity_unit: Literal["projects", "hours"] = "projects"
