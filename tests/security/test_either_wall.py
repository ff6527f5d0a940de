"""Each wall alone keeps tenants apart: canaries in every text of every table, read back every way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.db.utils import DatabaseError

from samstyr.foundation.tenancy.models import Tenant, TenantManager, TenantModel
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.foundation.tenancy.walls import tenant_models, tenant_relations
from tests.security.filling import fill, texts_of
from tests.support import as_owner, make_tenant

pytestmark = pytest.mark.django_db
MODELS = tenant_models()
WORDS = ("nord", "vest", "aust")


@pytest.fixture
def tenants() -> dict[str, Tenant]:
    """Three tenants, each with its canary in every text column of every table."""
    made = {word: make_tenant() for word in WORDS}
    for word, tenant in made.items():
        with tenant_scope(tenant.pk):
            for model in MODELS:
                fill(model, word)
    return made


@pytest.fixture
def second_wall_alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The query layer as if somebody had forgotten its filter."""
    monkeypatch.setattr(TenantManager, "get_queryset", lambda self: models.Manager.get_queryset(self))
    yield


def read_back(model: type[TenantModel]) -> str:
    """Everything the managers give, as text."""
    texts = texts_of(model)
    found: list[Any] = []
    for manager in {model.objects, model._default_manager, model._base_manager}:
        found += manager.values_list(*texts) if texts else manager.values_list("pk")
        found += [vars(row) for row in manager.all()]
        found.append(manager.count())
        found += manager.order_by().distinct().values_list("tenant_id")
    for column in tenant_relations(model):
        found += model.objects.values_list(*(f"{column.name}__{text}" for text in texts_of(column.related_model)))
        found += [vars(getattr(row, column.name)) for row in model.objects.all() if getattr(row, column.attname)]
        found += [vars(row) for row in model.objects.select_related(column.name)]
    for relation in model._meta.related_objects:
        if relation.get_accessor_name() and relation.one_to_many:
            for row in model.objects.all():
                found += [vars(child) for child in getattr(row, relation.get_accessor_name()).all()]
    return repr(found)


def foreign_hits(tenants: dict[str, Tenant]) -> list[str]:
    """Where one tenant's scope showed another's canary or key."""
    hits = []
    for word, tenant in tenants.items():
        with tenant_scope(tenant.pk):
            for model in MODELS:
                text = read_back(model)
                hits += [
                    f"{model.__name__} read in {word} shows {other}"
                    for other in WORDS
                    if other != word and (f"kanari-{other}" in text or str(tenants[other].pk) in text)
                ]
                if texts_of(model) and f"kanari-{word}" not in text:
                    hits.append(f"{model.__name__} read in {word} does not show its own: the test is blind")
    return hits


@pytest.mark.slow
@pytest.mark.everywhere
def test_both_walls(tenants: dict[str, Tenant]) -> None:
    assert foreign_hits(tenants) == []


@pytest.mark.slow
@pytest.mark.everywhere
@pytest.mark.as_owner
def test_the_query_layer_alone(tenants: dict[str, Tenant]) -> None:
    """On SQLite there is nothing else; on PostgreSQL the owner passes through row security."""
    assert foreign_hits(tenants) == []


@pytest.mark.slow
@pytest.mark.everywhere
@pytest.mark.as_owner
def test_with_neither_wall_the_canaries_sing(tenants: dict[str, Tenant], second_wall_alone: None) -> None:
    """So that the tests above are known to be able to fail, for every table."""
    seen = {hit.partition(" ")[0] for hit in foreign_hits(tenants)}
    assert seen == {model.__name__ for model in MODELS}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no second wall")
class TestSecondWallAlone:
    """PostgreSQL with the query layer's filter patched away."""

    def test_nothing_is_read(self, tenants: dict[str, Tenant], second_wall_alone: None) -> None:
        assert foreign_hits(tenants) == []

    @pytest.mark.parametrize("model", MODELS, ids=lambda found: found.__name__)
    def test_nothing_is_written(self, model: type[TenantModel], second_wall_alone: None) -> None:
        mine, theirs = make_tenant(), make_tenant()
        with tenant_scope(theirs.pk):
            foreign = fill(model, "vest")
        with tenant_scope(mine.pk), connection.cursor() as cursor:
            table = f'"{model._meta.db_table}"'
            for statement in (f"UPDATE {table} SET id = id WHERE id = %s", f"DELETE FROM {table} WHERE id = %s"):
                try:
                    with transaction.atomic():
                        cursor.execute(statement, [foreign.pk])
                        assert cursor.rowcount == 0
                except DatabaseError:
                    continue  # facts refuse outright
            own = fill(model, "nord")
            for statement in (
                f"UPDATE {table} SET tenant_id = %s WHERE id = %s",
                f"INSERT INTO {table} SELECT (jsonb_populate_record(t, jsonb_build_object('tenant_id', %s::text, "
                f"'id', gen_random_uuid()))).* FROM {table} t WHERE id = %s",
            ):
                with pytest.raises(DatabaseError), transaction.atomic():
                    cursor.execute(statement, [theirs.pk, own.pk])

    @pytest.mark.parametrize(
        "relation",
        [(model, column.name) for model in MODELS for column in tenant_relations(model)],
        ids=lambda found: f"{found[0].__name__}.{found[1]}",
    )
    def test_nothing_points_across(self, relation: tuple[type[TenantModel], str], second_wall_alone: None) -> None:
        model, name = relation
        mine, theirs = make_tenant(), make_tenant()
        target = model._meta.get_field(name).related_model
        with tenant_scope(theirs.pk):
            foreign = fill(target, "vest")
        with tenant_scope(mine.pk):
            row = fill(model, "nord")
        # As owner, so that neither append-only nor row security stops it first: the foreign key itself must.
        with pytest.raises(DatabaseError, match="foreign key"), transaction.atomic(), as_owner():
            with connection.cursor() as cursor:
                column = model._meta.get_field(name).column
                cursor.execute(
                    f'UPDATE "{model._meta.db_table}" SET "{column}" = %s WHERE id = %s', [foreign.pk, row.pk]
                )
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
