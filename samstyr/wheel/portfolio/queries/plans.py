"""Reading plans: versions, lines with sums, budget and progress, and the way back to the need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from samstyr.foundation.access import Act, Actor, Facts, may
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.organisations.models import Organisation
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.models import Case, Treatment

from ..models import (
    BudgetEntry,
    BudgetState,
    CarryOver,
    LineCost,
    LineOrganisation,
    MeasureState,
    Plan,
    PlanLine,
    PlanVersion,
    ProgressEntry,
    VersionState,
)
from ..rules.gates import COVERED, Coverage
from ..rules.lines import Cost, Line, Party, split

SUBJECTS = ("plan", "plan_revision")


def plan_facts(organisations: Iterable[UUID] = ()) -> Facts:
    """The plan belongs to the whole arrangement; a line to the organisations that take part in it."""
    return Facts("plan", require_tenant_id(), organisations=frozenset(organisations))


def plans() -> QuerySet[Plan]:
    """All plans with their versions, newest period first."""
    return Plan.objects.prefetch_related(
        Prefetch("versions", PlanVersion.objects.select_related("decision").order_by("created_at"))
    ).order_by("-first_year")


def visible_to(actor: Actor) -> QuerySet[Plan]:
    """All plans for those who may read plans (B-01: both municipalities read all); none for others."""
    return plans() if may(actor, Act.PLAN_READ, plan_facts()) else plans().none()


def version_by_id(key: UUID) -> PlanVersion | None:
    """One version with its plan and decision."""
    row = PlanVersion.objects.select_related("plan", "decision", "decision__case", "based_on").filter(pk=key).first()
    return cast("PlanVersion | None", row)


def plan_by_id(key: UUID) -> Plan | None:
    """One plan with its versions."""
    return cast("Plan | None", plans().filter(pk=key).first())


def lines_of(version: PlanVersion) -> list[PlanLine]:
    """The version's lines in rank order, with costs, participants and need; a fixed number of queries."""
    return list(
        PlanLine.objects.filter(version_of=version)
        .select_related("need", "need__unit", "owner_person")
        .prefetch_related(
            Prefetch("costs", LineCost.objects.order_by("year", "kind", "source")),
            Prefetch("participants", LineOrganisation.objects.select_related("organisation")),
        )
        .order_by("rank")
    )


def plain(row: PlanLine) -> Line:
    """The line as plain values for the rules."""
    return Line(
        key=row.line_key,
        rank=row.rank,
        title=row.title,
        need=row.need_id,
        owner=row.owner,
        argument=row.argument,
        organisations=tuple(part.organisation_id for part in row.participants.all()),
        cost_key=row.cost_key,
        own_shares=row.own_shares,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        costs=tuple(Cost(cost.year, cost.kind, cost.source, cost.amount) for cost in row.costs.all()),
        kind=row.kind,
        focus_area=row.focus_area,
        goals=tuple(row.goals),
        benefit=row.benefit,
        answers=row.answers,
        purchase_on=row.purchase_on,
        effort=row.effort,
        rolled_reason=row.rolled_reason,
    )


def parties() -> list[Party]:
    """Those that pay, with their inhabitants."""
    return [Party(row.pk, row.slot, row.population or 0) for row in payers()]


def payers() -> list[Organisation]:
    """The municipalities; in an arrangement without any, the national organisations whose plan it is."""
    rows = list(Organisation.objects.filter(kind__in=("municipality", "national")).order_by("name"))
    return [row for row in rows if row.kind == "municipality"] or rows


def years_of(plan: Plan) -> range:
    """The plan's budget years."""
    return range(plan.first_year, plan.first_year + plan.years)


def cost_keys(day: date) -> dict[str, Any]:
    """The model's cost keys."""
    model = governance.current_model(day)
    return {key.key: key for key in model.plan.cost_keys} if model and model.plan else {}


def sources(day: date) -> dict[str, str]:
    """The model's funding sources and their names."""
    model = governance.current_model(day)
    return {item.key: str(item.name) for item in model.plan.sources} if model and model.plan else {}


def account_fields(day: date) -> list[str]:
    """The account columns that the model wants in the budget export; none when it names none."""
    model = governance.current_model(day)
    return [str(item.name) for item in model.plan.account_fields] if model and model.plan else []


def start_tolerance(day: date) -> int:
    """How many days a start may lie off plan before it counts as a deviation, by the model (B-47)."""
    model = governance.current_model(day)
    return model.plan.start_tolerance_days if model and model.plan else 30


