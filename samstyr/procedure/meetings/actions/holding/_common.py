"""What every verb of a meeting that is held begins with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.foundation.kernel.text import gettext_noop, say

from ...models import AgendaItem, Meeting, MeetingState, Voting
from ...queries.access import item_facts, manage_facts
from ...queries.holding import left_out_of
from ...queries.votes import open_voting_in

LONGEST = 20_000


def load_managed(ctx: Context, meeting_id: UUID | None, *, version: int | None = None) -> Meeting:
    """The meeting, locked, for who holds the body's meetings. Raises NotFound, Refused, Conflict."""
    meeting = ctx.load(Meeting, meeting_id, version=version)
    ctx.require(may(ctx.actor, Act.MEETING_MANAGE, manage_facts(meeting.body, ctx.today, meeting.organisation_id)))
    return meeting


def require_going_on(meeting: Meeting) -> None:
    """Raise Conflict unless the meeting is open."""
    if meeting.state != MeetingState.OPEN:
        raise Conflict(
            say(gettext_noop("Møtet er ikke i gang.")),
            remedy=say(gettext_noop("Åpne møtet først, eller se møteboken hvis det er avsluttet.")),
        )


def require_no_vote(meeting: Meeting) -> None:
    """Raise Conflict while a vote is open: who votes and over what stands still until it is closed."""
    if open_voting_in(meeting.pk) is not None:
        raise Conflict(
            say(gettext_noop("En avstemning er åpen.")),
            remedy=say(gettext_noop("Lukk eller avbryt avstemningen først.")),
        )


def load_item(ctx: Context, item_id: UUID, *, version: int | None = None) -> tuple[Meeting, AgendaItem]:
    """The item and its meeting, locked, the meeting first. Raises NotFound, Conflict for an old version."""
    meeting_id = AgendaItem.objects.filter(pk=item_id).values_list("meeting_id", flat=True).first()
    meeting = ctx.load(Meeting, meeting_id)
    item = ctx.load(AgendaItem, item_id, version=version)
    item.meeting = meeting
    return meeting, item


def managed_item(ctx: Context, item_id: UUID, *, version: int | None = None) -> tuple[Meeting, AgendaItem]:
    """As `load_item`, for who holds the meeting and may take part in the item; the meeting must be open."""
    meeting, item = load_item(ctx, item_id, version=version)
    ctx.require(may(ctx.actor, Act.MEETING_MANAGE, manage_facts(meeting.body, ctx.today, meeting.organisation_id)))
    require_taking_part(ctx, meeting, item)
    require_going_on(meeting)
    return meeting, item


def require_taking_part(ctx: Context, meeting: Meeting, item: AgendaItem) -> None:
    """Raise Refused for one who is disqualified in the item, and NotFound for one who may not read a closed one."""
    out = left_out_of(item)
    if any(row.pk in out and row.person_id in ctx.actor.people for row in meeting.participants.all()):
        raise Refused(
            say(gettext_noop("Du er inhabil i saken og deltar ikke i den.")),
            remedy=say(gettext_noop("La en annen som kan føre møtet, ta saken.")),
            rule="meeting.impartiality",
        )
    if item.closed and not may(ctx.actor, Act.CASE_READ, item_facts(item)):
        raise NotFound


def require_open_item(item: AgendaItem) -> None:
    """Raise Conflict unless the item is being treated."""
    if item.state != AgendaItem.State.OPEN:
        raise Conflict(
            say(gettext_noop("Saken er ikke under behandling.")),
            remedy=say(gettext_noop("Ta opp saken først.")),
        )


def open_voting_of(ctx: Context, voting_id: UUID) -> Voting:
    """The vote, locked, with its item and meeting. Raises NotFound, and Conflict when it is closed."""
    voting = ctx.load(Voting, voting_id)
    if voting.closed_at is not None:
        raise Conflict(
            say(gettext_noop("Avstemningen er lukket, og stemmen er ikke talt.")),
            remedy=say(gettext_noop("Si fra til møteleder hvis du ville stemme noe annet.")),
            rule="voting.closed",
        )
    return voting


def clean(name: str, text: str, *, required: Any = None, longest: int = LONGEST) -> str:
    """The text without space around. Raises Invalid when it is too long, or missing where `required` says why not."""
    text = text.strip()
    if len(text) > longest or "\0" in text:
        raise Invalid.field(name, say(gettext_noop("Teksten er for lang eller har ugyldige tegn.")))
    if required is not None and not text:
        raise Invalid.field(name, required)
    return text
