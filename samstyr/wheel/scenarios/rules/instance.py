"""A scenario as plain numbers: what the optimiser is given, and what it gives back.

Everything is whole numbers, so that a choice can be checked exactly whatever the solver's tolerances are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from uuid import UUID

from samstyr.foundation.audit.rules import canonical


@dataclass(frozen=True)
class Use:
    """What a candidate draws in the year `offset` years after its start, and each later year if it `continues`.

    `measure` is "money" (whole kroner of cost `kind` from `source`, the share of `organisation`) or "hours"
    (of staff `role`).
    """

    measure: str
    amount: int
    offset: int = 0
    continues: bool = False
    organisation: UUID | None = None
    kind: str = ""
    source: str = ""
    role: str = ""

    def in_year(self, start: int, year: int) -> int:
        """How much is drawn in `year` when the candidate starts in `start`."""
        gone = year - start
        return self.amount if gone == self.offset or (self.continues and gone > self.offset) else 0


@dataclass(frozen=True)
class Candidate:
    """A measure that can be chosen: its value in hundredths of a point, the years it may start, what it draws.

    `pin` is "", "in" or "out"; `starts` is already narrowed to a pinned year. `risk` is 0-100.
    """

    key: UUID
    title: str
    value: int
    starts: tuple[int, ...]
    uses: tuple[Use, ...] = ()
    risk: int = 0
    mandatory: bool = False
    pin: str = ""
    area: str = ""
    focus_area: str = ""


@dataclass(frozen=True)
class Limit:
    """At most (or at least) `amount`; an empty or None field does not narrow. `name` is what people call it."""

    key: str
    name: str
    measure: str
    amount: int
    at_least: bool = False
    year: int | None = None
    organisation: UUID | None = None
    kind: str = ""
    source: str = ""
    role: str = ""
    area: str = ""
    focus_area: str = ""

    def drawn_by(self, candidate: Candidate, start: int, years: Iterable[int]) -> int:
        """How much of the limit `candidate` draws over the years when it starts in `start`."""
        if (self.area and self.area != candidate.area) or (self.focus_area and self.focus_area != candidate.focus_area):
            return 0
        if self.measure == "risk":
            return candidate.risk
        if self.measure == "count":
            return 1 if self.year in (None, start) else 0
        counted = (self.year,) if self.year is not None else tuple(years)
        return sum(use.in_year(start, year) for use in candidate.uses if self._counts(use) for year in counted)

    def _counts(self, use: Use) -> bool:
        return (
            use.measure == self.measure
            and (self.organisation is None or use.organisation == self.organisation)
            and (not self.kind or use.kind == self.kind)
            and (not self.source or use.source == self.source)
            and (not self.role or use.role == self.role)
        )


@dataclass(frozen=True)
class Link:
    """A tie: "needs" (the first, started in a year, wants the second started by then), "excludes" (not both),
    "one_of" (at least one of them)."""

    key: str
    kind: str
    members: tuple[UUID, ...]


@dataclass(frozen=True)
class Instance:
    """The whole question. `delay_percent` of a candidate's value is lost for each year after the first."""

    years: tuple[int, ...]
    candidates: tuple[Candidate, ...]
    limits: tuple[Limit, ...] = ()
    links: tuple[Link, ...] = ()
    delay_percent: int = 0

    @cached_property
    def by_key(self) -> dict[UUID, Candidate]:
        """The candidates by key."""
        return {candidate.key: candidate for candidate in self.candidates}

    def worth(self, candidate: Candidate, start: int) -> int:
        """The value of starting in `start`, in hundredths of hundredths of a point: a whole number."""
        waited = start - self.years[0]
        return candidate.value * max(0, 100 - self.delay_percent * waited)

    def value_of(self, starts: Mapping[UUID, int]) -> int:
        """The value of a choice, in hundredths of hundredths of a point."""
        return sum(self.worth(self.by_key[key], start) for key, start in starts.items())

    def used(self, limit: Limit, starts: Mapping[UUID, int]) -> int:
        """How much of the limit the choice draws."""
        return sum(limit.drawn_by(self.by_key[key], start, self.years) for key, start in starts.items())

    def breaches(self, starts: Mapping[UUID, int]) -> list[str]:
        """Keys of what the choice breaks: limits, links, and candidates (as text) that must be in or out."""
        broken = [
            limit.key
            for limit in self.limits
            if (self.used(limit, starts) < limit.amount if limit.at_least else self.used(limit, starts) > limit.amount)
        ]
        broken += [link.key for link in self.links if self._breaks(link, starts)]
        for candidate in self.candidates:
            start = starts.get(candidate.key)
            demanded = candidate.mandatory or candidate.pin == "in"
            if (demanded and start is None) or (
                start is not None and (candidate.pin == "out" or start not in candidate.starts)
            ):
                broken.append(str(candidate.key))
        return broken

    def _breaks(self, link: Link, starts: Mapping[UUID, int]) -> bool:
        if link.kind == "needs":
            first, second = (starts.get(key) for key in link.members)
            return first is not None and (second is None or second > first)
        chosen = sum(1 for key in link.members if key in starts)
        return chosen > 1 if link.kind == "excludes" else chosen == 0

    def seal(self) -> str:
        """SHA-256 of the question: the same question in any order has the same seal."""
        content = {
            "years": self.years,
            "delay": self.delay_percent,
            "candidates": sorted(
                [
                    str(item.key), item.value, list(item.starts), item.risk, item.mandatory, item.pin, item.area,
                    item.focus_area, sorted(str(use) for use in item.uses),
                ]
                for item in self.candidates
            ),
            # Without names, which are in the reader's language.
            "limits": sorted(str(replace(item, name="")) for item in self.limits),
            "links": sorted([item.key, item.kind, [str(key) for key in item.members]] for item in self.links),
        }  # fmt: skip
        return hashlib.sha256(canonical(content)).hexdigest()


@dataclass(frozen=True)
class Solved:
    """What the optimiser found. `status`: "optimal" (proven best), "feasible" (best so far, `bound` above it),
    "infeasible" (the demands cannot all be met) or "cancelled" (nothing was found before it was stopped)."""

    status: str
    starts: Mapping[UUID, int] = field(default_factory=dict)
    value: int = 0
    bound: int = 0

    @property
    def gap(self) -> float:
        """How much better, in per cent of the value, an unknown choice could at most be."""
        if self.status == "optimal":
            return 0.0
        return 100.0 * (self.bound - self.value) / self.value if self.value else float(bool(self.bound)) * 100.0
