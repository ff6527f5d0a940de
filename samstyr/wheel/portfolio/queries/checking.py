"""What a version lacks, by what the model asks."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from samstyr.foundation.governance.rules.walking import holds
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.wheel.needs.models import Need
from samstyr.wheel.strategy import queries as strategy

from ..models import MeasureState, Plan, PlanLine, PlanVersion
from ..rules.findings import (
    Finding,
    bought_too_soon,
    facts_of,
    left_out,
    missing_lines,
    out_of_order,
    over_frame,
    unanswered,
    without_benefit,
    without_goal,
    years_without_plan,
)
from ..rules.lines import Line
from .money import frames, overruns_of, plan_before, plan_form
from .plans import adopted_version, lines_of, needs_without_line, plain, progress_of, sources, years_of

ENDED = (MeasureState.DONE, MeasureState.STOPPED)


def questions_of(line: Line, form: Any) -> list[Any]:
    """The model's questions that apply to the measure."""
    return [item for item in form.line_questions if holds(item.when, facts_of(line))] if form else []


def measure_kinds(day: date) -> dict[str, Any]:
    """The kinds of measures that the model knows."""
    form = plan_form(day)
    return {item.key: item for item in form.measure_kinds} if form else {}


def goals(day: date) -> dict[str, str]:
    """The goals and local strategies of the strategy in force: key and text (I-11)."""
    return strategy.goal_names(day)


def focus_areas(day: date) -> dict[str, str]:
    """The focus areas of the strategy in force: key and name."""
    return strategy.focus_areas(day)


def unfinished(plan: Plan) -> list[PlanLine]:
    """Measures of the plan in force that are neither done nor stopped."""
    version = adopted_version(plan)
    progress = progress_of(plan)
    rows = lines_of(version) if version else []
    return [row for row in rows if row.line_key not in progress or progress[row.line_key].state not in ENDED]


def findings_of(version: PlanVersion, day: date, rows: list[PlanLine] | None = None) -> list[Finding]:
    """Everything the version lacks: those that stop a proposal first."""
    form = plan_form(day)
    lines = [plain(row) for row in (lines_of(version) if rows is None else rows)]
    found = _over(version, lines, day)
    if form is not None:
        found += unanswered(lines, {line.key: questions_of(line, form) for line in lines})
        found += without_goal(lines, goals(day), form.goal_link)
        found += bought_too_soon(lines, form.lead_time_days, version.proposed_on or day)
        found += missing_lines(lines, years_of(version.plan), form.required_lines)
        found += out_of_order(lines, measure_kinds(day))
    found += without_benefit(lines)
    found += left_out(lines, _ongoing(version.plan), _waiting(version.plan))
    return sorted(found, key=lambda item: not item.stops)


def _over(version: PlanVersion, lines: list[Line], day: date) -> list[Finding]:
    names = {**sources(day), "": str(say(gettext_noop("hele planen")))}
    return over_frame(overruns_of(version, lines), names)


def frame_findings(version: PlanVersion, day: date) -> list[Finding]:
    """Where the version costs more than a frame, in words (N-211)."""
    if not frames(version.plan):
        return []
    return _over(version, [plain(row) for row in lines_of(version)], day)


def _ongoing(plan: Plan) -> dict[UUID, str]:
    before = plan_before(plan)
    if before is None:
        return {}
    started = progress_of(before)
    return {row.line_key: row.title for row in unfinished(before) if row.line_key in started}


def _waiting(plan: Plan) -> dict[UUID, str]:
    keys = needs_without_line(plan)
    return {row.pk: row.title for row in Need.objects.filter(pk__in=keys)}


def missing_years(day: date) -> list[Finding]:
    """Years of the strategy without a plan (N-017)."""
    if plan_form(day) is None:
        return []
    content = strategy.content_on(day)
    planned = Plan.objects.values_list("first_year", flat=True)
    return years_without_plan(content.first_year, content.last_year, planned)