def adopted_version(plan: Plan) -> PlanVersion | None:
    """The version of the plan that is in force."""
    return cast(
        "PlanVersion | None",
        PlanVersion.objects.filter(plan=plan, state=VersionState.ADOPTED).order_by("-number").first(),
    )


def open_version(plan: Plan) -> PlanVersion | None:
    """The draft or proposal under way."""
    return cast(
        "PlanVersion | None",
        PlanVersion.objects.filter(plan=plan, state__in=(VersionState.DRAFT, VersionState.PROPOSED)).first(),
    )


def case_of_version(version: PlanVersion) -> Case | None:
    """The newest case that treats the version."""
    for subject in SUBJECTS:
        case = casework.case_of(subject, version.pk)
        if case is not None:
            return case
    return None


def treatments_of_version(version: PlanVersion) -> list[Treatment]:
    """What each lederteam and the deciding body have said of the version, lined up (feature 10)."""
    case = case_of_version(version)
    return list(casework.treatments_of([case.pk])) if case else []


def budget_of(plan: Plan) -> dict[tuple[UUID, int], list[BudgetEntry]]:
    """The newest entry per organisation for each line and year."""
    newest: dict[tuple[UUID, int, UUID | None], BudgetEntry] = {}
    for entry in BudgetEntry.objects.filter(plan=plan).select_related("organisation").order_by("recorded_at"):
        newest[entry.line_key, entry.year, entry.organisation_id] = entry
    found: dict[tuple[UUID, int], list[BudgetEntry]] = {}
    for (line, year, _organisation), entry in newest.items():
        found.setdefault((line, year), []).append(entry)
    return found


def progress_of(plan: Plan) -> dict[UUID, ProgressEntry]:
    """The newest note of progress per line, also what was noted while the same need stood in another plan."""
    return {key: rows[-1] for key, rows in _progress(plan).items()}


def started_on(plan: Plan) -> dict[UUID, date]:
    """When each line was first noted as started, in this plan or an earlier one."""
    found = {}
    for key, rows in _progress(plan).items():
        started = [row.happened_on for row in rows if row.state == MeasureState.STARTED]
        if started:
            found[key] = started[0]
    return found


def _progress(plan: Plan) -> dict[UUID, list[ProgressEntry]]:
    """By line of this plan, its notes in time order. A measure that goes on keeps its need, or its key (rolled)."""
    here = dict(PlanLine.objects.filter(version_of__plan=plan).values_list("line_key", "need_id"))
    needs = {need: key for key, need in here.items() if need}
    alike = Q(need_id__in=list(needs)) | Q(line_key__in=list(here))
    elsewhere = PlanLine.objects.filter(alike).exclude(version_of__plan=plan)
    same = {
        (owner, key): key if key in here else needs[need]
        for owner, key, need in elsewhere.values_list("version_of__plan_id", "line_key", "need_id")
    }
    keys = {key for _plan, key in same} | set(here)
    found: dict[UUID, list[ProgressEntry]] = {}
    for row in ProgressEntry.objects.filter(line_key__in=list(keys)).order_by("happened_on", "recorded_at"):
        key = row.line_key if row.plan_id == plan.pk else same.get((row.plan_id, row.line_key))
        if key is not None and key in here:
            found.setdefault(key, []).append(row)
    return found


def progress_history(plan: Plan, line: PlanLine) -> QuerySet[ProgressEntry]:
    """All notes of progress on one measure, newest first; also those of its need in other plans."""
    same = Q(line_key=line.line_key)
    if line.need_id:
        others = PlanLine.objects.filter(need_id=line.need_id).values_list("version_of__plan_id", "line_key")
        for owner, key in set(others):
            same |= Q(plan_id=owner, line_key=key)
    return ProgressEntry.objects.filter(same).select_related("entered_by").order_by("-happened_on", "-recorded_at")


def payers_of(row: PlanLine, day: date) -> dict[int, frozenset[UUID]]:
    """The organisations that pay something for the line, per year, by the model's cost keys on the day."""
    found: dict[int, set[UUID]] = {}
    for organisation, amounts in split(plain(row), parties(), cost_keys(day)).items():
        for year, amount in amounts.items():
            if amount:
                found.setdefault(year, set()).add(organisation)
    return {year: frozenset(keys) for year, keys in found.items()}


