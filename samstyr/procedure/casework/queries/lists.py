"""Lists of cases: searched, filtered, sorted, and counted by the wheel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from samstyr.foundation.access import Actor
from samstyr.foundation.kernel.clock import oslo_date

from ..models import Case, CaseOrganisation, CaseState, CaseStep, StepState
from . import visible_to, with_parts


def search(actor: Actor, text: str) -> QuerySet[Case]:
    """Cases the actor may see whose title holds every word, or whose number is given as 2026/12; newest first."""
    found = visible_to(actor)
    for word in text.split()[:8]:
        year, slash, number = word.partition("/")
        if slash and word.isascii() and year.isdigit() and number.isdigit() and len(word) < 12:
            found = found.filter(year=int(year), number=int(number))
        else:
            found = found.filter(title__icontains=word)
    return found.order_by("-year", "-number")


def waiting_for_body(actor: Actor, body: str) -> list[CaseStep]:
    """The open steps with a deadline that wait for the body, in cases that the actor may see."""
    rows = CaseStep.objects.filter(
        state=StepState.ACTIVE, case__state=CaseState.OPEN, actor_body=body, due_on__isnull=False,
        case__in=visible_to(actor),
    )  # fmt: skip
    return list(rows.select_related("case").order_by("due_on", "pk"))


SORTS = {
    "number": ("year", "number"),
    "title": ("title",),
    "opened": ("opened_at",),
    "state": ("state", "year", "number"),
}


def listing(
    actor: Actor,
    *,
    text: str = "",
    state: str = "",
    path: str = "",
    year: int | None = None,
    organisation: UUID | None = None,
    step: str = "",
    overdue_on: date | None = None,
    sort: str = "-number",
) -> QuerySet[Case]:
    """Cases the actor may see, filtered and sorted by names from a fixed list; parts prefetched.

    `overdue_on`: only those with an open step whose deadline lay before the day (B-42).
    """
    rows = search(actor, text) if text else visible_to(actor)
    if state in CaseState.values:
        rows = rows.filter(state=state)
    if overdue_on:
        late = CaseStep.objects.filter(case_id=OuterRef("pk"), state=StepState.ACTIVE, due_on__lt=overdue_on)
        rows = rows.filter(Exists(late), state=CaseState.OPEN)
    if path:
        rows = rows.filter(path=path)
    if year:
        rows = rows.filter(year=year)
    if organisation:
        rows = rows.filter(
            Exists(CaseOrganisation.objects.filter(case_id=OuterRef("pk"), organisation_id=organisation))
        )
    if step:
        rows = rows.filter(Exists(CaseStep.objects.filter(case_id=OuterRef("pk"), step=step, state=StepState.ACTIVE)))
    descending = sort.startswith("-")
    names = SORTS.get(sort.lstrip("-"), SORTS["number"])
    return with_parts(rows).order_by(*(f"-{name}" if descending else name for name in names), "pk")


@dataclass(frozen=True)
class StepReport:
    """How one step of the wheel went in a year: instances done in time, done late, open, and open past deadline."""

    key: str
    name: str
    on_time: int
    late: int
    open: int
    overdue: int


def wheel_report(model: Any, year: int, today: date) -> list[StepReport]:
    """On-time, late and missing instances per step of the model's paths in the year (B-39).

    A step that the wheel waits for is told also when nothing has been done at it.
    """
    rows = CaseStep.objects.filter(opened_on__year=year).exclude(state__in=(StepState.SKIPPED, StepState.CANCELLED))
    awaited = {key for period in (model.wheel.periods if model.wheel else ()) for key in period.steps}
    counts: dict[tuple[str, str], list[int]] = {}
    for path, step, state, due_on, closed_at in rows.values_list(
        "case__path", "step", "state", "due_on", "closed_at"
    ).iterator(chunk_size=2000):
        cell = counts.setdefault((path, step), [0, 0, 0, 0])
        if state == StepState.ACTIVE:
            cell[2] += 1
            cell[3] += bool(due_on and due_on < today)
        else:
            late = state == StepState.WAIVED or bool(due_on and closed_at and oslo_date(closed_at) > due_on)
            cell[1 if late else 0] += 1
    return [
        StepReport(f"{path.key}/{step.key}", str(step.name), *counts.get((path.key, step.key), (0, 0, 0, 0)))
        for path in model.paths
        for step in path.steps
        if (path.key, step.key) in counts or step.window or f"{path.key}/{step.key}" in awaited
    ]
