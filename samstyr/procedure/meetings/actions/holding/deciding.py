"""Decide an item: the outcome on the case's trail, and what the minutes say, in one transaction."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.models import Case, CaseStep, Treatment
from samstyr.procedure.casework.queries import earliest_date, step_facts

from ...models import AgendaItem, Ballot, Meeting, Motion, Participant, Voting
from ...queries.holding import is_there, left_out_of, voters_at
from ...queries.minutes import approved_in_meeting
from ...queries.votes import Terms, ballots_in, outcomes_at, terms_at, weights_at
from ...rules.outcome import AGAINST_KEY, CHAIRED, FOR_KEY, PROPOSAL_KEY
from ...rules.written import AGAINST_CHOICE
from ..approving import approve_minutes
from ._common import clean, managed_item, require_no_vote, require_open_item
from .voting import require_able

VOTE, AGREED, CHAIR = "vote", "agreed", "chair"
RULE = "meeting.decided"
# Effects by which a body follows what was proposed to it.
FOLLOWING = ("advance", "goto", "conditions", "end_positive")


@action("item.decide", kind="agenda_item")
def decide_item(
    ctx: Context,
    *,
    item_id: UUID,
    version: int | None = None,
    how: str,
    voting_id: UUID | None = None,
    outcome: str = "",
    text: str = "",
    reason: str = "",
    conditions: str = "",
    until: date | None = None,
    override: str = "",
) -> AgendaItem:
    """Decide the item that is being treated. `how` is vote (then `voting_id`), agreed, or chair where the body's rule

    lets who leads settle it. All agreed where the law counts only those who have voted (kommuneloven § 11-9), or where
    the outcome asks who voted what, is entered as a vote where all voted for. The item's case gets its outcome in the same transaction, with who was present
    and what each voted; an item without a case gets its text alone. To decide the approval of minutes is to approve those the body

    has been sent, where its rules let it approve them in a meeting.

    Raises Conflict without quorum, outside the mandate, or when the case has moved on; Invalid for what is missing and
    for an outcome that the vote did not give.
    """
    _lock_case(ctx, item_id)
    meeting, item = managed_item(ctx, item_id, version=version)
    require_open_item(item)
    require_no_vote(meeting)
    terms = terms_at(item, meeting)
    voting = _voting(item, how, voting_id)
    outcome = outcome or _outcome_of(voting)
    _check(item, terms, how, outcome, voting)
    text = clean("text", text) or _text_of(item, voting, outcome)
    if how == AGREED and (terms.must_vote or _asks_for_votes(item, outcome)):
        voting = _all_for(ctx, meeting, item, terms, outcome)
    require_able(meeting, item, terms, len(ballots_in(voting.pk)) if voting is not None else None)
    if item.case_step_id is None and not text:
        raise Invalid.field("text", say(gettext_noop("Skriv vedtaket.")))
    before = item.snapshot()
    # Decided first, so that the step's own closing does not take the item for one that still waits.
    item.state, item.treated_at, item.decision = AgendaItem.State.DECIDED, ctx.now, text
    ctx.save(item)
    if item.case_step_id is not None:
        item.treatment = _treat(ctx, meeting, item, outcome, text, reason, conditions, until, voting, override)
        ctx.save(item)
    ctx.record("item.decided", item, before=before, how=how)
    if item.kind == AgendaItem.Kind.MINUTES and _as_proposed(voting):
        _approve_earlier(ctx, meeting)
    return item


def _as_proposed(voting: Voting | None) -> bool:
    """Whether nobody has had the body say something else than what was proposed."""
    return voting is None or (voting.result != AGAINST_KEY and not _won(voting).get("motion"))


def _approve_earlier(ctx: Context, meeting: Meeting) -> None:
    """The body has approved its earlier minutes here: what was sent to it, and nothing that has changed since."""
    for minutes in approved_in_meeting(meeting):
        approve_minutes(
            actor=ctx.actor.on_behalf(RULE), now=ctx.now, minutes_id=minutes.pk, digest=minutes.digest,
            in_meeting=meeting.pk,
        )  # fmt: skip


def _lock_case(ctx: Context, item_id: UUID) -> None:
    """The case is locked before the meeting, as whoever closes the step from another side locks it."""
    found = AgendaItem.objects.filter(pk=item_id, case_step__isnull=False).values_list("case_step_id", flat=True)
    step_id = found.first()
    if step_id is not None:
        case_id = CaseStep.objects.filter(pk=step_id).values_list("case_id", flat=True).first()
        ctx.load(Case, case_id)
        ctx.load(CaseStep, step_id)


def _voting(item: AgendaItem, how: str, voting_id: UUID | None) -> Voting | None:
    if how != VOTE:
        return None
    found = Voting.objects.filter(pk=voting_id, item=item, cancelled=False, closed_at__isnull=False).first()
    if found is None:
        raise Invalid.field("voting", say(gettext_noop("Velg avstemningen som avgjør saken.")))
    if not found.result:
        raise Conflict(
            say(gettext_noop("Avstemningen ga ikke noe vedtak. %(why)s"), why=found.why),
            remedy=say(gettext_noop("Stem på nytt, eller utsett saken.")),
        )
    return found  # type: ignore[no-any-return]


def _won(voting: Voting) -> dict[str, str]:
    return next((one for one in voting.choices if one["key"] == voting.result), {})


def _outcome_of(voting: Voting | None) -> str:
    return _won(voting).get("outcome", "") if voting is not None else ""


def _text_of(item: AgendaItem, voting: Voting | None, outcome: str) -> str:
    """What is decided when nothing else is written: the motion that won, else the proposal where it is followed."""
    motion = _won(voting).get("motion") if voting is not None else ""
    if motion:
        found = Motion.objects.filter(pk=motion, item=item).first()
        return found.text if found else ""
    if voting is not None and voting.result in (PROPOSAL_KEY, FOR_KEY, AGAINST_KEY):
        return "" if voting.result == AGAINST_KEY else item.proposal
    effect = next((str(one.effect) for one in outcomes_at(item) if str(one.key) == outcome), "")
    return item.proposal if effect in FOLLOWING or not effect else ""


def _check(item: AgendaItem, terms: Terms, how: str, outcome: str, voting: Voting | None) -> None:
    rule = str(terms.decision.rule)
    if how not in (VOTE, AGREED, CHAIR):
        raise Invalid.field("how", say(gettext_noop("Velg hvordan saken ble avgjort.")), value=how)
    if how == CHAIR and rule not in CHAIRED:
        raise Invalid.field(
            "how", say(gettext_noop("Organets regel lar ikke møteleder avgjøre alene.")),
            remedy=say(gettext_noop("Hold en avstemning, eller før at alle var enige.")),
        )  # fmt: skip
    if item.case_step_id is None:
        return
    if outcome not in {str(one.key) for one in outcomes_at(item)}:
        raise Invalid.field("outcome", say(gettext_noop("Velg et av utfallene.")), value=outcome)
    won = _outcome_of(voting)
    if won and won != outcome:
        raise Invalid.field(
            "outcome", say(gettext_noop("Avstemningen ga et annet utfall enn det som er valgt.")), value=outcome
        )


def _asks_for_votes(item: AgendaItem, outcome: str) -> bool:
    """Whether the outcome needs everyone's vote on record, as one that binds each of several organisations does."""
    return any(str(one.key) == outcome and ("votes" in one.requires or one.binds) for one in outcomes_at(item))


