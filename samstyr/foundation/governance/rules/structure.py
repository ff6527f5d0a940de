"""How the bodies hang together, and what the organisation must have for the roles to be filled.

Everything here may be left out. The linter holds it together (`lint/structure.py`), `chart.py` draws it, and
`staffing.py` holds it against who holds what. Source: D-02 (relations), A-102 to A-105 and N-055 (units and their
roles), A-98 (extra roles), A-123 (combinations), N-194 (forums against the text).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .words import Key, Part, Text

RelationKind = Literal[
    "mandates", "prepares_for", "advises", "consults", "reports_to", "represents", "chairs", "outranks"
]


class OutsideParty(Part):
    """Somebody with a place in the structure who is no body of the arrangement: an assembly, a programme, a department."""

    key: Key
    name: Text
    text: Text | None = None


class Relation(Part):
    """One relation in the structure. Each end is a body, an outside party, an organisation, a hearing body or a role."""

    source: Key = Field(alias="from")
    kind: RelationKind
    target: Key = Field(alias="to")
    text: Text | None = None


class UnitKind(Part):
    """A kind of unit that the roles depend on, such as school or nursing home."""

    key: Key
    name: Text


class UnitLine(Part):
    """A unit that the document names, so that the register can be laid from it; `below` is the code it lies under."""

    organisation: Key
    code: str = Field(min_length=1, max_length=40)
    name: Text
    kind: Key | None = None
    below: str | None = None
    area: bool = False


class RoleCombination(Part):
    """What the model says of one person having several roles (A-123).

    `excluded`: nobody may hold two of them. `expected`: who holds the first is expected to hold the others.
    `not_own`: they may be combined, but who does may not treat an own matter in any of them.
    """

    roles: tuple[Key, ...] = Field(min_length=2)
    rule: Literal["excluded", "expected", "not_own"]
    text: Text | None = None


class ExtraRoles(Part):
    """That who holds a role in one unit is to hold other roles too (A-98); not `confirmed` when read from a figure."""

    role: Key
    unit: str
    also: tuple[Key, ...] = Field(min_length=1)
    confirmed: bool = True


class ForumText(Part):
    """What the document's own text says of a body, to be held against the model (N-194).

    `chairs` are the roles the text lets chair it, `prepares` the bodies for which it says that cases are prepared,
    `offices` the roles it says that the seats follow.
    """

    body: Key
    place: Text
    text: Text
    chairs: tuple[Key, ...] = ()
    prepares: tuple[Key, ...] = ()
    offices: tuple[Key, ...] = ()


class Structure(Part):
    """The structure of the bodies, and what it asks of the organisation.

    `forums` are the bodies of the document's own table of forums, in its order; all bodies when it has none.
    `highest` is the highest administrative body (N-179).
    """

    outside: tuple[OutsideParty, ...] = ()
    relations: tuple[Relation, ...] = ()
    highest: Key | None = None
    forums: tuple[Key, ...] = ()
    forum_texts: tuple[ForumText, ...] = ()
    unit_kinds: tuple[UnitKind, ...] = ()
    units: tuple[UnitLine, ...] = ()
    combinations: tuple[RoleCombination, ...] = ()
    extra_roles: tuple[ExtraRoles, ...] = ()
