"""Written procedure: how long members get, when it may be closed, and what their answers amount to.

Elected bodies decide in writing only when all agree, both to the proposal and to its being decided in writing
(kommuneloven § 11-8); others as their model says. A written procedure never decides anything but what was
proposed: without enough for it, the case waits for a meeting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say
from samstyr.foundation.kernel.workdays import add_working_days
from samstyr.procedure.casework.rules.votes import Ballot, tally

FOR, AGAINST, ABSTAIN, COMMENT, MEETING = "for", "against", "abstain", "comment", "meeting"
VOTES = (FOR, AGAINST, ABSTAIN)
# What a vote against is called among the votes of a treatment; no outcome of a model can be called so.
AGAINST_CHOICE = "_against"
LONGEST_DAYS = 180
SOON, LAST_DAY = "soon", "day"
COUNTS = gettext_noop(
    "For: %(for_)s. Imot: %(against_)s. Avsto: %(abstain_)s. Bare merknad: %(comment_)s. Krevde møte: %(meeting_)s."
)


@dataclass(frozen=True)
class Asked:
    """One who is asked: whether they have a vote, what it weighs, and the newest answer ("" for silence)."""

    key: str
    votes: bool
    answer: str = ""
    weight: int = 1
    leads: bool = False


@dataclass(frozen=True)
class Terms:
    """What the answers are judged by. Percents are whole; `seats` is the body's seats with a vote, vacant ones too."""

    agreement: str = "rule"
    rule: str = "simple_majority"
    tie: str = "fails"
    replies_percent: int = 0
    meeting_percent: int = 100
    quorum_percent: int = 0
    seats: int = 0
    early_close: bool = True


@dataclass(frozen=True)
class Result:
    """Whether the proposal is adopted, and why or why not."""

    decided: bool
    why: Sentence


def within_mandate(mandate: Iterable[Any], kind: str, subject: str) -> bool:
    """Whether a body with this mandate may do this kind of thing with the subject; no mandate at all sets no limit.

    `mandate` is the model's list; an item without subjects is for every subject.
    """
    items = list(mandate)
    return not items or any(item.kind == kind and (not item.subjects or subject in item.subjects) for item in items)


def earliest_deadline(sent_on: date, working_days: int) -> date:
    """The first deadline that needs no reason: so many working days after sending (D-33)."""
    return add_working_days(sent_on, working_days)


def deadline_fault(deadline: date, *, sent_on: date, working_days: int, short_reason: str) -> FieldError | None:
    """What is wrong with the deadline. Shorter than the body's least needs a reason (D-33), in elected bodies too:

    the law has no least time there, and guards by asking that every one agrees (kommuneloven § 11-8).
    """
    given = deadline.strftime("%d.%m.%Y")
    if deadline < sent_on:
        return FieldError("deadline", say(gettext_noop("Fristen kan ikke være før i dag.")), given)
    if deadline > sent_on + timedelta(days=LONGEST_DAYS):
        return FieldError(
            "deadline", say(gettext_noop("Fristen kan være høyst %(days)s dager fram."), days=LONGEST_DAYS), given
        )
    earliest = earliest_deadline(sent_on, working_days)
    if deadline < earliest and not short_reason.strip():
        return FieldError(
            "deadline",
            say(gettext_noop("Organet skal ha minst %(days)s virkedager på å svare."), days=working_days),
            given,
            say(
                gettext_noop("Sett fristen til %(date)s eller senere, eller skriv hvorfor den må være kortere."),
                date=earliest.strftime("%d.%m.%Y"),
            ),
        )
    return None


def meeting_demanded(asked: Sequence[Asked], terms: Terms) -> bool:
    """Whether so many of those with a vote ask for a meeting that there is to be one."""
    voters = [one for one in asked if one.votes]
    demanding = sum(one.answer == MEETING for one in voters)
    return demanding > 0 and demanding * 100 >= terms.meeting_percent * len(voters)


def may_close(asked: Sequence[Asked], terms: Terms, *, today: date, deadline: date) -> bool:
    """Whether it is time: the deadline has passed, a meeting is demanded, or all with a vote have answered.

    The last counts only where the body's rules let a procedure be closed early.
    """
    if today > deadline or meeting_demanded(asked, terms):
        return True
    return terms.early_close and all(one.answer for one in asked if one.votes)