def coverage_of(plan: Plan, row: PlanLine, day: date) -> list[Coverage]:
    """What the budget process has said of one line, newest per organisation and year.

    An entry without an organisation speaks for all. Where only some of those that pay have an entry, the
    others count as open, so that a joint measure does not start on one municipality's money alone (I-10).
    Money carried on from the year before covers the year for the organisation whose it is, as money granted in part.
    """
    paying = payers_of(row, day)
    told: dict[int, dict[UUID | None, str]] = {}
    for (key, year), entries in budget_of(plan).items():
        if key == row.line_key:
            told.setdefault(year, {}).update({entry.organisation_id: entry.state for entry in entries})
    for moved in CarryOver.objects.filter(plan=plan, line_key=row.line_key, amount__gt=0):
        states = told.setdefault(moved.year + 1, {})
        if states.get(moved.organisation_id) not in COVERED:
            states[moved.organisation_id] = BudgetState.PARTLY
    found = []
    for year, states in told.items():
        found += [Coverage(year, state) for state in states.values()]
        if None not in states and not paying.get(year, frozenset()) <= set(states):
            found.append(Coverage(year, "open"))
    return found


def _silent(entries: Sequence[BudgetEntry], paying: frozenset[UUID]) -> bool:
    """Whether somebody who pays has not been heard of, while no entry speaks for all."""
    told = {entry.organisation_id for entry in entries}
    return None not in told and not paying <= told


@dataclass(frozen=True)
class Undecided:
    """A line whose money for a year nobody has settled."""

    line: PlanLine
    year: int
    amount: int
    state: str


def undecided(plan: Plan, year: int) -> list[Undecided]:
    """Lines of the adopted version that cost something in `year` and have no final word (B-45)."""
    version = adopted_version(plan)
    if version is None:
        return []
    budget = budget_of(plan)
    payable, keys = parties(), cost_keys(date(year, 12, 31))
    found = []
    for line in lines_of(version):
        amount = sum(cost.amount for cost in line.costs.all() if cost.year == year)
        entries = budget.get((line.line_key, year), [])
        states = [entry.state for entry in entries]
        waiting = any(state in (BudgetState.SENT, BudgetState.IN_PROPOSAL) for state in states)
        paying = frozenset(key for key, amounts in split(plain(line), payable, keys).items() if amounts.get(year))
        if amount and (waiting or not states or _silent(entries, paying)):
            found.append(Undecided(line, year, amount, states[0] if states else ""))
    return found


@dataclass(frozen=True)
class PlanTrace:
    """A need's place in one plan version, with the decision that put it there."""

    line: PlanLine
    version: PlanVersion

    @property
    def total(self) -> int:
        """Kroner over the plan's years."""
        return sum(cost.amount for cost in self.line.costs.all())


def traces_of_need(need_id: UUID) -> list[PlanTrace]:
    """Every plan line that comes from the need, oldest version first: from need to decision to krone."""
    rows = (
        PlanLine.objects.filter(need_id=need_id)
        .select_related("version_of", "version_of__plan", "version_of__decision")
        .prefetch_related("costs")
        .order_by("version_of__created_at")
    )
    return [PlanTrace(row, row.version_of) for row in rows]


def shared_lines(version_id: UUID, organisation: UUID) -> list[tuple[str, str]]:
    """The version's measures that the organisation shares with others, as (key, title), in rank order."""
    own = PlanLine.objects.filter(version_of_id=version_id, participants__organisation_id=organisation)
    keys = list(own.values_list("pk", flat=True))
    lines = PlanLine.objects.filter(pk__in=keys).annotate(owners=Count("participants")).order_by("rank")
    return [(str(line.pk), line.title) for line in lines if line.owners > 1]


def titles_of_lines(keys: Iterable[str]) -> list[str]:
    """The titles of measures by their keys, in rank order; a key that is none is left out."""
    known = [key for key in map(str, keys) if len(key) == 36]
    return list(PlanLine.objects.filter(pk__in=known).order_by("rank").values_list("title", flat=True))


def lines_of_needs(need_ids: Sequence[UUID]) -> dict[UUID, PlanLine]:
    """The newest line of each need."""
    rows = PlanLine.objects.filter(need_id__in=list(need_ids)).select_related("version_of", "version_of__plan")
    return {cast("UUID", row.need_id): row for row in rows.order_by("version_of__created_at")}


def has_line(version: PlanVersion, need_id: UUID) -> bool:
    """Whether the need stands in the version."""
    return bool(PlanLine.objects.filter(version_of=version, need_id=need_id).exists())


def needs_without_line(plan: Plan) -> list[UUID]:
    """Needs decided since the plan's last version was proposed, that stand in no plan: oldest decision first."""
    proposed = (
        plan.versions.exclude(proposed_on=None).order_by("-proposed_on").values_list("proposed_on", flat=True).first()
    )
    if proposed is None:
        return []
    decided = casework.ended_since("need", "end_positive", proposed)
    placed = set(PlanLine.objects.filter(need_id__in=decided).values_list("need_id", flat=True))
    return [key for key in decided if key not in placed]
