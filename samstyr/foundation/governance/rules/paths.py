"""Decision paths: steps, outcomes, routes, joins, silence and deadlines."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from samstyr.foundation.access import Reach

from .gates import CheckPoint, Requirement, SourceKind
from .words import Condition, Key, Part, Text
from .year import Question


class DateDeadline(Part):
    """A fixed day of the year."""

    kind: Literal["date"]
    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)


class PeriodDeadline(Part):
    """The first or last day of one of the wheel's periods."""

    kind: Literal["period_start", "period_end"]
    period: Key


class DaysDeadline(Part):
    """So many days, or working days, after the step opened."""

    kind: Literal["days", "working_days"]
    days: int = Field(ge=0, le=1000)


class MeetingDeadline(Part):
    """So many working days before (negative) or after (positive) a body's next meeting."""

    kind: Literal["meeting"]
    body: Key
    working_days: int = Field(default=0, ge=-200, le=200)


class ChoiceDeadline(Part):
    """The earliest or the latest of several deadlines that can be told."""

    kind: Literal["first_of", "last_of"]
    of: tuple[Deadline, ...] = Field(min_length=1)


class DeadlineCase(Part):
    """A deadline that holds when the condition does."""

    when: Condition
    use: Deadline


class ConditionalDeadline(Part):
    """The first deadline whose condition holds, else `otherwise`."""

    kind: Literal["conditional"]
    cases: tuple[DeadlineCase, ...] = Field(min_length=1)
    otherwise: Deadline | None = None


Deadline = Annotated[
    DateDeadline | PeriodDeadline | DaysDeadline | MeetingDeadline | ChoiceDeadline | ConditionalDeadline,
    Field(discriminator="kind"),
]

ChoiceDeadline.model_rebuild()
DeadlineCase.model_rebuild()
ConditionalDeadline.model_rebuild()

Effect = Literal[
    "advance",
    "goto",
    "conditions",
    "escalate",
    "return",
    "reject",
    "park",
    "pause",
    "end_positive",
    "defer",
    "refer",
    "rerank",
    "stay",
    "merge",
    "split",
]


class Route(Part):
    """One way on: to a step, when a condition holds; without a condition always."""

    to: Key
    when: Condition | None = None


class Outcome(Part):
    """Something the step may end with. The keys and names are the model's own; the effect is the engine's.

    `to` names the next step or a list of routes; without it the path's own order is followed. `precedent` keeps the
    answer to be found again. `binds` is the legal community whose members that take part are bound, each with its vote
    on record. `supports` says whether an owner that answers so stands behind what is proposed; without it, it does.
    """

    key: Key
    name: Text
    effect: Effect
    to: Key | tuple[Route, ...] | None = None
    requires: tuple[Literal["reason", "text", "conditions", "date", "votes"], ...] = ()
    precedent: bool = False
    binds: Key | None = None
    supports: bool = True


class Actor(Part):
    """Who acts at a step: a role with a reach, or a body (recorded by its secretary or chair).

    `bodies` are several bodies with the same task: those whose areas the case is about act, all at once; all of them
    when it is about nobody's.
    """

    role: Key | None = None
    body: Key | None = None
    bodies: tuple[Key, ...] = ()
    reach: Reach | None = None

    @property
    def every_body(self) -> tuple[str, ...]:
        """The bodies that may act here; none for a role's step."""
        return (self.body,) if self.body else self.bodies


class Decision(Part):
    """How a body comes to its outcome. `weights` are votes per organisation slot; others count one."""

    rule: Literal[
        "single", "chair", "simple_majority", "two_thirds", "unanimous", "consensus_else_chair", "plurality"
    ] = "simple_majority"
    tie: Literal["chair", "fails"] = "fails"
    weights: dict[Key, int] | None = None
    weights_by: Literal["population"] | None = None
    quorum_percent: int | None = Field(default=None, ge=0, le=100)


class Join(Part):
    """When a step held by several at once is finished, and what disagreement leads to.

    With `narrows`, what an owner does not stand behind goes on for the others alone.
    """

    kind: Literal["all", "any", "majority", "count", "none"] = "all"
    count: int | None = Field(default=None, ge=1)
    disagreement: Key | None = None
    narrows: bool = False


class Silence(Part):
    """What saying nothing by the deadline means: an outcome of the step, or that the step is waived."""

    outcome: Key | Literal["waived"] = "waived"


class Step(Part):
    """One station of a path.

    `requires` must be on record before it gets its outcome, and the steps in `opens_after` be done before it opens, by
    whatever way a case comes to it. `checklist` is answered point by point. `separate` leaves out whoever raised the
    case or has treated it before.
    """

    key: Key
    name: Text
    kind: Literal["intake", "assess", "queue", "hearing", "treat", "advise", "propose", "decide", "execute"]
    actor: Actor
    text: Text | None = None
    each: Literal["organisation"] | None = None
    only_if_exists: bool = False
    join: Join = Join()
    when: Condition | None = None
    optional: bool = False
    window: Key | None = None
    late: Literal["accept_marked", "refuse"] = "accept_marked"
    deadline: Deadline | None = None
    reminders_days: tuple[int, ...] = (7, 1)
    silence: Silence | None = None
    before: Key | None = None
    decides: Literal["assess", "advise", "propose", "treat", "adopt"] | None = None
    decision: Decision | None = None
    requires: tuple[Requirement, ...] = ()
    opens_after: tuple[Key, ...] = ()
    checklist: tuple[CheckPoint, ...] = ()
    separate: bool = False
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    routines: tuple[Text, ...] = ()

    def outcome(self, key: str) -> Outcome | None:
        """The outcome by its key."""
        return next((item for item in self.outcomes if item.key == key), None)


class Path(Part):
    """A decision path for one kind of subject. `then` names the path that an included subject goes on with.

    `requesters` are those who may ask for a case on the path, when a case must have been asked for. `own_initiative`
    names the mandate whose clause somebody cites to raise a case that nobody has asked for; without it nobody can.
    `questions` are asked of whoever raises it. It points to a source of each kind in `cites`; those of the kinds in
    `puts_in_force` apply once it has ended well. Cases on a `single` path are decided one by one, never put together.
    """

    key: Key
    name: Text
    subject: Literal[
        "need",
        "plan",
        "plan_revision",
        "strategy",
        "architecture",
        "appointment",
        "exemption",
        "opt_out",
        "gate",
        "change_request",
        "governance",
        "advice",
        "report",
        "question",
        "conflict",
        "replacement",
        "purchase",
        "deviation",
        "operations",
        "guide",
    ]
    start: Key
    then: Key | None = None
    requesters: tuple[Text, ...] = ()
    own_initiative: Text | None = None
    questions: tuple[Question, ...] = ()
    cites: tuple[SourceKind, ...] = ()
    puts_in_force: tuple[SourceKind, ...] = ()
    single: bool = False
    steps: tuple[Step, ...] = Field(min_length=1)

    def step(self, key: str) -> Step:
        """The step by its key. Raises KeyError."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)
