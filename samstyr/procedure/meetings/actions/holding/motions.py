"""Proposals made in the meeting."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Max

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.foundation.kernel.text import gettext_noop, say

from ...models import AgendaItem, Motion
from ...queries.access import manage_facts, part_facts
from ...queries.holding import is_there, voters_at
from ...queries.votes import open_voting_in, outcomes_at
from ._common import clean, load_item, require_going_on, require_taking_part

UNTREATED = (AgendaItem.State.WAITING, AgendaItem.State.OPEN)


@action("motion.make", kind="motion")
def make_motion(
    ctx: Context, *, item_id: UUID, text: str, participant_id: UUID | None = None, outcome: str = ""
) -> Motion:
    """Propose something else than what is put forward. `outcome` is what the step would end with.

    A member who takes part in the item makes it; who holds the meeting enters it for one of those present, and
    without `participant_id` for the one who leads. Raises Refused, Invalid, and Conflict when the item is decided.
    """
    meeting, item = load_item(ctx, item_id)
    rows = list(meeting.participants.all())
    managing = may(ctx.actor, Act.MEETING_MANAGE, manage_facts(meeting.body, ctx.today, meeting.organisation_id))
    if participant_id is not None:
        maker = next((row for row in rows if row.pk == participant_id), None)
    else:
        wanted = {meeting.chair_id} if managing else ctx.actor.people
        maker = next((row for row in rows if row.person_id in wanted), None)
    if maker is None:
        managing.require()
        raise Invalid.field("participant", say(gettext_noop("Velg hvem som fremmer forslaget.")))
    ctx.require(managing or may(ctx.actor, Act.MEETING_TAKE_PART, part_facts(maker)))
    require_taking_part(ctx, meeting, item)
    require_going_on(meeting)
    if item.state not in UNTREATED:
        raise Conflict(say(gettext_noop("Saken er allerede behandlet.")))
    if not is_there(maker) or maker.pk not in {row.pk for row in voters_at(meeting, item)}:
        raise Refused(
            say(gettext_noop("%(name)s deltar ikke med stemmerett i saken."), name=maker.name),
            remedy=say(gettext_noop("Bare den som kan stemme i saken, kan fremme forslag.")),
            rule="meeting.motion",
        )
    if outcome and outcome not in {found.key for found in outcomes_at(item)}:
        raise Invalid.field("outcome", say(gettext_noop("Velg et av utfallene.")), value=outcome)
    last = item.motions.aggregate(last=Max("order"))["last"] or 0
    row = Motion(
        item=item, participant=maker, made_by=maker.name, outcome=outcome, order=last + 1,
        text=clean("text", text, required=say(gettext_noop("Skriv forslaget."))),
    )  # fmt: skip
    ctx.create(row)
    ctx.record("motion.made", row, item=str(item.pk))
    return row


@action("motion.withdraw", kind="motion")
def withdraw_motion(ctx: Context, *, motion_id: UUID, version: int | None = None) -> Motion:
    """Take a motion back: its maker, or who holds the meeting for the maker. Not while a vote over it is open."""
    item_id = Motion.objects.filter(pk=motion_id).values_list("item_id", flat=True).first()
    if item_id is None:
        raise NotFound
    meeting, item = load_item(ctx, item_id)
    row = ctx.load(Motion, motion_id, version=version)
    managing = may(ctx.actor, Act.MEETING_MANAGE, manage_facts(meeting.body, ctx.today, meeting.organisation_id))
    own = row.participant is not None and may(ctx.actor, Act.MEETING_TAKE_PART, part_facts(row.participant))
    ctx.require(own or managing)
    require_taking_part(ctx, meeting, item)
    if row.withdrawn or item.state not in UNTREATED:
        raise Conflict(say(gettext_noop("Forslaget er allerede trukket eller behandlet.")))
    voting = open_voting_in(meeting.pk)
    if voting is not None and any(choice.get("motion") == str(row.pk) for choice in voting.choices):
        raise Conflict(
            say(gettext_noop("Det stemmes over forslaget nå.")),
            remedy=say(gettext_noop("Avbryt avstemningen hvis forslaget skal trekkes.")),
        )
    before = row.snapshot()
    row.withdrawn = True
    ctx.save(row)
    ctx.record("motion.withdrawn", row, before=before)
    return row
