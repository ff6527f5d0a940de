"""The year's report beside the year before, and the measures over several years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samstyr.foundation.ui.pieces import Status
from samstyr.procedure.casework.queries.lists import StepReport
from samstyr.procedure.casework.queries.wheel_year import Line, Year
from samstyr.procedure.year.rules.standing import LATE_ONES, MISSING, ON_TIME

from .presenting import span_words, status_of


@dataclass(frozen=True)
class Figure:
    """A count this year and the year before; `anchor` is where its parts stand on the page."""

    label: str
    now: int
    before: int
    anchor: str

    @property
    def change(self) -> int:
        """How many more than the year before."""
        return self.now - self.before


def own(year: Year) -> list[Line]:
    """The periods of the model's own wheel that begin in the year."""
    return [line for line in year.lines if not line.placed.laid.wheel and line.placed.year == year.number]


def figures(now: Year, before: Year) -> list[Figure]:
    """Periods and steps on time, late and missing, and duties done, in both years."""

    def periods(year: Year, kinds: Iterable[Any]) -> int:
        return sum(line.standing in tuple(kinds) for line in own(year))

    def steps(year: Year, name: str) -> int:
        return sum(getattr(row, name) for row in year.report)

    def done(year: Year) -> int:
        return sum(one.done_on is not None for one in year.duties)

    return [
        Figure(_("Perioder i rute"), periods(now, ON_TIME), periods(before, ON_TIME), "perioder"),
        Figure(_("Perioder for sent"), periods(now, LATE_ONES), periods(before, LATE_ONES), "perioder"),
        Figure(_("Perioder ikke gjort"), periods(now, MISSING), periods(before, MISSING), "perioder"),
        Figure(_("Steg i rute"), steps(now, "on_time"), steps(before, "on_time"), "steg"),
        Figure(_("Steg for sent"), steps(now, "late"), steps(before, "late"), "steg"),
        Figure(_("Steg over fristen"), steps(now, "overdue"), steps(before, "overdue"), "steg"),
        Figure(_("Faste gjøremål gjort"), done(now), done(before), "gjoremal"),
    ]


@dataclass(frozen=True)
class PeriodRow:
    """A period in both years."""

    name: str
    when: str
    status: Status
    before_when: str
    before: Status | None
    moved: bool
    row: Any


def periods(now: Year, before: Year) -> list[PeriodRow]:
    """Each period of the year, with how it stood the year before."""
    earlier = {line.placed.laid.key: line for line in own(before)}
    found = []
    for line in own(now):
        last = earlier.get(line.placed.laid.key)
        found.append(
            PeriodRow(
                line.placed.laid.name,
                span_words(*line.placed.span),
                status_of(line.standing),
                span_words(*last.placed.span) if last else "",
                status_of(last.standing) if last else None,
                bool(line.placed.row and line.placed.row.moved),
                line.placed.row,
            )
        )
    return found


def steps(now: Year, before: Year) -> list[tuple[StepReport, StepReport | None]]:
    """Each step of the year, with its counts the year before."""
    earlier = {row.key: row for row in before.report}
    return [(row, earlier.get(row.key)) for row in now.report]


def sheet(now: Year, before: Year) -> tuple[list[str], list[list[Any]]]:
    """The report as rows to save."""
    header = [
        _("Hva"),
        _("Navn"),
        _("Når"),
        _("Stand"),
        _("Året før"),
        _("I rute"),
        _("For sent"),
        _("Åpne"),
        _("Over fristen"),
    ]
    rows: list[list[Any]] = [
        [
            _("Periode"),
            one.name,
            one.when,
            str(one.status.label),
            str(one.before.label) if one.before else "",
            "",
            "",
            "",
            "",
        ]
        for one in periods(now, before)
    ]
    rows += [
        [_("Steg"), row.name, "", "", "", row.on_time, row.late, row.open, row.overdue]
        for row, _last in steps(now, before)
    ]
    rows += [
        [_("Fast gjøremål"), str(one.duty.name), one.due_on.strftime("%d.%m.%Y"), str(one.label), "", "", "", "", ""]
        for one in now.duties
    ]
    return header, rows


@dataclass(frozen=True)
class Cell:
    """A year of a measure: whether it goes on then, and in words when."""

    year: int
    on: bool
    words: str


@dataclass(frozen=True)
class Span:
    """A measure over the years shown."""

    key: Any
    title: str
    owner: str
    starts_on: date | None
    ends_on: date | None
    cells: tuple[Cell, ...]
    line: Any

    @classmethod
    def of(cls, line: Any, years: range) -> Span:
        """The measure with a cell for each year."""
        return cls(
            line.line_key, line.title, line.owner or str(line.owner_person or ""), line.starts_on, line.ends_on,
            tuple(_cell(line, year) for year in years), line,
        )  # fmt: skip


def _paid(line: Any, year: int) -> bool:
    return any(cost.year == year and cost.amount for cost in line.costs.all())


def _cell(line: Any, year: int) -> Cell:
    first, last = line.starts_on, line.ends_on
    if first is None:
        on = _paid(line, year)
        return Cell(year, on, _("Penger i planen, ingen datoer") if on else "")
    if first.year > year or (last is not None and last.year < year):
        return Cell(year, False, "")
    begins, ends = first.year == year, last is not None and last.year == year
    if begins and ends and last is not None:
        return Cell(year, True, f"{first.strftime('%d.%m.')}–{last.strftime('%d.%m.')}")
    if begins:
        return Cell(year, True, _("Fra %(day)s") % {"day": first.strftime("%d.%m.")})
    if ends and last is not None:
        return Cell(year, True, _("Til %(day)s") % {"day": last.strftime("%d.%m.")})
    return Cell(year, True, _("Hele året"))


def touches(line: Any, years: range) -> bool:
    """Whether the measure goes on, or has money, in one of the years."""
    return any(_cell(line, year).on for year in years)
