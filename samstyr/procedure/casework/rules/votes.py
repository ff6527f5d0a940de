"""From ballots to an outcome, by the model's decision rule. Whole weights; nothing is ever half a vote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say


@dataclass(frozen=True)
class Ballot:
    """One voter's choice. `choice` is an outcome key, or "" for one who was present without voting."""

    voter: str
    choice: str
    weight: int = 1
    chair: bool = False


@dataclass(frozen=True)
class Tally:
    """What the ballots amount to: an outcome, or None with the reason; weights per choice."""

    outcome: str | None
    why: Sentence
    counts: dict[str, int]


SHARES = {"simple_majority": Fraction(1, 2), "two_thirds": Fraction(2, 3)}


def tally(rule: str, ballots: Sequence[Ballot], *, chair_decides: str = "", tie: str = "fails") -> Tally:
    """The outcome by `rule`.

    chair: the chair's choice. unanimous: all who vote agree. consensus_else_chair: agreement, otherwise
    `chair_decides`. simple_majority: more than half of the weight cast. two_thirds: at least two thirds.
    plurality: the most weight. A tie goes to the chair's own choice when `tie` is "chair", else fails; under
    simple_majority only between two halves, and under two_thirds never.
    """
    cast = [ballot for ballot in ballots if ballot.choice]
    counts = dict(Counter[str]())
    for ballot in cast:
        counts[ballot.choice] = counts.get(ballot.choice, 0) + ballot.weight
    chair = next((ballot.choice for ballot in cast if ballot.chair), "") or chair_decides
    if rule in ("single", "chair"):
        return _by_chair(chair or next(iter(counts), ""), counts)
    if not cast:
        return Tally(None, say(gettext_noop("Ingen har stemt.")), counts)
    if rule in ("unanimous", "consensus_else_chair"):
        if len(counts) == 1:
            return Tally(next(iter(counts)), say(gettext_noop("Alle var enige.")), counts)
        if rule == "unanimous":
            return Tally(None, say(gettext_noop("Vedtaket krever at alle er enige.")), counts)
        return _by_chair(chair_decides, counts)
    return _by_weight(rule, counts, chair, tie)


def _by_chair(choice: str, counts: dict[str, int]) -> Tally:
    if not choice:
        return Tally(None, say(gettext_noop("Møteleder må avgjøre, og har ikke gjort det.")), counts)
    return Tally(choice, say(gettext_noop("Møteleder avgjorde.")), counts)


def _by_weight(rule: str, counts: dict[str, int], chair: str, tie: str) -> Tally:
    total = sum(counts.values())
    most = max(counts.values())
    leaders = [choice for choice, weight in counts.items() if weight == most]
    if len(leaders) > 1:
        # The chair's vote makes a half a majority; neither less than that, nor a half into two thirds.
        half = rule == "simple_majority" and 2 * most >= total
        if tie == "chair" and chair in leaders and (rule not in SHARES or half):
            return Tally(chair, say(gettext_noop("Stemmelikhet; møteleders stemme avgjorde.")), counts)
        return Tally(None, say(gettext_noop("Stemmelikhet, og ingen regel avgjør.")), counts)
    share = Fraction(most, total)
    needed = SHARES.get(rule)
    enough = needed is None or (share >= needed if rule == "two_thirds" else share > needed)
    if not enough:
        return Tally(None, say(gettext_noop("Ingen av utfallene fikk stort nok flertall.")), counts)
    return Tally(
        leaders[0],
        say(gettext_noop("%(votes)s av %(total)s stemmer."), votes=most, total=total),
        counts,
    )


def quorate(present: int, seats: int, share: Fraction) -> bool:
    """Whether enough of the seats with a vote are filled by somebody present; `share` of them is enough."""
    return seats == 0 or Fraction(present, seats) >= share
