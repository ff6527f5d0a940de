"""Findings of a version, their acceptance, and the adoption."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.governance import actions, queries
from samstyr.foundation.kernel.errors import Conflict, NotFound
from samstyr.foundation.organisations.queries import lists as people_lists
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.web.posting import perform_form, version_of

from ..forms import AcceptForm, AdoptForm, KeeperForm
from .parts import (
    crumbs,
    manage_verdict,
    rule_name,
    severity_of,
    status_of,
    tabs,
    url,
    version_or_404,
)
from .reading import unfinished


def findings(request: Any, key: UUID) -> HttpResponse:
    """What the checker and the document's own readers found, gravest first."""
    row = version_or_404(key)
    if page := unfinished(request, row, "model-findings"):
        return page
    found = queries.findings_of(row)
    accepted = {item["finding"]: item for item in row.accepted}
    context = {
        "row": row,
        "status": status_of(row, queries.version_in_force(request.today), request.today),
        "tabs": tabs(request, row, "model-findings"),
        "findings": [
            (item, severity_of(item.severity), rule_name(item.code), accepted.get(item.identity)) for item in found
        ],
        "blocking": [item for item in found if item.blocks(accepted)],
        "manage": manage_verdict(request),
        "crumbs": crumbs(request, row),
    }
    return render(request, "governance/findings.html", context)


def accept(request: Any, key: UUID) -> HttpResponse:
    """Accept one finding with a reason."""
    row = version_or_404(key)
    if page := unfinished(request, row, "model-findings"):
        return page
    identity = request.POST.get("finding") or request.GET.get("funn", "")
    finding = next((item for item in queries.findings_of(row) if item.identity == identity), None)
    if finding is None:
        raise NotFound
    form = AcceptForm(request.POST or None, initial={"finding": identity})
    if form.is_bound and form.is_valid():
        done = perform_form(
            request, form, actions.accept_finding,
            version_id=row.pk, version=version_of(request), finding=identity, reason=form.cleaned_data["reason"],
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("Funnet er akseptert."))
            return redirect_client(request, url(request, "model-findings", row.pk))
    context = {
        "row": row, "finding": finding, "severity": severity_of(finding.severity), "form": form,
        "crumbs": crumbs(request, row),
    }  # fmt: skip
    return render(request, "governance/accept.html", context, status=422 if form.is_bound else 200)


def _adoption(form: AdoptForm) -> dict[str, Any]:
    given = form.cleaned_data
    return {**given, "keeper": UUID(given["keeper"])} if given.get("keeper") else given


def _adopt_form(request: Any, row: Any) -> AdoptForm:
    initial = {"valid_from": row.valid_from or request.today}
    keepers = queries.keeping_roles(row)
    if not keepers or queries.held_on(request.today, [role.key for role in keepers]):
        return AdoptForm(request.POST or None, initial=initial)
    people = [(str(person.pk), person.name) for person in people_lists.people_to_choose()]
    initial["keeper"] = str(request.actor.person)
    return KeeperForm(request.POST or None, initial=initial, people=people)


def adopt(request: Any, key: UUID) -> HttpResponse:
    """Record that the version is adopted, and from when."""
    row = version_or_404(key)
    if page := unfinished(request, row, "model-adopt"):
        return page
    accepted = {item["finding"] for item in row.accepted}
    blocking = [item for item in queries.findings_of(row) if item.blocks(accepted)]
    form = _adopt_form(request, row)
    problem = None
    if form.is_bound and form.is_valid():
        try:
            done = perform_form(
                request, form, actions.adopt, version_id=row.pk, version=version_of(request), **_adoption(form)
            )
        except Conflict as conflict:
            done, problem = None, conflict
        if done is not None:
            messages.success(request, _("Versjon %(number)s er vedtatt.") % {"number": row.number})
            return redirect_client(request, url(request, "model-detail", row.pk))
    context = {"row": row, "form": form, "blocking": blocking, "problem": problem, "crumbs": crumbs(request, row)}
    status = 409 if problem else 422 if form.is_bound else 200
    return render(request, "governance/adopt.html", context, status=status)
