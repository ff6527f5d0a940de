"""The annual wheel and the money's frame: periods, overlays, plan horizon, cost keys and sources."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .words import Condition, Key, Part, Text


class MonthDay(Part):
    """A day of any year; 29 February means the last day of February."""

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)


class Period(Part):
    """A stretch of the year, both days included; `ends` before `starts` wraps into the next year."""

    key: Key
    name: Text
    starts: MonthDay
    ends: MonthDay
    owner: Key | None = None
    owner_body: Key | None = None
    text: Text | None = None
    activities: tuple[Text, ...] = ()
    depends_on: tuple[Key, ...] = ()
    steps: tuple[str, ...] = ()


class Overlay(Part):
    """Another wheel laid over this one, e.g. the budget's. `feeds` are periods here that must end before its own."""

    key: Key
    name: Text
    organisation: Key | None = None
    periods: tuple[Period, ...] = ()
    feeds: dict[Key, Key] = Field(default_factory=dict)


class Wheel(Part):
    """The year of the model."""

    periods: tuple[Period, ...] = Field(min_length=1)
    overlays: tuple[Overlay, ...] = ()
    revision_all_year: bool = False

    def period(self, key: str) -> Period | None:
        """The period by its key."""
        return next((item for item in self.periods if item.key == key), None)


class FundingSource(Part):
    """Where money comes from, and for how long it may be used."""

    key: Key
    name: Text
    kind: Literal["line_budget", "project", "programme", "external", "investment_fund"] = "line_budget"
    valid_to_year: int | None = None


class CostKey(Part):
    """How a joint cost is split: by inhabitants, equally, in fixed per cent per slot, or as the parties choose."""

    key: Key
    name: Text
    kind: Literal["per_capita", "equal", "fixed", "own_choice", "users"]
    shares: dict[Key, int] = Field(default_factory=dict)


class AccountField(Part):
    """A column of the chart of accounts that the budget export has room for, such as function or responsibility."""

    key: Key
    name: Text


class PlanForm(Part):
    """The plan that comes out of it: horizon in years, first year after the wheel's, sources and keys."""

    name: Text
    years: int = Field(default=4, ge=1, le=12)
    first_year_after: int = Field(default=1, ge=0, le=2)
    path: Key | None = None
    revision_path: Key | None = None
    sources: tuple[FundingSource, ...] = ()
    cost_keys: tuple[CostKey, ...] = ()
    default_cost_key: Key | None = None
    start_tolerance_days: int = Field(default=30, ge=0)
    account_fields: tuple[AccountField, ...] = Field(default=(), max_length=8)


class Question(Part):
    """One extra question of the need form."""

    key: Key
    name: Text
    help: Text | None = None
    kind: Literal["text", "long_text", "yes_no", "choice", "amount", "year"] = "text"
    choices: tuple[Text, ...] = ()
    mandatory: bool = False
    when: Condition | None = None


class NeedForm(Part):
    """What the need form asks for; the standard fields named in `mandatory` must be filled in before sending."""

    path: Key
    period: Key | None = None
    mandatory: tuple[
        Literal[
            "unit",
            "need",
            "affected",
            "effect",
            "compels",
            "product",
            "wanted_year",
            "investment_cost",
            "operating_cost",
            "goals",
        ],
        ...,
    ] = ("unit", "need", "affected", "effect")
    questions: tuple[Question, ...] = ()
    goals: tuple[Text, ...] = ()
