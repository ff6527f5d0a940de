"""Giving and ending roles, and stand-ins."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.governance import appointing as model
from samstyr.foundation.organisations import actions
from samstyr.foundation.organisations.queries import lists
from samstyr.foundation.organisations.queries.imports import require_any
from samstyr.foundation.organisations.rules.appointing import may_appoint
from samstyr.web.posting import perform, version_of

from ..forms import EndForm, RoleForm, SubstituteForm
from .parts import (
    attempt,
    crumbs,
    found,
    organisation_choices,
    people_choices,
    unit_choices,
    url,
)


def role_give(request: Any, key: UUID) -> HttpResponse:
    """Give a person a role."""
    require_any(request.actor, Act.ROLE_APPOINT)
    person = found(lists.person(key))
    specs = {role.key: role for role in model.role_specs(request.model)}
    form = RoleForm(
        request.POST or None,
        initial={"starts_on": request.today, "organisation": person.organisation_id},
        roles=[(role.key, role.name) for role in specs.values()],
        organisations=organisation_choices(),
        units=unit_choices(),
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        role = specs[given.pop("role")]
        saved = attempt(
            request,
            form,
            actions.give_role,
            person_id=key,
            role=role,
            # A role in a unit follows the unit's organisation, whatever was chosen before the unit.
            organisation_id=None if role.scope in ("area", "unit") else given.pop("organisation"),
            unit_id=given["unit"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            reason=given["reason"],
        )
        if saved:
            messages.success(request, _("%(name)s er nå %(role)s.") % {"name": person.name, "role": role.name})
            return redirect(url(request, "person-detail", key))
    return _form_page(request, form, _("Gi %(name)s en rolle") % {"name": person.name}, person)


def role_end(request: Any, key: UUID) -> HttpResponse:
    """Set the last day of a role."""
    holding = found(lists.role_holding(key))
    role = model.spec_of_holding(request.model, holding.role)
    may_appoint(request.actor, role, holding.facts()).require()
    form = EndForm(request.POST or None, initial={"ends_on": request.today})
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            request, form, actions.end_role, holding_id=key, version=version_of(request), role=role, **form.cleaned_data
        )
        if saved:
            messages.success(request, _("Rollen er avsluttet."))
            return redirect(url(request, "person-detail", holding.person_id))
    title = _("Avslutt rollen %(role)s for %(name)s") % {"role": role.name, "name": holding.person.name}
    return _form_page(request, form, title, holding.person, holding.version)


def substitute_set(request: Any, key: UUID) -> HttpResponse:
    """Say who stands in while one is away."""
    person = found(lists.person(key))
    if request.actor.person != key:
        may(request.actor, Act.PEOPLE_MANAGE, person.facts()).require()
    others = [choice for choice in people_choices() if choice[0] != str(key)]
    form = SubstituteForm(request.POST or None, initial={"starts_on": request.today}, people=others)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        saved = attempt(
            request, form, actions.set_substitute, person_id=key, substitute_id=given.pop("substitute"), **given
        )
        if saved:
            messages.success(request, _("Stedfortrederen er satt."))
            return redirect(url(request, "person-detail", key))
    return _form_page(request, form, _("Stedfortreder for %(name)s") % {"name": person.name}, person)


def substitute_end(request: Any, key: UUID) -> HttpResponse:
    """End a time with a stand-in early."""
    row = found(lists.substitution(key))
    perform(request, actions.end_substitute, substitution_id=key, version=version_of(request))
    messages.success(request, _("Stedfortrederen er avsluttet."))
    return redirect(url(request, "person-detail", row.person_id))


def _form_page(request: Any, form: Any, title: str, person: Any, version: int | None = None) -> HttpResponse:
    way = crumbs(
        request, (_("Personer"), url(request, "person-list")), (person.name, url(request, "person-detail", person.pk))
    )
    context = {"edit_form": form, "title": title, "version": version, "crumbs": way}
    return render(request, "organisations/form.html", context, status=422 if form.errors else 200)
