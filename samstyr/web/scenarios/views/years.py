"""The chosen candidates over the years, as a drawing and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse

from samstyr.foundation.ui import formats, htmx
from samstyr.web.scenarios.drawing import timeline
from samstyr.web.scenarios.standing import Standing
from samstyr.wheel.scenarios import queries

from .parts import PER_PAGE, scenario_crumbs, scenario_of, url


@dataclass(frozen=True)
class Line:
    """A chosen candidate over the years."""

    title: str
    url: str
    start: int
    duration: int
    continues: bool
    done: int
    money: list[tuple[int, str]]


def years_page(request: Any, key: UUID) -> HttpResponse:
    """When each chosen candidate goes, and what it costs each year."""
    scenario = scenario_of(request, key)
    standing = Standing(request, scenario)
    instance = standing.instance
    chosen = sorted(standing.starts.items(), key=lambda one: (one[1], instance.by_key[one[0]].title, str(one[0])))
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    durations = queries.listing.durations([candidate for candidate, _start in page.object_list])
    rows = [_line(request, standing, candidate, start, durations) for candidate, start in page.object_list]
    sums = [
        (year, formats.thousand_kroner(sum(standing.money(instance.by_key[c], start, (year,)) for c, start in chosen)))
        for year in instance.years
    ]
    context = {
        "scenario": scenario,
        "page": page,
        "rows": rows,
        "years": instance.years,
        "sums": sums,
        "picture": timeline(rows, instance.years),
        "crumbs": scenario_crumbs(request, scenario),
    }
    return htmx.render(request, "scenarios/timeline.html", None, context)


def _line(request: Any, standing: Standing, key: UUID, start: int, durations: dict[UUID, int]) -> Line:
    item = standing.instance.by_key[key]
    duration = durations.get(key, 1)
    return Line(
        title=item.title,
        url=url(request, "scenario-choice", standing.scenario.pk, key),
        start=start,
        duration=duration,
        continues=any(use.continues and use.measure == "money" for use in item.uses),
        done=start + duration - 1,
        money=[
            (year, formats.thousand_kroner(standing.money(item, start, (year,)))) for year in standing.instance.years
        ],
    )
