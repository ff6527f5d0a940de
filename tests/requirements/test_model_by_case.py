"""A new governance model is sent to the body that adopts it, and the body's decision lets it come into force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from samstyr.foundation.access import Act
from samstyr.foundation.governance import queries
from samstyr.foundation.governance.actions import adopt, edit_draft, start_draft
from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.governance.rules.editing.checking import checked
from samstyr.foundation.governance.rules.editing.dumping import dump
from samstyr.foundation.governance.rules.editing.starting import empty_model
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.organisations.models import Organisation, Person, RoleHolding
from samstyr.foundation.organisations.queries import actor_for
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.models import Case, CaseStep
from samstyr.procedure.matters import actions as matters
from samstyr.procedure.matters.models import Matter
from samstyr.wheel.handovers.model_to_matter import path_of_proposals, propose_in_case
from tests.support import actor_in, make_tenant

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
TODAY, LATER = date(2026, 11, 2), date(2026, 12, 1)


def model_text(*, with_path: bool = True) -> str:
    tree = empty_model("Lilleby", [("lilleby", "municipality", "Lilleby kommune")], "Administrator", "Alt")
    tree["roles"][0]["rights"].append({"act": "case.create", "reach": "tenant"})
    tree["bodies"] = [
        {
            "key": "radet", "name": "Rådet", "chair": "administrator", "secretary": "administrator", "tasks": ["Vedtar"],
            "versions": [{"groups": [{"key": "alle", "name": "Alle", "count": 1}]}],
            "mandate": [{"kind": "adopt", "subjects": ["governance"]}], "frequency": {"times": 4},
        }
    ]  # fmt: skip
    if with_path:
        tree["paths"] = [
            {
                "key": "styring", "name": "Styringsmodellen", "subject": "governance", "start": "vedtak",
                "steps": [
                    {
                        "key": "vedtak", "name": "Rådet vedtar", "kind": "decide", "actor": {"body": "radet"},
                        "decides": "adopt", "decision": {"rule": "chair"}, "deadline": {"kind": "days", "days": 30},
                        "outcomes": [
                            {"key": "ja", "name": "Vedtas", "effect": "end_positive"},
                            {"key": "nei", "name": "Vedtas ikke", "effect": "reject"},
                            {"key": "mer", "name": "Mer arbeid", "effect": "return"},
                        ],
                    }
                ],
            }
        ]  # fmt: skip
    return dump(tree)


@pytest.fixture
def who() -> Iterator[dict[str, Any]]:
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        home = Organisation(slot="lilleby", name="Lilleby kommune", short_name="Lilleby", kind="municipality")
        home.save()
        person = Person(name="Administrator", email="a@prove.example", organisation=home)
        person.save()
        RoleHolding(role="administrator", person=person, organisation=home, starts_on=date(2020, 1, 1)).save()
        keeper = {"actor": actor_in(tenant, Act.MODEL_MANAGE, person=person.pk), "now": NOW}
        row = start_draft(**keeper, text=model_text(), origin="tom")
        assert not checked(row.text).blocking(), [str(item.message) for item in checked(row.text).blocking()]
        adopt(**keeper, version_id=row.pk, version=row.version, adopted_by="Rådet", valid_from=date(2020, 1, 1))
        yield {"actor": actor_for(person, today=TODAY, role_table=queries.role_table(TODAY)), "now": NOW}


def proposed(who: dict[str, Any]) -> ModelVersion:
    in_force = queries.version_in_force(TODAY)
    assert in_force is not None
    row = start_draft(**who, text=in_force.text, origin="versjon:1")
    row = edit_draft(**who, version_id=row.pk, version=row.version, fields=(("roles.0.name", ("Forvalter",)),))
    return propose_in_case(**who, version_id=row.pk, version=row.version, valid_from=LATER, reason="Ny tittel")


def decide(who: dict[str, Any], outcome: str) -> None:
    step = CaseStep.objects.get(closed_at__isnull=True)
    casework.treat(**who, case_step_id=step.pk, version=step.version, outcome=outcome, reason="Rådet mener det")


def test_the_decision_lets_the_version_come_into_force(who: dict[str, Any]) -> None:
    row = proposed(who)
    matter = Matter.objects.get(pk=row.proposal)
    assert row.state == ModelState.PROPOSED
    assert matter.background.startswith("Ny tittel")
    assert "«Forvalter»" in matter.background
    assert Case.objects.get(subject_id=matter.pk).subject_kind == "governance"
    decide(who, "ja")
    row.refresh_from_db()
    assert (row.state, row.adopted_by, row.adopted_on, row.valid_from) == (ModelState.ADOPTED, "Rådet", TODAY, LATER)
    later = queries.current_model(LATER)
    assert later is not None and str(later.roles[0].name) == "Forvalter"


def test_a_no_makes_it_a_draft_again(who: dict[str, Any]) -> None:
    row = proposed(who)
    decide(who, "nei")
    row.refresh_from_db()
    assert (row.state, row.reason) == (ModelState.DRAFT, "Rådet mener det")


def test_one_that_comes_back_is_worked_on_and_sent_again(who: dict[str, Any]) -> None:
    row = proposed(who)
    decide(who, "mer")
    row.refresh_from_db()
    assert row.state == ModelState.DRAFT
    row = edit_draft(**who, version_id=row.pk, version=row.version, fields=(("roles.0.name", ("Vokter",)),))
    matter = Matter.objects.get()
    matters.send(**who, matter_id=matter.pk, version=matter.version)
    row.refresh_from_db()
    assert row.state == ModelState.PROPOSED
    decide(who, "ja")
    row.refresh_from_db()
    assert row.state == ModelState.ADOPTED


def test_without_a_path_for_it_there_is_no_case(who: dict[str, Any]) -> None:
    assert path_of_proposals(date(2019, 1, 1)) is None
    row = start_draft(**who, text=model_text(with_path=False), origin="tom")
    ModelVersion.objects.filter(state=ModelState.ADOPTED).update(text=row.text, sha256=row.sha256)
    with pytest.raises(Conflict, match="ingen beslutningsvei"):
        propose_in_case(**who, version_id=row.pk, version=row.version, valid_from=LATER)
