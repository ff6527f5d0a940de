"""The demonstration's plans, lived through the portfolio's own actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from samstyr.demo import loading_organisations
from samstyr.demo.concerns.plans import lay_lines
from samstyr.demo.records import Demo, Line, Meeting, Plan, Treatment, Version
from samstyr.procedure.casework import actions as casework
from samstyr.wheel.portfolio import actions, queries
from samstyr.wheel.portfolio.rules.lines import Cost
from samstyr.wheel.portfolio.rules.lines import Line as PlanLine

if TYPE_CHECKING:
    from samstyr.demo.joint import Joint

OUTCOMES = {"endorsed": "slutter-seg-til", "endorsed_with_remarks": "merknader", "not_endorsed": "ikke"}
DIRECTORS = {"lederteam-birkenes": "b-kommunedirektor", "lederteam-lillesand": "l-kommunedirektor"}
CHAIR = "l-kommunedirektor"
Run = Callable[["Joint", datetime], None]


def steps(demo: Demo) -> Iterator[tuple[date, int, Run]]:
    """What happened with the plans: the day, the order within it, and how."""
    meetings = {meeting.key: meeting for meeting in demo.meetings}
    for plan in demo.plans:
        for version in plan.versions:
            yield meetings[version.proposal.meeting].on, 9, _proposal(plan, version)
            for treatment in version.treatments:
                if treatment.meeting:
                    yield (
                        meetings[treatment.meeting].on,
                        10,
                        _treatment(plan, version, treatment, meetings[treatment.meeting]),
                    )
            if version.decision:
                yield (
                    meetings[version.decision.meeting].on,
                    11,
                    _decision(plan, version, meetings[version.decision.meeting]),
                )
        settled = [version for version in plan.versions if version.decision]
        if settled:
            adopted = meetings[settled[-1].decision.meeting].on  # type: ignore[union-attr]
            for line in settled[-1].lines:
                yield from _following(demo, plan, line, adopted)


def _open(world: Joint, plan: Plan) -> Any:
    row = next((row for row in queries.plans() if row.first_year == plan.first_year), None)
    return row and queries.open_version(row)


def _proposal(plan: Plan, version: Version) -> Run:
    def run(world: Joint, now: datetime) -> None:
        actor = world.actor("it-leder", now)
        draft = _open(world, plan) or actions.open_draft(
            actor=actor, now=now, first_year=plan.first_year, reason=version.change_summary
        )
        ranked = sorted(version.lines, key=lambda line: line.rank)
        wanted = [_content(world, line, world.needs[line.need]) for line in ranked]
        lay_lines({"actor": actor, "now": now}, draft, wanted)
        actions.propose(actor=actor, now=now, version_id=draft.pk, version=None)

    return run


def _content(world: Joint, line: Line, need: UUID) -> PlanLine:
    row = next(each for each in world.demo.needs if each.key == line.need)
    both = ("birkenes", "lillesand") if row.scope == "joint" else (_municipality(world, row.unit),)
    shares = {str(world.organisations[slot]): percent for slot, percent in line.cost_key.percent.items()}
    # What is fixed in one line only is an agreement for that line; the model's fixed key has its own shares.
    key = "own_choice" if line.cost_key.percent and len(both) > 1 else "per_capita"
    return PlanLine(
        key=UUID(int=0),
        rank=0,
        title=row.title,
        need=need,
        owner=world.people[line.owner].name,
        argument="",
        organisations=tuple(world.organisations[slot] for slot in both),
        cost_key=key,
        own_shares=shares if key == "own_choice" else {},
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        costs=tuple(
            Cost(year, cost.kind, cost.source, amount) for cost in line.costs for year, amount in cost.years.items()
        ),
    )


def _municipality(world: Joint, unit: str) -> str:
    sector = next((each.sector for each in world.demo.units if each.key == unit), unit)
    return next(each.organisation for each in world.demo.sectors if each.key == sector)


def _step(world: Joint, plan: Plan, key: str, slot: str = "") -> Any:
    draft = _open(world, plan)
    case = queries.case_of_version(draft)
    assert case is not None
    where = world.organisations.get(slot)
    return next(
        row
        for row in case.steps.all()
        if row.state == "active" and row.step == key and (where is None or row.organisation_id == where)
    )


def _treatment(plan: Plan, version: Version, treatment: Treatment, meeting: Meeting) -> Run:
    def run(world: Joint, now: datetime) -> None:
        slot = treatment.body.removeprefix("lederteam-")
        outcome = OUTCOMES[treatment.outcome]
        casework.treat(
            actor=world.actor(DIRECTORS[treatment.body], now),
            now=now,
            case_step_id=_step(world, plan, "lederteam", slot).pk,
            version=None,
            outcome=outcome,
            text=treatment.text or "Lederteamet slutter seg til forslaget.",
            reason=treatment.text if outcome == "ikke" else "",
            decided_on=meeting.on,
            present=loading_organisations.present(world, treatment.body, meeting.on),
        )

    return run


def _decision(plan: Plan, version: Version, meeting: Meeting) -> Run:
    def run(world: Joint, now: datetime) -> None:
        if any(treatment.outcome == "waived" for treatment in version.treatments):
            casework.expire_steps(actor=world.system(), now=now)
        assert version.decision is not None
        casework.treat(
            actor=world.actor(CHAIR, now),
            now=now,
            case_step_id=_step(world, plan, "samarbeidsorgan").pk,
            version=None,
            outcome="vedtatt",
            text=f"{version.decision.number}: {version.decision.text}",
            decided_on=meeting.on,
            present=loading_organisations.present(world, "samarbeidsorganet", meeting.on),
        )

    return run


def _following(demo: Demo, plan: Plan, line: Line, adopted: date) -> Iterator[tuple[date, int, Run]]:
    budget = line.budget
    if budget.state != "open":
        on = min(max(budget.decided_on or adopted + timedelta(days=14), adopted), demo.as_of)
        yield on, 12, _budget(plan, line)
    # A measure that goes on from an earlier plan is followed there.
    if line.started_on and line.started_on < max(date(plan.first_year, 1, 1), adopted):
        return
    if line.started_on:
        yield line.started_on, 13, _start(plan, line)
    if line.finished_on:
        yield line.finished_on, 14, _progress(plan, line, "done", line.finished_on)
    elif line.started_on and (line.progress or line.status != "started"):
        yield demo.as_of - timedelta(days=20), 14, _progress(plan, line, line.status, demo.as_of - timedelta(days=20))
    elif line.progress or line.status == "stopped":
        on = max(adopted, demo.as_of - timedelta(days=20))
        yield on, 14, _progress(plan, line, line.status, on)


def _place(world: Joint, plan: Plan, line: Line) -> tuple[UUID, UUID]:
    row = next(row for row in queries.plans() if row.first_year == plan.first_year)
    version = queries.adopted_version(row)
    assert version is not None
    need = world.needs[line.need]
    return row.pk, next(each.line_key for each in queries.lines_of(version) if each.need_id == need)


def _budget(plan: Plan, line: Line) -> Run:
    def run(world: Joint, now: datetime) -> None:
        plan_id, key = _place(world, plan, line)
        actions.set_budget_state(
            actor=world.system(),
            now=now,
            plan_id=plan_id,
            line_key=key,
            year=line.budget.year,
            state=line.budget.state,
            amount=line.budget.granted if line.budget.granted is not None else line.budget.applied,
            note=line.budget.note,
        )

    return run


def _start(plan: Plan, line: Line) -> Run:
    def run(world: Joint, now: datetime) -> None:
        plan_id, key = _place(world, plan, line)
        actions.start_measure(actor=world.system(), now=now, plan_id=plan_id, line_key=key, started_on=line.started_on)

    return run


def _progress(plan: Plan, line: Line, status: str, on: date) -> Run:
    def run(world: Joint, now: datetime) -> None:
        plan_id, key = _place(world, plan, line)
        actions.record_progress(
            actor=world.system(),
            now=now,
            plan_id=plan_id,
            line_key=key,
            state=status,
            happened_on=on,
            note=line.progress,
        )

    return run
