"""A body as it is on a day: its rules, its members, and what waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.bodies import Body
from samstyr.foundation.governance.rules.meeting import Settings, settings_of
from samstyr.foundation.governance.rules.paths import Decision
from samstyr.foundation.organisations.models import Person, Seat
from samstyr.foundation.organisations.queries import holders_of, seats_of
from samstyr.procedure.casework.models import Case, CaseState, CaseStep, StepState
from samstyr.procedure.casework.queries import path_of, with_parts


@dataclass(frozen=True)
class Member:
    """A seat on the day, who holds it (None: vacant), and what goes with it.

    `name` is the seat's own: its group, and the area or organisation it is for. `leads` is the body's chair.
    """

    seat: Seat
    person: Person | None
    name: str
    votes: bool
    speaks: bool
    weight: int
    leads: bool
    proxies: bool


def body_on(key: str, day: date) -> Body | None:
    """The body in the model in force on the day."""
    model = governance.current_model(day)
    return model.body(key) if model else None


def chair_place_on(body: Body, day: date, organisation: UUID | None = None) -> UUID | None:
    """In which organisation who chairs the body holds the role on the day."""
    model = governance.current_model(day)
    return governance.chair_place(model, body, organisation) if model else organisation


def settings_on(key: str, day: date) -> Settings:
    """What the body's meetings go by; the usual for administrative bodies when the model no longer has it."""
    return settings_of(body_on(key, day) or Body(key="-", name="-"))  # type: ignore[arg-type]


def members_of(key: str, day: date, organisation: UUID | None = None) -> list[Member]:
    """The body's seats on the day with holders, in the order of the model's groups; substitutes are none of them."""
    body = body_on(key, day)
    composition = body.composition_on(day) if body else None
    seats = composition.groups if composition else ()
    groups = {group.key: group for group in seats if group.substitutes_for is None}
    places = {name: at for at, name in enumerate(groups)}
    chairs = (
        {person.pk for person in holders_of(body.chair, on=day, organisation=chair_place_on(body, day, organisation))}
        if body and body.chair
        else set()
    )
    found = []
    for seat, person in seats_of(key, on=day, body_organisation=organisation):
        group = groups.get(seat.group)
        if groups and group is None:
            continue
        where = seat.unit or seat.organisation
        name = ", ".join(str(part) for part in (group.name if group else seat.group, where) if part)
        found.append(
            Member(
                seat, person, name, seat.votes and (group is None or group.votes), group is None or group.speaks,
                group.weight if group else 1, person is not None and person.pk in chairs, bool(group and group.proxies),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (places.get(one.seat.group, 99), one.seat.number))


def substitutes_of(key: str, group: str, day: date, organisation: UUID | None = None) -> list[Person] | None:
    """The substitutes of a group of members in their order; None where the model names no substitutes for it."""
    body = body_on(key, day)
    composition = body.composition_on(day) if body else None
    own = [one.key for one in (composition.groups if composition else ()) if one.substitutes_for == group]
    if not own:
        return None
    seats = [row for row in seats_of(key, on=day, body_organisation=organisation) if row[0].group in own]
    seats.sort(key=lambda row: (own.index(row[0].group), row[0].number))
    return [person for _seat, person in seats if person is not None]


def decision_of(step: Any, settings: Settings) -> Decision:
    """How the body comes to its outcome at the step: the step's own rule, else the body's."""
    if step is not None and step.decision is not None:
        return step.decision  # type: ignore[no-any-return]
    return Decision(rule=settings.value("decision"), tie=settings.value("tie"))


def waiting_for(key: str, organisation: UUID | None = None) -> list[CaseStep]:
    """The active steps that wait for the body, soonest deadline first.

    For a body that each organisation has, only that organisation's. Each row's `case` has its parts read.
    """
    rows = CaseStep.objects.filter(actor_body=key, state=StepState.ACTIVE, case__state=CaseState.OPEN)
    if organisation is not None:
        rows = rows.filter(Q(organisation_id=organisation) | Q(organisation__isnull=True))
    found = list(rows.select_related("organisation", "unit"))
    cases = {case.pk: case for case in with_parts(Case.objects.filter(pk__in={row.case_id for row in found}))}
    for row in found:
        row.case = cases[row.case_id]
    return sorted(found, key=lambda row: (row.due_on is None, row.due_on or date.max, row.case.year, row.case.number))


def step_of(row: CaseStep) -> Any:
    """The step in the model version that the case is on."""
    return path_of(row.case).step(row.step)
