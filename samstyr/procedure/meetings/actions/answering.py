"""Answer a call, and ask about an item before the meeting."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import AgendaItem, Meeting, MeetingState, Participant, Question
from ..queries.access import item_facts, manage_facts, part_facts

LONGEST = 5_000
Answer = Participant.Answer


@action("meeting.answer", kind="meeting")
def answer_call(ctx: Context, *, participant_id: UUID, answer: str, note: str = "") -> Participant:
    """Say whether one comes. The secretary may say it for somebody. May be changed until the meeting begins.

    Raises Invalid for an answer that is none, or for the net where the meeting is not held there.
    """
    row = ctx.load(Participant, participant_id)
    meeting = row.meeting
    own = may(ctx.actor, Act.MEETING_TAKE_PART, part_facts(row))
    ctx.require(
        own or may(ctx.actor, Act.MEETING_MANAGE, manage_facts(meeting.body, ctx.today, meeting.organisation_id))
    )
    if meeting.state in (MeetingState.OPEN, MeetingState.ENDED):
        raise Conflict(say(gettext_noop("Møtet er i gang. Si fra til sekretæren.")))
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
    return row


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
