"""Those who write along, and the files that go with a need."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.web.needs.forms import AttachmentForm
from samstyr.web.posting import perform
from samstyr.wheel.needs import actions

from .parts import key_of, url


def add_co_author(request: Any, key: UUID) -> HttpResponse:
    """Let somebody write along."""
    return _done(request, key, actions.add_co_author, _("Medforfatteren er lagt til."), person_id=_person(request))


def remove_co_author(request: Any, key: UUID) -> HttpResponse:
    """End somebody's writing along. Who takes oneself off no longer sees the draft."""
    person = _person(request)
    answer = _done(request, key, actions.remove_co_author, _("Medforfatteren er fjernet."), person_id=person)
    return redirect_client(request, url(request, "need-list")) if person == request.actor.person else answer


def add_attachment(request: Any, key: UUID) -> HttpResponse:
    """Store a file with the need."""
    form = AttachmentForm(request.POST, request.FILES)
    if not form.is_valid():
        name, faults = next(iter(form.errors.items()))
        messages.error(request, f"{form[name].label}: {faults[0]}")
        return redirect_client(request, url(request, "need-edit", key))
    file = form.cleaned_data["file"]
    return _done(
        request,
        key,
        actions.add_attachment,
        _("Vedlegget er lagret."),
        content=file.read(),
        file_name=file.name,
        title=form.cleaned_data["title"] or file.name,
    )


def remove_attachment(request: Any, key: UUID, document: UUID) -> HttpResponse:
    """Take a file away."""
    return _done(request, key, actions.remove_attachment, _("Vedlegget er fjernet."), document_id=document)


def _person(request: Any) -> UUID:
    person = key_of(request.POST.get("person", ""))
    return person or UUID(int=0)


def _done(request: Any, key: UUID, action: Any, said: str, **arguments: Any) -> HttpResponse:
    try:
        perform(request, action, need_id=key, **arguments)
    except Invalid as invalid:
        for error in invalid.errors:
            messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect_client(request, url(request, "need-edit", key))