def _all_for(ctx: Context, meeting: Meeting, item: AgendaItem, terms: Terms, outcome: str) -> Voting:
    """What all agreed on, entered as the vote it was: everybody who takes part for."""
    last = Voting.objects.filter(item=item).aggregate(last=Max("order"))["last"] or 0
    voters = voters_at(meeting, item)
    weights = weights_at(item, meeting, terms.decision)
    key = outcome or FOR_KEY
    names = {str(one.key): str(one.name) for one in outcomes_at(item)}
    label = names.get(key, str(say(gettext_noop("For"))))
    voting = ctx.create(
        Voting(
            item=item, order=last + 1, manner=Voting.Manner.SHOW, question=item.title, rule=str(terms.decision.rule),
            tie=str(terms.decision.tie or "fails"), opened_at=ctx.now, closed_at=ctx.now, result=key,
            choices=[{"key": key, "label": label, "motion": "", "outcome": outcome}],
            counts={key: sum(weights.get(row.pk, 1) for row in voters)}, why=str(say(gettext_noop("Enstemmig."))),
        )
    )  # fmt: skip
    ctx.create_many(
        Ballot,
        [
            Ballot(voting=voting, participant=row, choice=key, weight=weights.get(row.pk, 1), by_secretary=True,
                   cast_at=ctx.now)
            for row in voters
        ],
    )  # fmt: skip
    ctx.record("voting.closed", voting)
    return voting


