"""Measures, money, goals, and how far each area has come with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max

from samstyr.foundation.governance.rules.strategy import LocalStrategy
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.kernel.text import gettext_noop
from samstyr.foundation.organisations.models import RoleHolding
from samstyr.foundation.organisations.queries import on_day
from samstyr.procedure.casework.models import Treatment
from samstyr.wheel.needs.models import Need, NeedState
from samstyr.wheel.portfolio import queries as portfolio
from samstyr.wheel.portfolio.models import MeasureState, PlanLine, ProgressEntry
from samstyr.wheel.strategy import queries as strategy

from ...rules.blocks import Block, Column, Number, Row, cut
from ...rules.measures import Deviation, deviation_of, is_stale
from .asked import Areas, Asked, measures_of, plan_in_force, word
from .cases import more

NO_PLAN = gettext_noop("Ingen plan er vedtatt ennå.")
DEVIATIONS = {
    Deviation.NONE: gettext_noop("Ingen"),
    Deviation.STARTED_EARLY: gettext_noop("Startet %(days)s dager før planen"),
    Deviation.STARTED_LATE: gettext_noop("Startet %(days)s dager etter planen"),
    Deviation.NOT_STARTED: gettext_noop("Skulle ha startet for %(days)s dager siden"),
    Deviation.NOT_DONE: gettext_noop("Skulle ha vært ferdig for %(days)s dager siden"),
}


def measures(asked: Asked) -> Block:
    """The plan's measures: how far, when last told of, what is off plan, and what nobody has told of (N-212, B-47)."""
    found = plan_in_force(asked.day)
    if found is None:
        return Block("measures", asked.day, remarks=(word(NO_PLAN),))
    plan, version = found
    areas = Areas()
    lines = measures_of(version, asked.area, areas)
    progress, started = portfolio.progress_of(plan), portfolio.started_on(plan)
    tolerance = portfolio.start_tolerance(asked.day)
    states: Counter[str] = Counter()
    off = stale = 0
    rows = []
    for line in lines:
        entry = progress.get(line.line_key)
        state = str(entry.state) if entry else str(MeasureState.NOT_STARTED)
        told = oslo_date(entry.recorded_at) if entry else None
        states[state] += 1
        kind, days = deviation_of(
            state, line.starts_on, line.ends_on, started.get(line.line_key), asked.day, tolerance=tolerance
        )
        old = is_stale(state, told, version.adopted_on, line.starts_on, asked.day, asked.stale_days)
        off, stale = off + (kind is not Deviation.NONE), stale + old
        area = areas.of(line.need.unit_id if line.need else None)
        rows.append(
            Row(
                str(line.line_key),
                (
                    line.title, areas.name(area) if area else "", str(MeasureState(state).label).capitalize(),
                    told.isoformat() if told else None, word(STALE if old else FRESH),
                    word(DEVIATIONS[kind], days=days),
                ),
                ("measure", f"{version.pk}/{line.pk}"),
            )
        )  # fmt: skip
    shown, remarks = cut(rows, more())
    return Block(
        "measures", asked.day,
        (
            Number("all", word(gettext_noop("Tiltak")), len(lines)),
            *(Number(str(state.value), str(state.label).capitalize(), states[str(state.value)]) for state in MeasureState),
            Number("off", word(gettext_noop("Avvik fra planen")), off),
            Number("stale", word(gettext_noop("Uten nytt på %(days)s dager"), days=asked.stale_days), stale),
        ),
        (
            Column("title", word(gettext_noop("Tiltak"))), Column("area", word(gettext_noop("Område"))),
            Column("state", word(gettext_noop("Tilstand"))), Column("told", word(gettext_noop("Sist oppdatert")), "date"),
            Column("fresh", word(gettext_noop("Oppdatert"))), Column("off", word(gettext_noop("Avvik"))),
        ),
        shown, (_plan_remark(version), *remarks),
    )  # fmt: skip


STALE, FRESH = gettext_noop("Utdatert"), gettext_noop("Ja")


def _plan_remark(version: Any) -> str:
    words = gettext_noop("Tallene gjelder %(plan)s, versjon %(number)s.")
    return word(words, plan=version.plan.name, number=version.number)


