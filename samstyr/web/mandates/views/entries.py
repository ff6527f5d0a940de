"""One entry of a ledger: what it says, its history, and moving, noting and counting it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.governance.rules.ledgers import Ledger
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.foundation.ui.pieces import TrailEntry
from samstyr.procedure.mandates import actions, queries
from samstyr.procedure.mandates.rules import RegionSpread, spread_on, spread_over_time
from samstyr.procedure.sources.queries import create_facts
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.wheel.handovers import entry_to_need
from samstyr.wheel.needs import queries as needs

from ..forms import CountForm, MoveForm, NoteForm
from .ledgers import case_choices, sets_of
from .parts import crumbs, days_shown, entry_of, marks, shown, state_status, url


def detail(request: Any, key: UUID) -> HttpResponse:
    """The entry with its history, and what may be done."""
    entry, ledger = entry_of(request, key)
    today, actor = request.today, request.actor
    advice = queries.ledger_on(ledger.advice_in, today) if ledger.advice_in else None
    chosen = queries.chosen_among(ledger, today)
    visible = {case.pk for case in queries.cases_of(actor, entry)}
    context = {
        "entry": entry,
        "ledger": ledger,
        "status": state_status(ledger, entry.state),
        "marks": marks(entry, ledger, request),
        "answers": [
            (str(one.name), one.kind, shown(one, entry.answers.get(one.key, ""), chosen)) for one in ledger.fields
        ],
        "days": days_shown(ledger, entry),
        "tags": [
            (str(one.name), [str(value.name) for value in one.values if f"{one.key}:{value.key}" in entry.tags])
            for one in sets_of(ledger, request)
        ],
        "cases": queries.cases_of(actor, entry),
        "decided_in": entry.case if entry.case_id in visible or _may_see(request, entry.case_id) else None,
        "history": _history(request, entry, ledger),
        "spoken_of": queries.spoken_of(entry),
        "advice": advice,
        "may_advise": queries.may_add(actor, advice, today) if advice else None,
        "may_keep": queries.may_keep(actor, ledger, today),
        "may_edit": queries.may_edit(actor, entry, ledger, today),
        "about_ledger": queries.ledger_on(entry.about.ledger, today) if entry.about else None,
        "crumbs": crumbs(request, ledger),
        "needs": _needs(request, entry),
        "may_need": ledger.to_need and may(actor, Act.NEED_CREATE, create_facts(actor)),
        **_spread(entry, ledger, request),
    }
    return render(request, "mandates/entry.html", context)


def _may_see(request: Any, case: UUID | None) -> bool:
    return case is not None and any(one.pk == case for one in queries.cases_to_choose(request.actor, [case], most=0))


def _needs(request: Any, entry: Any) -> list[Any]:
    """The needs that began in the entry and that one may read."""
    keys = queries.used_for(entry, "need")
    return list(needs.visible_to(request.actor).filter(pk__in=keys)) if keys else []


def _history(request: Any, entry: Any, ledger: Ledger) -> list[TrailEntry]:
    found = []
    for row in queries.notes_of(entry):
        kind = ledger.note(row.kind) if row.kind else None
        title = state_status(ledger, row.state).label if row.state else (str(kind.name) if kind else row.kind)
        found.append(TrailEntry(row.on, title, str(row.by), row.text))
    return found


def _spread(entry: Any, ledger: Ledger, request: Any) -> dict[str, Any]:
    """The newest count of each region and the sum over time, with numbers and shares side by side."""
    if not ledger.spread:
        return {}
    states, counts = [one.key for one in ledger.spread], queries.counts_of(entry)
    rows, total = spread_on(states, counts, request.today)
    return {
        "spread": [(row, _cells(ledger, row)) for row in rows],
        "spread_total": (total, _cells(ledger, total)) if rows else None,
        "over_time": [(day, row, _cells(ledger, row)) for day, row in spread_over_time(states, counts)],
    }


def _cells(ledger: Ledger, row: RegionSpread) -> list[tuple[str, int, float | None]]:
    """Each state's name, number and share."""
    names = (str(one.name) for one in ledger.spread)
    return list(zip(names, row.numbers, row.shares, strict=True))


def move(request: Any, key: UUID) -> HttpResponse:
    """Give the entry another state."""
    entry, ledger = entry_of(request, key)
    queries.may_keep(request.actor, ledger, request.today).require()
    form = MoveForm(
        request.POST or None, ledger=ledger, state=entry.state, cases=case_choices(request),
        initial={"decided_on": request.today},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        done = perform_form(request, form, actions.move, entry_id=key, version=version_of(request), **form.arguments())
        if done is not None:
            messages.success(request, _("Ny tilstand: %(state)s.") % {"state": state_status(ledger, done.state).label})
            return redirect_client(request, url(request, "ledger-entry", key))
    return _page(request, entry, ledger, form, _("Ny tilstand"))


def note(request: Any, key: UUID) -> HttpResponse:
    """Note something dated."""
    entry, ledger = entry_of(request, key)
    queries.may_keep(request.actor, ledger, request.today).require()
    if not ledger.notes:
        raise NotFound
    form = NoteForm(request.POST or None, ledger=ledger, initial={"on": request.today})
    if (
        request.method == "POST"
        and form.is_valid()
        and perform_form(request, form, actions.note, entry_id=key, **form.cleaned_data)
    ):
        messages.success(request, _("Notatet er lagt til."))
        return redirect_client(request, url(request, "ledger-entry", key))
    return _page(request, entry, ledger, form, _("Nytt notat"))


def count(request: Any, key: UUID) -> HttpResponse:
    """Tell how many in a region are in each state."""
    entry, ledger = entry_of(request, key)
    queries.may_keep(request.actor, ledger, request.today).require()
    if not ledger.spread:
        raise NotFound
    regions = queries.regions(ledger, request.today)
    form = CountForm(request.POST or None, ledger=ledger, regions=regions, initial={"on": request.today})
    if (
        request.method == "POST"
        and form.is_valid()
        and perform_form(request, form, actions.count, entry_id=key, **form.arguments())
    ):
        messages.success(request, _("Tellingen er ført."))
        return redirect_client(request, url(request, "ledger-entry", key))
    return _page(request, entry, ledger, form, _("Før utbredelse"))


def _page(request: Any, entry: Any, ledger: Ledger, form: Any, title: str) -> HttpResponse:
    context = {
        "entry": entry, "ledger": ledger, "form": form, "title": title, "status": state_status(ledger, entry.state),
        "crumbs": crumbs(request, ledger, entry),
    }  # fmt: skip
    return render(request, "mandates/act.html", context, status=422 if form.errors else 200)


def remove(request: Any, key: UUID) -> HttpResponse:
    """Take away an entry without a history."""
    entry, _ledger = entry_of(request, key)
    perform(request, actions.remove, entry_id=key)
    messages.success(request, _("Oppføringen er fjernet."))
    return redirect_client(request, url(request, "ledger-detail", entry.ledger))


def raise_need(request: Any, key: UUID) -> HttpResponse:
    """Begin a need in the words of the entry."""
    entry_of(request, key)
    need = perform(request, entry_to_need.raise_need, entry_id=key)
    messages.success(request, _("Utkastet er lagret og viser til oppføringen. Skriv videre på behovet."))
    return redirect_client(request, url(request, "need-edit", need.pk))