def _treat(
    ctx: Context, meeting: Meeting, item: AgendaItem, outcome: str, text: str, reason: str, conditions: str,
    until: date | None, voting: Voting | None, override: str,
) -> Treatment:  # fmt: skip
    row = item.case_step
    assert row is not None
    # The body has decided; who holds the meeting enters it, also one who could not have treated the step alone.
    actor = ctx.actor if may(ctx.actor, Act.CASE_TREAT, step_facts(row)) else ctx.actor.on_behalf(RULE)
    return casework.treat(
        actor=actor,
        now=ctx.now,
        case_step_id=row.pk,
        version=None,
        outcome=outcome,
        text=text,
        reason=reason,
        conditions=conditions,
        decided_on=min(ctx.today, max(meeting.held_on, earliest_date(row.case, row))),
        present=_present(meeting, item),
        votes=_votes(meeting, voting, outcome) if voting is not None else [],
        until=until,
        counted=True,
        override=override,
    )


def _present(meeting: Meeting, item: AgendaItem) -> list[dict[str, Any]]:
    """All who were there: whether they had a vote in the item, and who was left out of it."""
    voting, out = {row.pk for row in voters_at(meeting, item)}, left_out_of(item)
    found = []
    for row in meeting.participants.all():
        if is_there(row):
            note = str(say(gettext_noop("inhabil"))) if row.pk in out else ""
            if row.stands_in_for:
                note = str(say(gettext_noop("vara for %(name)s"), name=row.stands_in_for))
            found.append({"name": row.name, "seat": _seat(row), "votes": row.pk in voting, "note": note})
    return found


def _seat(row: Participant) -> str:
    return str(row.seat_id or row.pk)


def _votes(meeting: Meeting, voting: Voting, outcome: str) -> list[dict[str, Any]]:
    """What each voted: the outcome it leads to, or the proposal's own words where several lead to the same."""
    choices = {one["key"]: one for one in voting.choices}
    led = [one["outcome"] for one in voting.choices if one.get("outcome")]
    found = []
    for ballot in ballots_in(voting.pk):
        one = choices.get(ballot.choice, {})
        said = one.get("outcome") or one.get("label", "")
        if one.get("motion") or ballot.choice == PROPOSAL_KEY:
            said = one["label"] if led.count(one["outcome"]) != 1 else said
        if ballot.choice == FOR_KEY:
            said = outcome
        elif ballot.choice == AGAINST_KEY:
            said = AGAINST_CHOICE
        row = ballot.participant
        found.append(
            {"voter": _seat(row), "name": row.name, "choice": said if ballot.choice else "",
             "chair": row.person_id == meeting.chair_id, "weight": ballot.weight}
        )  # fmt: skip
    return found
