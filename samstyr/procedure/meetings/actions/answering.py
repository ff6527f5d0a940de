"""Answer a call, and ask about an item before the meeting."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Person

from ..events import MeetingCalled
from ..models import AgendaItem, Meeting, MeetingState, Participant, Question
from ..queries.access import item_facts, manage_facts, part_facts
from ..queries.calendar import may_name_substitute, substitutes_for

LONGEST = 5_000
Answer = Participant.Answer


@action("meeting.answer", kind="meeting")
def answer_call(
    ctx: Context, *, participant_id: UUID, answer: str, note: str = "", substitute: UUID | None = None
) -> Participant:
    """Say whether one comes, and who comes instead. The secretary may say it for somebody. Until the meeting begins.

    Who comes after all has the seat again: a substitute that was named is no longer called. Raises Invalid for an
    answer that is none, or for the net where the meeting is not held there.
    """
    meeting, row = _part(ctx, participant_id)
    faults = []
    if answer not in (Answer.COMES, Answer.REMOTE, Answer.ABSENT):
        faults.append(FieldError("answer", say(gettext_noop("Velg om du kommer.")), answer))
    if answer == Answer.REMOTE and not meeting.remote:
        faults.append(FieldError("answer", say(gettext_noop("Møtet holdes ikke på nett."))))
    if len(note) > 500 or "\0" in note:
        faults.append(FieldError("note", say(gettext_noop("Teksten er for lang eller har ugyldige tegn."))))
    if faults:
        raise Invalid(*faults)
    before = row.snapshot()
    row.answer, row.answer_note = answer, note.strip()
    ctx.save(row)
    ctx.record("meeting.answered", row, before=before)
    if answer != Answer.ABSENT:
        _release(ctx, meeting, row)
    elif substitute is not None:
        name_substitute(actor=ctx.actor, now=ctx.now, participant_id=row.pk, person_id=substitute)
    return row


@action("meeting.substitute", kind="participant")
def name_substitute(ctx: Context, *, participant_id: UUID, person_id: UUID) -> Participant:
    """Name who takes the seat of a member that cannot come, where the model lets the group have substitutes.

    By the member or the secretary, until the meeting begins; whoever was named before is no longer called. Raises
    Conflict before the member has answered, and Invalid for somebody who has a place in the meeting already or
    belongs to another organisation than the seat.
    """
    meeting, row = _part(ctx, participant_id)
    if not may_name_substitute(meeting, row):
        raise Conflict(say(gettext_noop("Styringsmodellen gir ikke denne plassen vara.")))
    if row.answer != Answer.ABSENT:
        raise Conflict(
            say(gettext_noop("Plassen er ikke ledig for vara.")), remedy=say(gettext_noop("Meld forfall først."))
        )
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person is None or person.pk not in {one.pk for one in substitutes_for(meeting, row)}:
        raise Invalid.field("substitute", say(gettext_noop("Velg en person som kan ta plassen.")), value=person_id)
    named = Participant.objects.filter(meeting=meeting, person=person, stands_in_for=row.name).first()
    if named is not None:
        return named  # type: ignore[no-any-return]
    _release(ctx, meeting, row)
    made = ctx.create(
        Participant(
            meeting=meeting, person=person, name=person.name, seat_name=row.seat_name, stands_in_for=row.name,
            capacity=Participant.Capacity.SUBSTITUTE, votes=row.votes, speaks=row.speaks, weight=row.weight,
        )
    )  # fmt: skip
    ctx.record("meeting.substitute", made, stands_in_for=row.name)
    if meeting.state == MeetingState.CALLED:
        ctx.publish(MeetingCalled(meeting.pk, people=(person.pk,)))
    return made


def _part(ctx: Context, participant_id: UUID) -> tuple[Meeting, Participant]:
    """The meeting and the one called, locked in that order, for the person and for who prepares it; not yet begun."""
    key = Participant.objects.filter(pk=participant_id).values_list("meeting_id", flat=True).first()
    meeting = ctx.load(Meeting, key)
    row = ctx.load(Participant, participant_id)
    own = may(ctx.actor, Act.MEETING_TAKE_PART, part_facts(row))
    ctx.require(
        own or may(ctx.actor, Act.MEETING_MANAGE, manage_facts(meeting.body, ctx.today, meeting.organisation_id))
    )
    if meeting.state in (MeetingState.OPEN, MeetingState.ENDED):
        raise Conflict(say(gettext_noop("Møtet er i gang. Si fra til sekretæren.")))
    return meeting, row


def _release(ctx: Context, meeting: Meeting, member: Participant) -> None:
    """Whoever was named for the member's seat is no longer called."""
    rows = Participant.objects.select_for_update(of=("self",)).filter(
        meeting=meeting, stands_in_for=member.name, seat_name=member.seat_name, seat__isnull=True
    )
    for row in rows:
        ctx.record("meeting.substitute_released", row)
        ctx.delete(row)


@action("question.ask", kind="question")
def ask_question(ctx: Context, *, item_id: UUID, text: str) -> Question:
    """Ask about an item before it is treated: for those who take part in the meeting and may read the item."""
    item = ctx.load(AgendaItem, item_id)
    ctx.require(may(ctx.actor, Act.CASE_READ, item_facts(item)))
    _own_part(ctx, item.meeting)
    if item.state != AgendaItem.State.WAITING:
        raise Conflict(say(gettext_noop("Saken er behandlet eller under behandling. Spør i møtet.")))
    row = ctx.create(Question(item=item, asked_by_id=ctx.actor.person, text=_text("text", text)))
    ctx.record("question.asked", row)
    return row


@action("question.answer", kind="question")
def answer_question(ctx: Context, *, question_id: UUID, version: int | None, text: str) -> Question:
    """Answer a question; all who may read the item see it."""
    row = ctx.load(Question, question_id, version=version)
    meeting = row.item.meeting
    ctx.require(may(ctx.actor, Act.MEETING_MANAGE, manage_facts(meeting.body, ctx.today, meeting.organisation_id)))
    before = row.snapshot()
    row.answer, row.answered_by_id, row.answered_at = _text("text", text), ctx.actor.person, ctx.now
    ctx.save(row)
    ctx.record("question.answered", row, before=before)
    return row


def _own_part(ctx: Context, meeting: Meeting) -> None:
    if not Participant.objects.filter(meeting=meeting, person_id__in=ctx.actor.people).exists():
        ctx.require(may(ctx.actor, Act.MEETING_MANAGE, manage_facts(meeting.body, ctx.today, meeting.organisation_id)))


def _text(name: str, text: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid.field(name, say(gettext_noop("Skriv teksten.")))
    if len(text) > LONGEST or "\0" in text:
        raise Invalid.field(name, say(gettext_noop("Teksten er for lang eller har ugyldige tegn.")))
    return text
