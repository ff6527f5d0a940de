"""Answers to what goes wrong outside any page: bad address, bad form token, too many guesses, our own faults."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.errors import NotFound, Problem


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page as for a thing one may not know of."""
    return render(request, "ui/404.html", {"problem": NotFound()}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault; no detail leaves the house."""
    return render(request, "ui/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token was missing or old."""
    problem = Problem(
        _("Skjemaet var åpent for lenge, eller ble ikke sendt fra Samstyr."),
        remedy=_("Gå tilbake, last siden på nytt, og send en gang til."),
    )
    return render(request, "ui/403.html", {"problem": problem}, status=403)


def locked_out(request: HttpRequest, credentials: Any = None, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Too many wrong passwords from here for this user."""
    problem = Problem(
        _("For mange forsøk på å logge inn."),
        remedy=_("Vent 15 minutter, eller be en administrator om hjelp."),
    )
    return render(request, "ui/403.html", {"problem": problem}, status=429)
