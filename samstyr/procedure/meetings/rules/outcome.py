"""What a body may decide, and what its votes amount to. Counting itself is casework's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say
from samstyr.procedure.casework.rules.votes import Ballot, Tally, tally

from .written import within_mandate

FOR_KEY, AGAINST_KEY, PROPOSAL_KEY, BLANK = "_for", "_against", "_proposal", ""
# Rules by which who leads settles it when the others do not agree.
CHAIRED = ("chair", "single", "consensus_else_chair")

RULE_WORDS = {
    "chair": gettext_noop("møteleder avgjør"),
    "single": gettext_noop("møteleder avgjør"),
    "simple_majority": gettext_noop("alminnelig flertall av stemmene"),
    "two_thirds": gettext_noop("to tredels flertall"),
    "unanimous": gettext_noop("alle må være enige"),
    "consensus_else_chair": gettext_noop("enighet, ellers avgjør møteleder"),
    "plurality": gettext_noop("flest stemmer"),
}
TIE_WORDS = {
    "chair": gettext_noop("Ved likt stemmetall avgjør møteleders stemme."),
    "fails": gettext_noop("Ved likt stemmetall blir det ikke noe vedtak."),
}


def mandate_fault(body: str, mandate: Iterable[Any], kind: str | None, subject: str) -> Sentence | None:
    """Why the body may not decide this, or None. `kind` is what the step decides; None sets no limit, as in the lint.

    `subject` is what the path is about. A body without a mandate in the model is not limited by one.
    """
    if kind is None or within_mandate(mandate, kind, subject):
        return None
    return say(
        gettext_noop("Saken ligger utenfor mandatet til %(body)s i styringsmodellen."),
        body=body,
    )


def count(rule: str, ballots: Sequence[Ballot], *, tie: str, chair_says: str = "") -> Tally:
    """What the ballots amount to by the body's rule; blank ones ("") are no votes for anything.

    `chair_says` is what the one who leads has settled on where the rule leaves it to the chair. As
    `casework.rules.votes.tally`, but a vote that the chair alone settles is nobody else's, and votes without any
    weight amount to nothing.
    """
    said = chair_says or next((one.choice for one in ballots if one.chair and one.choice), "")
    cast = [one for one in ballots if one.choice]
    if rule in ("chair", "single") and not said:
        counts: dict[str, int] = {}
        for one in cast:
            counts[one.choice] = counts.get(one.choice, 0) + one.weight
        return Tally(None, say(gettext_noop("Møteleder må avgjøre, og har ikke gjort det.")), counts)
    if cast and not any(one.weight for one in cast):
        return Tally(None, say(gettext_noop("Ingen av stemmene teller.")), {one.choice: 0 for one in cast})
    if rule in CHAIRED:
        return tally(rule, ballots, chair_decides=said, tie=tie)
    return tally(rule, ballots, tie=tie)


def leading_choices(counts: dict[str, int]) -> list[str]:
    """The choices with the most weight; more than one means a tie."""
    most = max(counts.values(), default=0)
    return [key for key, weight in counts.items() if weight == most and most]


def impartiality_fault(for_: int, against: int, eligible: int, disqualified: bool) -> Sentence | None:
    """What is wrong with how the body's decision on impartiality is entered, or None.

    `for_` are those who found the person disqualified, `eligible` those who may vote on it: all present with a vote
    but the person concerned (forvaltningsloven § 8). With equal numbers who leads has settled it.
    """
    if for_ < 0 or against < 0 or for_ + against == 0:
        return say(gettext_noop("Oppgi hvor mange som stemte for og imot."))
    if for_ + against > eligible:
        return say(
            gettext_noop("%(votes)s stemmer er flere enn de %(eligible)s som kan stemme over dette."),
            votes=for_ + against, eligible=eligible,
        )  # fmt: skip
    if for_ != against and disqualified != (for_ > against):
        return say(gettext_noop("Stemmene gir et annet svar enn det du har valgt."))
    return None
