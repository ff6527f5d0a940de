"""What comes in, what is decided, and what is late."""

from __future__ import annotations

from collections import Counter
from datetime import date
from statistics import median
from typing import Any
from uuid import UUID

from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.kernel.text import gettext_noop
from samstyr.procedure.casework.models import Case, CaseStep, StepState, Treatment
from samstyr.procedure.casework.queries import lists as case_lists
from samstyr.procedure.casework.queries import overdue_steps
from samstyr.procedure.meetings.models import FollowUp
from samstyr.procedure.meetings.queries import follow_ups as following
from samstyr.wheel.needs.models import Need, NeedState
from samstyr.wheel.portfolio.models import MeasureState, PlanLine, ProgressEntry

from ...rules.blocks import Block, Column, Number, Row, cut
from .asked import Areas, Asked, closed_cases, word

MORE = gettext_noop("I tillegg kommer %%(count)s rader som ikke er tatt med her.")


def more() -> str:
    """The remark on rows that are left out, to be filled with `count`."""
    return word(MORE)


def cases(asked: Asked) -> Block:
    """Demands per area: received, included, carried out, and how long they have waited (A-90)."""
    areas = Areas()
    tally: dict[UUID | None, Counter[str]] = {}
    waits: dict[UUID | None, list[int]] = {}
    opens: dict[UUID | None, list[int]] = {}
    rows = Case.objects.filter(subject_kind="need").values_list(
        "unit_id", "opened_at", "ended_at", "state", "outcome_effect"
    )
    for unit, opened, ended, state, effect in rows:
        area = areas.of(unit)
        cell = tally.setdefault(area, Counter())
        cell["received"] += asked.during(opened)
        cell["open"] += state != "ended"
        if state != "ended":
            opens.setdefault(area, []).append((asked.day - oslo_date(opened)).days)
        if ended and asked.during(ended):
            cell["ended"] += 1
            cell["included"] += effect == "end_positive"
            waits.setdefault(area, []).append((oslo_date(ended) - oslo_date(opened)).days)
    for unit in _done(asked):
        tally.setdefault(areas.of(unit), Counter())["done"] += 1
    shown = areas.shown(tally, asked.area)
    return Block(
        "cases", asked.day,
        (
            *(_sum(key, label, tally, shown) for key, label in _COUNTS),
            Number("wait", word(_WAIT), _middle(waits, shown), "days"),
            Number("open_wait", word(_OPEN_WAIT), _middle(opens, shown), "days"),
        ),
        (
            Column("area", word(gettext_noop("Område"))),
            *(Column(key, word(label), "count") for key, label in _COUNTS),
            Column("wait", word(_WAIT), "days"),
            Column("open_wait", word(_OPEN_WAIT), "days"),
        ),
        tuple(
            Row(
                str(area or "-"),
                (
                    areas.name(area), *(tally.get(area, Counter())[key] for key, _label in _COUNTS),
                    _middle(waits, [area]), _middle(opens, [area]),
                ),
                ("unit", str(area)) if area else None,
            )
            for area in shown
        ),
    )  # fmt: skip


_COUNTS = (
    ("received", gettext_noop("Mottatt")),
    ("included", gettext_noop("Tatt med")),
    ("done", gettext_noop("Gjennomført")),
    ("open", gettext_noop("Under behandling nå")),
)
_WAIT = gettext_noop("Median behandlingstid, avsluttede")
_OPEN_WAIT = gettext_noop("Median ventetid, åpne")


def _done(asked: Asked) -> list[UUID | None]:
    """The unit of each measure that was noted as done in the period, once each."""
    rows = ProgressEntry.objects.filter(
        state=MeasureState.DONE, happened_on__gte=asked.starts_on, happened_on__lte=asked.ends_on
    )
    keys = set(rows.values_list("line_key", flat=True))
    lines = PlanLine.objects.filter(line_key__in=keys, need__isnull=False).order_by()
    return [unit for _line, unit in set(lines.values_list("line_key", "need__unit_id"))]


