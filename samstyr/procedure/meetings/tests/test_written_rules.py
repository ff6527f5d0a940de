"""What the answers in writing amount to, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samstyr.foundation.kernel.workdays import add_working_days
from samstyr.procedure.meetings.rules.written import (
    ABSTAIN,
    AGAINST,
    COMMENT,
    FOR,
    MEETING,
    Asked,
    Terms,
    deadline_fault,
    earliest_deadline,
    judge,
    may_close,
    meeting_demanded,
    reminder_stage,
    summary_lines,
    within_mandate,
)

PROPOSED = "ja"
ANSWERS = st.sampled_from(["", FOR, AGAINST, ABSTAIN, COMMENT, MEETING])
RULES = st.sampled_from(
    ["single", "chair", "simple_majority", "two_thirds", "unanimous", "consensus_else_chair", "plurality"]
)
DAY = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@st.composite
def circles(draw: st.DrawFn) -> list[Asked]:
    """Up to nine asked, one of them perhaps leading."""
    size = draw(st.integers(1, 9))
    leader = draw(st.integers(-1, size - 1))
    return [
        Asked(str(n), draw(st.booleans()) or n == 0, draw(ANSWERS), draw(st.integers(1, 5)), n == leader)
        for n in range(size)
    ]


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    """Any rules a body may have."""
    return Terms(
        agreement=draw(st.sampled_from(["rule", "all"])),
        rule=draw(RULES),
        tie=draw(st.sampled_from(["chair", "fails"])),
        replies_percent=draw(st.integers(0, 100)),
        meeting_percent=draw(st.integers(1, 100)),
        quorum_percent=draw(st.integers(0, 100)),
        seats=draw(st.integers(0, 9)),
        early_close=draw(st.booleans()),
    )


def circle(*answers: str, leader: str | None = None) -> list[Asked]:
    """Those asked with these answers; the leader's, when there is one, comes last."""
    found = [Asked(str(n), True, answer) for n, answer in enumerate(answers)]
    return found + ([Asked("leader", True, leader, leads=True)] if leader is not None else [])


@given(circles(), terms())
def test_nothing_is_adopted_without_anybody_for_it(asked: list[Asked], rules: Terms) -> None:
    result = judge(asked, rules, PROPOSED)
    assert str(result.why)
    if result.decided:
        assert any(one.votes and one.answer == FOR for one in asked)
        assert not meeting_demanded(asked, rules)


@given(circles(), terms())
def test_where_all_must_agree_one_who_does_not_is_enough(asked: list[Asked], rules: Terms) -> None:
    rules = replace(rules, agreement="all")
    voters = [one for one in asked if one.votes]
    assert judge(asked, rules, PROPOSED).decided == all(one.answer == FOR for one in voters)


@given(circles(), terms(), st.randoms(use_true_random=False))
def test_the_order_of_answers_says_nothing(asked: list[Asked], rules: Terms, chance: object) -> None:
    shuffled = list(asked)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert judge(asked, rules, PROPOSED).decided == judge(shuffled, rules, PROPOSED).decided


@given(circles(), terms())
def test_one_more_for_never_undoes_it(asked: list[Asked], rules: Terms) -> None:
    if not judge(asked, rules, PROPOSED).decided:
        return
    for place, one in enumerate(asked):
        better = [*asked[:place], replace(one, answer=FOR), *asked[place + 1 :]]
        assert judge(better, rules, PROPOSED).decided, (one, rules)


@given(circles(), terms())
def test_who_has_no_vote_settles_nothing(asked: list[Asked], rules: Terms) -> None:
    observer = Asked("observer", False, MEETING)
    assert judge([*asked, observer], rules, PROPOSED).decided == judge(asked, rules, PROPOSED).decided
    assert meeting_demanded([*asked, observer], rules) == meeting_demanded(asked, rules)


@given(circles(), terms(), DAY, st.integers(-5, 5))
def test_after_the_deadline_it_is_always_time(asked: list[Asked], rules: Terms, today: date, left: int) -> None:
    deadline = today + timedelta(days=left)
    time = may_close(asked, rules, today=today, deadline=deadline)
    if left < 0:
        assert time
    elif time:
        assert meeting_demanded(asked, rules) or (rules.early_close and all(one.answer for one in asked if one.votes))


