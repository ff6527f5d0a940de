"""What several of the pages of candidates and scenarios share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.shell import Crumb
from samstyr.web.scenarios.forms import Choices
from samstyr.wheel.scenarios import queries

PER_PAGE = 50


def url(request: Any, name: str, *keys: object) -> str:
    """The address of a page in the request's tenant."""
    return reverse(name, args=[request.tenant.slug, *keys])


def may_edit(request: Any) -> Any:
    """The verdict on changing candidates and scenarios."""
    return may(request.actor, Act.PLAN_EDIT, queries.scenario_facts())


def candidate_crumbs(request: Any, candidate: Any = None) -> list[Crumb]:
    """The way down to a page about candidates, or about one."""
    way = [Crumb(_("Kandidater"), url(request, "candidate-list"))]
    if candidate is not None:
        way.append(Crumb(str(candidate), url(request, "candidate-detail", candidate.pk)))
    return way


def scenario_crumbs(request: Any, scenario: Any = None) -> list[Crumb]:
    """The way down to a page about scenarios, or about one."""
    way = [Crumb(_("Scenarier"), url(request, "scenario-list"))]
    if scenario is not None:
        way.append(Crumb(str(scenario), url(request, "scenario-detail", scenario.pk)))
    return way


def candidate_of(request: Any, key: UUID) -> Any:
    """The candidate, if the person may read plans. Raises NotFound."""
    found = queries.candidate_by_id(key) if _reads(request) else None
    if found is None:
        raise NotFound
    return found


def scenario_of(request: Any, key: UUID) -> Any:
    """The scenario, if the person may read plans. Raises NotFound."""
    found = queries.scenario_by_id(key) if _reads(request) else None
    if found is None:
        raise NotFound
    return found


def _reads(request: Any) -> bool:
    return bool(may(request.actor, Act.PLAN_READ, queries.scenario_facts()))


def choices(request: Any) -> Choices:
    """What the forms offer, by the model on the day and by what is registered."""
    known = queries.known(request.today)
    return Choices(
        areas=[(str(key), str(name)) for key, name in known.areas.items()],
        focus_areas=[(key, str(name)) for key, name in known.focus_areas.items()],
        goals=[(key, str(name)) for key, name in known.goals.items()],
        organisations=[(str(key), str(name)) for key, name in known.organisations.items()],
        cost_keys=[(key, str(name)) for key, name in known.cost_keys.items()],
        sources=[(key, str(name)) for key, name in known.sources.items()],
        kinds=known.kinds,
        roles=known.roles,
        numbers=known.numbers,
    )


def key_of(text: str) -> UUID | None:
    """A key from the address or a form, or None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
