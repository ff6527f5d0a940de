"""Asking services for their needs, and seeing who has answered (B-23)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.web.needs.forms import IntakeForm
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.wheel.needs import actions, queries

from .parts import crumbs, unit_choices, url


def intake(request: Any) -> HttpResponse:
    """The services asked, those that have not answered first; who represents services may ask more."""
    units = queries.units_to_call(request.actor)
    window = queries.intake_window(request.today)
    due = window.ends_on if window and window.ends_on >= request.today else None
    form = IntakeForm(request.POST or None, units=unit_choices(units), initial={"due_on": due})
    if request.method == "POST":
        if not units:
            nobody = Facts("need", request.tenant.pk, owners=frozenset({queries.NOBODY}))
            may(request.actor, Act.NEED_CREATE, nobody).require()
        if form.is_valid() and _opened(request, form):
            messages.success(request, _("Tjenestene er spurt."))
            return redirect_client(request, url(request, "need-intake"))
    standing = queries.calls(request.actor)
    context = {
        "form": form if units else None,
        "calls": standing,
        "missing": sum(not one.answered for one in standing),
        "crumbs": crumbs(request),
    }
    return render(request, "needs/intake.html", context, status=422 if form.is_bound else 200)


def _opened(request: Any, form: IntakeForm) -> bool:
    data = form.cleaned_data
    perform_form(
        request,
        form,
        actions.open_intake,
        units=tuple(UUID(key) for key in data["units"]),
        due_on=data["due_on"],
        message=data["message"],
    )
    return not form.errors


def answer_none(request: Any, key: UUID) -> HttpResponse:
    """The service has no needs this time."""
    perform(request, actions.answer_none, call_id=key, version=version_of(request) or 0)
    messages.success(request, _("Takk, svaret er registrert."))
    return redirect_client(request, url(request, "need-intake"))