def _sum(key: str, label: str, tally: dict[Any, Counter[str]], shown: list[Any]) -> Number:
    return Number(key, word(label), sum(tally[area][key] for area in shown if area in tally))


def _middle(waits: dict[Any, list[int]], shown: list[Any]) -> int | float | None:
    days = [day for area in shown for day in waits.get(area, ())]
    found = median(days) if days else None
    return int(found) if found is not None and found == int(found) else found


def needs(asked: Asked) -> Block:
    """Needs per area: sent in during the period and the year, where they stand, and what has come of them."""
    areas = Areas()
    tally: dict[UUID | None, Counter[str]] = {}
    rows = Need.objects.exclude(state=NeedState.DRAFT).values_list("unit_id", "submitted_at", "state")
    for unit, submitted, state in rows:
        cell = tally.setdefault(areas.of(unit), Counter())
        cell["sent"] += asked.during(submitted)
        cell["year"] += bool(submitted and oslo_date(submitted).year == asked.ends_on.year)
        cell[str(state)] += 1
    columns = (
        ("sent", gettext_noop("Meldt inn i perioden")),
        ("year", gettext_noop("Meldt inn i år")),
        (str(NeedState.SUBMITTED), gettext_noop("Under behandling")),
        (str(NeedState.RETURNED), gettext_noop("Sendt tilbake")),
        (str(NeedState.ENDED), gettext_noop("Ferdig behandlet")),
        (str(NeedState.WITHDRAWN), gettext_noop("Trukket")),
    )
    shown = areas.shown(tally, asked.area)
    empty: Counter[str] = Counter()
    return Block(
        "needs", asked.day,
        tuple(_sum(key, label, tally, shown) for key, label in columns),
        (Column("area", word(gettext_noop("Område"))), *(Column(key, word(label), "count") for key, label in columns)),
        tuple(
            Row(
                str(area or "-"), (areas.name(area), *(tally.get(area, empty)[key] for key, _label in columns)),
                ("unit", str(area)) if area else None,
            )
            for area in shown
        ),
    )  # fmt: skip


def decisions(asked: Asked) -> Block:
    """What has been decided in the period, corrected decisions once, newest first."""
    rows = list(
        Treatment.objects.filter(kind="adopt", decided_on__gte=asked.starts_on, decided_on__lte=asked.ends_on)
        .select_related("case")
        .order_by("-decided_on", "-recorded_at")
    )
    replaced = {row.corrects_id for row in rows if row.corrects_id}
    rows = [row for row in rows if row.pk not in replaced]
    if asked.area is not None:
        areas = Areas()
        rows = [row for row in rows if areas.of(row.case.unit_id) == asked.area]
    closed = closed_cases()
    names = {body.key: str(body.name) for body in asked.model.bodies}
    kinds = Counter("yes" if row.effect == "end_positive" else "no" for row in rows)
    shown, remarks = cut(
        [
            Row(
                str(row.pk),
                (
                    row.decided_on.isoformat(), _title(row.case, closed),
                    names.get(row.body, row.body) if row.body else _role(asked, row.role), row.outcome_name,
                ),
                ("case", str(row.case_id)),
            )
            for row in rows
        ],
        more(),
    )  # fmt: skip
    return Block(
        "decisions", asked.day,
        (
            Number("all", word(gettext_noop("Vedtak")), len(rows)),
            Number("yes", word(gettext_noop("Vedtatt")), kinds["yes"]),
            Number("no", word(gettext_noop("Andre utfall")), kinds["no"]),
        ),
        (
            Column("on", word(gettext_noop("Dato")), "date"), Column("case", word(gettext_noop("Sak"))),
            Column("by", word(gettext_noop("Avgjort av"))), Column("outcome", word(gettext_noop("Utfall"))),
        ),
        shown, remarks,
    )  # fmt: skip


