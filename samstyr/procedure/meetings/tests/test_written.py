"""Deciding in writing, from the question to the case's outcome."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command

from samstyr.foundation.access import Actor
from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.foundation.organisations.models import SeatHolding, Substitution
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.models import Case, CaseStep, Treatment
from samstyr.procedure.meetings import actions, queries
from samstyr.procedure.meetings.models import Procedure, ProcedureMember, Reply
from tests.security.doubles import assert_double_submit
from tests.support import at_once

from .committee import BODY, MEMBERS, OUTSIDER, SECRETARY, SUBSTITUTE, TODAY, Committee, at, committee

# Ten working days after Tuesday 1 September 2026.
DEADLINE = date(2026, 9, 15)
AFTER = DEADLINE + timedelta(days=1)


def ask(made: Committee, step: CaseStep | None = None, who: str = SECRETARY, **more: Any) -> Procedure:
    """A case sent out in writing."""
    given = {
        "case_step_id": (step or made.case()).pk, "outcome": "ja", "proposal": "Vi anbefaler felles innlogging.",
        "reason": "Raskere enn å vente på møtet.", "deadline": DEADLINE,
    } | more  # fmt: skip
    return actions.start_procedure(**made.by(who), **given)


def member(procedure: Procedure, name: str) -> ProcedureMember:
    return procedure.members.get(name=name.capitalize())


def say(made: Committee, procedure: Procedure, name: str, answer: str, text: str = "", day: date = TODAY) -> Reply:
    found = member(procedure, name)
    return actions.reply(**made.by(name, day, hour=12), member_id=found.pk, answer=answer, text=text)


def close(made: Committee, procedure: Procedure, day: date = AFTER, who: str = SECRETARY) -> Procedure:
    return actions.close_procedure(**made.by(who, day), procedure_id=procedure.pk)


class TestSending:
    def test_every_member_is_asked_with_vote_and_weight(self, made: Committee) -> None:
        procedure = ask(made)
        assert {row.name for row in procedure.members.all()} == {name.capitalize() for name in MEMBERS}
        assert [row.leads for row in procedure.members.order_by("-leads")] == [True, False, False, False, False]
        assert all(row.votes and row.weight == 1 for row in procedure.members.all())
        assert (procedure.number, procedure.year, procedure.state) == (1, 2026, "open")
        assert ask(made, made.case("En sak til")).number == 2

    def test_members_cannot_send(self, made: Committee) -> None:
        """D-41: ordinary members do not open written procedures."""
        step = made.case()
        for who in ("nord1", OUTSIDER):
            with pytest.raises(Refused):
                ask(made, step, who)

    def test_the_least_time_is_in_working_days(self, made: Committee) -> None:
        """W2 step 12: three working days are refused when the least is five; with a reason they stand."""
        step = made.case()
        with pytest.raises(Invalid) as fault:
            ask(made, step, deadline=date(2026, 9, 4))
        assert "08.09.2026" in str(fault.value)
        procedure = ask(made, step, deadline=date(2026, 9, 4), short_reason="Søknadsfristen er mandag.")
        assert procedure.short_reason == "Søknadsfristen er mandag."

    @pytest.mark.parametrize("more", [{"proposal": " "}, {"reason": ""}, {"outcome": "utsatt"}, {"outcome": "nei\0"}])
    def test_what_is_missing_is_told(self, made: Committee, more: dict[str, str]) -> None:
        with pytest.raises(Invalid):
            ask(made, **more)

    def test_a_vacant_seat_and_a_disqualified_member_are_not_asked_and_the_summary_says_so(
        self, made: Committee
    ) -> None:
        SeatHolding.objects.filter(seat=made.seats["sor2"]).delete()
        step = made.case()
        left_out = [made.people["nord1"].pk]
        with pytest.raises(Invalid):
            ask(made, step, left_out=left_out)
        procedure = ask(made, step, left_out=left_out, left_out_reason="Er ansatt hos leverandøren.")
        assert {row.name for row in procedure.members.all()} == {"Leder", "Nord2", "Sor1"}
        assert "inhabile: Nord1 (Er ansatt hos leverandøren)" in procedure.summary
        assert "plassen er ledig: Medlemmer fra sør" in procedure.summary

    def test_somebody_with_a_vote_must_be_asked(self, made: Committee) -> None:
        with pytest.raises(Invalid):
            ask(made, left_out=[made.people[name].pk for name in MEMBERS], left_out_reason="Alle.")
        SeatHolding.objects.all().delete()
        with pytest.raises(Conflict):
            ask(made)

    def test_one_at_a_time_and_only_what_waits_for_the_body(self, made: Committee) -> None:
        step = made.case()
        ask(made, step)
        with pytest.raises(Conflict):
            ask(made, step)
        other = made.case("Avgjort")
        casework.treat(**made.by(), case_step_id=other.pk, version=None, outcome="ja")
        with pytest.raises(Conflict):
            ask(made, other)

    def test_twice_pressed_is_once_sent(self, made: Committee) -> None:
        assert_double_submit(
            actions.start_procedure, **made.by(), case_step_id=made.case().pk, outcome="ja", proposal="Ja.",
            reason="Raskest.", deadline=DEADLINE,
        )  # fmt: skip

    def test_a_body_that_does_not_decide_in_writing(self, db: None) -> None:
        with committee(meetings={"written": {"allowed": False}}) as made, pytest.raises(Conflict):
            ask(made)

    def test_outside_the_mandate(self, db: None) -> None:
        with committee(mandate=[{"kind": "advise", "subjects": ["plan"]}]) as made, pytest.raises(Conflict):
            ask(made)

    def test_an_item_on_an_agenda_is_for_the_meeting(self, made: Committee) -> None:
        from samstyr.procedure.meetings.models import AgendaItem
        from tests.security.filling import fill

        step = made.case()
        fill(AgendaItem, "sak", case=step.case, case_step=step, state="waiting", closed=False)
        with pytest.raises(Conflict):
            ask(made, step)


class TestAnswering:
    def test_the_newest_counts_and_the_earlier_stays(self, made: Committee) -> None:
        procedure = ask(made)
        first = say(made, procedure, "nord1", "against")
        second = say(made, procedure, "nord1", "for", "Jeg er overbevist.", DEADLINE)
        assert second.replaces == first
        assert Reply.objects.count() == 2
        assert str(queries.newest(member(procedure, "nord1")).answer) == "for"  # type: ignore[union-attr]

    def test_only_the_member_and_who_stands_in_for_them(self, made: Committee) -> None:
        procedure = ask(made)
        for who in ("nord2", OUTSIDER, SECRETARY):
            with pytest.raises(Refused):
                actions.reply(**made.by(who), member_id=member(procedure, "nord1").pk, answer="for")
        Substitution.objects.create(
            person=made.people["nord1"], substitute=made.people[SUBSTITUTE], starts_on=TODAY, ends_on=DEADLINE
        )
        given = actions.reply(**made.by(SUBSTITUTE), member_id=member(procedure, "nord1").pk, answer="for")
        assert given.given_by == made.people[SUBSTITUTE]

    def test_after_the_deadline_nothing_is_counted(self, made: Committee) -> None:
        procedure = ask(made)
        with pytest.raises(Conflict):
            say(made, procedure, "nord1", "for", day=AFTER)
        with pytest.raises(Conflict):
            actions.record_reply(**made.by(day=AFTER), member_id=member(procedure, "nord1").pk, answer="for")

    def test_the_secretary_enters_what_came_another_way(self, made: Committee) -> None:
        procedure = ask(made)
        given = actions.record_reply(**made.by(), member_id=member(procedure, "sor1").pk, answer="for")
        assert given.on_behalf
        with pytest.raises(Refused):
            actions.record_reply(**made.by("nord1"), member_id=member(procedure, "sor1").pk, answer="for")

    @pytest.mark.parametrize(("answer", "text"), [("maybe", ""), ("comment", " "), ("for", "\0")])
    def test_what_is_no_answer(self, made: Committee, answer: str, text: str) -> None:
        procedure = ask(made)
        with pytest.raises(Invalid):
            say(made, procedure, "nord1", answer, text)

    def test_in_an_elected_body_nobody_abstains(self, elected: Committee) -> None:
        procedure = ask(elected)
        with pytest.raises(Invalid):
            say(elected, procedure, "nord1", "abstain")

    def test_elsewhere_they_may(self, made: Committee) -> None:
        assert say(made, ask(made), "nord1", "abstain").answer == "abstain"

    def test_a_seat_without_a_vote_comments(self, made: Committee) -> None:
        made.seats["sor2"].votes = False
        made.seats["sor2"].save()
        procedure = ask(made)
        with pytest.raises(Invalid):
            say(made, procedure, "sor2", "for")
        assert say(made, procedure, "sor2", "comment", "Husk loggen.").answer == "comment"

    def test_another_procedures_member_is_nobody(self, made: Committee) -> None:
        with pytest.raises(NotFound):
            actions.reply(**made.by("nord1"), member_id=made.people["nord1"].pk, answer="for")


class TestClosing:
    def test_agreement_gives_the_case_its_outcome(self, made: Committee) -> None:
        procedure = ask(made)
        for name in MEMBERS:
            say(made, procedure, name, "for")
        closed = close(made, procedure, TODAY)
        assert (closed.state, closed.early) == ("decided", True)
        treatment = Treatment.objects.get(pk=closed.treatment_id)
        assert (treatment.outcome, treatment.text, treatment.body) == ("ja", procedure.proposal, BODY)
        assert "Raskere enn å vente" in treatment.reason
        assert len(treatment.votes) == len(treatment.present) == 5
        assert Case.objects.get().state == "ended"

    def test_silence_is_told_in_the_summary(self, made: Committee) -> None:
        procedure = ask(made, deadline=date(2026, 9, 3), short_reason="Haster.")
        say(made, procedure, "nord1", "for")
        say(made, procedure, "sor1", "for", "Bra forslag.")
        closed = close(made, procedure)
        assert closed.state == "decided"
        for words in ("For: 2.", "Har ikke svart: Leder, Nord2, Sor2", "Sor1: «Bra forslag.»", "Haster."):
            assert words in closed.summary
        assert "Haster." in Treatment.objects.get().reason
        assert Treatment.objects.get().decided_on == date(2026, 9, 3)

    def test_without_agreement_the_leader_decides_by_the_bodys_rule(self, made: Committee) -> None:
        procedure = ask(made)
        say(made, procedure, "nord1", "against")
        say(made, procedure, "leder", "for")
        assert close(made, procedure).state == "decided"
        assert {vote["choice"] for vote in Treatment.objects.get().votes} == {"ja", "_against"}

    def test_a_loss_goes_to_a_meeting_and_never_to_another_outcome(self, made: Committee) -> None:
        step = made.case()
        procedure = ask(made, step)
        say(made, procedure, "leder", "against")
        closed = close(made, procedure)
        assert closed.state == "to_meeting"
        assert not Treatment.objects.exists()
        assert [row.pk for row in queries.waiting_for(BODY)] == [step.pk]
        # The case can be sent out again.
        assert ask(made, step).number == 2

    def test_in_an_elected_body_all_must_agree(self, elected: Committee) -> None:
        """Kommuneloven § 11-8."""
        for last, state in (("", "to_meeting"), ("for", "decided")):
            procedure = ask(elected, elected.case())
            for name in MEMBERS[:-1]:
                say(elected, procedure, name, "for")
            if last:
                say(elected, procedure, MEMBERS[-1], last)
            assert close(elected, procedure).state == state

    def test_one_who_demands_a_meeting_in_an_elected_body_gets_it_at_once(self, elected: Committee) -> None:
        procedure = ask(elected)
        say(elected, procedure, "sor1", "meeting", "Dette må vi snakke om.")
        closed = close(elected, procedure, TODAY)
        assert (closed.state, closed.early) == ("to_meeting", True)
        assert "Dette må vi snakke om." in closed.summary

    def test_not_before_time(self, made: Committee) -> None:
        procedure = ask(made)
        for name in MEMBERS[:-1]:
            say(made, procedure, name, "for")
        with pytest.raises(Conflict):
            close(made, procedure, DEADLINE)
        with pytest.raises(Refused):
            close(made, procedure, AFTER, "nord1")

    def test_early_only_where_the_rules_let_it(self, db: None) -> None:
        with committee(meetings={"written": {"early_close": False}}) as made:
            procedure = ask(made)
            for name in MEMBERS:
                say(made, procedure, name, "for")
            with pytest.raises(Conflict):
                close(made, procedure, TODAY)

    def test_closed_is_closed(self, made: Committee) -> None:
        procedure = ask(made)
        close(made, procedure)
        with pytest.raises(Conflict):
            close(made, procedure)
        with pytest.raises(Conflict):
            say(made, procedure, "nord1", "for")

    def test_an_outcome_that_asks_for_reasons_has_them(self, made: Committee) -> None:
        procedure = ask(made, outcome="nei", proposal="Vi anbefaler det ikke.")
        say(made, procedure, "leder", "for")
        assert close(made, procedure).state == "decided"
        assert Case.objects.get().outcome == "nei"

    def test_too_few_for_a_quorum(self, db: None) -> None:
        with committee(quorum_percent=60) as made:
            procedure = ask(made)
            for name in ("nord1", "nord2"):
                say(made, procedure, name, "for")
            assert close(made, procedure).state == "to_meeting"

    def test_withdrawn_with_a_reason(self, made: Committee) -> None:
        procedure = ask(made)
        with pytest.raises(Invalid):
            actions.withdraw_procedure(**made.by(), procedure_id=procedure.pk, version=1, reason=" ")
        with pytest.raises(Refused):
            actions.withdraw_procedure(**made.by("nord1"), procedure_id=procedure.pk, version=1, reason="Nei.")
        row = actions.withdraw_procedure(**made.by(), procedure_id=procedure.pk, version=1, reason="Feil vedlegg.")
        assert (row.state, row.result) == ("withdrawn", "Feil vedlegg.")
        with pytest.raises(Conflict):
            actions.withdraw_procedure(**made.by(), procedure_id=procedure.pk, version=None, reason="Igjen.")

    def test_a_step_that_ends_another_way_takes_it_along(self, made: Committee) -> None:
        step = made.case()
        procedure = ask(made, step)
        casework.treat(**made.by("leder"), case_step_id=step.pk, version=None, outcome="ja")
        procedure.refresh_from_db()
        assert procedure.state == "withdrawn"

    def test_a_resting_case_is_not_decided(self, made: Committee) -> None:
        step = made.case()
        procedure = ask(made, step)
        casework.treat(**made.by(), case_step_id=step.pk, version=None, outcome="utsatt", until=date(2026, 12, 1))
        procedure.refresh_from_db()
        if procedure.state == "open":
            assert close(made, procedure).state == "withdrawn"
        assert not Treatment.objects.filter(outcome="ja").exists()


class TestTheDaysWork:
    @pytest.fixture
    def day(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[date]]:
        now = [TODAY]
        monkeypatch.setattr(clock, "now", lambda: at(now[0]))
        yield now

    def run(self, made: Committee) -> int:
        """The day's work; how many were reminded."""
        actor = Actor(UUID(int=0), made.tenant.pk, "Samstyr", automatic="daily")
        now = clock.now()
        actions.close_due_procedures(actor=actor, now=now)
        return actions.remind_members(actor=actor, now=now)

    def test_it_closes_when_the_deadline_has_passed(self, made: Committee, day: list[date]) -> None:
        procedure = ask(made)
        say(made, procedure, "leder", "for")
        day[0] = DEADLINE
        self.run(made)
        procedure.refresh_from_db()
        assert procedure.state == "open"
        day[0] = AFTER
        self.run(made)
        procedure.refresh_from_db()
        assert procedure.state == "decided"
        treatment = Treatment.objects.get()
        assert (treatment.person, treatment.automatic) == (None, True)

    def test_a_meeting_that_is_demanded_is_not_waited_for(self, elected: Committee, day: list[date]) -> None:
        procedure = ask(elected)
        say(elected, procedure, "nord1", "meeting")
        self.run(elected)
        procedure.refresh_from_db()
        assert procedure.state == "to_meeting"

    def test_who_has_not_answered_is_reminded_twice(self, made: Committee, day: list[date]) -> None:
        procedure = ask(made)
        say(made, procedure, "nord1", "for")
        reminded = []
        for day[0] in (TODAY, date(2026, 9, 11), date(2026, 9, 11), date(2026, 9, 14), DEADLINE, DEADLINE):
            reminded.append(self.run(made))
        assert reminded == [0, 4, 0, 0, 4, 0]

    def test_the_command(self, transactional_db: None, day: list[date]) -> None:
        with committee() as made:
            procedure = ask(made)
            say(made, procedure, "leder", "for")
        day[0] = AFTER
        call_command("daily", "--tenant", made.tenant.slug)
        with tenant_scope(made.tenant.pk, writing=False):
            assert Procedure.objects.get().state == "decided"


