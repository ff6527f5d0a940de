"""What the later rooms will read: projects, maturity, responsibility, cooperation.

The format is settled here so that it need not break; the linter checks it, and no code acts on it yet.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from .gates import LegalCommunity
from .weighing import Level
from .words import Condition, Key, Part, Text


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
    """A document that a project has; `checked_by` is the role that has looked it through, never its writer."""

    key: Key
    name: Text
    demands: tuple[Text, ...] = ()
    checked_by: Key | None = None


class ProjectModel(Part):
    """How projects are run: phases with gates, documents, sizes, and what every project must answer.

    With `steering_by_area` a project is steered by the body that covers its area, and `steering` chooses for those
    that touch several (N-186). `own_steering` lets a project have a group of its own, deciding up to
    `own_steering_limit` kroner (A-111). `required_roles` are held in every project (A-89).
    """

    name: Text
    phases: tuple[Phase, ...] = ()
    documents: tuple[DocumentKind, ...] = ()
    sizes: tuple[SizeClass, ...] = ()
    demands: tuple[Text, ...] = ()
    steering: Key | None = None
    steering_by_area: bool = False
    own_steering: bool = False
    own_steering_limit: int | None = Field(default=None, ge=0)
    required_roles: tuple[Key, ...] = ()


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
    """A responsibility matrix with its own alphabet (A-U-R-I is not RACI).

    A party that is neither a role nor a body of the model has its name in `party_names`.
    """

    letters: tuple[LetterMeaning, ...] = ()
    parties: tuple[Key, ...] = ()
    party_names: dict[str, Text] = Field(default_factory=dict)
    rows: tuple[MatrixRow, ...] = ()


class Cooperation(Part):
    """The form of cooperation, and who may reserve themselves from what, and until when an answer may change.

    `legal_communities` are those members that a common decision can bind.
    """

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
    legal_communities: tuple[LegalCommunity, ...] = ()
