"""Sending a need in: B-24, B-40, the number, the case, the second press."""

from __future__ import annotations

from typing import Any

import pytest

from samstyr.foundation.audit.models import AuditEvent
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.foundation.kernel.events import _handlers
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework import queries as cases
from samstyr.procedure.casework.models import Case
from samstyr.wheel.needs import actions, queries
from samstyr.wheel.needs.events import NeedSubmitted
from samstyr.wheel.needs.models import Need, NeedState

from .factories import AFTER_INTAKE, NOW, World


def faults_of(refusal: pytest.ExceptionInfo[Invalid]) -> set[str]:
    return {error.field for error in refusal.value.errors}


def test_sending_in_opens_a_case_with_the_needs_facts(made: World) -> None:
    need = made.submitted(personal_data=True, answers={"vern": "Journalnotater"})
    assert (need.state, need.number, need.late, need.submitted_at) == (NeedState.SUBMITTED, 1, False, NOW)
    case = cases.case_of("need", need.pk)
    assert case is not None
    assert case.facts_given["total_cost"] == 900_000 + 4 * 240_000
    assert case.facts_given["scope"] == "single"
    assert case.unit_id == made.units["hjemme"].pk
    assert [step.step for step in queries.next_steps(need)] == ["vurdering"]
    actions_told = list(
        AuditEvent.objects.filter(object_id=need.pk).order_by("sequence").values_list("action", flat=True)
    )
    assert actions_told == ["need.drafted", "need.submitted"]


def test_numbers_have_no_gaps_though_drafts_are_thrown_away(made: World) -> None:
    first = made.submitted()
    gone = made.draft()
    actions.delete_draft(actor=made.actor("ansatt"), now=NOW, need_id=gone.pk, version=gone.version)
    with pytest.raises(Invalid):
        made.submitted(effect="")
    assert (first.number, made.submitted().number) == (1, 2)


def test_a_need_after_the_window_is_taken_in_and_marked_late(made: World) -> None:
    """B-40: 3 March is accepted and marked late; 28 February is not."""
    assert made.submitted(now=AFTER_INTAKE).late
    assert not made.submitted(now=AFTER_INTAKE.replace(month=2, day=28)).late


@pytest.mark.parametrize("name", ["title", "unit", "need", "affected", "effect"])
def test_what_is_mandatory_must_be_there(made: World, name: str) -> None:
    """B-24: service, need, who is affected and effect."""
    need = made.draft()
    values = made.values(**{name: None if name == "unit" else "  "})
    need = actions.save_draft(actor=made.actor("ansatt"), now=NOW, need_id=need.pk, version=need.version, values=values)
    with pytest.raises(Invalid) as refusal:
        actions.submit(actor=made.actor("ansatt"), now=NOW, need_id=need.pk, version=need.version)
    assert faults_of(refusal) == {name}
    need.refresh_from_db()
    assert need.state == NeedState.DRAFT
    assert not Case.objects.exists()


def test_a_product_name_alone_is_refused_with_plain_words(made: World) -> None:
    """B-24, B-25: the product is optional and never the point."""
    with pytest.raises(Invalid) as refusal:
        made.submitted(need="Vi trenger Mobil Omsorg", product="Mobil Omsorg")
    assert "ikke hva dere trenger det til" in str(refusal.value.errors[0])
    assert made.submitted(product="").number == 1


def test_the_models_own_question_is_asked_when_it_concerns_the_need(made: World) -> None:
    with pytest.raises(Invalid) as refusal:
        made.submitted(personal_data=True)
    assert faults_of(refusal) == {"answer_vern"}
    assert made.submitted(personal_data=False).number == 1


