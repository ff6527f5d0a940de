"""What bodies have asked people to do (D-08): the lists, and who may read and write them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet

from samstyr.foundation.access import Act, Actor, Facts, Holder, may
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.organisations.models import Person
from samstyr.foundation.organisations.queries import organisations
from samstyr.foundation.tenancy.scope import require_tenant_id

from ..models import AgendaItem, FollowUp
from .access import item_facts, manage_facts


@dataclass(frozen=True)
class Place:
    """A body whose follow-up somebody may write, with the organisation where each has its own."""

    body: str
    organisation: UUID | None
    name: str

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.body}:{self.organisation or ''}"


def follow_ups_of(body: str, organisation: UUID | None = None, *, open_only: bool = True) -> list[FollowUp]:
    """The body's follow-ups, the most overdue first, each with owner and item; only those not done unless told."""
    rows = with_parts(FollowUp.objects.filter(body=body, organisation_id=organisation))
    if open_only:
        rows = rows.filter(done_at__isnull=True)
    return list(rows.order_by("due_on", "pk"))


def follow_up_by_id(key: UUID) -> FollowUp | None:
    """One, with its parts."""
    return cast("FollowUp | None", with_parts(FollowUp.objects.filter(pk=key)).first())


def with_parts(rows: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """With owner, body's organisation and item in a fixed number of queries."""
    return rows.select_related("owner", "organisation", "item__meeting").prefetch_related(
        "item__disqualifications", "item__meeting__participants"
    )


def own_follow_ups(actor: Actor) -> list[FollowUp]:
    """What the actor, or somebody they stand in for, is to do."""
    rows = with_parts(FollowUp.objects.filter(owner_id__in=actor.people, done_at__isnull=True))
    return list(rows.order_by("due_on", "pk"))


def due_by(day: date) -> list[FollowUp]:
    """Everything not done whose day is at most `day`, for reminders."""
    rows = FollowUp.objects.filter(done_at__isnull=True, due_on__lte=day).select_related("owner")
    return list(rows.order_by("due_on", "pk"))


def listing(
    actor: Actor, today: date, *, body: str = "", owner: UUID | None = None, state: str = "open"
) -> list[FollowUp]:
    """Those the actor may read. `state` is open, overdue, done or all."""
    rows = with_parts(FollowUp.objects.all()).order_by("due_on", "pk")
    found = readable_of(rows, actor, today)
    return chosen_of(found, today, body=body, owner=str(owner or ""), state=state)


def chosen_of(
    rows: Iterable[FollowUp], today: date, *, body: str = "", owner: str = "", state: str = ""
) -> list[FollowUp]:
    """Those of the rows that are the body's and the owner's (its id) and stand so; not done unless told."""
    return [
        row
        for row in rows
        if (not body or row.body == body)
        and (not owner or str(row.owner_id) == owner)
        and (state == "all" or (row.done_at is None) == (state != "done"))
        and (state != "overdue" or row.due_on < today)
    ]


def readable_of(rows: Iterable[FollowUp], actor: Actor, today: date) -> list[FollowUp]:
    """The rows that the actor may read; each body is asked about once."""
    known: dict[tuple[str, UUID | None], Facts] = {}

    def facts_of(row: FollowUp) -> Facts:
        place = (row.body, row.organisation_id)
        if place not in known:
            known[place] = body_facts(*place, today)
        return item_facts(row.item, known[place]) if row.item and row.item.closed else known[place]

    return [row for row in rows if row.owner_id in actor.people or may(actor, Act.CASE_READ, facts_of(row))]


def may_read_follow_up(actor: Actor, row: FollowUp, today: date) -> bool:
    """Whether the actor may read it: the owner, and who reads the body's meetings, and the item if it is closed."""
    return bool(readable_of([row], actor, today))


def body_facts(body: str, organisation: UUID | None, today: date) -> Facts:
    """Who may read what the body has asked for: its members, who serves it, and who reads all cases (CASE_READ)."""
    members = Holder(f"seat:{body}", body, organisation=organisation)
    managers = manage_facts(body, today, organisation).holders
    places = frozenset({organisation} if organisation else ())
    return Facts("follow_up", require_tenant_id(), organisations=places, holders=(members, *managers))


def done_facts(row: FollowUp, today: date) -> Facts:
    """Who may say that it is done, or take it up again: the owner, and who serves the body (MEETING_MANAGE)."""
    facts = manage_facts(row.body, today, row.organisation_id)
    owner = Holder("", row.owner.name, person=row.owner_id)
    return Facts("follow_up", facts.tenant, organisations=facts.organisations, holders=(owner, *facts.holders))


def places_of(actor: Actor, today: date) -> list[Place]:
    """The bodies whose follow-up the actor may write, by name."""
    model = governance.current_model(today)
    found = []
    for body in model.bodies if model else ():
        per = organisations() if body.per == "organisation" else (None,)
        for place in per:
            key = place.pk if place else None
            if may(actor, Act.MEETING_MANAGE, manage_facts(body.key, today, key)):
                name = f"{body.name}, {place}" if place else str(body.name)
                found.append(Place(body.key, key, name))
    return sorted(found, key=lambda one: one.name)


def item_to_follow(key: UUID) -> AgendaItem | None:
    """An item that something may be followed up from, with its meeting."""
    rows = AgendaItem.objects.select_related("meeting").prefetch_related("disqualifications", "meeting__participants")
    return cast("AgendaItem | None", rows.filter(pk=key).first())


def bodies_named(rows: Iterable[Any], today: date) -> dict[str, str]:
    """The bodies' names by key."""
    model = governance.current_model(today)
    names = {body.key: str(body.name) for body in model.bodies} if model else {}
    return {row.body: names.get(row.body, row.body) for row in rows}


def body_name(row: FollowUp) -> str:
    """What the body that asks is called on the day it is due, or is known by."""
    return bodies_named([row], row.due_on)[row.body]


def owners_of(rows: Iterable[FollowUp]) -> list[Person]:
    """Who has something to do, by name."""
    return sorted({row.owner_id: row.owner for row in rows}.values(), key=lambda person: person.name)
