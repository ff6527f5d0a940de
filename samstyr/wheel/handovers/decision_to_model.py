"""The decision on a proposed governance model lets it come into force, or sends it back to those who work on it."""

from __future__ import annotations

from datetime import datetime

from samstyr.foundation.access import Actor
from samstyr.foundation.governance import actions
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.procedure.casework import queries as cases
from samstyr.procedure.casework.events import CaseEnded, CaseReturned, StepOpened

from .model_to_matter import SUBJECT

RULE = "handover:decision_to_model"


def model_settled(event: CaseEnded, *, actor: Actor, now: datetime) -> None:
    """Adopt the version when its case ends well, by the body that decided; else it is a draft again."""
    if event.subject_kind != SUBJECT:
        return
    last = next((row for row in cases.treatments_of([event.case_id]) if row.pk == event.treatment_id), None)
    case = cases.case_by_id(event.case_id)
    path = cases.path_of(case) if case else None
    body = governance.typed(case.model_version).body(last.body) if case and last and last.body else None
    actions.settle_proposal(
        actor=actor.on_behalf(RULE),
        now=now,
        proposal=event.subject_id,
        adopted=event.effect == "end_positive",
        body=str(body.name) if body else last.actor_name if last else str(path.name) if path else "",
        decided_on=last.decided_on if last else oslo_date(now),
        reason=(last.text or last.reason) if last else "",
    )


def model_returned(event: CaseReturned, *, actor: Actor, now: datetime) -> None:
    """A case that has come back: the version is a draft again, with what is asked for."""
    if event.subject_kind != SUBJECT:
        return
    actions.settle_proposal(
        actor=actor.on_behalf(RULE), now=now, proposal=event.subject_id, adopted=False, body="",
        decided_on=oslo_date(now), reason=event.reason,
    )  # fmt: skip


def model_taken_up(event: StepOpened, *, actor: Actor, now: datetime) -> None:
    """A case that is sent in again: the version is frozen as it now stands. Raises Conflict when it could not be adopted."""
    if event.subject_kind == SUBJECT:
        actions.take_up_proposal(actor=actor.on_behalf(RULE), now=now, proposal=event.subject_id)
