"""The two municipalities of the first document: three years of their history, event by event on its day.

Their files are older and richer than the other arrangements' (see records.py); they are lived by the same means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from samstyr.demo import (
    founding,
    loading_organisations,
    loading_plans,
    loading_portfolio,
    loading_reports,
    loading_year,
)
from samstyr.demo.concerns import meetings, weighings
from samstyr.demo.living import Act, World, at, live, read_old_notices
from samstyr.demo.reading import read
from samstyr.demo.records import Demo, Event, Need, Step
from samstyr.demo.rules.needs import municipality_of
from samstyr.foundation.access import Actor
from samstyr.foundation.tenancy import actions as tenancy
from samstyr.foundation.tenancy import queries as tenants
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework import queries as cases
from samstyr.procedure.hearings import actions as hearings
from samstyr.procedure.hearings import queries as hearing_queries
from samstyr.wheel.needs import actions as needs
from samstyr.wheel.needs import queries as need_queries
from samstyr.wheel.needs.rules.values import NeedValues

BUNDLE = "birkenes-lillesand"
BODIES = {"lederteam-birkenes": ("lederteam", "birkenes"), "lederteam-lillesand": ("lederteam", "lillesand")}


@dataclass
class Joint(World):
    """The joint arrangement: beside what every arrangement has, the demonstration's own records."""

    demo: Demo = field(kw_only=True)


def load(*, password: str | None = None) -> Joint | None:
    """Live the arrangement in an installation without it; None when it is there."""
    demo = read()
    if tenants.tenant_by_slug(demo.tenant.key):
        return None
    tenant = tenancy.create_tenant(slug=demo.tenant.key, name=demo.tenant.name, is_demo=True)
    with tenant_scope(tenant.pk):
        world = Joint(tenant.pk, founding.model_of(BUNDLE), demo=demo)
        loading_organisations.found(world, password)
        founding.adopt(
            world, at(date(2023, 9, 1)), founding.text_of(BUNDLE), by="IT-tjenestens samarbeidsorgan",
            reason="Vedtatt styringsmodell.", valid_from=date(2023, 1, 1),
        )  # fmt: skip
        live(world, [*_meetings(demo), *_needs(demo), *_plans(demo), *_reports(demo)])
        loading_portfolio.weigh(world, at(demo.as_of, 0))
        meetings.call_next(world, at(demo.as_of, 30), demo.as_of)
        loading_reports.begin(world, at(demo.as_of, 40))
        loading_year.keep(world, at(demo.as_of, 40))
        read_old_notices(world, world.people, demo.as_of)
    return world


def settle(world: Joint) -> None:
    """What the secretariat does when the worker has found the best portfolios."""
    weighings.take_best(world.by("it-leder", at(world.demo.as_of, 60)), loading_portfolio.FIRST_YEAR)


def _plans(demo: Demo) -> Iterator[Act]:
    for place, (on, order, run) in enumerate(loading_plans.steps(demo)):
        yield Act(on, order, place, run)


def _reports(demo: Demo) -> Iterator[Act]:
    for place, (on, order, run) in enumerate(loading_reports.steps(demo)):
        yield Act(on, order, place, run)


def _meetings(demo: Demo) -> Iterator[Act]:
    for number, meeting in enumerate(demo.meetings):
        body, organisation = BODIES.get(meeting.body, (meeting.body, ""))

        def plan(
            world: Joint,
            now: datetime,
            *,
            body: str = body,
            where: str = organisation,
            on: date = meeting.on,
            note: str = meeting.note,
        ) -> None:
            casework.plan_meeting(
                actor=world.system(),
                now=now,
                body=body,
                held_on=on,
                organisation=world.organisations.get(where),
                title=note,
            )

        # A year's meetings are planned at its beginning, as the wheel has it.
        yield Act(date(meeting.on.year, 1, 5), 0, number, plan)


ORDER = {Event.HEARING_OPENED: 3, Event.HEARING_CLOSED: 6, Event.INCLUDED: 7, Event.DEFERRED: 7, Event.REJECTED: 7}


def _needs(demo: Demo) -> Iterator[Act]:
    for place, need in enumerate(demo.needs):
        for step in need.history:
            if step.event is Event.SPLIT_OFF:
                continue
            yield Act(step.on, ORDER.get(step.event, 2), place, _step(need, step))
        for statement in need.hearing.statements if need.hearing else ():
            yield Act(statement.on, 5, place, _statement(need, statement))
        for comment in need.comments:
            yield Act(comment.on, 8, place, _comment(need, comment))


