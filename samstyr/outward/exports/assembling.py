"""A plan version with its sums, shares and statuses, for the page and for every document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samstyr.foundation.ui.pieces import Status, Tone
from samstyr.wheel.portfolio import queries
from samstyr.wheel.portfolio.rules.gates import deviation
from samstyr.wheel.portfolio.rules.lines import (
    Line,
    by_source,
    by_year,
    split,
    split_all,
)

VERSION_TONES = {
    "draft": Tone.NEUTRAL,
    "proposed": Tone.INFO,
    "adopted": Tone.SUCCESS,
    "rejected": Tone.DANGER,
    "superseded": Tone.NEUTRAL,
}
BUDGET_TONES = {
    "sent": Tone.INFO,
    "in_proposal": Tone.INFO,
    "granted": Tone.SUCCESS,
    "partly": Tone.WARNING,
    "refused": Tone.DANGER,
}
PROGRESS_TONES = {
    "not_started": Tone.NEUTRAL,
    "started": Tone.INFO,
    "paused": Tone.WARNING,
    "done": Tone.SUCCESS,
    "stopped": Tone.DANGER,
}


def version_status(version: Any) -> Status:
    """The version's state in words."""
    return Status(version.get_state_display().capitalize(), VERSION_TONES[version.state])


@dataclass(frozen=True)
class Row:
    """One measure as a line of the table."""

    row: Any
    line: Line
    years: tuple[int, ...]
    total: int
    organisations: str
    budget: tuple[tuple[int, Status, Any], ...]
    progress: Status | None
    begun: bool
    deviation: Any
    shares: tuple[tuple[str, tuple[int, ...], int], ...]


@dataclass(frozen=True)
class Whole:
    """A version with everything the page needs."""

    rows: tuple[Row, ...]
    years: tuple[int, ...]
    totals: tuple[int, ...]
    investment: tuple[int, ...]
    operating: tuple[int, ...]
    total: int
    shares: tuple[tuple[str, tuple[int, ...], int], ...]
    sources: tuple[tuple[str, int], ...]


def whole(version: Any, today: date, *, organisation: UUID | None = None, area: str = "") -> Whole:
    """The version's lines, those of one organisation or service if asked, with sums of what is shown."""
    plan = version.plan
    years = tuple(queries.years_of(plan))
    keys, sources, parties = queries.cost_keys(today), queries.sources(today), queries.parties()
    names = {row.pk: str(row) for row in queries.payers()}
    followed = version.state in ("adopted", "superseded")
    budget = queries.budget_of(plan) if followed else {}
    progress = queries.progress_of(plan) if followed else {}
    started = queries.started_on(plan) if followed else {}
    tolerance = queries.start_tolerance(today)
    rows = []
    for row in queries.lines_of(version):
        line = queries.plain(row)
        if organisation and organisation not in line.organisations:
            continue
        if area and area.lower() not in f"{row.need.unit if row.need else ''} {row.owner}".lower():
            continue
        sums = by_year([line], years)
        noted = progress.get(row.line_key)
        rows.append(
            Row(
                row,
                line,
                tuple(sums[year] for year in years),
                line.total,
                ", ".join(sorted(names.get(key, "") for key in line.organisations)),
                tuple(
                    (year, Status(entry.get_state_display().capitalize(), BUDGET_TONES[entry.state]), entry)
                    for year in years
                    for entry in budget.get((row.line_key, year), [])
                ),
                _progress(noted, followed),
                noted is not None and noted.state != "not_started",
                deviation(row.starts_on, started.get(row.line_key), today=today, tolerance_days=tolerance)
                if version.state == "adopted"
                else None,
                tuple(
                    (names.get(key, ""), tuple(amounts.get(year, 0) for year in years), sum(amounts.values()))
                    for key, amounts in split(line, parties, keys).items()
                ),
            )
        )
    lines = [item.line for item in rows]
    totals = by_year(lines, years)
    shared = split_all(lines, parties, keys, years)
    return Whole(
        tuple(rows),
        years,
        tuple(totals[year] for year in years),
        tuple(by_year(lines, years, kind="investment")[year] for year in years),
        tuple(by_year(lines, years, kind="operating")[year] for year in years),
        sum(totals.values()),
        tuple(
            (names.get(key, ""), tuple(amounts[year] for year in years), sum(amounts.values()))
            for key, amounts in shared.items()
        ),
        tuple((sources.get(key, key or _("Uten kilde")), amount) for key, amount in by_source(lines).items()),
    )


def _progress(noted: Any, followed: bool) -> Status | None:
    """How far the measure has come; one of an adopted plan that nobody has noted has not started."""
    if noted is not None:
        return Status(noted.get_state_display().capitalize(), PROGRESS_TONES[noted.state])
    return Status(_("Ikke startet"), Tone.NEUTRAL) if followed else None


def costs_of(row: Any, today: date) -> list[Any]:
    """The line's costs, each with its funding source by name."""
    names = queries.sources(today)
    costs = list(row.costs.all())
    for cost in costs:
        cost.source_name = names.get(cost.source, cost.source)
    return costs


def treatments(version: Any) -> dict[str, Any]:
    """What each body has said of the version, lined up, and what is still open (feature 10, B-49)."""
    case = queries.case_of_version(version)
    if case is None:
        return {"case": None, "said": [], "waiting": []}
    said = queries.treatments_of_version(version)
    open_steps = [step for step in case.steps.all() if step.state == "active" and case.state == "open"]
    return {"case": case, "said": said, "waiting": open_steps}


def decision_words(version: Any) -> str:
    """The decision that adopted the version: body, date and case."""
    decision = version.decision
    if decision is None:
        return ""
    return _("%(body)s %(date)s, sak %(case)s") % {
        "body": decision.actor_name,
        "date": decision.decided_on.strftime("%d.%m.%Y"),
        "case": f"{decision.case.year}/{decision.case.number}",
    }


class Told:
    """What a measure tells beyond money and dates, under the names of the model on the day."""

    def __init__(self, today: date) -> None:
        form = queries.plan_form(today)
        self.kinds = {key: str(kind.name) for key, kind in queries.measure_kinds(today).items()}
        self.focus_areas, self.goals = queries.focus_areas(today), queries.goals(today)
        self.questions = form.line_questions if form else ()

    def of(self, row: Any) -> list[tuple[str, str]]:
        """Name and text; what is empty is left out. `row` is the measure's row."""
        told = [
            (_("Type tiltak"), self.kinds.get(row.kind, row.kind)),
            (_("Satsingsområde"), self.focus_areas.get(row.focus_area, row.focus_area)),
            (_("Mål"), "; ".join(self.goals.get(goal, goal) for goal in row.goals)),
            (_("Gevinst"), row.benefit),
            (_("Planlagt anskaffelse"), row.purchase_on.strftime("%d.%m.%Y") if row.purchase_on else ""),
            (_("Innsats i timer"), ", ".join(f"{year}: {hours}" for year, hours in sorted(row.effort.items()))),
            (_("Ført videre fra forrige plan"), row.rolled_reason),
            *((str(item.name), row.answers.get(item.key, "")) for item in self.questions),
        ]
        return [(label, text) for label, text in told if text]
