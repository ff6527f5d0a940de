"""A draft's life: begun, written on by several, taken back, proposed, decided, or thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from samstyr.foundation.access import Act
from samstyr.foundation.audit.queries import history_of
from samstyr.foundation.governance import bundles, queries
from samstyr.foundation.governance.actions import (
    adopt,
    discard_draft,
    edit_draft,
    go_to_step,
    propose,
    rename_key,
    settle_proposal,
    start_draft,
    take_up_proposal,
)
from samstyr.foundation.governance.models import DraftStep, ModelState, ModelVersion
from samstyr.foundation.governance.rules.editing import references
from samstyr.foundation.governance.rules.editing.checking import tree_of
from samstyr.foundation.governance.rules.editing.dumping import dump
from samstyr.foundation.governance.rules.editing.starting import empty_model
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.foundation.organisations.models import Organisation, Person, RoleHolding
from samstyr.foundation.tenancy.scope import tenant_scope
from tests.support import actor_in, make_tenant

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
FIRST = date(2026, 1, 1)
TEXT = dump(empty_model("Lilleby", [("lilleby", "municipality", "Lilleby kommune")], "Administrator", "Alt"))


@pytest.fixture
def keeper() -> Iterator[dict[str, Any]]:
    """Somebody who may keep the model, and holds the empty model's role for it."""
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        home = Organisation(slot="lilleby", name="Lilleby kommune", short_name="Lilleby")
        home.save()
        person = Person(name="Styrer", email="styrer@prove.example", organisation=home)
        person.save()
        RoleHolding(role="administrator", person=person, starts_on=FIRST).save()
        yield {"actor": actor_in(tenant, Act.MODEL_MANAGE, person=person.pk), "now": NOW}


def begun(keeper: dict[str, Any], text: str = TEXT) -> ModelVersion:
    return start_draft(**keeper, text=text, origin="tom")


def named(keeper: dict[str, Any], row: ModelVersion, name: str, **more: Any) -> ModelVersion:
    return edit_draft(
        **keeper, version_id=row.pk, version=more.pop("version", row.version), fields=(("name", (name,)),), **more
    )


def test_a_draft_is_begun_filled_in_and_remembered(keeper: dict[str, Any]) -> None:
    row = begun(keeper)
    assert (row.number, row.state, row.step, row.name) == (1, ModelState.DRAFT, 1, "Lilleby")
    row = named(keeper, row, "Storeby")
    assert (row.name, row.step) == ("Storeby", 2)
    row = edit_draft(**keeper, version_id=row.pk, version=row.version, operation=("add", "roles", "Leder"))
    assert tree_of(row.text)["roles"][1]["key"] == "leder"
    assert [(step.verb, step.title) for step in queries.steps_of(row)] == [
        ("add", "Leder"),
        ("fields", "Storeby"),
        ("start", ""),
    ]
    assert {event.action for event in history_of(row.pk)} == {"model.draft_started", "model.draft_edited"}
    untouched = edit_draft(**keeper, version_id=row.pk, version=row.version)
    assert untouched.version == row.version


def test_what_is_no_model_cannot_begin_one(keeper: dict[str, Any]) -> None:
    for text in ("- a", "a: &b 1", "{", "x: " + "y" * 200_001):
        with pytest.raises(Invalid):
            begun(keeper, text)
    unfinished = begun(keeper, "key: halv\nname: Halv\n")
    assert not queries.is_readable(unfinished)
    with pytest.raises(Conflict, match="ikke ferdig"):
        adopt(**keeper, version_id=unfinished.pk, version=unfinished.version, adopted_by="Rådet", valid_from=FIRST)


def test_what_is_typed_in_one_go_is_one_step(keeper: dict[str, Any]) -> None:
    row = begun(keeper)
    for name in ("S", "St", "Sto"):
        row = named(keeper, row, name, page="a")
    assert row.step == 2
    row = named(keeper | {"now": NOW + timedelta(hours=1)}, row, "Stor", page="a")
    assert row.step == 3
    row = named(keeper, row, "Store", page="b")
    assert (row.step, DraftStep.objects.filter(draft=row).count()) == (4, 4)


def test_two_people_do_not_overwrite_each_other_but_one_may_type_on(keeper: dict[str, Any]) -> None:
    row = begun(keeper)
    first = row.version
    row = named(keeper, row, "Min", page="a")
    assert named(keeper, row, "Mine", version=first, page="a").name == "Mine"
    with pytest.raises(Conflict):
        named(keeper, row, "Din", version=first, page="b")
    with pytest.raises(Conflict):
        named(keeper, row, "Ingens", version=first)
    row.refresh_from_db()
    before = row.version
    row = edit_draft(**keeper, version_id=row.pk, version=before, operation=("copy", "roles.0", ""), page="a")
    with pytest.raises(Conflict):
        named(keeper, row, "For sent", version=before, page="a")


def test_one_may_go_back_and_forward_until_something_changes(keeper: dict[str, Any]) -> None:
    row = begun(keeper)
    for name in ("To", "Tre"):
        row = named(keeper, row, name)
    earlier, later = queries.neighbouring_steps(row)
    assert (earlier and earlier.number, later) == (2, None)
    row = go_to_step(**keeper, version_id=row.pk, version=row.version, number=1)
    assert (row.name, row.text) == ("Lilleby", TEXT)
    row = go_to_step(**keeper, version_id=row.pk, version=row.version, number=3)
    assert row.name == "Tre"
    row = go_to_step(**keeper, version_id=row.pk, version=row.version, number=2)
    row = named(keeper, row, "Fire")
    assert [step.title for step in queries.steps_of(row)][:2] == ["Fire", "To"]
    with pytest.raises(Invalid):
        go_to_step(**keeper, version_id=row.pk, version=row.version, number=9)
    origin = queries.origin_model(row)
    assert origin is not None and str(origin.name) == "Lilleby"


