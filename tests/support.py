"""What tests of several rooms need: tenants, actors, threads as the application's role, the owner's hand."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, connections

from samstyr.foundation.access import Act, Actor, Grant, HeldRole, Reach
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.walls import APP_ROLE

POSTGRESQL = "postgresql"


@contextmanager
def as_owner() -> Iterator[None]:
    """Do something that only the database's owner may, then go back to the application's role."""
    if connection.vendor != POSTGRESQL:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        before = cursor.fetchone()[0]
        cursor.execute("RESET ROLE")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{before}"')


def make_tenant(slug: str = "") -> Tenant:
    """A new tenant, made as the owner makes it."""
    slug = slug or f"prove-{uuid4().hex[:8]}"
    with as_owner():
        return Tenant.objects.create(slug=slug, name=slug.capitalize())


def actor_in(tenant: Tenant | UUID, *acts: Act, reach: Reach = Reach.TENANT, person: UUID | None = None) -> Actor:
    """Somebody in the tenant with a right to each of `acts` by the role «Prøverolle»."""
    held = HeldRole("probe", "Prøverolle")
    tenant_id = tenant.pk if isinstance(tenant, Tenant) else tenant
    return Actor(
        person or uuid4(),
        tenant_id,
        "Den som prøver",
        (held,),
        tuple(Grant(act, reach, held) for act in acts),
    )


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run all calls at the same moment, each with its own connection; results or exceptions, in order."""
    gate = threading.Barrier(len(calls))
    answers: list[Any] = [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            if connection.vendor == POSTGRESQL:
                with connection.cursor() as cursor:
                    cursor.execute(f"SET ROLE {APP_ROLE}")
            gate.wait(timeout=20)
            answers[place] = call()
        except Exception as fault:  # the test looks at it
            answers[place] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers
