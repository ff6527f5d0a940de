"""The front door and the landing page: login, choice of arrangement, my tasks, the wheel, search and help."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may_enter
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.tenancy import queries as tenancy
from samstyr.procedure.announcements import queries as announcements
from samstyr.procedure.casework.queries import lists as case_lists
from samstyr.procedure.counsel import queries as counsel
from samstyr.procedure.hearings import queries as hearings
from samstyr.procedure.mandates import queries as ledgers
from samstyr.procedure.meetings import queries as meetings
from samstyr.web import shell
from samstyr.wheel.needs import queries as needs
from samstyr.wheel.reporting import queries as reporting

from . import year
from .forms import LoginForm

PER_KIND = 25


def login_page(request: HttpRequest) -> HttpResponseBase:
    """User name and password, and in the demonstration one click per user."""
    extra = {"demo_users": tenancy.demo_users() if settings.SAMSTYR_DEMO else ()}
    return LoginView.as_view(
        template_name="home/login.html",
        authentication_form=LoginForm,
        redirect_authenticated_user=True,
        extra_context=extra,
    )(request)


def demo_login(request: HttpRequest) -> HttpResponse:
    """Log in as one of the demonstration's users; exists in demo mode only."""
    if not settings.SAMSTYR_DEMO:
        raise NotFound
    account = tenancy.demo_accounts().filter(pk=_uuid(request.POST.get("account", ""))).first()
    if account is None:
        raise NotFound
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(target if safe else "/")


def _uuid(text: str) -> Any:
    try:
        return UUID(text)
    except ValueError:
        return None


def health(request: HttpRequest) -> HttpResponse:
    """Whether the database answers, for what watches over the service."""
    well = tenancy.database_answers()
    return HttpResponse(
        "ok" if well else "databasen svarer ikke", status=200 if well else 503, content_type="text/plain; charset=utf-8"
    )


def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("login")


def choose(request: HttpRequest) -> HttpResponse:
    """The only arrangement the person takes part in, or a choice between them."""
    tenants = list(tenancy.tenants_of(request.user.pk))
    if len(tenants) == 1:
        return redirect("start", tenant=tenants[0].slug)
    return render(request, "home/choose.html", {"tenants": tenants})


def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie, and go back where one was."""
    code = request.POST.get("language", "")
    target = request.META.get("HTTP_REFERER", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=365 * 24 * 3600,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


def start(request: HttpRequest) -> HttpResponse:
    """What waits for me: overdue, this week, later; and where in the year we are."""
    tasks = shell.tasks(request)
    asked = hearings.awaiting_statement(request.actor)  # type: ignore[attr-defined]
    today = request.today  # type: ignore[attr-defined]
    drafts = needs.drafts_of(request.actor)[:5]  # type: ignore[attr-defined]
    model = request.model  # type: ignore[attr-defined]
    stretches = year.stretches(model, today)
    return render(
        request,
        "home/start.html",
        {
            "groups": _by_urgency(tasks, today),
            "asked": asked,
            "advice": counsel.waiting_for(request.actor),  # type: ignore[attr-defined]
            "announcements": announcements.unread_for(request.actor, today),  # type: ignore[attr-defined]
            "drafts": drafts,
            "reports": reporting.mine_to_write(request.actor, today),  # type: ignore[attr-defined]
            "follow_ups": meetings.follow_ups.own_follow_ups(request.actor),  # type: ignore[attr-defined]
            "entries": ledgers.own_entries(request.actor, today),  # type: ignore[attr-defined]
            "stretches": stretches,
            "wheel": year.drawing(stretches, today),
            "intake_in": year.intake_opens_in(model, today),
            "model": model,
            "may_create": any(grant.act is Act.NEED_CREATE for grant in request.actor.grants),  # type: ignore[attr-defined]
        },
    )


MOST_DAYS_SOON = 7


def _by_urgency(tasks: list[Any], today: Any) -> list[tuple[str, str, list[Any]]]:
    late: list[Any] = []
    soon: list[Any] = []
    rest: list[Any] = []
    for task in tasks:
        days = (task.due_on - today).days if task.due_on else MOST_DAYS_SOON + 1
        (late if days < 0 else soon if days <= MOST_DAYS_SOON else rest).append(task)
    groups = [
        (_("Over fristen"), "danger", late),
        (_("Innen en uke"), "warning", soon),
        (_("Senere"), "neutral", rest),
    ]
    return [group for group in groups if group[2]]


def search(request: HttpRequest) -> HttpResponse:
    """Needs, cases, advice and entries of ledgers that the person may see and that hold the words."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:200]
    actor = request.actor  # type: ignore[attr-defined]
    found_needs = list(needs.search(actor, text)[: PER_KIND + 1]) if text else []
    found_cases = list(case_lists.search(actor, text)[: PER_KIND + 1]) if text else []
    day, reads = request.today, may_enter(actor, Act.MODEL_READ, actor.tenant)  # type: ignore[attr-defined]
    found_entries = list(ledgers.search(text, day)[: PER_KIND + 1]) if text and reads else []
    found_counsel = list(counsel.listing(actor, text=text, today=day)[: PER_KIND + 1]) if text and reads else []
    names = {one.key: str(one.name) for one in ledgers.ledgers_on(day)} if found_entries else {}
    return render(
        request,
        "home/search.html",
        {
            "text": text,
            "needs": found_needs[:PER_KIND],
            "cases": found_cases[:PER_KIND],
            "entries": [(row, names.get(row.ledger, "")) for row in found_entries[:PER_KIND]],
            "counsel": found_counsel[:PER_KIND],
            "more_counsel": len(found_counsel) > PER_KIND,
            "more_entries": len(found_entries) > PER_KIND,
            "more_needs": len(found_needs) > PER_KIND,
            "more_cases": len(found_cases) > PER_KIND,
        },
    )


def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    form = PasswordChangeForm(request.user, request.POST or None)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("Passordet er byttet."))
        return redirect("start", tenant=request.tenant.slug)  # type: ignore[attr-defined]
    return render(request, "home/password.html", {"form": form})


def help_page(request: HttpRequest) -> HttpResponse:
    """How Samstyr is used, in short, in the words of the tenant's own model."""
    model = request.model  # type: ignore[attr-defined]
    context = {"model": model, "stretches": year.stretches(model, request.today)}  # type: ignore[attr-defined]
    return render(request, "home/help.html", context)


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "home/accessibility.html")
