"""Who takes part in a joint measure: answers within a deadline, and shares over those that are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from samstyr.foundation.kernel.money import share
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .lines import Line, Party, split, weights_of

HUNDRED_PERCENT = 10_000


def answer_fault(*, before: str, deadline: date, contract_on: date | None, until: str, today: date) -> Sentence | None:
    """Why an answer cannot be given or changed today (N-193).

    The first answer comes by the deadline. One that is given may be changed until the deadline or until the
    contract, as the model's `until` says; after the contract never.
    """
    if contract_on is not None and today >= contract_on:
        return say(gettext_noop("Kontrakten er inngått, og svaret kan ikke endres."))
    if today <= deadline:
        return None
    if before == "none":
        return say(gettext_noop("Svarfristen gikk ut %(date)s."), date=deadline.strftime("%d.%m.%Y"))
    if until == "deadline":
        return say(gettext_noop("Svaret kan ikke endres etter fristen."))
    return None


def with_those_left(line: Line, answers: Mapping[UUID, str]) -> Line:
    """The line with only those that have said yes; silence and reservation are left out."""
    return replace(line, organisations=tuple(key for key, answer in answers.items() if answer == "join"))


def shares_left(
    line: Line, answers: Mapping[UUID, str], parties: Sequence[Party], keys: Mapping[str, Any]
) -> dict[UUID, tuple[int, dict[int, int]]]:
    """Per organisation asked: hundredths of a per cent, and kroner per year, over those that take part (I-19).

    The hundredths sum to 100 per cent and the kroner to the line's; who reserved or is silent has nothing.
    """
    left = with_those_left(line, answers)
    weights = weights_of(left, parties, keys)
    kroner = split(left, parties, keys)
    percent = share(HUNDRED_PERCENT, _by_total(kroner) or weights) if weights else {}
    return {key: (percent.get(key, 0), kroner.get(key, {})) for key in answers}


def _by_total(kroner: Mapping[UUID, Mapping[int, int]]) -> dict[UUID, int]:
    totals = {key: sum(amounts.values()) for key, amounts in kroner.items()}
    return totals if any(totals.values()) else {}