def money(asked: Asked) -> Block:
    """Budget, what the plan commits and what is used in the year: by source, or by measure in one area."""
    found = plan_in_force(asked.ends_on)
    if found is None:
        return Block("money", asked.day, remarks=(word(NO_PLAN),))
    plan, version = found
    year = min(max(asked.ends_on.year, plan.first_year), plan.first_year + plan.years - 1)
    remarks = (_plan_remark(version), word(gettext_noop("Budsjettår %(year)s."), year=year))
    if asked.area is not None:
        return _money_of_area(asked, plan, version, year, remarks)
    names = portfolio.sources(asked.day)
    use = [one for one in portfolio.use_of(plan, asked.day) if one.year == year]
    rows = [
        Row(one.source or "-", (_source(names, one.source), one.budget, one.committed, one.used, one.left))
        for one in use
        if one.budget or one.committed or one.used
    ]
    sums = (
        sum(one.budget for one in use), sum(one.committed for one in use), sum(one.used for one in use),
        sum(one.left for one in use),
    )  # fmt: skip
    numbers = _sums(sums)
    whole = sum(one.amount for one in portfolio.frames(plan) if not one.source and one.year == year)
    if whole:
        numbers = (Number("frame", word(gettext_noop("Ramme for hele planen")), whole, "kr"), *numbers)
    return Block("money", asked.day, numbers, _columns(gettext_noop("Finansiering")), tuple(rows), remarks)


def _source(names: dict[str, str], key: str) -> str:
    return names.get(key, key) if key else word(gettext_noop("Ikke oppgitt"))


def _sums(sums: tuple[int, ...]) -> tuple[Number, ...]:
    keys = ("budget", "committed", "used", "left")
    return tuple(Number(key, word(label), value, "kr") for key, label, value in zip(keys, _MONEY, sums, strict=True))


_MONEY = (
    gettext_noop("Budsjett"), gettext_noop("Bundet i planen"), gettext_noop("Brukt"), gettext_noop("Igjen"),
)  # fmt: skip


def _columns(first: str) -> tuple[Column, ...]:
    keys = ("budget", "committed", "used", "left")
    named = (Column(key, word(label), "kr") for key, label in zip(keys, _MONEY, strict=True))
    return (Column("source", word(first)), *named)


def _money_of_area(asked: Asked, plan: Any, version: Any, year: int, remarks: tuple[str, ...]) -> Block:
    lines = measures_of(version, asked.area, Areas())
    spent = portfolio.money_of_lines(plan, lines, year, asked.day)
    rows, sums = [], [0, 0, 0, 0]
    for line in lines:
        own = spent[line.line_key][None]
        planned = sum(cost.amount for cost in line.costs.all() if cost.year == year)
        cells = (own.granted + own.brought, planned, own.used, own.unspent)
        sums = [one + more for one, more in zip(sums, cells, strict=True)]
        rows.append(Row(str(line.line_key), (line.title, *cells), ("measure", f"{version.pk}/{line.pk}")))
    return Block("money", asked.day, _sums(tuple(sums)), _columns(gettext_noop("Tiltak")), tuple(rows), remarks)


def goals(asked: Asked) -> Block:
    """The arrangement's own goals and strategies with what serves them, and those that nothing serves."""
    content = strategy.content_on(asked.day)
    own = [*_own_goals(content.goals), *content.strategies]
    found = plan_in_force(asked.day)
    lines: list[PlanLine] = portfolio.lines_of(found[1]) if found else []
    begun = {
        key for key, entry in portfolio.progress_of(found[0]).items() if entry.state != MeasureState.NOT_STARTED
    } if found else set()  # fmt: skip
    asked_for: Counter[str] = Counter()
    rows = Need.objects.filter(state__in=(NeedState.SUBMITTED, NeedState.ENDED)).values_list("goals", flat=True)
    for keys in rows:
        asked_for.update(set(keys))
    planned = Counter(key for line in lines for key in set(_goals_of(line)))
    moving = Counter(key for line in lines if line.line_key in begun for key in set(_goals_of(line)))
    leaves = [one for one in own if isinstance(one, LocalStrategy) or not one.goals]
    idle = [goal for goal in leaves if not planned[goal.key] and not asked_for[goal.key]]
    served, on_way = len(leaves) - len(idle), sum(bool(moving[goal.key]) for goal in leaves)
    shown, remarks = cut(
        [
            Row(goal.key, (str(goal.text), asked_for[goal.key], planned[goal.key], moving[goal.key]))
            for goal in own
        ],
        more(),
    )  # fmt: skip
    if idle:
        told = word(
            gettext_noop("Ingen behov eller tiltak støtter: %(goals)s."),
            goals="; ".join(str(g.text) for g in idle[:20]),
        )
        remarks = (told, *remarks)
    return Block(
        "goals", asked.day,
        (
            Number("all", word(gettext_noop("Mål uten delmål, og strategier")), len(leaves)),
            Number("served", word(gettext_noop("Har behov eller tiltak")), served),
            Number("moving", word(gettext_noop("Har tiltak i gang")), on_way),
            Number("share", word(gettext_noop("Andel med tiltak i gang")), _share(on_way, len(leaves)), "percent"),
        ),
        (
            Column("goal", word(gettext_noop("Mål og strategier"))), Column("needs", word(gettext_noop("Behov")), "count"),
            Column("measures", word(gettext_noop("Tiltak")), "count"),
            Column("moving", word(gettext_noop("I gang eller ferdig")), "count"),
        ),
        shown, remarks,
    )  # fmt: skip


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _goals_of(line: PlanLine) -> list[str]:
    return list(line.goals) or (list(line.need.goals) if line.need else [])


def _own_goals(goals: Any) -> list[Any]:
    found = []
    for goal in goals:
        if not goal.national:
            found.append(goal)
            found += _own_goals(goal.goals)
    return found


@dataclass
class Activity:
    """What an area has going, and when something last happened there."""

    goals: set[str] = field(default_factory=set)
    needs: int = 0
    measures: int = 0
    last: date = date.min

    def seen(self, day: date) -> None:
        """Something happened on the day."""
        self.last = max(self.last, day)


def _activity(asked: Asked, places: Areas) -> dict[UUID | None, Activity]:
    """Each area's needs and measures with their goals, and the latest of what was sent in, treated and told of."""
    found = plan_in_force(asked.day)
    told: dict[UUID | None, Activity] = {area: Activity() for area in (*places.names, None)}
    units = {}
    for line in portfolio.lines_of(found[1]) if found else []:
        units[line.line_key] = own = told[places.of(line.need.unit_id if line.need else None)]
        own.measures += 1
        own.goals.update(_goals_of(line))
    rows = Need.objects.exclude(state__in=(NeedState.DRAFT, NeedState.WITHDRAWN)).exclude(submitted_at=None)
    for unit, submitted, keys in rows.values_list("unit_id", "submitted_at", "goals"):
        own = told[places.of(unit)]
        own.needs += 1
        own.goals.update(keys)
        own.seen(oslo_date(submitted))
    treated = Treatment.objects.order_by().values_list("case__unit_id").annotate(last=Max("decided_on"))
    for unit, day in treated:
        told[places.of(unit)].seen(day)
    for key, day in ProgressEntry.objects.filter(line_key__in=list(units)).values_list("line_key", "happened_on"):
        units[key].seen(day)
    return told


def areas(asked: Asked) -> Block:
    """Each area: its goals, needs and measures, who it has as contact, its last activity, and whether it is silent (N-030)."""
    places = Areas()
    told = _activity(asked, places)
    contacts = _contacts(asked, places)
    limit = asked.day - timedelta(days=asked.stale_days)
    shown = places.shown([], asked.area)
    silent = [area for area in shown if told[area].last < limit]
    return Block(
        "areas", asked.day,
        (
            Number("all", word(gettext_noop("Områder")), len(shown)),
            Number("silent", word(gettext_noop("Stille områder")), len(silent)),
            Number("no_contact", word(gettext_noop("Uten kontakt")), sum(area not in contacts for area in shown)),
        ),
        (
            Column("area", word(gettext_noop("Område"))), Column("goals", word(gettext_noop("Mål")), "count"),
            Column("needs", word(gettext_noop("Behov")), "count"), Column("measures", word(gettext_noop("Tiltak")), "count"),
            Column("contact", word(gettext_noop("Kontakt"))),
            Column("last", word(gettext_noop("Siste aktivitet")), "date"),
            Column("silent", word(gettext_noop("Stille"))),
        ),
        tuple(
            Row(
                str(area),
                (
                    places.name(area), len(told[area].goals), told[area].needs, told[area].measures,
                    ", ".join(contacts.get(area, ())),
                    told[area].last.isoformat() if told[area].last > date.min else None,
                    word(SILENT if area in silent else ACTIVE),
                ),
                ("unit", str(area)),
            )
            for area in shown
        ),
        (
            (word(gettext_noop("Stille områder: %(areas)s."), areas=", ".join(places.name(area) for area in silent)),)
            if silent
            else ()
        ),
    )  # fmt: skip


SILENT, ACTIVE = gettext_noop("Ja"), gettext_noop("Nei")


def _contacts(asked: Asked, places: Areas) -> dict[UUID | None, list[str]]:
    """The roles held in each area itself, by name: never whose they are."""
    names = {role.key: str(role.name) for role in asked.model.roles}
    rows = RoleHolding.objects.filter(
        on_day(asked.day), unit_id__in=list(places.names), role__in=list(names), person__is_active=True
    )
    found: dict[UUID | None, list[str]] = {}
    for unit, role in rows.order_by("role").values_list("unit_id", "role"):
        if names[role] not in found.setdefault(unit, []):
            found[unit].append(names[role])
    return found
