"""A need that the forum takes in becomes a line in the draft of the coming plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from samstyr.foundation.access import Actor
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.procedure.casework.events import CaseEnded
from samstyr.wheel.needs import queries as needs
from samstyr.wheel.portfolio import actions, queries
from samstyr.wheel.portfolio.events import DraftOpened
from samstyr.wheel.portfolio.models import Plan, PlanVersion, VersionState
from samstyr.wheel.portfolio.rules.lines import Cost, Line

RULE = "handover:decision_to_plan"
# Keys that share a cost without anything told for the measure.
SIMPLE = ("per_capita", "equal", "fixed")


def need_into_plan(event: CaseEnded, *, actor: Actor, now: datetime) -> None:
    """Add the need's line when its case ends well and the model has a plan; otherwise do nothing.

    While a proposal is being treated it is frozen: the need then waits for the next draft.
    """
    if event.subject_kind != "need" or event.effect != "end_positive":
        return
    today = oslo_date(now)
    model = governance.current_model(today)
    if model is None or model.plan is None:
        return
    by = actor.on_behalf(RULE)
    version = _draft(by, now, today.year + model.plan.first_year_after)
    if version is not None:
        _add(version, event.subject_id, by, now)


def waiting_into_draft(event: DraftOpened, *, actor: Actor, now: datetime) -> None:
    """A new draft takes in the needs that were decided while the earlier version was frozen."""
    version = queries.version_by_id(event.version_id)
    if version is None:
        return
    for key in queries.needs_without_line(version.plan):
        _add(version, key, actor.on_behalf(RULE), now)


def _add(version: PlanVersion, need_id: UUID, actor: Actor, now: datetime) -> None:
    model = governance.current_model(oslo_date(now))
    need = needs.needs_by_ids([need_id]).first()
    if need is None or model is None or model.plan is None or queries.has_line(version, need_id):
        return
    years = queries.years_of(version.plan)
    first: int = need.wanted_year if need.wanted_year and need.wanted_year in years else years[0]
    source = model.plan.sources[0].key if model.plan.sources else ""
    costs = [Cost(first, "investment", source, need.investment_cost)] if need.investment_cost else []
    costs += [
        Cost(year, "operating", source, need.operating_cost) for year in years if need.operating_cost and year >= first
    ]
    actions.add_line(
        actor=actor,
        now=now,
        version_id=version.pk,
        line=Line(
            key=UUID(int=0),
            rank=0,
            title=need.title,
            need=need.pk,
            owner=str(need.unit or need.organisation),
            organisations=tuple(
                sorted({need.organisation_id, *(row.organisation_id for row in need.participants.all())})
            ),
            cost_key=_cost_key(model.plan),
            costs=tuple(costs) or (Cost(first, "operating", source, 0),),
        ),
    )


def _cost_key(plan: Any) -> str:
    """How a joint cost is shared until somebody says otherwise: the model's usual key, else one that asks nothing."""
    return str(plan.default_cost_key or next((key.key for key in plan.cost_keys if key.kind in SIMPLE), ""))


def _draft(actor: Actor, now: datetime, first_year: int) -> PlanVersion | None:
    plan = Plan.objects.filter(first_year=first_year).first()
    version = queries.open_version(plan) if plan else None
    if version is None:
        return actions.open_draft(actor=actor, now=now, first_year=first_year, reason=_reason(plan))
    return version if version.state == VersionState.DRAFT else None


def _reason(plan: Plan | None) -> str:
    return "Nytt behov tatt inn av forumet." if plan else ""
