"""What the pages list: candidates with filters and order, scenarios by period, and what can be fetched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from samstyr.foundation.access import Act, Actor, may
from samstyr.procedure.casework import queries as casework
from samstyr.wheel.needs import queries as needs
from samstyr.wheel.needs.models import Need
from samstyr.wheel.portfolio import queries as portfolio
from samstyr.wheel.portfolio.models import PlanLine, PlanVersion, VersionState

from ..models import Candidate, CandidateCost, CandidateLink, Choice, LinkKind, Scenario, Solution
from ..rules.values import LimitValues

YEARS = 4

# What the list can be sorted by, and the columns behind; nothing else from an address reaches the database.
SORTS: Mapping[str, str] = {
    "nummer": "number",
    "tittel": "title",
    "verdi": "value",
    "kostnad": "cost",
    "nytte": "each",
    "risiko": "risk",
}


@dataclass(frozen=True)
class Criteria:
    """What the list is narrowed to; blank or None narrows nothing."""

    text: str = ""
    organisation: UUID | None = None
    area: UUID | None = None
    focus_area: str = ""
    kind: str = ""
    mandatory: bool | None = None
    dropped: bool | None = False
    numbers: tuple[int, ...] = ()


def _four_years() -> Subquery:
    """What a candidate costs over its first four years."""
    left = ExpressionWrapper(Value(YEARS) - F("offset"), output_field=BigIntegerField())
    amount = Case(
        When(offset__gte=YEARS, then=Value(0)),
        When(continues=True, then=F("amount") * left),
        default=F("amount"),
        output_field=BigIntegerField(),
    )
    rows = CandidateCost.objects.filter(candidate=OuterRef("pk")).order_by().values("candidate")
    return Subquery(rows.annotate(total=Sum(amount)).values("total"), output_field=BigIntegerField())


def listed(actor: Actor, criteria: Criteria, sort: str = "") -> QuerySet[Candidate]:
    """The candidates that meet the criteria, each with its `cost` over four years; none for those who read no plans."""
    rows = Candidate.objects.all()
    if not may(actor, Act.PLAN_READ, portfolio.plan_facts()):
        return cast("QuerySet[Candidate]", rows.none())
    for word in criteria.text.split()[:10]:
        number = Q(number=int(word)) if word.isascii() and word.isdigit() and len(word) < 9 else Q()
        rows = rows.filter(Q(title__icontains=word) | Q(description__icontains=word) | number)
    if criteria.numbers:
        rows = rows.filter(number__in=criteria.numbers)
    narrowing: dict[str, Any] = {
        "area_id": criteria.area,
        "focus_area": criteria.focus_area,
        "kind": criteria.kind,
        "mandatory": criteria.mandatory,
    }
    rows = rows.filter(**{name: value for name, value in narrowing.items() if value not in (None, "")})
    if criteria.organisation is not None:
        rows = rows.filter(participants__organisation_id=criteria.organisation)
    if criteria.dropped is not None:
        rows = rows.exclude(dropped_reason="") if criteria.dropped else rows.filter(dropped_reason="")
    rows = rows.annotate(cost=Coalesce(_four_years(), Value(0)))
    return cast("QuerySet[Candidate]", _ordered(rows, sort))


def _ordered(rows: QuerySet[Candidate], sort: str) -> QuerySet[Candidate]:
    """By a name of SORTS, with a minus back to front; by number when the name is unknown."""
    name = SORTS.get(sort.removeprefix("-"), "number")
    if name == "each":
        each = Case(
            When(cost__gt=0, then=Cast(F("value"), FloatField()) / Cast(F("cost"), FloatField())),
            default=None,
            output_field=FloatField(),
        )
        rows = rows.annotate(each=each)
    order = F(name).desc(nulls_last=True) if sort.startswith("-") else F(name).asc(nulls_last=True)
    return rows.order_by(order, "number")


@dataclass(frozen=True)
class Totals:
    """Sums of a list of candidates."""

    value: int
    cost: int
    risk: int


def totals(rows: QuerySet[Candidate]) -> Totals:
    """The sums of all of `listed`, not of one page."""
    found = rows.order_by().aggregate(sum_value=Sum("value"), sum_cost=Sum("cost"), sum_risk=Sum("risk"))
    return Totals(found["sum_value"] or 0, found["sum_cost"] or 0, found["sum_risk"] or 0)


def numbers() -> dict[UUID, int]:
    """Every candidate's number by its key."""
    return dict(Candidate.objects.order_by().values_list("pk", "number"))


