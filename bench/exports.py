"""Workloads of the plan's documents: a plan of 200 measures as Word, tagged PDF and Excel, in time and peak memory.

Peak memory is that of a process of its own, which makes the one document and nothing else; the floor is a process
that builds the same content and makes no document.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bench.needs import Workload
from samstyr.outward.exports import budget, pdf, tables, word
from samstyr.outward.exports.content import Cost, Decision, Difference, Measure, PaidCost, PlanContent, Sum

MEASURES = 200
YEARS = (2027, 2028, 2029, 2030)
PAYERS = ("Nordby", "Sørby")
TEXT = (
    "Tjenesten bruker tid på arbeid som ikke hjelper innbyggeren. Tiltaket gjør at dette skjer én gang, på ett sted. "
)


def measure(number: int) -> Measure:
    """One joint measure with investment and operation from two sources, and a text of some lines."""
    costs = tuple(
        Cost(year=year, kind=kind, source=source, source_name=source.capitalize(), amount=amount)
        for year in YEARS
        for kind, source, amount in (("investment", "prosjekt", 150_001), ("operating", "drift", 80_007 + number))
    )
    paid = tuple(
        PaidCost(organisation=payer, kind=kind, source=source, source_name=source.capitalize(), amounts=(amount,) * 4)
        for payer in PAYERS
        for kind, source, amount in (("investment", "prosjekt", 75_000), ("operating", "drift", 40_000 + number))
    )
    years = tuple(sum(cost.amount for cost in costs if cost.year == year) for year in YEARS)
    return Measure(
        rank=number, title=f"Tiltak {number} om felles løsninger", need=number, need_text=TEXT * 3, owner="Leder",
        scope=", ".join(PAYERS), organisations=PAYERS, starts_on=date(2027, 1, 1), ends_on=date(2029, 12, 31),
        status="I gang", budget=("2027: Bevilget",), argument=TEXT * 2, costs=costs, years=years,
        investment=(150_001,) * 4, operating=(80_007 + number,) * 4, total=sum(years),
        shares=dict.fromkeys(PAYERS, sum(years) // 2), paid=paid,
    )  # fmt: skip


def content(count: int = MEASURES) -> PlanContent:
    """A plan of so many measures."""
    measures = tuple(measure(number) for number in range(1, count + 1))
    totals = tuple(sum(row.years[at] for row in measures) for at in range(4))
    half = tuple(amount // 2 for amount in totals)
    decisions = tuple(
        Decision(body=f"Organ {number}", decided_on=date(2026, 6, number), outcome="Vedtatt", text=TEXT * 3, present=7)
        for number in range(1, 6)
    )
    changes = tuple(Difference(kind="changed", title=row.title, words=(TEXT,)) for row in measures[::5])
    return PlanContent(
        arrangement="Samarbeidet", plan="Handlingsplan", first_year=2027, years=YEARS, version=2, state="adopted",
        state_name="vedtatt", adopted_on=date(2026, 6, 1), decision="Vedtatt", seal="0" * 64, measures=measures,
        totals=totals, investment=half, operating=half, total=sum(totals), previous_version=1, differences=changes,
        by_organisation=tuple(Sum(name=payer, amounts=half, total=sum(half)) for payer in PAYERS),
        by_source=(Sum(name="Drift", amounts=totals, total=sum(totals)),), decisions=decisions,
    )  # fmt: skip


FORMS: dict[str, Callable[[PlanContent], bytes | None]] = {
    "nothing": lambda _plan: None,
    "Word": word.filled,
    "PDF": pdf.pdf,
    "budget": budget.budget,
    "Excel": tables.xlsx,
    "JSON": tables.json,
}


def export_workload(form: str, count: int = MEASURES) -> Workload:
    """The plan in one form."""
    plan = content(count)
    return Workload(f"plan as {form}", lambda: FORMS[form](plan), 1, "plan")


def export_floor(count: int = MEASURES) -> Workload:
    """The plan's figures and texts as bare JSON."""
    plain = content(count).model_dump(mode="json")
    return Workload("plan, bare JSON", lambda: json.dumps(plain), 1, "plan")


@dataclass(frozen=True)
class First:
    """The first document that a process makes: milliseconds, and the most megabytes it and the typesetter held."""

    form: str
    milliseconds: int
    megabytes: int
    typesetter: int


_FIRST = """
import django; django.setup()
import resource, sys, time
from bench import exports
plan, form = exports.content(int(sys.argv[2])), sys.argv[1]
begun = time.perf_counter()
exports.FORMS[form](plan)
spent = round((time.perf_counter() - begun) * 1000)
held = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(spent, int(held.split()[1]) // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def firsts(count: int = MEASURES) -> list[First]:
    """The first document of each form, in a process of its own; the typesetter runs in another, and remembers nothing."""
    found = []
    for form in FORMS:
        run = [sys.executable, "-c", _FIRST, form, str(count)]
        told = subprocess.run(run, capture_output=True, text=True, check=True).stdout.split()
        found.append(First(form, *map(int, told)))
    return found
