"""Facts are neither changed nor removed by the application, on either database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from samstyr.foundation.tenancy.models import FactModel, Tenant
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.foundation.tenancy.walls import APP_ROLE, tenant_models
from tests.security.filling import fill
from tests.support import as_owner, make_tenant

pytestmark = pytest.mark.django_db
FACTS = [model for model in tenant_models() if issubclass(model, FactModel)]


@pytest.fixture
def tenant() -> Tenant:
    return make_tenant()


def refused(statement: str, *parameters: Any) -> str:
    """Run it in a savepoint; the words of the refusal."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
    return str(refusal.value)


def test_there_are_facts() -> None:
    assert {"AuditEvent", "IdempotencyKey", "ToyMark"} <= {model.__name__ for model in FACTS}


@pytest.mark.parametrize("model", FACTS, ids=lambda found: found.__name__)
def test_facts_stay(model: type[FactModel], tenant: Tenant) -> None:
    table = model._meta.db_table
    with tenant_scope(tenant.pk):
        row = fill(model, "fakta")
        key = row.pk if connection.vendor == "postgresql" else row.pk.hex
        refused(f'UPDATE "{table}" SET recorded_at = recorded_at WHERE id = %s', key)
        refused(f'DELETE FROM "{table}" WHERE id = %s', key)
        refused(f'DELETE FROM "{table}"')
        if connection.vendor == "postgresql":
            refused(f'TRUNCATE "{table}" CASCADE')
        for way in (
            lambda: row.save(),
            lambda: row.delete(),
            lambda: model.objects.update(recorded_at=row.recorded_at),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                way()
        assert model.objects.get(pk=row.pk).pk == row.pk


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no grants")
@pytest.mark.parametrize("model", FACTS, ids=lambda found: found.__name__)
def test_the_trigger_holds_where_a_grant_slips(model: type[FactModel], tenant: Tenant) -> None:
    table = model._meta.db_table
    with tenant_scope(tenant.pk):
        row = fill(model, "fakta")
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f'GRANT UPDATE, DELETE ON "{table}" TO {APP_ROLE}')
        assert "append-only" in refused(f'UPDATE "{table}" SET recorded_at = recorded_at WHERE id = %s', row.pk)
        assert "append-only" in refused(f'DELETE FROM "{table}" WHERE id = %s', row.pk)
