"""Coverage as a matrix: what meets what, and where there is a hole. Pure.

A row or a column without a cell is the hole one looks for, so the totals belong to the matrix and not to the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from samstyr.foundation.governance.rules.strategy import Placed, StrategyContent, placed
from samstyr.foundation.governance.rules.weighing import CriteriaStage


class Sign(StrEnum):
    """What stands in a cell. `weak` is said without saying where it is said; `unread` waits for somebody to confirm it."""

    FULL = "full"
    WEAK = "weak"
    UNREAD = "unread"


@dataclass(frozen=True)
class Head:
    """A row or a column: its key, its short name, what it is in full, and how deep it stands in its tree."""

    key: str
    name: str
    text: str = ""
    depth: int = 0


@dataclass(frozen=True)
class Cell:
    """Where a row and a column meet: its sign, and what it rests on."""

    sign: Sign
    text: str = ""


@dataclass(frozen=True)
class Matrix:
    """Rows and columns with the cells that are filled."""

    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: Mapping[tuple[str, str], Cell]

    @cached_property
    def row_totals(self) -> dict[str, int]:
        """Filled cells in each row."""
        return {head.key: sum(1 for row, _column in self.cells if row == head.key) for head in self.rows}

    @cached_property
    def column_totals(self) -> dict[str, int]:
        """Filled cells in each column."""
        return {head.key: sum(1 for _row, column in self.cells if column == head.key) for head in self.columns}

    @property
    def empty_rows(self) -> list[Head]:
        """Rows that nothing meets."""
        return [head for head in self.rows if not self.row_totals[head.key]]

    @property
    def empty_columns(self) -> list[Head]:
        """Columns that nothing meets."""
        return [head for head in self.columns if not self.column_totals[head.key]]

    @property
    def unread(self) -> int:
        """Cells that wait to be confirmed."""
        return sum(1 for cell in self.cells.values() if cell.sign is Sign.UNREAD)


def of_links(rows: Sequence[Head], columns: Sequence[Head], links: Iterable[tuple[str, str, str]]) -> Matrix:
    """A matrix of plain links: row, column, and what the cell rests on. What points at nothing is left out."""
    known_rows, known_columns = {head.key for head in rows}, {head.key for head in columns}
    cells = {
        (row, column): Cell(Sign.FULL, text)
        for row, column, text in links
        if row in known_rows and column in known_columns
    }
    return Matrix(tuple(rows), tuple(columns), cells)


def areas(content: StrategyContent) -> Matrix:
    """Focus areas by areas of service, each cell with the area's own words (N-041 to N-044).

    A confirmed cell with a quote is full; one without is weak; what nobody has confirmed is unread.
    """
    cells = {
        (focus.key, cell.area): Cell(
            Sign.UNREAD if not cell.confirmed else Sign.FULL if cell.quote else Sign.WEAK, str(cell.quote or "")
        )
        for focus in content.focus_areas
        for cell in focus.cells
    }
    return Matrix(focus_heads(content), tuple(Head(item.key, str(item.name)) for item in content.areas), cells)


def focus_heads(content: StrategyContent) -> tuple[Head, ...]:
    """The focus areas in their order."""
    ordered = sorted(content.focus_areas, key=lambda item: (item.order is None, item.order or 0))
    return tuple(
        Head(item.key, str(item.order) if item.order is not None else str(item.name), str(item.name))
        for item in ordered
    )


def goal_heads(content: StrategyContent, *, national: bool = False) -> tuple[Head, ...]:
    """One's own goals, or the national ones, as they stand in the tree; local strategies count among one's own."""
    tree = [one for one in placed(content.goals) if one.goal.national == national]
    heads = [_goal_head(one) for one in tree]
    if not national:
        heads += [Head(item.key, str(number), str(item.text)) for number, item in enumerate(content.strategies, 1)]
    return tuple(heads)


def _goal_head(one: Placed) -> Head:
    return Head(one.goal.key, one.number, str(one.goal.text), one.depth)


def goals_by_focus(content: StrategyContent) -> Matrix:
    """One's own goals by focus areas; a goal under one that a focus area has is in it too."""
    within: dict[str, set[str]] = {}
    for focus in content.focus_areas:
        keys = set(focus.goals)
        for one in placed(content.goals):
            if one.parent in keys:
                keys.add(one.goal.key)
        within[focus.key] = keys
    links = [(goal, focus, "") for focus, keys in within.items() for goal in sorted(keys)]
    return of_links(
        [head for head in goal_heads(content) if head.key in _goal_keys(content)], focus_heads(content), links
    )