class TestByTheBodysRule:
    def test_a_majority_of_those_who_answer(self) -> None:
        assert judge(circle(FOR, FOR, AGAINST, "", ""), Terms(), PROPOSED).decided
        lost = judge(circle(FOR, AGAINST, AGAINST), Terms(), PROPOSED)
        assert not lost.decided
        assert "ikke flertall" in str(lost.why)

    def test_weights_count(self) -> None:
        heavy = [Asked("a", True, FOR, weight=3), Asked("b", True, AGAINST), Asked("c", True, AGAINST)]
        assert judge(heavy, Terms(), PROPOSED).decided

    @pytest.mark.parametrize(
        ("tie", "leader", "decided"), [("chair", FOR, True), ("chair", AGAINST, False), ("fails", FOR, False)]
    )
    def test_a_tie_goes_as_the_settings_say(self, tie: str, leader: str, decided: bool) -> None:
        other = AGAINST if leader == FOR else FOR
        assert judge(circle(other, leader=leader), Terms(tie=tie), PROPOSED).decided is decided

    def test_without_agreement_the_leader_decides_where_the_rule_says_so(self) -> None:
        rules = Terms(rule="consensus_else_chair")
        assert judge(circle(FOR, FOR), rules, PROPOSED).decided
        assert judge(circle(FOR, AGAINST, leader=FOR), rules, PROPOSED).decided
        assert not judge(circle(FOR, AGAINST, leader=""), rules, PROPOSED).decided
        assert not judge(circle(FOR, leader=""), Terms(rule="chair"), PROPOSED).decided

    def test_too_few_answers_go_to_a_meeting(self) -> None:
        assert not judge(circle(FOR, FOR, "", "", ""), Terms(replies_percent=60), PROPOSED).decided
        assert judge(circle(FOR, FOR, COMMENT, "", ""), Terms(replies_percent=60), PROPOSED).decided

    def test_a_body_is_no_fewer_in_writing_than_round_the_table(self) -> None:
        rules = Terms(quorum_percent=50, seats=5)
        assert not judge(circle(FOR, FOR, COMMENT), rules, PROPOSED).decided
        assert judge(circle(FOR, FOR, ABSTAIN), rules, PROPOSED).decided

    def test_enough_who_demand_a_meeting_get_it(self) -> None:
        rules = Terms(meeting_percent=34)
        assert judge(circle(FOR, FOR, MEETING, FOR), rules, PROPOSED).decided
        assert not judge(circle(FOR, FOR, FOR, MEETING, MEETING), rules, PROPOSED).decided


class TestDeadline:
    # Thursday 1 October 2026.
    SENT = date(2026, 10, 1)

    @given(DAY, st.integers(0, 20))
    def test_the_least_is_working_days(self, sent: date, days: int) -> None:
        earliest = earliest_deadline(sent, days)
        assert deadline_fault(earliest, sent_on=sent, working_days=days, short_reason="") is None
        if days:
            short = earliest - timedelta(days=1)
            assert deadline_fault(short, sent_on=sent, working_days=days, short_reason=" ") is not None
            if short >= sent:
                assert deadline_fault(short, sent_on=sent, working_days=days, short_reason="Haster.") is None

    def test_holidays_are_no_working_days(self) -> None:
        # Maundy Thursday to Easter Monday 2026.
        assert earliest_deadline(date(2026, 4, 1), 1) == date(2026, 4, 7)

    def test_the_fault_tells_what_would_do(self) -> None:
        fault = deadline_fault(date(2026, 10, 6), sent_on=self.SENT, working_days=5, short_reason="")
        assert fault is not None
        assert "08.10.2026" in str(fault)

    @pytest.mark.parametrize("days", [-1, 181])
    def test_no_reason_makes_it_past_or_endless(self, days: int) -> None:
        deadline = self.SENT + timedelta(days=days)
        assert deadline_fault(deadline, sent_on=self.SENT, working_days=5, short_reason="Haster.") is not None


class TestReminders:
    SENT, DEADLINE = date(2026, 10, 1), date(2026, 10, 13)

    def on(self, day: date, reminded: date | None = None) -> str:
        return reminder_stage(day, self.DEADLINE, sent_on=self.SENT, reminded_on=reminded)

    def test_two_working_days_before_and_on_the_day(self) -> None:
        first = add_working_days(self.DEADLINE, -2)
        assert first == date(2026, 10, 9)
        assert self.on(first - timedelta(days=1)) == ""
        assert self.on(first) == "soon"
        assert self.on(first, first) == self.on(date(2026, 10, 12), first) == ""
        assert self.on(date(2026, 10, 12)) == "soon"  # the day's work was not run
        assert self.on(self.DEADLINE, first) == "day"
        assert self.on(self.DEADLINE, self.DEADLINE) == ""
        assert self.on(self.DEADLINE + timedelta(days=1)) == ""

    @given(DAY, st.integers(0, 15))
    def test_nobody_is_reminded_the_day_it_is_sent(self, sent: date, days: int) -> None:
        assert reminder_stage(sent, sent + timedelta(days=days), sent_on=sent, reminded_on=None) == ""


def test_the_mandate() -> None:
    advise = SimpleNamespace(kind="advise", subjects=("advice",))
    anything = SimpleNamespace(kind="adopt", subjects=())
    assert within_mandate([], "adopt", "plan")
    assert within_mandate([advise], "advise", "advice")
    assert not within_mandate([advise], "advise", "plan")
    assert not within_mandate([advise], "adopt", "advice")
    assert within_mandate([advise, anything], "adopt", "plan")


def test_the_summary_tells_all_that_the_minutes_need() -> None:
    result = judge(circle(FOR, FOR, AGAINST), Terms(), PROPOSED)
    text = "\n".join(
        summary_lines(
            decided=result.decided, why=result.why, counts={FOR: 2, AGAINST: 1}, silent=["Kari"],
            comments=[("Ola", "For dyrt.")], short_reason="Haster.", not_asked="Ikke spurt: Per.",
        )
    )  # fmt: skip
    for words in ("vedtatt", "For: 2. Imot: 1.", "Har ikke svart: Kari", "Ola: «For dyrt.»", "Haster.", "Per"):
        assert words in text
