"""Who sits round a body's table, and what their votes weigh."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from samstyr.foundation.governance import queries as governance
from samstyr.foundation.organisations.models import Person, Seat
from samstyr.foundation.organisations.queries import seats_of

from ..models import CaseStep
from ..rules.votes import Ballot


def seats_at(row: CaseStep, day: date) -> list[tuple[Seat, Person | None]]:
    """The seats round the table of the step's body, as the model composes it on the day, and who holds each."""
    found = seats_of(row.actor_body, on=day, body_organisation=row.organisation_id)
    groups = _groups(row, day)
    return [(seat, person) for seat, person in found if not groups or not seat.group or seat.group in groups]


def _groups(row: CaseStep, day: date) -> dict[str, Any]:
    body = governance.typed(row.case.model_version).body(row.actor_body)
    composition = body.composition_on(day) if body else None
    groups = composition.groups if composition else ()
    return {group.key: group for group in groups if group.substitutes_for is None}


def ballots_of(row: CaseStep, step: Any, votes: Sequence[dict[str, Any]], day: date) -> list[Ballot]:
    """The votes as given on the day, each with the weight that `weight_of_seat` finds."""
    groups = _groups(row, day)
    seats = {
        str(seat.pk): (seat.votes, weight_of_seat(step.decision, seat, groups.get(seat.group)))
        for seat, _person in seats_at(row, day)
    }
    ballots = []
    for vote in votes:
        votes_here, weight = seats.get(str(vote.get("voter")), (True, _weight_of_slot(step.decision, vote)))
        if votes_here:
            ballots.append(Ballot(str(vote.get("voter")), str(vote.get("choice", "")), weight, bool(vote.get("chair"))))
    return ballots


def weight_of_seat(decision: Any, seat: Seat, group: Any) -> int:
    """What a vote from the seat counts: the model's weight for its organisation, else the organisation's

    inhabitants where the model weighs by population, else the weight of its group of seats.
    """
    slot = seat.organisation.slot if seat.organisation else ""
    if decision.weights and slot in decision.weights:
        return int(decision.weights[slot])
    if decision.weights_by == "population" and seat.organisation is not None:
        return seat.organisation.population or 0
    return int(group.weight) if group is not None else 1


def _weight_of_slot(decision: Any, vote: dict[str, Any]) -> int:
    return int((decision.weights or {}).get(str(vote.get("slot", "")), 1))
