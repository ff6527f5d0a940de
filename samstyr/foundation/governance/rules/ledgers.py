"""What a body keeps to live up to its mandate: tags that its cases carry, ledgers, and the competence it needs."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .words import Key, Part, Text


class TagValue(Part):
    """One value of a set of tags. A case about a matter that serves `goal` carries the tag by itself."""

    key: Key
    name: Text
    goal: Key | None = None


class TaskService(Part):
    """What one of the body's tasks serves. `task` is its number in the document, from 1."""

    task: int = Field(ge=1)
    values: tuple[Key, ...] = Field(min_length=1)


class TagSet(Part):
    """Tags that cases carry: the purposes of a mandate, the assignments behind it, user groups, service chains.

    `given_by` and `year` say where an assignment comes from. `subjects` are the kinds of thing whose cases carry them;
    none means all. `expected` makes a case without a tag, and a value that no case serves, a finding. `serves` ties the
    tasks of `body` to the values that they serve.
    """

    key: Key
    name: Text
    body: Key | None = None
    given_by: Text | None = None
    year: int | None = Field(default=None, ge=1900, le=2200)
    subjects: tuple[str, ...] = ()
    expected: bool = False
    values: tuple[TagValue, ...] = Field(min_length=1)
    serves: tuple[TaskService, ...] = ()

    def value(self, key: str) -> TagValue | None:
        """The value by its key."""
        return next((item for item in self.values if item.key == key), None)

    def served_by(self, task: int) -> tuple[str, ...]:
        """The values that the task with this number serves."""
        return tuple(key for one in self.serves if one.task == task for key in one.values)

    def concerns(self, subject: str) -> bool:
        """Whether cases about the kind of thing carry these tags."""
        return not self.subjects or subject in self.subjects


class LedgerState(Part):
    """A state of an entry. `after` limits where it may be reached from; without it, from anywhere.

    `requires: decision` asks who decided, and when; `note` asks for a text. `ends` means that nothing more is expected.
    `unmet` makes an entry here a finding: what is asked for is not done (N-039).
    """

    key: Key
    name: Text
    after: tuple[Key, ...] = ()
    requires: tuple[Literal["decision", "note"], ...] = ()
    ends: bool = False
    unmet: bool = False


class LedgerField(Part):
    """A field of the entries. A `focus_area` or `source` is chosen among those of the strategy.

    `narrows` lets one pick out the entries with an answer. `expected` makes an open entry without an answer something
    to look at (N-075), without stopping whoever writes it as `mandatory` does.
    """

    key: Key
    name: Text
    help: Text | None = None
    kind: Literal[
        "text", "long_text", "yes_no", "choice", "amount", "year", "date", "address", "focus_area", "source"
    ] = "text"
    choices: tuple[Text, ...] = ()
    mandatory: bool = False
    narrows: bool = False
    expected: bool = False


class Span(Part):
    """The days between two dates of an entry, such as from a release until it is in use (G-54, A-29)."""

    key: Key
    name: Text
    first: Key
    last: Key


class Binding(Part):
    """Which entries bind: those whose `field` has one of the answers. When one is unmet it is an error (N-039)."""

    field: Key
    answers: tuple[Text, ...] = Field(min_length=1)


class NoteKind(Part):
    """A kind of dated line on an entry: support given, a response, advice."""

    key: Key
    name: Text


class Ledger(Part):
    """A list with dates and states that somebody keeps: common positions, obstacles in regulation, demands of others.

    `goals` are the goals and local strategies that it serves. Who serves `body` keeps it, with the roles in `kept_by`;
    `members_add` lets those who sit there add to it. `follow` gives an entry an owner, a next action and a date; `held`
    a holder with a term, told `notice_months` ahead. `notes` are dated lines. `spread` are states counted in each region, of all `spread_of`. `ordered` gives the entries an order
    in versions, with who of the kind `input_from` was asked first. `advice_in` is the ledger that takes what members
    say of an entry here. `yearly` is the field with the year: what is open is carried on to the next (A-12). `to_need`
    lets an entry become a need. What is unmet is a warning, unless `binding` makes it an error.
    """

    key: Key
    name: Text
    entry: Text
    text: Text | None = None
    goals: tuple[Key, ...] = ()
    body: Key | None = None
    kept_by: tuple[Key, ...] = ()
    members_add: bool = False
    states: tuple[LedgerState, ...] = Field(min_length=1)
    fields: tuple[LedgerField, ...] = ()
    spans: tuple[Span, ...] = ()
    binding: Binding | None = None
    yearly: Key | None = None
    to_need: bool = False
    tags: tuple[Key, ...] = ()
    follow: bool = False
    held: bool = False
    notice_months: int = Field(default=6, ge=0, le=60)
    notes: tuple[NoteKind, ...] = ()
    spread: tuple[NoteKind, ...] = ()
    spread_of: Text | None = None
    ordered: bool = False
    input_from: str | None = None
    advice_in: Key | None = None

    def state(self, key: str) -> LedgerState | None:
        """The state by its key."""
        return next((item for item in self.states if item.key == key), None)

    def note(self, key: str) -> NoteKind | None:
        """The kind of note by its key."""
        return next((item for item in self.notes if item.key == key), None)

    def field(self, key: str) -> LedgerField | None:
        """The field by its key."""
        return next((item for item in self.fields if item.key == key), None)

    def reachable(self, state: str) -> tuple[LedgerState, ...]:
        """The states that an entry in `state` may go to."""
        return tuple(item for item in self.states if item.key != state and (not item.after or state in item.after))


class Competence(Part):
    """What the body's members should know between them."""

    key: Key
    name: Text
    body: Key