def _goal_keys(content: StrategyContent) -> set[str]:
    return {one.goal.key for one in placed(content.goals)}


def directions_by_focus(content: StrategyContent) -> Matrix:
    """Directions by focus areas (N-097 to N-104)."""
    rows = [
        Head(item.key, str(number), f"{item.from_state} → {item.to_state}")
        for number, item in enumerate(content.directions, 1)
    ]
    return of_links(
        rows, focus_heads(content), [(item.key, key, "") for item in content.directions for key in item.focus_areas]
    )


def guidelines_by_goal(content: StrategyContent) -> Matrix:
    """Political guidelines by goals: a guideline that no goal follows is a hole (N-031)."""
    rows = [Head(item.key, str(number), str(item.text)) for number, item in enumerate(content.guidelines, 1)]
    columns = [head for head in goal_heads(content) if head.depth == 0]
    links = [(item.key, key, "") for item in content.guidelines for key in item.goals]
    return of_links(rows, columns, links)


@dataclass(frozen=True)
class Supported:
    """Something with money that says which goals it serves."""

    key: str
    title: str
    goals: tuple[str, ...]
    amount: int


def goals_by_measure(content: StrategyContent, measures: Sequence[Supported]) -> Matrix:
    """One's own goals by the measures of a plan that serve them."""
    columns = [Head(item.key, str(number), item.title) for number, item in enumerate(measures, 1)]
    return of_links(goal_heads(content), columns, [(goal, item.key, "") for item in measures for goal in item.goals])


@dataclass(frozen=True)
class Ranked:
    """A goal with how much supports it. A measure that serves two goals counts whole in both."""

    head: Head
    measures: int
    amount: int


def ranked_goals(content: StrategyContent, measures: Sequence[Supported]) -> list[Ranked]:
    """Goals by what supports them, most first: by number, then money, then as they stand (A-71).

    What serves a goal serves the one above it too.
    """
    parents = {one.goal.key: one.parent for one in placed(content.goals)}
    found: dict[str, dict[str, int]] = {}
    for item in measures:
        for goal in item.goals:
            key: str | None = goal
            while key is not None:
                found.setdefault(key, {})[item.key] = item.amount
                key = parents.get(key)
    rows = [
        Ranked(head, len(found.get(head.key, {})), sum(found.get(head.key, {}).values()))
        for head in goal_heads(content)
    ]
    return sorted(rows, key=lambda row: (-row.measures, -row.amount))


def goals_by_tag(content: StrategyContent) -> Matrix:
    """The tags of other bodies' strategies by one's own goals (A-19, A-20): a tag that no goal has is a hole."""
    rows = [Head(tag.key, str(tag.name), str(source.title)) for source in content.sources for tag in source.tags]
    links = [(tag, one.goal.key, "") for one in placed(content.goals) if not one.goal.national for tag in one.goal.tags]
    columns = [head for head in goal_heads(content) if any(key == head.key for _tag, key, _text in links)]
    return of_links(rows, columns or list(goal_heads(content))[:0], links)


def tags_in_use(content: StrategyContent, measures: Sequence[Supported]) -> list[tuple[Head, int, int, int]]:
    """Each tag with how many goals have it, and the measures that serve those goals: how many, and in kroner."""
    rows = []
    for source in content.sources:
        for tag in source.tags:
            goals = {one.goal.key for one in placed(content.goals) if tag.key in one.goal.tags}
            found = [item for item in measures if goals & set(item.goals)]
            rows.append(
                (
                    Head(tag.key, str(tag.name), str(source.title)),
                    len(goals),
                    len(found),
                    sum(item.amount for item in found),
                )
            )
    return rows


def goals_by_criterion(content: StrategyContent, stages: Sequence[CriteriaStage]) -> Matrix:
    """Goals about how one prioritises by the stages of criteria: what serves the goal there, and what it weighs.

    A stage without such a criterion gives the goal no weight, which stands as a hole (G-46, F-G5).
    """
    cells: dict[tuple[str, str], Cell] = {}
    for stage in stages:
        for goal in {key for item in stage.criteria for key in item.goals}:
            found = [item for item in stage.criteria if goal in item.goals]
            text = ", ".join(f"{item.name}: {item.weight} %" for item in found)
            cells[goal, stage.key] = Cell(Sign.FULL, text)
    served = {goal for goal, _stage in cells}
    rows = tuple(head for head in goal_heads(content) if head.key in served)
    return Matrix(rows, tuple(Head(stage.key, str(stage.name)) for stage in stages), cells)
