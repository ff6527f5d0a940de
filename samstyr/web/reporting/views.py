"""Which reports are due, what has been sent, and the overview."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samstyr.foundation.ui import htmx
from samstyr.foundation.ui.pieces import Tab
from samstyr.foundation.ui.shell import Crumb
from samstyr.web.saving import table_response
from samstyr.wheel.reporting import queries
from samstyr.wheel.reporting.rules.periods import Standing

from . import presenting
from .forms import ArchiveFilter

PER_PAGE, MOST_EXPORTED = 50, 10_000


def crumbs(request: Any) -> list[Crumb]:
    """The way down to a page of reports."""
    return [Crumb(_("Rapporter"), reverse("report-list", args=[request.tenant.slug]))]


def report_list(request: Any) -> HttpResponse:
    """Each report of the model with its periods in a year (``ar``) and how far each has come."""
    today = request.today
    rows = queries.expected(today)
    readable = set(queries.visible_to(request.actor, today).values_list("pk", flat=True))
    years = sorted({one.period.ends_on.year for one in rows} | {today.year}, reverse=True)
    text = request.GET.get("ar", "")
    year = int(text) if text.isascii() and text.isdigit() and int(text) in years else today.year
    groups = []
    for form in queries.forms(today):
        own = [one for one in rows if one.form.key == form.key]
        writes = queries.may_write(request.actor, form.sender, today)
        lines = [_line(readable, one, writes) for one in own if one.period.ends_on.year == year]
        groups.append(
            {
                "form": form,
                "sender": queries.party_name(form.sender, today),
                "receiver": queries.party_name(form.receiver, today),
                "cycle": queries.cycle_word(form.every),
                "audience": ", ".join(str(queries.audience_word(one)) for one in form.audience),
                "lines": lines,
                "missing": sum(one.standing is Standing.MISSING for one in own),
            }
        )
    context = {
        "groups": groups,
        "year": year,
        "tabs": [Tab(str(one), f"?ar={one}", one == year) for one in years] if len(years) > 1 else [],
        "mine": [_line(readable, one, True) for one in queries.mine_to_write(request.actor, today)],
        "missing": [_line(readable, one, False) for one in rows if one.standing is Standing.MISSING],
    }
    return render(request, "reporting/list.html", context)


def _line(readable: set[UUID], one: queries.Expected, writes: bool) -> dict[str, Any]:
    period, row = one.period, one.row
    sent = row is not None and row.sent_on is not None
    return {
        "name": str(one.form.name),
        "key": one.form.key,
        "period": period.key,
        "title": queries.period_name(period.kind, period.starts_on, period.ends_on, period.name),
        "due_on": period.due_on,
        "status": presenting.standing(one.standing),
        "standing": str(one.standing),
        "row": row,
        "sent": sent,
        "read": row is not None and row.pk in readable and sent,
        "write": writes and row is not None and not sent,
        "begin": writes and row is None and one.standing is not Standing.UPCOMING,
        "opens_on": period.opens_on,
    }


def archive(request: Any) -> HttpResponse:
    """What has been sent and one may read, searched and narrowed in the address."""
    form, rows = _archived(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = {key: queries.party_name(key, request.today) for key in {row.receiver for row in page}}
    context = {
        "page": page,
        "lines": [(row, _period(row), names[row.receiver]) for row in page],
        "filter_form": form,
        "narrowed": any(form.data.get(name) for name in ("q", "rapport", "ar")),
        "query": request.GET.urlencode(),
        "crumbs": crumbs(request),
    }
    return htmx.render(request, "reporting/archive.html", "rows", context)


def _archived(request: Any) -> tuple[ArchiveFilter, Any]:
    form = ArchiveFilter(request.GET, keys=queries.sent_keys(), years=queries.sent_years())
    form.is_valid()
    given = form.cleaned_data
    rows = queries.archive(
        request.actor, request.today, key=given.get("rapport", ""), text=given.get("q", "").replace("\0", ""),
        year=int(given["ar"]) if given.get("ar") else None, sort=request.GET.get("sort", "-period"),
    )  # fmt: skip
    return form, rows


def _period(row: Any) -> str:
    return queries.period_name(row.period_kind, row.starts_on, row.ends_on, row.period_name)


def archive_export(request: Any) -> HttpResponse:
    """The archive as it stands, as Excel."""
    _form, rows = _archived(request)
    heading = [_("Rapport"), _("Periode"), _("Til"), _("Frist"), _("Sendt"), _("Sendt av"), _("Segl")]
    names: dict[str, str] = {}
    lines = (
        [
            row.name, _period(row),
            names.setdefault(row.receiver, queries.party_name(row.receiver, request.today)), row.due_on, row.sent_on,
            row.sent_as, row.digest,
        ]
        for row in rows[:MOST_EXPORTED]
    )  # fmt: skip
    return table_response(_("Rapporter"), heading, lines, ending="xlsx", numeric=[])


VIEWS = {
    "prosjekter": (gettext_lazy("Prosjekter"), gettext_lazy("Tiltakene i planen, framdriften og målene de støtter.")),
    "investeringer": (gettext_lazy("Investeringer"), gettext_lazy("Budsjett, hva planen binder, og hva som er brukt.")),
    "arkitektur": (gettext_lazy("Arkitektur"), gettext_lazy("Saker om arkitektur, og vedtakene i år.")),
    "ikt": (gettext_lazy("IKT generelt"), gettext_lazy("Behov, saker, oppfølging og etterlevelse i hvert område.")),
}


def overview(request: Any) -> HttpResponse:
    """One of four views (``visning``), for all or for one area (``omrade``)."""
    made, view = _overview(request)
    area = f"&omrade={made.area}" if made and made.area else ""
    context: dict[str, Any] = {
        "view": view,
        "made": made,
        "tabs": [Tab(_label(key), f"?visning={key}{area}", key == view) for key in queries.VIEWS],
        "text": str(VIEWS[view][1]),
        "area_name": dict(made.areas).get(made.area) if made and made.area else "",
        "blocks": [(one.title, presenting.block(one.block, request.tenant.slug)) for one in made.blocks]
        if made
        else [],
        "query": request.GET.urlencode(),
    }
    return render(request, "reporting/overview.html", context)


def _label(key: str) -> str:
    return str(VIEWS[key][0])


def _overview(request: Any) -> tuple[queries.Overview | None, str]:
    view = request.GET.get("visning", "")
    view = view if view in queries.VIEWS else queries.VIEWS[0]
    if request.model is None:
        return None, view
    try:
        area = UUID(request.GET.get("omrade", ""))
    except ValueError:
        area = None
    return queries.overview(view, request.actor, request.model, request.today, area), view


def overview_export(request: Any) -> HttpResponse:
    """The view's tables one below the other, as Excel."""
    made, view = _overview(request)
    lines: list[list[Any]] = []
    for one in made.blocks if made else ():
        lines += [[one.title], *([number.label, number.value] for number in one.block.numbers)]
        if one.block.rows:
            lines += [[column.label for column in one.block.columns], *(list(row.cells) for row in one.block.rows)]
        lines.append([])
    width = max([len(line) for line in lines] + [1])
    padded = ([*line, *[""] * (width - len(line))] for line in lines)
    return table_response(_label(view), [_("Oversikt"), *[""] * (width - 1)], padded, ending="xlsx", numeric=[])
