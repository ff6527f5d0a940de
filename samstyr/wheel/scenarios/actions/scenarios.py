"""Making, copying, changing and deleting scenarios, and their limits."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Choice, Limit, Scenario, ScenarioState
from ..queries import known, scenario_facts
from ..rules.values import LimitValues, limit_faults, limit_key

MOST_LIMITS = 1_000


def open_scenario(ctx: Context, key: UUID, version: int | None = None) -> Scenario:
    """The scenario, locked, if the person may change it and it is still worked on. Raises Conflict otherwise."""
    row = ctx.load(Scenario, key, version=version)
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, scenario_facts()))
    if row.state != ScenarioState.OPEN:
        raise Conflict(
            say(gettext_noop("Scenarioet er ført inn i planen og kan ikke endres.")),
            remedy=say(gettext_noop("Lag en kopi, og arbeid videre i den.")),
            rule="scenario.used",
        )
    return row


@action("scenario.create", kind="scenario")
def create_scenario(
    ctx: Context,
    *,
    name: str,
    first_year: int,
    years: int = 4,
    note: str = "",
    delay_percent: int = 5,
    cost_percent: int = 100,
    left: Collection[UUID] = (),
    copy_of: UUID | None = None,
) -> Scenario:
    """A new scenario, with the limits and choices of the one it is a copy of. Raises Invalid, NotFound."""
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, scenario_facts()))
    source = ctx.load(Scenario, copy_of) if copy_of else None
    row = Scenario(copied_from=source)
    _fill(ctx, row, name, first_year, years, note, delay_percent, cost_percent, left)
    ctx.create(row)
    if source is not None:
        _copy(ctx, source, row)
    ctx.record("scenario.created", row)
    return row


def _copy(ctx: Context, source: Scenario, row: Scenario) -> None:
    years = range(row.first_year, row.first_year + row.years)
    limits = Limit.objects.filter(scenario=source)
    ctx.create_many(
        Limit,
        [
            Limit(scenario=row, **{name: getattr(limit, name) for name in _LIMIT_COLUMNS})
            for limit in limits
            if limit.year is None or limit.year in years
        ],
    )
    ctx.create_many(
        Choice,
        [
            Choice(
                scenario=row, candidate_id=choice.candidate_id, pin=choice.pin, pinned_year=choice.pinned_year,
                start=choice.start if choice.start in years else None, by_hand=choice.by_hand, reason=choice.reason,
            )
            for choice in Choice.objects.filter(scenario=source)
        ],
    )  # fmt: skip


_LIMIT_COLUMNS = (
    "key", "measure", "at_least", "year", "organisation_id", "kind", "source", "role", "area_id", "focus_area", "amount",
)  # fmt: skip


@action("scenario.save", kind="scenario")
def save_scenario(
    ctx: Context,
    *,
    scenario_id: UUID,
    version: int | None,
    name: str,
    first_year: int,
    years: int = 4,
    note: str = "",
    delay_percent: int = 5,
    cost_percent: int = 100,
    left: Collection[UUID] = (),
) -> Scenario:
    """Change what the scenario is called and assumes. Limits and choices of years that fall out go with them."""
    row = open_scenario(ctx, scenario_id, version)
    before = row.snapshot()
    _fill(ctx, row, name, first_year, years, note, delay_percent, cost_percent, left)
    ctx.save(row)
    horizon = range(row.first_year, row.first_year + row.years)
    Limit.objects.filter(scenario=row, year__isnull=False).exclude(year__in=horizon).delete()
    Choice.objects.filter(scenario=row, start__isnull=False).exclude(start__in=horizon).update(start=None)
    Choice.objects.filter(scenario=row, pinned_year__isnull=False).exclude(pinned_year__in=horizon).update(
        pinned_year=None
    )
    ctx.record("scenario.saved", row, before=before)
    return row


def _fill(
    ctx: Context,
    row: Scenario,
    name: str,
    first_year: int,
    years: int,
    note: str,
    delay_percent: int,
    cost_percent: int,
    left: Collection[UUID],
) -> None:
    faults = []
    title = name.strip()
    if not title or len(title) > 200 or "\0" in title:
        faults.append(FieldError("name", say(gettext_noop("Skriv hva scenarioet heter, høyst 200 tegn.")), title[:40]))
    elif Scenario.objects.filter(first_year=first_year, name=title).exclude(pk=row.pk).exists():
        faults.append(
            FieldError("name", say(gettext_noop("Et annet scenario for samme periode heter det samme.")), title)
        )
    if len(note) > 10_000 or "\0" in note:
        faults.append(FieldError("note", say(gettext_noop("Teksten er for lang eller har ugyldige tegn."))))
    bounds = (
        ("first_year", first_year, 2000, 2100), ("years", years, 1, 12), ("delay_percent", delay_percent, 0, 100),
        ("cost_percent", cost_percent, 1, 1_000),
    )  # fmt: skip
    faults += [
        FieldError(
            place, say(gettext_noop("Skriv et tall fra %(least)s til %(most)s."), least=least, most=most), str(given)
        )
        for place, given, least, most in bounds
        if not least <= given <= most
    ]
    if set(left) - set(known(ctx.today).organisations):
        faults.append(FieldError("left", say(gettext_noop("En av kommunene finnes ikke i denne styringsordningen."))))
    if faults:
        raise Invalid(*faults)
    row.name, row.note, row.first_year, row.years = title, note.strip(), first_year, years
    row.delay_percent, row.cost_percent = delay_percent, cost_percent
    row.left = sorted(str(key) for key in left)


@action("scenario.delete", kind="scenario")
def delete_scenario(ctx: Context, *, scenario_id: UUID, version: int | None) -> None:
    """Delete a scenario that is worked on, with its limits, choices and solutions. One used in a plan is kept."""
    row = open_scenario(ctx, scenario_id, version)
    before = row.snapshot()
    ctx.record("scenario.deleted", row, before={**before, "deleted": "no"})
    ctx.delete(row)


@action("scenario.limits", kind="scenario")
def set_limits(ctx: Context, *, scenario_id: UUID, version: int | None, limits: tuple[LimitValues, ...]) -> Scenario:
    """Let the scenario have these limits and no others. Raises Invalid with the place of each fault."""
    row = open_scenario(ctx, scenario_id, version)
    faults = limit_faults(limits, range(row.first_year, row.first_year + row.years), known(ctx.today))
    if len(limits) > MOST_LIMITS:
        faults.append(FieldError("limits", say(gettext_noop("Det kan være høyst 1 000 rammer."))))
    if faults:
        raise Invalid(*faults)
    was = {limit.key: limit.amount for limit in Limit.objects.filter(scenario=row)}
    Limit.objects.filter(scenario=row).delete()
    ctx.create_many(
        Limit,
        [
            Limit(
                scenario=row, key=limit_key(item), measure=item.measure, at_least=item.at_least, year=item.year,
                organisation_id=item.organisation, kind=item.kind, source=item.source, role=item.role,
                area_id=item.area, focus_area=item.focus_area, amount=item.amount,
            )
            for item in limits
        ],
    )  # fmt: skip
    before = row.snapshot()
    ctx.save(row)
    ctx.record(
        "scenario.limits",
        row,
        before=before,
        limits_before=was,
        limits={limit_key(item): item.amount for item in limits},
    )
    return row


@action("scenario.used", kind="scenario")
def mark_used(
    ctx: Context, *, scenario_id: UUID, version: int | None, plan_version: UUID, reason: str, told: dict[str, Any]
) -> Scenario:
    """Freeze the scenario as carried into the plan version's draft; `told` goes on the trail."""
    row = open_scenario(ctx, scenario_id, version)
    before = row.snapshot()
    row.state, row.used_in, row.difference_reason = ScenarioState.USED, plan_version, reason
    ctx.save(row)
    ctx.record("scenario.used", row, before=before, **told)
    return row
