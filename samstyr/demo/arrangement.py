"""What the file of an arrangement holds, as typed records: who there is, and what happened to what on which day.

Keys are stable names within the file; money is whole kroner; days are dates. Everything is lived through the actions.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from samstyr.demo.reading import DATA, DemoDataError, content
from samstyr.demo.records import Row, Tenant
from samstyr.demo.upkeep import Counted, Kept, MeasuredHere, Ordered, Reporting

ARRANGEMENTS = DATA / "arrangements"


class Place(Row):
    """An organisation by its slot in the model."""

    name: str
    short_name: str = ""
    kind: str = "municipality"
    region: str = ""
    population: int | None = None
    population_year: int | None = None


class UnitIn(Row):
    """An area or a unit; `at` is the organisation or unit it lies in."""

    name: str
    at: str
    area: bool = False


class Someone(Row):
    """A role title with the model's roles it holds, each where the person is unless `role@place` says where.

    With `login` it is one of the demonstration's users, in the order of the file; `about` tells why to be this one.
    """

    title: str
    at: str
    roles: list[str] = []
    name: str = ""
    about: str = ""
    login: bool = False


class Posts(Row):
    """One person with the role in each of the units."""

    role: str
    title: str
    units: list[str]


class Seating(Row):
    """Who sits in a group of a body, and how they were appointed. `exceptions` are reasons, by person."""

    body: str
    group: str
    people: list[str]
    by: str = ""
    starts_on: date | None = Field(default=None, alias="from")
    asked: date | None = None
    answered: date | None = None
    appointed: date | None = None
    exceptions: dict[str, str] = {}


class StatementGiven(Row):
    """What a hearing body said."""

    on: date
    by: str
    body: str
    position: Literal["no_remarks", "support", "conditions", "remarks", "against"]
    text: str


class HearingHeld(Row):
    """A hearing opened at the step; the turn that ends it is another."""

    question: str
    deadline: date
    asked: list[str]
    statements: list[StatementGiven] = []


class InWriting(Row):
    """A case sent to the members of a body to be decided in writing; `replies` by person, all on the one day."""

    reason: str
    deadline: date
    replied: date
    replies: dict[str, Literal["for", "against", "abstain", "meeting"]]


class Turn(Row):
    """What happened at a step of the case: treated by somebody, or in the meeting that the body `in` held that day.

    With `at` it only happened where the model brings the case to that step. Without `by` it is whoever enters it there.
    """

    on: date
    by: str = ""
    at: str = ""
    held_in: str = Field(default="", alias="in")
    outcome: str = ""
    text: str = ""
    reason: str = ""
    conditions: str = ""
    until: date | None = None
    hearing: HearingHeld | None = None
    written: InWriting | None = None
    resubmitted: bool = False
    resumed: bool = False


class NeedSent(Row):
    """A need as it was written and sent, and what its case went through. Without `sent` it is still a draft."""

    key: str
    by: str
    on: date
    sent: bool = True
    unit: str = ""
    title: str
    need: str
    affected: str
    effect: str
    compels: str = ""
    statutory: bool = False
    product: str = ""
    goals: list[str] = []
    organisations: list[str] = []
    investment: int = 0
    operating: int = 0
    wanted: int
    personal_data: bool = False
    archive: bool = False
    work_changes: bool = False
    answers: dict[str, str] = {}
    goes: list[Turn] = []


class MatterSent(Row):
    """A matter raised for a body, and what its case went through."""

    key: str
    by: str
    on: date
    path: str
    title: str
    background: str
    question: str
    requested_by: str = ""
    requested_on: date | None = None
    clause: str = ""
    goals: list[str] = []
    organisations: list[str] = []
    goes: list[Turn] = []


class Item(Row):
    """Something on an agenda that is no case."""

    kind: Literal["report", "round", "minutes", "other"]
    title: str
    text: str = ""
    minutes: int = 15
    decision: str = "Tatt til orientering."


class Gathering(Row):
    """A meeting that was called, and as far as it has come: its cases are those with a turn in it, or that wait."""

    body: str
    on: date
    stage: Literal["called", "held", "minutes", "approved"] = "approved"
    called: date | None = None
    place: str = "Rådhuset, møterom 1"
    absent: list[str] = []
    items: list[Item] = []
    waiting: bool = False
    discussion: dict[str, str] = {}


class RoundHeld(Row):
    """A round of prioritisation. `scores` are levels in the order of the stage's questions, by person and need.

    `agreed` are the levels agreed on; with `described` each need's kind of measure and focus area is told.
    """

    name: str
    year: int
    stage: str
    by: str
    opened: date
    needs: list[str]
    due: date | None = None
    capacity: int | None = None
    previous: str = ""
    reason: str = ""
    scorers: list[str] = []
    committed: bool = False
    described: dict[str, tuple[str, str]] = {}
    scored: date | None = None
    scores: dict[str, dict[str, list[int]]] = {}
    revealed: date | None = None
    agreed: dict[str, list[int]] = {}
    closed: date | None = None


class MeasureCost(Row):
    """Kroner by year, of one kind, from one source."""

    source: str
    kind: Literal["investment", "operating"] = "investment"
    years: dict[int, int]


class Followed(Row):
    """What became of a measure: its money in the budget, its start, and how far it has come."""

    granted: dict[int, date] = {}
    refused: dict[int, date] = {}
    started: date | None = None
    status: Literal["", "started", "paused", "done", "stopped"] = ""
    on: date | None = None
    note: str = ""
    booked: dict[date, int] = {}


class Joining(Row):
    """The municipalities asked whether they take part: each one's answer and the day, and when the contract was made."""

    asked: date
    deadline: date
    answers: dict[str, tuple[Literal["join", "reserve"], date]]
    contract: date | None = None