def judge(asked: Sequence[Asked], terms: Terms, proposed: str) -> Result:
    """What the answers amount to for the outcome that is proposed. Only who has a vote counts."""
    voters = [one for one in asked if one.votes]
    if meeting_demanded(asked, terms):
        count = sum(one.answer == MEETING for one in voters)
        return _no(gettext_noop("%(count)s av %(all)s med stemmerett krever møte."), count=count, all=len(voters))
    if terms.agreement == "all":
        return _all(voters)
    replied = sum(bool(one.answer) for one in voters)
    if replied * 100 < terms.replies_percent * len(voters):
        return _no(
            gettext_noop("%(count)s av %(all)s med stemmerett har svart. Det kreves %(percent)s prosent."),
            count=replied, all=len(voters), percent=terms.replies_percent,
        )  # fmt: skip
    voted = sum(one.answer in VOTES for one in voters)
    if voted * 100 < terms.quorum_percent * terms.seats:
        return _no(
            gettext_noop("%(count)s stemte, av %(seats)s plasser med stemmerett. Det kreves %(percent)s prosent."),
            count=voted, seats=terms.seats, percent=terms.quorum_percent,
        )  # fmt: skip
    return _counted(voters, terms, proposed)


def _all(voters: Sequence[Asked]) -> Result:
    agree = sum(one.answer == FOR for one in voters)
    if voters and agree == len(voters):
        return Result(
            True,
            say(gettext_noop("Alle %(all)s med stemmerett var enige, også i å avgjøre saken skriftlig."), all=agree),
        )
    return _no(
        gettext_noop(
            "%(count)s av %(all)s med stemmerett har sagt ja. Alle må være enige når saken skal avgjøres skriftlig."
        ),
        count=agree, all=len(voters),
    )  # fmt: skip


def _counted(voters: Sequence[Asked], terms: Terms, proposed: str) -> Result:
    choices = {FOR: proposed, AGAINST: AGAINST_CHOICE}
    ballots = [Ballot(one.key, choices.get(one.answer, ""), one.weight, one.leads) for one in voters]
    chair = next((ballot.choice for ballot in ballots if ballot.chair), "")
    if terms.rule in ("single", "chair") and not chair:
        return _no(gettext_noop("Lederen avgjør, og har ikke svart for eller imot."))
    counted = tally(terms.rule, ballots, chair_decides=chair, tie=terms.tie)
    if counted.outcome == proposed:
        return Result(True, counted.why)
    if counted.outcome == AGAINST_CHOICE:
        return _no(gettext_noop("Forslaget fikk ikke flertall. %(why)s"), why=counted.why)
    return Result(False, counted.why)


def _no(words: str, **params: Any) -> Result:
    return Result(False, say(words, **params))


def reminder_stage(today: date, deadline: date, *, sent_on: date, reminded_on: date | None) -> str:
    """Which reminder is due to one who has not answered: two working days before, and on the last day.

    Empty when none is. Nobody is reminded on the day of sending, or twice of the same.
    """
    first = add_working_days(deadline, -2)
    if not first <= today <= deadline or today <= sent_on:
        return ""
    if today == deadline:
        return LAST_DAY if reminded_on != today else ""
    return SOON if reminded_on is None or reminded_on < first else ""


def summary_lines(
    *,
    decided: bool,
    why: Sentence,
    counts: dict[str, int],
    silent: Sequence[str],
    comments: Sequence[tuple[str, str]],
    short_reason: str,
    not_asked: str = "",
) -> list[str]:
    """The closing summary for the minutes, a paragraph each: result, counts, who was silent, and what was said."""
    head = gettext_noop("Forslaget er vedtatt.") if decided else gettext_noop("Saken tas i møte.")
    lines = [
        f"{say(head)} {why}",
        str(say(COUNTS, **{f"{name}_": counts.get(name, 0) for name in (*VOTES, COMMENT, MEETING)})),
    ]
    if silent:
        lines.append(str(say(gettext_noop("Har ikke svart: %(names)s."), names=", ".join(silent))))
    if not_asked:
        lines.append(not_asked)
    if short_reason:
        lines.append(str(say(gettext_noop("Fristen var kortere enn vanlig: %(reason)s"), reason=short_reason)))
    lines += [f"{name}: «{text}»" for name, text in comments]
    return lines
