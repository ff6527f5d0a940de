"""Organisations and their units."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.governance import appointing as model
from samstyr.foundation.organisations import actions, queries
from samstyr.foundation.organisations.queries import lists
from samstyr.foundation.organisations.rules.importing import UNIT_COLUMNS
from samstyr.foundation.organisations.rules.terms import chart_is_old
from samstyr.web.posting import perform, version_of
from samstyr.web.saving import table_response

from ..forms import OrganisationForm, UnitForm
from .parts import attempt, crumbs, found, url


def organisation_list(request: Any) -> HttpResponse:
    """Every organisation of the arrangement."""
    units = model.unit_specs(request.model)
    known = set(lists.units(active=False).values_list("organisation__slot", "code")) if units else set()
    slots = {row.slot for row in queries.organisations()} if units else set()
    return render(
        request,
        "organisations/organisation_list.html",
        {
            "lacking": [one for one in units if one.slot in slots and (one.slot, one.code) not in known],
            "organisations": lists.organisations_with_counts(),
            "create": may(request.actor, Act.ORGANISATION_MANAGE, Facts("organisation", request.tenant.pk)),
        },
    )


def organisation_detail(request: Any, key: UUID) -> HttpResponse:
    """One organisation with its units as a tree."""
    organisation = found(lists.organisation(key))
    verdict = may(request.actor, Act.ORGANISATION_MANAGE, organisation.facts())
    context = {
        "organisation": organisation,
        "tree": lists.tree_of(key),
        "chart_old": chart_is_old(organisation.chart_verified_on, request.today),
        "manage": verdict,
        "crumbs": crumbs(request),
    }
    return render(request, "organisations/organisation_detail.html", context)


def organisation_create(request: Any) -> HttpResponse:
    """A form for a new organisation."""
    may(request.actor, Act.ORGANISATION_MANAGE, Facts("organisation", request.tenant.pk)).require()
    return _organisation_form(request, None)


def organisation_edit(request: Any, key: UUID) -> HttpResponse:
    """A form for an organisation's name and numbers."""
    organisation = found(lists.organisation(key))
    may(request.actor, Act.ORGANISATION_MANAGE, organisation.facts()).require()
    return _organisation_form(request, organisation)


def _organisation_form(request: Any, organisation: Any) -> HttpResponse:
    slots = None
    if organisation is None:
        taken = {row.slot for row in queries.organisations()}
        known = request.model.organisations if request.model else ()
        slots = [(slot.key, str(slot.name)) for slot in known if slot.key not in taken]
    names = [name for name in OrganisationForm.base_fields if name != "slot"]
    initial = {name: getattr(organisation, name) for name in names} if organisation else {}
    form = OrganisationForm(request.POST or None, initial=initial, slots=slots)
    if request.method == "POST" and form.is_valid():
        key = organisation.pk if organisation else None
        version = version_of(request)
        saved = attempt(
            request, form, actions.save_organisation, organisation_id=key, version=version, **form.cleaned_data
        )
        if saved:
            messages.success(request, _("%(name)s er lagret.") % {"name": saved.name})
            return redirect(url(request, "organisation-detail", saved.pk))
    return _form_page(
        request,
        form,
        title=_("Rediger %(name)s") % {"name": organisation.name} if organisation else _("Ny organisasjon"),
        version=organisation.version if organisation else None,
        way=crumbs(request),
    )


def _form_page(request: HttpRequest, form: Any, *, title: str, version: int | None, way: list[Any]) -> HttpResponse:
    context = {"edit_form": form, "title": title, "version": version, "crumbs": way}
    return render(request, "organisations/form.html", context, status=422 if form.errors else 200)


def unit_detail(request: Any, key: UUID) -> HttpResponse:
    """One unit: what it lies under, what lies below, who works there and who holds roles in it."""
    unit = found(lists.unit(key))
    context = {
        "unit": unit,
        "children": lists.units(organisation=unit.organisation_id).filter(parent=unit),
        "people": lists.people(unit=key, on=request.today)[:100],
        "holdings": lists.holdings_in(key, on=request.today),
        "kind": _unit_kinds(request, unit).get(unit.kind, ""),
        "role_names": {role.key: str(role.name) for role in request.model.roles} if request.model else {},
        "manage": may(request.actor, Act.ORGANISATION_MANAGE, unit.facts()),
        "crumbs": crumbs(request, (unit.organisation.name, url(request, "organisation-detail", unit.organisation_id))),
    }
    return render(request, "organisations/unit_detail.html", context)


