"""The strategy as data: where one is going, why, by what, and how one sees that one has come there.

The model's `strategy` is the strategy as it stands in the document; a version made and adopted in the strategy room has
the same shape. Keys tie the parts together and stay when texts are changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from .words import Key, Part, Text

Year = int | None


class Value(Part):
    """A value that the vision rests on."""

    key: Key
    name: Text
    text: Text | None = None


class Section(Part):
    """A chapter of the strategy's own text, with its own date (G-04), and the sources it was taken from (A-26)."""

    key: Key
    kind: Literal["status", "goals", "organisation", "background", "other"] = "other"
    name: Text
    text: Text | None = None
    dated: date | None = None
    sources: tuple[Key, ...] = ()


class Tag(Part):
    """A value of a source's own classification: a sector, or what goes across (KS service areas)."""

    key: Key
    name: Text
    kind: Literal["sector", "across"] = "sector"


class ExternalSource(Part):
    """A document of somebody else that goals rest on. `force` is how binding it is, `reliability` a critical remark.

    `sector` is the part of the municipality's work that it is about (A-14). `mirrors` is the source whose goals it
    repeats; its `tags` may be set on goals and measures.
    """

    key: Key
    title: Text
    issuer: Text | None = None
    sector: Text | None = None
    year: Year = None
    force: Literal["statutory", "requirement", "recommendation", "proposal"] | None = None
    first_year: Year = None
    last_year: Year = None
    reliability: Text | None = None
    commissioned_by: Text | None = None
    address: str | None = None
    mirrors: Key | None = None
    tags: tuple[Tag, ...] = ()


class Driver(Part):
    """What drives the change; `goals` are those it supports."""

    key: Key
    kind: Literal["agreement", "government", "market", "economy", "expectation", "technology", "other"]
    text: Text
    source: Key | None = None
    goals: tuple[Key, ...] = ()


class Goal(Part):
    """A goal, with goals under it. A `national` goal belongs to somebody else, and is only read here.

    `links` are goals of another tree that it serves or mirrors; `owner` a role.
    """

    key: Key
    text: Text
    description: Text | None = None
    level: Text | None = None
    category: Text | None = None
    owner: Key | None = None
    national: bool = False
    source: Key | None = None
    due_year: Year = None
    links: tuple[Key, ...] = ()
    tags: tuple[Key, ...] = ()
    goals: tuple[Goal, ...] = ()


class LocalStrategy(Part):
    """What one does oneself about national positions (many to many), resting on own steering goals.

    `no_goal_reason` says why it rests on none; `held_in` is the governing document that holds it. Not `confirmed`: the
    positions are read out of a layout that was lost.
    """

    key: Key
    text: Text
    positions: tuple[Key, ...] = ()
    goals: tuple[Key, ...] = ()
    no_goal_reason: Text | None = None
    held_in: Key | None = None
    owner: Key | None = None
    due_year: Year = None
    confirmed: bool = True


class AcceptedGap(Part):
    """A national position that is left without a strategy on purpose: who accepts it, and why."""

    goal: Key
    reason: Text
    owner: Key | None = None


class Guideline(Part):
    """What a political body has laid down for the strategy."""

    key: Key
    text: Text
    body: Text | None = None
    dated: date | None = None
    first_year: Year = None
    last_year: Year = None
    goals: tuple[Key, ...] = ()
    focus_areas: tuple[Key, ...] = ()


class Direction(Part):
    """A change of direction: from something, to something, within some focus areas."""

    key: Key
    from_state: Text
    to_state: Text
    text: Text | None = None
    focus_areas: tuple[Key, ...] = ()


class Area(Part):
    """An area of service that the strategy speaks of."""

    key: Key
    name: Text


class Aim(Part):
    """One thing aimed at within a field that goes first, and how one sees it: an indicator (N-036, N-037)."""

    key: Key
    name: Text
    indicator: Text | None = None


class Priority(Part):
    """A field that goes first when all else is equal, and what is aimed at there."""

    key: Key
    name: Text
    text: Text | None = None
    aims: tuple[Aim, ...] = ()


class Cell(Part):
    """That an area takes part in a focus area; `quote` is where the area says so itself."""

    area: Key
    quote: Text | None = None
    confirmed: bool = False


class FocusArea(Part):
    """A focus area in its order, with its goals and the areas that take part in it."""

    key: Key
    name: Text
    order: int | None = None
    text: Text | None = None
    goals: tuple[Key, ...] = ()
    cells: tuple[Cell, ...] = ()


class Principle(Part):
    """A principle that projects are asked about; a gate stops, a warning tells."""

    key: Key
    name: Text
    text: Text | None = None
    question: Text | None = None
    effect: Literal["gate", "warn"] = "warn"


class StrategyMeasure(Part):
    """A measure that the strategy itself names, and the source it was taken from (A-26)."""

    key: Key
    text: Text
    goals: tuple[Key, ...] = ()
    focus_area: Key | None = None
    owner: Key | None = None
    due_year: Year = None
    tags: tuple[Key, ...] = ()
    source: Key | None = None


class Baseline(Part):
    """Where one starts: a figure or words, and how well it is known."""

    value: float | None = None
    text: Text | None = None
    quality: Literal["measured", "estimated", "assumed", "unknown"] = "unknown"
    year: Year = None


class YearValue(Part):
    """What is aimed at in one year."""

    year: int
    value: float


