"""One candidate, one scenario, and the optimiser's question as it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from samstyr.foundation.access import Facts
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.jobs import queries as jobs
from samstyr.foundation.jobs.models import Job
from samstyr.foundation.organisations.models import Unit
from samstyr.wheel.portfolio import queries as portfolio
from samstyr.wheel.prioritisation import queries as prioritisation

from ..models import (
    Candidate,
    CandidateCost,
    CandidateLink,
    CandidateOrganisation,
    CandidateStaff,
    Choice,
    Limit,
    LinkKind,
    Scenario,
    Solution,
)
from ..rules import instance as plain
from ..rules.question import Terms, candidate_of
from ..rules.values import Known, LimitValues, limit_key, limit_name
from .bulk import Bound, standings, ties

SOLVE, EXPLAIN = "scenario.solve", "scenario.explain"


def scenario_facts() -> Facts:
    """Candidates and scenarios belong to the whole arrangement, as the plan does."""
    return portfolio.plan_facts()


def candidates_in_full() -> QuerySet[Candidate]:
    """All candidates with what belongs to them, in a fixed number of queries."""
    return cast(
        "QuerySet[Candidate]",
        Candidate.objects.select_related("need", "area").prefetch_related(
            Prefetch("participants", CandidateOrganisation.objects.select_related("organisation")),
            Prefetch("costs", CandidateCost.objects.order_by("kind", "offset", "source")),
            Prefetch("staff", CandidateStaff.objects.order_by("role", "offset")),
            Prefetch("links", CandidateLink.objects.select_related("other").order_by("kind", "group")),
        ),
    )


def candidate_by_id(key: UUID) -> Candidate | None:
    """One candidate with its rows."""
    return candidates_in_full().filter(pk=key).first()


def scenarios(first_year: int | None = None) -> QuerySet[Scenario]:
    """All scenarios, or those of the period that begins in `first_year`."""
    rows = Scenario.objects.order_by("-first_year", "name")
    return cast("QuerySet[Scenario]", rows.filter(first_year=first_year) if first_year else rows)


def scenario_by_id(key: UUID) -> Scenario | None:
    """One scenario."""
    return cast("Scenario | None", Scenario.objects.select_related("copied_from").filter(pk=key).first())


def limits_of(scenario: Scenario) -> list[Limit]:
    """The scenario's limits, with what narrows them."""
    rows = Limit.objects.filter(scenario=scenario).select_related("organisation", "area")
    return list(rows.order_by("measure", "organisation__name", "kind", "source", "role", "year", "key"))


def choices_of(scenario: Scenario) -> list[Choice]:
    """What is chosen and pinned in the scenario."""
    return list(Choice.objects.filter(scenario=scenario))


def solution_by_id(key: UUID) -> Solution | None:
    """One solution."""
    return cast("Solution | None", Solution.objects.filter(pk=key).first())


def latest_solution(scenario: Scenario) -> Solution | None:
    """What the optimiser last found for the scenario."""
    return cast("Solution | None", Solution.objects.filter(scenario=scenario).order_by("-solved_at").first())


def running_job(scenario: Scenario) -> Job | None:
    """The work on the scenario that waits or is being done."""
    return jobs.running_job(SOLVE, scenario.pk) or jobs.running_job(EXPLAIN, scenario.pk)


def value_of(candidate: Candidate, day: date | None = None) -> int:
    """The value that the last prioritisation gave its need, in hundredths of a point; as it stands without one.

    An assessment that has expired on the day gives none.
    """
    if candidate.need_id is None:
        return candidate.value
    return prioritisation.value_of_needs([candidate.need_id], day).get(candidate.need_id, candidate.value)


def scenario_of_version(version_id: UUID) -> Scenario | None:
    """The scenario that was carried into the plan version."""
    return cast("Scenario | None", Scenario.objects.filter(used_in=version_id).order_by("-updated_at").first())


