"""Votes: open one, vote on one's own screen or through who keeps the book, close it, or cancel it.

Who votes stands still while a vote is open: attendance, impartiality and who leads are changed before or after it.
Every ballot locks the vote first, as closing does, so that each is either counted or refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Max

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.foundation.kernel.text import gettext_noop, say

from ...models import AgendaItem, Ballot, Meeting, Participant, Voting
from ...queries.access import manage_facts, part_facts
from ...queries.holding import quorum_at, voters_at
from ...queries.votes import Terms, outcomes_at, outside_mandate, terms_at, votes_of, weights_at
from ...rules.outcome import AGAINST_KEY, BLANK, FOR_KEY, PROPOSAL_KEY, count
from ...rules.quorum import quorum_fault
from ._common import (
    clean,
    managed_item,
    open_voting_of,
    require_no_vote,
    require_open_item,
    require_taking_part,
)

OUTCOMES, MOTIONS, TEXT = "outcomes", "motions", "text"
Choice = dict[str, str]


@action("voting.open", kind="voting")
def open_voting(
    ctx: Context,
    *,
    item_id: UUID,
    version: int | None = None,
    manner: str,
    about: str,
    contenders: Sequence[str] = (),
    question: str = "",
    proposal_outcome: str = "",
    election: bool = False,
) -> Voting:
    """Open a vote over the item that is being treated.

    `about` is outcomes (of the case's step), motions (the proposal against what has been moved) or text (for or
    against one text). `contenders` are those of them to choose between; all when left out. `proposal_outcome` is what
    the step ends with if the proposal wins over the motions. `election` allows blank votes everywhere, and no tie is
    the chair's (kommuneloven §§ 8-1 and 11-9).

    Raises Conflict without quorum, outside the mandate, or while a vote is open; Invalid for fewer than two choices.
    """
    meeting, item = managed_item(ctx, item_id, version=version)
    require_open_item(item)
    require_no_vote(meeting)
    terms = terms_at(item, meeting)
    require_able(meeting, item, terms)
    if manner not in Voting.Manner.values:
        raise Invalid.field("manner", say(gettext_noop("Velg hvordan det stemmes.")), value=manner)
    choices = choices_of(item, about, contenders, proposal_outcome)
    if len(choices) < 2:
        raise Invalid.field("contenders", say(gettext_noop("Velg minst to å stemme mellom.")))
    if terms.blank or election:
        choices.append({"key": BLANK, "label": str(say(gettext_noop("Blankt"))), "motion": "", "outcome": ""})
    rule, tie = str(terms.decision.rule), "fails" if election else str(terms.decision.tie or "fails")
    last = Voting.objects.filter(item=item).aggregate(last=Max("order"))["last"] or 0
    row = Voting(
        item=item, order=last + 1, manner=manner, rule=rule, tie=tie, choices=choices, opened_at=ctx.now,
        question=clean("question", question, longest=500) or item.title,
    )  # fmt: skip
    ctx.create(row)
    ctx.record("voting.opened", row)
    return row


def require_able(meeting: Meeting, item: AgendaItem, terms: Terms, voted: int | None = None) -> None:
    """Raise Conflict, with the rule named, when the body lacks quorum or mandate for the item, or when it is not

    settled who takes part in it.
    """
    asked = item.disqualifications.filter(outcome="").select_related("participant").first()
    if asked is not None:
        raise Conflict(
            say(gettext_noop("Det er ikke avgjort om %(name)s er habil."), name=asked.participant.name),
            remedy=say(gettext_noop("Avgjør det før saken avgjøres (forvaltningsloven § 8).")),
            rule="meeting.impartiality",
        )
    fault = quorum_fault(quorum_at(meeting, item, terms, voted))
    if fault is not None:
        raise Conflict(
            fault,
            remedy=say(gettext_noop("Kall inn vara, eller utsett saken.")),
            rule="meeting.quorum",
        )
    outside = outside_mandate(item)
    if outside is not None:
        raise Conflict(
            outside,
            remedy=say(gettext_noop("Send saken til et organ som har den i mandatet, eller endre styringsmodellen.")),
            rule="meeting.mandate",
        )


def choices_of(item: AgendaItem, about: str, contenders: Sequence[str], proposal_outcome: str) -> list[Choice]:
    """What can be chosen between, each with key, words, motion and the outcome it leads to. Raises Invalid."""
    names = {str(one.key): str(one.name) for one in outcomes_at(item)}
    if proposal_outcome and proposal_outcome not in names:
        raise Invalid.field("proposal_outcome", say(gettext_noop("Velg et av utfallene.")), value=proposal_outcome)
    found: list[Choice] = []
    if about == OUTCOMES:
        found = [{"key": key, "label": name, "motion": "", "outcome": key} for key, name in names.items()]
    elif about == TEXT:
        return [
            _choice(FOR_KEY, str(say(gettext_noop("For"))), outcome=proposal_outcome),
            _choice(AGAINST_KEY, str(say(gettext_noop("Imot")))),
        ]
    elif about == MOTIONS:
        if item.proposal.strip():
            found.append(_choice(PROPOSAL_KEY, str(say(gettext_noop("Innstillingen"))), outcome=proposal_outcome))
        for number, motion in enumerate(item.motions.order_by("order", "pk"), 1):
            if not motion.withdrawn:
                label = say(gettext_noop("Forslag %(number)s fra %(name)s"), number=number, name=motion.made_by)
                found.append(_choice(motion.pk.hex, str(label), motion=str(motion.pk), outcome=motion.outcome))
    else:
        raise Invalid.field("about", say(gettext_noop("Velg hva det stemmes over.")), value=about)
    return [one for one in found if not contenders or one["key"] in contenders]


def _choice(key: str, label: str, *, motion: str = "", outcome: str = "") -> Choice:
    return {"key": key, "label": label, "motion": motion, "outcome": outcome}


@action("voting.cast", kind="voting")
def cast(ctx: Context, *, voting_id: UUID, participant_id: UUID, choice: str) -> Ballot:
    """Vote on one's own screen; voting again changes the ballot until the vote is closed. One ballot for each seat.

    Raises Conflict when it is closed, Refused for who has no vote in the item, Invalid for what is no choice. What is
    voted is no part of the trail before the vote is closed.
    """
    participant = Participant.objects.filter(pk=participant_id).first()
    ctx.require(may(ctx.actor, Act.MEETING_TAKE_PART, part_facts(participant or Participant(name="-"))))
    assert participant is not None
    voting = open_voting_of(ctx, voting_id)
    item, meeting = voting.item, voting.item.meeting
    if voting.manner != Voting.Manner.BROWSER:
        raise Conflict(
            say(gettext_noop("Det stemmes %(manner)s."), manner=voting.get_manner_display()),
            remedy=say(gettext_noop("Stem slik møteleder ber om.")),
        )
    voter = next((row for row in voters_at(meeting, item) if row.pk == participant.pk), None)
    if voter is None:
        raise Refused(say(gettext_noop("Du deltar ikke med stemme i saken.")), rule="meeting.voter")
    if choice not in {one["key"] for one in voting.choices}:
        raise _no_choice(voting, choice)
    row = _put(ctx, voting, voter, choice, weights_at(item, meeting, terms_at(item, meeting).decision))
    ctx.record("voting.cast", voting, before=voting.snapshot(), voter=voter.name)
    return row


def _no_choice(voting: Voting, choice: str) -> Invalid:
    remedy: Any = ""
    if choice == BLANK:
        remedy = say(gettext_noop("Blank stemme er ikke lov her (kommuneloven § 8-1)."))
    return Invalid.field("choice", say(gettext_noop("Velg hva du stemmer.")), value=choice, remedy=remedy)


def _put(
    ctx: Context, voting: Voting, voter: Participant, choice: str, weights: Mapping[UUID, int], *, entered: bool = False
) -> Ballot:
    row = Ballot.objects.select_for_update(of=("self",)).filter(voting=voting, participant=voter).first()
    if row is None:
        made = Ballot(
            voting=voting, participant=voter, choice=choice, weight=weights.get(voter.pk, 1), by_secretary=entered,
            cast_at=ctx.now,
        )  # fmt: skip
        return ctx.create(made)
    row.choice, row.weight, row.by_secretary, row.cast_at = choice, weights.get(voter.pk, 1), entered, ctx.now
    return ctx.save(row)  # type: ignore[no-any-return]


@action("voting.enter", kind="voting")
def enter_ballots(ctx: Context, *, voting_id: UUID, ballots: Mapping[str, str | None]) -> Voting:
    """Enter what others vote by show of hands, at a roll call, or because their screen fails; all or none.

    `ballots` is choice by participant; None takes back what was entered. Raises as `cast`.
    """
    voting = open_voting_of(ctx, voting_id)
    item, meeting = voting.item, voting.item.meeting
    ctx.require(may(ctx.actor, Act.MEETING_MANAGE, manage_facts(meeting.body, ctx.today, meeting.organisation_id)))
    require_taking_part(ctx, meeting, item)
    keys = {one["key"] for one in voting.choices}
    there = {str(row.pk): row for row in voters_at(meeting, item)}
    weights = weights_at(item, meeting, terms_at(item, meeting).decision)
    before = voting.snapshot()
    for key, choice in ballots.items():
        voter = there.get(key)
        if voter is None:
            raise Invalid.field("choice", say(gettext_noop("En av dem deltar ikke med stemme i saken.")), value=key)
        if choice is None:
            _take_back(ctx, voting, voter)
        elif choice not in keys:
            raise _no_choice(voting, choice)
        else:
            _put(ctx, voting, voter, choice, weights, entered=True)
    ctx.record("voting.entered", voting, before=before, voters=len(ballots))
    return voting


def _take_back(ctx: Context, voting: Voting, voter: Participant) -> None:
    row = Ballot.objects.select_for_update(of=("self",)).filter(voting=voting, participant=voter).first()
    if row is not None:
        ctx.delete(row)


@action("voting.close", kind="voting")
def close_voting(ctx: Context, *, voting_id: UUID, version: int | None = None, chair_says: str = "") -> Voting:
    """Close the vote and count it by the body's rule. `chair_says` is the choice of who leads, where the rule leaves it

    to the chair. Raises Conflict when it is closed, and where only those who have voted count, when too few have.
    """
    voting = _managed(ctx, voting_id)
    item, meeting = voting.item, voting.item.meeting
    if version is not None and voting.version != version:
        raise Conflict(say(gettext_noop("Noen andre har endret dette etter at du åpnet siden.")), rule="version")
    if chair_says and chair_says not in {one["key"] for one in voting.choices}:
        raise Invalid.field("chair_says", say(gettext_noop("Velg hva møteleder avgjør.")), value=chair_says)
    ballots = votes_of(voting, meeting.chair_id)
    require_able(meeting, item, terms_at(item, meeting), len(ballots))
    result = count(voting.rule, ballots, tie=voting.tie, chair_says=chair_says)
    before = voting.snapshot()
    blank = sum(one.weight for one in ballots if one.choice == BLANK)
    counts = {one["key"]: result.counts.get(one["key"], 0) for one in voting.choices if one["key"]}
    voting.counts = counts | ({BLANK: blank} if blank else {})
    voting.result, voting.why, voting.closed_at = result.outcome or "", str(result.why)[:500], ctx.now
    ctx.save(voting)
    ctx.record("voting.closed", voting, before=before)
    return voting


def _managed(ctx: Context, voting_id: UUID) -> Voting:
    voting = open_voting_of(ctx, voting_id)
    meeting = voting.item.meeting
    ctx.require(may(ctx.actor, Act.MEETING_MANAGE, manage_facts(meeting.body, ctx.today, meeting.organisation_id)))
    require_taking_part(ctx, meeting, voting.item)
    return voting


@action("voting.cancel", kind="voting")
def cancel_voting(ctx: Context, *, voting_id: UUID, reason: str) -> Voting:
    """Cancel an open vote, with why; nothing comes of it."""
    voting = _managed(ctx, voting_id)
    before = voting.snapshot()
    voting.why = clean("reason", reason, longest=500, required=say(gettext_noop("Skriv hvorfor den avbrytes.")))
    voting.cancelled, voting.closed_at = True, ctx.now
    ctx.save(voting)
    ctx.record("voting.cancelled", voting, before=before)
    return voting
