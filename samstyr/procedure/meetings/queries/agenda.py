"""Reading meetings, their agendas, and who takes part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet

from samstyr.foundation.access import Act, Actor, Facts, Holder, may
from samstyr.procedure.casework.models import BodyMeeting, Case, CaseStep

from ..models import AgendaItem, Meeting, MeetingState, Participant
from .access import call_facts, item_facts, manage_facts, meeting_facts
from .bodies import body_on, waiting_for

OPEN_ITEM = ("waiting", "open")


def open_item_of(case_step: UUID) -> AgendaItem | None:
    """The item by which the step stands on an agenda and waits, or None."""
    rows = AgendaItem.objects.filter(case_step_id=case_step, state__in=OPEN_ITEM).select_related("meeting")
    return cast("AgendaItem | None", rows.first())


def meeting_by_id(key: UUID) -> Meeting | None:
    """The meeting with its day and those who take part."""
    rows = Meeting.objects.select_related("day", "organisation", "chair").prefetch_related("participants__person")
    return cast("Meeting | None", rows.filter(pk=key).first())


@dataclass(frozen=True)
class Standing:
    """What a day in the calendar has become, and what the actor may do with it."""

    meeting: Meeting | None
    may_open: bool
    may_prepare: bool


def standings_of(actor: Actor, days: Sequence[BodyMeeting], today: date) -> dict[UUID, Standing]:
    """For each day; the questions asked do not grow with the days."""
    rows = Meeting.objects.filter(day__in=days).prefetch_related("participants")
    found = {row.day_id: row for row in rows}
    verdicts: dict[tuple[str, UUID | None], bool] = {}
    standings = {}
    for day in days:
        place = (day.body, day.organisation_id)
        if place not in verdicts:
            verdicts[place] = bool(may_prepare(actor, day.body, today, day.organisation_id))
        meeting = found.get(day.pk)
        part = meeting is not None and own_part(actor, meeting) is not None
        sits = Holder(f"seat:{day.body}", organisation=day.organisation_id).is_met_by(actor) is not None
        reads = bool(may(actor, Act.CASE_READ, Facts("meeting", actor.tenant)))
        opens = meeting is not None and (verdicts[place] or part or sits or reads)
        standings[day.pk] = Standing(meeting, opens, verdicts[place])
    return standings


def day_by_id(key: UUID) -> BodyMeeting | None:
    """A day in the calendar."""
    return cast("BodyMeeting | None", BodyMeeting.objects.select_related("organisation").filter(pk=key).first())


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """The agenda in order, with papers, questions and who is left out."""
    rows = AgendaItem.objects.filter(meeting=meeting).select_related("case", "case_step", "treatment")
    found = list(rows.prefetch_related("papers__document", "disqualifications__participant").order_by("order", "pk"))
    for row in found:
        row.meeting = meeting
    return found


def items_about(case: Case) -> list[AgendaItem]:
    """Every item by which the case has stood on an agenda that was sent out."""
    rows = AgendaItem.objects.filter(case=case).exclude(meeting__state=MeetingState.PLANNED)
    return list(rows.order_by("meeting__held_on"))


def closed_items_of(case: Case) -> list[AgendaItem]:
    """The items by which the case was treated behind closed doors."""
    return list(AgendaItem.objects.filter(case=case, closed=True).select_related("meeting"))


def item_by_id(key: UUID) -> AgendaItem | None:
    """One item with its meeting, papers, questions and motions."""
    rows = AgendaItem.objects.select_related("meeting", "meeting__day", "case", "case_step", "treatment")
    rows = rows.prefetch_related("papers__document", "questions__asked_by", "motions", "disqualifications__participant")
    return cast("AgendaItem | None", rows.filter(pk=key).first())


def participant_by_id(key: UUID) -> Participant | None:
    """Somebody called, with the meeting."""
    rows = Participant.objects.select_related("meeting", "person", "seat")
    return cast("Participant | None", rows.filter(pk=key).first())


def may_read_meeting(actor: Actor, meeting: Meeting) -> bool:
    """Whether the actor may read the meeting."""
    return bool(may(actor, Act.CASE_READ, meeting_facts(meeting)))


def may_prepare(actor: Actor, body: str, day: date, organisation: UUID | None) -> Any:
    """The verdict on preparing and holding the body's meetings."""
    return may(actor, Act.MEETING_MANAGE, manage_facts(body, day, organisation))


def may_call(actor: Actor, meeting: Meeting, day: date) -> Any:
    """The verdict on calling to the meeting (B-10)."""
    return may(actor, Act.MEETING_CALL, call_facts(meeting.body, day, meeting.organisation_id))


def may_read_item(actor: Actor, item: AgendaItem) -> bool:
    """Whether the actor may read what the item says; its number and that it is closed stand open to who reads the meeting."""
    return bool(may(actor, Act.CASE_READ, item_facts(item)))


def readable_of(actor: Actor, meeting: Meeting, items: Sequence[AgendaItem]) -> set[UUID]:
    """Which of the meeting's items the actor may read, from what is already read of them."""
    base = meeting_facts(meeting)
    found = set()
    for item in items:
        out = {row.participant.person_id for row in item.disqualifications.all() if row.outcome == "disqualified"}
        facts = replace(base, kind="agenda_item", invited=base.invited - out, exempt=item.closed)
        if may(actor, Act.CASE_READ, facts):
            found.add(item.pk)
    return found


def own_part(actor: Actor, meeting: Meeting) -> Participant | None:
    """The actor's own place in the meeting, also as a stand-in."""
    return next((one for one in meeting.participants.all() if one.person_id in actor.people), None)


def not_on_an_agenda(meeting: Meeting) -> list[CaseStep]:
    """What waits for the body and stands on no agenda that is still to be treated."""
    waiting = waiting_for(meeting.body, meeting.organisation_id)
    taken = set(
        AgendaItem.objects.filter(case_step__in=waiting, state__in=OPEN_ITEM).values_list("case_step_id", flat=True)
    )
    return [row for row in waiting if row.pk not in taken]


def body_name(body: str, day: date) -> str:
    """What the body is called on the day."""
    found = body_on(body, day)
    return str(found.name) if found else body


def meetings_between(since: date, until: date) -> QuerySet[Meeting]:
    """The meetings held between the days, both included."""
    return Meeting.objects.filter(held_on__gte=since, held_on__lte=until).order_by("held_on", "starts_at")
