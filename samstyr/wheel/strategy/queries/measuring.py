"""The targets of the strategy in force, with what has been measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, Actor, Facts, Holder, Verdict, may
from samstyr.foundation.governance.rules.strategy import StrategyContent, Target
from samstyr.foundation.tenancy.scope import require_tenant_id

from ..models import Measurement
from ..rules.measuring import Measured, Standing, Start, standing
from .in_force import content_on


@dataclass(frozen=True)
class TargetLine:
    """A target with the goal it belongs to, its rows (oldest first, corrected ones too), and how it stands."""

    target: Target
    goal: str
    standing: Standing
    rows: list[Measurement] = field(default_factory=list)


def may_measure(actor: Actor, target: Target | None) -> Verdict:
    """Whether the actor may enter figures for the target: who edits the strategy, and the role the target names."""
    facts = Facts(
        "strategy_target",
        require_tenant_id(),
        holders=(Holder(target.owner),) if target and target.owner else (),
    )
    edits = may(actor, Act.STRATEGY_EDIT, facts)
    return edits or (may(actor, Act.TARGET_MEASURE, facts) if facts.holders else edits)


def target_on(key: str, day: date) -> Target | None:
    """A target of the strategy in force."""
    return next((item for item in content_on(day).targets if item.key == key), None)


def counting(rows: Iterable[Measurement]) -> list[Measurement]:
    """Those that count: not corrected by another, and not taken back. Of one day's figures the last written counts."""
    listed = list(rows)
    corrected = {row.corrects_id for row in listed if row.corrects_id}
    by_day = {(row.is_start, row.on): row for row in listed if row.pk not in corrected and row.value is not None}
    return sorted(by_day.values(), key=lambda row: row.on)


def standing_of(target: Target, rows: Iterable[Measurement], today: date) -> Standing:
    """How the target stands by its rows."""
    counts = counting(rows)
    starts = [row for row in counts if row.is_start]
    entered = Start(starts[-1].figure, starts[-1].on.year) if starts else None
    measured = [Measured(row.on, row.figure, row.source, row.pk) for row in counts if not row.is_start]
    return standing(target, measured, today, entered)


def target_lines(day: date, content: StrategyContent | None = None) -> list[TargetLine]:
    """Every target of the strategy in force, in its order, from one reading of the measurements."""
    strategy = content or content_on(day)
    names = strategy.goal_names()
    found: dict[str, list[Measurement]] = {}
    keys = [item.key for item in strategy.targets]
    for row in Measurement.objects.filter(target__in=keys).select_related("person"):
        found.setdefault(row.target, []).append(row)
    return [
        TargetLine(
            item, names.get(item.goal or "", ""), standing_of(item, found.get(item.key, ()), day), found.get(item.key, [])
        )
        for item in strategy.targets
    ]  # fmt: skip


def target_line(key: str, day: date) -> TargetLine | None:
    """One target of the strategy in force."""
    return next((line for line in target_lines(day) if line.target.key == key), None)


def measurement_by_id(key: UUID) -> Measurement | None:
    """A measurement."""
    return Measurement.objects.select_related("person").filter(pk=key).first()