def test_a_key_is_changed_with_its_references(keeper: dict[str, Any]) -> None:
    row = begun(keeper, bundles.text_of("gjovik"))
    tree = tree_of(row.text)
    at = next(n for n in range(len(tree["roles"])) if len(references.uses(tree, ("roles", n))) > 1)
    used = len(references.uses(tree, ("roles", at)))
    row = rename_key(**keeper, version_id=row.pk, version=row.version, place=f"roles.{at}", new_key="helt-ny")
    assert len(references.uses(tree_of(row.text), ("roles", at))) == used
    assert queries.is_readable(row)
    for key in ("Ikke Gyldig", "", tree["roles"][at - 1]["key"]):
        with pytest.raises(Invalid):
            rename_key(**keeper, version_id=row.pk, version=row.version, place=f"roles.{at}", new_key=key)
    with pytest.raises(Invalid):
        rename_key(**keeper, version_id=row.pk, version=row.version, place="roles.99", new_key="a")


def test_a_draft_that_is_thrown_away_is_no_draft(keeper: dict[str, Any]) -> None:
    row = begun(keeper)
    row = discard_draft(**keeper, version_id=row.pk, version=row.version)
    assert row.state == ModelState.WITHDRAWN
    assert not queries.drafts()
    with pytest.raises(Conflict):
        named(keeper, row, "Videre")


def test_only_who_keeps_the_model_works_on_it(keeper: dict[str, Any]) -> None:
    row = begun(keeper)
    other = {"actor": actor_in(keeper["actor"].tenant, Act.MODEL_READ), "now": NOW}
    for act in (
        lambda: begun(other), lambda: named(other, row, "x"),
        lambda: discard_draft(**other, version_id=row.pk, version=row.version),
        lambda: go_to_step(**other, version_id=row.pk, version=row.version, number=1),
        lambda: rename_key(**other, version_id=row.pk, version=row.version, place="roles.0", new_key="a"),
        lambda: propose(**other, version_id=row.pk, version=row.version, valid_from=NOW.date()),
    ):  # fmt: skip
        with pytest.raises(Refused):
            act()


def test_a_proposed_version_is_locked_and_comes_into_force_by_the_decision(keeper: dict[str, Any]) -> None:
    row, matter = begun(keeper), uuid4()
    with pytest.raises(Invalid):
        propose(**keeper, version_id=row.pk, version=row.version, valid_from=date(2026, 1, 1))
    row = propose(**keeper, version_id=row.pk, version=row.version, valid_from=NOW.date(), proposal=matter)
    assert row.state == ModelState.PROPOSED
    with pytest.raises(Conflict):
        named(keeper, row, "Endres ikke")
    with pytest.raises(RuntimeError):
        settle_proposal(**keeper, proposal=matter, adopted=True, body="Rådet", decided_on=NOW.date())
    case = {"actor": keeper["actor"].on_behalf("prøve"), "now": NOW}
    assert settle_proposal(**case, proposal=uuid4(), adopted=True, body="Rådet", decided_on=NOW.date()) is None
    settle_proposal(
        **case, proposal=matter, adopted=True, body="Rådet", decided_on=date(2026, 11, 1), reason="Enstemmig"
    )
    row.refresh_from_db()
    assert (row.state, row.adopted_by, row.adopted_on, row.valid_from) == (
        ModelState.ADOPTED, "Rådet", date(2026, 11, 1), NOW.date(),
    )  # fmt: skip


def test_a_proposal_that_falls_is_a_draft_again_and_may_be_sent_anew(keeper: dict[str, Any]) -> None:
    row, matter = begun(keeper), uuid4()
    row = propose(**keeper, version_id=row.pk, version=row.version, valid_from=NOW.date(), proposal=matter)
    case = {"actor": keeper["actor"].on_behalf("prøve"), "now": NOW}
    settle_proposal(**case, proposal=matter, adopted=False, body="", decided_on=NOW.date(), reason="Ta med arkivet")
    row.refresh_from_db()
    assert (row.state, row.reason) == (ModelState.DRAFT, "Ta med arkivet")
    row = named(keeper, row, "Med arkivet")
    row = take_up_proposal(**case, proposal=matter)
    assert row is not None and row.state == ModelState.PROPOSED
    assert take_up_proposal(**case, proposal=matter) is None
    Organisation.objects.update(slot="annet")
    settle_proposal(**case, proposal=matter, adopted=True, body="Rådet", decided_on=NOW.date())
    row.refresh_from_db()
    assert row.state == ModelState.DRAFT
    assert "ikke registrert" in row.reason


def test_nobody_is_locked_out_by_a_proposal(keeper: dict[str, Any]) -> None:
    row = begun(keeper)
    RoleHolding.objects.update(ends_on=date(2026, 2, 1))
    with pytest.raises(Conflict, match="Ingen har en rolle"):
        propose(**keeper, version_id=row.pk, version=row.version, valid_from=NOW.date())


def test_an_entered_decision_has_its_day_and_case_number(keeper: dict[str, Any]) -> None:
    row = begun(keeper)
    given = {
        "version_id": row.pk,
        "version": row.version,
        "adopted_by": "Kommunestyret",
        "valid_from": FIRST,
        "case_number": "12/26",
    }
    with pytest.raises(Invalid):
        adopt(**keeper, **given, decided_on=date(2026, 12, 1))
    row = adopt(**keeper, **given, decided_on=date(2026, 10, 1))
    assert (row.adopted_on, row.case_number) == (date(2026, 10, 1), "12/26")
