"""Without a scope nothing is read or written; inside one only its tenant's rows are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import (
    NoTenantScope,
    current_tenant_id,
    forget,
    remembered,
    require_tenant_id,
    tenant_scope,
)
from tests.support import make_tenant
from tests.toys.models import ToyMark, ToyNote

pytestmark = pytest.mark.django_db


@dataclass
class World:
    """Two tenants with a note, a child and a mark each."""

    mine: Tenant
    theirs: Tenant
    note: ToyNote
    child: ToyNote
    mark: ToyMark
    foreign: ToyNote


@pytest.fixture
def world() -> World:
    made = []
    tenants = [make_tenant(), make_tenant()]
    for tenant in tenants:
        with tenant_scope(tenant.pk):
            note = ToyNote.objects.create(title="A")
            child = ToyNote.objects.create(title="B", parent=note)
            mark = ToyMark.objects.create(note=note, text="x", recorded_at=timezone.now())
            made.append((note, child, mark))
    return World(*tenants, *made[0], made[1][0])


def fresh(row: Any) -> Any:
    """The row without anything cached on it."""
    row._state.fields_cache.clear()
    return row


WAYS: dict[str, Callable[[World], Any]] = {
    "all": lambda w: list(ToyNote.objects.all()),
    "get": lambda w: ToyNote.objects.get(pk=w.note.pk),
    "count": lambda w: ToyNote.objects.count(),
    "exists": lambda w: ToyNote.objects.exists(),
    "aggregate": lambda w: ToyNote.objects.aggregate(),
    "values": lambda w: list(ToyNote.objects.values("title")),
    "in_bulk": lambda w: ToyNote.objects.in_bulk([w.note.pk]),
    "iterator": lambda w: list(ToyNote.objects.iterator()),
    "default manager": lambda w: list(ToyNote._default_manager.all()),
    "base manager": lambda w: list(ToyNote._base_manager.all()),
    "none is not asked either": lambda w: ToyNote.objects.filter(pk=None).first(),
    "raw": lambda w: list(ToyNote.objects.raw("SELECT * FROM samstyr_toynote")),
    "foreign key": lambda w: fresh(w.child).parent,
    "reverse": lambda w: list(w.note.children.all()),
    "reverse of a fact": lambda w: list(w.note.marks.all()),
    "reverse create": lambda w: w.note.children.create(title="C"),
    "reverse set": lambda w: w.note.children.set([w.child]),
    "refresh_from_db": lambda w: w.note.refresh_from_db(),
    "deferred column": lambda w: ToyNote.objects.only("id").get(pk=w.note.pk).title,
    "save": lambda w: w.note.save(),
    "save new": lambda w: ToyNote(title="C").save(),
    "create": lambda w: ToyNote.objects.create(title="C"),
    "get_or_create": lambda w: ToyNote.objects.get_or_create(title="A"),
    "update_or_create": lambda w: ToyNote.objects.update_or_create(title="A", defaults={"text": "x"}),
    "bulk_create": lambda w: ToyNote.objects.bulk_create([ToyNote(title="C")]),
    "bulk_update": lambda w: ToyNote.objects.bulk_update([w.note], ["text"]),
    "update": lambda w: ToyNote.objects.update(text="x"),
    "delete": lambda w: w.child.delete(),
    "delete many": lambda w: ToyNote.objects.all().delete(),
    "full_clean of a foreign key": lambda w: w.child.full_clean(),
}


@pytest.mark.parametrize("way", WAYS)
def test_without_a_scope_every_way_raises(world: World, way: str) -> None:
    with pytest.raises(NoTenantScope):
        WAYS[way](world)


def test_the_scope_is_told_and_put_back(world: World) -> None:
    assert current_tenant_id() is None
    with tenant_scope(world.mine.pk):
        assert require_tenant_id() == world.mine.pk
        with tenant_scope(world.theirs.pk):
            assert current_tenant_id() == world.theirs.pk
            assert ToyNote.objects.get(title="A").pk == world.foreign.pk
        assert ToyNote.objects.get(title="A").pk == world.note.pk
    assert current_tenant_id() is None


def test_the_scope_is_put_back_after_a_fault(world: World) -> None:
    with tenant_scope(world.mine.pk):
        with pytest.raises(ZeroDivisionError), tenant_scope(world.theirs.pk):
            raise ZeroDivisionError
        assert ToyNote.objects.get(title="A").pk == world.note.pk
        # A fault of the database itself is shown as it is, not as the broken transaction it leaves.
        with pytest.raises(IntegrityError), tenant_scope(world.theirs.pk):
            ToyNote.objects.create(title="A")
        assert ToyNote.objects.get(title="A").pk == world.note.pk
    assert current_tenant_id() is None


def test_reading_inside_a_scope_gives_its_rows_only(world: World) -> None:
    with tenant_scope(world.mine.pk):
        assert set(ToyNote.objects.all()) == {world.note, world.child}
        assert not ToyNote.objects.filter(pk=world.foreign.pk).exists()
        assert list(world.foreign.children.all()) == []
        with pytest.raises(ObjectDoesNotExist):
            world.foreign.refresh_from_db()
        with pytest.raises(ObjectDoesNotExist):
            _ = ToyMark(note_id=world.foreign.pk).note


@pytest.mark.parametrize(
    "way",
    [
        lambda w: w.foreign.save(),
        lambda w: w.foreign.delete(),
        lambda w: ToyNote(title="C", tenant_id=w.theirs.pk).save(),
        lambda w: ToyNote.objects.create(title="C", tenant_id=w.theirs.pk),
        lambda w: ToyNote.objects.bulk_create([ToyNote(title="C", tenant_id=w.theirs.pk)]),
        lambda w: ToyNote.objects.bulk_update([w.foreign], ["text"]),
        lambda w: ToyNote.objects.update(tenant=w.theirs),
        lambda w: ToyNote.objects.update(tenant_id=w.theirs.pk),
        lambda w: setattr(w.note, "tenant_id", w.theirs.pk) or w.note.save(),
    ],
)
def test_a_row_of_another_tenant_is_not_written(world: World, way: Callable[[World], Any]) -> None:
    with tenant_scope(world.mine.pk), pytest.raises(NoTenantScope):
        way(world)
    with tenant_scope(world.theirs.pk):
        assert ToyNote.objects.count() == 2
        assert ToyNote.objects.get(pk=world.foreign.pk).text == ""


def test_bulk_create_enters_the_tenant(world: World) -> None:
    with tenant_scope(world.mine.pk):
        (made,) = ToyNote.objects.bulk_create([ToyNote(title="C")])
        assert ToyNote.objects.get(title="C").tenant_id == world.mine.pk == made.tenant_id


def test_updates_and_deletes_by_query_reach_own_rows_only(world: World) -> None:
    with tenant_scope(world.mine.pk):
        assert ToyNote.objects.filter(title="A").update(text="rørt") == 1
        ToyNote.objects.filter(title="B").delete()
    with tenant_scope(world.theirs.pk):
        assert not ToyNote.objects.filter(text="rørt").exists()
        assert ToyNote.objects.filter(title="B").exists()


def test_what_is_remembered_is_asked_for_again_after_each_write_and_in_each_scope(world: World) -> None:
    asked: list[int] = []

    def count() -> int:
        asked.append(1)
        return ToyNote.objects.count()

    def known() -> tuple[int, int]:
        return remembered(ToyNote, "count", count), len(asked)

    with tenant_scope(world.mine.pk):
        assert known() == known() == (2, 1)
        note = ToyNote.objects.create(title="C")
        assert known() == known() == (3, 2)
        forget(ToyMark)
        assert known() == (3, 2)
        for times, write in enumerate(
            (
                note.save,
                lambda: ToyNote.objects.filter(title="C").update(text="ny"),
                lambda: ToyNote.objects.bulk_update([note], ["text"]),
                lambda: list(ToyNote.objects.select_for_update()),
                forget,
            ),
            start=3,
        ):
            write()
            assert known() == (3, times)
        with tenant_scope(world.theirs.pk):
            assert known() == (2, 8)
        assert known() == (3, 8)
        ToyNote.objects.bulk_create([ToyNote(title="D")])
        assert known() == (4, 9)
        note.delete()
        assert known() == (3, 10)
    with pytest.raises(NoTenantScope):
        known()


def test_a_scope_for_reading_holds_no_transaction_on_sqlite(world: World) -> None:
    with tenant_scope(world.mine.pk, writing=False):
        assert ToyNote.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_outside_tests_a_write_scope_is_one_transaction() -> None:
    tenant = make_tenant()
    with pytest.raises(ZeroDivisionError), tenant_scope(tenant.pk):
        ToyNote.objects.create(title="A")
        raise ZeroDivisionError
    with tenant_scope(tenant.pk, writing=False):
        assert ToyNote.objects.count() == 0
        assert connection.in_atomic_block == (connection.vendor == "postgresql")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no second wall")
def test_the_database_itself_errs_without_a_tenant() -> None:
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        ToyNote.objects.create(title="A")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM samstyr_toynote")