def test_twice_is_once_and_others_are_turned_away(made: World) -> None:
    need = made.draft()
    again: dict[str, Any] = {"now": NOW, "need_id": need.pk, "version": need.version}
    with pytest.raises(NotFound):
        actions.submit(actor=made.actor("leder"), **again)
    with pytest.raises(NotFound):
        actions.submit(actor=made.actor("kollega"), **again)
    one = actions.submit(actor=made.actor("ansatt"), key="k1", **again)
    two = actions.submit(actor=made.actor("ansatt"), key="k1", **again)
    assert one.pk == two.pk
    assert Case.objects.count() == 1
    with pytest.raises(Conflict):
        actions.submit(actor=made.actor("ansatt"), key="k2", **again)
    need.refresh_from_db()
    with pytest.raises(Conflict) as refusal:
        actions.submit(actor=made.actor("ansatt"), now=NOW, need_id=need.pk, version=need.version)
    assert "allerede sendt inn" in str(refusal.value.message)
    with pytest.raises(Refused):
        actions.submit(actor=made.actor("leder"), now=NOW, need_id=need.pk, version=need.version)


def test_others_are_told(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[NeedSubmitted] = []
    monkeypatch.setitem(_handlers, NeedSubmitted, [lambda event, **_: told.append(event)])
    need = made.submitted(now=AFTER_INTAKE)
    assert [(event.need_id, event.late) for event in told] == [(need.pk, True)]


def test_without_a_path_nothing_is_sent_and_the_draft_stands(made: World) -> None:
    from samstyr.foundation.governance.models import ModelVersion

    need = made.draft()
    actor = made.actor("ansatt")
    ModelVersion.objects.update(valid_from=AFTER_INTAKE.date())
    with pytest.raises(Conflict) as refusal:
        actions.submit(actor=actor, now=NOW, need_id=need.pk, version=need.version)
    assert "ingen beslutningsvei for behov" in str(refusal.value.message)
    need.refresh_from_db()
    assert need.number is None
    assert need.state == NeedState.DRAFT


class TestReturn:
    """The case comes back to its writer, is completed, and goes on (B-27)."""

    def returned(self, made: World) -> Need:
        need = made.submitted()
        (step,) = queries.next_steps(need)
        casework.treat(
            actor=made.actor("leder"),
            now=NOW,
            case_step_id=step.pk,
            version=step.version,
            outcome="retur",
            reason="Skriv hvor mange det gjelder.",
        )
        need.refresh_from_db()
        return need

    def test_the_writer_completes_and_sends_again(self, made: World) -> None:
        need = self.returned(made)
        assert need.state == NeedState.RETURNED
        assert need.returned_reason == "Skriv hvor mange det gjelder."
        actor = made.actor("ansatt")
        need = actions.save_draft(
            actor=actor,
            now=NOW,
            need_id=need.pk,
            version=need.version,
            values=made.values(affected="400 personer", investment_cost=1_000_000),
        )
        need = actions.resubmit(actor=actor, now=NOW, need_id=need.pk, version=need.version)
        assert (need.state, need.number, need.returned_reason) == (NeedState.SUBMITTED, 1, "")
        case = cases.case_of("need", need.pk)
        assert case is not None
        assert case.facts_given["investment_cost"] == 1_000_000
        assert [step.step for step in queries.next_steps(need)] == ["vurdering"]

    def test_a_co_author_may_also_send_it_again(self, made: World) -> None:
        need = self.returned(made)
        need = actions.add_co_author(
            actor=made.actor("ansatt"), now=NOW, need_id=need.pk, person_id=made.people["kollega"].pk
        )
        need = actions.resubmit(actor=made.actor("kollega"), now=NOW, need_id=need.pk, version=need.version)
        assert need.state == NeedState.SUBMITTED

    def test_what_has_not_come_back_cannot_be_sent_again(self, made: World) -> None:
        need = made.submitted()
        with pytest.raises(Conflict):
            actions.resubmit(actor=made.actor("ansatt"), now=NOW, need_id=need.pk, version=need.version)


def test_a_need_that_is_stopped_has_its_outcome(made: World) -> None:
    need = made.submitted()
    (step,) = queries.next_steps(need)
    casework.treat(
        actor=made.actor("leder"),
        now=NOW,
        case_step_id=step.pk,
        version=step.version,
        outcome="stopp",
        reason="Dekket av det vi har.",
    )
    need.refresh_from_db()
    assert (need.state, need.outcome) == (NeedState.ENDED, "stopp")
