"""The whole model, put together from its parts."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from samstyr.foundation.access import Act, Reach

from .bodies import Body, HearingBody, OrganisationSlot, Role
from .gates import Guide
from .later import (
    Cooperation,
    Maturity,
    ProjectModel,
    Responsibility,
)
from .ledgers import Competence, Ledger, TagSet
from .paths import Path
from .reporting import Report
from .strategy import StrategyContent
from .structure import Structure
from .weighing import CriteriaStage, Ranking
from .words import Key, Part, Text
from .year import MonthDay, NeedForm, Period, PlanForm, Wheel

FORMAT = 1


class Source(Part):
    """The document the model is taken from."""

    title: Text
    issuer: Text | None = None
    dated: str | None = None
    address: str | None = None


class SourceFinding(Part):
    """A hole or contradiction in the document itself: stored and shown, not silently mended.

    `chosen` is the default the model goes by, `why` the reason; both may be changed by the tenant.
    `covers` names findings of the linter that say the same (rule@place), so that it is told once.
    """

    key: str = Field(pattern=r"^F-[A-Z]+[0-9]+$")
    rule: str = Field(pattern=r"^R-[0-9]{2}$")
    text: Text
    place: Text | None = None
    severity: Literal["error", "warning", "info", "ok"] = "warning"
    chosen: Text | None = None
    why: Text | None = None
    covers: tuple[str, ...] = ()


class Routine(Part):
    """An organisation's own routine for a step (B-31)."""

    step: str
    organisation: Key | None = None
    text: Text


class GovernanceModel(Part):
    """A way of governing: everything that differs between one municipality and another."""

    format: Literal[1]
    key: Key
    version: int = Field(default=1, ge=1)
    name: Text
    language: Literal["nb", "nn", "en"] = "nb"
    valid_from: date | None = None
    source: Source | None = None
    text: Text | None = None
    organisations: tuple[OrganisationSlot, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = Field(min_length=1)
    bodies: tuple[Body, ...] = ()
    hearing_bodies: tuple[HearingBody, ...] = ()
    structure: Structure = Structure()
    paths: tuple[Path, ...] = ()
    wheel: Wheel | None = None
    need_form: NeedForm | None = None
    plan: PlanForm | None = None
    routines: tuple[Routine, ...] = ()
    guides: tuple[Guide, ...] = ()
    criteria: tuple[CriteriaStage, ...] = ()
    ranking: Ranking | None = None
    strategy: StrategyContent = StrategyContent()
    project_model: ProjectModel | None = None
    maturity: tuple[Maturity, ...] = ()
    reports: tuple[Report, ...] = ()
    responsibility: Responsibility | None = None
    cooperation: Cooperation | None = None
    tags: tuple[TagSet, ...] = ()
    ledgers: tuple[Ledger, ...] = ()
    competences: tuple[Competence, ...] = ()
    findings: tuple[SourceFinding, ...] = ()

    @cached_property
    def _index(self) -> dict[str, dict[str, Any]]:
        return {
            "path": {item.key: item for item in self.paths},
            "body": {item.key: item for item in self.bodies},
            "role": {item.key: item for item in self.roles},
            "slot": {item.key: item for item in self.organisations},
            "hearing_body": {item.key: item for item in self.hearing_bodies},
            "ledger": {item.key: item for item in self.ledgers},
            "tag_set": {item.key: item for item in self.tags},
        }

    def path(self, key: str) -> Path | None:
        """The path by its key."""
        return self._index["path"].get(key)

    def body(self, key: str) -> Body | None:
        """The body by its key."""
        return self._index["body"].get(key)

    def role(self, key: str) -> Role | None:
        """The role by its key."""
        return self._index["role"].get(key)

    def party_name(self, key: str) -> str:
        """What a role or body is called; the key when the model has neither."""
        found = self.role(key) or self.body(key)
        return str(found.name) if found else key

    def slot(self, key: str) -> OrganisationSlot | None:
        """The organisation slot by its key."""
        return self._index["slot"].get(key)

    def hearing_body(self, key: str) -> HearingBody | None:
        """The hearing body by its key."""
        return self._index["hearing_body"].get(key)

    def ledger(self, key: str) -> Ledger | None:
        """The ledger by its key."""
        return self._index["ledger"].get(key)

    def tag_set(self, key: str) -> TagSet | None:
        """The set of tags by its key."""
        return self._index["tag_set"].get(key)

    def path_for(self, subject: str) -> Path | None:
        """The first path for a kind of subject."""
        return next((item for item in self.paths if item.subject == subject), None)

    def role_table(self) -> dict[str, tuple[str, tuple[tuple[Act, Reach], ...]]]:
        """Role key → name and rights, and each body's seats as a role ``seat:<body>`` without rights."""
        table = {
            role.key: (
                str(role.name),
                tuple((right.act, right.reach) for right in role.rights),
            )
            for role in self.roles
        }
        for body in self.bodies:
            table[f"seat:{body.key}"] = (
                str(body.name),
                (
                    (Act.CASE_READ, Reach.ORGANISATION),
                    (Act.PLAN_READ, Reach.TENANT),
                    (Act.STRATEGY_READ, Reach.TENANT),
                ),
            )
        return table

    def window_on(
        self, key: str, day: date, dated: Mapping[int, tuple[date, date]] | None = None
    ) -> tuple[date, date] | None:
        """First and last day of the wheel's period that covers the day, or else comes next after it.

        `dated` are the years in which the period has days of its own.
        """
        period = self.wheel.period(key) if self.wheel else None
        if period is None:
            return None
        for year in (day.year - 1, day.year, day.year + 1):
            first, last = (dated or {}).get(year) or days_of(period, year)
            if day <= last:
                return first, last
        return None


def on_year(day: MonthDay, year: int) -> date:
    """The day in the year; one past the month's end is the month's last."""
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def days_of(period: Period, year: int) -> tuple[date, date]:
    """The period's first and last day when it starts in `year`."""
    first, last = on_year(period.starts, year), on_year(period.ends, year)
    return first, last if last >= first else on_year(period.ends, year + 1)


def json_schema() -> dict[str, Any]:
    """The published JSON Schema of the format."""
    schema = GovernanceModel.model_json_schema(by_alias=True)
    schema["$id"] = f"https://samstyr.no/schema/governance-model-{FORMAT}.json"
    schema["title"] = "Samstyr styringsmodell"
    return schema
