"""Quorum, who votes, what a vote amounts to, and the mandate: rules without a database."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samstyr.procedure.casework.rules.votes import Ballot
from samstyr.procedure.meetings.rules.outcome import count, impartiality_fault, leading_choices, mandate_fault
from samstyr.procedure.meetings.rules.quorum import (
    Seated,
    kept_off,
    quorum,
    quorum_fault,
    quorum_words,
    share_of,
    voters,
)

RULES = (
    "chair", "single", "simple_majority", "two_thirds", "unanimous", "consensus_else_chair", "plurality",
)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> list[Seated]:
    """Some members, and substitutes for some of them or for none."""
    members = [
        Seated(f"m{n}", draw(st.booleans()) or n == 0, draw(st.booleans()), draw(st.booleans()))
        for n in range(draw(st.integers(0, 7)))
    ]
    targets = [f"m{n}" for n in range(8)]
    return members + [
        Seated(f"v{n}", True, draw(st.booleans()), draw(st.booleans()), draw(st.sampled_from(targets)))
        for n in range(draw(st.integers(0, 4)))
    ]


@st.composite
def ballots(draw: st.DrawFn) -> list[Ballot]:
    """Any votes, blank ones and weightless ones too."""
    size = draw(st.integers(0, 8))
    chair = draw(st.integers(-1, size))
    return [
        Ballot(str(n), draw(st.sampled_from(["", "a", "b", "c"])), draw(st.integers(0, 5)), n == chair)
        for n in range(size)
    ]


class TestWhoVotes:
    @given(tables())
    def test_each_seat_votes_at_most_once(self, people: list[Seated]) -> None:
        found = voters(people)
        seats = [one.stands_in_for or one.key for one in found]
        assert len(seats) == len(set(seats))
        assert all(one.votes and one.there and not one.out for one in found)

    @given(tables())
    def test_a_member_who_takes_part_is_never_replaced(self, people: list[Seated]) -> None:
        keys = {one.key for one in voters(people)}
        for one in people:
            if not one.stands_in_for and one.votes and one.there and not one.out:
                assert one.key in keys

    @given(tables(), st.integers(0, 9))
    def test_to_be_disqualified_never_gives_a_vote(self, people: list[Seated], at: int) -> None:
        if not people:
            return
        one = people[at % len(people)]
        less = [replace(row, out=True) if row.key == one.key else row for row in people]
        assert one.key not in {row.key for row in voters(less)}
        assert len(voters(less)) <= len(voters(people))

    def test_a_substitute_votes_only_while_the_member_does_not(self) -> None:
        member, substitute = Seated("m", there=True), Seated("v", there=True, stands_in_for="m")
        assert voters([member, substitute]) == [member]
        assert voters([replace(member, there=False), substitute]) == [substitute]
        out = replace(member, out=True)
        assert voters([out, substitute]) == [substitute]


class TestQuorum:
    @given(tables(), st.integers(0, 20), st.integers(0, 100))
    def test_it_is_the_share_of_all_seats(self, people: list[Seated], seats: int, percent: int) -> None:
        found = quorum(people, seats, percent, source="loven")
        assert found.met == (found.there >= share_of(percent) * seats)
        assert (quorum_fault(found) is None) == found.met
        assert str(quorum_words(found))

    @given(tables(), st.integers(1, 20), st.integers(1, 100), st.integers(0, 20))
    def test_where_the_law_counts_votes_too_few_votes_are_too_few(
        self, people: list[Seated], seats: int, percent: int, voted: int
    ) -> None:
        found = quorum(people, seats, percent, voted=voted)
        assert found.met == (min(voted, found.there) >= share_of(percent) * seats)
        assert (quorum_fault(found) is None) == found.met

    def test_half_is_enough_of_an_even_number_and_not_of_an_odd(self) -> None:
        """kommuneloven § 11-9: at least half of the members."""
        there = [Seated(str(n), there=True) for n in range(2)]
        assert quorum(there, 4, 50).met
        assert not quorum(there, 5, 50).met

    def test_the_words_name_the_rule(self) -> None:
        found = quorum([Seated("a", there=True)], 5, 50, source="kommuneloven § 11-9")
        assert str(quorum_fault(found)) == (
            "Ikke vedtaksført: 1 av 5 med stemmerett deltar, og 3 kreves (kommuneloven § 11-9)."
        )
        assert "kommuneloven § 11-9" in str(quorum_fault(replace(found, there=3, voted=2)))

    @pytest.mark.parametrize(
        ("objecting", "present", "percent", "kept"),
        [(1, 3, 34, True), (1, 4, 34, False), (2, 4, 34, True), (0, 3, 34, False), (9, 9, 0, False), (3, 9, 33, True)],
    )
    def test_a_third_keeps_a_late_item_off(self, objecting: int, present: int, percent: int, kept: bool) -> None:
        assert kept_off(objecting, present, percent) == kept


class TestCounting:
    @given(st.sampled_from(RULES), ballots(), st.sampled_from(["chair", "fails"]), st.sampled_from(["", "a"]))
    def test_what_wins_was_chosen_by_somebody(self, rule: str, cast: list[Ballot], tie: str, said: str) -> None:
        result = count(rule, cast, tie=tie, chair_says=said)
        assert str(result.why)
        if result.outcome is not None:
            assert result.outcome == said or any(one.choice == result.outcome for one in cast)
        assert "" not in result.counts
        assert sum(result.counts.values()) == sum(one.weight for one in cast if one.choice)

    @given(st.sampled_from(("simple_majority", "two_thirds", "plurality", "unanimous")), ballots(), st.randoms())
    def test_the_order_of_ballots_says_nothing(self, rule: str, cast: list[Ballot], chance: object) -> None:
        shuffled = list(cast)
        chance.shuffle(shuffled)  # type: ignore[attr-defined]
        assert count(rule, cast, tie="chair").outcome == count(rule, shuffled, tie="chair").outcome

    @given(st.sampled_from(("simple_majority", "two_thirds", "plurality")), ballots())
    def test_one_more_for_what_won_never_undoes_it(self, rule: str, cast: list[Ballot]) -> None:
        won = count(rule, cast, tie="chair").outcome
        if won is not None:
            assert count(rule, [*cast, Ballot("ny", won)], tie="chair").outcome == won

    @given(ballots())
    def test_a_majority_is_more_than_half_or_the_chairs_tie(self, cast: list[Ballot]) -> None:
        result = count("simple_majority", cast, tie="chair")
        if result.outcome is None:
            return
        share = Fraction(result.counts[result.outcome], sum(result.counts.values()))
        leading = leading_choices(result.counts)
        assert share > Fraction(1, 2) or (
            len(leading) > 1 and any(one.chair and one.choice == result.outcome for one in cast)
        )

    @given(st.sampled_from(RULES), ballots())
    def test_blank_votes_decide_nothing(self, rule: str, cast: list[Ballot]) -> None:
        said = [one for one in cast if one.choice]
        assert count(rule, cast, tie="fails").outcome == count(rule, said, tie="fails").outcome

    def test_a_vote_that_the_chair_settles_is_nobody_elses(self) -> None:
        assert count("chair", [Ballot("a", "ja")], tie="fails").outcome is None
        assert count("chair", [Ballot("a", "ja"), Ballot("b", "nei", chair=True)], tie="fails").outcome == "nei"
        assert count("consensus_else_chair", [Ballot("a", "ja"), Ballot("b", "nei")], tie="fails").outcome is None

    @pytest.mark.parametrize(
        ("rule", "others", "won"),
        [
            ("simple_majority", [], "a"),
            ("simple_majority", ["c"], None),
            ("two_thirds", [], None),
            ("plurality", ["c"], "a"),
        ],
    )
    def test_the_chair_makes_a_half_a_majority_and_nothing_less(
        self, rule: str, others: list[str], won: str | None
    ) -> None:
        cast = [Ballot("1", "a", 2, chair=True), Ballot("2", "b", 2), *(Ballot("3", one) for one in others)]
        assert count(rule, cast, tie="chair").outcome == won

    def test_votes_without_weight_amount_to_nothing(self) -> None:
        assert count("simple_majority", [Ballot("a", "ja", 0)], tie="chair").outcome is None


@given(tables(), ballots(), st.integers(0, 12), st.integers(0, 100))
def test_no_result_stands_without_enough_who_have_voted(
    people: list[Seated], cast: list[Ballot], seats: int, percent: int
) -> None:
    """What an elected body decides: counted, and by enough of its members (kommuneloven § 11-9)."""
    found = quorum(people, seats, percent, voted=len(cast))
    stands = found.met and count("simple_majority", cast, tie="chair").outcome is not None
    if stands:
        assert len(cast) * 1 >= share_of(percent) * seats
        assert found.there >= share_of(percent) * seats


class TestMandate:
    ADVISE = (SimpleNamespace(kind="advise", subjects=("advice",)),)

    @pytest.mark.parametrize(
        ("kind", "subject", "inside"),
        [("advise", "advice", True), ("adopt", "advice", False), ("advise", "plan", False), (None, "plan", True)],
    )
    def test_kind_and_subject(self, kind: str | None, subject: str, inside: bool) -> None:
        fault = mandate_fault("Utvalget", self.ADVISE, kind, subject)
        assert (fault is None) == inside
        assert inside or "mandatet til Utvalget" in str(fault)

    def test_a_body_without_a_mandate_is_not_limited(self) -> None:
        assert mandate_fault("Utvalget", (), "adopt", "plan") is None


class TestImpartiality:
    @pytest.mark.parametrize(
        ("for_", "against", "said", "fine"),
        [
            (3, 1, True, True), (1, 3, False, True), (2, 2, True, True), (2, 2, False, True),
            (3, 1, False, False), (0, 0, True, False), (4, 1, True, False), (-1, 3, False, False),
        ],
    )  # fmt: skip
    def test_the_numbers_and_the_answer_agree(self, for_: int, against: int, said: bool, fine: bool) -> None:
        assert (impartiality_fault(for_, against, 4, said) is None) == fine
