"""Reading the plan's money: sources and their frames, bookings, carry-over, grants, appropriations and answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import FieldError

from ..models import (
    Appropriation,
    Booking,
    BudgetState,
    CarryOver,
    Contribution,
    Deferral,
    Grant,
    Nomination,
    OverrunDecision,
    Participation,
    ParticipationCall,
    Plan,
    PlanLine,
    PlanVersion,
    SourceFrame,
)
from ..rules.adopted_budget import Consequence, consequences, rows_of
from ..rules.lines import Line, split
from ..rules.money import Booked, Frame, Overrun, Use, YearsMoney, overruns, use_of_sources
from ..rules.participation import shares_left
from .plans import adopted_version, budget_of, cost_keys, lines_of, open_version, parties, payers, plain, years_of


def plan_form(day: date) -> Any:
    """What the model says of the plan, or None."""
    model = governance.current_model(day)
    return model.plan if model else None


def funding(day: date) -> dict[str, Any]:
    """The model's funding sources, whole."""
    form = plan_form(day)
    return {item.key: item for item in form.sources} if form else {}


def outside_sources(day: date) -> list[str]:
    """The sources that are others' money, and cannot be an own share."""
    return [key for key, item in funding(day).items() if item.kind == "external"]


def frames_of(plan: Plan) -> list[SourceFrame]:
    """The plan's frames with their organisations."""
    return list(SourceFrame.objects.filter(plan=plan).select_related("organisation").order_by("source", "year"))


def frames(plan: Plan) -> list[Frame]:
    """The same as plain values."""
    return [Frame(row.source, row.year, row.amount, row.organisation_id) for row in frames_of(plan)]


def bookings_of(plan: Plan) -> QuerySet[Booking]:
    """What has been booked, newest first."""
    rows = Booking.objects.filter(plan=plan).select_related("organisation", "entered_by")
    return rows.order_by("-booked_on", "-recorded_at")


def booked(plan: Plan) -> list[Booked]:
    """The same as plain values."""
    rows = Booking.objects.filter(plan=plan)
    return [Booked(row.line_key, row.source, row.booked_on, row.amount, row.organisation_id) for row in rows]


def standing_version(plan: Plan) -> PlanVersion | None:
    """The version that the plan's money is reckoned by: the one in force, else the one under way."""
    return adopted_version(plan) or open_version(plan)


def standing_lines(plan: Plan) -> list[PlanLine]:
    """The measures of that version."""
    version = standing_version(plan)
    return lines_of(version) if version else []


def use_of(plan: Plan, day: date) -> list[Use]:
    """Budget, committed and used per source and year, with sums (A-128)."""
    lines = [plain(row) for row in standing_lines(plan)]
    return use_of_sources(list(funding(day)), [], frames(plan), lines, booked(plan))


def decided_overruns(version: PlanVersion) -> dict[tuple[str, int], int]:
    """How much each frame may be exceeded; the newest decision counts."""
    rows = OverrunDecision.objects.filter(version_of=version).order_by("recorded_at")
    return {(row.source, row.year): row.amount for row in rows}


def overrun_decisions(version: PlanVersion) -> QuerySet[OverrunDecision]:
    """The decisions themselves, newest first."""
    return OverrunDecision.objects.filter(version_of=version).select_related("entered_by").order_by("-recorded_at")


def overruns_of(version: PlanVersion, lines: list[Line]) -> list[Overrun]:
    """Where the version costs more than a frame (N-008, N-211)."""
    return overruns(lines, years_of(version.plan), frames(version.plan), decided_overruns(version))


def money_of_year(plan: Plan, row: PlanLine, year: int, organisation: UUID | None, day: date) -> YearsMoney:
    """A measure's money in a year, of one organisation or of all: granted, brought in, used and carried on."""
    return money_of_lines(plan, [row], year, day)[row.line_key].get(organisation, YearsMoney())


def money_of_lines(
    plan: Plan, rows: Sequence[PlanLine], year: int, day: date
) -> dict[UUID, dict[UUID | None, YearsMoney]]:
    """The same for many measures: per organisation that has any, and under None for all together."""
    paying, keys, budget = parties(), cost_keys(day), budget_of(plan)
    found: dict[UUID, dict[UUID | None, list[int]]] = {row.line_key: {None: [0, 0, 0, 0]} for row in rows}

    def count(line: UUID, organisation: UUID | None, place: int, amount: int) -> None:
        if line in found:
            for key in {organisation, None}:
                found[line].setdefault(key, [0, 0, 0, 0])[place] += amount

    for row in rows:
        planned = split(plain(row), paying, keys)
        for entry in budget.get((row.line_key, year), []):
            if entry.state in (BudgetState.GRANTED, BudgetState.PARTLY):
                amount = entry.amount if entry.amount is not None else _planned(planned, entry.organisation_id, year)
                count(row.line_key, entry.organisation_id, 0, amount)
    for moved in CarryOver.objects.filter(plan=plan, year__in=(year - 1, year)):
        count(moved.line_key, moved.organisation_id, 1 if moved.year < year else 3, moved.amount)
    for used in Booking.objects.filter(plan=plan, booked_on__year=year):
        count(used.line_key, used.organisation_id, 2, used.amount)
    return {line: {key: YearsMoney(*sums) for key, sums in parts.items()} for line, parts in found.items()}


