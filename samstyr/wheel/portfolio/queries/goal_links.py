"""Which measures of the plans in force name which goals."""

from __future__ import annotations

from django.db.models import Prefetch

from samstyr.foundation.access import Act, Actor, may

from ..models import LineCost, PlanLine, VersionState
from .plans import plan_facts


def lines_with_goals(actor: Actor) -> list[PlanLine]:
    """The measures of adopted plans that name any goal, with what they cost, for whoever may read plans; two queries."""
    if not may(actor, Act.PLAN_READ, plan_facts()):
        return []
    rows = PlanLine.objects.filter(version_of__state=VersionState.ADOPTED).exclude(goals=[])
    return list(
        rows.select_related("version_of__plan")
        .prefetch_related(Prefetch("costs", LineCost.objects.order_by("year")))
        .order_by("version_of__plan__first_year", "rank")
    )
