"""The address where an invited person chooses a password: signed, for three days, and for one use."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode


def address_for(account: Any) -> str:
    """The path for this account; it ends to work once a password has been chosen."""
    key = urlsafe_base64_encode(force_bytes(account.pk))
    return reverse("invitation", args=[key, default_token_generator.make_token(account)])


def choose_password(request: HttpRequest, key: str, token: str) -> HttpResponseBase:
    """Choose the first password."""
    view = PasswordResetConfirmView.as_view(
        template_name="organisations/invitation.html", success_url=reverse_lazy("login")
    )
    response = view(request, uidb64=key, token=token)
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        return response.render()
    return response
