"""National positions and what one does about them oneself, as one table with its gaps (G-38, G-41)."""

from __future__ import annotations

from dataclasses import dataclass, field

from samstyr.foundation.governance.rules.strategy import (
    AcceptedGap,
    Goal,
    LocalStrategy,
    Placed,
    StrategyContent,
    placed,
    served,
)


@dataclass(frozen=True)
class Position:
    """A national position with what answers to it. `accepted` is why it is left without."""

    placed: Placed
    answers: tuple[LocalStrategy | Goal, ...] = ()
    accepted: AcceptedGap | None = None

    @property
    def covered(self) -> bool:
        """Whether anything answers to it."""
        return bool(self.answers)

    @property
    def is_gap(self) -> bool:
        """Nothing answers to it, and nobody has accepted that."""
        return not self.answers and self.accepted is None


@dataclass(frozen=True)
class NationalArea:
    """An area of national goals with its positions."""

    goal: Goal
    number: str
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True)
class Crossing:
    """The whole table."""

    areas: tuple[NationalArea, ...] = ()
    loose: tuple[LocalStrategy, ...] = field(default=())

    @property
    def positions(self) -> list[Position]:
        """Every position, in order."""
        return [position for area in self.areas for position in area.positions]

    @property
    def covered(self) -> int:
        """How many positions something answers to."""
        return sum(position.covered for position in self.positions)

    @property
    def without(self) -> list[Position]:
        """The positions that nothing answers to, accepted or not."""
        return [position for position in self.positions if not position.covered]

    @property
    def gaps(self) -> list[Position]:
        """The positions that wait for somebody to fill or accept them."""
        return [position for position in self.positions if position.is_gap]


def crossing(content: StrategyContent) -> Crossing:
    """The national tree with what answers to each of its positions.

    `loose` are the local strategies that rest on no steering goal of one's own and do not say why (G-40).
    """
    answers = served(content)
    accepted = {gap.goal: gap for gap in content.gaps}
    rows = list(placed(content.goals))
    areas = []
    for top in (one for one in rows if one.depth == 0 and one.goal.national):
        below = [one for one in rows if one.place[: len(top.place)] == top.place and not one.goal.goals]
        areas.append(
            NationalArea(
                top.goal,
                top.number,
                tuple(
                    Position(one, tuple(answers.get(one.goal.key, ())), accepted.get(one.goal.key))
                    for one in below
                    if one.goal.national
                ),
            )
        )
    has_own = any(not goal.national for goal in content.goals)
    loose = [item for item in content.strategies if has_own and not item.goals and not item.no_goal_reason]
    return Crossing(tuple(areas), tuple(loose))


def tag_totals(content: StrategyContent) -> list[tuple[str, str, int]]:
    """How many strategic directions each focus area has: key, name and number (N-104)."""
    return [
        (area.key, str(area.name), sum(area.key in direction.focus_areas for direction in content.directions))
        for area in content.focus_areas
    ]


def unlinked_guidelines(content: StrategyContent) -> list[str]:
    """Keys of the political guidelines that no goal and no focus area takes up (N-031)."""
    return [item.key for item in content.guidelines if not item.goals and not item.focus_areas]


@dataclass(frozen=True)
class Support:
    """What in the strategy itself hangs on a goal."""

    drivers: tuple[str, ...] = ()
    guidelines: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    focus_areas: tuple[str, ...] = ()
    strategies: tuple[LocalStrategy, ...] = ()
    links_to: tuple[Goal, ...] = ()
    linked_from: tuple[Goal, ...] = ()


def support_of(content: StrategyContent, key: str) -> Support:
    """Everything in the strategy that names the goal, and the goals it is linked with in the other tree."""
    rows = {one.goal.key: one.goal for one in placed(content.goals)}
    goal = rows.get(key)
    return Support(
        drivers=tuple(str(item.text) for item in content.drivers if key in item.goals),
        guidelines=tuple(str(item.text) for item in content.guidelines if key in item.goals),
        measures=tuple(str(item.text) for item in content.measures if key in item.goals),
        focus_areas=tuple(str(item.name) for item in content.focus_areas if key in item.goals),
        strategies=tuple(item for item in content.strategies if key in item.positions or key in item.goals),
        links_to=tuple(rows[link] for link in goal.links if link in rows) if goal else (),
        linked_from=tuple(other for other in rows.values() if key in other.links),
    )
