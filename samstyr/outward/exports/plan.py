"""Builds the content of a plan version from what the portfolio and the case know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samstyr.wheel.portfolio import queries
from samstyr.wheel.portfolio.rules.difference import difference
from samstyr.wheel.portfolio.rules.lines import Line, by_year, split_amount

from . import assembling
from .content import Cost, Decision, Difference, Fact, Measure, PaidCost, PlanContent, Sum
from .criteria import criteria_for


def content_of(version: Any, today: date, *, arrangement: str = "", with_names: bool = False) -> PlanContent:
    """The version as it stands on the day. `with_names` lists those present, for who may read the case."""
    whole = assembling.whole(version, today)
    names = {row.pk: str(row) for row in queries.payers()}
    paying = _Paying(queries.parties(), queries.cost_keys(today), queries.sources(today), names)
    before = queries.version_by_id(version.based_on_id) if version.based_on_id else None
    criteria, criteria_from = criteria_for(version.plan.first_year, version.proposed_on or today)
    needs = [row.row.need for row in whole.rows if row.row.need]
    told = assembling.Told(today)
    return PlanContent(
        arrangement=arrangement,
        plan=version.plan.name,
        first_year=version.plan.first_year,
        years=whole.years,
        version=version.number,
        state=version.state,
        state_name=str(version.get_state_display()),
        reason=version.reason,
        proposed_on=version.proposed_on,
        adopted_on=version.adopted_on,
        decision=assembling.decision_words(version),
        seal=version.content_hash,
        price_years=tuple(sorted({need.price_year for need in needs if need.price_year})),
        measures=tuple(_measure(row, whole.years, paying, told) for row in whole.rows),
        totals=whole.totals,
        investment=whole.investment,
        operating=whole.operating,
        total=whole.total,
        by_organisation=tuple(Sum(name=name, amounts=given, total=total) for name, given, total in whole.shares),
        by_source=_by_source([row.line for row in whole.rows], whole.years, paying),
        decisions=tuple(_decision(said, with_names) for said in assembling.treatments(version)["said"]),
        criteria=criteria,
        criteria_from=criteria_from,
        previous_version=before.number if before else None,
        differences=_differences(before, whole, names),
    )


class _Paying:
    """Who pays, by what keys and from what sources, under their names."""

    def __init__(self, parties: Any, keys: Any, sources: dict[str, str], names: dict[UUID, str]) -> None:
        self.parties, self.keys, self.sources, self.names = parties, keys, sources, names

    def source(self, key: str) -> str:
        """The source's name, or that there is none."""
        return self.sources.get(key, key) or _("Uten kilde")

    def of(self, line: Line, years: Sequence[int]) -> tuple[PaidCost, ...]:
        """Each municipality's part of the line by kind and source; together they are the line's costs to the krone."""
        sums: dict[tuple[UUID, str, str], dict[int, int]] = {}
        for cost in line.costs:
            for party, amount in split_amount(line, cost.amount, self.parties, self.keys).items():
                place = sums.setdefault((party, cost.kind, cost.source), {})
                place[cost.year] = place.get(cost.year, 0) + amount
        found = [
            PaidCost(
                organisation=self.names.get(party, ""),
                kind=kind,  # type: ignore[arg-type]
                source=source,
                source_name=self.source(source),
                amounts=tuple(amounts.get(year, 0) for year in years),
            )
            for (party, kind, source), amounts in sums.items()
            if any(amounts.values())
        ]
        return tuple(sorted(found, key=lambda item: (item.kind, item.organisation, item.source_name)))


def _measure(row: Any, years: Sequence[int], paying: _Paying, told: assembling.Told) -> Measure:
    need, line = row.row.need, row.line
    return Measure(
        rank=row.row.rank,
        title=row.row.title,
        need=need.number if need else None,
        need_text=need.need if need else "",
        owner=row.row.owner,
        scope=row.organisations,
        organisations=tuple(name for name in row.organisations.split(", ") if name),
        starts_on=row.row.starts_on,
        ends_on=row.row.ends_on,
        status=row.progress.label if row.progress else "",
        budget=tuple(f"{year}: {status.label}" for year, status, _entry in row.budget),
        argument=row.row.argument,
        facts=tuple(Fact(name=name, text=text) for name, text in told.of(row.row)),
        costs=tuple(
            Cost(
                year=cost.year,
                kind=cost.kind,
                source=cost.source,
                source_name=paying.source(cost.source),
                amount=cost.amount,
            )
            for cost in line.costs
        ),
        years=row.years,
        investment=_of_kind(line, years, "investment"),
        operating=_of_kind(line, years, "operating"),
        total=row.total,
        shares={name: total for name, _amounts, total in row.shares},
        paid=paying.of(line, years),
    )


def _of_kind(line: Line, years: Sequence[int], kind: str) -> tuple[int, ...]:
    sums = by_year([line], years, kind=kind)
    return tuple(sums[year] for year in years)


def _by_source(lines: Iterable[Line], years: Sequence[int], paying: _Paying) -> tuple[Sum, ...]:
    sums: dict[str, dict[int, int]] = {}
    for line in lines:
        for cost in line.costs:
            place = sums.setdefault(cost.source, {})
            place[cost.year] = place.get(cost.year, 0) + cost.amount
    return tuple(
        Sum(
            name=paying.source(key),
            amounts=tuple(amounts.get(year, 0) for year in years),
            total=sum(amounts.values()),
        )
        for key, amounts in sorted(sums.items(), key=lambda item: -sum(item[1].values()))
    )


def _decision(said: Any, with_names: bool) -> Decision:
    return Decision(
        body=said.actor_name,
        organisation=str(said.organisation or ""),
        decided_on=said.decided_on,
        outcome=said.outcome_name,
        text=said.text,
        reason=said.reason,
        conditions=said.conditions,
        present=len(said.present),
        present_names=tuple(str(seat.get("name", "")) for seat in said.present) if with_names else (),
    )


def _differences(before: Any, whole: assembling.Whole, names: dict[UUID, str]) -> tuple[Difference, ...]:
    if before is None:
        return ()
    old = [queries.plain(row) for row in queries.lines_of(before)]
    return tuple(
        Difference(kind=change.kind, title=change.title, words=tuple(map(str, change.words)))  # type: ignore[arg-type]
        for change in difference(old, [row.line for row in whole.rows], names)
    )
