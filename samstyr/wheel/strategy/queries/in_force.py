"""The strategy in force on a day: the adopted version, else what the governance model itself says."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

from django.db.models.fields.json import KeyTransform

from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.strategy import StrategyContent
from samstyr.foundation.tenancy.scope import remembered

from ..models import StrategyVersion, VersionState

ADOPTED = (VersionState.ADOPTED, VersionState.SUPERSEDED)


def in_force(day: date) -> StrategyVersion | None:
    """The adopted version that holds on the day; None when none has been adopted by then. Asked once on a page.

    A strategy for a coming period, adopted before the period begins, waits for its first year while another holds: an
    adopted one, or the one that the governance model itself tells.
    """
    row, has_begun = remembered(StrategyVersion, ("in force", day), lambda: _in_force(day))
    return row if has_begun or not _model_tells(day) else None


def _model_tells(day: date) -> bool:
    model = governance.current_model(day)
    first = model.strategy.first_year if model else None
    return first is not None and first <= day.year


def _in_force(day: date) -> tuple[StrategyVersion | None, bool]:
    rows = _adopted_by(day)
    begun = [row for row in rows if (row[1] or 0) <= day.year]
    # The newest period that has begun, and in it what was adopted last; with none begun, what was adopted last.
    found = max(begun, key=lambda row: (row[1] or 0, -rows.index(row)), default=rows[0] if rows else None)
    row = StrategyVersion.objects.select_related("decision").get(pk=found[0]) if found else None
    return row, bool(begun)


def coming(day: date) -> StrategyVersion | None:
    """The adopted version that takes over when its period begins; None when none waits."""
    held = in_force(day)
    waiting = [row for row in _adopted_by(day) if (row[1] or 0) > day.year and (held is None or row[0] != held.pk)]
    found = min(waiting, key=lambda row: row[1] or 0, default=None)
    return StrategyVersion.objects.filter(pk=found[0], state=VersionState.ADOPTED).first() if found else None


def _adopted_by(day: date) -> list[tuple[UUID, int | None]]:
    """Adopted versions and their first year, what was adopted last before the others."""
    rows = StrategyVersion.objects.filter(state__in=ADOPTED, adopted_on__lte=day)
    rows = rows.annotate(first_year=KeyTransform("first_year", "content"))
    return list(rows.order_by("-adopted_on", "-number", "-created_at").values_list("pk", "first_year"))


def content_of(row: StrategyVersion) -> StrategyContent:
    """What the version says. Read as JSON, so that dates are dates."""
    # Versions written before lists became ledgers still have them; their rows were never kept.
    told = {key: value for key, value in row.content.items() if key != "lists"}
    return StrategyContent.model_validate_json(json.dumps(told))


def content_on(day: date) -> StrategyContent:
    """The strategy that holds on the day: the version in force, else the model's own, else an empty one."""
    return governance.strategy_on(day)


def adopted_content(day: date) -> StrategyContent | None:
    """What the version in force says; None before any is adopted."""
    row = in_force(day)
    return content_of(row) if row is not None else None


def goal_names(day: date) -> dict[str, str]:
    """The goals and local strategies in force that needs and measures can be linked to: key and text."""
    return content_on(day).goal_names()


def focus_areas(day: date) -> dict[str, str]:
    """The focus areas in force, in their order: key and name."""
    return {item.key: str(item.name) for item in content_on(day).focus_areas}
