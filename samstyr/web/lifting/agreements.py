"""Agreements with other arrangements: a code out, a code in, and the end of an agreement."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.lifting import actions, carrying, queries
from samstyr.web.posting import perform, perform_form, version_of

from .forms import ConnectForm, InviteForm


def channels(request: Any) -> HttpResponse:
    """The agreements, and a new code; the code is shown this once."""
    form = InviteForm(request.POST or None)
    code = ""
    if request.method == "POST" and form.is_valid():
        secret = perform_form(request, form, actions.invite, name=form.cleaned_data["name"])
        if secret is not None:
            code, form = f"{request.tenant.slug}.{secret}", InviteForm()
    return _page(request, form, ConnectForm(), code=code)


def connect(request: Any) -> HttpResponse:
    """Use a code."""
    form = ConnectForm(request.POST)
    if form.is_valid():
        row = perform_form(
            request, form, carrying.connect, code=form.cleaned_data["code"], own_name=request.tenant.name
        )
        if row is not None:
            messages.success(request, _("Dere kan nå løfte saker til %(name)s.") % {"name": row.name})
            return redirect_client(request, reverse("channel-list", args=[request.tenant.slug]))
    return _page(request, InviteForm(), form)


def close(request: Any, key: UUID) -> HttpResponse:
    """End an agreement."""
    perform(request, actions.close_channel, channel_id=key, version=version_of(request))
    messages.success(request, _("Avtalen er avsluttet. Saker som alt er løftet, følges til de er ferdige."))
    return redirect_client(request, reverse("channel-list", args=[request.tenant.slug]))


def _page(request: Any, invite: InviteForm, given: ConnectForm, *, code: str = "") -> HttpResponse:
    may(request.actor, Act.ORGANISATION_MANAGE, queries.facts()).require()
    rows = queries.channels()
    context = {
        "incoming": [row for row in rows if row.direction == "in"],
        "outgoing": [row for row in rows if row.direction == "out"],
        "invite_form": invite,
        "connect_form": given,
        "code": code,
        "crumbs": [Crumb(_("Løftede saker"), reverse("lifting-list", args=[request.tenant.slug]))],
    }
    return render(request, "lifting/channels.html", context, status=422 if invite.errors or given.errors else 200)
