"""From a file to a version in force: nothing wrong gets in, and what is adopted stays as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from samstyr.foundation.access import Act
from samstyr.foundation.audit.queries import history_of
from samstyr.foundation.governance import queries
from samstyr.foundation.governance.actions import accept_finding, adopt, draft_version
from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.foundation.organisations.models import Organisation, Person, RoleHolding
from samstyr.foundation.tenancy.scope import tenant_scope
from tests.support import actor_in, make_tenant

from .small_model import sound

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
FIRST, SECOND = date(2026, 1, 1), date(2027, 1, 1)


@pytest.fixture
def keeper() -> Iterator[dict[str, Any]]:
    """Somebody who may keep the model of a tenant whose organisations are registered."""
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        for slot in ("nord", "sor", "ikt"):
            Organisation(slot=slot, name=slot, short_name=slot).save()
        person = Person(
            name="Styrer",
            email="styrer@prove.example",
            organisation=Organisation.objects.get(slot="nord"),
        )
        person.save()
        RoleHolding(role="styrer", person=person, starts_on=FIRST).save()
        yield {
            "actor": actor_in(tenant, Act.MODEL_MANAGE, person=person.pk),
            "now": NOW,
        }


def text(**changes: Any) -> str:
    return json.dumps({**sound(), **changes}, ensure_ascii=False)


CONFLICT = {"key": "F-T1", "rule": "R-01", "severity": "error", "text": "To vedtar"}


def in_force(keeper: dict[str, Any], day: date = FIRST, chosen: UUID | None = None, **changes: Any) -> ModelVersion:
    row = draft_version(**keeper, text=text(**changes))
    return adopt(
        **keeper,
        version_id=row.pk,
        version=row.version,
        adopted_by="Rådet",
        valid_from=day,
        keeper=chosen,
    )


def test_a_draft_governs_nothing_and_an_adopted_version_does(
    keeper: dict[str, Any],
) -> None:
    row = draft_version(**keeper, text=text())
    assert (row.number, row.state) == (1, ModelState.DRAFT)
    assert queries.current_model(SECOND) is None
    adopted = adopt(
        **keeper,
        version_id=row.pk,
        version=row.version,
        adopted_by="Rådet",
        valid_from=FIRST,
    )
    model = queries.current_model(FIRST)
    assert model is not None and model.key == "prove"
    assert queries.current_model(date(2025, 12, 31)) is None
    assert adopted.adopted_on == NOW.date()
    assert {event.action for event in history_of(row.pk)} == {
        "model.drafted",
        "model.adopted",
    }


def test_a_broken_file_leaves_nothing_and_tells_everything(
    keeper: dict[str, Any],
) -> None:
    broken = text(language="no", valid_from="2026-02-31")
    with pytest.raises(Invalid) as raised:
        draft_version(**keeper, text=broken)
    assert len(raised.value.errors) == 2
    assert not ModelVersion.objects.exists()


def test_only_who_may_keep_the_model_does(keeper: dict[str, Any]) -> None:
    row = draft_version(**keeper, text=text())
    other = {"actor": actor_in(keeper["actor"].tenant, Act.MODEL_READ), "now": NOW}
    with pytest.raises(Refused):
        draft_version(**other, text=text())
    with pytest.raises(Refused):
        adopt(
            **other,
            version_id=row.pk,
            version=row.version,
            adopted_by="Rådet",
            valid_from=FIRST,
        )
    with pytest.raises(Refused):
        accept_finding(
            **other,
            version_id=row.pk,
            version=row.version,
            finding="F-T1",
            reason="Greit",
        )


def test_an_error_stands_in_the_way_until_it_is_accepted_with_a_reason(
    keeper: dict[str, Any],
) -> None:
    row = draft_version(**keeper, text=text(findings=[CONFLICT]))
    how = {"version_id": row.pk, "adopted_by": "Rådet", "valid_from": FIRST}
    with pytest.raises(Conflict) as raised:
        adopt(**keeper, **how, version=row.version)
    assert raised.value.rule == "R-01"
    for finding, reason in (("F-T1", " "), ("F-T9", "Finnes ikke")):
        with pytest.raises(Invalid):
            accept_finding(
                **keeper,
                version_id=row.pk,
                version=row.version,
                finding=finding,
                reason=reason,
            )
    row = accept_finding(
        **keeper,
        version_id=row.pk,
        version=row.version,
        finding="F-T1",
        reason="Rådet vedtar.",
    )
    assert adopt(**keeper, **how, version=row.version).state == ModelState.ADOPTED
    assert row.accepted[0]["reason"] == "Rådet vedtar."


def test_a_chosen_reading_is_enough(keeper: dict[str, Any]) -> None:
    assert in_force(keeper, findings=[{**CONFLICT, "chosen": "Rådet"}]).state == ModelState.ADOPTED


def test_an_organisation_of_the_model_must_be_registered(
    keeper: dict[str, Any],
) -> None:
    tree = sound()
    tree["organisations"].append({"key": "oest", "name": "Øst kommune"})
    row = draft_version(**keeper, text=json.dumps(tree))
    with pytest.raises(Conflict, match="Øst kommune"):
        adopt(
            **keeper,
            version_id=row.pk,
            version=row.version,
            adopted_by="Rådet",
            valid_from=FIRST,
        )


def test_the_next_version_takes_over_from_its_first_day(keeper: dict[str, Any]) -> None:
    first = in_force(keeper)
    second = in_force(keeper, SECOND, name="Ny modell")
    assert (first.number, second.number) == (1, 2)
    assert queries.version_in_force(date(2026, 12, 31)) == first
    assert queries.version_in_force(SECOND) == second
    assert ModelVersion.objects.get(pk=first.pk).text == first.text


def test_a_version_cannot_begin_before_one_that_is_adopted(
    keeper: dict[str, Any],
) -> None:
    in_force(keeper, SECOND)
    with pytest.raises(Invalid):
        in_force(keeper, FIRST)


def test_a_version_is_adopted_once(keeper: dict[str, Any]) -> None:
    row = in_force(keeper)
    with pytest.raises(Conflict):
        adopt(
            **keeper,
            version_id=row.pk,
            version=row.version,
            adopted_by="Rådet",
            valid_from=SECOND,
        )


def test_nobody_adopts_what_somebody_else_has_just_changed(
    keeper: dict[str, Any],
) -> None:
    row = draft_version(**keeper, text=text(findings=[CONFLICT]))
    accept_finding(
        **keeper,
        version_id=row.pk,
        version=row.version,
        finding="F-T1",
        reason="Rådet vedtar.",
    )
    with pytest.raises(Conflict):
        adopt(
            **keeper,
            version_id=row.pk,
            version=row.version,
            adopted_by="Rådet",
            valid_from=FIRST,
        )


def test_an_arrangement_does_not_lock_itself_out(keeper: dict[str, Any]) -> None:
    """The next model gives the right to a role that nobody holds."""
    in_force(keeper)
    roles = sound()["roles"]
    roles[2]["rights"] = []
    roles[3]["rights"] = [{"act": "model.manage"}, {"act": "role.appoint"}]
    with pytest.raises(Invalid) as refusal:
        in_force(keeper, SECOND, roles=roles)
    assert [error.field for error in refusal.value.errors] == ["keeper"]
    assert "Ingen har en rolle" in str(refusal.value.errors[0])
    RoleHolding(role="radgiver", person=Person.objects.get(), starts_on=FIRST).save()
    assert in_force(keeper, SECOND, roles=roles).state == ModelState.ADOPTED


def test_whoever_is_chosen_keeps_the_next_model(keeper: dict[str, Any]) -> None:
    """A model from elsewhere calls its administrator something else; nobody can hold that role before it is in force."""
    in_force(keeper)
    roles = sound()["roles"]
    roles[2]["rights"] = []
    roles[3]["rights"] = [{"act": "model.manage"}, {"act": "role.appoint"}]
    person = Person.objects.get()
    assert in_force(keeper, SECOND, chosen=person.pk, roles=roles).state == ModelState.ADOPTED
    assert RoleHolding.objects.filter(person=person, role="radgiver", starts_on=SECOND).exists()
