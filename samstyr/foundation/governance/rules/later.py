"""What the later rooms will read: goals, projects, maturity, reports, responsibility, cooperation.

The format is settled here so that it need not break; the linter checks it, and no code acts on it yet.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from .weighing import Level
from .words import Condition, Key, Part, Text


class Goal(Part):
    """A goal, with goals under it; `national` goals belong to somebody else."""

    key: Key
    text: Text
    level: Text | None = None
    national: bool = False
    unit: str | None = None
    target: str | None = None
    due_year: int | None = None
    links: tuple[Key, ...] = ()
    goals: tuple[Goal, ...] = ()


class Principle(Part):
    """A principle that projects are asked about; a gate stops, a warning tells."""

    key: Key
    name: Text
    text: Text | None = None
    question: Text | None = None
    effect: Literal["gate", "warn"] = "warn"


class SizeClass(Part):
    """A class of project by size, with the documents it must have."""

    key: Key
    name: Text
    when: Condition | None = None
    documents: tuple[Key, ...] = ()


class Gate(Part):
    """A decision point before a phase: who decides, on what documents, by which questions."""

    key: Key
    name: Text
    decided_by: Key | None = None
    documents: tuple[Key, ...] = ()
    questions: tuple[Text, ...] = ()


class Phase(Part):
    """A phase of the project model."""

    key: Key
    name: Text
    gate: Gate | None = None
    text: Text | None = None


class DocumentKind(Part):
    """A document that a project has."""

    key: Key
    name: Text
    demands: tuple[Text, ...] = ()


class ProjectModel(Part):
    """How projects are run: phases with gates, documents, sizes, and what every project must answer."""

    name: Text
    phases: tuple[Phase, ...] = ()
    documents: tuple[DocumentKind, ...] = ()
    sizes: tuple[SizeClass, ...] = ()
    demands: tuple[Text, ...] = ()
    steering: Key | None = None


class MaturityArea(Part):
    """An area of a maturity instrument."""

    key: Key
    name: Text
    questions: tuple[Text, ...] = ()


class Maturity(Part):
    """A maturity instrument: areas, levels, who answers, how answers become one result."""

    key: Key
    name: Text
    areas: tuple[MaturityArea, ...] = ()
    levels: tuple[Level, ...] = ()
    answered_per: Literal["tenant", "organisation", "area", "unit"] = "area"
    aggregate: Literal["mean", "median", "minimum", "none"] = "none"
    every_years: int = 1


class Report(Part):
    """A report that recurs: from whom, to whom, how often, what it holds."""

    key: Key
    name: Text
    sender: Key
    receiver: Key
    every: Literal["month", "quarter", "tertial", "half_year", "year"]
    contents: tuple[Text, ...] = ()


class LetterMeaning(Part):
    """What a letter of the responsibility matrix means; `same_as` ties it to the common four."""

    letter: str = Field(min_length=1, max_length=2)
    name: Text
    same_as: Literal["accountable", "responsible", "consulted", "informed"]


class MatrixRow(Part):
    """An activity, with a letter per party; not `confirmed` when read from a figure whose layout was lost."""

    activity: Text
    cells: dict[str, str] = Field(default_factory=dict)
    confirmed: bool = True


class Responsibility(Part):
    """A responsibility matrix with its own alphabet (A-U-R-I is not RACI)."""

    letters: tuple[LetterMeaning, ...] = ()
    parties: tuple[Key, ...] = ()
    rows: tuple[MatrixRow, ...] = ()


class Cooperation(Part):
    """The form of cooperation, and who may reserve themselves from what, and until when an answer may change."""

    form: Literal[
        "host",
        "task_community",
        "political_council",
        "company",
        "agreement",
        "merger",
        "network",
        "unstated",
    ]
    members: tuple[Key, ...] = ()
    host: Key | None = None
    may_opt_out: bool = False
    opt_out_days: int | None = None
    opt_out_until: Literal["deadline", "contract"] = "contract"
    until: date | None = None


class FocusArea(Part):
    """A focus area in its order, with goals and the units it concerns; `confirmed` as for the matrix."""

    key: Key
    name: Text
    order: int | None = None
    text: Text | None = None
    goals: tuple[Key, ...] = ()
    units: tuple[str, ...] = ()
    confirmed: bool = True


class ServiceLevel(Part):
    """A measurable level of service."""

    key: Key
    name: Text
    target_percent: float | None = Field(default=None, ge=0, le=100)
    target_text: Text | None = None
    measured_in: Text | None = None
    baseline: str | None = None
