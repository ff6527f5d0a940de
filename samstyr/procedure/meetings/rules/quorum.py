"""Who takes part in an item, and whether they are enough to decide.

A body can decide when at least half of its members have been present during the treatment and have voted
(kommuneloven § 11-9); other bodies as their model says. Quorum is counted for each item: who is disqualified
counts neither as present nor as voting (forvaltningsloven § 6), and a substitute may take the seat.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

# Whole per cents that stand for a fraction of the law: «en tredel» and «to tredeler».
_THIRDS = {33: Fraction(1, 3), 34: Fraction(1, 3), 66: Fraction(2, 3), 67: Fraction(2, 3)}


@dataclass(frozen=True)
class Seated:
    """One called, as for one item. `there`: in the room or on the net now. `out`: disqualified in the item.

    `stands_in_for` is the key of the member whose seat a substitute takes; "" for a member.
    """

    key: str
    votes: bool = True
    there: bool = False
    out: bool = False
    stands_in_for: str = ""
    weight: int = 1


@dataclass(frozen=True)
class Quorum:
    """How many seats there are with a vote, how many are needed and how many take part; `percent` 0 asks for none.

    `voted` is how many have voted, where that counts too; None before a vote, and where it does not count.
    """

    seats: int
    there: int
    needed: int
    percent: int
    source: Sentence | str = ""
    voted: int | None = None

    @property
    def met(self) -> bool:
        """Whether the body can decide."""
        return self.there >= self.needed and (self.voted is None or self.voted >= self.needed)


def share_of(percent: int) -> Fraction:
    """The share a whole per cent stands for; 33 and 34 are a third, 66 and 67 two thirds."""
    return _THIRDS.get(percent, Fraction(percent, 100))


def voters(people: Iterable[Seated]) -> list[Seated]:
    """Who votes in the item: each seat at most once, by the member, else by the one who takes the seat."""
    everyone = list(people)
    members = {one.key: one for one in everyone if not one.stands_in_for}
    taken: dict[str, Seated] = {}
    for one in everyone:
        if one.stands_in_for not in members and _takes_part(one):
            taken.setdefault(one.stands_in_for or one.key, one)
    for one in everyone:
        member = members.get(one.stands_in_for)
        if member is not None and not _takes_part(member) and _takes_part(one):
            taken.setdefault(member.key, one)
    chosen = {one.key for one in taken.values()}
    return [one for one in everyone if one.key in chosen]


def _takes_part(one: Seated) -> bool:
    return one.votes and one.there and not one.out


def quorum(
    people: Sequence[Seated], seats: int, percent: int, *, source: Sentence | str = "", voted: int | None = None
) -> Quorum:
    """Whether enough take part. `seats` are all the body's seats with a vote, vacant ones too.

    Give `voted` where the law asks that they have voted (kommuneloven § 11-9).
    """
    return Quorum(seats, len(voters(people)), math.ceil(share_of(percent) * seats), percent, source, voted)


def quorum_words(found: Quorum) -> Sentence:
    """How it stands, in words."""
    if not found.percent:
        return say(
            gettext_noop("%(there)s av %(seats)s med stemmerett deltar. Organet har ikke noe krav til antall."),
            there=found.there, seats=found.seats,
        )  # fmt: skip
    words = (
        gettext_noop("Vedtaksført: %(there)s av %(seats)s med stemmerett deltar, og %(needed)s kreves (%(source)s).")
        if found.there >= found.needed
        else gettext_noop(
            "Ikke vedtaksført: %(there)s av %(seats)s med stemmerett deltar, og %(needed)s kreves (%(source)s)."
        )
    )
    return say(words, there=found.there, seats=found.seats, needed=found.needed, source=str(found.source))


def quorum_fault(found: Quorum) -> Sentence | None:
    """Why the body cannot decide, with the rule; None when it can."""
    if found.there < found.needed:
        return quorum_words(found)
    if found.voted is not None and found.voted < found.needed:
        return say(
            gettext_noop("Bare %(voted)s har stemt, og minst %(needed)s må stemme (%(source)s)."),
            voted=found.voted, needed=found.needed, source=str(found.source),
        )  # fmt: skip
    return None


def kept_off(objecting: int, present: int, percent: int) -> bool:
    """Whether so many of those present object that a late item cannot be treated (kommuneloven § 11-3).

    `percent` 0: nobody can keep it off but who leads the meeting, by not opening it.
    """
    return percent > 0 and objecting > 0 and Fraction(objecting) >= share_of(percent) * present
