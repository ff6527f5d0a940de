"""Two people edit the same thing: the one who comes second is told, for every table that people edit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from samstyr.foundation.audit.action import ACTIONS, Context, action
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.tenancy.models import EditableModel
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.foundation.tenancy.walls import tenant_models
from tests.security.doubles import assert_double_submit, assert_five_at_once
from tests.security.filling import fill
from tests.support import actor_in, at_once, make_tenant
from tests.toys import actions as toys

EDITABLE = [model for model in tenant_models() if issubclass(model, EditableModel)]
named = pytest.mark.parametrize("model", EDITABLE, ids=lambda found: found.__name__)


@pytest.fixture
def touch() -> Iterator[Any]:
    """An action that edits any row the way every action must."""

    @action("toy.touch")
    def run(ctx: Context, *, model: type[EditableModel], row_id: UUID, version: int) -> EditableModel:
        row = ctx.load(model, row_id, version=version)
        before = row.snapshot()
        ctx.save(row)
        ctx.record("toy.touched", row, before=before)
        return row

    yield run
    del ACTIONS["toy.touch"]


@pytest.mark.django_db
@named
def test_the_second_edit_of_one_version_is_a_conflict(model: type[EditableModel], touch: Any, now: datetime) -> None:
    tenant = make_tenant()
    actor = actor_in(tenant)
    with tenant_scope(tenant.pk):
        row = fill(model, "felles")
        assert touch(actor=actor, now=now, model=model, row_id=row.pk, version=1).version == 2
        with pytest.raises(Conflict):
            touch(actor=actor, now=now, model=model, row_id=row.pk, version=1)
        assert touch(actor=actor, now=now, model=model, row_id=row.pk, version=2).version == 3


@pytest.mark.django_db(transaction=True)
@named
def test_two_edits_at_once_are_one_success_and_one_conflict(
    model: type[EditableModel], touch: Any, now: datetime
) -> None:
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        row = fill(model, "felles")

    def edit() -> Any:
        with tenant_scope(tenant.pk):
            return touch(actor=actor_in(tenant), now=now, model=model, row_id=row.pk, version=1)

    answers = at_once(edit, edit)
    assert {type(answer).__name__ for answer in answers} == {"Conflict", model.__name__}, answers


@pytest.mark.django_db
def test_a_double_submit_is_noticed(now: datetime) -> None:
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        note = assert_double_submit(toys.write, actor=actor_in(tenant), now=now, title="A")
        assert_double_submit(toys.edit, actor=actor_in(tenant), now=now, note_id=note.pk, version=1, text="b")
        with pytest.raises(AssertionError):  # an action that forgets its key
            assert_double_submit(
                lambda key, title, **who: toys.write(**who, title=f"{uuid4()}"),
                actor=actor_in(tenant),
                now=now,
                title="x",
            )


@pytest.mark.django_db(transaction=True)
def test_five_at_once(now: datetime) -> None:
    tenant = make_tenant()
    actor = actor_in(tenant)
    with tenant_scope(tenant.pk):
        note = toys.write(actor=actor, now=now, title="A")
    arguments = {"tenant": tenant.pk, "actor": actor, "now": now}
    assert_five_at_once(toys.write_and_mark, **arguments, title="B", marks=["a", "b"])
    assert_five_at_once(toys.edit, **arguments, note_id=note.pk, version=1, text="b")
