"""Votes: what is asked, between what, by which rule, and what has been said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.paths import Decision
from samstyr.procedure.casework.models import CaseStep
from samstyr.procedure.casework.queries import path_of
from samstyr.procedure.casework.queries.table import weight_of_seat
from samstyr.procedure.casework.rules.votes import Ballot as Vote

from ..models import AgendaItem, Ballot, Meeting, Participant, Voting
from ..rules.outcome import mandate_fault
from .bodies import body_on, decision_of, settings_on


@dataclass(frozen=True)
class Terms:
    """By what an item is decided. `percent` is the quorum (0: none) and `must_vote` that only who has voted counts.

    `decision` has the rule, what a tie leads to, and the weights.
    """

    decision: Decision
    percent: int
    source: Any
    must_vote: bool
    blank: bool


def step_at(item: AgendaItem) -> Any:
    """The step that the item waits at, in the model version of its case; None for an item without one."""
    row = item.case_step
    if row is None or row.step.startswith("_"):
        return None
    row.case = item.case or row.case
    return path_of(row.case).step(row.step)


def outcomes_at(item: AgendaItem) -> list[Any]:
    """What the item's step may end with."""
    step = step_at(item)
    return list(step.outcomes) if step is not None else []


def terms_at(item: AgendaItem, meeting: Meeting, step: Any = None) -> Terms:
    """The step's own rule, else the body's on the day of the meeting."""
    step = step if step is not None else step_at(item)
    settings = settings_on(meeting.body, meeting.held_on)
    decision = decision_of(step, settings)
    body = body_on(meeting.body, meeting.held_on)
    own = decision.quorum_percent
    source: Any = step.name if own and step is not None else settings.quorum_percent.source
    return Terms(
        decision,
        own or settings.value("quorum_percent") or 0,
        source,
        bool(body and body.rules == "elected"),
        bool(settings.value("blank")),
    )


def outside_mandate(item: AgendaItem) -> Any:
    """Why the body may not decide the item, or None."""
    step, row = step_at(item), item.case_step
    if step is None or row is None:
        return None
    body = governance.typed(row.case.model_version).body(row.actor_body)
    if body is None:
        return None
    kind = str(step.decides) if step.decides is not None else None
    return mandate_fault(str(body.name), body.mandate, kind, row.case.subject_kind)


def weights_at(item: AgendaItem, meeting: Meeting, decision: Decision) -> dict[UUID, int]:
    """What the vote of each called with a vote counts: by the seat, or the seat taken; else as when called."""
    body = body_on(meeting.body, meeting.held_on)
    composition = body.composition_on(meeting.held_on) if body else None
    groups = {group.key: group for group in composition.groups} if composition else {}
    rows = list(meeting.participants.all())
    seats = {row.pk: row.seat for row in rows}
    weighed = bool(decision.weights or decision.weights_by)
    found = {}
    for row in rows:
        member = member_of(row, rows)
        seat = seats[member.pk] if member is not None else row.seat
        if seat is not None and weighed:
            found[row.pk] = weight_of_seat(decision, seat, groups.get(seat.group))
        else:
            found[row.pk] = member.weight if member is not None else row.weight
    return found


def member_of(row: Participant, rows: list[Participant]) -> Participant | None:
    """The member whose seat the substitute takes; None for others."""
    if not row.stands_in_for:
        return None
    named = [one for one in rows if one.name == row.stands_in_for and not one.stands_in_for and one.pk != row.pk]
    return next((one for one in named if one.seat_name == row.seat_name), named[0] if named else None)


def votes_of(voting: Voting, chair: UUID | None) -> list[Vote]:
    """The ballots as they are counted; the one of whoever leads the meeting is marked."""
    return [
        Vote(str(row.participant_id), row.choice, row.weight, chair is not None and row.participant.person_id == chair)
        for row in voting.ballots.all()
    ]


def open_voting_in(meeting_id: UUID) -> Voting | None:
    """The vote that is open in the meeting, if one is."""
    rows = Voting.objects.filter(item__meeting_id=meeting_id, closed_at__isnull=True)
    return cast("Voting | None", rows.select_related("item").first())


def voting_by_id(key: UUID) -> Voting | None:
    """A vote with its item, meeting and ballots."""
    rows = Voting.objects.select_related("item__meeting").prefetch_related("ballots__participant")
    return cast("Voting | None", rows.filter(pk=key).first())


def ballots_in(voting_id: UUID) -> list[Ballot]:
    """Everything voted, in the order of time."""
    return list(Ballot.objects.filter(voting_id=voting_id).select_related("participant").order_by("cast_at", "pk"))


def step_row(item_id: UUID) -> CaseStep | None:
    """The case's step that the item is about."""
    return cast("CaseStep | None", CaseStep.objects.filter(agenda_items=item_id).first())
