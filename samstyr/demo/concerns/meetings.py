"""Meetings are planned for the year, called with what waits, held, minuted, and the minutes approved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from samstyr.demo.arrangement import Arrangement, Gathering, Item, Turn
from samstyr.demo.concerns.cases import lay_ground, step_of
from samstyr.demo.living import Act, World
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework import queries as days
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.queries import agenda, minutes
from samstyr.procedure.meetings.queries.holding import is_there

PLANNED, CALLED, HELD, APPROVED = 0, 7, 8, 9
NOTICE, READ = timedelta(days=10), timedelta(days=4)
SHORT = "Satt opp ved årets begynnelse."
STATUS = Item(kind="report", title="Status for tiltakene i planen", text="Framdrift og penger siden sist.", minutes=10)


def acts(data: Arrangement) -> Iterator[Act]:
    """A year's meetings are planned at its beginning, as a wheel has it; those that were held come on their days."""
    for body, planned in data.meetings.items():
        for place, day in enumerate(planned):
            on = max(date(day.year, 1, 5), data.beginning)
            yield Act(on, PLANNED, place, partial(_plan, body=body, day=day))
    decided = _decided(data)
    for place, held in enumerate(data.gatherings):
        keys = decided.get((held.body, held.on), {})
        yield Act(held.called or held.on - NOTICE, CALLED, place, partial(_call, held=held, keys=tuple(keys)))
        if held.stage != "called":
            yield Act(held.on, HELD, place, partial(_hold, held=held, turns=keys))
        if held.stage == "approved":
            yield Act(held.on + READ, APPROVED, place, partial(_approve, held=held))


def _decided(data: Arrangement) -> dict[tuple[str, date], dict[str, Turn]]:
    """The cases that each meeting decided, by body and day."""
    found: dict[tuple[str, date], dict[str, Turn]] = {}
    subjects = [(need.key, need.goes) for need in data.needs]
    subjects += [(matter.key, matter.goes) for matter in data.matters]
    subjects += [(f"plan-{plan.first_year}", one.goes) for plan in data.plans for one in plan.versions]
    for key, goes in subjects:
        for turn in goes:
            if turn.held_in:
                found.setdefault((turn.held_in, turn.on), {})[key] = turn
    return found


def _plan(world: World, now: datetime, *, body: str, day: date) -> None:
    casework.plan_meeting(actor=world.system(), now=now, body=body, held_on=day)


def secretary(world: World, body: str, now: datetime) -> str:
    """Who prepares the body's meetings, by key."""
    found = world.model.body(body)
    return world.office(found.secretary or found.convener or found.chair if found else None, now)


def _meeting(held: Gathering) -> Any:
    day = next(row for row in days.meetings_of(since=held.on, until=held.on) if row.body == held.body)
    return next(row for row in agenda.meetings_between(held.on, held.on) if row.day_id == day.pk)


def _call(world: World, now: datetime, *, held: Gathering, keys: tuple[str, ...]) -> None:
    by = world.by(secretary(world, held.body, now), now)
    day = next((row for row in days.meetings_of(since=held.on, until=held.on) if row.body == held.body), None)
    assert day is not None, f"{held.body} has no meeting planned on {held.on}"
    waiting = [step_of(world, key, held.body).pk for key in keys]
    prepare(by, day, waiting, held.items, place=held.place, all_waiting=held.waiting)


def prepare(
    by: dict[str, Any], day: Any, waiting: list[Any], items: list[Item], *, place: str, all_waiting: bool
) -> None:
    """A meeting prepared, with its cases and what else is on the agenda, and called."""
    meeting = actions.prepare_meeting(**by, day_id=day.pk)
    actions.save_meeting(
        **by, meeting_id=meeting.pk, version=meeting.version, starts_at=meeting.starts_at, ends_at=meeting.ends_at,
        place=place,
    )  # fmt: skip
    if all_waiting:
        waiting = [row.pk for row in agenda.not_on_an_agenda(meeting)[:6]]
    if waiting:
        actions.add_cases(**by, meeting_id=meeting.pk, case_step_ids=waiting)
    for item in items:
        actions.add_item(
            **by, meeting_id=meeting.pk, kind=item.kind, title=item.title, text=item.text, minutes_long=item.minutes
        )
    if waiting or items:
        actions.call_meeting(**by, meeting_id=meeting.pk, version=None, short_reason=SHORT)


def _hold(world: World, now: datetime, *, held: Gathering, turns: dict[str, Turn]) -> None:
    by = world.by(secretary(world, held.body, now), now)
    meeting = _meeting(held)
    absent = {world.people[key].pk for key in held.absent}
    for row in meeting.participants.all():
        if row.person_id and row.person_id not in absent:
            actions.set_attendance(**by, participant_id=row.pk, how="present")
    leader = None
    if not any(row.leads and is_there(row) for row in _meeting(held).participants.all()):
        leader = next(row.pk for row in _meeting(held).participants.all() if row.votes and is_there(row))
    actions.open_meeting(**by, meeting_id=meeting.pk, leader_id=leader)
    by_step = {step_of(world, key, held.body).pk: (key, turn) for key, turn in turns.items()}
    decisions = {item.title: item.decision for item in held.items}
    for item in agenda.items_of(meeting):
        key, turn = by_step.get(item.case_step_id, ("", None)) if item.case_step_id else ("", None)
        if item.case_step_id and turn is None:
            continue
        row = actions.open_item(**by, item_id=item.pk)
        if key in held.discussion:
            actions.write_discussion(**by, item_id=row.pk, version=row.version, text=held.discussion[key])
        if turn is not None:
            lay_ground(world, now, step_of(world, key, held.body))
            actions.decide_item(
                **by, item_id=row.pk, how="agreed", outcome=turn.outcome, text=turn.text, reason=turn.reason,
                conditions=turn.conditions, until=turn.until,
            )  # fmt: skip
        else:
            actions.decide_item(**by, item_id=row.pk, how="agreed", text=decisions.get(item.title, "Godkjent."))
    actions.end_meeting(**by, meeting_id=meeting.pk)
    drafted = actions.draft_minutes(**by, meeting_id=meeting.pk)
    if held.stage != "held":
        actions.send_minutes(**by, minutes_id=drafted.pk, version=None)


def _approve(world: World, now: datetime, *, held: Gathering) -> None:
    meeting = _meeting(held)
    sent = minutes.minutes_of(meeting.pk)
    assert sent is not None
    if minutes.approval_rule(meeting) == "next_meeting":
        return  # the body's next meeting approves them itself
    chair = next(key for key, person in world.people.items() if person.pk == meeting.chair_id)
    actions.approve_minutes(**world.by(chair, now), minutes_id=sent.pk, digest=sent.digest)


AHEAD = timedelta(days=150)


def call_next(world: World, now: datetime, today: date) -> None:
    """The next meeting of each body is prepared; where cases wait they are on the agenda, and it is called."""
    seen = set()
    for day in days.meetings_of(since=today + timedelta(days=1), until=today + AHEAD):
        place = (day.body, day.organisation_id)
        if day.cancelled or place in seen:
            continue
        seen.add(place)
        prepare({"actor": world.system(), "now": now}, day, [], [STATUS], place="Rådhuset, møterom 2", all_waiting=True)
