"""Every candidate with what belongs to it, read as plain values: rows as objects would take five times as long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from ..models import Candidate, CandidateCost, CandidateLink, CandidateOrganisation, CandidateStaff, Choice
from ..rules.question import Standing
from ..rules.values import CostRow, StaffRow

Value = TypeVar("Value")


@dataclass(frozen=True)
class Bound:
    """A tie as it is stored."""

    key: UUID
    candidate: UUID
    kind: str
    other: UUID | None
    group: str


def standings(choices: Mapping[UUID, Choice]) -> list[Standing]:
    """The candidates that have not been dropped, by number, with what the scenario has pinned."""
    organisations = grouped(CandidateOrganisation.objects.order_by("pk").values_list("candidate_id", "organisation_id"))
    costs, staff = costs_and_staff()
    columns = (
        "pk", "title", "value", "risk", "mandatory", "earliest", "latest", "cost_key", "own_shares", "area_id", "focus_area",
    )  # fmt: skip
    found = []
    for row in Candidate.objects.filter(dropped_reason="").order_by("number").values(*columns):
        key, choice = row["pk"], choices.get(row["pk"])
        given: dict[str, Any] = {name: row[name] for name in columns if name not in ("pk", "area_id")}
        found.append(
            Standing(
                key=key,
                area=row["area_id"],
                organisations=tuple(organisations.get(key, ())),
                costs=tuple(costs.get(key, ())),
                staff=tuple(staff.get(key, ())),
                pin=choice.pin if choice else "",
                pinned_year=choice.pinned_year if choice else None,
                **given,
            )
        )
    return found


def costs_and_staff() -> tuple[dict[UUID, list[CostRow]], dict[UUID, list[StaffRow]]]:
    """What each candidate costs, and the people it needs."""
    costs = grouped(
        (key, CostRow(*row))
        for key, *row in CandidateCost.objects.order_by("kind", "offset", "source").values_list(
            "candidate_id", "offset", "kind", "source", "amount", "continues"
        )
    )
    staff = grouped(
        (key, StaffRow(*row))
        for key, *row in CandidateStaff.objects.order_by("role", "offset").values_list(
            "candidate_id", "role", "offset", "hours", "continues"
        )
    )
    return costs, staff


def ties() -> list[Bound]:
    """Every tie, by the number of the candidate it belongs to."""
    rows = CandidateLink.objects.order_by("candidate__number", "kind", "group", "pk")
    return [Bound(*row) for row in rows.values_list("pk", "candidate_id", "kind", "other_id", "group")]


def grouped(pairs: Iterable[tuple[UUID, Value]]) -> dict[UUID, list[Value]]:
    """What belongs to each key, in the order it comes."""
    found: dict[UUID, list[Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
