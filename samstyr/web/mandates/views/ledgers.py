"""The ledgers, the entries of one, and writing an entry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samstyr.foundation.governance.rules.ledgers import Ledger, TagSet
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui import htmx
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.procedure.mandates import actions, queries
from samstyr.procedure.mandates.queries import serving
from samstyr.procedure.mandates.rules import day_of, days_of
from samstyr.web.organisations.views.parts import organisation_choices, people_choices
from samstyr.web.posting import perform_form, version_of
from samstyr.web.saving import table_response

from ..forms import CarryForm, EntryFilter, EntryForm, initial_of
from .parts import crumbs, entry_of, ledger_of, marks, shown, state_status, url

PER_PAGE, MOST_EXPORTED = 50, 10_000


def ledger_list(request: Any) -> HttpResponse:
    """Every ledger with its numbers, and the ways to what cases serve and to competence."""
    model = request.model
    context = {
        "rows": [(one, _keepers(model, one.ledger)) for one in queries.summaries(request.today)],
        "tags": bool(serving.sets_on(request.today)),
        "competence": serving.bodies_with_competence(request.today),
    }
    return render(request, "mandates/list.html", context)


def _keepers(model: Any, ledger: Ledger) -> str:
    """Who keeps the ledger: the body it is of, and the roles."""
    roles = [str(role.name) for key in ledger.kept_by if model and (role := model.role(key))]
    return ", ".join(name for name in (_body_name(model, ledger), *roles) if name)


def _body_name(model: Any, ledger: Ledger) -> str:
    body = model.body(ledger.body) if model and ledger.body else None
    return str(body.name) if body else ""


def sets_of(ledger: Ledger, request: Any) -> list[TagSet]:
    """The sets of tags that the ledger's entries carry."""
    return [one for one in serving.sets_on(request.today) if one.key in ledger.tags]


def entries(request: Any, ledger: str) -> HttpResponse:
    """The entries of a ledger, searched and narrowed in the address; first what somebody should look at."""
    found = ledger_of(request, ledger)
    form, rows = _chosen(request, found)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    newest = next(iter(queries.orders_of(found)), None) if found.ordered else None
    places = {key: place for place, key in enumerate(newest.entries, start=1)} if newest else {}
    unmet = _unmet(found, request)
    watched = queries.watched(found, request.today).count()
    context = {
        "ledger": found,
        "body": _keepers(request.model, found),
        "page": page,
        "lines": [
            (row, state_status(found, row.state), marks(row, found, request), places.get(str(row.pk))) for row in page
        ],
        "watched": watched if unmet is None or watched > unmet.binding else 0,
        "filter_form": form,
        "narrowed": any(form.data.get(name) for name in form.fields),
        "may_add": queries.may_add(request.actor, found, request.today),
        "may_keep": queries.may_keep(request.actor, found, request.today),
        "newest": newest,
        "goals": queries.goals_of(found, request.today),
        "to_carry": len(queries.to_carry(found, request.today.year)) if found.yearly else 0,
        "unmet": unmet,
        "query": request.GET.urlencode(),
        "crumbs": crumbs(request),
    }
    return htmx.render(request, "mandates/ledger.html", "rows", context)


def _unmet(ledger: Ledger, request: Any) -> Any:
    """The ledger's numbers where it tells what is not done; None where it does not."""
    found = queries.summaries(request.today, unmet=True) if any(state.unmet for state in ledger.states) else []
    return next((one for one in found if one.ledger.key == ledger.key), None)


def _chosen(request: Any, ledger: Ledger) -> tuple[EntryFilter, Any]:
    named = queries.chosen_among(ledger, request.today)
    answers = {
        one.key: list(named[one.kind].items()) if one.kind in named else [(a, a) for a in queries.answers_in(ledger, one.key)]
        for one in ledger.fields
        if one.narrows and one.kind not in ("choice", "yes_no")
    }  # fmt: skip
    form = EntryFilter(request.GET, ledger=ledger, sets=sets_of(ledger, request), answers=answers)
    form.is_valid()
    given = form.cleaned_data
    rows = queries.listing(
        ledger, request.today, text=given.get("q", "").replace("\0", ""), state=given.get("tilstand", ""),
        tag=given.get("merke", ""), sort=request.GET.get("sort", "number"),
        answers=form.answers(),
    )  # fmt: skip
    return form, rows


