"""Looking at the year: as a circle and rows, month by month, on paper, and as a report beside the year before."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.casework.queries.wheel_year import Year, year_on
from samstyr.procedure.year import queries
from samstyr.web import shell
from samstyr.web.saving import table_response
from samstyr.wheel.portfolio import queries as portfolio

from .. import presenting, reporting
from ..forms import LookForm

FIRST, LAST = 2000, 2100


def number_in(text: str, otherwise: int, least: int = FIRST, most: int = LAST) -> int:
    """The number in the address, or the other where it is none within bounds."""
    return (
        int(text) if text.isascii() and text.isdigit() and len(text) < 5 and least <= int(text) <= most else otherwise
    )


def need_wheel(request: Any) -> Any:
    """The model in force with its wheel. Raises NotFound where there is none."""
    model = request.model
    if model is None or model.wheel is None:
        raise NotFound
    return model


def look(request: Any) -> tuple[Year, presenting.Wanted, LookForm]:
    """The year asked for, narrowed as asked, and the form that asks."""
    model = need_wheel(request)
    form = LookForm(request.GET, bodies=model.bodies, roles=model.roles)
    form.is_valid()
    given = form.cleaned_data
    wanted = presenting.Wanted(given.get("organ", ""), given.get("rolle", ""), bool(given.get("mine")))
    number = number_in(request.GET.get("ar", ""), request.today.year)
    year = year_on(model, number, request.today, request.actor)
    return presenting.narrowed(year, wanted, model, request.actor, request.today), wanted, form


def _query(wanted: presenting.Wanted) -> str:
    parts = [("organ", wanted.body), ("rolle", wanted.role), ("mine", "on" if wanted.mine else "")]
    return "&".join(f"{name}={value}" for name, value in parts if value)


def wheel_page(request: Any) -> HttpResponse:
    """The year drawn and as rows, or with ``maned`` what happens in a month."""
    model, slug, today = need_wheel(request), request.tenant.slug, request.today
    year, wanted, form = look(request)
    month = number_in(request.GET.get("maned", ""), 0, 1, 12) or None
    names = {body.key: str(body.name) for body in model.bodies}
    tasks = shell.tasks(request)
    context: dict[str, Any] = {
        "year": year,
        "form": form,
        "wanted": wanted,
        "query": _query(wanted),
        "meetings": year.meetings,
        "bodies": names,
        "months": presenting.month_tabs(year.number, month, _query(wanted)),
        "groups": presenting.groups(year, slug, today),
        "may_keep": bool(queries.may_keep(request.actor)),
        "today_month": today.month if year.number == today.year else None,
    }
    if month:
        first, last = presenting.month_span(year.number, month)
        inside = [
            row
            for group in context["groups"]
            for row in group.rows
            if row.line.placed.laid.starts_on <= last and row.line.placed.laid.ends_on >= first
        ]
        context |= {
            "month": month,
            "month_name": presenting.month_name(month),
            "inside": inside,
            "events": presenting.events(year, names, slug, first, last, tasks),
            "before": (year.number - (month == 1), (month + 10) % 12 + 1),
            "after": (year.number + (month == 12), month % 12 + 1),
            "crumbs": [Crumb(_("Årshjulet"), shell.address("wheel", slug) + f"?ar={year.number}")],
        }
        return render(request, "year/month.html", context)
    whole = presenting.month_span(year.number, 1)[0], presenting.month_span(year.number, 12)[1]
    context |= {
        "wheel": presenting.drawing(year, today),
        "events": presenting.events(year, names, slug, *whole, tasks),
        "lacking": queries.lacking(model, year.number) if year.made else [],
        "next_duties": queries.duties_next(model, today) if year.number == today.year else [],
    }
    return render(request, "year/wheel.html", context)


def printed(request: Any) -> HttpResponse:
    """The year for the wall: the circle and its rows, and the days."""
    year, _wanted, _form = look(request)
    model, slug = request.model, request.tenant.slug
    whole = presenting.month_span(year.number, 1)[0], presenting.month_span(year.number, 12)[1]
    context = {
        "year": year,
        "wheel": presenting.drawing(year, request.today),
        "groups": presenting.groups(year, slug, request.today),
        "events": presenting.events(year, {body.key: str(body.name) for body in model.bodies}, slug, *whole, ()),
    }
    return render(request, "year/print.html", context)


def report(request: Any) -> HttpResponse:
    """What was on time, late and missing, beside the year before (B-39)."""
    model, today = need_wheel(request), request.today
    number = number_in(request.GET.get("ar", ""), today.year)
    now = year_on(model, number, today, request.actor)
    before = year_on(model, number - 1, today, request.actor)
    if request.GET.get("format") == "xlsx":
        header, rows = reporting.sheet(now, before)
        return table_response(_("Årsrapport %(year)s") % {"year": number}, header, rows, ending="xlsx")
    context = {
        "year": now,
        "last": before,
        "figures": reporting.figures(now, before),
        "periods": reporting.periods(now, before),
        "steps": reporting.steps(now, before),
        "duties": now.duties,
        "slug": request.tenant.slug,
        "crumbs": [Crumb(_("Årshjulet"), shell.address("wheel", request.tenant.slug) + f"?ar={number}")],
    }
    return render(request, "year/report.html", context)


YEARS_SHOWN = 4
# A measure goes on in a later plan when it is not finished, so the newest few tell all.
MOST_PLANS = 6


def long_plan(request: Any) -> HttpResponse:
    """The measures of the plans over four years, with when each begins and ends (N-046)."""
    first = number_in(request.GET.get("fra", ""), request.today.year)
    shown = range(first, first + YEARS_SHOWN)
    groups: list[tuple[Any, Any, list[reporting.Span]]] = []
    seen: set[Any] = set()
    for plan in portfolio.visible_to(request.actor).filter(first_year__lt=first + YEARS_SHOWN)[:MOST_PLANS]:
        version = portfolio.adopted_version(plan) or portfolio.open_version(plan)
        lines = portfolio.lines_of(version) if version else []
        # A measure that goes on keeps its key; one decided on anew is known by the need that it meets.
        fresh = [
            line for line in lines if line.line_key not in seen and (line.need_id is None or line.need_id not in seen)
        ]
        seen |= {key for line in lines for key in (line.line_key, line.need_id) if key}
        rows = [reporting.Span.of(line, shown) for line in fresh if reporting.touches(line, shown)]
        if rows:
            late = date(LAST, 12, 31)
            groups.append((plan, version, sorted(rows, key=lambda row: (row.starts_on or late, row.title))))
    context = {
        "years": shown,
        "groups": groups,
        "first": first,
        "crumbs": [Crumb(_("Årshjulet"), shell.address("wheel", request.tenant.slug))],
    }
    return render(request, "year/long_plan.html", context)
