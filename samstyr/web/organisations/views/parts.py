"""What several of the pages share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.forms import Form
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.errors import Conflict, NotFound
from samstyr.foundation.organisations import queries
from samstyr.foundation.organisations.queries import lists
from samstyr.foundation.ui.shell import Crumb
from samstyr.web.posting import perform_form

Result = TypeVar("Result")


def url(request: Any, name: str, *keys: object) -> str:
    """The address of a page in the request's tenant."""
    return reverse(name, args=[request.tenant.slug, *keys])


def crumbs(request: Any, *more: tuple[str, str]) -> list[Crumb]:
    """The way down from the organisations."""
    return [Crumb(_("Organisasjon"), url(request, "organisation-list")), *(Crumb(label, to) for label, to in more)]


def found(thing: Result | None) -> Result:
    """The thing. Raises NotFound when there is none."""
    if thing is None:
        raise NotFound
    return thing


def attempt(request: HttpRequest, form: Form, action: Callable[..., Result], **arguments: Any) -> Result | None:
    """As `perform_form`; a conflict that the person can mend in the form becomes a fault in it too."""
    try:
        return perform_form(request, form, action, **arguments)
    except Conflict as conflict:
        if conflict.rule in ("version", "idempotency"):
            raise
        form.add_error(None, " ".join(str(part) for part in (conflict.message, conflict.remedy) if part))
        return None


def organisation_choices() -> list[tuple[str, str]]:
    """Organisations by name."""
    return [(str(row.pk), row.name) for row in queries.organisations()]


def unit_choices(rows: Iterable[Any] | None = None) -> list[tuple[str, str]]:
    """Active units by organisation and name."""
    return [(str(row.pk), f"{row.organisation}: {row.name}") for row in (lists.units() if rows is None else rows)]


def people_choices(first: Callable[[str], bool] | None = None) -> list[tuple[str, str]]:
    """Active people by name, with where they work; those from a kind of organisation that is to come `first`, before."""
    rows = list(lists.people_to_choose())
    if first is not None:
        rows.sort(key=lambda row: not (row.organisation and first(row.organisation.kind)))
    return [(str(row.pk), ", ".join(str(part) for part in (row.name, row.unit) if part)) for row in rows]