def unit_create(request: Any, key: UUID) -> HttpResponse:
    """A form for a new unit in an organisation."""
    organisation = found(lists.organisation(key))
    may(request.actor, Act.ORGANISATION_MANAGE, organisation.facts()).require()
    return _unit_form(request, organisation, None)


def unit_edit(request: Any, key: UUID) -> HttpResponse:
    """A form for a unit's name, code and place."""
    unit = found(lists.unit(key))
    may(request.actor, Act.ORGANISATION_MANAGE, unit.facts()).require()
    return _unit_form(request, unit.organisation, unit)


def _unit_form(request: Any, organisation: Any, unit: Any) -> HttpResponse:
    below = queries.unit_tree().get(unit.pk, frozenset()) if unit else frozenset()
    parents = [(str(row.pk), row.name) for row in lists.units(organisation=organisation.pk) if row.pk not in below]
    names = ("name", "code", "kind", "is_area")
    initial = {"parent": unit.parent_id, **{name: getattr(unit, name) for name in names}} if unit else {}
    kinds = _unit_kinds(request, unit)
    form = UnitForm(request.POST or None, initial=initial, parents=parents, kinds=kinds.items())
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        saved = attempt(
            request,
            form,
            actions.save_unit,
            unit_id=unit.pk if unit else None,
            version=version_of(request),
            organisation_id=organisation.pk,
            parent_id=given.pop("parent"),
            **given,
        )
        if saved:
            messages.success(request, _("%(name)s er lagret.") % {"name": saved.name})
            return redirect(url(request, "unit-detail", saved.pk))
    return _form_page(
        request,
        form,
        title=_("Rediger %(name)s") % {"name": unit.name} if unit else _("Ny tjeneste"),
        version=unit.version if unit else None,
        way=crumbs(request, (organisation.name, url(request, "organisation-detail", organisation.pk))),
    )


def _unit_kinds(request: Any, unit: Any) -> dict[str, str]:
    """The model's kinds of units, and the unit's own when the model no longer has it."""
    known = {item.key: str(item.name) for item in request.model.structure.unit_kinds} if request.model else {}
    return {**known, unit.kind: known.get(unit.kind, unit.kind)} if unit and unit.kind else known


def units_lay(request: Any) -> HttpResponse:
    """Make the units that the governance model lists and that are not there."""
    made = perform(request, actions.lay_units, units=model.unit_specs(request.model))
    messages.success(
        request, ngettext("%(n)s enhet er lagt inn.", "%(n)s enheter er lagt inn.", len(made)) % {"n": len(made)}
    )
    return redirect(url(request, "organisation-list"))


def unit_deactivate(request: Any, key: UUID) -> HttpResponse:
    """Take a unit out of use."""
    unit = perform(request, actions.deactivate_unit, unit_id=key, version=version_of(request))
    messages.success(request, _("%(name)s er avviklet.") % {"name": unit.name})
    return redirect(url(request, "unit-detail", key))


def unit_reactivate(request: Any, key: UUID) -> HttpResponse:
    """Take a unit into use again."""
    unit = perform(request, actions.reactivate_unit, unit_id=key, version=version_of(request))
    messages.success(request, _("%(name)s er i bruk igjen.") % {"name": unit.name})
    return redirect(url(request, "unit-detail", key))


def unit_export(request: Any, ending: str) -> HttpResponse:
    """Every active unit, in the form that can be brought in again."""
    rows = list(lists.units())
    codes = {row.pk: row.code for row in rows}
    lines = [
        [row.organisation.name, row.code, row.name, codes[row.parent_id] if row.parent_id else "", row.is_area]
        for row in rows
    ]
    return table_response(_("Tjenester"), [names[0] for names in UNIT_COLUMNS.values()], lines, ending=ending)
