"""What ballots amount to when they are tied."""

from __future__ import annotations

import pytest

from samstyr.procedure.casework.rules.votes import Ballot, tally

pytestmark = pytest.mark.pure


def ballots(**counts: int) -> list[Ballot]:
    """So many ballots for each choice; the first of them is the chair's."""
    found = [Ballot(f"{choice}{at}", choice) for choice, number in counts.items() for at in range(number)]
    return [Ballot("leder", found[0].choice, chair=True), *found[1:]]


@pytest.mark.parametrize(
    ("rule", "counts", "outcome"),
    [
        ("simple_majority", {"ja": 3, "nei": 3}, "ja"),
        ("simple_majority", {"ja": 3, "nei": 3, "utsatt": 1}, None),
        ("two_thirds", {"ja": 3, "nei": 3}, None),
        ("plurality", {"ja": 2, "nei": 2, "utsatt": 1}, "ja"),
    ],
)
def test_the_chairs_vote_makes_a_half_a_majority_and_nothing_less(
    rule: str, counts: dict[str, int], outcome: str | None
) -> None:
    assert tally(rule, ballots(**counts), tie="chair").outcome == outcome
    assert tally(rule, ballots(**counts), tie="fails").outcome is None
