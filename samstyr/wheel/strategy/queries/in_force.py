"""The strategy in force on a day: the adopted version, else what the governance model itself says."""

from __future__ import annotations

import json
from datetime import date

from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.strategy import StrategyContent

from ..models import StrategyVersion, VersionState

ADOPTED = (VersionState.ADOPTED, VersionState.SUPERSEDED)


def in_force(day: date) -> StrategyVersion | None:
    """The version that was adopted last on or before the day; None when none has been."""
    rows = StrategyVersion.objects.filter(state__in=ADOPTED, adopted_on__lte=day)
    return rows.select_related("decision").order_by("-adopted_on", "-number", "-created_at").first()


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
