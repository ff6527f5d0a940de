"""Candidates out of what is already known: needs that have been taken in, and the plan's measures."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from samstyr.foundation.access import Act, Actor, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.wheel.needs.models import Need
from samstyr.wheel.portfolio import queries as portfolio
from samstyr.wheel.portfolio.models import PlanLine
from samstyr.wheel.prioritisation import queries as prioritisation
from samstyr.wheel.prioritisation.events import ScoringClosed

from ..models import Candidate
from ..queries import known, scenario_facts
from ..queries.listing import lines_to_fetch, needs_to_pick
from ..rules.values import CandidateValues, CostRow, Known
from .candidates import create_candidate

RULE = "scores_to_candidates"


@action("candidate.from_needs", kind="candidate")
def candidates_from_needs(ctx: Context, *, need_ids: Collection[UUID]) -> list[Candidate]:
    """A candidate for each of the needs, with what the need says. Raises Invalid for one that cannot be picked."""
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, scenario_facts()))
    open_to = {need.pk: need for need in needs_to_pick().prefetch_related("participants")}
    if not need_ids or not set(need_ids) <= set(open_to):
        raise Invalid.field(
            "needs", say(gettext_noop("Velg behov som er tatt inn, og som ikke er kandidater fra før."))
        )
    names, values = known(ctx.today), prioritisation.value_of_needs(list(need_ids), ctx.today)
    model = governance.current_model(ctx.today)
    plan = model.plan if model else None
    source = plan.sources[0].key if plan and plan.sources else ""
    key = (plan.default_cost_key or "") if plan else ""
    return [
        create_candidate(
            actor=ctx.actor, now=ctx.now, values=_of_need(open_to[need], values.get(need, 0), source, key, names)
        )
        for need in dict.fromkeys(need_ids)
    ]


def _of_need(need: Need, value: int, source: str, cost_key: str, names: Known) -> CandidateValues:
    costs = [CostRow(0, "investment", source, need.investment_cost)] if need.investment_cost else []
    costs += [CostRow(0, "operating", source, need.operating_cost, True)] if need.operating_cost else []
    area = _area(need, names)
    return CandidateValues(
        title=need.title,
        need=need.pk,
        area=area,
        goals=tuple(goal for goal in need.goals if goal in names.goals),
        owner=str(need.unit or need.organisation)[:200],
        description=need.need[:10_000],
        value=value,
        mandatory=need.statutory,
        mandatory_reason=(need.compels.strip() or str(say(gettext_noop("Lovpålagt etter behovet.")))) if need.statutory else "",
        earliest=need.wanted_year,
        cost_key=cost_key,
        organisations=tuple(
            sorted({need.organisation_id, *(row.organisation_id for row in need.participants.all())} & set(names.organisations), key=str)
        ) or tuple(names.organisations),
        costs=tuple(costs),
    )  # fmt: skip


def _area(need: Need, names: Known) -> UUID | None:
    """The area that the need's unit lies in, climbing at most a few steps."""
    unit = need.unit
    for _ in range(10):
        if unit is None or unit.pk in names.areas:
            break
        unit = unit.parent
    return unit.pk if unit is not None and unit.pk in names.areas else None


@action("candidate.from_plan", kind="candidate")
def candidates_from_plan(ctx: Context, *, version_id: UUID) -> list[Candidate]:
    """A candidate for each measure of the plan version that is none yet, so that it can go on in the next plan."""
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, scenario_facts()))
    version = portfolio.version_by_id(version_id)
    if version is None:
        raise NotFound
    names = known(ctx.today)
    lines = lines_to_fetch(version)
    values = prioritisation.value_of_needs([line.need_id for line in lines if line.need_id], ctx.today)
    return [
        create_candidate(
            actor=ctx.actor,
            now=ctx.now,
            values=_of_line(line, version.plan.first_year, values, names),
            plan_line=line.line_key,
        )
        for line in lines
    ]


def _of_line(line: PlanLine, first_year: int, values: dict[UUID, int], names: Known) -> CandidateValues:
    """The line's costs counted from its first year; what is the same from one year to the end goes on."""
    plain = portfolio.plain(line)
    start = min((cost.year for cost in plain.costs if cost.amount), default=first_year)
    organisations = tuple(key for key in plain.organisations if key in names.organisations)
    return CandidateValues(
        title=line.title,
        need=line.need_id,
        owner=line.owner,
        goals=tuple(goal for goal in plain.goals if goal in names.goals),
        kind=plain.kind,
        focus_area=plain.focus_area if plain.focus_area in names.focus_areas else "",
        description=line.argument[:10_000],
        value=values.get(line.need_id, 0) if line.need_id else 0,
        cost_key=line.cost_key if line.cost_key in names.cost_keys else "",
        own_shares=line.own_shares,
        organisations=organisations or tuple(names.organisations),
        duration=max(1, min(20, (line.ends_on.year - line.starts_on.year + 1) if line.ends_on and line.starts_on else 1)),
        costs=tuple(
            CostRow(max(0, cost.year - start), cost.kind, cost.source if cost.source in names.sources else "", cost.amount)
            for cost in plain.costs
            if cost.amount
        ),
    )  # fmt: skip


def note_round_closed(event: ScoringClosed, *, actor: Actor, now: datetime) -> None:
    """A closed round gives its needs' candidates new values; those set by hand stay."""
    refresh_values(actor=actor.on_behalf(RULE), now=now)


@action("candidate.values", kind="candidate")
def refresh_values(ctx: Context) -> int:
    """Let the candidates that follow their needs have the newest values; the number changed."""
    if not ctx.actor.automatic:
        raise RuntimeError("values follow the closing of a round")
    rows = list(Candidate.objects.filter(need__isnull=False, value_reason=""))
    values = prioritisation.value_of_needs([row.need_id for row in rows if row.need_id], ctx.today)
    changed = 0
    for row in rows:
        value = values.get(row.need_id) if row.need_id else None
        if value is not None and value != row.value:
            before = row.snapshot()
            row.value = value
            ctx.save(row)
            ctx.record("candidate.valued", row, before=before)
            changed += 1
    return changed
