"""Turns a meeting that is held into what its pages show, as one person may see it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.pieces import Status, Tone
from samstyr.procedure.meetings.queries import body_on, holding, votes
from samstyr.procedure.meetings.rules.outcome import CHAIRED, RULE_WORDS, TIE_WORDS
from samstyr.procedure.meetings.rules.quorum import quorum_words

ITEM_TONES = {
    "waiting": Tone.NEUTRAL,
    "open": Tone.INFO,
    "decided": Tone.SUCCESS,
    "postponed": Tone.WARNING,
    "withdrawn": Tone.WARNING,
}
MEETING_TONES = {"planned": Tone.NEUTRAL, "called": Tone.INFO, "open": Tone.SUCCESS, "ended": Tone.NEUTRAL}


@dataclass(frozen=True)
class Line:
    """An item on the agenda. `visible` says whether its content may be read."""

    item: Any
    status: Status
    visible: bool


@dataclass(frozen=True)
class Present:
    """One called: how it stands, and whether there is a vote in the item in hand."""

    row: Any
    status: Status
    there: bool
    out: bool
    votes: bool


@dataclass(frozen=True)
class Choice:
    """Something to vote for, its weight when the vote is closed, and who chose it then."""

    key: str
    label: str
    weight: int
    names: tuple[str, ...]
    won: bool


@dataclass(frozen=True)
class Poll:
    """A vote: what it is between, how many have voted of how many, who is missing, and what came of it.

    `mine` is (participant, the choice's words, its key) for each seat the person votes from.
    """

    voting: Any
    choices: tuple[Choice, ...]
    voters: tuple[Any, ...]
    voted: int
    missing: tuple[str, ...]
    mine: tuple[tuple[Any, str, str | None], ...]
    rule: str
    chaired: bool


@dataclass(frozen=True)
class Hall:
    """The meeting as one person may see it. `item` is the one looked at, `going` the one being treated."""

    meeting: Any
    title: str
    status: Status
    lines: tuple[Line, ...]
    people: tuple[Present, ...]
    item: Any
    going: Any
    visible: bool
    manages: bool
    mine: tuple[Any, ...]
    quorum: Any
    quorum_words: str
    terms: Any
    poll: Poll | None
    closed: tuple[Poll, ...]
    chair: Any

    @property
    def able(self) -> bool:
        """Whether the body can decide the item now."""
        return bool(self.quorum.met)

    @property
    def open(self) -> bool:
        """Whether the meeting is going on."""
        return bool(self.meeting.state == "open")


def hall_of(request: HttpRequest, key: Any, chosen: str = "") -> Hall:
    """The meeting for the page, or NotFound. `chosen` is the item to look at; else the one being treated, or next."""
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    meeting = holding.hall_of(key)
    if meeting is None or not holding.may_read_meeting(actor, meeting):
        raise NotFound
    manages = holding.may_manage_meeting(actor, meeting, today)
    readable = holding.readable_items(actor, meeting)
    items = list(meeting.items.all())
    going = next((item for item in items if item.state == "open"), None)
    waiting = next((item for item in items if item.state == "waiting"), None)
    item = next((one for one in items if str(one.pk) == chosen), going or waiting) if manages else going
    mine = tuple(holding.own_rows(actor, meeting))
    terms = votes.terms_at(item, meeting) if item else None
    quorum = holding.quorum_at(meeting, item, terms)
    voters = holding.voters_at(meeting, item)
    polls = [
        poll_of(meeting, row, voters, mine, manages=manages)
        for row in (sorted(item.votings.all(), key=lambda row: row.order) if item else ())
    ]
    body = body_on(meeting.body, meeting.held_on)
    return Hall(
        meeting=meeting,
        title=f"{body.name if body else meeting.body} {meeting.number}/{meeting.held_on.year}",
        status=Status(meeting.get_state_display().capitalize(), MEETING_TONES[meeting.state]),
        lines=tuple(
            Line(one, Status(one.get_state_display().capitalize(), ITEM_TONES[one.state]), one.pk in readable)
            for one in items
        ),
        people=tuple(_person(row, meeting, item, voters) for row in holding.in_seat_order(meeting)),
        item=item,
        going=going,
        visible=item is not None and item.pk in readable,
        manages=manages,
        mine=mine,
        quorum=quorum,
        quorum_words=str(quorum_words(quorum)),
        terms=terms,
        poll=next((one for one in polls if one.voting.closed_at is None), None),
        closed=tuple(one for one in polls if one.voting.closed_at is not None),
        chair=next((row for row in meeting.participants.all() if row.person_id == meeting.chair_id), None),
    )


def _person(row: Any, meeting: Any, item: Any, voters: list[Any]) -> Present:
    out = row.pk in holding.left_out_of(item)
    there = holding.is_there(row)
    if out:
        status = Status(_("Inhabil i saken"), Tone.WARNING)
    elif there:
        status = Status(_("På nett") if row.is_remote else _("Til stede"), Tone.SUCCESS)
    elif row.left_at:
        status = Status(_("Gått"), Tone.WARNING)
    else:
        status = Status(_("Meldt forfall") if row.answer == "absent" else _("Ikke her"), Tone.NEUTRAL)
    return Present(row, status, there, out, row in voters)


def poll_of(meeting: Any, voting: Any, voters: list[Any], mine: tuple[Any, ...], *, manages: bool) -> Poll:
    """A vote; what others vote is shown only when it is closed, but for votes that are entered by hand."""
    ballots = list(voting.ballots.all())
    told = voting.closed_at is not None
    given = {row.participant_id: row.choice for row in ballots}
    shown = told or (manages and voting.manner != "browser")
    labels = {one["key"]: one["label"] for one in voting.choices}
    choices = tuple(
        Choice(
            one["key"],
            one["label"],
            int(voting.counts.get(one["key"], 0)) if told else 0,
            tuple(sorted(row.participant.name for row in ballots if row.choice == one["key"])) if shown else (),
            told and bool(voting.result) and voting.result == one["key"],
        )
        for one in voting.choices
    )
    return Poll(
        voting,
        choices,
        tuple((row, given.get(row.pk) if shown or row in mine else None, row.pk in given) for row in voters),
        len(ballots),
        tuple(row.name for row in voters if row.pk not in given),
        tuple(
            (row, labels.get(given[row.pk], "") if row.pk in given else "", given.get(row.pk))
            for row in mine
            if row in voters
        ),
        f"{_(RULE_WORDS.get(voting.rule, voting.rule)).capitalize()}. {_(TIE_WORDS[voting.tie])}",
        voting.rule in CHAIRED,
    )


def stamp_of(hall: Hall) -> str:
    """Changes whenever what a member sees does, so that a page that is up to date is not redrawn."""
    parts: list[Any] = [hall.meeting.state, hall.meeting.version, hall.going.pk if hall.going else ""]
    for one in hall.lines:
        parts += [one.item.version]
    for poll in (hall.poll, *hall.closed):
        if poll is not None:
            parts += [poll.voting.pk.hex[:8], poll.voting.version, [key for _row, _label, key in poll.mine]]
            parts += [poll.voted] if hall.manages else []
    return sha256("-".join(str(part) for part in parts).encode()).hexdigest()[:16]
