"""What the demonstration files hold, as typed records. Keys are stable names; money is whole kroner; days are dates."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Municipality = Literal["birkenes", "lillesand"]


class Record(BaseModel):
    """A row of a demonstration file. An unknown or missing key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)


class Row(BaseModel):
    """A row of the file. An unknown or missing key is refused."""

    model_config = Record.model_config


class Tenant(Record):
    """The arrangement that the demonstration fills."""

    key: str
    name: str


class Organisation(Record):
    """A municipality or unit that takes part. `population` is per 1 January; its source says that it is a test value."""

    key: str
    name: str
    kind: Literal["municipality", "shared_service", "intermunicipal", "external"]
    organisation_number: str = ""
    municipality_number: str = ""
    population: dict[int, int] = {}
    population_source: str = ""
    note: str = ""


class Sector(Record):
    """A kommunalsjef's area."""

    key: str
    organisation: str
    name: str


class Unit(Record):
    """A service in a sector; `parent` is another unit of the same sector."""

    key: str
    sector: str
    name: str
    parent: str | None = None


class Consultee(Record):
    """A hearing body on one or both municipalities' lists. `body` is its word in the governance model (B-30, B-32)."""

    key: str
    body: str
    name: str
    municipalities: list[Municipality]
    person: str


class Goal(Record):
    """A goal that a need may be tied to."""

    key: str
    name: str


class Term(Record):
    """A role held in a scope (organisation, sector, unit or tenant key), both days included; no end is until further."""

    role: str
    scope: str
    starts_on: date = Field(alias="from")
    ends_on: date | None = Field(default=None, alias="to")


class Person(Record):
    """A role title with the roles it holds. `about` tells a newcomer why to log in as this one."""

    key: str
    name: str
    email: str
    organisation: str
    unit: str | None = None
    roles: list[Term]
    demo_login: bool = False
    about: str = ""


class Body(Record):
    """A body that advises or decides."""

    key: str
    name: str
    owners: list[Municipality]
    meetings_per_year: int | None = None
    note: str = ""


class SeatTerm(Record):
    """Who holds a seat, both days included."""

    person: str
    starts_on: date = Field(alias="from")
    ends_on: date | None = Field(default=None, alias="to")


class SeatKind(StrEnum):
    """member and chair are counted; convener leads without a seat; attendee and secretary only meet (B-11, B-13)."""

    MEMBER = "member"
    CHAIR = "chair"
    CONVENER = "convener"
    ATTENDEE = "attendee"
    SECRETARY = "secretary"


class Seat(Record):
    """A place in a body; `appointed_by` is the person whose role appoints (B-07)."""

    key: str
    body: str
    kind: SeatKind
    group: str
    appointed_by: str | None = None
    terms: list[SeatTerm]


class Absence(Record):
    """That a substitute acts for a person, both days included."""

    person: str
    substitute: str
    starts_on: date = Field(alias="from")
    ends_on: date = Field(alias="to")
    reason: str


class Stage(StrEnum):
    """Where a need stands on its path today."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    PARKED = "parked"
    MERGED = "merged"
    SPLIT = "split"
    IT_QUEUE = "it_queue"
    HEARING = "hearing"
    FORUM = "forum"
    PORTFOLIO = "portfolio"
    DEFERRED = "deferred"
    REJECTED = "rejected"


class Event(StrEnum):
    """What happened to a need. resumed ends a parking; reopened takes a deferred need up again in the forum."""

    CREATED = "created"
    SPLIT_OFF = "split_off"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    RESUBMITTED = "resubmitted"
    FORWARDED = "forwarded"
    STOPPED = "stopped"
    PARKED = "parked"
    RESUMED = "resumed"
    MERGED = "merged"
    SPLIT = "split"
    WITHDRAWN = "withdrawn"
    HEARING_OPENED = "hearing_opened"
    HEARING_CLOSED = "hearing_closed"
    INCLUDED = "included"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    REOPENED = "reopened"


class Step(Record):
    """One event of a need's history. `into` names the needs it became part of or was divided into."""

    event: Event
    on: date
    by: str
    text: str = ""
    into: list[str] = []
    split_from: str | None = Field(default=None, alias="from")
    until_year: int | None = None


class Exemption(Record):
    """Why a statement is exempt from public access. Source: offentleglova §§ 13 and 24."""

    basis: str
    reason: str


