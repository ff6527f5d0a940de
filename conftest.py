"""What every test shares: the walls raised, the application's database role, a tenant and its people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database with its walls; on PostgreSQL the tests then run as the application's role."""
    from samstyr.foundation.tenancy.walls import raise_walls

    with django_db_blocker.unblock():
        raise_walls()


@pytest.fixture(autouse=True)
def _as_application_role(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test database's owner is exempt from row security, so nothing would be tested as owner."""
    if "django_db_blocker" not in request.fixturenames and not request.node.get_closest_marker("django_db"):
        yield
        return
    request.getfixturevalue("db" if not _is_transactional(request) else "transactional_db")
    if connection.vendor != "postgresql" or request.node.get_closest_marker("as_owner"):
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE samstyr_app")
    yield
    if connection.connection is not None and not connection.connection.closed:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def _is_transactional(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames


@pytest.fixture
def now() -> datetime:
    """A Tuesday in the middle of the intake window."""
    return datetime(2026, 2, 10, 11, 0, tzinfo=UTC)