def durations(keys: Sequence[UUID]) -> dict[UUID, int]:
    """How many years each candidate lasts."""
    return dict(Candidate.objects.filter(pk__in=list(keys)).order_by().values_list("pk", "duration"))


def goals() -> dict[UUID, list[str]]:
    """The goals that each candidate contributes to."""
    return dict(Candidate.objects.order_by().values_list("pk", "goals"))


@dataclass(frozen=True)
class Tie:
    """A tie as seen from one candidate; `kind` is "needed" for those that presuppose it."""

    kind: str
    other: Candidate | None
    group: str


def ties_of(candidate: Candidate) -> list[Tie]:
    """What the candidate hangs together with, from both sides."""
    rows = CandidateLink.objects.filter(Q(candidate=candidate) | Q(other=candidate))
    found = []
    for row in rows.select_related("candidate", "other").order_by("kind", "candidate__number"):
        if row.candidate_id == candidate.pk:
            found.append(Tie(row.kind, row.other, row.group))
        else:
            found.append(Tie("needed" if row.kind == LinkKind.NEEDS else row.kind, row.candidate, row.group))
    return found


def choices_of_candidate(candidate: Candidate) -> list[Choice]:
    """Where the candidate is chosen or pinned."""
    rows = Choice.objects.filter(candidate=candidate).exclude(start=None, pin="").select_related("scenario")
    return list(rows.order_by("-scenario__first_year", "scenario__name"))


@dataclass(frozen=True)
class Overview:
    """A scenario in the list: how many candidates are chosen, and its newest solution."""

    scenario: Scenario
    chosen: int
    status: str
    value: int
    bound: int


def overview(actor: Actor) -> list[Overview]:
    """Every scenario, newest period first; none for those who read no plans."""
    if not may(actor, Act.PLAN_READ, portfolio.plan_facts()):
        return []
    newest = Solution.objects.filter(scenario=OuterRef("pk")).order_by("-solved_at")
    rows = Scenario.objects.annotate(
        chosen=Count("choices", filter=Q(choices__start__isnull=False)),
        found_status=Subquery(newest.values("status")[:1]),
        found_value=Subquery(newest.values("value")[:1]),
        found_bound=Subquery(newest.values("bound")[:1]),
    ).order_by("-first_year", "name")
    return [
        Overview(row, row.chosen, row.found_status or "", row.found_value or 0, row.found_bound or 0) for row in rows
    ]


def scenarios_by_id(actor: Actor, keys: Iterable[UUID]) -> list[Scenario]:
    """The scenarios in the order named; those that are not there are left out."""
    wanted = list(keys)
    if not may(actor, Act.PLAN_READ, portfolio.plan_facts()):
        return []
    found = {row.pk: row for row in Scenario.objects.filter(pk__in=wanted)}
    return [found[key] for key in wanted if key in found]


def limit_values(limit: Any) -> LimitValues:
    """A stored limit as plain values."""
    return LimitValues(
        measure=limit.measure,
        amount=limit.amount,
        at_least=limit.at_least,
        year=limit.year,
        organisation=limit.organisation_id,
        kind=limit.kind,
        source=limit.source,
        role=limit.role,
        area=limit.area_id,
        focus_area=limit.focus_area,
    )


def needs_to_pick() -> QuerySet[Need]:
    """Needs that have been taken in, and that no candidate comes from yet."""
    decided = casework.ended_since("need", "end_positive", date(1970, 1, 1))
    there = Candidate.objects.exclude(need=None).values("need_id")
    rows = needs.needs_by_ids(decided).exclude(pk__in=there)
    return rows.select_related("unit", "organisation").order_by("number", "pk")


def plan_in_force() -> PlanVersion | None:
    """The newest adopted version of the newest plan."""
    rows = PlanVersion.objects.filter(state=VersionState.ADOPTED).select_related("plan")
    return cast("PlanVersion | None", rows.order_by("-plan__first_year", "-number").first())


def lines_to_fetch(version: PlanVersion) -> list[PlanLine]:
    """The version's measures that are no candidates yet, neither by the measure nor by its need."""
    there = set(Candidate.objects.exclude(plan_line=None).values_list("plan_line", flat=True))
    same = set(Candidate.objects.exclude(need=None).values_list("need_id", flat=True))
    return [line for line in portfolio.lines_of(version) if line.line_key not in there and line.need_id not in same]
