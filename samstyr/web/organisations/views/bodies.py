"""Bodies: how each is put together, what is wrong with it, and filling and ending seats."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samstyr.foundation.access import Act, Facts, Verdict, may
from samstyr.foundation.governance import appointing as model
from samstyr.foundation.organisations import actions, queries
from samstyr.foundation.organisations.queries import lists
from samstyr.foundation.organisations.queries.lists import SeatRow
from samstyr.foundation.organisations.rules.appointing import GroupSpec, is_resource, may_fill
from samstyr.foundation.organisations.rules.composition import (
    Area,
    Composition,
    GroupCount,
    check,
    months_later,
)
from samstyr.procedure.mandates.queries import serving
from samstyr.web.posting import perform, version_of
from samstyr.web.saving import table_response

from ..forms import EndForm, FillForm, SeatForm
from .meeting_rules import rules_of
from .parts import (
    attempt,
    crumbs,
    found,
    organisation_choices,
    people_choices,
    unit_choices,
    url,
)


@dataclass
class SeatShown:
    """A seat in the list, with whether the person may fill or empty it and why not."""

    row: SeatRow
    fill: Verdict


@dataclass
class GroupShown:
    """A group with its count and seats."""

    count: GroupCount
    seats: list[SeatShown] = field(default_factory=list)


@dataclass
class BodyShown:
    """A body, in one organisation when each has its own."""

    body: Any
    organisation: Any
    composition: Composition
    groups: list[GroupShown]
    chair: str = ""
    secretary: str = ""


def body_list(request: Any) -> HttpResponse:
    """Every body with its counts and findings."""
    shown = _bodies(request)
    return render(request, "organisations/body_list.html", {"bodies": shown, "crumbs": crumbs(request)})


def body_detail(request: Any, body: str) -> HttpResponse:
    """One body: groups and seats, findings, and which areas are represented."""
    found(request.model and request.model.body(body))
    shown = list(_bodies(request, body))
    context = {
        "shown": shown,
        "body": request.model.body(body),
        "lacking": any(_lacks(count) for one in shown for count in one.composition.groups if one.organisation is None),
        "manage": may(request.actor, Act.ORGANISATION_MANAGE, Facts("seat", request.tenant.pk)),
        "rules": rules_of(request.model.body(body)),
        "competence": serving.competence_of(body, request.today),
        "crumbs": crumbs(request, (_("Organer"), url(request, "body-list"))),
    }
    return render(request, "organisations/body_detail.html", context)


def _lacks(count: GroupCount) -> bool:
    return not count.group.one_per and count.expected is not None and count.seats < count.expected


def body_export(request: Any, body: str, ending: str) -> HttpResponse:
    """The seats of a body as a list: group, area, holder, term, who appointed."""
    spec = found(request.model and request.model.body(body))
    header = [
        _("Gruppe"),
        _("Plass"),
        _("Organisasjon"),
        _("Område"),
        _("Person"),
        _("Fra"),
        _("Til"),
        _("Oppnevnt av"),
    ]
    lines = []
    for one in _bodies(request, body):
        for group in one.groups:
            for seat in group.seats:
                row, now = seat.row.seat, seat.row.now
                lines.append([
                    group.count.group.name, row.number, str(row.organisation or ""), str(row.unit or ""),
                    now.person.name if now else "", now.starts_on if now else None, now.ends_on if now else None,
                    now.appointed_by if now else "",
                ])  # fmt: skip
    return table_response(str(spec.name), header, lines, ending=ending)


def _bodies(request: Any, only: str = "") -> list[BodyShown]:
    governance, today = request.model, request.today
    if governance is None:
        return []
    bodies = [body for body in governance.bodies if (body.key == only if only else body.in_force(today))]
    seats = lists.seat_rows([body.key for body in bodies], on=today)
    areas = lists.areas()
    organisations = list(queries.organisations())
    shown = []
    for body in bodies:
        for place in _places(body, organisations) if body.per == "organisation" else [None]:
            rows = seats.get((body.key, place.pk if place else None), [])
            shown.append(_shown(request, body, place, rows, areas, today))
    return shown


def _places(body: Any, organisations: list[Any]) -> list[Any]:
    """The organisations that each have the body."""
    places = [one for one in organisations if body.exists_in(one.slot)]
    return places if body.exists_for is not None else [one for one in places if one.kind == "municipality"]


def _shown(request: Any, body: Any, place: Any, rows: list[SeatRow], areas: list[Area], today: date) -> BodyShown:
    groups = model.groups_of(request.model, body, today)
    composition = check(
        groups,
        [lists.seat_state(row) for row in rows],
        areas,
        size=model.size_of(body, today),
        soon=months_later(today, body.term_notice_months),
    )
    parts = []
    for count in composition.groups:
        mine = [row for row in rows if row.seat.group == count.group.key]
        parts.append(GroupShown(count, [SeatShown(row, _verdict(request, count.group, row.seat)) for row in mine]))
    names = {role.key: str(role.name) for role in request.model.roles}
    return BodyShown(
        body, place, composition, parts, names.get(body.chair or "", ""), names.get(body.secretary or "", "")
    )


def _verdict(request: Any, group: GroupSpec, seat: Any) -> Verdict:
    return may_fill(request.actor, group, seat.facts(), organisation=seat.organisation_id, unit=seat.unit_id)


def seat_create(request: Any, body: str) -> HttpResponse:
    """A new seat in a body."""
    spec = found(request.model and request.model.body(body))
    may(request.actor, Act.ORGANISATION_MANAGE, Facts("seat", request.tenant.pk)).require()
    groups = {group.key: group for group in model.groups_of(request.model, spec, request.today)}
    areas = [row for row in lists.units() if row.is_area]
    form = SeatForm(
        request.POST or None,
        groups=[(group.key, group.name) for group in groups.values()],
        organisations=organisation_choices(),
        areas=unit_choices(areas),
    )
    owner = _owner(form, spec) if request.method == "POST" and form.is_valid() else None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        saved = attempt(
            request,
            form,
            actions.save_seat,
            group=groups[given["group"]],
            body_organisation_id=owner,
            organisation_id=None if given["unit"] else given["organisation"] or owner,
            unit_id=given["unit"],
        )
        if saved:
            messages.success(request, _("Plassen er opprettet."))
            return redirect(url(request, "body-detail", body))
    return _form_page(request, form, _("Ny plass i %(body)s") % {"body": spec.name}, spec)


def seats_lay(request: Any, body: str) -> HttpResponse:
    """Make the seats that the model says the body has and that are not there."""
    spec = found(request.model and request.model.body(body))
    groups = model.groups_of(request.model, spec, request.today)
    made = perform(request, actions.lay_seats, groups=groups)
    messages.success(
        request, ngettext("%(n)s plass er opprettet.", "%(n)s plasser er opprettet.", len(made)) % {"n": len(made)}
    )
    return redirect(url(request, "body-detail", body))


def _owner(form: Any, body: Any) -> UUID | None:
    """Whose body the seat is in, when each organisation has its own; an error in the form when that is not told."""
    if body.per != "organisation":
        return None
    places: list[UUID] = [one.pk for one in _places(body, list(queries.organisations()))]
    unit = lists.unit(form.cleaned_data["unit"]) if form.cleaned_data["unit"] else None
    wanted: UUID | None = unit.organisation_id if unit else form.cleaned_data["organisation"]
    if wanted is None and len(places) == 1:
        return places[0]
    if wanted not in places:
        form.add_error("organisation", _("Velg organisasjonen som har dette organet."))
    return wanted


def seat_close(request: Any, key: UUID) -> HttpResponse:
    """Close a seat that nobody holds."""
    seat = found(lists.seat(key))
    group = model.group_of(request.model, seat.body, seat.group, request.today)
    perform(
        request,
        actions.save_seat,
        seat_id=key,
        version=version_of(request),
        group=group or GroupSpec(seat.body, seat.body, seat.group, seat.group),
        body_organisation_id=seat.body_organisation_id,
        organisation_id=seat.organisation_id,
        unit_id=seat.unit_id,
        is_active=False,
    )
    messages.success(request, _("Plassen er avviklet."))
    return redirect(url(request, "body-detail", seat.body))


def seat_fill(request: Any, key: UUID) -> HttpResponse:
    """Appoint somebody to a seat."""
    seat = found(lists.seat(key))
    group = found(model.group_of(request.model, seat.body, seat.group, request.today))
    _verdict(request, group, seat).require()
    form = FillForm(
        request.POST or None,
        initial={"starts_on": request.today},
        people=people_choices(first=lambda kind: is_resource(group, kind)),
        responsibility=group.direct_responsibility,
        term_years=group.term_years,
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        saved = attempt(
            request,
            form,
            actions.fill_seat,
            seat_id=key,
            version=version_of(request),
            group=group,
            person_id=given.pop("person"),
            **given,
        )
        if saved:
            messages.success(request, _("%(name)s har fått plassen.") % {"name": saved.person.name})
            return redirect(url(request, "body-detail", seat.body))
    place = seat.unit or seat.organisation
    title = _("Oppnevn til plass %(number)s i %(group)s") % {"number": seat.number, "group": group.name}
    asked = lists.consultations_of([key]).get(key, [])
    who = {row.consulted for row in asked}
    more = {
        "seat": seat,
        "group": group,
        "asked": asked,
        "unasked": [one for one in group.consults if one not in who],
        "optional": [one for one in group.may_consult if one not in who],
    }
    body = request.model.body(seat.body)
    shown = f"{title}, {place}" if place else title
    return _form_page(request, form, shown, body, seat.version, "organisations/seat_fill.html", **more)


def seat_end(request: Any, key: UUID) -> HttpResponse:
    """Set the last day of a term in a seat."""
    holding = found(lists.seat_holding(key))
    seat = holding.seat
    group = model.group_of(request.model, seat.body, seat.group, request.today) or GroupSpec(
        seat.body, seat.body, seat.group, seat.group
    )
    _verdict(request, group, seat).require()
    form = EndForm(request.POST or None, initial={"ends_on": request.today})
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            request,
            form,
            actions.end_seat,
            holding_id=key,
            version=version_of(request),
            group=group,
            **form.cleaned_data,
        )
        if saved:
            messages.success(request, _("Perioden er avsluttet."))
            return redirect(url(request, "body-detail", seat.body))
    title = _("Avslutt perioden til %(name)s") % {"name": holding.person.name}
    return _form_page(request, form, title, found(request.model.body(seat.body)), holding.version)


def _form_page(
    request: Any,
    form: Any,
    title: str,
    body: Any,
    version: int | None = None,
    template: str = "organisations/form.html",
    **more: Any,
) -> HttpResponse:
    way = crumbs(
        request, (_("Organer"), url(request, "body-list")), (str(body.name), url(request, "body-detail", body.key))
    )
    context = {"edit_form": form, "title": title, "version": version, "crumbs": way, **more}
    return render(request, template, context, status=422 if form.errors else 200)
