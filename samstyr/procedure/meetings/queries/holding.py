"""A meeting while it is held: who is there, who takes part in each item, and whether they can decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import Prefetch

from samstyr.foundation.access import Act, Actor, Facts, Holder, Verdict, may
from samstyr.foundation.organisations.models import Person
from samstyr.procedure.casework.models import Case
from samstyr.procedure.casework.queries import with_parts

from ..models import AgendaItem, Ballot, Disqualification, Meeting, Motion, Participant, Voting
from ..rules.quorum import Quorum, Seated, quorum, voters
from .access import item_facts, manage_facts, meeting_facts
from .bodies import settings_on, substitutes_of
from .minutes_facts import voting_seats
from .votes import Terms, member_of, terms_at

OUT = Disqualification.Outcome.DISQUALIFIED


def hall_of(key: UUID) -> Meeting | None:
    """The meeting with all that holding it needs, in a fixed number of queries."""
    ballots = Ballot.objects.select_related("participant")
    votings = Voting.objects.prefetch_related(Prefetch("ballots", ballots))
    items = (
        AgendaItem.objects.select_related("case_step", "treatment")
        .prefetch_related("disqualifications__participant", "motions", Prefetch("votings", votings))
        .order_by("order", "pk")
    )
    people = Participant.objects.select_related("seat__organisation")
    rows = Meeting.objects.select_related("day", "organisation", "chair").prefetch_related(
        Prefetch("participants", people), Prefetch("items", items)
    )
    meeting = cast("Meeting | None", rows.filter(pk=key).first())
    if meeting is not None:
        found = {item.case_id for item in meeting.items.all() if item.case_id}
        cases = {case.pk: case for case in with_parts(Case.objects.filter(pk__in=found))}
        for item in meeting.items.all():
            item.meeting = meeting
            if item.case_step is not None and item.case_id:
                item.case = item.case_step.case = cases[item.case_id]
    return meeting


def may_manage_meeting(actor: Actor, meeting: Meeting, today: date) -> bool:
    """Whether the actor may hold the meeting."""
    return bool(manage_verdict(actor, meeting, today))


def manage_verdict(actor: Actor, meeting: Meeting, today: date) -> Verdict:
    """Whether the actor may hold the meeting, with the reason."""
    return may(actor, Act.MEETING_MANAGE, manage_facts(meeting.body, today, meeting.organisation_id))


def circle_facts(meeting: Meeting, today: date) -> Facts:
    """Those called, and who holds the body's meetings. Ask with MEETING_TAKE_PART."""
    called = tuple(Holder("", row.name, person=row.person_id) for row in meeting.participants.all() if row.person_id)
    facts = manage_facts(meeting.body, today, meeting.organisation_id)
    return Facts("meeting", facts.tenant, organisations=facts.organisations, holders=(*facts.holders, *called))


def may_read_meeting(actor: Actor, meeting: Meeting) -> bool:
    """Whether the actor may read the meeting."""
    return bool(may(actor, Act.CASE_READ, meeting_facts(meeting)))


def readable_items(actor: Actor, meeting: Meeting) -> set[UUID]:
    """The items whose content the actor may read: a closed one only for those called who are not left out of it."""
    base = meeting_facts(meeting)
    return {item.pk for item in meeting.items.all() if may(actor, Act.CASE_READ, item_facts(item, base))}


def own_rows(actor: Actor, meeting: Meeting) -> list[Participant]:
    """The actor among those called, and those the actor stands in for."""
    return [row for row in meeting.participants.all() if row.person_id in actor.people]


def is_there(row: Participant) -> bool:
    """Whether the participant is in the room or on the net now."""
    return bool(row.present or row.is_remote) and row.left_at is None


def left_out_of(item: AgendaItem | None) -> set[UUID]:
    """The participants who are disqualified in the item."""
    return {row.participant_id for row in item.disqualifications.all() if row.outcome == OUT} if item else set()