def _step(need: Need, step: Step) -> Callable[[Joint, datetime], None]:
    def run(world: Joint, now: datetime) -> None:
        actor = world.actor(step.by, now)
        VERBS[step.event](world, now, actor, need, step)

    return run


def _values(world: Joint, need: Need) -> NeedValues:
    here = municipality_of(world.demo, need)
    both = tuple(world.organisations[key] for key in ("birkenes", "lillesand"))
    names = {goal.key: goal.name for goal in world.demo.goals}
    return NeedValues(
        title=need.title,
        unit=world.units[need.unit],
        need=need.need,
        affected=need.affected,
        effect=need.effect,
        compels="\n".join(part for part in (need.statutory_basis, need.risk) if part),
        statutory=bool(need.statutory_basis),
        product=need.product,
        goals=tuple(names[key] for key in need.goals),
        organisations=both if need.scope == "joint" else (world.organisations[here],),
        joint=need.scope == "joint",
        investment_cost=need.cost.investment,
        operating_cost=need.cost.operating,
        price_year=need.wheel_year,
        wanted_year=need.desired_year,
        personal_data=need.personal_data,
        archive=need.archive,
        work_changes=need.work_changes,
    )


def _created(world: Joint, now: datetime, actor: Actor, need: Need, step: Step) -> None:
    row = needs.create_draft(actor=actor.on_behalf("demonstration"), now=now, values=_values(world, need))
    world.needs[need.key] = row.pk
    for author in need.co_authors:
        needs.add_co_author(actor=actor, now=now, need_id=row.pk, person_id=world.people[author].pk)


def _submitted(world: Joint, now: datetime, actor: Actor, need: Need, step: Step) -> None:
    row = need_queries.needs_by_ids([world.needs[need.key]]).get()
    verb = needs.resubmit if step.event is Event.RESUBMITTED else needs.submit
    verb(actor=actor, now=now, need_id=row.pk, version=row.version)


def _case(world: Joint, need: Need) -> Any:
    return cases.case_of("need", world.needs[need.key])


def _treat(world: Joint, now: datetime, actor: Actor, need: Need, key: str, outcome: str, **more: Any) -> None:
    case = _case(world, need)
    row = next(item for item in case.steps.all() if item.state == "active" and item.step == key)
    casework.treat(actor=actor, now=now, case_step_id=row.pk, version=None, outcome=outcome, **more)


def _assessed(outcome: str) -> Callable[..., None]:
    def run(world: Joint, now: datetime, actor: Actor, need: Need, step: Step) -> None:
        more = {"until": date(step.until_year, 2, 1)} if step.until_year else {}
        _treat(world, now, actor, need, "vurdering", outcome, reason=step.text, **more)

    return run


def _resumed(world: Joint, now: datetime, actor: Actor, need: Need, step: Step) -> None:
    casework.resume(actor=actor.on_behalf("demonstration"), now=now, case_id=_case(world, need).pk)


def _merged(world: Joint, now: datetime, actor: Actor, need: Need, step: Step) -> None:
    into = cases.case_of("need", world.needs[step.into[0]])
    assert into is not None, "what a need is merged into has a case"
    casework.merge(
        actor=actor,
        now=now,
        case_id=_case(world, need).pk,
        version=None,
        into_id=into.pk,
        reason=step.text,
    )


def _split(world: Joint, now: datetime, actor: Actor, need: Need, step: Step) -> None:
    by_key = {each.key: each for each in world.demo.needs}
    parts = [by_key[key] for key in step.into]
    needs.split_need(
        actor=actor.on_behalf("demonstration"),
        now=now,
        need_id=world.needs[need.key],
        version=None,
        parts=[(part.title, part.need) for part in parts],
        reason=step.text,
    )
    titles = {part.title: part.key for part in parts}
    for row in need_queries.visible_to(world.system()).filter(title__in=titles):
        world.needs[titles[row.title]] = row.pk


def _withdrawn(world: Joint, now: datetime, actor: Actor, need: Need, step: Step) -> None:
    row = need_queries.needs_by_ids([world.needs[need.key]]).get()
    needs.withdraw(actor=actor, now=now, need_id=row.pk, version=row.version, reason=step.text)


