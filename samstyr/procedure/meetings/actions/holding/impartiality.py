"""Ask whether somebody is impartial in an item, and settle it."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from ...models import AgendaItem, Disqualification, Meeting, MeetingState, Participant
from ...queries.access import item_facts, manage_facts
from ...queries.bodies import body_on
from ...queries.holding import circle_facts, decided_by_body, voters_at
from ...rules.outcome import impartiality_fault
from ._common import clean, load_item, require_no_vote, require_taking_part

LAW = "forvaltningsloven § 6"
Outcome = Disqualification.Outcome
UNTREATED = (AgendaItem.State.WAITING, AgendaItem.State.OPEN)


@action("impartiality.raise", kind="disqualification")
def raise_impartiality(
    ctx: Context, *, item_id: UUID, participant_id: UUID, ground: str, law: str = LAW
) -> Disqualification:
    """Ask about somebody's impartiality in an item: oneself, another member, or who holds the meeting.

    `law` is the text it is judged by, with its version where that matters. Raises Conflict when it is asked about
    already or the item is decided, Invalid without a ground.
    """
    meeting, item = load_item(ctx, item_id)
    participant = Participant.objects.filter(meeting=meeting, pk=participant_id).first()
    ctx.require(may(ctx.actor, Act.MEETING_TAKE_PART, circle_facts(meeting, ctx.today)))
    if item.closed and not may(ctx.actor, Act.CASE_READ, item_facts(item)):
        raise NotFound
    if participant is None:
        raise Invalid.field("participant", say(gettext_noop("Velg en som er innkalt til møtet.")))
    if meeting.state == MeetingState.ENDED or item.state not in UNTREATED:
        raise Conflict(say(gettext_noop("Saken er allerede behandlet.")))
    require_no_vote(meeting)
    if Disqualification.objects.filter(item=item, participant=participant).exists():
        raise Conflict(say(gettext_noop("Det er allerede spurt om %(name)s er habil."), name=participant.name))
    row = Disqualification(
        item=item,
        participant=participant,
        ground=clean("ground", ground, longest=500, required=say(gettext_noop("Skriv hva som kan gjøre inhabil."))),
        law=clean("law", law, longest=200) or LAW,
        raised_by=ctx.actor.name[:200],
    )
    ctx.create(row)
    ctx.record("impartiality.raised", row)
    return row


@action("impartiality.decide", kind="disqualification")
def decide_impartiality(
    ctx: Context,
    *,
    disqualification_id: UUID,
    version: int | None = None,
    disqualified: bool,
    votes_for: int = 0,
    votes_against: int = 0,
) -> Disqualification:
    """Settle it: by the body's votes, or by who leads, as the body's rules say (forvaltningsloven § 8).

    `votes_for` are those who found the person disqualified. Who leads does not settle a question of their own: then
    the body does. The person concerned takes no part, and may not enter it. Raises Conflict when it is settled.
    """
    item_id = Disqualification.objects.filter(pk=disqualification_id).values_list("item_id", flat=True).first()
    if item_id is None:
        raise NotFound
    meeting, item = load_item(ctx, item_id)
    ctx.require(may(ctx.actor, Act.MEETING_MANAGE, manage_facts(meeting.body, ctx.today, meeting.organisation_id)))
    require_taking_part(ctx, meeting, item)
    row = ctx.load(Disqualification, disqualification_id, version=version)
    concerned = row.participant
    if concerned.person_id in ctx.actor.people:
        raise Refused(
            say(gettext_noop("Du deltar ikke når det avgjøres om du selv er habil.")), rule="meeting.impartiality"
        )
    if meeting.state != MeetingState.OPEN or item.state not in UNTREATED:
        raise Conflict(
            say(gettext_noop("Habilitet avgjøres mens møtet er i gang, før saken er behandlet.")),
            remedy=say(gettext_noop("Åpne møtet først.")),
        )
    require_no_vote(meeting)
    before = row.snapshot()
    row.outcome = Outcome.DISQUALIFIED if disqualified else Outcome.QUALIFIED
    by = _by_body if decided_by_body(meeting, concerned) else _by_chair
    row.decided_by = str(by(meeting, item, concerned, disqualified, votes_for, votes_against))[:200]
    row.decided_at = ctx.now
    ctx.save(row)
    ctx.record("impartiality.decided", row, before=before)
    return row


def _by_chair(
    meeting: Meeting, _item: AgendaItem, _concerned: Participant, _said: bool, _for: int, _against: int
) -> Sentence:
    return say(gettext_noop("møteleder %(name)s"), name=str(meeting.chair))


def _by_body(
    meeting: Meeting, item: AgendaItem, concerned: Participant, said: bool, for_: int, against: int
) -> Sentence:
    eligible = sum(row.pk != concerned.pk for row in voters_at(meeting, item))
    fault = impartiality_fault(for_, against, eligible, said)
    if fault is not None:
        raise Invalid.field("votes_for", fault, value=f"{for_}-{against}")
    body = body_on(meeting.body, meeting.held_on)
    words = (
        gettext_noop("%(body)s, %(for_)s mot %(against)s for at vedkommende er inhabil, med møteleders dobbeltstemme")
        if for_ == against
        else gettext_noop("%(body)s, %(for_)s mot %(against)s for at vedkommende er inhabil")
    )
    return say(words, body=str(body.name) if body else meeting.body, for_=for_, against=against)