class TestAtTheSameTime:
    def test_an_answer_while_it_is_closed_is_counted_or_refused(self, transactional_db: None) -> None:
        with committee() as made:
            procedure = ask(made)
            for name in MEMBERS:
                say(made, procedure, name, "for")
            voter, secretary = made.by("leder"), made.by()
            changing = member(procedure, "leder").pk

        def change() -> Any:
            with tenant_scope(made.tenant.pk):
                return actions.reply(**voter, member_id=changing, answer="against")

        def shut() -> Any:
            with tenant_scope(made.tenant.pk):
                return actions.close_procedure(**secretary, procedure_id=procedure.pk)

        changed, _shut = at_once(change, shut)
        with tenant_scope(made.tenant.pk, writing=False):
            closed = Procedure.objects.get()
            refused = isinstance(changed, Conflict)
            assert refused or isinstance(changed, Reply), changed
            # The leader's answer settles it: counted, it goes to a meeting.
            assert closed.state == ("decided" if refused else "to_meeting"), changed

    def test_two_closings_are_one(self, transactional_db: None) -> None:
        with committee() as made:
            procedure = ask(made)
            say(made, procedure, "leder", "for")
            secretary = made.by(day=AFTER)

        def shut() -> Any:
            with tenant_scope(made.tenant.pk):
                return actions.close_procedure(**secretary, procedure_id=procedure.pk)

        answers = at_once(shut, shut)
        assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "Procedure"], answers
        with tenant_scope(made.tenant.pk, writing=False):
            assert Treatment.objects.count() == 1

    def test_the_step_treated_while_it_is_closed(self, transactional_db: None) -> None:
        with committee() as made:
            procedure = ask(made)
            say(made, procedure, "leder", "for")
            secretary, leader = made.by(day=AFTER), made.by("leder", AFTER)
            step = procedure.case_step_id

        def shut() -> Any:
            with tenant_scope(made.tenant.pk):
                return actions.close_procedure(**secretary, procedure_id=procedure.pk)

        def treat() -> Any:
            with tenant_scope(made.tenant.pk):
                return casework.treat(**leader, case_step_id=step, version=None, outcome="nei", reason="Nei.")

        answers = at_once(shut, treat)
        assert all(isinstance(answer, (Conflict, Procedure, Treatment)) for answer in answers), answers
        with tenant_scope(made.tenant.pk, writing=False):
            assert Treatment.objects.count() == 1


class TestReading:
    def test_the_list_and_the_verdict_agree(self, made: Committee) -> None:
        procedure = ask(made)
        for name in made.people:
            actor = made.actor(name)
            seen = queries.procedures_visible_to(actor, TODAY).filter(pk=procedure.pk).exists()
            found = queries.procedure_by_id(procedure.pk)
            assert found is not None
            assert seen == queries.may_read(actor, found, TODAY), name
            assert seen == (name not in (OUTSIDER, SUBSTITUTE, "administrator")), name

    def test_rates_per_seat(self, made: Committee) -> None:
        """D-31: how often each seat answers and is present."""
        procedure = ask(made)
        say(made, procedure, "nord1", "for")
        close(made, procedure)
        ask(made, made.case("Ute nå"))
        rates = {rate.holder: rate for rate in queries.rates_of(BODY, None, date(2025, 9, 16), AFTER)}
        assert (rates["Nord1"].asked, rates["Nord1"].replied) == (1, 1)
        assert (rates["Sor2"].asked, rates["Sor2"].replied) == (1, 0)
