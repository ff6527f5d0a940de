"""What every arrangement of the demonstration is lived with: who acts when, and acts in the order of their days."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from samstyr.foundation.access import Actor
from samstyr.foundation.governance import queries as models
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.kernel.clock import OSLO
from samstyr.foundation.kernel.errors import Problem
from samstyr.foundation.organisations import queries as organisations
from samstyr.outward.notices import actions as notices

RULE = "demonstration"
PER_DAY = 400
READ_AFTER = timedelta(days=30)


def at(day: date, minute: int = 0) -> datetime:
    """So many minutes after eight in the morning of the day."""
    return (datetime.combine(day, time(8, 0), OSLO) + timedelta(minutes=minute)).astimezone(UTC)


@dataclass
class World:
    """What has come into being so far in an arrangement, by the keys of its file."""

    tenant: UUID
    model: GovernanceModel
    organisations: dict[str, UUID] = field(default_factory=dict)
    units: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    needs: dict[str, UUID] = field(default_factory=dict)
    cases: dict[str, Callable[[], Any]] = field(default_factory=dict)

    def actor(self, person: str, now: datetime) -> Actor:
        """The person as they were on the day."""
        today = now.astimezone(OSLO).date()
        return organisations.actor_for(self.people[person], today=today, role_table=models.role_table(today))

    def by(self, person: str, now: datetime) -> dict[str, Any]:
        """Who and when, as an action takes them."""
        return {"actor": self.actor(person, now), "now": now}

    def office(self, role: str | None, now: datetime) -> str:
        """The first in the file of those who hold the role; the administrator when nobody does."""
        day = now.astimezone(OSLO).date()
        held = {person.pk for person in organisations.holders_of(role, on=day)} if role else set()
        return next((key for key, person in self.people.items() if person.pk in held), "administrator")

    def founder(self) -> Actor:
        """Who makes the arrangement, before there is anybody in it."""
        return Actor(UUID(int=0), self.tenant, "Demonstrasjonen", automatic=RULE)

    def system(self) -> Actor:
        """The system itself, on behalf of the administrator."""
        person = self.people.get("administrator") or next(iter(self.people.values()))
        return Actor(person.pk, self.tenant, str(person), automatic=RULE)


Run = Callable[[Any, datetime], None]


@dataclass(order=True)
class Act:
    """Something that happened on a day: `order` is its place within the day, `place` its place in the file."""

    on: date
    order: int
    place: int
    run: Run = field(compare=False)


def live(world: World, acts: Iterable[Act]) -> None:
    """Everything that happened, on its day and in order, through the rooms' own actions."""
    for number, act in enumerate(sorted(acts)):
        try:
            act.run(world, at(act.on, number % PER_DAY))
        except Problem as problem:
            faults = "; ".join(f"{fault.field}: {fault.message}" for fault in getattr(problem, "errors", ()))
            name = getattr(act.run, "func", act.run).__qualname__
            problem.add_note(f"{act.on:%Y-%m-%d}, number {act.place} of {name}: {faults}")
            raise


def read_old_notices(world: World, people: Iterable[str], day: date) -> None:
    """What is more than a month old has been read."""
    now = at(day)
    for key in people:
        notices.mark_seen(actor=world.actor(key, now), now=now, given_before=now - READ_AFTER)
