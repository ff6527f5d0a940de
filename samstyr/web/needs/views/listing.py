"""The list of needs: tabs, filters, order and pages in the address, and the same list as a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _

from samstyr.foundation.ui import htmx
from samstyr.foundation.ui.pieces import Tab as UiTab
from samstyr.web.needs.forms import FilterForm
from samstyr.web.needs.labels import status_of
from samstyr.web.saving import table_response
from samstyr.wheel.needs import queries, texts
from samstyr.wheel.needs.queries import Criteria, Tab

from .parts import key_of, organisation_choices, unit_choices, url

PER_PAGE = 50


def list_page(request: Any) -> HttpResponse:
    """One tab of the list, narrowed, sorted and divided into pages."""
    tab = tab_of(request)
    among = queries.visible_to(request.actor)
    form = filter_form(request, among)
    needs = chosen(request, tab, form, among)
    page = Paginator(needs, PER_PAGE).get_page(request.GET.get("page"))
    standing = queries.standings(page.object_list)
    outcomes = queries.outcome_names(request.today)
    context = {
        "page": page,
        "rows": [(need, status_of(need, standing.steps.get(need.pk, ""), outcomes)) for need in page.object_list],
        "tabs": tabs_of(request, tab, among),
        "tab": tab.value,
        "filter_form": form,
        "narrowed": any(value for name, value in form.cleaned_data.items() if name != "vis"),
        "may_write": bool(queries.units_to_choose(request.actor)),
        "may_import": queries.may_import(request.actor),
        "has_sessions": bool(request.model and request.model.need_form and request.model.need_form.sessions),
        "query": request.GET.urlencode(),
    }
    return htmx.render(request, "needs/list.html", "rows", context)


def tab_of(request: Any) -> Tab:
    """The tab the address names; one's own when it names none."""
    value = request.GET.get("vis", "")
    return Tab(value) if value in set(Tab) else Tab.MINE


def tabs_of(request: Any, current: Tab, among: Any) -> list[UiTab]:
    """The tabs with how many needs each holds."""
    counts = queries.counts(request.actor, among)
    words = {Tab.MINE: _("Mine behov"), Tab.UNIT: _("Enhetens behov"), Tab.ALL: _("Alle jeg kan se")}
    base = url(request, "need-list")
    return [UiTab(words[tab], f"{base}?vis={tab}", tab is current, counts[tab]) for tab in Tab]


def filter_form(request: Any, among: Any) -> FilterForm:
    """The filters with what there is to choose among."""
    outcomes = queries.outcome_names(request.today)
    return FilterForm(
        request.GET,
        choices={
            "status": [(key, str(texts.state(key))) for key in texts.STATES],
            "enhet": unit_choices(queries.units_in_lists(among)),
            "organisasjon": organisation_choices(),
            "ar": [(str(year), str(year)) for year in queries.years(among)],
            "utfall": [(key, outcomes.get(key, key)) for key in queries.outcomes(among)],
        },
    )


def chosen(request: Any, tab: Tab, form: FilterForm, among: Any) -> Any:
    """The needs of the tab that meet the filters, in order; a filter that is no choice narrows nothing."""
    form.is_valid()
    data = form.cleaned_data
    late = {"ja": True, "nei": False}.get(data.get("sent", ""))
    criteria = Criteria(
        state=data.get("status", ""),
        unit=key_of(data.get("enhet", "")),
        organisation=key_of(data.get("organisasjon", "")),
        year=data.get("ar"),
        outcome=data.get("utfall", ""),
        late=late,
        text=data.get("q", "").replace("\0", ""),
    )
    needs = queries.ordered(queries.listed(request.actor, tab, criteria, among=among), request.GET.get("sort", ""))
    return queries.with_parts(needs)


def export(request: Any, ending: str) -> HttpResponse:
    """The list as it stands, as Excel or CSV; the same columns as an import reads."""
    among = queries.visible_to(request.actor)
    needs = chosen(request, tab_of(request), filter_form(request, among), among)[: queries.MOST_EXPORTED]
    numeric = [_("Investering"), _("Drift per år")]
    return table_response(_("Behov"), headings(), rows_of(needs, request), ending=ending, numeric=numeric)


def headings() -> list[str]:
    """The columns of the file."""
    return [
        _("Nummer"), _("Tittel"), _("Organisasjon"), _("Tjeneste"), _("Behov"), _("Hvem berøres"), _("Ønsket effekt"),
        _("Lov eller risiko"), _("Lovpålagt"), _("Kjent produkt"), _("Mål"), _("Felles"), _("Investering"),
        _("Drift per år"), _("Prisår"), _("Ønsket år"), _("Personopplysninger"), _("Arkiv"), _("Endrer arbeidet"),
        _("Innmelder"), _("Status"), _("Utfall"), _("Sendt inn"), _("For sent"),
    ]  # fmt: skip


def rows_of(needs: Iterable[Any], request: Any) -> Iterable[list[Any]]:
    """One row per need, amounts in whole kroner."""
    outcomes = queries.outcome_names(request.today)
    goals = dict(queries.form_spec(request.today).goals)
    for need in needs:
        yield [
            need.number, need.title, str(need.organisation), str(need.unit or ""), need.need, need.affected, need.effect,
            need.compels, yes_no(need.statutory), need.product, "; ".join(goals.get(goal, goal) for goal in need.goals),
            yes_no(need.joint), need.investment_cost, need.operating_cost, need.price_year, need.wanted_year,
            yes_no(need.personal_data), yes_no(need.archive), yes_no(need.work_changes), need.submitter.name,
            str(texts.state(need.state)), outcomes.get(need.outcome, need.outcome),
            need.submitted_at, yes_no(need.late),
        ]  # fmt: skip


def yes_no(value: bool) -> str:
    """A flag in words."""
    return _("ja") if value else _("nei")
