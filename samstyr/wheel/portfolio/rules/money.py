"""The plan's money: how long a source lasts, what it has, what is booked and left, and what may be carried over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .lines import Line, by_year, spaced

WHOLE_PLAN = ""


@dataclass(frozen=True)
class Frame:
    """What a source has in a year; an empty source is the frame of the whole plan."""

    source: str
    year: int
    amount: int
    organisation: UUID | None = None


@dataclass(frozen=True)
class Booked:
    """Money used on a measure."""

    line: UUID
    source: str
    booked_on: date
    amount: int
    organisation: UUID | None = None


def validity_fault(source: Any, year: int) -> Sentence | None:
    """Why the source cannot be used in the year, by the first and last year the model gives it (A-128)."""
    if source.valid_from_year is not None and year < source.valid_from_year:
        return say(
            gettext_noop("«%(name)s» kan ikke brukes før %(year)s."), name=source.name, year=source.valid_from_year
        )
    if source.valid_to_year is not None and year > source.valid_to_year:
        return say(
            gettext_noop("«%(name)s» kan ikke brukes etter 31.12.%(year)s."),
            name=source.name,
            year=source.valid_to_year,
        )
    return None


def nomination_fault(source: Any, year: int) -> Sentence | None:
    """Why the source cannot point out projects for the year (A-130)."""
    if source.nominates_years and year not in source.nominates_years:
        return say(
            gettext_noop("«%(name)s» kan bare peke ut prosjekter for %(years)s."),
            name=source.name,
            years=", ".join(str(item) for item in sorted(source.nominates_years)),
        )
    return validity_fault(source, year)


def booking_faults(
    wanted: Booked, sources: Mapping[str, Any], frames: Iterable[Frame], earlier: Iterable[Booked], note: str = ""
) -> list[FieldError]:
    """What is wrong with a booking: the source's time, its amount of the year, and a correction without a reason."""
    source = sources.get(wanted.source)
    if source is None:
        return [FieldError("source", say(gettext_noop("Finansieringskilden finnes ikke i modellen.")), wanted.source)]
    late = validity_fault(source, wanted.booked_on.year)
    if late is not None:
        return [FieldError("booked_on", late, str(wanted.booked_on))]
    if wanted.amount == 0:
        return [FieldError("amount", say(gettext_noop("Skriv et beløp.")))]
    own = [row for row in earlier if row.source == wanted.source and row.booked_on.year == wanted.booked_on.year]
    if wanted.amount < 0:
        return _correction_faults(wanted, own, note)
    return _ceiling_faults(wanted, [row for row in frames if row.source == wanted.source], own)


def _correction_faults(wanted: Booked, own: Sequence[Booked], note: str) -> list[FieldError]:
    if not note.strip():
        return [FieldError("note", say(gettext_noop("Skriv hvorfor føringen rettes.")))]
    same = [row for row in own if (row.line, row.organisation) == (wanted.line, wanted.organisation)]
    if sum(row.amount for row in same) + wanted.amount < 0:
        return [
            FieldError("amount", say(gettext_noop("Rettelsen er større enn det som er ført.")), str(wanted.amount)),
        ]
    return []


def _ceiling_faults(wanted: Booked, frames: Sequence[Frame], own: Sequence[Booked]) -> list[FieldError]:
    """The source's sum of the year holds for all; a part set aside for an organisation holds for it too."""
    year = wanted.booked_on.year
    now = [row for row in frames if row.year == year]
    if not now:
        fault = say(gettext_noop("Ingen ramme er ført for kilden i %(year)s."), year=year)
        return [FieldError("source", fault, wanted.source)]
    left = sum(row.amount for row in now) - sum(row.amount for row in own)
    part = [row.amount for row in now if row.organisation == wanted.organisation and wanted.organisation]
    if part:
        used = sum(row.amount for row in own if row.organisation == wanted.organisation)
        left = min(left, sum(part) - used)
    if wanted.amount > left:
        fault = say(gettext_noop("Det er bare %(left)s kroner igjen i %(year)s."), left=spaced(max(0, left)), year=year)
        return [FieldError("amount", fault, str(wanted.amount))]
    return []


@dataclass(frozen=True)
class Use:
    """A source, or all together, in a year or in all: its budget, what the plan commits, what is booked."""

    source: str
    year: int | None
    budget: int
    committed: int
    used: int

    @property
    def left(self) -> int:
        """What has not been used of the budget."""
        return self.budget - self.used

    @property
    def free(self) -> int:
        """What the plan has not committed of the budget; negative when it has committed too much."""
        return self.budget - self.committed


