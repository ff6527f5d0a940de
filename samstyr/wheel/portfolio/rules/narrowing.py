"""What each owner stands behind, when the owners of a shared plan disagree (F-B11). No database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Stand:
    """What an owner has answered to the proposal: whether it stands behind it, and the measures it does not want.

    One that does not stand behind it and names no measures wants none of the shared ones.
    """

    organisation: UUID
    supports: bool
    without: frozenset[str] = frozenset()

    def wants(self, line: str) -> bool:
        """Whether the owner stands behind the measure."""
        return line not in self.without if self.supports or self.without else False


def narrowed(lines: Mapping[str, Collection[UUID]], stands: Sequence[Stand]) -> dict[str, list[UUID]]:
    """The shared measures that go on for fewer, with those that stand behind them, in their order.

    A measure that nobody else is left with stays as it was proposed: the body that adopts has the last word. So does a
    measure of one owner alone, and what an owner has not answered counts as before.
    """
    answered = {stand.organisation: stand for stand in stands}
    found: dict[str, list[UUID]] = {}
    for line, owners in lines.items():
        if len(owners) < 2:
            continue
        left = [key for key in owners if key not in answered or answered[key].wants(line)]
        if left and len(left) < len(owners):
            found[line] = left
    return found


def stands_of(said: Sequence[tuple[UUID, Any, Sequence[str]]]) -> list[Stand]:
    """From (organisation, outcome of the model, measures named), the latest of each organisation counting."""
    latest = {
        organisation: Stand(organisation, bool(outcome.supports), frozenset(parts))
        for organisation, outcome, parts in said
    }
    return list(latest.values())