def _it_lead(world: Joint, now: datetime) -> Actor:
    return world.actor("it-leder", now)


def _hearing_opened(world: Joint, now: datetime, actor: Actor, need: Need, step: Step) -> None:
    _treat(world, now, _it_lead(world, now), need, "mottak", "horing", reason=step.text)
    case = _case(world, need)
    row = next(item for item in case.steps.all() if item.state == "active")
    asked = need.hearing.asked if need.hearing else []
    hearings.open_hearing(
        actor=actor,
        now=now,
        case_step_id=row.pk,
        question=need.hearing.question if need.hearing else "Hva mener dere om behovet?",
        deadline=need.hearing.deadline if need.hearing else now.date() + timedelta(days=14),
        consultees=list(dict.fromkeys(_identity(world, case, key) for key in asked)),
    )


def _identity(world: Joint, case: Any, key: str) -> str:
    consultee = next(each for each in world.demo.consultees if each.key == key)
    shared = len(consultee.municipalities) > 1
    where = "" if shared else str(world.organisations[consultee.municipalities[0]])
    return f"{consultee.body}:{where}"


def _statement(need: Need, statement: Any) -> Callable[[Joint, datetime], None]:
    def run(world: Joint, now: datetime) -> None:
        consultee = next(each for each in world.demo.consultees if each.key == statement.consultee)
        case = _case(world, need)
        shared = len(consultee.municipalities) > 1
        where = None if shared else world.organisations[consultee.municipalities[0]]
        for found in hearing_queries.rounds_of(case, world.system()):
            for line in found.lines:
                if line.consultee.body == consultee.body and line.consultee.organisation_id == where:
                    hearings.give_statement(
                        actor=world.actor(consultee.person, now),
                        now=now,
                        consultee_id=line.consultee.pk,
                        position=statement.position,
                        text=statement.text,
                        conditions=statement.text if statement.position == "conditions" else "",
                        exempt=statement.exempt is not None,
                        legal_basis=statement.exempt.basis if statement.exempt else "",
                    )

    return run


def _hearing_closed(world: Joint, now: datetime, actor: Actor, need: Need, step: Step) -> None:
    _treat(world, now, _it_lead(world, now).on_behalf("demonstration"), need, "horing", "ferdig")


def _forum(outcome: str) -> Callable[..., None]:
    def run(world: Joint, now: datetime, actor: Actor, need: Need, step: Step) -> None:
        present = loading_organisations.present(world, "digitaliseringsforum", step.on)
        _treat(
            world,
            now,
            actor,
            need,
            "forum",
            outcome,
            text=step.text if outcome == "inn" else "",
            reason="" if outcome == "inn" else step.text,
            decided_on=step.on,
            present=present,
        )

    return run


def _reopened(world: Joint, now: datetime, actor: Actor, need: Need, step: Step) -> None:
    casework.reopen(actor=actor, now=now, case_id=_case(world, need).pk, reason=step.text)


def _comment(need: Need, comment: Any) -> Callable[[Joint, datetime], None]:
    def run(world: Joint, now: datetime) -> None:
        case = _case(world, need)
        if case is None:
            return
        names = [world.people[key].name for key in comment.mentions]
        text = " ".join([comment.text, *(f"@[{name}]" for name in names)])
        casework.comment(
            actor=world.actor(comment.by, now).on_behalf("demonstration"), now=now, case_id=case.pk, text=text
        )

    return run


VERBS: dict[Event, Callable[..., None]] = {
    Event.CREATED: _created,
    Event.SUBMITTED: _submitted,
    Event.RESUBMITTED: _submitted,
    Event.FORWARDED: _assessed("send"),
    Event.RETURNED: _assessed("tilbake"),
    Event.STOPPED: _assessed("stopp"),
    Event.PARKED: _assessed("parker"),
    Event.RESUMED: _resumed,
    Event.MERGED: _merged,
    Event.SPLIT: _split,
    Event.WITHDRAWN: _withdrawn,
    Event.HEARING_OPENED: _hearing_opened,
    Event.HEARING_CLOSED: _hearing_closed,
    Event.INCLUDED: _forum("inn"),
    Event.DEFERRED: _forum("utsatt"),
    Event.REJECTED: _forum("avslag"),
    Event.REOPENED: _reopened,
}
