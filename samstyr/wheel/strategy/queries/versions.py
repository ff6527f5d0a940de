"""Reading strategies: the chain, versions, drafts with their history, and what a version lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from samstyr.foundation.access import Act, Actor, Facts, may
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.difference import Change
from samstyr.foundation.governance.rules.strategy import StrategyContent
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.models import Case

from ..models import Strategy, StrategyReview, StrategyStep, StrategyVersion, VersionState
from ..rules import difference as differing
from ..rules.findings import Finding, Revision, findings, revision, unended
from ..rules.rolling import GoalFate, fates
from .in_force import content_of, content_on, in_force

SUBJECT = "strategy"
OPEN = (VersionState.DRAFT, VersionState.PROPOSED)


def strategy_facts() -> Facts:
    """The strategy belongs to the whole arrangement."""
    return Facts("strategy", require_tenant_id())


def visible_to(actor: Actor) -> QuerySet[StrategyVersion]:
    """Every version for those who may read the strategy; drafts only for those who may write it, too."""
    rows = StrategyVersion.objects.select_related("strategy", "decision", "based_on").order_by("-created_at")
    if may(actor, Act.STRATEGY_EDIT, strategy_facts()):
        return rows
    if may(actor, Act.STRATEGY_READ, strategy_facts()):
        return rows.exclude(state__in=(VersionState.DRAFT, VersionState.DISCARDED))
    return rows.none()


def read_act(row: StrategyVersion) -> Act:
    """What it takes to read the version: a draft is read by those who write."""
    hidden = row.state in (VersionState.DRAFT, VersionState.DISCARDED)
    return Act.STRATEGY_EDIT if hidden else Act.STRATEGY_READ


def version_by_id(key: UUID) -> StrategyVersion | None:
    """One version with what it is based on and its decision."""
    rows = StrategyVersion.objects.select_related("strategy", "decision", "decision__case", "based_on")
    return cast("StrategyVersion | None", rows.filter(pk=key).first())


def version_behind(key: UUID) -> StrategyVersion | None:
    """The version with the key; for a strategy its newest version, for an assessment the version it is about."""
    found = version_by_id(key)
    if found is None:
        review = StrategyReview.objects.filter(pk=key).first()
        newest = StrategyVersion.objects.filter(strategy_id=key).order_by("-created_at").first()
        other = review.version_of_id if review else newest.pk if newest else None
        found = version_by_id(other) if other else None
    return found


def open_version() -> StrategyVersion | None:
    """The draft or proposal under way, if any; there is one at a time in the arrangement."""
    return StrategyVersion.objects.filter(state__in=OPEN).select_related("based_on").order_by("created_at").first()


def chain() -> list[Strategy]:
    """The strategies, the newest first, each with its versions."""
    versions = StrategyVersion.objects.select_related("decision").order_by("created_at")
    return list(Strategy.objects.prefetch_related(Prefetch("versions", versions)).order_by("-created_at"))


def base_of(row: StrategyVersion) -> StrategyContent | None:
    """What the version was made from: the version it is based on, else what the model says if it says anything."""
    return content_of(row.based_on) if row.based_on else None


def period_before(row: StrategyVersion) -> StrategyContent | None:
    """The newest adopted version of the strategy of the period before, for a rolled one."""
    previous = row.strategy.previous_id
    if previous is None:
        return None
    rows = StrategyVersion.objects.filter(strategy_id=previous, number__isnull=False).order_by("-number")
    last = rows.first()
    return content_of(last) if last else None


def findings_of(row: StrategyVersion, day: date) -> list[Finding]:
    """Everything the version lacks; what stops a proposal comes first.

    Phases that the model's path for strategies holds itself, as a step or as what a step requires, are the case's.
    """
    content = content_of(row)
    return [*unended(content, {*row.process, *_held_by_path(day)}), *findings(content, period_before(row))]


def _held_by_path(day: date) -> set[str]:
    model = governance.current_model(day)
    path = model.path_for(SUBJECT) if model else None
    steps = path.steps if path else ()
    return {step.key for step in steps} | {one.key for step in steps for one in step.requires}


def fates_of(row: StrategyVersion) -> list[GoalFate]:
    """What became of each goal of the version it is based on; empty for the first."""
    base = base_of(row)
    return fates(base, content_of(row), row.fates) if base else []


def differences(old: StrategyContent, new: StrategyContent, day: date) -> list[Change]:
    """Every difference, in words, with roles named as the model of the day does."""
    return differing.difference(old, new, governance.current_model(day))


def steps_of(row: StrategyVersion) -> list[StrategyStep]:
    """The changes made to a draft, the newest first."""
    return list(
        StrategyStep.objects.filter(version_of=row).select_related("person").defer("content").order_by("-number")
    )


def reviews_of(row: StrategyVersion) -> list[StrategyReview]:
    """What leaders have thought of the version, the newest first."""
    return list(StrategyReview.objects.filter(version_of=row).select_related("person"))


def case_of_version(row: StrategyVersion) -> Case | None:
    """The newest case that treats the version."""
    return casework.case_of(SUBJECT, row.pk)


def path_key(day: date) -> str | None:
    """The path a strategy takes in the model in force; None when it is adopted outside the system's paths."""
    model = governance.current_model(day)
    path = model.path_for(SUBJECT) if model else None
    return path.key if path else None


def revision_on(day: date) -> Revision | None:
    """When the strategy in force is to be revised next; None without an adopted version or an interval."""
    row = in_force(day)
    if row is None or row.adopted_on is None:
        return None
    return revision(content_of(row), row.adopted_on, day)


@dataclass(frozen=True)
class Standing:
    """What holds on a day: the content, the version it stands in (None: the model's own), and the next revision."""

    content: StrategyContent
    row: StrategyVersion | None
    revision: Revision | None


def standing_on(day: date) -> Standing:
    """The strategy that holds on the day, read once."""
    row = in_force(day)
    if row is not None:
        content = content_of(row)
        due = revision(content, row.adopted_on, day) if row.adopted_on else None
        return Standing(content, row, due)
    return Standing(content_on(day), None, None)


def role_names(day: date) -> dict[str, str]:
    """The model's roles by key, for owners and signers."""
    model = governance.current_model(day)
    return {role.key: str(role.name) for role in model.roles} if model else {}
