"""Several workers at once, the signs of life of a silent one, and the command."""

from __future__ import annotations

import signal
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from samstyr.foundation.jobs import running
from samstyr.foundation.jobs.rules import Progress, Task
from samstyr.foundation.jobs.running import run_one
from samstyr.foundation.kernel import clock
from tests.support import at_once

from .conftest import NOON, Queue


def test_two_workers_at_once_do_each_job_once(real_queue: Queue) -> None:
    jobs = [real_queue.ask(now=NOON + timedelta(seconds=at)) for at in range(6)]

    def work_on() -> int:
        done = 0
        while run_one(real_queue.tenant.pk):
            done += 1
        return done

    answers = at_once(work_on, work_on)
    assert all(isinstance(answer, int) for answer in answers), answers
    assert sum(answers) == len(jobs)
    assert sorted(task.key for task in real_queue.done) == sorted(job.pk for job in jobs)
    assert {(row.state, row.attempts) for row in map(real_queue.row, jobs)} == {("done", 1)}


def test_one_job_is_not_waited_for_by_the_other_worker(real_queue: Queue) -> None:
    begun, let_go = threading.Event(), threading.Event()

    def slow(_task: Task, _progress: Progress) -> None:
        begun.set()
        assert let_go.wait(20)

    def first() -> bool:
        return run_one(real_queue.tenant.pk)

    def second() -> bool:
        assert begun.wait(20)
        try:
            return run_one(real_queue.tenant.pk)
        finally:
            let_go.set()

    real_queue.work = slow
    real_queue.ask()
    assert at_once(first, second) == [True, False]


def test_a_silent_worker_tells_that_it_lives(real_queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BETWEEN_SIGNS", 0.01)
    told = threading.Event()
    note_alive = running.actions.note_alive

    def noted(*given: object, **more: object) -> bool:
        answer = note_alive(*given, **more)  # type: ignore[arg-type]
        told.set()
        return answer

    def silent(_task: Task, _progress: Progress) -> None:
        assert told.wait(20)

    monkeypatch.setattr(running.actions, "note_alive", noted)
    # Only the other thread goes by this clock, so what it writes is seen.
    later = NOON + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later if threading.current_thread().name == "signs-of-life" else NOON)
    real_queue.work = silent
    job = real_queue.ask()
    assert at_once(lambda: run_one(real_queue.tenant.pk)) == [True]
    assert real_queue.row(job).alive_at == later


class TestCommand:
    def test_once_does_what_waits_and_ends(self, real_queue: Queue) -> None:
        jobs = [real_queue.ask(), real_queue.ask()]
        call_command("worker", once=True, stdout=StringIO())
        assert {real_queue.row(job).state for job in jobs} == {"done"}

    def test_one_tenant_only(self, real_queue: Queue) -> None:
        job, other = real_queue.ask(), Queue()
        theirs = other.ask()
        call_command("worker", once=True, tenant=real_queue.tenant.slug, stdout=StringIO())
        assert (real_queue.row(job).state, other.row(theirs).state) == ("done", "queued")
        with pytest.raises(CommandError, match="finnes-ikke"):
            call_command("worker", once=True, tenant="finnes-ikke", stdout=StringIO())

    def test_it_ends_when_told_to_and_leaves_what_it_was_doing_to_the_next(self, real_queue: Queue) -> None:
        before = signal.getsignal(signal.SIGTERM)

        def work(_task: Task, progress: Progress) -> None:
            signal.raise_signal(signal.SIGTERM)
            progress.tell(10)

        real_queue.work = work
        job = real_queue.ask()
        call_command("worker", stdout=StringIO())
        assert real_queue.row(job).state == "queued"
        assert signal.getsignal(signal.SIGTERM) == before