def _planned(planned: dict[UUID, dict[int, int]], organisation: UUID | None, year: int) -> int:
    if organisation is not None:
        return planned.get(organisation, {}).get(year, 0)
    return sum(amounts.get(year, 0) for amounts in planned.values())


def carry_overs(plan: Plan) -> QuerySet[CarryOver]:
    """What has been carried over, newest first."""
    return CarryOver.objects.filter(plan=plan).select_related("organisation").order_by("-recorded_at")


def grants_of(plan: Plan) -> QuerySet[Grant]:
    """The plan's applications by fund, in the order advised."""
    return Grant.objects.filter(plan=plan).order_by("fund", "advice_order", "title")


def grant_by_id(key: UUID) -> Grant | None:
    """One application with its plan."""
    return cast("Grant | None", Grant.objects.select_related("plan").filter(pk=key).first())


def line_of_grant(grant: Grant) -> Line | None:
    """The measure that holds the application's own share, as it stands in the plan now."""
    rows = standing_lines(grant.plan)
    return next((plain(row) for row in rows if row.line_key == grant.line_key), None)


def appropriations_of(plan: Plan) -> list[Appropriation]:
    """What bodies have granted and proposed, by year."""
    return list(Appropriation.objects.filter(plan=plan).order_by("year", "recorded_at"))


def contributions_of(plan: Plan) -> list[Contribution]:
    """Contributions by inhabitants."""
    return list(Contribution.objects.filter(plan=plan).select_related("organisation").order_by("year", "receiver"))


def nominations_of(plan: Plan) -> list[Nomination]:
    """The projects that sources have pointed out, by year and source."""
    return list(Nomination.objects.filter(plan=plan).select_related("need").order_by("year", "source", "title"))


def deferrals_of(plan: Plan) -> list[Deferral]:
    """What has been put off and not taken up again, first the one to be looked at first."""
    return list(Deferral.objects.filter(plan=plan, taken_up_on=None).order_by("review_on", "title"))


def call_of(plan: Plan, line_key: UUID) -> ParticipationCall | None:
    """The question of participation for a measure, with its answers."""
    answers = Participation.objects.select_related("organisation").order_by("organisation__name")
    return cast(
        "ParticipationCall | None",
        ParticipationCall.objects.filter(plan=plan, line_key=line_key)
        .prefetch_related(Prefetch("answers", answers))
        .first(),
    )


def shares_of_call(call: ParticipationCall, row: PlanLine, day: date) -> dict[UUID, tuple[int, dict[int, int]]]:
    """Per organisation asked its part in hundredths of a per cent, and kroner per year (I-19)."""
    answers = {answer.organisation_id: str(answer.answer) for answer in call.answers.all()}
    return shares_left(plain(row), answers, parties(), cost_keys(day))


def answers_change_until(day: date) -> str:
    """Until when an answer may be changed, by the model."""
    model = governance.current_model(day)
    return str(model.cooperation.opt_out_until) if model and model.cooperation else "contract"


def plan_before(plan: Plan) -> Plan | None:
    """The newest plan that begins earlier."""
    return cast("Plan | None", Plan.objects.filter(first_year__lt=plan.first_year).order_by("-first_year").first())


def budget_consequences(
    version: PlanVersion, header: Sequence[str], rows: Iterable[tuple[int, Sequence[Any]]], day: date, *, unit: int = 1
) -> tuple[list[Consequence], list[FieldError]]:
    """What an adopted budget's file means for the version, and what in the file cannot be read."""
    found, faults = rows_of(header, rows, unit=unit)
    lines = [plain(row) for row in lines_of(version)]
    keys, paying = cost_keys(day), parties()
    names: dict[str, UUID] = {}
    for row in payers():
        names |= {str(name).lower(): row.pk for name in (row.name, row.short_name, row.slot) if name}
    told, more = consequences(found, lines, {line.key: split(line, paying, keys) for line in lines}, names)
    return told, [*faults, *more]