def use_of_sources(
    sources: Sequence[str],
    years: Iterable[int],
    frames: Iterable[Frame],
    lines: Iterable[Line],
    bookings: Iterable[Booked],
) -> list[Use]:
    """Budget, committed and used per source: each year that has something, then the source's sum; last the total."""
    budget: dict[tuple[str, int], int] = {}
    committed: dict[tuple[str, int], int] = {}
    used: dict[tuple[str, int], int] = {}
    for frame in frames:
        if frame.source != WHOLE_PLAN:
            budget[frame.source, frame.year] = budget.get((frame.source, frame.year), 0) + frame.amount
    for line in lines:
        for cost in line.costs:
            committed[cost.source, cost.year] = committed.get((cost.source, cost.year), 0) + cost.amount
    for row in bookings:
        used[row.source, row.booked_on.year] = used.get((row.source, row.booked_on.year), 0) + row.amount
    places = {*budget, *committed, *used}
    every = sorted({*years, *(year for _source, year in places)})
    found: list[Use] = []
    for source in [*sources, *sorted({key for key, _year in places} - set(sources))]:
        rows = [
            Use(source, year, *(table.get((source, year), 0) for table in (budget, committed, used)))
            for year in every
            if (source, year) in places
        ]
        found += [*rows, _sum(source, rows)]
    return [*found, _sum("", [row for row in found if row.year is not None])]


def _sum(source: str, rows: Sequence[Use]) -> Use:
    return Use(
        source, None, sum(row.budget for row in rows), sum(row.committed for row in rows), sum(row.used for row in rows)
    )


@dataclass(frozen=True)
class Overrun:
    """A year in which the plan costs more than a frame, and how much of it has been decided."""

    source: str
    year: int
    total: int
    frame: int
    decided: int = 0

    @property
    def over(self) -> int:
        """Kroner beyond the frame."""
        return self.total - self.frame

    @property
    def open(self) -> bool:
        """Whether nobody has decided that this much may be exceeded."""
        return self.over > self.decided


def overruns(
    lines: Iterable[Line], years: Sequence[int], frames: Iterable[Frame], decided: Mapping[tuple[str, int], int]
) -> list[Overrun]:
    """Where the lines exceed the plan's frame, or a source's, per year (N-008, N-211). No frame: no warning."""
    lines, amounts = list(lines), dict[tuple[str, int], int]()
    for frame in frames:
        amounts[frame.source, frame.year] = amounts.get((frame.source, frame.year), 0) + frame.amount
    totals: dict[tuple[str, int], int] = {(WHOLE_PLAN, year): sum_ for year, sum_ in by_year(lines, years).items()}
    for line in lines:
        for cost in line.costs:
            if cost.source != WHOLE_PLAN:
                totals[cost.source, cost.year] = totals.get((cost.source, cost.year), 0) + cost.amount
    return [
        Overrun(source, year, totals.get((source, year), 0), amount, decided.get((source, year), 0))
        for (source, year), amount in sorted(amounts.items(), key=lambda item: (item[0][1], item[0][0]))
        if totals.get((source, year), 0) > amount
    ]


@dataclass(frozen=True)
class YearsMoney:
    """A measure's money in a year: granted, brought in from the year before, used, and carried out."""

    granted: int = 0
    brought: int = 0
    used: int = 0
    carried: int = 0

    @property
    def unspent(self) -> int:
        """What is left to use or to carry on."""
        return self.granted + self.brought - self.used - self.carried


def carry_faults(amount: int, money: YearsMoney, reason: str) -> list[FieldError]:
    """What is wrong with carrying an amount to the next year: more than what is left, nothing, or no reason."""
    faults = []
    if amount <= 0:
        faults.append(FieldError("amount", say(gettext_noop("Skriv et beløp over null.")), str(amount)))
    elif amount > money.unspent:
        words = say(gettext_noop("Bare %(left)s kroner er ubrukt."), left=spaced(max(0, money.unspent)))
        faults.append(FieldError("amount", words, str(amount)))
    if not reason.strip():
        faults.append(FieldError("reason", say(gettext_noop("Skriv hvorfor pengene overføres."))))
    return faults


def own_share_fault(own_share: int, year: int, line: Line | None, outside: Iterable[str]) -> Sentence | None:
    """Why an application cannot be sent: its own share has no money of our own in the plan that year (G-33)."""
    if own_share <= 0:
        return None
    if line is None:
        return say(gettext_noop("Søknaden krever egenandel. Knytt den til et tiltak i planen først."))
    foreign = set(outside)
    ours = sum(cost.amount for cost in line.costs if cost.year == year and cost.source not in foreign)
    if ours < own_share:
        return say(
            gettext_noop("Tiltaket har %(ours)s kroner av egne midler i %(year)s, men egenandelen er %(share)s."),
            ours=spaced(ours),
            year=year,
            share=spaced(own_share),
        )
    return None


def contribution(rate: int, population: int) -> int:
    """A contribution by inhabitants in whole kroner (G-12)."""
    return rate * population
