"""Rounds that rank by fixed keys instead of by weights: focus area, kind of measure, cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samstyr.foundation.governance import queries as governance
from samstyr.wheel.strategy import queries as strategy

from ..models import Entry, Round
from ..rules.ranking import Facts, Placed, keys_of, rank_by_keys

METHOD = "sort_keys"
# What stands in a keyed round where another has its stage.
NO_STAGE = {"key": METHOD, "name": "", "mandatory": False, "scale": [], "criteria": []}


@dataclass(frozen=True)
class KeyedResult:
    """One need's place by the keys, and what each key saw, in words."""

    entry: Entry
    placed: Placed[UUID]
    shown: tuple[tuple[str, str], ...]


def is_keyed(row: Round) -> bool:
    """Whether the round ranks by keys."""
    return row.ranking.get("method") == METHOD and not row.criteria.get("criteria")


def by_keys(row: Round, day: date) -> list[KeyedResult]:
    """The round's needs in the order that the keys give; those left out are not in it."""
    found = Entry.objects.filter(round=row, exception="").select_related("need").order_by("title", "pk")
    entries = {entry.pk: entry for entry in found}
    placed = rank_by_keys(keys_of(row.ranking), {key: _facts(entry) for key, entry in entries.items()})
    names = key_names(day)
    return [
        KeyedResult(entries[one.key], one, tuple((by, names.get(value, value)) for by, value in one.shown))
        for one in placed
    ]


def _facts(entry: Entry) -> Facts:
    need = entry.need
    money = [amount for amount in (need.investment_cost, need.operating_cost) if amount is not None]
    return Facts(entry.focus_area, entry.kind, need.statutory, cost=sum(money) if money else None)


def key_names(day: date) -> dict[str, str]:
    """The names of the focus areas in force and the model's kinds of measure."""
    model = governance.current_model(day)
    if model is None:
        return {}
    kinds = model.plan.measure_kinds if model.plan else ()
    return strategy.focus_areas(day) | {kind.key: str(kind.name) for kind in kinds}
