"""Candidates: the list with filters, order and pages in the address, the same as a file, and one candidate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.ui import htmx
from samstyr.web.posting import perform, perform_form
from samstyr.web.posting import version_of as version_posted
from samstyr.web.saving import table_response
from samstyr.web.scenarios import presenting
from samstyr.web.scenarios.fields import KRONER, points, shown_amount, unit_of
from samstyr.web.scenarios.forms import CandidateFilter, DropForm
from samstyr.wheel.scenarios import actions, queries
from samstyr.wheel.scenarios.queries.listing import Criteria

from .parts import PER_PAGE, candidate_crumbs, candidate_of, choices, key_of, may_edit, url

MOST_EXPORTED = 20_000


def list_page(request: Any) -> HttpResponse:
    """The candidates, narrowed, sorted and divided into pages, with sums of all that were found."""
    offered = choices(request)
    form = CandidateFilter(request.GET, choices=offered)
    found, unit = _chosen(request, form)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    names = presenting.names_for(offered)
    totals = queries.listing.totals(found)
    context = {
        "page": page,
        "rows": [presenting.candidate_row(row, unit, names) for row in page.object_list],
        "sums": {
            "value": points(totals.value),
            "cost": shown_amount(totals.cost, unit),
            "each": presenting.value_each(totals.value, totals.cost),
            "risk": totals.risk,
        },
        "cost_note": _("i kroner, fire år") if unit == KRONER else _("i 1000 kr, fire år"),
        "filter_form": form,
        "narrowed": any(value for name, value in form.cleaned_data.items() if name != "unit"),
        "may_edit": may_edit(request),
        "query": request.GET.urlencode(),
    }
    return htmx.render(request, "scenarios/candidate_list.html", "rows", context)


def _chosen(request: Any, form: CandidateFilter) -> tuple[Any, str]:
    """The candidates that meet the filters, in order, and the unit; a filter that is no choice narrows nothing."""
    form.is_valid()
    data = form.cleaned_data
    criteria = Criteria(
        text=data.get("q", "").replace("\0", ""),
        organisation=key_of(data.get("kommune", "")),
        area=key_of(data.get("omrade", "")),
        focus_area=data.get("satsing", ""),
        kind=data.get("slag", ""),
        mandatory={"ja": True, "nei": False}.get(data.get("ma", "")),
        dropped={"tatt-ut": True, "alle": None}.get(data.get("vis", ""), False),
    )
    found = queries.listing.listed(request.actor, criteria, request.GET.get("sort", ""))
    return found, unit_of(data.get("unit"))


def export(request: Any, ending: str) -> HttpResponse:
    """The list as it stands, as Excel or CSV."""
    offered = choices(request)
    found, _unit = _chosen(request, CandidateFilter(request.GET, choices=offered))
    numeric = [_("Nummer"), _("Verdi"), _("Kostnad fire år"), _("Risiko"), _("Varighet")]
    rows = _file_rows(found[:MOST_EXPORTED], presenting.names_for(offered))
    return table_response(_("Kandidater"), _headings(), rows, ending=ending, numeric=numeric)


def _headings() -> list[str]:
    return [
        _("Nummer"), _("Tittel"), _("Tjenesteområde"), _("Satsingsområde"), _("Slag"), _("Eier"), _("Verdi"),
        _("Kostnad fire år"), _("Risiko"), _("Må gjennomføres"), _("Tidligste startår"), _("Seneste startår"),
        _("Varighet"), _("Tatt ut fordi"),
    ]  # fmt: skip


def _file_rows(found: Iterable[Any], names: dict[str, dict[str, str]]) -> Iterable[list[Any]]:
    for row in found:
        yield [
            row.number, row.title, names["area"].get(str(row.area_id), ""),
            names["focus_area"].get(row.focus_area, row.focus_area), row.kind, row.owner, row.value / 100,
            row.cost or 0, row.risk, _("ja") if row.mandatory else _("nei"), row.earliest, row.latest, row.duration,
            row.dropped_reason,
        ]  # fmt: skip


def detail(request: Any, key: UUID) -> HttpResponse:
    """One candidate: what it is, gives, costs, takes, hangs together with, and where it is chosen."""
    candidate = candidate_of(request, key)
    offered = choices(request)
    names = presenting.names_for(offered)
    unit = unit_of(request.GET.get("unit"))
    costs, staff = list(candidate.costs.all()), list(candidate.staff.all())
    count = presenting.offsets_of([*costs, *staff])
    total = sum(presenting.over_years(row, row.amount) for row in costs)
    context = {
        "candidate": candidate,
        "facts": presenting.facts_of(candidate, names),
        "value": points(candidate.value),
        "value_from": presenting.value_from(candidate),
        "each": presenting.value_each(candidate.value, total),
        "unit": unit,
        "offsets": presenting.offset_names(count),
        "costs": presenting.cost_rows(costs, count, unit, names["source"]),
        "cost_sums": presenting.cost_sums(costs, count, unit),
        "continues": any(row.continues for row in [*costs, *staff]),
        "staff": presenting.staff_rows(staff, count),
        "links": _links(request, candidate),
        "scenarios": _scenarios(request, candidate),
        "need_url": url(request, "need-detail", candidate.need_id) if candidate.need_id else "",
        "may_edit": may_edit(request),
        "crumbs": candidate_crumbs(request),
    }
    return htmx.render(request, "scenarios/candidate.html", None, context)


def _links(request: Any, candidate: Any) -> list[dict[str, str]]:
    words = {
        "needs": _("Forutsetter"),
        "excludes": _("Kan ikke velges sammen med"),
        "one_of": _("Minst ett av gruppen"),
        "needed": _("Er forutsatt av"),
    }
    return [
        {
            "words": words[tie.kind],
            "title": str(tie.other) if tie.other else tie.group,
            "url": url(request, "candidate-detail", tie.other.pk) if tie.other else "",
        }
        for tie in queries.listing.ties_of(candidate)
    ]


def _scenarios(request: Any, candidate: Any) -> list[dict[str, str]]:
    return [
        {
            "name": str(choice.scenario),
            "url": url(request, "scenario-detail", choice.scenario.pk),
            "words": presenting.choice_words(choice),
        }
        for choice in queries.listing.choices_of_candidate(candidate)
    ]


def drop(request: Any, key: UUID) -> HttpResponse:
    """Take a candidate out, with the reason."""
    candidate = candidate_of(request, key)
    may_edit(request).require()
    form = DropForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"candidate_id": key, "version": version_posted(request), "reason": form.cleaned_data["reason"]}
        if perform_form(request, form, actions.drop_candidate, **given):
            messages.success(request, _("Kandidaten er tatt ut. Den kan tas inn igjen når som helst."))
            return htmx.redirect_client(request, url(request, "candidate-detail", key))
    context = {"candidate": candidate, "form": form, "crumbs": candidate_crumbs(request, candidate)}
    return htmx.render(request, "scenarios/candidate_drop.html", None, context, status=422 if form.errors else 200)


def restore(request: Any, key: UUID) -> HttpResponse:
    """Take a candidate in again."""
    candidate_of(request, key)
    perform(request, actions.restore_candidate, candidate_id=key, version=version_posted(request))
    messages.success(request, _("Kandidaten er tatt inn igjen."))
    return htmx.redirect_client(request, url(request, "candidate-detail", key))


def from_needs(request: Any) -> HttpResponse:
    """Decided needs that no candidate comes from yet, to pick among."""
    may_edit(request).require()
    chosen = [key for key in (key_of(text) for text in request.POST.getlist("need")) if key]
    fault = ""
    if request.method == "POST":
        if chosen:
            made = perform(request, actions.candidates_from_needs, need_ids=tuple(chosen))
            messages.success(request, _("%(number)s kandidater er hentet fra behov.") % {"number": len(made or ())})
            return htmx.redirect_client(request, url(request, "candidate-list"))
        fault = _("Velg minst ett behov.")
    page = Paginator(queries.listing.needs_to_pick(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "fault": fault, "crumbs": candidate_crumbs(request)}
    return htmx.render(request, "scenarios/from_needs.html", None, context, status=422 if fault else 200)


def from_plan(request: Any) -> HttpResponse:
    """The measures of the plan in force as candidates."""
    may_edit(request).require()
    version = queries.listing.plan_in_force()
    fault = ""
    if request.method == "POST" and version is not None:
        try:
            made = perform(request, actions.candidates_from_plan, version_id=version.pk)
        except Invalid as invalid:
            fault = str(invalid)
        else:
            messages.success(request, _("%(number)s kandidater er hentet fra planen.") % {"number": len(made or ())})
            return htmx.redirect_client(request, url(request, "candidate-list"))
    lines = queries.listing.lines_to_fetch(version) if version is not None else []
    context = {"version": version, "lines": lines, "fault": fault, "crumbs": candidate_crumbs(request)}
    return htmx.render(request, "scenarios/from_plan.html", None, context, status=422 if fault else 200)
