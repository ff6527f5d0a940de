"""Rounds of prioritisation: opened, scored or told by keys, shown, agreed on, and closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from samstyr.demo.arrangement import Arrangement, RoundHeld
from samstyr.demo.living import Act, World
from samstyr.wheel.prioritisation import actions, queries

OPENED, SCORED, AGREED, CLOSED = 2, 5, 6, 7
TALKED = "Drøftet i møtet."


def acts(data: Arrangement) -> Iterator[Act]:
    """What happened in the rounds."""
    for place, one in enumerate(data.rounds):
        yield Act(one.opened, OPENED, place, partial(_open, one=one))
        if one.scored:
            yield Act(one.scored, SCORED, place, partial(_score, one=one))
        if one.revealed:
            yield Act(one.revealed, AGREED, place, partial(_agree, one=one))
        if one.closed:
            yield Act(one.closed, CLOSED, place, partial(_close, one=one))


def _row(one: RoundHeld, name: str = "") -> Any:
    return next(row for row in queries.rounds() if row.name == (name or one.name))


def _entries(world: World, one: RoundHeld) -> dict[str, Any]:
    keys = {need: key for key, need in world.needs.items()}
    return {keys[entry.need_id]: entry for entry in queries.entries_of(_row(one))}


def questions(world: World, stage: str) -> list[str]:
    """What the stage asks of each need, in the model's order."""
    found = next(item for item in world.model.criteria if item.key == stage)
    return [
        key
        for criterion in found.criteria
        for key in ([f"{criterion.key}.{question.key}" for question in criterion.questions] or [criterion.key])
    ]


def _levels(world: World, stage: str, numbers: list[int]) -> dict[str, str]:
    scale = {level.number: level.key for item in world.model.criteria if item.key == stage for level in item.scale}
    return {key: scale[number] for key, number in zip(questions(world, stage), numbers, strict=True)}


def _open(world: World, now: datetime, *, one: RoundHeld) -> None:
    by = world.by(one.by, now)
    actions.open_round(
        **by, name=one.name, year=one.year, stage=one.stage, need_ids=tuple(world.needs[key] for key in one.needs),
        previous=_row(one, one.previous).pk if one.previous else None, reason=one.reason, capacity=one.capacity,
        due_on=one.due, scorers=tuple(one.scorers),
    )  # fmt: skip
    for key, entry in _entries(world, one).items():
        kind, focus = one.described.get(key, ("", ""))
        if one.committed or kind or focus:
            actions.describe_entry(
                **by, entry_id=entry.pk, version=None, owner_committed=one.committed, kind=kind, focus_area=focus
            )


def _score(world: World, now: datetime, *, one: RoundHeld) -> None:
    entries = _entries(world, one)
    for person, sheet in one.scores.items():
        for key, numbers in sheet.items():
            actions.score(**world.by(person, now), entry_id=entries[key].pk, levels=_levels(world, one.stage, numbers))


def _agree(world: World, now: datetime, *, one: RoundHeld) -> None:
    by = world.by(one.by, now)
    actions.reveal(**by, round_id=_row(one).pk, version=None)
    entries = _entries(world, one)
    for key, numbers in one.agreed.items():
        levels = _levels(world, one.stage, numbers)
        actions.set_consensus(**by, entry_id=entries[key].pk, levels=levels, reasons=dict.fromkeys(levels, TALKED))


def _close(world: World, now: datetime, *, one: RoundHeld) -> None:
    actions.close(**world.by(one.by, now), round_id=_row(one).pk, version=None)
