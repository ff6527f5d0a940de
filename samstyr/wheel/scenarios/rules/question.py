"""From candidates and limits as they stand to the optimiser's question, with shares exact to the krone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from samstyr.wheel.portfolio.rules.lines import Line, Party, split_amount

from .instance import Candidate, Use
from .values import CostRow, StaffRow


@dataclass(frozen=True)
class Standing:
    """A candidate as it stands, with what somebody has decided of it in the scenario."""

    key: UUID
    title: str
    value: int = 0
    risk: int = 0
    mandatory: bool = False
    earliest: int | None = None
    latest: int | None = None
    cost_key: str = ""
    own_shares: Mapping[str, int] = field(default_factory=dict)
    organisations: tuple[UUID, ...] = ()
    costs: tuple[CostRow, ...] = ()
    staff: tuple[StaffRow, ...] = ()
    area: UUID | None = None
    focus_area: str = ""
    pin: str = ""
    pinned_year: int | None = None


@dataclass(frozen=True)
class Terms:
    """What the scenario assumes: its years, a scaling of costs in per cent, who leaves, and until when each source
    of money may be used (A-128)."""

    years: tuple[int, ...]
    cost_percent: int = 100
    left: frozenset[UUID] = frozenset()
    last_years: Mapping[str, int] = field(default_factory=dict)


def candidate_of(
    standing: Standing, terms: Terms, parties: Sequence[Party], keys: Mapping[str, Any]
) -> Candidate | None:
    """The candidate with its shares and start years; None when all that take part in it have left."""
    staying = tuple(key for key in standing.organisations if key not in terms.left)
    if standing.organisations and not staying:
        return None
    remaining = replace(standing, organisations=staying)
    uses = tuple(use for row in standing.costs for use in _shares(remaining, row, terms, parties, keys))
    hours = tuple(Use("hours", row.hours, row.offset, row.continues, role=row.role) for row in standing.staff)
    return Candidate(
        key=standing.key,
        title=standing.title,
        value=standing.value,
        starts=_starts(standing, terms),
        uses=(*uses, *hours),
        risk=standing.risk,
        mandatory=standing.mandatory and standing.pin != "out",
        pin=standing.pin,
        area=str(standing.area or ""),
        focus_area=standing.focus_area,
    )


def _shares(
    standing: Standing, row: CostRow, terms: Terms, parties: Sequence[Party], keys: Mapping[str, Any]
) -> list[Use]:
    """One cost row shared between those that take part; the shares sum to the row's scaled kroner."""
    amount = row.amount * terms.cost_percent // 100
    line = Line(
        standing.key, 0, standing.title, organisations=standing.organisations, cost_key=standing.cost_key,
        own_shares=standing.own_shares,
    )  # fmt: skip
    shares: dict[UUID | None, int] = dict(split_amount(line, amount, parties, keys).items()) or {None: amount}
    return [
        Use("money", share, row.offset, row.continues, organisation=key, kind=row.kind, source=row.source)
        for key, share in shares.items()
        if share
    ]


def _starts(standing: Standing, terms: Terms) -> tuple[int, ...]:
    """The years it may start: within its own bounds, and where no source it draws on has expired by then."""
    return tuple(
        year
        for year in terms.years
        if (standing.earliest is None or year >= standing.earliest)
        and (standing.latest is None or year <= standing.latest)
        and (standing.pin != "in" or standing.pinned_year in (None, year))
        and all(_in_time(row, year, terms) for row in standing.costs)
    )


def _in_time(row: CostRow, start: int, terms: Terms) -> bool:
    last = terms.last_years.get(row.source)
    if last is None or not row.amount:
        return True
    drawn_last = terms.years[-1] if row.continues else start + row.offset
    return drawn_last <= last or start + row.offset > terms.years[-1]


def coverage(chosen: Collection[UUID], names: Mapping[UUID, Sequence[str]]) -> dict[str, int]:
    """How many of the chosen contribute to each (goal, focus area)."""
    found: dict[str, int] = {}
    for key in chosen:
        for name in names.get(key, ()):
            found[name] = found.get(name, 0) + 1
    return found
