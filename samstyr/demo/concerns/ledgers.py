"""What a body keeps: entries of its ledgers with their states, what its cases serve, and what its members know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from samstyr.demo.arrangement import Arrangement
from samstyr.demo.living import Act, World, at
from samstyr.demo.upkeep import Counted, Kept, Ordered
from samstyr.procedure.mandates import actions
from samstyr.procedure.mandates.rules import EntryValues

LAST = 60


def acts(data: Arrangement) -> Iterator[Act]:
    """Each entry with all that became of it, then counts, the order, tags and competence, on their days."""
    made: dict[str, UUID] = {}
    for place, kept in enumerate(data.kept):
        yield Act(kept.on, 40, place, partial(_keep, kept=kept, made=made))
    for place, counted in enumerate(data.counted):
        yield Act(counted.on, 45, place, partial(_count, counted=counted, made=made))
    for place, ordered in enumerate(data.ordered):
        yield Act(ordered.on, 46, place, partial(_order, ordered=ordered, made=made))
    if data.tagged or data.knows:
        yield Act(data.as_of, LAST, 0, partial(_tell, data=data))


def _keep(world: World, now: datetime, *, kept: Kept, made: dict[str, UUID]) -> None:
    values = EntryValues(
        title=kept.title, answers=kept.answers, tags=tuple(kept.tags),
        owner=world.people[kept.owner].pk if kept.owner else None, next_action=kept.next_action, due_on=kept.due,
        holder=kept.holder, organisation=world.organisations[kept.organisation] if kept.organisation else None,
        starts_on=kept.from_day, ends_on=kept.to_day,
    )  # fmt: skip
    about = made[kept.about] if kept.about else None
    row = actions.add(**world.by(kept.by, now), ledger=kept.ledger, values=values, about_id=about)
    for minute, step in enumerate(kept.moves, start=1):
        by: dict[str, Any] = world.by(kept.keeper, at(step.on, minute))
        row = actions.move(
            **by, entry_id=row.pk, version=row.version, to=step.to, note=step.note, decided_by=step.decided_by,
            decided_on=step.on if step.decided_by else None,
        )  # fmt: skip
    made[kept.key or kept.title] = row.pk


def _count(world: World, now: datetime, *, counted: Counted, made: dict[str, UUID]) -> None:
    actions.count(
        **world.by(counted.by, now), entry_id=made[counted.entry], region=counted.region, on=counted.on,
        total=counted.total, counts=counted.counts,
    )  # fmt: skip


def _order(world: World, now: datetime, *, ordered: Ordered, made: dict[str, UUID]) -> None:
    actions.order(
        **world.by(ordered.by, now), ledger=ordered.ledger, entries=[made[key] for key in ordered.entries],
        reason=ordered.reason,
    )  # fmt: skip


def _tell(world: World, now: datetime, *, data: Arrangement) -> None:
    for case, tags in data.tagged.items():
        actions.tag_case(**world.by(data.keeper, now), case_id=world.cases[case]().pk, tags=tags)
    for body, people in data.knows.items():
        for person, has in people.items():
            actions.note_competence(
                **world.by(data.keeper, now), body=body, person_id=world.people[person].pk, competences=has
            )
