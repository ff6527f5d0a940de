"""Sending in, the receipt, withdrawing, and throwing a draft away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.web.needs.forms import ReasonForm, SplitForm
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.wheel.needs import actions, queries
from samstyr.wheel.needs.queries import files
from samstyr.wheel.needs.rules.completeness import submit_faults

from .parts import crumbs, require_administering, shown_need, url


def submit(request: Any, key: UUID) -> HttpResponse:
    """Everything as it will be sent, with what must be mended first; sending shows the receipt."""
    need = queries.get_need(request.actor, key)
    may(request.actor, Act.NEED_EDIT, need.facts()).require()
    faults: list[Any] = []
    if request.method == "POST":
        action = actions.resubmit if need.state == "returned" else actions.submit
        try:
            perform(request, action, need_id=key, version=version_of(request) or 0)
        except Invalid as invalid:
            faults = invalid.errors
        else:
            return redirect_client(request, url(request, "need-receipt", key))
    elif need.state not in ("draft", "returned"):
        return redirect_client(request, url(request, "need-detail", key))
    spec = queries.form_spec(request.today)
    values = queries.values_of(need)
    faults = faults or submit_faults(values.tidy(), spec, this_year=request.today.year)
    window = queries.intake_window(request.today)
    context = {
        "need": need,
        "rows": shown_need(request, need),
        "faults": faults,
        "late": bool(window and request.today > window.ends_on),
        "window": window,
        "attachments": files.attachments_of(request.actor, need),
        "alike": queries.similar_to(request.actor, values.title, values.need, exclude=need.pk),
        "crumbs": crumbs(request, need),
    }
    return render(request, "needs/submit.html", context, status=422 if request.method == "POST" else 200)


def receipt(request: Any, key: UUID) -> HttpResponse:
    """The number, and what happens now: the next step, by whom and by when."""
    need = queries.get_need(request.actor, key)
    if need.number is None:
        return redirect_client(request, url(request, "need-detail", key))
    context = {
        "need": need,
        "steps": queries.next_steps(need),
        "actors": queries.actors_of(need, request.today),
        "crumbs": crumbs(request, need),
    }
    return render(request, "needs/receipt.html", context)


def withdraw(request: Any, key: UUID) -> HttpResponse:
    """Ask why, and whether one is sure; then withdraw."""
    need = queries.get_need(request.actor, key)
    may(request.actor, Act.NEED_WITHDRAW, need.facts()).require()
    if need.state not in ("submitted", "returned"):
        raise Conflict(_("Bare et behov som er sendt inn og ikke ferdig behandlet, kan trekkes."))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = perform_form(
            request,
            form,
            actions.withdraw,
            need_id=key,
            version=version_of(request) or 0,
            reason=form.cleaned_data["reason"],
        )
        if done is not None:
            messages.success(request, _("Behovet er trukket. De som hadde saken, ser begrunnelsen din."))
            return redirect_client(request, url(request, "need-detail", key))
    context = {"need": need, "form": form, "crumbs": crumbs(request, need), "decided_by": queries.decided_by(need.pk)}
    return render(request, "needs/withdraw.html", context, status=422 if form.is_bound else 200)


def delete(request: Any, key: UUID) -> HttpResponse:
    """Throw a draft away and go back to the list."""
    perform(request, actions.delete_draft, need_id=key, version=version_of(request) or 0)
    messages.success(request, _("Utkastet er slettet."))
    return redirect_client(request, url(request, "need-list"))


def split(request: Any, key: UUID) -> HttpResponse:
    """Make several needs out of one; each goes on from where the whole stood."""
    need = queries.get_need(request.actor, key)
    require_administering(request, need)
    form = SplitForm(request.POST or None, initial={"need_1": need.need})
    if request.method == "POST" and form.is_valid():
        done = perform_form(
            request, form, actions.split_need, need_id=key, version=version_of(request), parts=form.parts(),
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        if done:
            messages.success(request, _("Behovet er delt. Hver del behandles for seg."))
            return redirect_client(request, url(request, "need-list"))
    context = {"need": need, "form": form, "crumbs": crumbs(request, need)}
    return render(request, "needs/split.html", context, status=422 if form.errors else 200)