def export(request: Any, ledger: str) -> HttpResponse:
    """The entries as they stand, as Excel, with the ledger's own fields."""
    found = ledger_of(request, ledger)
    _form, rows = _chosen(request, found)
    named = queries.chosen_among(found, request.today)
    tags = {f"{one.key}:{value.key}": str(value.name) for one in sets_of(found, request) for value in one.values}
    heading = [_("Nr."), str(found.entry), _("Tilstand"), *(str(one.name) for one in found.fields), _("Mer om det")]
    heading += [*(str(one.name) for one in found.spans), _("Avgjort av"), _("Avgjort den"), _("Merker")]
    heading += [_("Ansvarlig"), _("Neste steg"), _("Frist")] if found.follow else []
    heading += [_("Har vervet"), _("Organisasjon"), _("Fra"), _("Til")] if found.held else []
    lines = []
    for row in rows[:MOST_EXPORTED]:
        line = [row.number, row.title, state_status(found, row.state).label]
        line += [_cell(one, row.answers.get(one.key, ""), named) for one in found.fields]
        line += [
            row.text,
            *(days for _name, days in days_of(found, row.answers)),
            row.decided_by,
            row.decided_on,
            ", ".join(tags.get(tag, tag) for tag in row.tags),
        ]
        line += [str(row.owner or ""), row.next_action, row.due_on] if found.follow else []
        line += [row.holder, str(row.organisation or ""), row.starts_on, row.ends_on] if found.held else []
        lines.append(line)
    return table_response(str(found.name), heading, lines, ending="xlsx", numeric=[heading[0]])


def _cell(field: Any, answer: str, named: Any) -> Any:
    """An answer for a sheet: a day stays a day."""
    return day_of(answer) if field.kind == "date" else shown(field, answer, named)


def carry(request: Any, ledger: str) -> HttpResponse:
    """Carry what is open on to a year, after one has seen what it is."""
    found = ledger_of(request, ledger)
    queries.may_keep(request.actor, found, request.today).require()
    if found.yearly is None:
        raise NotFound
    year = request.today.year
    rows = {one: queries.to_carry(found, one) for one in (year, year + 1)}
    form = CarryForm(request.POST or None, years=[one for one in rows if rows[one]])
    if request.method == "POST" and form.is_valid():
        made = perform_form(request, form, actions.carry, ledger=found.key, year=int(form.cleaned_data["year"]))
        if made is not None:
            messages.success(
                request, ngettext("%(n)s oppføring er ført videre.", "%(n)s oppføringer er ført videre.", len(made)) % {"n": len(made)}
            )  # fmt: skip
            return redirect_client(request, url(request, "ledger-detail", found.key))
    context = {
        "form": form, "ledger": found, "crumbs": crumbs(request, found),
        "lines": [(row, own, state_status(found, row.state)) for row, own in rows[year + 1]],
    }  # fmt: skip
    return render(request, "mandates/carry.html", context, status=422 if form.errors else 200)


def add(request: Any, ledger: str) -> HttpResponse:
    """A new entry."""
    found = ledger_of(request, ledger)
    queries.may_add(request.actor, found, request.today).require()
    return _adding(request, found, None)


def advise(request: Any, key: UUID) -> HttpResponse:
    """Say something of an entry, into the ledger that takes advice of it."""
    about, source = entry_of(request, key)
    if source.advice_in is None:
        raise NotFound
    found = ledger_of(request, source.advice_in)
    queries.may_add(request.actor, found, request.today).require()
    return _adding(request, found, about)


def _adding(request: Any, ledger: Ledger, about: Any) -> HttpResponse:
    form = _form(request, ledger, None)
    if request.method == "POST" and form.is_valid():
        row = perform_form(
            request, form, actions.add, ledger=ledger.key, values=form.values(), about_id=about.pk if about else None
        )
        if row is not None:
            messages.success(request, _("Lagret."))
            return redirect_client(request, url(request, "ledger-entry", row.pk))
    context = {"form": form, "ledger": ledger, "entry": None, "about": about, "crumbs": crumbs(request, ledger)}
    return render(request, "mandates/form.html", context, status=422 if form.errors else 200)


def edit(request: Any, key: UUID) -> HttpResponse:
    """Change what an entry says."""
    entry, ledger = entry_of(request, key)
    queries.may_edit(request.actor, entry, ledger, request.today).require()
    form = _form(request, ledger, entry)
    if request.method == "POST" and form.is_valid():
        done = perform_form(
            request, form, actions.save, entry_id=key, version=version_of(request), values=form.values()
        )
        if done is not None:
            messages.success(request, _("Endringen er lagret."))
            return redirect_client(request, url(request, "ledger-entry", key))
    context = {
        "form": form, "ledger": ledger, "entry": entry, "about": entry.about, "crumbs": crumbs(request, ledger, entry),
    }  # fmt: skip
    return render(request, "mandates/form.html", context, status=422 if form.errors else 200)


def _form(request: Any, ledger: Ledger, entry: Any) -> EntryForm:
    chosen = [case.pk for case in queries.cases_of(request.actor, entry)] if entry else []
    return EntryForm(
        request.POST if request.method == "POST" else None,
        ledger=ledger,
        sets=sets_of(ledger, request),
        people=people_choices() if ledger.follow else [],
        organisations=organisation_choices() if ledger.held else [],
        cases=case_choices(request, chosen),
        named=queries.chosen_among(ledger, request.today),
        initial=initial_of(entry, chosen) if entry else None,
    )


def case_choices(request: Any, chosen: Any = ()) -> list[tuple[str, str]]:
    """The cases that one may choose, by number and title."""
    cases = queries.cases_to_choose(request.actor, chosen)
    return [(str(case.pk), f"{case.year}/{case.number} {case.title}") for case in cases]
