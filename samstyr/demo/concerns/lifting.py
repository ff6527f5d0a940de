"""A case that one arrangement lifts to another; done when both have been lived, since it crosses from one to the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from samstyr.demo.arrangement import Arrangement, LiftedHere
from samstyr.demo.living import RULE, World, at
from samstyr.foundation.access import Act as Right
from samstyr.foundation.access import Actor
from samstyr.foundation.governance import queries as models
from samstyr.foundation.organisations import queries
from samstyr.foundation.tenancy import queries as tenants
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.casework import queries as cases
from samstyr.procedure.lifting import actions, carrying
from samstyr.procedure.lifting.rules import Package
from samstyr.wheel.handovers import case_to_package as packing


def lift(world: World, data: Arrangement) -> None:
    """Every case that others have lifted to the arrangement."""
    for one in data.lifted:
        _lift(world, data, one)


def _lift(world: World, data: Arrangement, one: LiftedHere) -> None:
    other = tenants.tenant_by_slug(one.sender)
    assert other is not None, f"{one.sender} is not loaded"
    with tenant_scope(world.tenant):
        secret = actions.invite(**world.by(one.by, at(one.connected)), name=other.name)
    founder = Actor(UUID(int=0), other.pk, "Demonstrasjonen", automatic=RULE)
    with tenant_scope(other.pk):
        channel = carrying.connect(
            actor=founder, now=at(one.connected), code=f"{data.tenant.key}.{secret}", own_name=other.name
        )
        open_ones = cases.visible_to(founder).filter(state="open").order_by("-opened_at")
        case = next(row for row in open_ones if not one.case or row.title == one.case)
        package = Package(
            title=case.title, background=packing.words_of(case, next(_leads(one.on)), one.on), question=one.question,
            priority=one.priority,
            files=tuple(packing.copy_of(row) for row in packing.files_of(case) if not row.exempt),
        )  # fmt: skip
        carrying.lift_case(
            actor=next(_leads(one.on)), now=at(one.on), case_id=case.pk, channel_id=channel.pk, package=package
        )


def _leads(day: date) -> Iterator[Actor]:
    """Those who run the cases of the arrangement in scope."""
    table = models.role_table(day)
    for role in models.roles_with(Right.CASE_ADMINISTER, day):
        for person in queries.holders_of(role, on=day):
            yield queries.actor_for(person, today=day, role_table=table)
