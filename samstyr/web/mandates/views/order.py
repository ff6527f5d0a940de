"""The order of a ledger's entries, in versions, with who was asked first."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.governance.rules.ledgers import Ledger
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.procedure.mandates import actions, queries
from samstyr.web.posting import perform_form

from ..forms import OrderForm
from .parts import crumbs, ledger_of, url


def order(request: Any, ledger: str) -> HttpResponse:
    """Every version, what moved from one to the next, who was not asked; and a form for the next version."""
    found = ledger_of(request, ledger)
    if not found.ordered:
        raise NotFound
    orders = queries.orders_of(found)
    may_keep = queries.may_keep(request.actor, found, request.today)
    if request.method == "POST":
        may_keep.require()
    form = _form(request, found, orders)
    if request.method == "POST" and form.is_valid():
        row = perform_form(request, form, actions.order, ledger=found.key, **form.arguments())
        if row is not None:
            messages.success(request, _("Utgave %(number)s av rekkefølgen er lagret.") % {"number": row.number})
            return redirect_client(request, url(request, "ledger-order", found.key))
    context = {
        "ledger": found,
        "versions": _versions(found, orders),
        "form": form if may_keep and form.entries else None,
        "asks": bool(queries.asked_first(found)),
        "crumbs": crumbs(request, found),
    }
    return render(request, "mandates/order.html", context, status=422 if form.errors else 200)


def _form(request: Any, ledger: Ledger, orders: list[Any]) -> OrderForm:
    places = {key: place for place, key in enumerate(orders[0].entries)} if orders else {}
    entries = sorted(queries.to_order(ledger), key=lambda row: places.get(str(row.pk), len(places)))
    return OrderForm(request.POST or None, entries=entries, organisations=queries.asked_first(ledger))


def _versions(ledger: Ledger, orders: list[Any]) -> list[dict[str, Any]]:
    """Each version with its lines (place, title, place before), and who was asked, answered, and not asked."""
    titles = {str(row.pk): row for row in queries.listing(ledger, date.min)}
    found = []
    for row, before in zip(orders, [*orders[1:], None], strict=False):
        earlier = {key: place for place, key in enumerate(before.entries, start=1)} if before else {}
        lines = [
            (place, titles[key], earlier.get(key)) for place, key in enumerate(row.entries, start=1) if key in titles
        ]
        found.append({
            "row": row,
            "first": before is None,
            "lines": lines,
            "answered": [
                (one["name"], date.fromisoformat(one["answered"])) for one in row.inputs if one["answered"]
            ],
            "silent": [
                (one["name"], date.fromisoformat(one["asked"]))
                for one in row.inputs
                if one["asked"] and not one["answered"]
            ],
            "not_asked": [one["name"] for one in row.inputs if not one["asked"]],
        })  # fmt: skip
    return found
