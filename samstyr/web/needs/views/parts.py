"""What several of the pages share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.casework import queries as casework
from samstyr.web.needs.forms import NeedForm, initial_of
from samstyr.web.needs.labels import Shown, shown
from samstyr.wheel.needs import queries


def url(request: Any, name: str, *keys: object) -> str:
    """The address of a page in the request's tenant."""
    return reverse(name, args=[request.tenant.slug, *keys])


def crumbs(request: Any, need: Any = None) -> list[Crumb]:
    """The way down to a page about needs, or about one need."""
    way = [Crumb(_("Behov"), url(request, "need-list"))]
    return [*way, Crumb(str(need), url(request, "need-detail", need.pk))] if need is not None else way


def require_administering(request: Any, need: Any) -> None:
    """Raise Refused for those who may not rearrange the need's case, NotFound when it has none."""
    case = casework.case_of(queries.KIND, need.pk)
    if case is None:
        raise NotFound
    may(request.actor, Act.CASE_ADMINISTER, casework.case_facts(case)).require()


def unit_choices(units: list[Any]) -> list[tuple[str, str]]:
    """Units by name, with the organisation where there are several."""
    several = len({unit.organisation_id for unit in units}) > 1
    return [(str(unit.pk), f"{unit.name} ({unit.organisation})" if several else unit.name) for unit in units]


def organisation_choices() -> list[tuple[str, str]]:
    """The organisations a need can concern."""
    return [(str(one.pk), str(one)) for one in queries.organisations_to_choose()]


def form_for(request: Any, need: Any = None, data: Any = None) -> NeedForm:
    """The form, empty or with the need in it; bound when there is `data`."""
    units = queries.units_to_choose(request.actor)
    choices = unit_choices(units)
    initial: dict[str, Any] = {"price_year": request.today.year}
    people: list[tuple[str, str]] = []
    if need is None:
        own = next((unit for unit in units if unit.pk == request.actor.unit), None)
        initial["unit"] = str((own or units[0]).pk) if own or len(units) == 1 else ""
        people = people_choices(units) if queries.registers_for_others(request.actor) else []
    else:
        initial = initial_of(queries.values_of(need))
        if need.unit_id and str(need.unit_id) not in dict(choices):
            choices.append((str(need.unit_id), str(need.unit)))
    return NeedForm(
        data,
        initial=initial,
        spec=queries.form_spec(request.today),
        units=choices,
        organisations=organisation_choices(),
        people=people,
    )


def people_choices(units: list[Any]) -> list[tuple[str, str]]:
    """The people who work in the units, for whom a need may be registered."""
    return [(str(person.pk), person.name) for person in queries.people_in([unit.pk for unit in units])]


def shown_need(request: HttpRequest, need: Any) -> list[Shown]:
    """The need's fields as text."""
    return shown(
        queries.values_of(need),
        queries.form_spec(request.today),  # type: ignore[attr-defined]
        unit=f"{need.unit} ({need.organisation})" if need.unit_id else "",
        organisations=[str(row.organisation) for row in need.participants.all()],
    )


def key_of(text: str) -> UUID | None:
    """A key from a form, or None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