class Measure(Row):
    """A measure in a version of a plan, from a need or on its own."""

    key: str
    need: str = ""
    title: str = ""
    owner: str
    organisations: list[str] = []
    cost_key: str = ""
    kind: str = ""
    focus_area: str = ""
    goals: list[str] = []
    benefit: str = ""
    argument: str = ""
    answers: dict[str, str] = {}
    costs: list[MeasureCost] = []
    joining: Joining | None = None
    followed: Followed = Followed()


class VersionMade(Row):
    """A version: drafted with its measures in order, proposed, and what its case went through."""

    drafted: date
    reason: str = ""
    rolled: dict[str, str] = {}
    measures: list[Measure]
    deferred: dict[str, tuple[str, date]] = {}
    proposed: date | None = None
    goes: list[Turn] = []


class GrantSought(Row):
    """An application for outside money, for a measure of the plan or none, and what became of it."""

    on: date
    fund: str
    title: str
    year: int
    applied: int
    own_share: int = 0
    purpose: str = ""
    measure: str = ""
    advice: str = ""
    sent: date | None = None
    granted: int | None = None
    settled: date | None = None


class PerHead(Row):
    """A contribution by inhabitants: øre or kroner each, as the room takes it."""

    on: date
    organisation: str
    receiver: str
    year: int
    rate: int
    purpose: str = ""


class Pointed(Row):
    """A project that a source is to pay for."""

    on: date
    source: str
    year: int
    title: str
    by: str
    reason: str = ""


class PlanMade(Row):
    """A plan with its frames (source → year → kroner; an empty source is the whole plan) and its versions."""

    first_year: int
    by: str
    frames: dict[str, dict[int, int]] = {}
    framed: date | None = None
    versions: list[VersionMade]
    grants: list[GrantSought] = []
    per_head: list[PerHead] = []
    pointed: list[Pointed] = []


class Weighing(Row):
    """A scenario in the making: limits by organisation, kind and year, and points by candidate in turn."""

    on: date
    by: str
    name: str
    first_year: int
    years: int = 4
    note: str = ""
    investment: dict[str, int]
    operating: dict[str, int]
    points: list[tuple[int, int]]


class Told(Row):
    """What a member has brought to a body."""

    by: str
    body: str
    kind: Literal["initiative", "perspective", "anchoring"]
    title: str
    on: date
    text: str = ""
    stage: str = ""
    lesson: str = ""
    arena: str = ""
    audience: str = ""
    audience_kind: str = "administrative"
    about: str = ""


class LiftedHere(Row):
    """A case that another arrangement has lifted to this one; `case` is its title there, or its newest open case."""

    sender: str
    on: date
    connected: date
    by: str
    question: str
    priority: Literal["low", "normal", "high"] = "normal"
    case: str = ""


class StrategyMade(Row):
    """A draft of the strategy from the model's own. With a body it was adopted outside the system that day; with
    turns it was proposed, and its case went through them. Without either it is still a draft."""

    on: date
    by: str
    body: str = ""
    reference: str = ""
    reason: str = ""
    goes: list[Turn] = []


class Arrangement(Row):
    """One arrangement of the demonstration, on a shipped model whose own dates are `moved_years` later."""

    tenant: Tenant
    bundle: str
    moved_years: int = 0
    as_of: date
    beginning: date
    valid_from: date | None = None
    adopted_by: str
    adopted_reason: str
    organisations: dict[str, Place]
    units: dict[str, UnitIn] = {}
    people: dict[str, Someone]
    posts: list[Posts] = []
    laid: list[str] = []
    seats: list[Seating] = []
    meetings: dict[str, list[date]] = {}
    gatherings: list[Gathering] = []
    needs: list[NeedSent] = []
    matters: list[MatterSent] = []
    rounds: list[RoundHeld] = []
    plans: list[PlanMade] = []
    weighings: list[Weighing] = []
    told: list[Told] = []
    lifted: list[LiftedHere] = []
    years: bool = True
    strategies: list[StrategyMade] = []
    measured: list[MeasuredHere] = []
    reports: list[Reporting] = []
    keeper: str = "sekretariat"
    kept: list[Kept] = []
    counted: list[Counted] = []
    ordered: list[Ordered] = []
    tagged: dict[str, list[str]] = {}
    knows: dict[str, dict[str, list[str]]] = {}


def slugs() -> list[str]:
    """The arrangements that have a file, by name."""
    return sorted(path.stem for path in ARRANGEMENTS.glob("*.yaml"))


@cache
def read(slug: str, folder: Path = ARRANGEMENTS) -> Arrangement:
    """The arrangement's file. Raises DemoDataError for broken YAML, or an unknown, missing or mistyped key."""
    path = folder / f"{slug}.yaml"
    try:
        return Arrangement.model_validate(content(path))
    except ValidationError as error:
        raise DemoDataError(
            [f"{path.name}: {'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
        ) from error
