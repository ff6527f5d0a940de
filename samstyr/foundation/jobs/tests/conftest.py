"""A queue with a function that does as the test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from samstyr.foundation.access import Act, Actor
from samstyr.foundation.jobs import actions, queries
from samstyr.foundation.jobs.models import Job
from samstyr.foundation.jobs.rules import FUNCTIONS, Progress, Task
from samstyr.foundation.organisations.tests.factories import make_person
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import tenant_scope
from tests.support import actor_in, make_tenant

KIND = "probe.work"
NOON = datetime(2026, 4, 7, 10, 0, tzinfo=UTC)


@dataclass
class Queue:
    """A tenant with somebody who may ask for work; `work` is what the worker then does."""

    tenant: Tenant = field(default_factory=make_tenant)
    work: Callable[[Task, Progress], None] = lambda _task, _progress: None
    done: list[Task] = field(default_factory=list)

    def __post_init__(self) -> None:
        with tenant_scope(self.tenant.pk):
            self.person = make_person("Virksomhetsleder").pk

    @property
    def actor(self) -> Actor:
        """Somebody who may edit the plan."""
        return actor_in(self.tenant, Act.PLAN_EDIT, person=self.person)

    @property
    def worker(self) -> dict[str, Any]:
        """The worker, at noon."""
        return {"actor": Actor(UUID(int=0), self.tenant.pk, "Samstyr", automatic="worker"), "now": NOON}

    def ask(self, about: UUID | None = None, now: datetime = NOON, **arguments: Any) -> Job:
        """Work on something."""
        with tenant_scope(self.tenant.pk):
            return actions.ask(actor=self.actor, now=now, kind=KIND, about=about or uuid4(), arguments=arguments)

    def row(self, job: Job) -> Job:
        """The job as it stands now."""
        with tenant_scope(self.tenant.pk):
            found = queries.job_by_id(job.pk)
        assert found is not None
        return found


def made() -> Iterator[Queue]:
    """A queue whose function remembers what it was given."""
    queue = Queue()

    def run(task: Task, progress: Progress) -> None:
        queue.done.append(task)
        queue.work(task, progress)

    FUNCTIONS[KIND] = run
    yield queue
    del FUNCTIONS[KIND]


@pytest.fixture
def queue(db: None) -> Iterator[Queue]:
    """A queue within the test's transaction."""
    yield from made()


@pytest.fixture
def real_queue(transactional_db: None) -> Iterator[Queue]:
    """A queue that several connections see."""
    yield from made()
