"""One need: the page, and the page for paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from samstyr.foundation.access import Act, Verdict, may
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.ui import links
from samstyr.procedure.mandates.queries import behind
from samstyr.procedure.sources.queries import cited_by
from samstyr.web.needs.labels import status_of
from samstyr.web.prioritisation.presenting import places_of_need
from samstyr.wheel.needs import queries
from samstyr.wheel.needs.queries import files
from samstyr.wheel.portfolio import queries as portfolio

from .parts import crumbs, shown_need, url


def detail(request: Any, key: UUID) -> HttpResponse:
    """The need, where it stands, and what one may do with it."""
    need = queries.get_need(request.actor, key)
    context = {
        **_context(request, need),
        "crumbs": crumbs(request),
        "edit": may(request.actor, Act.NEED_EDIT, need.facts()),
        "withdraw": withdraw_verdict(request, need),
        "round_places": places_of_need(request.actor, need.pk, request.today),
        "plan_places": portfolio.traces_of_need(need.pk),
        "begun_in": behind("need", need.pk),
        "cited": cited_by(("need", need.pk)),
        "alike": queries.similar_to(request.actor, need.title, need.need, exclude=need.pk),
    }
    return render(request, "needs/detail.html", context)


def printed(request: Any, key: UUID) -> HttpResponse:
    """The need alone, for paper."""
    return render(request, "needs/print.html", _context(request, queries.get_need(request.actor, key)))


def _context(request: Any, need: Any) -> dict[str, Any]:
    standing = queries.standings([need])
    case = standing.cases.get(need.pk)
    return {
        "need": need,
        "rows": shown_need(request, need),
        "status": status_of(need, standing.steps.get(need.pk, ""), queries.outcome_names(request.today)),
        "steps": queries.next_steps(need),
        "actors": queries.actors_of(need, request.today),
        "case_url": links.address_or_nothing("case", case, tenant=request.tenant.slug) if case else "",
        "attachments": files.attachments_of(request.actor, need),
        "own": bool(request.actor.people & need.facts().owners),
        "edit_url": url(request, "need-edit", need.pk),
    }


def withdraw_verdict(request: Any, need: Any) -> Verdict | None:
    """Whether the need may be withdrawn now, or None when the question does not arise."""
    if need.state not in ("submitted", "returned"):
        return None
    verdict = may(request.actor, Act.NEED_WITHDRAW, need.facts())
    body = queries.decided_by(need.pk) if verdict else ""
    if body:
        return Verdict(
            False, say(gettext_noop("%(body)s har alt tatt stilling til behovet."), body=body), "need.withdraw.decided"
        )
    return verdict
