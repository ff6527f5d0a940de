"""Plans: drafted with their measures, asked about, proposed, adopted, and followed through the budget and the work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from samstyr.demo.arrangement import Arrangement, GrantSought, Joining, Measure, PerHead, PlanMade, Pointed, VersionMade
from samstyr.demo.concerns.cases import turns
from samstyr.demo.living import Act, World
from samstyr.foundation.organisations import queries as organisations
from samstyr.wheel.portfolio import actions, queries
from samstyr.wheel.portfolio.actions import GrantValues
from samstyr.wheel.portfolio.rules.lines import Cost, Line

# Drafting stands after what the day's meetings decided, since a decided need comes into the draft by itself.
DRAFTED, FRAMED, ASKED, ANSWERED, PROPOSED, FOLLOWED = 10, 11, 12, 13, 14, 15


def acts(data: Arrangement) -> Iterator[Act]:
    """What happened with the plans."""
    for place, plan in enumerate(data.plans):
        if plan.frames:
            yield Act(plan.framed or plan.versions[0].drafted, FRAMED, place, partial(_frames, plan=plan))
        for version in plan.versions:
            yield Act(version.drafted, DRAFTED, place, partial(_draft, plan=plan, version=version))
            if version.proposed:
                yield Act(version.proposed, PROPOSED, place, partial(_propose, plan=plan))
            yield from turns(data, f"plan-{plan.first_year}", version.goes, place)
            for at, measure in enumerate(version.measures):
                yield from _joining(plan, measure, at)
                yield from _following(plan, measure, at)
        for at, grant in enumerate(plan.grants):
            yield from _granting(plan, grant, at)
        for at, head in enumerate(plan.per_head):
            yield Act(head.on, FOLLOWED, at, partial(_contribute, plan=plan, head=head))
        for at, pointed in enumerate(plan.pointed):
            yield Act(pointed.on, FOLLOWED, at, partial(_point, plan=plan, pointed=pointed))


def _row(plan: PlanMade) -> Any:
    return next(row for row in queries.plans() if row.first_year == plan.first_year)


def _draft(world: World, now: datetime, *, plan: PlanMade, version: VersionMade) -> None:
    by = world.by(plan.by, now)
    row = next((row for row in queries.plans() if row.first_year == plan.first_year), None)
    draft = row and queries.open_version(row)
    draft = draft or actions.open_draft(**by, first_year=plan.first_year, reason=version.reason)
    world.cases[f"plan-{plan.first_year}"] = lambda: queries.case_of_version(draft)
    if version.rolled:
        earlier = dict(_rollable(plan, draft))
        names = {one.key: _title(world, one) for one in version.measures}
        reasons = {earlier[names[key]]: reason for key, reason in version.rolled.items()}
        actions.roll(**by, version_id=draft.pk, reasons=reasons)
    for key, (reason, review_on) in version.deferred.items():
        line = next(row for row in queries.lines_of(draft) if row.need_id == world.needs[key])
        actions.defer(**by, line_id=line.pk, version=None, reason=reason, review_on=review_on)
    wanted = [
        replace(_line(world, one, plan), rolled_reason=version.rolled.get(one.key, "")) for one in version.measures
    ]
    lay_lines(by, draft, wanted)


def _rollable(plan: PlanMade, draft: Any) -> list[tuple[str, UUID]]:
    before = queries.plan_before(draft.plan)
    return [(row.title, row.line_key) for row in queries.unfinished(before)] if before else []


def lay_lines(by: dict[str, Any], draft: Any, wanted: Sequence[Line]) -> None:
    """Let the draft hold exactly these measures, in this order. A measure is known by its need, else by its title."""

    def known(line: Any, need: UUID | None) -> Any:
        return need or line.title

    present = {known(row, row.need_id): row for row in queries.lines_of(draft)}
    places = {known(line, line.need): at for at, line in enumerate(wanted)}
    for key, row in present.items():
        if key not in places:
            actions.remove_line(**by, line_id=row.pk, version=None)
    for line in wanted:
        found = present.get(known(line, line.need))
        if found is not None:
            actions.save_line(**by, line_id=found.pk, version=None, line=line)
        else:
            actions.add_line(**by, version_id=draft.pk, line=line)
    rows = sorted(queries.lines_of(draft), key=lambda row: places[known(row, row.need_id)])
    actions.rank_lines(**by, version_id=draft.pk, version=None, order=[row.pk for row in rows])


def _title(world: World, measure: Measure) -> str:
    if measure.title:
        return measure.title
    row = world.cases[measure.need]()
    return str(row.title)


def _line(world: World, measure: Measure, plan: PlanMade) -> Line:
    everybody = tuple(world.organisations[key] for key in measure.organisations)
    return Line(
        key=UUID(int=0), rank=0, title=_title(world, measure),
        need=world.needs[measure.need] if measure.need else None, owner=measure.owner, argument=measure.argument,
        organisations=everybody or (next(iter(world.organisations.values())),), cost_key=measure.cost_key,
        starts_on=date(plan.first_year, 1, 15), ends_on=date(plan.first_year, 12, 15),
        costs=tuple(
            Cost(year, cost.kind, cost.source, amount) for cost in measure.costs for year, amount in cost.years.items()
        ),
        kind=measure.kind, focus_area=measure.focus_area, goals=tuple(measure.goals), benefit=measure.benefit,
        answers=measure.answers,
    )  # fmt: skip


def _frames(world: World, now: datetime, *, plan: PlanMade) -> None:
    for source, years in plan.frames.items():
        for year, amount in years.items():
            actions.set_frame(
                actor=world.system(), now=now, plan_id=_row(plan).pk, source=source, year=year, amount=amount
            )


def _propose(world: World, now: datetime, *, plan: PlanMade) -> None:
    draft = queries.open_version(_row(plan))
    assert draft is not None
    actions.propose(**world.by(plan.by, now), version_id=draft.pk, version=None)


def _key_of(world: World, plan: PlanMade, measure: Measure) -> UUID:
    row = _row(plan)
    version = queries.open_version(row) or queries.adopted_version(row)
    assert version is not None
    need = world.needs.get(measure.need)
    return next(
        line.line_key
        for line in queries.lines_of(version)
        if (line.need_id == need if need else line.title == measure.title)
    )


def _joining(plan: PlanMade, measure: Measure, place: int) -> Iterator[Act]:
    held = measure.joining
    if held is None:
        return
    yield Act(held.asked, ASKED, place, partial(_ask, plan=plan, measure=measure, held=held))
    for slot, (answer, on) in held.answers.items():
        yield Act(on, ANSWERED, place, partial(_answer, plan=plan, measure=measure, slot=slot, answer=answer))
    if held.contract:
        yield Act(held.contract, FOLLOWED, place, partial(_contract, plan=plan, measure=measure, on=held.contract))


def _ask(world: World, now: datetime, *, plan: PlanMade, measure: Measure, held: Joining) -> None:
    actions.ask_participation(
        **world.by(plan.by, now), plan_id=_row(plan).pk, line_key=_key_of(world, plan, measure),
        deadline=held.deadline, organisations=tuple(world.organisations[slot] for slot in held.answers),
    )  # fmt: skip


def _call(world: World, plan: PlanMade, measure: Measure) -> Any:
    call = queries.call_of(_row(plan), _key_of(world, plan, measure))
    assert call is not None
    return call


def _answer(world: World, now: datetime, *, plan: PlanMade, measure: Measure, slot: str, answer: str) -> None:
    actions.answer_participation(
        actor=world.system(), now=now, call_id=_call(world, plan, measure).pk,
        organisation_id=world.organisations[slot], answer=answer,
    )  # fmt: skip


def _contract(world: World, now: datetime, *, plan: PlanMade, measure: Measure, on: date) -> None:
    actions.note_contract(
        **world.by(plan.by, now), call_id=_call(world, plan, measure).pk, version=None, contract_on=on
    )


def _following(plan: PlanMade, measure: Measure, place: int) -> Iterator[Act]:
    for state, years in (("granted", measure.followed.granted), ("refused", measure.followed.refused)):
        for year, on in years.items():
            yield Act(on, FOLLOWED, place, partial(_budget, plan=plan, measure=measure, year=year, state=state))
    if measure.followed.started:
        yield Act(measure.followed.started, FOLLOWED + 1, place, partial(_start, plan=plan, measure=measure))
    for on, amount in measure.followed.booked.items():
        yield Act(on, FOLLOWED + 2, place, partial(_book, plan=plan, measure=measure, on=on, amount=amount))
    if measure.followed.status and measure.followed.on:
        yield Act(measure.followed.on, FOLLOWED + 3, place, partial(_progress, plan=plan, measure=measure))


def _of(world: World, plan: PlanMade, measure: Measure, now: datetime) -> dict[str, Any]:
    return {
        "actor": world.system(),
        "now": now,
        "plan_id": _row(plan).pk,
        "line_key": _key_of(world, plan, measure),
    }


def _budget(world: World, now: datetime, *, plan: PlanMade, measure: Measure, year: int, state: str) -> None:
    amount = sum(cost.years.get(year, 0) for cost in measure.costs) if state == "granted" else None
    actions.set_budget_state(**_of(world, plan, measure, now), year=year, state=state, amount=amount)


def _start(world: World, now: datetime, *, plan: PlanMade, measure: Measure) -> None:
    actions.start_measure(**_of(world, plan, measure, now), started_on=measure.followed.started)


def _book(world: World, now: datetime, *, plan: PlanMade, measure: Measure, on: date, amount: int) -> None:
    source = measure.costs[0].source
    actions.book(**_of(world, plan, measure, now), source=source, booked_on=on, amount=amount)


def _progress(world: World, now: datetime, *, plan: PlanMade, measure: Measure) -> None:
    told = measure.followed
    assert told.on is not None
    actions.record_progress(**_of(world, plan, measure, now), state=told.status, happened_on=told.on, note=told.note)


def _granting(plan: PlanMade, grant: GrantSought, place: int) -> Iterator[Act]:
    yield Act(grant.on, FOLLOWED, place, partial(_write, plan=plan, grant=grant))
    if grant.sent:
        yield Act(grant.sent, FOLLOWED + 1, place, partial(_send, plan=plan, grant=grant))
    if grant.settled and grant.granted is not None:
        yield Act(grant.settled, FOLLOWED + 2, place, partial(_settle, plan=plan, grant=grant))


def _write(world: World, now: datetime, *, plan: PlanMade, grant: GrantSought) -> None:
    by = world.by(plan.by, now)
    values = GrantValues(
        fund=grant.fund, title=grant.title, year=grant.year, applied=grant.applied, own_share=grant.own_share,
        purpose=grant.purpose, line_key=_key_of(world, plan, _measure(plan, grant.measure)) if grant.measure else None,
    )  # fmt: skip
    row = actions.write_grant(**by, plan_id=_row(plan).pk, values=values)
    if grant.advice:
        actions.advise_grant(**by, grant_id=row.pk, version=None, advice="recommended", reason=grant.advice, order=1)


def _measure(plan: PlanMade, key: str) -> Measure:
    return next(one for version in plan.versions for one in version.measures if one.key == key)


def _grant(plan: PlanMade, grant: GrantSought) -> Any:
    return next(row for row in queries.grants_of(_row(plan)) if row.title == grant.title)


def _send(world: World, now: datetime, *, plan: PlanMade, grant: GrantSought) -> None:
    actions.send_grant(**world.by(plan.by, now), grant_id=_grant(plan, grant).pk, version=None)


def _settle(world: World, now: datetime, *, plan: PlanMade, grant: GrantSought) -> None:
    assert grant.settled is not None and grant.granted is not None
    actions.settle_grant(
        **world.by(plan.by, now), grant_id=_grant(plan, grant).pk, version=None, granted=grant.granted,
        decided_on=grant.settled,
    )  # fmt: skip


def _contribute(world: World, now: datetime, *, plan: PlanMade, head: PerHead) -> None:
    place = next(row for row in organisations.organisations() if row.slot == head.organisation)
    actions.contribute(
        actor=world.system(), now=now, plan_id=_row(plan).pk, organisation_id=place.pk, receiver=head.receiver,
        year=head.year, rate=head.rate, population=place.population or 0, population_on=date(head.year, 1, 1),
        population_source="Testverdi, avrundet folketall", purpose=head.purpose,
    )  # fmt: skip


def _point(world: World, now: datetime, *, plan: PlanMade, pointed: Pointed) -> None:
    actions.nominate(
        **world.by(plan.by, now), plan_id=_row(plan).pk, source=pointed.source, year=pointed.year,
        title=pointed.title, nominated_by=pointed.by, reason=pointed.reason,
    )  # fmt: skip
