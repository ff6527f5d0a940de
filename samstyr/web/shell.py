"""What every page's frame shows: arrangement, navigation round the loop, what waits, where in the year we are."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samstyr.foundation.access import Act, may_enter
from samstyr.foundation.tenancy import queries as tenancy
from samstyr.foundation.tenancy.scope import current_tenant_id
from samstyr.foundation.ui.shell import Choice, NavigationItem, Shell
from samstyr.outward.notices import queries as notices
from samstyr.procedure.casework import queries as casework
from samstyr.web.home import year

# (group, label, address, act, icon) in the order of the governance loop.
ENTRIES = (
    ("", gettext_noop("Oppgavene mine"), "start", Act.TENANT_ENTER, "tasks"),
    ("", gettext_noop("Varsler"), "notice-list", Act.TENANT_ENTER, "bell"),
    ("", gettext_noop("Årshjulet"), "wheel", Act.MODEL_READ, "calendar"),
    ("", gettext_noop("Oversikt"), "overview", Act.MODEL_READ, "ranking"),
    (gettext_noop("Behov og saker"), gettext_noop("Behov"), "need-list", Act.TENANT_ENTER, "need"),
    (gettext_noop("Behov og saker"), gettext_noop("Saker"), "case-list", Act.TENANT_ENTER, "case"),
    (gettext_noop("Behov og saker"), gettext_noop("Løftede saker"), "lifting-list", Act.CASE_ADMINISTER, "case"),
    (gettext_noop("Behov og saker"), gettext_noop("Høringer"), "hearing-list", Act.TENANT_ENTER, "hearing"),
    (
        gettext_noop("Behov og saker"),
        gettext_noop("Skriftlig behandling"),
        "procedure-list",
        Act.TENANT_ENTER,
        "pencil",
    ),
    (gettext_noop("Behov og saker"), gettext_noop("Råd og føringer"), "counsel-list", Act.MODEL_READ, "comment"),
    (gettext_noop("Behov og saker"), gettext_noop("Kilder"), "source-list", Act.MODEL_READ, "document"),
    (gettext_noop("Behov og saker"), gettext_noop("Presedenser"), "precedent-list", Act.TENANT_ENTER, "link"),
    (gettext_noop("Behov og saker"), gettext_noop("Oppfølging"), "follow-up-list", Act.TENANT_ENTER, "tasks"),
    (gettext_noop("Portefølje"), gettext_noop("Prioritering"), "round-list", Act.PLAN_READ, "ranking"),
    (gettext_noop("Portefølje"), gettext_noop("Kandidater"), "candidate-list", Act.PLAN_READ, "candidate"),
    (gettext_noop("Portefølje"), gettext_noop("Scenarier"), "scenario-list", Act.PLAN_READ, "scenario"),
    (gettext_noop("Portefølje"), gettext_noop("Plan"), "plan-list", Act.PLAN_READ, "plan"),
    (gettext_noop("Styring"), gettext_noop("Strategi"), "strategy-overview", Act.STRATEGY_READ, "model"),
    (gettext_noop("Styring"), gettext_noop("Styringsmodell"), "model", Act.MODEL_READ, "model"),
    (gettext_noop("Styring"), gettext_noop("Møter"), "meeting-list", Act.MODEL_READ, "calendar"),
    (gettext_noop("Styring"), gettext_noop("Rapporter"), "report-list", Act.TENANT_ENTER, "document"),
    (gettext_noop("Styring"), gettext_noop("Kunngjøringer"), "announcement-list", Act.TENANT_ENTER, "bell"),
    (gettext_noop("Styring"), gettext_noop("Bidrag"), "contribution-list", Act.MODEL_READ, "pencil"),
    (gettext_noop("Styring"), gettext_noop("Oversikter"), "ledger-list", Act.MODEL_READ, "candidate"),
    (gettext_noop("Styring"), gettext_noop("Organisasjon"), "organisation-list", Act.MODEL_READ, "organisation"),
    (gettext_noop("Styring"), gettext_noop("Revisjonsspor"), "audit-list", Act.AUDIT_READ, "audit"),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame's context; empty outside a tenant's scope."""
    tenant = getattr(request, "tenant", None)
    # The page for our own faults is shown after the tenant's scope has closed.
    if tenant is None or not hasattr(request, "actor") or current_tenant_id() is None:
        return {"demo": settings.SAMSTYR_DEMO, "languages": _languages(request)}
    if not hasattr(request, "_frame"):
        request._frame = {"shell": _frame(request, tenant), "navigation": _navigation(request, tenant)}  # type: ignore[attr-defined]
    return {**request._frame, "demo": settings.SAMSTYR_DEMO, "today": request.today}  # type: ignore[attr-defined]


