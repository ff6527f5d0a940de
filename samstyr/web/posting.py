"""How a page's form reaches an action: actor, time, key and version from the request; faults back to the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.forms import Form
from django.http import HttpRequest

from samstyr.foundation.kernel.errors import Invalid

Result = TypeVar("Result")


def perform(request: HttpRequest, action: Callable[..., Result], **arguments: Any) -> Result:
    """Carry out `action` as the request's person, once per form (`_key`). Problems pass through."""
    return action(
        actor=request.actor,  # type: ignore[attr-defined]
        now=request.now,  # type: ignore[attr-defined]
        key=(request.POST.get("_key") or "")[:64] or None,
        **arguments,
    )


def version_of(request: HttpRequest) -> int | None:
    """The version of the thing that the form was filled in from; None when absent or no number."""
    text = request.POST.get("_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def perform_form(request: HttpRequest, form: Form, action: Callable[..., Result], **arguments: Any) -> Result | None:
    """As `perform`, but faults become the form's errors and None is returned, for the page to be shown again."""
    try:
        return perform(request, action, **arguments)
    except Invalid as invalid:
        for error in invalid.errors:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        return None