class Target(Part):
    """How one sees that a goal is reached. `value` is a figure in `unit`, or `text` tells it when no figure can.

    `relative` means that the value is a change in per cent from the baseline. `milestones` are what is aimed at on the way.
    """

    key: Key
    name: Text
    goal: Key | None = None
    unit: Text | None = None
    operator: Literal["at_least", "at_most", "equal"] = "at_least"
    value: float | None = None
    relative: bool = False
    text: Text | None = None
    terms: Text | None = None
    measured_in: Text | None = None
    baseline: Baseline | None = None
    milestones: tuple[YearValue, ...] = ()
    due_year: Year = None
    owner: Key | None = None


class GoverningDocument(Part):
    """A document that governs beside the strategy, or an administrative annex to it."""

    key: Key
    title: Text
    kind: Literal["governing", "administrative", "plan"] = "governing"
    domain: Text | None = None
    owner: Key | None = None
    version: str | None = None
    first_year: Year = None
    last_year: Year = None
    links: tuple[Key, ...] = ()
    access: Literal["public", "internal", "restricted"] = "internal"
    address: str | None = None


class Outlook(Part):
    """What is expected of the years to come: `factor` times as many in need of a service by `year` (N-021).

    `technology_percent` is how much of the work technology is thought to spare.
    """

    key: Key
    name: Text
    year: int
    factor: float = Field(gt=0, le=100)
    area: Text | None = None
    technology_percent: float = Field(default=0, ge=0, le=100)
    source: Key | None = None


class ProcessPhase(Part):
    """A phase of making the strategy. A `required` one must be ended before the strategy can be proposed."""

    key: Key
    name: Text
    starts: date | None = None
    ends: date | None = None
    output: Text | None = None
    required: bool = False


class StrategyProcess(Part):
    """How the strategy is made: on what mandate, from when to when, through which phases in order."""

    mandate: Text | None = None
    starts: date | None = None
    ends: date | None = None
    phases: tuple[ProcessPhase, ...] = ()


class StrategyContent(Part):
    """A whole strategy. Everything may be left out; `revision_months` is how often it is to be revised."""

    title: Text | None = None
    first_year: Year = None
    last_year: Year = None
    revision_months: int | None = Field(default=None, ge=1, le=120)
    owner: Key | None = None
    signed_by: Key | None = None
    process: StrategyProcess | None = None
    vision: Text | None = None
    values: tuple[Value, ...] = ()
    sections: tuple[Section, ...] = ()
    sources: tuple[ExternalSource, ...] = ()
    drivers: tuple[Driver, ...] = ()
    goals: tuple[Goal, ...] = ()
    strategies: tuple[LocalStrategy, ...] = ()
    gaps: tuple[AcceptedGap, ...] = ()
    guidelines: tuple[Guideline, ...] = ()
    priorities: tuple[Priority, ...] = ()
    directions: tuple[Direction, ...] = ()
    areas: tuple[Area, ...] = ()
    focus_areas: tuple[FocusArea, ...] = ()
    principles: tuple[Principle, ...] = ()
    measures: tuple[StrategyMeasure, ...] = ()
    targets: tuple[Target, ...] = ()
    documents: tuple[GoverningDocument, ...] = ()
    outlooks: tuple[Outlook, ...] = ()

    def goal(self, key: str) -> Goal | None:
        """The goal by its key, wherever it stands."""
        return next((one.goal for one in placed(self.goals) if one.goal.key == key), None)

    def goal_names(self) -> dict[str, str]:
        """What needs and measures can be linked to, key and text: goals as they stand in the tree, then strategies."""
        names = {one.goal.key: str(one.goal.text) for one in placed(self.goals)}
        return names | {item.key: str(item.text) for item in self.strategies}

    def targets_of(self, key: str) -> tuple[Target, ...]:
        """The targets of a goal."""
        return tuple(item for item in self.targets if item.goal == key)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is said."""
        return self == StrategyContent()


@dataclass(frozen=True)
class Placed:
    """A goal where it stands: its parent's key, how deep, its number such as 1.2, and its place in the content.

    National goals and one's own are numbered apart, since they are two trees.
    """

    goal: Goal
    parent: str | None
    depth: int
    number: str
    place: tuple[str | int, ...]


def placed(goals: Iterable[Goal], place: tuple[str | int, ...] = ("goals",)) -> Iterator[Placed]:
    """Every goal in the order it is read, each above those under it."""
    yield from _under(goals, None, 0, "", place)


def _under(
    goals: Iterable[Goal], parent: str | None, depth: int, number: str, place: tuple[str | int, ...]
) -> Iterator[Placed]:
    counts = {True: 0, False: 0}
    for index, goal in enumerate(goals):
        counts[goal.national] += 1
        own = f"{number}{counts[goal.national]}"
        yield Placed(goal, parent, depth, own, (*place, index))
        yield from _under(goal.goals, goal.key, depth + 1, f"{own}.", (*place, index, "goals"))


def positions_of(content: StrategyContent) -> list[Placed]:
    """The national goals that nothing stands under: what one answers with strategies of one's own (G-41)."""
    return [one for one in placed(content.goals) if one.goal.national and not one.goal.goals]


def served(content: StrategyContent) -> dict[str, list[LocalStrategy | Goal]]:
    """What answers to each national position: local strategies, and own goals that link to it."""
    found: dict[str, list[LocalStrategy | Goal]] = {one.goal.key: [] for one in positions_of(content)}
    for strategy in content.strategies:
        for key in strategy.positions:
            found.setdefault(key, []).append(strategy)
    for one in placed(content.goals):
        if not one.goal.national:
            for key in one.goal.links:
                if key in found:
                    found[key].append(one.goal)
    return found


def is_known(baseline: Baseline | None) -> bool:
    """Whether one knows where a target starts from; what is only assumed does not count (F-N13)."""
    if baseline is None or baseline.quality == "assumed":
        return False
    return baseline.value is not None or baseline.text is not None