def _role(asked: Asked, key: str) -> str:
    role = asked.model.role(key)
    return str(role.name) if role else key


def _title(case: Case, closed: set[UUID]) -> str:
    number = f"{case.year}/{case.number}"
    return f"{number} {word(gettext_noop('Unntatt offentlighet'))}" if case.pk in closed else f"{number} {case.title}"


def follow_ups(asked: Asked) -> Block:
    """What bodies have asked for and that is past its day; and how much is open and done (D-08)."""
    rows = list(FollowUp.objects.select_related("item").order_by("due_on"))
    late = [row for row in rows if row.done_at is None and row.due_on < asked.day]
    names = following.bodies_named(rows, asked.day)
    shown, remarks = cut(
        [
            Row(
                str(row.pk), (str(row), names[row.body], row.due_on.isoformat(), (asked.day - row.due_on).days),
                ("follow_up", str(row.pk)),
            )
            for row in late
        ],
        more(),
    )  # fmt: skip
    return Block(
        "follow_ups", asked.day,
        (
            Number("late", word(gettext_noop("Over fristen")), len(late)),
            Number("open", word(gettext_noop("Åpne")), sum(row.done_at is None for row in rows)),
            Number("done", word(gettext_noop("Gjort i perioden")), sum(asked.during(row.done_at) for row in rows)),
        ),
        (
            Column("title", word(gettext_noop("Oppfølging"))), Column("body", word(gettext_noop("Bedt om av"))),
            Column("due", word(gettext_noop("Frist")), "date"), Column("days", word(gettext_noop("Over fristen")), "days"),
        ),
        shown, remarks,
    )  # fmt: skip


def wheel(asked: Asked) -> Block:
    """The wheel's steps in the year: in time, late, open, and open past their deadline (B-39)."""
    rows = case_lists.wheel_report(asked.model, asked.ends_on.year, asked.day)
    columns = (
        ("on_time", gettext_noop("I tide")), ("late", gettext_noop("For sent")), ("open", gettext_noop("Åpne")),
        ("overdue", gettext_noop("Over fristen")),
    )  # fmt: skip
    silent = [row.name for row in rows if not (row.on_time or row.late or row.open)]
    remarks = (
        (word(gettext_noop("Ingenting er gjort her i år: %(steps)s."), steps=", ".join(silent)),) if silent else ()
    )
    return Block(
        "wheel", asked.day,
        tuple(Number(key, word(label), sum(getattr(row, key) for row in rows)) for key, label in columns),
        (Column("step", word(gettext_noop("Steg"))), *(Column(key, word(label), "count") for key, label in columns)),
        tuple(Row(row.key, (row.name, *(getattr(row, key) for key, _label in columns))) for row in rows),
        remarks,
    )  # fmt: skip


def late_steps(asked: Asked) -> list[Row]:
    """Each open step past its deadline."""
    closed = closed_cases()
    rows = overdue_steps(asked.day).order_by("due_on", "pk")
    return [
        Row(
            str(row.pk), (_title(row.case, closed), row.name, row.due_on.isoformat(), (asked.day - row.due_on).days),
            ("case", str(row.case_id)),
        )
        for row in rows
        if row.due_on is not None
    ]  # fmt: skip


def steps_of_period(asked: Asked) -> Counter[str]:
    """Steps that ended in the period: in time, and after their deadline or by silence."""
    found: Counter[str] = Counter()
    rows = CaseStep.objects.exclude(closed_at=None).filter(state__in=(StepState.DONE, StepState.WAIVED))
    for state, due, closed in rows.values_list("state", "due_on", "closed_at"):
        if asked.during(closed):
            found["late" if state == StepState.WAIVED or _after(closed, due) else "on_time"] += 1
    return found


def _after(closed: Any, due: date | None) -> bool:
    return due is not None and oslo_date(closed) > due
