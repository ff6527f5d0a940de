"""Work is asked for once, taken in order, stopped when asked, and neither lost nor done twice."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samstyr.foundation.access import Act
from samstyr.foundation.audit import queries as audit
from samstyr.foundation.jobs import actions, queries
from samstyr.foundation.jobs.models import Job
from samstyr.foundation.jobs.rules import Progress, Task, same_work
from samstyr.foundation.jobs.running import run_one
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.foundation.tenancy.scope import tenant_scope
from tests.support import actor_in, make_tenant

from .conftest import NOON, Queue

DEAD = timedelta(minutes=3)


def take(queue: Queue, later: timedelta = timedelta()) -> Job | None:
    """What a worker gets, so much later than noon."""
    with tenant_scope(queue.tenant.pk):
        return actions.take(**{**queue.worker, "now": NOON + later})


def end(queue: Queue, job: Job, attempt: int, state: str) -> Job:
    """The worker of that attempt says how it went."""
    with tenant_scope(queue.tenant.pk):
        return actions.end(**queue.worker, job_id=job.pk, attempt=attempt, state=state)


class TestAsking:
    def test_the_same_work_is_one_job_and_other_arguments_are_another(self, queue: Queue) -> None:
        about = uuid4()
        first, other = queue.ask(about, candidate="a"), queue.ask(about, candidate="b")
        assert first.pk != other.pk
        assert queue.ask(about, candidate="a").pk == first.pk
        assert queue.ask(about, candidate="b").pk == other.pk
        assert queue.ask(uuid4(), candidate="a").pk != first.pk

    def test_what_the_work_has_found_so_far_makes_it_no_other_work(self, queue: Queue) -> None:
        about = uuid4()
        first = queue.ask(about)
        take(queue)
        with tenant_scope(queue.tenant.pk):
            told = {"percent": 10, "message": "", "figures": {"value": 7}}
            assert actions.note_progress(NOON, job_id=first.pk, attempt=1, **told)
        assert queue.ask(about).pk == first.pk

    def test_work_that_is_being_stopped_can_be_asked_for_anew(self, queue: Queue) -> None:
        about = uuid4()
        first = queue.ask(about)
        take(queue)
        with tenant_scope(queue.tenant.pk):
            actions.cancel(actor=queue.actor, now=NOON, job_id=first.pk)
        assert queue.ask(about).pk != first.pk

    def test_only_those_who_may_ask_and_stop(self, queue: Queue) -> None:
        job = queue.ask()
        reader = actor_in(queue.tenant, Act.PLAN_READ)
        with tenant_scope(queue.tenant.pk):
            with pytest.raises(Refused):
                actions.ask(actor=reader, now=NOON, kind="probe.work", about=uuid4())
            with pytest.raises(Refused):
                actions.cancel(actor=reader, now=NOON, job_id=job.pk)

    def test_another_tenants_queue_is_another(self, queue: Queue) -> None:
        queue.ask()
        assert not run_one(make_tenant().pk)
        assert run_one(queue.tenant.pk)

    @given(st.dictionaries(st.text(max_size=3), st.integers()), st.dictionaries(st.text(max_size=3), st.integers()))
    def test_figures_added_since_never_hide_the_same_work(self, asked: dict[str, int], more: dict[str, int]) -> None:
        assert same_work({**more, **asked}, asked)


class TestWorking:
    def test_the_oldest_is_done_first(self, queue: Queue) -> None:
        late, early = queue.ask(now=NOON + timedelta(seconds=5)), queue.ask(now=NOON)
        assert run_one(queue.tenant.pk)
        assert run_one(queue.tenant.pk)
        assert not run_one(queue.tenant.pk)
        assert [task.key for task in queue.done] == [early.pk, late.pk]
        assert {queue.row(job).state for job in (early, late)} == {"done"}
        assert queue.row(early).progress == 100

    def test_the_function_gets_what_was_asked_for(self, queue: Queue) -> None:
        job = queue.ask(candidate="a")
        run_one(queue.tenant.pk)
        (task,) = queue.done
        assert (task.key, task.about, task.asked_by, task.arguments) == (
            job.pk, job.about, queue.person, {"candidate": "a"},
        )  # fmt: skip

    def test_progress_is_written_with_figures_and_within_bounds(self, queue: Queue) -> None:
        seen: list[tuple[int, str, int]] = []

        def work(task: Task, progress: Progress) -> None:
            progress.tell(400, "x" * 400, value=7)
            row = queue.row(job)
            seen.append((row.progress, row.message, row.arguments["value"]))

        queue.work = work
        job = queue.ask()
        run_one(queue.tenant.pk)
        assert seen == [(99, "x" * 300, 7)]

    def test_a_problem_is_told_in_its_words_and_a_fault_without_its_traceback(
        self, queue: Queue, caplog: pytest.LogCaptureFixture
    ) -> None:
        def refuse(_task: Task, _progress: Progress) -> None:
            raise Invalid.field("amount", "Rammen mangler.")

        def fail(_task: Task, _progress: Progress) -> None:
            raise ZeroDivisionError("hemmelig innhold")

        jobs = []
        for work in (refuse, fail):
            queue.work = work
            jobs.append(queue.ask())
            with caplog.at_level(logging.ERROR):
                run_one(queue.tenant.pk)
        refused, failed = (queue.row(job) for job in jobs)
        assert (refused.state, failed.state) == ("failed", "failed")
        assert "Rammen mangler." in refused.fault
        assert "hemmelig" not in failed.fault
        assert "hemmelig innhold" in caplog.text

    def test_work_that_nobody_knows_fails_by_name(self, queue: Queue) -> None:
        with tenant_scope(queue.tenant.pk):
            job = actions.ask(actor=queue.actor, now=NOON, kind="probe.unknown", about=uuid4())
        run_one(queue.tenant.pk)
        assert "kjenner ikke" in queue.row(job).fault

    def test_its_life_is_on_the_trail_and_its_progress_is_not(self, queue: Queue) -> None:
        queue.work = lambda _task, progress: progress.tell(50)
        job = queue.ask()
        run_one(queue.tenant.pk)
        with tenant_scope(queue.tenant.pk):
            told = [event.action for event in audit.history_of(job.pk)]
        assert sorted(told) == ["job.asked", "job.ended", "job.started"]


class TestStopping:
    def test_waiting_work_stops_at_once_and_ended_work_cannot(self, queue: Queue) -> None:
        job = queue.ask()
        with tenant_scope(queue.tenant.pk):
            assert actions.cancel(actor=queue.actor, now=NOON, job_id=job.pk).state == "cancelled"
            with pytest.raises(Conflict):
                actions.cancel(actor=queue.actor, now=NOON, job_id=job.pk)
        assert not run_one(queue.tenant.pk)

    def test_running_work_stops_when_it_next_tells(self, queue: Queue) -> None:
        def work(task: Task, progress: Progress) -> None:
            actions.cancel(actor=queue.actor, now=NOON, job_id=task.key)
            progress.tell(10)
            raise AssertionError("went on")

        queue.work = work
        job = queue.ask()
        with tenant_scope(queue.tenant.pk):
            run_one(queue.tenant.pk)
        assert queue.row(job).state == "cancelled"

    def test_what_was_stopped_while_it_worked_silently_stores_nothing(self, queue: Queue) -> None:
        stored: list[str] = []

        def work(task: Task, progress: Progress) -> None:
            progress.tell(10)
            actions.cancel(actor=queue.actor, now=NOON, job_id=task.key)
            assert progress.goes_on(20), "not asked again within a second"
            progress.keep()
            stored.append("result")

        queue.work = work
        job = queue.ask()
        with tenant_scope(queue.tenant.pk):
            run_one(queue.tenant.pk)
        assert (queue.row(job).state, stored) == ("cancelled", [])

    def test_when_the_worker_stops_the_work_waits_for_the_next(self, queue: Queue) -> None:
        queue.work = lambda _task, progress: progress.tell(10)
        job = queue.ask()
        assert run_one(queue.tenant.pk, stopping=lambda: True)
        row = queue.row(job)
        assert (row.state, row.attempts, row.ended_at) == ("queued", 0, None)
        assert run_one(queue.tenant.pk)
        assert queue.row(job).state == "done"


class TestDying:
    def test_it_is_taken_up_again_three_times_and_then_failed_without_stopping_the_next(self, queue: Queue) -> None:
        job, later = queue.ask(), timedelta()
        for attempt in (1, 2, 3):
            taken = take(queue, later)
            assert taken is not None
            assert (taken.pk, taken.attempts) == (job.pk, attempt)
            assert take(queue, later + timedelta(seconds=60)) is None
            later += DEAD
        following = queue.ask()
        taken = take(queue, later)
        assert taken is not None
        assert taken.pk == following.pk
        assert (queue.row(job).state, bool(queue.row(job).fault)) == ("failed", True)

    def test_one_that_tells_it_lives_is_not_taken(self, queue: Queue) -> None:
        job = queue.ask()
        take(queue)
        with tenant_scope(queue.tenant.pk):
            assert actions.note_alive(NOON + DEAD, job_id=job.pk, attempt=1)
        assert take(queue, DEAD + timedelta(seconds=30)) is None

    def test_one_that_comes_back_from_the_dead_ends_tells_and_stores_nothing(self, queue: Queue) -> None:
        job = queue.ask()
        assert take(queue) is not None
        assert take(queue, DEAD) is not None
        told = {"percent": 90, "message": "", "figures": {}}
        assert end(queue, job, 1, "failed").state == "running"
        with tenant_scope(queue.tenant.pk):
            assert not actions.note_progress(NOON, job_id=job.pk, attempt=1, **told)
            assert not actions.note_alive(NOON, job_id=job.pk, attempt=1)
            assert not queries.is_mine(job.pk, 1)
            assert queries.is_mine(job.pk, 2)
        assert end(queue, job, 2, "done").state == "done"
        assert end(queue, job, 1, "failed").state == "done"

    def test_one_that_was_being_stopped_is_not_taken_up_again(self, queue: Queue) -> None:
        job = queue.ask()
        take(queue)
        with tenant_scope(queue.tenant.pk):
            actions.cancel(actor=queue.actor, now=NOON, job_id=job.pk)
        assert take(queue, DEAD) is None
        assert queue.row(job).state == "cancelled"

    def test_only_the_worker_takes_and_ends(self, queue: Queue) -> None:
        job = queue.ask()
        with tenant_scope(queue.tenant.pk):
            with pytest.raises(RuntimeError):
                actions.take(actor=queue.actor, now=NOON)
            with pytest.raises(RuntimeError):
                actions.end(actor=queue.actor, now=NOON, job_id=job.pk, attempt=1, state="done")


class TestAbsence:
    def test_it_is_told_when_nobody_takes_what_waits(self, queue: Queue) -> None:
        queue.ask()
        with tenant_scope(queue.tenant.pk):
            assert not queries.worker_seems_absent(NOON + timedelta(seconds=20))
            assert queries.worker_seems_absent(NOON + timedelta(seconds=40))

    def test_not_while_a_worker_is_busy_with_something_else(self, queue: Queue) -> None:
        queue.ask()
        queue.ask(now=NOON + timedelta(seconds=1))
        take(queue, timedelta(seconds=35))
        with tenant_scope(queue.tenant.pk):
            assert not queries.worker_seems_absent(NOON + timedelta(seconds=40))
            assert queries.worker_seems_absent(NOON + timedelta(seconds=90))
