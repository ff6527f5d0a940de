"""What every test shares: the walls raised, the application's database role, a tenant and its people."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import hypothesis
import pytest
from django.db import connection

pytest_plugins = ["tests.recorder", "tests.browser"]

# No test asserts on time: the first example pays for what is read once.
hypothesis.settings.register_profile("samstyr", deadline=None)
hypothesis.settings.load_profile("samstyr")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database with its walls; on PostgreSQL the tests then run as the application's role."""
    from samstyr.foundation.tenancy.walls import raise_walls

    toys = sys.modules.get("tests.toys.models")
    with django_db_blocker.unblock():
        if toys is not None:
            toys.make_tables()
        raise_walls()


@pytest.fixture(autouse=True)
def _as_application_role(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test database's owner is exempt from row security, so nothing would be tested as owner."""
    asks = {"db", "transactional_db", "client", "admin_client"} & set(request.fixturenames)
    if not asks and not request.node.get_closest_marker("django_db"):
        yield
        return
    request.getfixturevalue("db" if not _is_transactional(request) else "transactional_db")
    if connection.vendor != "postgresql" or request.node.get_closest_marker("as_owner"):
        yield
        if connection.vendor == "sqlite" and _is_transactional(request):
            _drop_triggers()
        return
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE samstyr_app")
    with _tenants_are_made_by_the_owner():
        yield
    # Where one transaction surrounds the test, rolling it back takes the role back too.
    if _is_transactional(request) and connection.connection is not None and not connection.connection.closed:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


@contextmanager
def _tenants_are_made_by_the_owner() -> Iterator[None]:
    """The application may not make tenants; a test that needs one gets it the way an operator does."""
    from samstyr.foundation.tenancy.models import Tenant
    from tests.support import as_owner

    plain = Tenant.save

    def save(self: Tenant, *args: Any, **kwargs: Any) -> None:
        with as_owner():
            plain(self, *args, **kwargs)

    Tenant.save = save  # type: ignore[method-assign]
    try:
        yield
    finally:
        Tenant.save = plain  # type: ignore[method-assign]


def _drop_triggers() -> None:
    """Let the test database be emptied; emptying it raises the walls again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def _is_transactional(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames


@pytest.fixture
def now() -> datetime:
    """A Tuesday in the middle of the intake window."""
    return datetime(2026, 2, 10, 11, 0, tzinfo=UTC)
