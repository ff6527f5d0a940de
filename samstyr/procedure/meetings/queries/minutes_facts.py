"""What the minutes are drafted from: the meeting's rows as the plain values of `rules.drafting`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import Prefetch
from django.utils import translation

from samstyr.foundation.kernel.clock import OSLO
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import AgendaItem, Ballot, Meeting, MeetingState, Participant, Procedure, ProcedureState, Voting
from ..rules import drafting
from .bodies import body_on, members_of, settings_on

OPENING, ITEM, CLOSING = "opening", "item", "closing"


@dataclass(frozen=True)
class Fresh:
    """A section as the facts give it now. `item` is None for the opening and the closing part."""

    kind: str
    item: AgendaItem | None
    text: str
    closed: bool


def meeting_with_all(key: UUID) -> Meeting | None:
    """The meeting with everything that its minutes tell of, in a fixed number of queries."""
    votings = Voting.objects.prefetch_related(Prefetch("ballots", Ballot.objects.select_related("participant")))
    items = (
        AgendaItem.objects.select_related("treatment")
        .prefetch_related("disqualifications", "motions", Prefetch("votings", votings), "follow_ups__owner")
        .order_by("order", "pk")
    )
    rows = Meeting.objects.select_related("tenant", "organisation", "chair", "day")
    rows = rows.prefetch_related("participants", Prefetch("items", items))
    return cast("Meeting | None", rows.filter(pk=key).first())


def fresh_sections(meeting: Meeting) -> list[Fresh]:
    """Every section drafted from the facts, in the language of the arrangement: minutes are not the reader's own."""
    with translation.override(language_of(meeting)):
        found = [Fresh(OPENING, None, drafting.opening(opening_facts(meeting)), False)]
        seats = voting_seats(meeting)
        found += [
            Fresh(ITEM, item, drafting.item(item_values(item, meeting, seats)), item.closed)
            for item in meeting.items.all()
        ]
        found.append(Fresh(CLOSING, None, drafting.closing(written_since(meeting), clock(meeting.ended_at)), False))
    return found


def language_of(meeting: Meeting) -> str:
    """What minutes are written in: the arrangement's own Norwegian, whatever the reader has chosen."""
    return "nn" if meeting.tenant.language == "nn" else "nb"


def voting_seats(meeting: Meeting) -> int:
    """How many seats with a vote the body had on the day, vacant ones too; else how many with a vote were called."""
    seats = sum(one.votes for one in members_of(meeting.body, meeting.held_on, meeting.organisation_id))
    return seats or sum(one.votes for one in meeting.participants.all())


def body_name(meeting: Meeting) -> str:
    """What the body was called on the day."""
    body = body_on(meeting.body, meeting.held_on)
    return str(body.name) if body else meeting.body


def clock(moment: datetime | None) -> str:
    """The time of day in Norway as "09:20"; empty for none."""
    return moment.astimezone(OSLO).strftime("%H:%M") if moment else ""


def opening_facts(meeting: Meeting) -> drafting.Opening:
    """The meeting and who was there."""
    people = tuple(_attendance(one, meeting) for one in meeting.participants.all())
    chair = meeting.chair.name if meeting.chair else next((one.name for one in people if one.leads and one.came), "")
    return drafting.Opening(
        body=body_name(meeting),
        organisation=str(meeting.organisation or ""),
        number=f"{meeting.number}/{meeting.held_on.year}",
        day=meeting.held_on.strftime("%d.%m.%Y"),
        opened=clock(meeting.opened_at),
        ended=clock(meeting.ended_at),
        place=meeting.place,
        remote=meeting.remote,
        chair=chair,
        quorum_percent=settings_on(meeting.body, meeting.held_on).value("quorum_percent") or 0,
        seats=voting_seats(meeting),
        people=people,
    )


def _attendance(one: Participant, meeting: Meeting) -> drafting.Attendance:
    came = bool(one.present or one.arrived_at or one.left_at)
    opened, arrived, left = clock(meeting.opened_at), clock(one.arrived_at), clock(one.left_at)
    late = bool(came and one.arrived_at and meeting.opened_at and one.arrived_at > meeting.opened_at)
    early = one.left_at is not None and (meeting.ended_at is None or one.left_at < meeting.ended_at)
    return drafting.Attendance(
        name=one.name,
        seat=one.seat_name,
        capacity=str(one.get_capacity_display()),
        votes=one.votes,
        leads=one.leads,
        came=came,
        remote=one.is_remote,
        at_opening=came and not (late and arrived != opened),
        stands_in_for=one.stands_in_for,
        arrived=arrived if late and arrived != opened else "",
        left=left if early else "",
    )


def item_values(item: AgendaItem, meeting: Meeting, seats: int) -> drafting.Item:
    """The item as it was treated."""
    people = {one.pk: one for one in meeting.participants.all()}
    questioned = list(item.disqualifications.all())
    out = {row.participant_id for row in questioned if row.outcome == "disqualified"}
    at = item.treated_at
    return drafting.Item(
        state=item.state,
        late=item.late,
        late_reason=item.late_reason,
        proposal=item.proposal,
        discussion=item.discussion,
        decision=item.decision,
        outcome=item.treatment.outcome_name if item.treatment else "",
        present=_counted(item, people, out) if at else None,
        seats=seats,
        left_out=tuple(
            drafting.LeftOut(
                people[row.participant_id].name, row.ground, row.law, row.decided_by,
                None if not row.outcome else row.outcome == "disqualified",
            )
            for row in questioned
        ),
        motions=tuple(drafting.Moved(row.made_by, row.text, row.withdrawn) for row in item.motions.all()),
        votes=tuple(_vote(row) for row in item.votings.all() if row.closed_at and not row.cancelled),
        tasks=tuple(
            drafting.Task(row.title, row.owner.name, row.due_on.strftime("%d.%m.%Y")) for row in item.follow_ups.all()
        ),
    )  # fmt: skip


def _counted(item: AgendaItem, people: dict[UUID, Participant], out: set[UUID]) -> int:
    """How many took part with a vote: as it was entered with the decision, else by who was there then.

    A substitute for somebody who was there replaces them in another item, and is not counted in this one.
    """
    if item.treatment is not None and item.treatment.present:
        return sum(1 for one in item.treatment.present if one.get("votes"))
    assert item.treated_at is not None
    there = [one for one in people.values() if one.votes and one.pk not in out and _there(one, item.treated_at)]
    seated = {one.name for one in there if not one.stands_in_for}
    return sum(1 for one in there if one.stands_in_for not in seated)


def _there(one: Participant, at: datetime) -> bool:
    if not (one.present or one.arrived_at or one.left_at):
        return False
    return (one.arrived_at is None or one.arrived_at <= at) and (one.left_at is None or one.left_at > at)


def _vote(row: Voting) -> drafting.Vote:
    names = {str(choice.get("key", "")): str(choice.get("label", "")) for choice in row.choices}
    blank = str(say(gettext_noop("Blankt")))

    def name(key: str) -> str:
        return names.get(key) or (key if key else blank)

    others = (
        (ballot.participant.name, name(ballot.choice))
        for ballot in row.ballots.all()
        if ballot.choice and ballot.choice != row.result
    )
    return drafting.Vote(
        question=row.question,
        manner=str(row.get_manner_display()),
        result=name(row.result) if row.result else "",
        why=row.why,
        counts=tuple((name(key), int(weight)) for key, weight in row.counts.items()),
        others=tuple(sorted(others)),
    )


def written_since(meeting: Meeting) -> Sequence[drafting.Written]:
    """What the body has decided in writing since its meeting before this one (D-33)."""
    before = (
        Meeting.objects.filter(
            body=meeting.body, organisation_id=meeting.organisation_id, state=MeetingState.ENDED,
            held_on__lt=meeting.held_on,
        ).order_by("-held_on").first()
    )  # fmt: skip
    rows: Any = Procedure.objects.filter(
        body=meeting.body, organisation_id=meeting.organisation_id, state=ProcedureState.DECIDED
    )
    if before is not None and before.ended_at is not None:
        rows = rows.filter(closed_at__gt=before.ended_at)
    if meeting.ended_at is not None:
        rows = rows.filter(closed_at__lte=meeting.ended_at)
    return [
        drafting.Written(
            f"{row.number}/{row.year}",
            row.case.title,
            row.treatment.outcome_name if row.treatment else row.result,
            row.short_reason,
        )
        for row in rows.select_related("case", "treatment").order_by("closed_at", "pk")
    ]
