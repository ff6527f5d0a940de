"""The annual wheel and the money's frame: periods, overlays, plan horizon, cost keys and sources."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from .words import Condition, Key, Part, Text


class MonthDay(Part):
    """A day of any year; 29 February means the last day of February."""

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)


PeriodKind = Literal["measure", "ideas", "prioritise", "decide", "carry_out", "revise", "budget", "report"]


class Period(Part):
    """A stretch of the year, both days included; `ends` before `starts` wraps into the next year.

    `kind` is what it is for, so that a year can be asked whether it has one. `pdca` is its place in the circle of
    improvement: plan, do, check, act (G-75).
    """

    key: Key
    name: Text
    starts: MonthDay
    ends: MonthDay
    owner: Key | None = None
    owner_body: Key | None = None
    text: Text | None = None
    activities: tuple[Text, ...] = ()
    kind: PeriodKind | None = None
    pdca: Literal["plan", "do", "check", "act"] | None = None
    depends_on: tuple[Key, ...] = ()
    steps: tuple[str, ...] = ()


class Duty(Part):
    """Something that must be done by a day: once, or again every so many months (review, audit, survey, new demand).

    What can be taken into use before it must, has `available_from` (N-051).
    """

    key: Key
    name: Text
    due: date
    every_months: int | None = Field(default=None, ge=1, le=120)
    available_from: date | None = None
    owner: Key | None = None
    owner_body: Key | None = None
    text: Text | None = None


class Overlay(Part):
    """Another wheel laid over this one, e.g. the budget's. `feeds` are periods here that must end before its own."""

    key: Key
    name: Text
    organisation: Key | None = None
    periods: tuple[Period, ...] = ()
    feeds: dict[Key, Key] = Field(default_factory=dict)


class Wheel(Part):
    """The year of the model. `yearly` are the kinds of period that no year may be without (G-69)."""

    periods: tuple[Period, ...] = Field(min_length=1)
    overlays: tuple[Overlay, ...] = ()
    yearly: tuple[PeriodKind, ...] = ()
    duties: tuple[Duty, ...] = ()
    revision_all_year: bool = False

    def period(self, key: str) -> Period | None:
        """The period by its key."""
        return next((item for item in self.periods if item.key == key), None)


class Question(Part):
    """One extra question of the need form."""

    key: Key
    name: Text
    help: Text | None = None
    kind: Literal["text", "long_text", "yes_no", "choice", "amount", "year"] = "text"
    choices: tuple[Text, ...] = ()
    mandatory: bool = False
    when: Condition | None = None


class FundingSource(Part):
    """Where money comes from, who may use it, and for how long: from the first day of `valid_from_year` to the last
    of `valid_to_year` (a source «until 2020» has 2019). `nominates_years` are the only years it may name projects for.
    """

    key: Key
    name: Text
    kind: Literal["line_budget", "project", "programme", "external", "investment_fund"] = "line_budget"
    valid_from_year: int | None = None
    valid_to_year: int | None = None
    delegated_to: Key | None = None
    nominates_years: tuple[int, ...] = ()


class CostKey(Part):
    """How a joint cost is split: by inhabitants, by users, equally, in fixed per cent, or as the parties choose.

    `mixed` splits `fixed_percent` of the cost by `shares` (equally when there are none) and the rest by `variable`.
    """

    key: Key
    name: Text
    kind: Literal["per_capita", "equal", "fixed", "own_choice", "users", "mixed"]
    shares: dict[Key, int] = Field(default_factory=dict)
    fixed_percent: int = Field(default=0, ge=0, le=100)
    variable: Literal["per_capita", "users"] = "per_capita"


class AccountField(Part):
    """A column of the chart of accounts that the budget export has room for, such as function or responsibility."""

    key: Key
    name: Text


class MeasureKind(Part):
    """A sort of measure. Kinds with an `order` stand in that order in the plan (steering before operations)."""

    key: Key
    name: Text
    order: int | None = None


class RequiredLine(Part):
    """Something that each year's plan must hold money for, told by the kind of the measure (competence)."""

    key: Key
    name: Text
    kind: Key


class PlanForm(Part):
    """The plan that comes out of it: horizon in years, first year after the wheel's, sources and keys.

    `line_questions` are answered for each measure; a mandatory one stops the proposal. `lead_time_days` is how long
    before a purchase it should be in the plan.
    """

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
    line_questions: tuple[Question, ...] = ()
    measure_kinds: tuple[MeasureKind, ...] = ()
    required_lines: tuple[RequiredLine, ...] = ()
    lead_time_days: int | None = Field(default=None, ge=0)
    goal_link: Literal["none", "warn", "gate"] = "none"


class ParticipantGroup(Part):
    """A group of people whose part in a session is counted, such as employees or inhabitants."""

    key: Key
    name: Text


class SessionMode(Part):
    """A way to work in a year: a session in each sector, one joint session, or both (G-117)."""

    key: Key
    name: Text
    per_sector: bool = True
    joint: bool = False
    text: Text | None = None


class Sessions(Part):
    """Idea sessions: one per sector and year, with the groups counted, the techniques to choose from, and the modes."""

    groups: tuple[ParticipantGroup, ...] = Field(min_length=1)
    techniques: tuple[Text, ...] = ()
    modes: tuple[SessionMode, ...] = ()


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
    sessions: Sessions | None = None
