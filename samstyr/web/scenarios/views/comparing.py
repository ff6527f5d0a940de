"""Up to four scenarios side by side, on the page and as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _

from samstyr.foundation.ui import formats, htmx
from samstyr.web.saving import table_response
from samstyr.web.scenarios.drawing import Chart, chart
from samstyr.web.scenarios.figures import whole_points
from samstyr.web.scenarios.standing import Standing, period_name
from samstyr.wheel.scenarios import queries
from samstyr.wheel.scenarios.rules.instance import Limit

from .parts import PER_PAGE, key_of, scenario_crumbs, url

MOST = 4


@dataclass(frozen=True)
class Block:
    """One part of the comparison: a table with a column per scenario, and perhaps a chart of the same."""

    title: str
    head: str
    rows: list[tuple[str, list[str]]]
    chart: Chart | None = None
    label: str = ""


def compare(request: Any) -> HttpResponse:
    """The scenarios that the address names, side by side."""
    standings = _standings(request)
    chosen = {one.scenario.pk for one in standings}
    page = Paginator(_different(standings), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "names": [one.scenario.name for one in standings],
        "too_many": len(_keys(request)) > MOST,
        "figures": _figures(standings),
        "blocks": _blocks(standings),
        "page": page,
        "differences": [_difference(request, standings, key) for key in page.object_list],
        "offered": [
            {"key": row.scenario.pk, "name": f"{row.scenario.name} ({period_name(row.scenario)})", "chosen": row.scenario.pk in chosen}
            for row in queries.listing.overview(request.actor)
        ],
        "query": request.GET.urlencode(),
        "crumbs": scenario_crumbs(request),
    }  # fmt: skip
    return htmx.render(request, "scenarios/compare.html", None, context)


def export(request: Any, ending: str) -> HttpResponse:
    """The comparison as one table: figures, money, people, goals, and the start year of each candidate."""
    standings = _standings(request)
    rows: list[list[Any]] = [[_("Nøkkeltall"), label, *cells] for label, cells in _figures(standings)]
    for block in _blocks(standings):
        rows += [[block.title, label, *cells] for label, cells in block.rows]
    for key in _different(standings):
        words = [one.starts.get(key) or "" for one in standings]
        rows.append([_("Startår, ulikt valgt"), _title(standings, key), *words])
    header = [_("Del"), _("Mål"), *(one.scenario.name for one in standings)]
    return table_response(_("Sammenligning"), header, rows, ending=ending)


def _keys(request: Any) -> list[UUID]:
    keys = [key_of(text) for text in request.GET.getlist("s")]
    return list(dict.fromkeys(key for key in keys if key))


def _standings(request: Any) -> list[Standing]:
    found = queries.listing.scenarios_by_id(request.actor, _keys(request)[:MOST])
    return [Standing(request, scenario) for scenario in found]


def _figures(standings: Sequence[Standing]) -> list[tuple[str, list[str]]]:
    best = max([1, *(one.value for one in standings)])
    lines: list[tuple[str, Callable[[Standing], str]]] = [
        (_("Samlet verdi"), lambda one: whole_points(one.value)),
        (_("Av den høyeste"), lambda one: formats.percent(round(100 * one.value / best, 1))),
        (_("Valgte tiltak"), lambda one: formats.number(len(one.starts))),
        (_("Kostnad i perioden, kr"), lambda one: formats.number(one.cost)),
        (_("Samlet risiko"), lambda one: formats.number(sum(one.instance.by_key[key].risk for key in one.starts))),
        (_("Brutte rammer"), lambda one: formats.number(sum(1 for use in one.uses("") if use.breach))),
        (_("Mål som dekkes"), lambda one: formats.number(len(one.goals()))),
    ]
    return [(label, [shown(one) for one in standings]) for label, shown in lines]


def _blocks(standings: Sequence[Standing]) -> list[Block]:
    if not standings:
        return []
    years = sorted({year for one in standings for year in one.instance.years})
    found = [_money_by_year(standings, years), _money_by_municipality(standings)]
    found += [_hours(standings), _goals(standings)]
    return [block for block in found if block.rows]


def _money_by_year(standings: Sequence[Standing], years: Sequence[int]) -> Block:
    series = [[_drawn(one, Limit("", "", "money", 0, year=year)) for year in years] for one in standings]
    words = [[formats.number(round(amount / 1_000_000, 1)) for amount in line] for line in series]
    rows = [(str(year), [formats.thousand_kroner(line[at]) for line in series]) for at, year in enumerate(years)]
    picture = chart([str(year) for year in years], series, words)
    return Block(
        _("Penger per år, i 1000 kr"), _("År"), rows, picture,
        _("Penger per år i hvert scenario, i millioner kroner. De samme tallene står i tabellen under."),
    )  # fmt: skip


def _money_by_municipality(standings: Sequence[Standing]) -> Block:
    names = standings[0].names["organisation"]
    present = {use.organisation for one in standings for item in one.instance.candidates for use in item.uses}
    keys = [key for key in names if key_of(key) in present]
    series = [[_drawn(one, Limit("", "", "money", 0, organisation=key_of(key))) for key in keys] for one in standings]
    words = [[formats.number(round(amount / 1_000_000, 1)) for amount in line] for line in series]
    rows = [(names[key], [formats.thousand_kroner(line[at]) for line in series]) for at, key in enumerate(keys)]
    picture = chart([names[key] for key in keys], series, words) if 1 < len(keys) <= 6 else None
    return Block(
        _("Penger per kommune, i 1000 kr"), _("Kommune"), rows, picture,
        _("Penger per kommune i hvert scenario, i millioner kroner. De samme tallene står i tabellen under."),
    )  # fmt: skip


def _hours(standings: Sequence[Standing]) -> Block:
    roles = sorted(
        {use.role for one in standings for key in one.starts for use in one.instance.by_key[key].uses if use.role}
    )
    rows = [
        (role, [formats.number(_drawn(one, Limit("", "", "hours", 0, role=role))) for one in standings])
        for role in roles
    ]
    return Block(_("Timer per rolle"), _("Rolle"), rows)


def _goals(standings: Sequence[Standing]) -> Block:
    names = standings[0].names["goal"]
    covered = [one.goals() for one in standings]
    keys = list(dict.fromkeys([*names, *(key for line in covered for key in line)]))
    rows = [(names.get(key, key), [formats.number(line.get(key, 0)) for line in covered]) for key in keys]
    return Block(_("Valgte tiltak per mål"), _("Mål"), rows)


def _drawn(one: Standing, limit: Limit) -> int:
    return one.instance.used(limit, one.starts)


def _different(standings: Sequence[Standing]) -> list[UUID]:
    """The candidates that are not chosen alike, by number."""
    if not standings:
        return []
    keys = {key for one in standings for key in one.starts}
    unlike = [key for key in keys if len({one.starts.get(key) for one in standings}) > 1]
    return sorted(unlike, key=lambda key: (standings[0].numbers.get(key, 0), str(key)))


def _title(standings: Sequence[Standing], key: UUID) -> str:
    return next(one.instance.by_key[key].title for one in standings if key in one.instance.by_key)


def _difference(request: Any, standings: Sequence[Standing], key: UUID) -> dict[str, Any]:
    cells = []
    for one in standings:
        start = one.starts.get(key)
        cells.append((str(start) if start else _("Ikke valgt"), start is not None))
    return {"title": _title(standings, key), "url": url(request, "candidate-detail", key), "cells": cells}
