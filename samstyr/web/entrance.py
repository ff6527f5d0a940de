"""Who is at the door, in which tenant, and what they meet when something is refused."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.kernel.errors import Problem
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.tenancy import queries as tenancy


def tenant_of(account_id: Any, slug: str) -> Any:
    """The tenant by its slug, if the account takes part in it; None tells the two apart from nobody."""
    return tenancy.tenant_for(account_id, slug)


def has_lasted_too_long(request: HttpRequest) -> bool:
    """Whether the session has reached its absolute limit, however busy; it is then ended."""
    moment = int(request.now.timestamp())  # type: ignore[attr-defined]
    if moment - int(request.session.setdefault("begun", moment)) <= settings.SESSION_ABSOLUTE_SECONDS:
        return False
    logout(request)
    return True


def enter(request: HttpRequest, tenant: Any) -> bool:
    """Give the request its tenant, person and actor; False when the account is no active person here."""
    person = organisations.person_of_account(UUID(str(request.user.pk)))
    if person is None:
        return False
    today = oslo_date(request.now)  # type: ignore[attr-defined]
    request.tenant = tenant  # type: ignore[attr-defined]
    request.person = person  # type: ignore[attr-defined]
    request.today = today  # type: ignore[attr-defined]
    request.model = governance.current_model(today)  # type: ignore[attr-defined]
    request.actor = organisations.actor_for(  # type: ignore[attr-defined]
        person, today=today, role_table=governance.role_table(today)
    )
    return True


TEMPLATES = {403: "ui/403.html", 404: "ui/404.html", 409: "ui/409.html"}


def problem_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The page for a refusal: the same words for what is hidden and what never was."""
    template = TEMPLATES.get(problem.status, "ui/problem.html")
    return render(request, template, {"problem": problem}, status=problem.status)