def seated_at(meeting: Meeting, item: AgendaItem | None) -> list[Seated]:
    """Those called as they are for the item; for the meeting as a whole without one."""
    rows, out = list(meeting.participants.all()), left_out_of(item)
    found = []
    for row in rows:
        member = member_of(row, rows)
        found.append(
            Seated(
                str(row.pk), row.votes, is_there(row), row.pk in out,
                str(member.pk) if member else row.stands_in_for, row.weight,
            )
        )  # fmt: skip
    return found


def voters_at(meeting: Meeting, item: AgendaItem | None) -> list[Participant]:
    """Who votes in the item, in the order of seats: each seat once."""
    keys = {one.key for one in voters(seated_at(meeting, item))}
    return [row for row in in_seat_order(meeting) if str(row.pk) in keys]


def in_seat_order(meeting: Meeting) -> list[Participant]:
    """Those called in the order of the table: who leads first, then the seats by name and number."""
    rows = list(meeting.participants.all())

    def place(row: Participant) -> tuple[bool, str, int, str]:
        member = member_of(row, rows) or row
        return (not member.leads, member.seat_name, member.seat.number if member.seat else 0, member.name)

    return sorted(rows, key=place)


def quorum_at(
    meeting: Meeting, item: AgendaItem | None, terms: Terms | None = None, voted: int | None = None
) -> Quorum:
    """Whether the body can decide the item now, by the item's rule, else the body's."""
    found = terms or terms_at(item or AgendaItem(), meeting)
    counted = voted if found.must_vote else None
    return quorum(seated_at(meeting, item), voting_seats(meeting), found.percent, source=found.source, voted=counted)


def replaceable(meeting: Meeting, item: AgendaItem | None = None) -> list[Participant]:
    """The members with a vote whose seat a substitute may take: absent, or disqualified in the item."""
    rows, out = list(meeting.participants.all()), left_out_of(item)
    taken = {member.pk for row in rows if is_there(row) and (member := member_of(row, rows)) is not None}
    return [
        row
        for row in in_seat_order(meeting)
        if row.votes and not row.stands_in_for and (not is_there(row) or row.pk in out) and row.pk not in taken
    ]


def appointed_substitutes(meeting: Meeting, members: Sequence[Participant]) -> list[tuple[int, Person]]:
    """Those the model appoints as substitutes for the members' groups, with their number in the order."""
    found: dict[UUID, tuple[int, Person]] = {}
    for group in dict.fromkeys(row.seat.group for row in members if row.seat is not None):
        people = substitutes_of(meeting.body, group, meeting.held_on, meeting.organisation_id) or ()
        for number, person in enumerate(people, start=1):
            found.setdefault(person.pk, (number, person))
    return list(found.values())


def possible_substitutes(meeting: Meeting) -> Sequence[Person]:
    """The active people who are not there in a seat of their own already."""
    there = {row.person_id for row in meeting.participants.all() if row.votes and row.person_id}
    return list(Person.objects.filter(is_active=True).exclude(pk__in=there).order_by("name"))


def decided_by_body(meeting: Meeting, concerned: Participant) -> bool:
    """Whether the body votes over it; else who leads decides. Nobody decides about themselves."""
    by = settings_on(meeting.body, meeting.held_on).value("disqualified_by")
    return by == "body" or meeting.chair_id is None or concerned.person_id == meeting.chair_id


def item_by_id(key: UUID) -> AgendaItem | None:
    """An item with its meeting."""
    return cast("AgendaItem | None", AgendaItem.objects.select_related("meeting").filter(pk=key).first())


def participant_by_id(key: UUID) -> Participant | None:
    """One called, with the meeting."""
    return cast("Participant | None", Participant.objects.select_related("meeting").filter(pk=key).first())


def disqualification_by_id(key: UUID) -> Disqualification | None:
    """A question of impartiality with its item and meeting."""
    rows = Disqualification.objects.select_related("item__meeting", "participant")
    return cast("Disqualification | None", rows.filter(pk=key).first())


def motion_by_id(key: UUID) -> Motion | None:
    """A motion with its item and meeting."""
    return cast("Motion | None", Motion.objects.select_related("item__meeting").filter(pk=key).first())
