"""Who is there, from when and until when, and who takes an absent member's seat."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Person

from ...models import AgendaItem, Meeting, MeetingState, Participant
from ...queries.bodies import settings_on, substitutes_of
from ...queries.calendar import substitutes_for
from ...queries.holding import is_there, replaceable
from ._common import load_managed, require_no_vote

PRESENT, REMOTE, LEFT, ABSENT = "present", "remote", "left", "absent"
HOW = (PRESENT, REMOTE, LEFT, ABSENT)
Answer = Participant.Answer


@action("attendance.set", kind="participant")
def set_attendance(ctx: Context, *, participant_id: UUID, how: str) -> Participant:
    """Mark somebody: present, remote, left, or absent (marked by mistake, and never there). The times are kept.

    Raises Conflict while a vote is open and when the meeting has ended, Invalid for remote where the body's rules
    do not let anybody take part so (kommuneloven § 11-7).
    """
    meeting_id = Participant.objects.filter(pk=participant_id).values_list("meeting_id", flat=True).first()
    meeting = _meeting(ctx, meeting_id)
    row = ctx.load(Participant, participant_id)
    if how not in HOW:
        raise Invalid.field("how", say(gettext_noop("Velg til stede, på nett eller gått.")), value=how)
    _mark(ctx, meeting, row, how)
    return row


@action("attendance.all", kind="meeting")
def mark_those_who_come(ctx: Context, *, meeting_id: UUID) -> Meeting:
    """Mark as there all who have answered that they come, remote those who said so; who is marked stays as marked."""
    meeting = _meeting(ctx, meeting_id)
    before, marked = meeting.snapshot(), 0
    rows = Participant.objects.select_for_update(of=("self",)).filter(
        meeting=meeting, answer__in=(Answer.COMES, Answer.REMOTE), arrived_at__isnull=True
    )
    for row in rows:
        if not is_there(row):
            _mark(ctx, meeting, row, REMOTE if row.answer == Answer.REMOTE else PRESENT)
            marked += 1
    ctx.record("attendance.all", meeting, before=before, marked=marked)
    return meeting


@action("attendance.substitute", kind="participant")
def call_substitute(
    ctx: Context, *, member_id: UUID, person_id: UUID, item_id: UUID | None = None, remote: bool = False
) -> Participant:
    """Let somebody take a member's seat while the member is absent, or in the items where the member is disqualified.

    `item_id` is the item by which a member who is there may be replaced. When the member takes part again, the seat
    is the member's. Raises Conflict when the member is there, Invalid for a person who has a seat of their own.
    """
    meeting_id = Participant.objects.filter(pk=member_id).values_list("meeting_id", flat=True).first()
    meeting = _meeting(ctx, meeting_id)
    item = AgendaItem.objects.filter(pk=item_id, meeting=meeting).first() if item_id else None
    member = next((row for row in replaceable(meeting, item) if row.pk == member_id), None)
    if member is None:
        raise Conflict(
            say(gettext_noop("Plassen er ikke ledig for vara.")),
            remedy=say(gettext_noop("Vara kan ta plassen når medlemmet er borte eller inhabilt.")),
        )
    person = ctx.load(Person, person_id)
    passed = _passed_over(meeting, member, person)
    row = Participant.objects.select_for_update(of=("self",)).filter(meeting=meeting, person=person).first()
    if row is not None and (row.votes or row.seat_id) and row.stands_in_for != member.name:
        raise Invalid.field("person", say(gettext_noop("%(name)s har allerede en plass i møtet."), name=person.name))
    before = row.snapshot() if row is not None else None
    row = row or Participant(meeting=meeting, person=person, name=person.name)
    row.capacity, row.stands_in_for, row.seat_name = Participant.Capacity.SUBSTITUTE, member.name, member.seat_name
    row.votes, row.speaks, row.weight = True, True, member.weight
    if before is None:
        ctx.create(row)
    else:
        ctx.save(row)
    ctx.record("attendance.substitute", row, before=before, stands_in_for=member.name, passed_over=passed)
    if not is_there(row):
        _mark(ctx, meeting, row, REMOTE if remote else PRESENT)
    return row


def _passed_over(meeting: Meeting, member: Participant, person: Person) -> list[str]:
    """Free substitutes before the person in the order; the trail has them. Raises Invalid for who is no substitute."""
    group = member.seat.group if member.seat else ""
    if substitutes_of(meeting.body, group, meeting.held_on, meeting.organisation_id) is None:
        return []
    free = substitutes_for(meeting, member)
    if person.pk not in {one.pk for one in free}:
        raise Invalid.field(
            "person", say(gettext_noop("%(name)s er ikke vara for denne plassen."), name=person.name),
            remedy=say(gettext_noop("Velg en av dem som er oppnevnt som vara, i rekkefølge.")),
        )  # fmt: skip
    return [one.name for one in free[: [one.pk for one in free].index(person.pk)]]


def _meeting(ctx: Context, meeting_id: UUID | None) -> Meeting:
    meeting = load_managed(ctx, meeting_id)
    if meeting.state == MeetingState.ENDED:
        raise Conflict(say(gettext_noop("Møtet er avsluttet.")), remedy=say(gettext_noop("Rett oppmøtet i møteboken.")))
    if ctx.today < meeting.held_on:
        raise Conflict(
            say(gettext_noop("Møtet er satt til %(date)s."), date=meeting.held_on.strftime("%d.%m.%Y")),
            remedy=say(gettext_noop("Før oppmøtet når dagen kommer.")),
        )
    require_no_vote(meeting)
    return meeting


def _mark(ctx: Context, meeting: Meeting, row: Participant, how: str) -> None:
    allowed = settings_on(meeting.body, meeting.held_on).remote
    if how == REMOTE and not (allowed.value or meeting.remote):
        raise Invalid.field(
            "how",
            say(gettext_noop("Organets regler lar ingen delta på nett (%(source)s)."), source=str(allowed.source)),
            remedy=say(gettext_noop("Bare den som er i rommet, kan føres opp som til stede.")),
        )
    before = row.snapshot()
    match how:
        case "present" | "remote":
            row.present, row.is_remote = how == PRESENT, how == REMOTE
            row.arrived_at, row.left_at = row.arrived_at or ctx.now, None
        case "left":
            if row.arrived_at is None:
                raise Conflict(say(gettext_noop("%(name)s er ikke ført opp som til stede."), name=row.name))
            row.left_at = row.left_at or ctx.now
        case "absent":
            row.present = row.is_remote = False
            row.arrived_at = row.left_at = None
    ctx.save(row)
    ctx.record("attendance.set", row, before=before)
