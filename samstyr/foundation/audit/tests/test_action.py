"""The one shape of a write: what succeeds leaves events, what is refused leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from samstyr.foundation.audit import action as module
from samstyr.foundation.audit.action import action
from samstyr.foundation.audit.models import AuditDetail, AuditEvent, AuditHead, IdempotencyKey
from samstyr.foundation.audit.queries import history_of, recent, verify_chain
from samstyr.foundation.kernel import events
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import tenant_scope
from tests.support import actor_in, at_once, make_tenant
from tests.toys import actions as toys
from tests.toys.models import ToyMark, ToyNote

pytestmark = pytest.mark.django_db


@pytest.fixture
def tenant() -> Tenant:
    return make_tenant()


@pytest.fixture
def scope(tenant: Tenant) -> Iterator[Tenant]:
    with tenant_scope(tenant.pk):
        yield tenant


@pytest.fixture
def who(scope: Tenant, now: datetime) -> dict[str, Any]:
    return {"actor": actor_in(scope), "now": now}


def counts() -> tuple[int, ...]:
    return tuple(
        model.objects.count() for model in (ToyNote, ToyMark, AuditEvent, AuditDetail, AuditHead, IdempotencyKey)
    )


def test_a_write_leaves_its_event_with_what_changed(who: dict[str, Any]) -> None:
    note = toys.write(**who, title="Første")
    edited = toys.edit(**who, note_id=note.pk, version=1, text="ny")
    assert (edited.version, edited.text) == (2, "ny")
    written, changed = history_of(note.pk)
    assert (written.action, written.actor, written.label, written.before) == (
        "toy.written",
        "Den som prøver",
        "Første",
        None,
    )
    assert (changed.before, changed.after) == ({"text": "", "version": 1}, {"text": "ny", "version": 2})
    assert changed.rule == "toy.rule"
    assert verify_chain() == 2
    assert [entry.sequence for entry in recent(before=2)] == [1]


def test_events_without_details_carry_no_personal_data(who: dict[str, Any]) -> None:
    note = toys.write(**who, title="Navnet Navnesen")
    event = AuditEvent.objects.get(object_id=note.pk)
    assert "Navnesen" not in str(event.__dict__)
    assert who["actor"].name not in str(event.__dict__)


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        ({"allowed": False}, Refused),
        ({"text": "feil"}, Invalid),
        ({"version": 7}, Conflict),
        ({"note_id": uuid4()}, NotFound),
    ],
)
def test_a_refusal_leaves_nothing(who: dict[str, Any], arguments: dict[str, Any], fault: type[Exception]) -> None:
    note = toys.write(**who, title="A")
    before = counts()
    with pytest.raises(fault):
        toys.edit(**who, key="k", **{"note_id": note.pk, "version": 1, "text": "b", **arguments})
    assert counts() == before
    assert ToyNote.objects.get().text == ""
    # The refused attempt has not used up its key.
    assert toys.edit(**who, key="k", note_id=note.pk, version=1, text="b").text == "b"


def test_what_was_written_before_the_fault_is_gone(who: dict[str, Any]) -> None:
    note = toys.write(**who, title="A")
    before = counts()
    with pytest.raises(Invalid):
        toys.mark(**who, note_id=note.pk, text="x", then_fail=True)
    assert counts() == before


def test_a_conflict_names_both_versions(who: dict[str, Any]) -> None:
    note = toys.write(**who, title="A")
    toys.edit(**who, note_id=note.pk, version=1, text="min")
    with pytest.raises(Conflict) as conflict:
        toys.edit(**who, note_id=note.pk, version=1, text="din")
    assert (conflict.value.details["yours"], conflict.value.details["present"]) == (1, 2)
    assert conflict.value.details["row"].text == "min"


def test_what_somebody_else_registered_first_is_a_conflict(who: dict[str, Any]) -> None:
    toys.write(**who, title="A")
    before = counts()
    with pytest.raises(Conflict) as conflict:
        toys.write(**who, title="A")
    assert conflict.value.rule == "unique"
    assert counts() == before


def test_the_same_key_gives_the_same_result_once(who: dict[str, Any]) -> None:
    first = toys.write(**who, key="en", title="A")
    before = counts()
    assert toys.write(**who, key="en", title="A").pk == first.pk
    assert counts() == before


def test_a_key_used_for_other_content_or_another_action_is_a_conflict(who: dict[str, Any]) -> None:
    note = toys.write(**who, key="en", title="A")
    with pytest.raises(Conflict):
        toys.write(**who, key="en", title="B")
    with pytest.raises(Conflict):
        toys.edit(**who, key="en", note_id=note.pk, version=1, text="b")
    assert ToyNote.objects.count() == 1


def test_a_request_is_the_same_in_whatever_order_its_sets_are_kept() -> None:
    first, second = {"a": frozenset({8, 16, 0}), "b": [b"x"]}, {"b": [b"x"], "a": frozenset({0, 16, 8})}
    assert module._request_hash(first) == module._request_hash(second)
    assert module._request_hash(first) != module._request_hash({**second, "b": [b"y"]})


def test_a_key_belongs_to_one_person(scope: Tenant, now: datetime) -> None:
    toys.write(actor=actor_in(scope), now=now, key="en", title="A")
    toys.write(actor=actor_in(scope), now=now, key="en", title="B")
    assert ToyNote.objects.count() == 2


def test_nested_actions_share_the_chain_in_order(who: dict[str, Any]) -> None:
    toys.write_and_mark(**who, title="A", marks=["x", "y"])
    assert list(AuditEvent.objects.order_by("sequence").values_list("action", flat=True)) == [
        "toy.written",
        "toy.marked",
        "toy.marked",
        "toy.written_and_marked",
    ]
    assert verify_chain() == 4


def test_inner_actions_roll_back_with_the_outer(who: dict[str, Any]) -> None:
    before = counts()
    with pytest.raises(Invalid):
        toys.write_and_mark(**who, title="A", marks=["x"], then_fail=True)
    assert counts() == before


def test_an_inner_fault_that_is_caught_leaves_neither_rows_nor_events(who: dict[str, Any]) -> None:
    toys.try_all(**who, titles=["bra", "feil her", "bra igjen"])
    assert sorted(ToyNote.objects.values_list("title", flat=True)) == ["bra", "bra igjen"]
    recorded = {event.object_id for event in AuditEvent.objects.all()}
    assert recorded == set(ToyNote.objects.values_list("pk", flat=True)), "events of rows that were rolled back"
    assert verify_chain() == 2 * 4 + 1


def test_the_next_action_does_not_inherit_what_a_failed_one_left(who: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        toys.write_and_mark(**who, title="A", marks=["x"], then_fail=True)
    toys.write(**who, title="B")
    assert verify_chain() == 1


def test_listeners_write_in_the_same_transaction(who: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_handlers", {**events._handlers, toys.NoteWritten: []})

    def listener(event: toys.NoteWritten, *, actor: Any, now: datetime) -> None:
        toys.mark(actor=actor.on_behalf("handover:toy"), now=now, note_id=event.note_id, text="hørt")

    events.connect(toys.NoteWritten, listener)
    note = toys.write(**who, title="A")
    assert ToyMark.objects.get().note_id == note.pk
    assert AuditEvent.objects.get(action="toy.marked").rule == "handover:toy"
    assert AuditEvent.objects.get(action="toy.written").rule == ""

    def falls_over(event: toys.NoteWritten, **_: Any) -> None:
        raise RuntimeError("lytteren falt")

    events.connect(toys.NoteWritten, falls_over)
    before = counts()
    with pytest.raises(RuntimeError):
        toys.write(**who, title="B")
    assert counts() == before


@pytest.mark.parametrize("place", ["_write_chain", "_store_result"])
def test_a_kill_between_leaves_no_orphan(who: dict[str, Any], monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    toys.write(**who, title="A")
    before = counts()
    plain = getattr(module, place)

    def dies(*arguments: Any) -> None:
        plain(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(module, place, dies)
    with pytest.raises(KeyboardInterrupt):
        toys.write(**who, key="k", title="B")
    monkeypatch.setattr(module, place, plain)
    assert counts() == before
    assert verify_chain() == 1


def test_an_actor_of_another_tenant_is_refused(scope: Tenant, now: datetime) -> None:
    with pytest.raises(Refused):
        toys.write(actor=actor_in(make_tenant()), now=now, title="A")


def test_an_action_is_not_run_inside_one_of_another_tenant(scope: Tenant, now: datetime) -> None:
    other = make_tenant()

    @action("toy.across")
    def across(ctx: module.Context) -> None:
        with tenant_scope(other.pk):
            toys.write(actor=actor_in(other), now=ctx.now, title="B")

    try:
        with pytest.raises(RuntimeError):
            across(actor=actor_in(scope), now=now)
    finally:
        del module.ACTIONS["toy.across"]
    assert not ToyNote.objects.exists()


def test_rows_of_another_tenant_are_not_found(who: dict[str, Any], now: datetime) -> None:
    note = toys.write(**who, title="A")
    other = make_tenant()
    with tenant_scope(other.pk), pytest.raises(NotFound):
        toys.edit(actor=actor_in(other), now=now, note_id=note.pk, version=1, text="b")


def test_a_foreign_parent_is_as_one_that_never_was(who: dict[str, Any]) -> None:
    other = make_tenant()
    with tenant_scope(other.pk):
        foreign = ToyNote.objects.create(title="fremmed")

    @action("toy.adopt")
    def adopt(ctx: module.Context, *, parent: Any) -> None:
        ctx.record("toy.adopted", ctx.create(ToyNote(title="barn", parent_id=parent)))

    try:
        words = []
        for parent in (foreign.pk, uuid4()):
            with pytest.raises(Invalid) as fault:
                adopt(**who, parent=parent)
            words.append(str(fault.value).replace(str(parent), ""))
        assert words[0] == words[1]
    finally:
        del module.ACTIONS["toy.adopt"]


def test_two_actions_may_not_share_a_name() -> None:
    with pytest.raises(RuntimeError):
        action("toy.write")(lambda ctx: None)


def test_each_tenant_has_its_own_chain(now: datetime) -> None:
    tenants = [make_tenant(), make_tenant()]
    for number, tenant in enumerate(tenants, start=1):
        with tenant_scope(tenant.pk):
            for place in range(number):
                toys.write(actor=actor_in(tenant), now=now, title=f"{place}")
            assert verify_chain() == number


def test_details_verify_again_however_the_database_writes_numbers(who: dict[str, Any]) -> None:
    @action("toy.odd")
    def odd(ctx: module.Context) -> None:
        note = ctx.create(ToyNote(title="tall"))
        ctx.record(
            "toy.odd", note, big=1e22, small=1e-7, zero=-0.0, whole=3.0, odd=float("nan"), nested=[{"a": (1, 2.5)}]
        )

    try:
        odd(**who)
    finally:
        del module.ACTIONS["toy.odd"]
    assert verify_chain() == 1


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Several people, or one impatient one, at the same moment."""

    def test_five_presses_of_one_button_are_one_effect(self, now: datetime) -> None:
        tenant = make_tenant()
        actor = actor_in(tenant)

        def press() -> Any:
            with tenant_scope(tenant.pk):
                return toys.write(actor=actor, now=now, key="knapp", title="A").pk

        answers = at_once(*[press] * 5)
        assert len(set(answers)) == 1, answers
        with tenant_scope(tenant.pk):
            assert counts() == (1, 0, 1, 1, 1, 1)
            assert verify_chain() == 1

    def test_two_edits_of_one_version_are_one_success_and_one_conflict(self, now: datetime) -> None:
        tenant = make_tenant()
        with tenant_scope(tenant.pk):
            note = toys.write(actor=actor_in(tenant), now=now, title="A")

        def edit(text: str) -> Any:
            with tenant_scope(tenant.pk):
                return toys.edit(actor=actor_in(tenant), now=now, note_id=note.pk, version=1, text=text)

        answers = at_once(lambda: edit("min"), lambda: edit("din"))
        assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "ToyNote"], answers

    def test_a_chain_that_many_write_to_holds(self, now: datetime) -> None:
        tenant = make_tenant()

        def write(name: int) -> Any:
            for place in range(5):
                with tenant_scope(tenant.pk):
                    toys.write(actor=actor_in(tenant), now=now, title=f"{name}-{place}")

        answers = at_once(*[lambda name=name: write(name) for name in range(4)])
        assert answers == [None] * 4
        with tenant_scope(tenant.pk):
            assert verify_chain() == 20

    def test_outside_a_test_transaction_nothing_of_a_refusal_is_left(self, now: datetime) -> None:
        tenant = make_tenant()
        with tenant_scope(tenant.pk):
            note = toys.write(actor=actor_in(tenant), now=now, title="A")
        with pytest.raises(Invalid), tenant_scope(tenant.pk):
            toys.mark(actor=actor_in(tenant), now=now, note_id=note.pk, text="x", then_fail=True)
        assert not transaction.get_connection().in_atomic_block
        with tenant_scope(tenant.pk):
            assert counts()[:3] == (1, 0, 1)
