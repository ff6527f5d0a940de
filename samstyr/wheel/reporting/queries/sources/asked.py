"""What a source is asked for, and the areas that everything is counted by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Unit
from samstyr.foundation.organisations.queries import unit_tree
from samstyr.procedure.meetings.models import AgendaItem
from samstyr.wheel.portfolio import queries as portfolio
from samstyr.wheel.portfolio.models import Plan, PlanLine, PlanVersion


def word(text: str, **params: Any) -> str:
    """A text as it is frozen: in the language in force."""
    return str(say(text, **params))


@dataclass(frozen=True)
class Asked:
    """The period, the day the figures are fetched, the model in force, and what the section says.

    `area` narrows to one area. `figures` are what the sender has entered. `round` is the round that a note is about.
    """

    starts_on: date
    ends_on: date
    day: date
    model: GovernanceModel
    stale_days: int = 60
    area: UUID | None = None
    body: str = ""
    report: str = ""
    indicators: tuple[Any, ...] = ()
    figures: dict[str, Any] = field(default_factory=dict)
    round: UUID | None = None

    def during(self, instant: datetime | date | None) -> bool:
        """Whether it happened in the period."""
        if instant is None:
            return False
        day = oslo_date(instant) if isinstance(instant, datetime) else instant
        return self.starts_on <= day <= self.ends_on


class Areas:
    """The active areas in order, and which of them each unit lies in: the nearest one above it."""

    def __init__(self) -> None:
        rows = Unit.objects.filter(is_area=True, is_active=True).select_related("organisation")
        self.rows = list(rows.order_by("organisation__name", "name"))
        several = len({row.organisation_id for row in self.rows}) > 1
        self.names = {row.pk: f"{row.name}, {row.organisation}" if several else row.name for row in self.rows}
        tree = unit_tree()
        self.below = {row.pk: tree.get(row.pk, frozenset({row.pk})) for row in self.rows}
        self._of: dict[UUID, UUID] = {}
        for row in sorted(self.rows, key=lambda one: -len(self.below[one.pk])):
            self._of |= dict.fromkeys(self.below[row.pk], row.pk)

    def of(self, unit: UUID | None) -> UUID | None:
        """The area that the unit lies in; None for what lies in none."""
        return self._of.get(unit) if unit else None

    def name(self, area: UUID | None) -> str:
        """What the area is called; what lies in no area has its own word."""
        return self.names.get(area) or word(gettext_noop("Uten område")) if area else word(gettext_noop("Uten område"))

    def shown(self, used: Iterable[UUID | None], only: UUID | None) -> list[UUID | None]:
        """The areas to show: all, then what lies in none when there is any; or the one asked for."""
        if only is not None:
            return [only]
        return [*self.names, None] if None in set(used) else list(self.names)


def plan_in_force(day: date) -> tuple[Plan, PlanVersion] | None:
    """The plan that the day's year belongs to and its version in force: the newest begun, else the first to come."""
    found = [(plan, version) for plan in portfolio.plans() if (version := portfolio.adopted_version(plan)) is not None]
    begun = [one for one in found if one[0].first_year <= day.year]
    return begun[0] if begun else found[-1] if found else None


def measures_of(version: PlanVersion, area: UUID | None, areas: Areas) -> list[PlanLine]:
    """The version's measures, or those of one area."""
    rows = portfolio.lines_of(version)
    return [row for row in rows if area is None or areas.of(row.need.unit_id if row.need else None) == area]


def closed_cases() -> set[UUID]:
    """The cases that a meeting treats behind closed doors: their titles are in no report."""
    return set(AgendaItem.objects.filter(closed=True, case__isnull=False).values_list("case_id", flat=True))