class Statement(Record):
    """What a hearing body answered."""

    consultee: str = Field(alias="from")
    on: date
    position: Literal["no_remarks", "support", "conditions", "remarks", "against"]
    text: str
    exempt: Exemption | None = None


class Hearing(Record):
    """The one hearing of a need; when it opened and closed is in the history. Silence is a missing statement."""

    question: str
    deadline: date
    asked: list[str]
    statements: list[Statement]


class Comment(Record):
    """What somebody wrote about a need; `mentions` are people's keys."""

    on: date
    by: str
    text: str
    mentions: list[str] = []


class Cost(Record):
    """A rough cost: investment once, operating a year, in whole kroner."""

    investment: int = Field(ge=0)
    operating: int = Field(ge=0)


class Need(Record):
    """A need with all that has happened to it. `wheel_year` is the year in which the wheel treats it."""

    key: str
    wheel_year: int
    late: bool = False
    title: str
    need: str
    unit: str
    scope: Literal["single", "joint"]
    submitter: str
    on_behalf_of_unit: bool = False
    co_authors: list[str] = []
    affected: str
    affected_count: int = Field(ge=0)
    effect: str
    statutory_basis: str = ""
    risk: str = ""
    cost: Cost
    desired_year: int
    product: str = ""
    personal_data: bool
    archive: bool
    work_changes: bool
    goals: list[str]
    state: Stage
    history: list[Step]
    hearing: Hearing | None = None
    comments: list[Comment] = []


class Meeting(Record):
    """A day on which a body met or will meet; whoever holds a seat and is not `absent` was present."""

    key: str
    body: str
    on: date
    status: Literal["held", "planned"]
    absent: list[str] = []
    note: str = ""


class CostKey(Record):
    """How a line is split. `percent` per municipality sums to 100 and is left out for per_capita."""

    kind: Literal["per_capita", "fixed", "own_choice"]
    percent: dict[Municipality, int] = {}


class LineCost(Record):
    """Kroner per budget year, of one kind and from one funding source."""

    kind: Literal["investment", "operating"]
    source: Literal["operating_budget", "loan", "reserve_fund", "grant", "fees"]
    years: dict[int, int]


class Budget(Record):
    """How a line's money fared in one budget year. open: nothing sent yet. `decided_on` is the later council's day."""

    year: int
    state: Literal["open", "sent", "in_proposal", "granted", "partly", "refused"]
    applied: int = Field(ge=0)
    granted: int | None = None
    decided_on: date | None = None
    note: str = ""


class Line(Record):
    """A measure in one version of a plan."""

    need: str
    rank: int
    owner: str
    cost_key: CostKey
    costs: list[LineCost]
    starts_on: date
    ends_on: date
    status: Literal["not_started", "started", "paused", "done", "stopped"]
    started_on: date | None = None
    finished_on: date | None = None
    progress: str = ""
    budget: Budget


class Proposal(Record):
    """The forum's proposal, made at a meeting (B-14)."""

    meeting: str
    text: str


class Treatment(Record):
    """A lederteam's answer. waived: no answer within the deadline, which is not consent (B-36)."""

    body: str
    deadline: date
    outcome: Literal["endorsed", "endorsed_with_remarks", "not_endorsed", "waived", "pending"]
    meeting: str | None = None
    text: str = ""


class Decision(Record):
    """Samarbeidsorganet's adoption (B-37)."""

    meeting: str
    number: str
    text: str


class Version(Record):
    """A whole version of a plan. `totals` are control sums per kind and year."""

    number: int
    kind: Literal["adoption", "revision"]
    state: Literal["proposed", "adopted", "superseded"]
    change_summary: str = ""
    proposal: Proposal
    treatments: list[Treatment]
    decision: Decision | None = None
    planned_meeting: str | None = None
    lines: list[Line]
    totals: dict[Literal["investment", "operating"], dict[int, int]]


class Plan(Record):
    """A four-year plan; the first year is the budget year. Per capita splits use the population of `population_year`."""

    key: str
    name: str
    first_year: int
    population_year: int
    versions: list[Version]


class Demo(Record):
    """Everything that the demonstration holds, as seen on the day `as_of`."""

    as_of: date
    tenant: Tenant
    organisations: list[Organisation]
    sectors: list[Sector]
    units: list[Unit]
    consultees: list[Consultee]
    goals: list[Goal]
    people: list[Person]
    bodies: list[Body]
    seats: list[Seat]
    absences: list[Absence]
    needs: list[Need]
    meetings: list[Meeting]
    plans: list[Plan]
