"""Needs and matters are written and sent, and their cases go the model's path: treated, heard, and decided in writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from samstyr.demo.arrangement import Arrangement, HearingHeld, InWriting, MatterSent, NeedSent, StatementGiven, Turn
from samstyr.demo.living import Act, Run, World
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework import queries as cases
from samstyr.procedure.casework.queries.standing import standings_of
from samstyr.procedure.counsel import actions as counsel
from samstyr.procedure.counsel.rules import CounselValues
from samstyr.procedure.hearings import actions as hearings
from samstyr.procedure.hearings import queries as hearing_queries
from samstyr.procedure.matters import actions as matters
from samstyr.procedure.matters import queries as matter_queries
from samstyr.procedure.matters.rules import MatterValues
from samstyr.procedure.meetings import actions as meetings
from samstyr.procedure.meetings.queries import written
from samstyr.wheel.needs import actions as needs
from samstyr.wheel.needs import queries as need_queries
from samstyr.wheel.needs.rules.values import NeedValues

BEGUN, TURNED, SAID, CLOSED = 1, 4, 5, 6
SAID_BY_PARTIES = ("advice", "consultation", "discussion")


def acts(data: Arrangement) -> Iterator[Act]:
    """What happened with the needs and the matters."""
    for place, need in enumerate(data.needs):
        yield Act(need.on, BEGUN, place, _need(data, need))
        yield from turns(data, need.key, need.goes, place)
    for place, matter in enumerate(data.matters, len(data.needs)):
        yield Act(matter.on, BEGUN, place, _matter(matter))
        yield from turns(data, matter.key, matter.goes, place)


def turns(data: Arrangement, key: str, goes: Iterable[Turn], place: int) -> Iterator[Act]:
    """What the case by its key went through outside meetings; a meeting does its own."""
    for turn in goes:
        if turn.held_in:
            continue
        yield Act(turn.on, TURNED, place, _turn(key, turn))
        for statement in turn.hearing.statements if turn.hearing else ():
            yield Act(statement.on, SAID, place, _statement(key, statement))
        if turn.written:
            yield Act(turn.written.replied, SAID, place, _replies(key, turn.written))
            yield Act(turn.written.deadline + timedelta(days=1), CLOSED, place, partial(_count, key=key))


def step_of(world: World, key: str, body: str = "") -> Any:
    """The step that the case waits at; where it waits at several, that of the body."""
    case = world.cases[key]()
    assert case is not None, f"{key} has no case"
    rows = [row for row in case.steps.all() if row.state == "active"]
    row = next((row for row in rows if row.actor_body == body), next(iter(rows), None))
    assert row is not None, f"{key} waits nowhere: {[(row.step, row.state) for row in case.steps.all()]}"
    return row


def _need(data: Arrangement, need: NeedSent) -> Run:
    def run(world: World, now: datetime) -> None:
        unit = need.unit or data.people[need.by].at
        values = NeedValues(
            title=need.title, unit=world.units[unit], need=need.need, affected=need.affected, effect=need.effect,
            compels=need.compels, statutory=need.statutory, product=need.product, goals=tuple(need.goals),
            organisations=tuple(world.organisations[key] for key in need.organisations),
            joint=len(need.organisations) > 1, investment_cost=need.investment, operating_cost=need.operating,
            price_year=need.on.year, wanted_year=need.wanted, personal_data=need.personal_data, archive=need.archive,
            work_changes=need.work_changes, answers=need.answers,
        )  # fmt: skip
        by = world.by(need.by, now)
        row = needs.create_draft(**by, values=values)
        world.needs[need.key] = row.pk
        world.cases[need.key] = lambda: cases.case_of("need", row.pk)
        if need.sent:
            needs.submit(**by, need_id=row.pk, version=row.version)

    return run


def _matter(matter: MatterSent) -> Run:
    def run(world: World, now: datetime) -> None:
        by = world.by(matter.by, now)
        row = matters.create_draft(
            **by,
            values=MatterValues(
                path=matter.path, title=matter.title, background=matter.background, question=matter.question,
                requested_by=matter.requested_by, requested_on=matter.requested_on, clause=matter.clause,
                goals=tuple(matter.goals),
                organisations=tuple(world.organisations[key] for key in matter.organisations),
            ),
        )  # fmt: skip
        world.cases[matter.key] = lambda: matter_queries.case_of(row)
        matters.send(**by, matter_id=row.pk, version=row.version)

    return run


def _turn(key: str, turn: Turn) -> Run:
    def run(world: World, now: datetime) -> None:
        if turn.at and step_of(world, key).step != turn.at:
            return
        if turn.resumed:
            casework.resume(actor=world.system(), now=now, case_id=world.cases[key]().pk)
        elif turn.resubmitted:
            row = need_queries.needs_by_ids([world.needs[key]]).get()
            needs.resubmit(**world.by(turn.by, now), need_id=row.pk, version=row.version)
        elif turn.hearing:
            _hear(world, now, key, turn, turn.hearing)
        elif turn.written:
            meetings.start_procedure(
                **world.by(turn.by, now), case_step_id=step_of(world, key).pk, outcome=turn.outcome,
                proposal=turn.text, reason=turn.written.reason, deadline=turn.written.deadline,
            )  # fmt: skip
        else:
            row = step_of(world, key)
            assert row.opened_on <= turn.on, f"{key} came to {row.step} on {row.opened_on}, and is treated {turn.on}"
            lay_ground(world, now, row)
            who = turn.by or _whose(world, row, now)
            casework.treat(
                **world.by(who, now), case_step_id=row.pk, version=None, outcome=turn.outcome, text=turn.text,
                reason=turn.reason, conditions=turn.conditions, until=turn.until, decided_on=turn.on,
                **_checked(row),
            )  # fmt: skip

    return run


def lay_ground(world: World, now: datetime, row: Any) -> None:
    """Enter what the step requires to be on record, as said the day before, where nobody in the file has said it."""
    kinds = {item.key: item.kind for item in cases.path_of(row.case).step(row.step).requires}
    day = oslo_date(now)
    for found in standings_of(row, day):
        if found.met or kinds[found.key] not in SAID_BY_PARTIES:
            continue
        for party in found.missing:
            counsel.give(
                actor=world.system(), now=now,
                values=CounselValues(
                    kinds[found.key], party, row.case.title, "Ingen innvendinger.", on=day - timedelta(days=1),
                    case=row.case_id,
                ),
            )  # fmt: skip


def _checked(row: Any) -> dict[str, Any]:
    """Every point of the step's checklist met, where the model has one."""
    points = getattr(cases.path_of(row.case).step(row.step), "checklist", ())
    return {"checks": {str(point.key): True for point in points}} if points else {}