def _languages(request: HttpRequest) -> tuple[Choice, ...]:
    """Each language by its own name, with the present one marked."""
    present = getattr(request, "LANGUAGE_CODE", "nb")
    return tuple(Choice(name, reverse("language"), code == present, code) for code, name in settings.LANGUAGES)


def address(name: str, *args: Any) -> str:
    """The path of an address, or nothing while its room has no pages."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _navigation(request: HttpRequest, tenant: Any) -> list[NavigationItem]:
    items = []
    best = ""
    for group, label, name, act, icon in ENTRIES:
        url = address(name, tenant.slug)
        if not url or not may_enter(request.actor, act, tenant.pk) or not HAS.get(name, _always)(request):  # type: ignore[attr-defined]
            continue
        if request.path.startswith(url) and len(url) > len(best):
            best = url
        count = COUNTS[name](request) if name in COUNTS else None
        items.append((url, NavigationItem(_(label), url, _(group) if group else "", False, count or None, icon)))
    return [NavigationItem(item.label, item.url, item.group, url == best, item.count, item.icon) for url, item in items]


def _waiting(request: HttpRequest) -> int:
    return len(tasks(request))


def tasks(request: HttpRequest) -> list[Any]:
    """What waits for the person, read once a request."""
    if not hasattr(request, "_tasks"):
        request._tasks = casework.tasks_of(request.actor)  # type: ignore[attr-defined]
    return request._tasks  # type: ignore[attr-defined, no-any-return]


def _unseen(request: HttpRequest) -> int:
    return notices.unseen_count(request.actor)  # type: ignore[attr-defined]


def _always(request: HttpRequest) -> bool:
    return True


def _has_wheel(request: HttpRequest) -> bool:
    model = request.model  # type: ignore[attr-defined]
    return model is not None and model.wheel is not None


# Entries that stand in the menu only where the model has what they show.
HAS = {"wheel": _has_wheel}
COUNTS = {"start": _waiting, "notice-list": _unseen}


def _frame(request: HttpRequest, tenant: Any) -> Shell:
    here = tenant.slug
    others = [
        Choice(other.name, address("start", other.slug), other.pk == tenant.pk)
        for other in tenancy.tenants_of(request.user.pk)
    ]
    person = request.person  # type: ignore[attr-defined]
    roles = tuple(
        dict.fromkeys(held.name for held in request.actor.roles if not held.role.startswith("seat:"))  # type: ignore[attr-defined]
    )
    return Shell(
        person_name=person.name,
        person_roles=roles,
        tenant_name=tenant.name,
        home_url=address("start", here),
        tenants=tuple(others) if len(others) > 1 else (),
        person_menu=tuple(
            Choice(label, url)
            for label, url in (
                (_("Siden min"), address("person-detail", here, person.pk)),
                (_("Bytt passord"), address("password", here)),
            )
            if url
        ),
        languages=_languages(request),
        search_url=address("search", here),
        search_text=request.GET.get("q", "") if request.path == address("search", here) else "",
        help_url=address("help", here),
        accessibility_url=address("accessibility"),
        logout_url=address("logout"),
        season=year.season(request.model, request.today),  # type: ignore[attr-defined]
        season_url=address("wheel", here) if _has_wheel(request) else "",
        demo=settings.SAMSTYR_DEMO,
    )
