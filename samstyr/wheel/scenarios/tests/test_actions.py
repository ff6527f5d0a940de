"""Candidates and scenarios are written whole or not at all, solved, and carried into the plan with their reasons."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samstyr.foundation.access import Actor
from samstyr.foundation.jobs import actions as jobs
from samstyr.foundation.jobs import queries as job_queries
from samstyr.foundation.jobs.models import Job
from samstyr.foundation.jobs.running import run_one
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.wheel.needs.models import Need
from samstyr.wheel.portfolio import queries as plans
from samstyr.wheel.portfolio.rules.lines import Party
from samstyr.wheel.portfolio.tests.factories import FORUM, at
from samstyr.wheel.scenarios import actions, queries
from samstyr.wheel.scenarios.models import Candidate, Choice, Scenario, Solution
from samstyr.wheel.scenarios.rules.question import Standing, Terms, candidate_of
from samstyr.wheel.scenarios.rules.values import CostRow, LimitValues, LinkRow, StaffRow, circles, limit_key

from .factories import Ready, investment


def fields(refusal: pytest.ExceptionInfo[Invalid]) -> list[str]:
    """Where the faults are."""
    return [fault.field for fault in refusal.value.errors]


class TestCandidates:
    def test_it_is_written_with_its_rows_under_the_next_number(self, made: Ready) -> None:
        first, second = made.candidate(), made.candidate("Nytt sakssystem")
        assert (first.number, second.number) == (1, 2)
        row = queries.candidate_by_id(second.pk)
        assert row is not None
        assert [(cost.kind, cost.offset, cost.amount, cost.continues) for cost in row.costs.all()] == [
            ("investment", 0, 300_000, False), ("operating", 1, 100_000, True),
        ]  # fmt: skip
        assert len(row.participants.all()) == 2

    def test_every_fault_is_named_at_once_and_nothing_is_written(self, made: Ready) -> None:
        wrong = made.values(
            " ", value=10_001, risk=101, duration=0, earliest=2027, latest=2026, mandatory=True, organisations=(),
            costs=(CostRow(0, "annet", "ukjent", -1), CostRow(25, "operating", "", 1)), staff=(StaffRow("", 0, -1),),
            links=(LinkRow("needs", uuid4()), LinkRow("one_of")), goals=("finnes-ikke",), area=uuid4(),
        )  # fmt: skip
        with pytest.raises(Invalid) as refusal:
            actions.create_candidate(**made.by, values=wrong)
        assert set(fields(refusal)) >= {
            "title", "value", "risk", "duration", "latest", "mandatory_reason", "organisations", "costs.0.kind",
            "costs.0.source", "costs.0.amount", "costs.1.offset", "staff.0.role", "staff.0.hours", "links.0.other",
            "links.1.group", "goals", "area",
        }  # fmt: skip
        assert not Candidate.objects.exists()

    def test_two_who_edit_never_overwrite(self, made: Ready) -> None:
        row = made.candidate()
        actions.save_candidate(**made.by, candidate_id=row.pk, version=1, values=made.values("Ny tittel"))
        with pytest.raises(Conflict):
            actions.save_candidate(**made.by, candidate_id=row.pk, version=1, values=made.values("En annen"))
        assert Candidate.objects.get().title == "Ny tittel"

    def test_a_ring_of_presuppositions_is_refused(self, made: Ready) -> None:
        first, second = made.candidate("En"), made.candidate("To")
        needs = made.values("En", links=(LinkRow("needs", second.pk),))
        actions.save_candidate(**made.by, candidate_id=first.pk, version=None, values=needs)
        with pytest.raises(Invalid, match="i ring"):
            back = made.values("To", links=(LinkRow("needs", first.pk),))
            actions.save_candidate(**made.by, candidate_id=second.pk, version=None, values=back)

    def test_dropped_with_a_reason_and_taken_up_again(self, made: Ready) -> None:
        row, scenario = made.candidate(), made.scenario()
        with pytest.raises(Invalid):
            actions.drop_candidate(**made.by, candidate_id=row.pk, version=None, reason=" ")
        actions.drop_candidate(**made.by, candidate_id=row.pk, version=None, reason="Løst på annet vis.")
        assert not queries.build_instance(scenario, FORUM).candidates
        actions.restore_candidate(**made.by, candidate_id=row.pk, version=None)
        assert len(queries.build_instance(scenario, FORUM).candidates) == 1
        with pytest.raises(Conflict):
            actions.restore_candidate(**made.by, candidate_id=row.pk, version=None)

    def test_only_those_who_edit_the_plan_write(self, made: Ready) -> None:
        with pytest.raises(Refused):
            actions.create_candidate(actor=made.actor("unit_manager"), now=at(FORUM), values=made.values())

    def test_a_value_that_differs_from_the_prioritisation_demands_a_reason(
        self, made: Ready, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        need = Need(title="Behov", organisation=made.organisations["birkenes"], submitter=made.who("it_lead"))
        need.save()
        row = made.candidate(need=need.pk, value=4_000)
        monkeypatch.setattr("samstyr.wheel.prioritisation.queries.value_of_needs", lambda _keys, _day: {need.pk: 4_000})
        with pytest.raises(Invalid) as refusal:
            actions.save_candidate(**made.by, candidate_id=row.pk, version=None, values=made.values(value=9_000))
        assert fields(refusal) == ["value_reason"]
        reasoned = made.values(value=9_000, value_reason="Ny lov fra 1. juli.")
        assert actions.save_candidate(**made.by, candidate_id=row.pk, version=None, values=reasoned).value == 9_000

    def test_the_plans_measures_go_on_as_candidates_once(self, made: Ready) -> None:
        version = made.draft(made.line("Felles meldingsløsning"))
        rows = actions.candidates_from_plan(**made.by, version_id=version.pk)
        assert [(row.title, row.plan_line) for row in rows] == [
            ("Felles meldingsløsning", plans.lines_of(version)[0].line_key)
        ]
        assert [cost.amount for cost in rows[0].costs.all()] == [400_000, 200_000, 200_000, 200_000]
        assert actions.candidates_from_plan(**made.by, version_id=version.pk) == []
        with pytest.raises(NotFound):
            actions.candidates_from_plan(**made.by, version_id=uuid4())


class TestQuestion:
    def test_money_is_shared_by_the_key_to_the_krone(self, made: Ready) -> None:
        made.candidate(costs=(CostRow(0, "investment", "loan", 100_001),), staff=())
        instance = queries.build_instance(made.scenario(), FORUM)
        shares = {use.organisation: use.amount for use in instance.candidates[0].uses}
        assert shares == {
            made.organisations["birkenes"].pk: 31_928,
            made.organisations["lillesand"].pk: 68_073,
        }

    @given(
        st.integers(0, 10**9), st.integers(1, 400), st.lists(st.integers(0, 10**6), min_size=1, max_size=6),
        st.sets(st.integers(0, 5)),
    )  # fmt: skip
    def test_shares_add_up_whoever_leaves(self, amount: int, percent: int, people: list[int], left: set[int]) -> None:
        keys = [uuid4() for _ in people]
        parties = [Party(key, str(at), count) for at, (key, count) in enumerate(zip(keys, people, strict=True))]
        gone = frozenset(key for at, key in enumerate(keys) if at in left)
        standing = Standing(uuid4(), "T", organisations=tuple(keys), costs=(CostRow(0, "operating", "", amount),))
        found = candidate_of(standing, Terms((2026,), percent, gone), parties, {})
        if gone == set(keys):
            assert found is None
            return
        assert found is not None
        assert sum(use.amount for use in found.uses) == amount * percent // 100
        assert not gone & {use.organisation for use in found.uses}

    def test_a_source_that_has_expired_gives_no_start(self) -> None:
        once = Standing(uuid4(), "T", costs=(CostRow(0, "investment", "prosjekt", 10),))
        yearly = replace(once, costs=(CostRow(0, "operating", "prosjekt", 10, True),))
        terms = Terms((2019, 2020, 2021), last_years={"prosjekt": 2020})
        starts = [candidate_of(item, terms, [], {}) for item in (once, yearly)]
        assert [item.starts for item in starts if item] == [(2019, 2020), ()]

    def test_what_needs_a_dropped_candidate_can_start_in_no_year(self, made: Ready) -> None:
        base = made.candidate("Grunnlag")
        made.candidate("Bygd på det", links=(LinkRow("needs", base.pk),))
        actions.drop_candidate(**made.by, candidate_id=base.pk, version=None, reason="Utgår.")
        (item,) = queries.build_instance(made.scenario(), FORUM).candidates
        assert item.starts == ()

    def test_the_seal_follows_the_content_and_not_the_names(self, made: Ready) -> None:
        row, scenario = made.candidate(), made.scenario()
        seal = queries.build_instance(scenario, FORUM).seal()
        actions.save_scenario(**made.by, scenario_id=scenario.pk, version=None, name="Et annet navn", first_year=2026)
        assert queries.build_instance(Scenario.objects.get(), FORUM).seal() == seal
        actions.save_candidate(**made.by, candidate_id=row.pk, version=None, values=made.values(value=1))
        assert queries.build_instance(Scenario.objects.get(), FORUM).seal() != seal

    def test_rings_are_found(self) -> None:
        one, two, three = uuid4(), uuid4(), uuid4()
        assert circles({one: {two}, two: {three}}) == []
        assert set(circles({one: {two}, two: {three}, three: {two}})) == {two, three}


class TestScenarios:
    def test_faults_are_named_and_two_cannot_have_one_name(self, made: Ready) -> None:
        made.scenario()
        with pytest.raises(Invalid) as refusal:
            actions.create_scenario(
                **made.by, name="Grunnlag", first_year=2026, years=0, delay_percent=101, cost_percent=0
            )
        assert fields(refusal) == ["name", "years", "delay_percent", "cost_percent"]
        with pytest.raises(Invalid) as refusal:
            actions.create_scenario(**made.by, name=" ", first_year=2026, left=(uuid4(),))
        assert fields(refusal) == ["name", "left"]

    def test_a_copy_has_limits_and_choices_and_lives_its_own_life(self, made: Ready) -> None:
        row, source = made.candidate(), made.scenario()
        made.limits(source, investment(2026, 500_000))
        actions.pin(**made.by, scenario_id=source.pk, candidate_id=row.pk, pin="in", year=2027)
        copy = actions.create_scenario(**made.by, name="Kutt", first_year=2026, copy_of=source.pk, cost_percent=90)
        made.limits(copy, investment(2026, 1))
        assert [limit.amount for limit in queries.limits_of(source)] == [500_000]
        assert [choice.pinned_year for choice in queries.choices_of(copy)] == [2027]
        assert queries.build_instance(copy, FORUM).candidates[0].starts == (2027,)

    def test_limits_are_checked_and_kept_once(self, made: Ready) -> None:
        scenario = made.scenario()
        same = investment(2026, 1)
        with pytest.raises(Invalid) as refusal:
            made.limits(
                scenario, same, replace(same, amount=2), investment(2035, 1), LimitValues("risk", -1),
                LimitValues("count", 1, kind="investment"), LimitValues("money", 1, role="Arkitekt"), LimitValues("annet", 1),
            )  # fmt: skip
        assert fields(refusal) == [
            "limits.1.amount", "limits.2.year", "limits.3.amount", "limits.4.measure", "limits.5.role", "limits.6.measure",
        ]  # fmt: skip
        assert queries.limits_of(scenario) == []
        assert limit_key(same) != limit_key(replace(same, at_least=True))

    def test_years_that_fall_out_take_their_limits_and_choices_with_them(self, made: Ready) -> None:
        row, scenario = made.candidate(), made.scenario()
        made.limits(scenario, investment(2026, 1), investment(2029, 1))
        actions.choose(**made.by, scenario_id=scenario.pk, candidate_id=row.pk, start=2029)
        actions.save_scenario(**made.by, scenario_id=scenario.pk, version=None, name="Kort", first_year=2026, years=2)
        assert [limit.year for limit in queries.limits_of(scenario)] == [2026]
        assert made.starts(scenario) == {}

    def test_it_is_deleted_with_all_that_belongs_to_it(self, made: Ready) -> None:
        row, scenario = made.candidate(), made.scenario()
        made.limits(scenario, investment(2026, 500_000))
        made.solve(scenario)
        actions.choose(**made.by, scenario_id=scenario.pk, candidate_id=row.pk, start=2026)
        actions.delete_scenario(**made.by, scenario_id=scenario.pk, version=None)
        assert not Scenario.objects.exists()
        assert not Solution.objects.exists()
        assert not Choice.objects.exists()

    def test_years_outside_and_unknown_candidates_are_refused(self, made: Ready) -> None:
        row, scenario = made.candidate(), made.scenario()
        with pytest.raises(Invalid):
            actions.pin(**made.by, scenario_id=scenario.pk, candidate_id=row.pk, pin="in", year=2040)
        with pytest.raises(Invalid):
            actions.pin(**made.by, scenario_id=scenario.pk, candidate_id=row.pk, pin="kanskje")
        with pytest.raises(NotFound):
            actions.choose(**made.by, scenario_id=scenario.pk, candidate_id=uuid4(), start=None)


class TestSolving:
    def test_the_best_is_found_explained_and_taken(self, made: Ready) -> None:
        good, poor = made.candidate("God", value=8_000), made.candidate("Svak", value=2_000)
        scenario = made.scenario()
        made.limits(scenario, *(investment(year, 300_000 if year == 2026 else 0) for year in range(2026, 2030)))
        solution = made.solve(scenario)
        assert (solution.status, solution.outcome["starts"]) == ("optimal", {str(good.pk): 2026})
        told = solution.outcome["explanations"][str(poor.pk)]
        assert told["because"] == "crowded_out"
        assert told["enters_at"] == 8_001
        assert dict(told["enters_with"]) == {told["in_the_way"][0][0]: 300_000}
        actions.take_solution(**made.by, scenario_id=scenario.pk, solution_id=solution.pk)
        assert made.starts(scenario) == {good.pk: 2026}

    def test_a_stale_solution_is_not_taken(self, made: Ready) -> None:
        made.candidate()
        scenario = made.scenario()
        solution = made.solve(scenario)
        made.candidate("Enda en")
        with pytest.raises(Conflict, match="endret"):
            actions.take_solution(**made.by, scenario_id=scenario.pk, solution_id=solution.pk)

    def test_what_cannot_be_met_is_named(self, made: Ready) -> None:
        row, scenario = made.candidate(), made.scenario()
        made.limits(scenario, LimitValues("money", 10, kind="investment"), LimitValues("risk", 50))
        actions.pin(**made.by, scenario_id=scenario.pk, candidate_id=row.pk, pin="in")
        solution = made.solve(scenario)
        assert solution.status == "infeasible"
        assert set(solution.outcome["conflict"]) == {
            limit_key(LimitValues("money", 10, kind="investment")),
            str(row.pk),
        }
        with pytest.raises(Conflict):
            actions.take_solution(**made.by, scenario_id=scenario.pk, solution_id=solution.pk)

    def test_without_candidates_there_is_nothing_to_solve_or_explain(self, made: Ready) -> None:
        scenario = made.scenario()
        with pytest.raises(Conflict):
            actions.ask_to_solve(**made.by, scenario_id=scenario.pk)
        row = made.candidate()
        with pytest.raises(Conflict):
            actions.explain_candidate(**made.by, scenario_id=scenario.pk, candidate_id=row.pk)

    def test_one_candidate_is_explained_on_request(self, made: Ready) -> None:
        made.candidate("God", value=8_000)
        poor, scenario = made.candidate("Svak", value=2_000), made.scenario()
        made.limits(scenario, LimitValues("money", 300_000, kind="investment"))
        solution = made.solve(scenario)
        actions.explain_candidate(**made.by, scenario_id=scenario.pk, candidate_id=poor.pk)
        assert run_one(made.tenant.pk)
        solution.refresh_from_db()
        assert solution.outcome["explanations"][str(poor.pk)]["exact"] is True


class TestJobs:
    def test_the_same_work_is_asked_for_once(self, made: Ready) -> None:
        made.candidate()
        scenario = made.scenario()
        first = actions.ask_to_solve(**made.by, scenario_id=scenario.pk)
        assert actions.ask_to_solve(**made.by, scenario_id=scenario.pk).pk == first.pk
        assert run_one(made.tenant.pk)
        assert not run_one(made.tenant.pk)
        assert Job.objects.get().state == "done"
        assert actions.ask_to_solve(**made.by, scenario_id=scenario.pk).pk != first.pk

    def test_waiting_work_is_cancelled_at_once_and_ended_work_is_not(self, made: Ready) -> None:
        made.candidate()
        row = actions.ask_to_solve(**made.by, scenario_id=made.scenario().pk)
        assert jobs.cancel(**made.by, job_id=row.pk).state == "cancelled"
        assert not run_one(made.tenant.pk)
        with pytest.raises(Conflict):
            jobs.cancel(**made.by, job_id=row.pk)

    def test_running_work_hears_that_it_is_cancelled(self, made: Ready) -> None:
        made.candidate()
        row = actions.ask_to_solve(**made.by, scenario_id=made.scenario().pk)
        system = Actor(uuid4(), made.tenant.pk, "Samstyr", automatic="worker")
        taken = jobs.take(actor=system, now=at(FORUM))
        assert taken is not None
        assert jobs.note_progress(at(FORUM), job_id=row.pk, attempt=1, percent=10, message="", figures={"value": 1})
        jobs.cancel(**made.by, job_id=row.pk)
        assert not jobs.note_progress(at(FORUM), job_id=row.pk, attempt=1, percent=20, message="", figures={})
        assert job_queries.job_by_id(row.pk).arguments["value"] == 1  # type: ignore[union-attr]

    def test_work_of_a_worker_that_died_is_taken_up_three_times_and_then_failed(self, made: Ready) -> None:
        from datetime import timedelta

        made.candidate()
        row = actions.ask_to_solve(**made.by, scenario_id=made.scenario().pk)
        system = Actor(uuid4(), made.tenant.pk, "Samstyr", automatic="worker")
        now = at(FORUM)
        for attempt in range(1, 4):
            taken = jobs.take(actor=system, now=now)
            assert taken is not None
            assert taken.attempts == attempt
            assert jobs.take(actor=system, now=now + timedelta(seconds=60)) is None
            now += timedelta(minutes=3)
        assert job_queries.worker_seems_absent(now)
        assert jobs.take(actor=system, now=now) is None
        assert Job.objects.get(pk=row.pk).state == "failed"