def _whose(world: World, row: Any, now: datetime) -> str:
    """Who enters what the step's body or role has come to, where the file leaves it to the model."""
    body = world.model.body(row.actor_body) if row.actor_body else None
    return world.office((body.secretary or body.chair) if body else row.actor_role, now)


def _hear(world: World, now: datetime, key: str, turn: Turn, held: HearingHeld) -> None:
    step = step_of(world, key)
    offered = [
        (f"{item.body}@{place.slot}" if place else item.body, f"{item.body}:{place.pk if place else ''}")
        for item, place in hearing_queries.proposed_for(step)
    ]
    wanted = [name for known, name in offered if known in held.asked]
    assert len(wanted) == len(held.asked), f"{key}: can ask {[known for known, _name in offered]}"
    hearings.open_hearing(
        **world.by(turn.by, now), case_step_id=step.pk, question=held.question, deadline=held.deadline,
        consultees=wanted,
    )  # fmt: skip


def _statement(key: str, statement: StatementGiven) -> Run:
    def run(world: World, now: datetime) -> None:
        actor = world.actor(statement.by, now)
        body, _, where = statement.body.partition("@")
        for found in hearing_queries.rounds_of(world.cases[key](), world.system()):
            for line in found.lines:
                row = line.consultee
                if row.body == body and (not where or row.organisation_id == world.organisations[where]):
                    hearings.give_statement(
                        actor=actor, now=now, consultee_id=row.pk, position=statement.position, text=statement.text,
                        conditions=statement.text if statement.position == "conditions" else "",
                    )  # fmt: skip

    return run


def _replies(key: str, held: InWriting) -> Run:
    def run(world: World, now: datetime) -> None:
        procedure = _procedure(world, key)
        members = {row.person_id: row for row in written.members_with_replies(procedure.pk)}
        for person, answer in held.replies.items():
            meetings.reply(**world.by(person, now), member_id=members[world.people[person].pk].pk, answer=answer)

    return run


def _procedure(world: World, key: str) -> Any:
    procedure = written.open_procedure_at(step_of(world, key).pk)
    assert procedure is not None, f"{key} is not out in writing"
    return procedure


def _count(world: World, now: datetime, *, key: str) -> None:
    meetings.close_procedure(actor=world.system(), now=now, procedure_id=_procedure(world, key).pk)
