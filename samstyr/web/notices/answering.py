"""Answer a hearing from a mail, without logging in: one person, one body, one use.

Opening the link changes nothing, since mail scanners open links too. It opens no session and shows nothing but
what is asked about; an answer that is exempt from public access is given after login.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samstyr.foundation.access import Act, Actor, may
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.kernel.errors import Invalid, NotFound
from samstyr.foundation.tenancy import queries as tenancy
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.outward.notices import actions as notices
from samstyr.outward.notices import queries
from samstyr.outward.notices.actions.links import require_usable
from samstyr.procedure.hearings import actions as hearings
from samstyr.procedure.hearings import queries as hearing_queries
from samstyr.web.hearings.forms import StatementForm
from samstyr.wheel.needs import queries as needs


def answer(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """Show what is asked (GET), or give the answer (POST)."""
    tenant = tenancy.tenant_by_slug(slug)
    if tenant is None:
        raise NotFound
    form = LinkForm(request.POST if request.method == "POST" else None)
    try:
        with tenant_scope(tenant.pk, writing=request.method == "POST"):
            return _answer(request, tenant, secret, form)
    except Invalid as invalid:
        for error in invalid.errors:
            form.add_error(error.field if error.field in form.fields else None, str(error))
    with tenant_scope(tenant.pk, writing=False):
        return _page(request, tenant, _asked(request, secret), form, status=422)


class LinkForm(StatementForm):
    """The statement form without what needs a login."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["exempt"], self.fields["legal_basis"]


def _answer(request: HttpRequest, tenant: Any, secret: str, form: LinkForm) -> HttpResponse:
    asked = _asked(request, secret)
    if request.method != "POST" or not form.is_valid():
        return _page(request, tenant, asked, form, status=422 if form.errors else 200)
    actor, consultee = asked
    now = request.now  # type: ignore[attr-defined]
    notices.use_link(actor=actor, now=now, secret=secret, purpose=queries.STATEMENT)
    hearings.give_statement(actor=actor, now=now, consultee_id=consultee.pk, by_link=True, **form.cleaned_data)
    return render(request, "notices/answered.html", {"consultee": consultee, "tenant_name": tenant.name})


def _asked(request: HttpRequest, secret: str) -> tuple[Actor, Any]:
    """Who the link is for, and what they are asked. Raises NotFound, Conflict or Refused when it no longer holds."""
    link = queries.link_by_secret(secret)
    if link is None or link.purpose != queries.STATEMENT:
        raise NotFound
    today = oslo_date(request.now)  # type: ignore[attr-defined]
    require_usable(link, today)
    consultee = queries.open_consultee(link.object_id)
    if consultee is None or not link.person.is_active:
        raise NotFound
    actor = queries.actor_of(link.person, today)
    may(actor, Act.STATEMENT_GIVE, hearing_queries.consultee_facts(consultee)).require()
    return actor, consultee


def _page(request: HttpRequest, tenant: Any, asked: tuple[Actor, Any], form: LinkForm, *, status: int) -> HttpResponse:
    actor, consultee = asked
    case = consultee.hearing.case
    need = needs.needs_by_ids([case.subject_id]).first() if case.subject_kind == needs.KIND else None
    context = {
        "form": form,
        "consultee": consultee,
        "case": case,
        "need": need,
        "person_name": actor.name,
        "tenant_name": tenant.name,
        "late": oslo_date(request.now) > consultee.hearing.deadline,  # type: ignore[attr-defined]
    }
    return render(request, "notices/answer.html", context, status=status)