def known(day: date) -> Known:
    """What can be named in candidates and limits on the day, by the model and what is registered."""
    keys = portfolio.cost_keys(day)
    kinds = {*portfolio.measure_kinds(day), *Candidate.objects.exclude(kind="").values_list("kind", flat=True)}
    roles = {
        *CandidateStaff.objects.order_by().values_list("role", flat=True).distinct(),
        *Limit.objects.exclude(role="").order_by().values_list("role", flat=True).distinct(),
    }
    return Known(
        areas={
            row.pk: str(row)
            for row in Unit.objects.filter(is_area=True).select_related("organisation").order_by("name")
        },
        focus_areas=portfolio.focus_areas(day),
        goals=portfolio.goals(day),
        organisations={row.pk: str(row) for row in portfolio.payers()},
        cost_keys={key: str(item.name) for key, item in keys.items()},
        sources=portfolio.sources(day),
        kinds=tuple(sorted(kinds)),
        roles=tuple(sorted(roles)),
        numbers={number: key for key, number in Candidate.objects.order_by().values_list("pk", "number")},
        own_choice_keys=frozenset(key for key, item in keys.items() if item.kind == "own_choice"),
    )


def build_instance(scenario: Scenario, day: date) -> plain.Instance:
    """The optimiser's question for the scenario as it stands, by the model's keys on the day.

    Candidates that have been dropped are left out, and those whose every participant leaves. A fixed number of
    queries whatever the number of candidates.
    """
    choices = {row.candidate_id: row for row in choices_of(scenario)}
    parties, keys, terms = portfolio.parties(), portfolio.cost_keys(day), _terms(scenario, day)
    rows, tied = standings(choices), ties()
    found = [candidate_of(row, terms, parties, keys) for row in rows]
    present = {item.key for item in found if item is not None}
    orphaned = _orphaned(tied, present)
    there = tuple(replace(item, starts=()) if item.key in orphaned else item for item in found if item is not None)
    return plain.Instance(
        years=terms.years,
        candidates=there,
        limits=_limits(scenario, day),
        links=_links(tied, present),
        delay_percent=scenario.delay_percent,
    )


def _terms(scenario: Scenario, day: date) -> Terms:
    model = governance.current_model(day)
    sources = model.plan.sources if model and model.plan else ()
    return Terms(
        years=tuple(range(scenario.first_year, scenario.first_year + scenario.years)),
        cost_percent=scenario.cost_percent,
        left=frozenset(UUID(str(key)) for key in scenario.left),
        last_years={item.key: item.valid_to_year for item in sources if item.valid_to_year is not None},
    )


def _limits(scenario: Scenario, day: date) -> tuple[plain.Limit, ...]:
    names = known(day)
    return tuple(_limit(row, names) for row in limits_of(scenario))


def _limit(row: Limit, names: Known) -> plain.Limit:
    values = LimitValues(
        row.measure, row.amount, row.at_least, row.year, row.organisation_id, row.kind, row.source, row.role,
        row.area_id, row.focus_area,
    )  # fmt: skip
    return plain.Limit(
        key=limit_key(values),
        name=str(limit_name(values, names)),
        measure=row.measure,
        amount=row.amount,
        at_least=row.at_least,
        year=row.year,
        organisation=row.organisation_id,
        kind=row.kind,
        source=row.source,
        role=row.role,
        area=str(row.area_id or ""),
        focus_area=row.focus_area,
    )


def _orphaned(tied: list[Bound], present: set[UUID]) -> set[UUID]:
    """Those that need a candidate which has been dropped or has left: they can start in no year."""
    return {tie.candidate for tie in tied if tie.kind == LinkKind.NEEDS and tie.other not in present}


def _links(tied: list[Bound], there: set[UUID]) -> tuple[plain.Link, ...]:
    """Ties between candidates that are there; `_orphaned` sees to those that need somebody who is not."""
    found: list[plain.Link] = []
    groups: dict[str, list[UUID]] = {}
    for tie in tied:
        if tie.candidate not in there:
            continue
        if tie.kind == LinkKind.ONE_OF:
            groups.setdefault(tie.group, []).append(tie.candidate)
        elif tie.other is not None and tie.other in there:
            found.append(plain.Link(f"link:{tie.key}", tie.kind, (tie.candidate, tie.other)))
    found += [plain.Link(f"group:{name}", "one_of", tuple(keys)) for name, keys in sorted(groups.items())]
    return tuple(found)
