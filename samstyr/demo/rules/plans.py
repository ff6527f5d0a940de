"""Each plan is proposed, treated and adopted in that order, holds needs that the forum took in, and adds up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from samstyr.demo.records import Demo, Event, Line, Meeting, Plan, Treatment, Version
from samstyr.demo.rules.needs import municipality_of

MANAGEMENT_TEAMS = {"lederteam-birkenes", "lederteam-lillesand"}
YEARS = 4


def plan_faults(demo: Demo) -> Iterator[str]:
    """Every fault of every plan, place first."""
    for plan in demo.plans:
        if [version.number for version in plan.versions] != list(range(1, len(plan.versions) + 1)):
            yield f"plan {plan.key}: versions are not numbered 1, 2, 3"
        for version in plan.versions:
            yield from (f"plan {plan.key} version {version.number}: {fault}" for fault in _version(demo, plan, version))
    yield from _left_out(demo)


def totals(lines: list[Line], first_year: int) -> dict[str, dict[int, int]]:
    """Kroner per kind and year over all lines, for the four years of the plan; 0 where nothing is planned."""
    return {
        kind: {
            year: sum(cost.years.get(year, 0) for line in lines for cost in line.costs if cost.kind == kind)
            for year in range(first_year, first_year + YEARS)
        }
        for kind in ("investment", "operating")
    }


def _version(demo: Demo, plan: Plan, version: Version) -> Iterator[str]:
    yield from _order(demo, plan, version)
    if [line.rank for line in version.lines] != list(range(1, len(version.lines) + 1)):
        yield "ranks are not 1, 2, 3"
    if len({line.need for line in version.lines}) != len(version.lines):
        yield "a need has two lines"
    if totals(version.lines, plan.first_year) != version.totals:
        yield f"the control sums are wrong; the lines give {totals(version.lines, plan.first_year)}"
    proposed_on = _meetings(demo)[version.proposal.meeting].on
    for line in version.lines:
        yield from (f"line {line.need}: {fault}" for fault in _line(demo, plan, line, proposed_on))


def _order(demo: Demo, plan: Plan, version: Version) -> Iterator[str]:
    """B-21, B-36, B-44: forum, then each lederteam answered or waived, then samarbeidsorganet."""
    proposal = _meetings(demo)[version.proposal.meeting]
    if proposal.body != "digitaliseringsforum" or proposal.status != "held":
        yield "the proposal does not come from a meeting that the forum has held"
    if {each.body for each in version.treatments} != MANAGEMENT_TEAMS or len(version.treatments) != 2:
        yield "not both lederteam are asked, once each"
    for treatment in version.treatments:
        yield from _treatment(demo, treatment, proposal.on)
    settled = [_settled_on(demo, treatment) for treatment in version.treatments]
    newest = version.number == len(plan.versions)
    if (version.state == "proposed") != (version.decision is None) or (version.planned_meeting is None) == (
        version.decision is None
    ):
        yield f"is {version.state}, which does not fit its decision"
    if version.state == "superseded" and newest:
        yield "is superseded by nothing"
    if version.decision:
        decided = _meetings(demo)[version.decision.meeting]
        if decided.body != "samarbeidsorganet" or decided.status != "held":
            yield "is not adopted at a meeting that samarbeidsorganet has held"
        if None in settled or any(day and day > decided.on for day in settled):
            yield "is adopted before both lederteam have answered or waived"


def _treatment(demo: Demo, treatment: Treatment, proposed_on: date) -> Iterator[str]:
    if treatment.deadline <= proposed_on:
        yield f"the deadline of {treatment.body} is not after the proposal"
    if (treatment.meeting is None) != (treatment.outcome in ("waived", "pending")):
        yield f"{treatment.body} is {treatment.outcome}, which does not fit its meeting"
    if treatment.outcome == "waived" and treatment.deadline > demo.as_of:
        yield f"{treatment.body} has waived before its deadline"
    if treatment.outcome == "pending" and treatment.deadline < demo.as_of:
        yield f"{treatment.body} is pending after its deadline"
    if treatment.meeting:
        met = _meetings(demo)[treatment.meeting]
        if met.body != treatment.body or met.status != "held":
            yield f"{treatment.body} did not hold the meeting {met.key}"
        if not proposed_on < met.on <= treatment.deadline:
            yield f"{treatment.body} treated it on {met.on}, before the proposal or after the deadline"


def _settled_on(demo: Demo, treatment: Treatment) -> date | None:
    """The day from which the next body may decide: the meeting, or the day after a missed deadline."""
    if treatment.meeting:
        return _meetings(demo)[treatment.meeting].on
    return date.fromordinal(treatment.deadline.toordinal() + 1) if treatment.outcome == "waived" else None


def _line(demo: Demo, plan: Plan, line: Line, proposed_on: date) -> Iterator[str]:
    need = next(each for each in demo.needs if each.key == line.need)
    if not any(step.event is Event.INCLUDED and step.on <= proposed_on for step in need.history):
        yield "the forum had not taken the need in when it proposed"
    in_plan = set(range(plan.first_year, plan.first_year + YEARS))
    if any(not set(cost.years) <= in_plan or min(cost.years.values()) <= 0 for cost in line.costs):
        yield "a cost is outside the plan's years or not above 0"
    if len({(cost.kind, cost.source) for cost in line.costs}) != len(line.costs):
        yield "two cost rows have the same kind and source"
    percent = line.cost_key.percent
    if (line.cost_key.kind == "per_capita") == bool(percent) or (percent and sum(percent.values()) != 100):
        yield "the cost key does not add up to 100 per cent"
    alone = {key for key, share in percent.items() if share == 100}
    if need.scope == "single" and alone != {municipality_of(demo, need)}:
        yield "one municipality's own need is not paid by it alone"
    if line.ends_on <= line.starts_on:
        yield "ends before it starts"
    yield from _progress(demo, line)
    yield from _budget(line)


def _progress(demo: Demo, line: Line) -> Iterator[str]:
    if (line.status == "not_started") != (line.started_on is None) or (line.status == "done") != bool(line.finished_on):
        yield f"is {line.status}, which does not fit its dates"
    if line.started_on and line.started_on > demo.as_of:
        yield "has started in the future"
    first_cost = min(year for cost in line.costs for year in cost.years)
    if line.started_on and line.starts_on.year >= first_cost and line.started_on < date(first_cost, 1, 1):
        yield "has started before its budget year"  # B-41
    if line.started_on and line.budget.state == "refused":
        yield "has started without money"


def _budget(line: Line) -> Iterator[str]:
    budget = line.budget
    applied = sum(cost.years.get(budget.year, 0) for cost in line.costs)
    if applied != budget.applied:
        yield f"applies for {budget.applied}, but its costs in {budget.year} are {applied}"
    expected = {"granted": budget.applied, "refused": 0}.get(budget.state)
    if budget.state == "partly":
        if budget.granted is None or not 0 < budget.granted < budget.applied:
            yield "is granted partly, but not between nothing and all"
    elif budget.granted != expected:
        yield f"is {budget.state}, but {budget.granted} is granted"
    if (budget.decided_on is None) != (budget.state in ("open", "sent", "in_proposal")):
        yield f"is {budget.state}, which does not fit the day of its budget decision"


def _left_out(demo: Demo) -> Iterator[str]:
    planned = {line.need for plan in demo.plans for version in plan.versions for line in version.lines}
    for need in demo.needs:
        if (need.state == "portfolio") != (need.key in planned):
            yield f"need {need.key}: is {need.state}, which does not fit the plans"


def _meetings(demo: Demo) -> dict[str, Meeting]:
    return {each.key: each for each in demo.meetings}
