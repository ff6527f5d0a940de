"""People: the list, one person with all they hold, making and changing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.governance import appointing as model
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.organisations import actions
from samstyr.foundation.organisations.queries import lists
from samstyr.foundation.organisations.queries.imports import require_any
from samstyr.foundation.organisations.rules.appointing import may_appoint
from samstyr.foundation.organisations.rules.importing import PEOPLE_COLUMNS
from samstyr.foundation.ui.htmx import render as render_part
from samstyr.web.posting import perform, version_of
from samstyr.web.saving import table_response

from .. import invitations
from ..forms import PeopleFilter, PersonForm
from .parts import (
    attempt,
    crumbs,
    found,
    organisation_choices,
    unit_choices,
    url,
)

PER_PAGE = 50
ACTIVE = {"": True, "no": False, "all": None}


def person_list(request: Any) -> HttpResponse:
    """People with filters, sorting and pages in the address."""
    form = _filter(request)
    page = Paginator(_rows(request, form), PER_PAGE).get_page(request.GET.get("page"))
    names = {role.key: role.name for role in model.role_specs(request.model)}
    rows = [(person, sorted({names.get(row.role, row.role) for row in person.roles_today})) for person in page]
    context = {
        "page": page,
        "rows": rows,
        "filter_form": form,
        "manage": _may_manage_somewhere(request.actor),
        "query": request.GET.urlencode(),
        "crumbs": crumbs(request),
    }
    return render_part(request, "organisations/person_list.html", "rows", context)


def person_export(request: Any, ending: str) -> HttpResponse:
    """The list as it is filtered, in the form that can be brought in again."""
    rows = _rows(request, _filter(request))
    lines = [
        [
            row.name,
            row.email,
            row.title,
            str(row.organisation.name if row.organisation else ""),
            row.unit.name if row.unit else "",
        ]
        for row in rows
    ]
    return table_response(_("Personer"), [names[0] for names in PEOPLE_COLUMNS.values()], lines, ending=ending)


def _filter(request: Any) -> PeopleFilter:
    roles = [(role.key, role.name) for role in model.role_specs(request.model)]
    return PeopleFilter(request.GET, organisations=organisation_choices(), roles=roles)


def _rows(request: Any, form: PeopleFilter) -> Any:
    chosen = form.cleaned_data if form.is_valid() else {}
    return lists.people(
        text=chosen.get("q", ""),
        organisation=chosen.get("organisation"),
        role=chosen.get("role", ""),
        active=ACTIVE[chosen.get("active", "")],
        on=request.today,
        sort=request.GET.get("sort", "name"),
    )


def _may_manage_somewhere(actor: Any) -> bool:
    return any(grant.act is Act.PEOPLE_MANAGE for grant in actor.grants)


def person_detail(request: Any, key: UUID) -> HttpResponse:
    """One person: where they work, roles, seats, absences. One's own page is for everybody."""
    person = found(lists.person(key))
    actor = request.actor
    manage = may(actor, Act.PEOPLE_MANAGE, person.facts())
    own = actor.person == person.pk
    if not (own or manage or may(actor, Act.MODEL_READ, Facts("tenant", request.tenant.pk))):
        raise NotFound
    specs = {role.key: role for role in model.role_specs(request.model)}
    roles = [
        (
            row,
            specs[row.role].name if row.role in specs else row.role,
            row.ends_on is None or row.ends_on >= request.today,
            may_appoint(actor, specs.get(row.role) or model.spec_of_holding(None, row.role), row.facts()),
        )
        for row in lists.roles_of(key)
    ]
    bodies = {body.key: str(body.name) for body in request.model.bodies} if request.model else {}
    context = {
        "person": person,
        "own": own,
        "manage": manage,
        "appoint": any(grant.act is Act.ROLE_APPOINT for grant in actor.grants) and key not in actor.people,
        "roles": roles,
        "seats": [(row, bodies.get(row.seat.body, row.seat.body)) for row in lists.seats_held_by(key)],
        "absences": lists.absences_of(key, since=request.today),
        "stands_in": lists.stands_in(key, since=request.today),
        "invitation": request.session.pop(f"invitation-{key}", ""),
        "crumbs": crumbs(request, (_("Personer"), url(request, "person-list"))),
    }
    return render(request, "organisations/person_detail.html", context)


def person_create(request: Any) -> HttpResponse:
    """A form for a new person."""
    require_any(request.actor, Act.PEOPLE_MANAGE)
    return _person_form(request, None)


def person_edit(request: Any, key: UUID) -> HttpResponse:
    """A form for a person's name, contact and place."""
    person = found(lists.person(key))
    may(request.actor, Act.PEOPLE_MANAGE, person.facts()).require()
    return _person_form(request, person)


def _person_form(request: Any, person: Any) -> HttpResponse:
    initial = {}
    if person:
        initial = {name: getattr(person, name) for name in ("name", "title", "email")}
        initial |= {"organisation": person.organisation_id, "unit": person.unit_id}
    form = PersonForm(request.POST or None, initial=initial, organisations=organisation_choices(), units=unit_choices())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        saved = attempt(
            request,
            form,
            actions.save_person,
            person_id=person.pk if person else None,
            version=version_of(request),
            name=given["name"],
            title=given["title"],
            email=given["email"],
            organisation_id=given["organisation"],
            unit_id=given["unit"],
        )
        if saved:
            messages.success(request, _("%(name)s er lagret.") % {"name": saved.name})
            return redirect(url(request, "person-detail", saved.pk))
    context = {
        "edit_form": form,
        "title": _("Rediger %(name)s") % {"name": person.name} if person else _("Ny person"),
        "version": person.version if person else None,
        "crumbs": crumbs(request, (_("Personer"), url(request, "person-list"))),
    }
    return render(request, "organisations/form.html", context, status=422 if form.errors else 200)


def person_deactivate(request: Any, key: UUID) -> HttpResponse:
    """Take a person out."""
    person = perform(request, actions.deactivate_person, person_id=key, version=version_of(request))
    messages.success(request, _("%(name)s er ikke lenger aktiv.") % {"name": person.name})
    return redirect(url(request, "person-detail", key))


def person_reactivate(request: Any, key: UUID) -> HttpResponse:
    """Take a person in again."""
    person = perform(request, actions.reactivate_person, person_id=key, version=version_of(request))
    messages.success(request, _("%(name)s er aktiv igjen.") % {"name": person.name})
    return redirect(url(request, "person-detail", key))


def person_renew_login(request: Any, key: UUID) -> HttpResponse:
    """End the present password, and show a link by which the person chooses a new one."""
    person = perform(request, actions.renew_login, person_id=key, version=version_of(request))
    request.session[f"invitation-{key}"] = settings.SAMSTYR_ADDRESS + invitations.address_for(person.account)
    return redirect(url(request, "person-detail", key))


def person_invite(request: Any, key: UUID) -> HttpResponse:
    """Make a login, and show once the address where the person chooses a password."""
    person = perform(request, actions.invite, person_id=key, version=version_of(request))
    assert person.account is not None, "an invited person has a login"
    if not person.account.has_usable_password():
        request.session[f"invitation-{key}"] = settings.SAMSTYR_ADDRESS + invitations.address_for(person.account)
    messages.success(
        request,
        _("%(name)s har fått en innlogging med brukernavnet %(username)s.")
        % {"name": person.name, "username": person.account.username},
    )
    return redirect(url(request, "person-detail", key))
