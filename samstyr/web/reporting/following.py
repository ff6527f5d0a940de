"""What happens with a report that is sent: receipt, correction, publishing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.ui.shell import Crumb
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.web.shell import address
from samstyr.wheel.reporting import actions, queries

from .forms import CorrectForm, ReceiptForm
from .reading import report_of
from .views import crumbs
from .writing import draft_of


def receive(request: Any, key: UUID) -> HttpResponse:
    """Leave a receipt."""
    report_of(request, key)
    form = ReceiptForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else request.POST.get("note", "")
    perform(request, actions.receive, report_id=key, note=note)
    messages.success(request, _("Takk. Kvitteringen er ført."))
    return redirect("report-detail", tenant=request.tenant.slug, key=key)


def correct(request: Any, key: UUID) -> HttpResponse:
    """Write a correction beside the report."""
    row = draft_of(request, key)
    form = CorrectForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = perform_form(
            request, form, actions.correct, report_id=key, text=form.cleaned_data["text"],
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("Tillegget er ført, og mottakeren er varslet."))
            return redirect("report-detail", tenant=request.tenant.slug, key=key)
    title = f"{row.name}, {queries.period_name(row.period_kind, row.starts_on, row.ends_on, row.period_name)}"
    trail = [*crumbs(request), Crumb(title, address("report-detail", request.tenant.slug, key))]
    context = {"row": row, "form": form, "crumbs": trail}
    return render(request, "reporting/correct.html", context, status=422 if form.errors else 200)


def publish(request: Any, key: UUID) -> HttpResponse:
    """Let anybody read the report."""
    report_of(request, key)
    perform(request, actions.publish, report_id=key, version=version_of(request))
    messages.success(request, _("Rapporten er publisert."))
    return redirect("report-detail", tenant=request.tenant.slug, key=key)


def withdraw(request: Any, key: UUID) -> HttpResponse:
    """Take the report off the net."""
    report_of(request, key)
    perform(request, actions.withdraw, report_id=key, version=version_of(request))
    messages.success(request, _("Rapporten er ikke lenger publisert."))
    return redirect("report-detail", tenant=request.tenant.slug, key=key)
