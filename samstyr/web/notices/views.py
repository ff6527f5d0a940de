"""What one has been told: the list, one notice, and marking them as read."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.errors import NotFound
from samstyr.outward.notices import actions, queries, texts
from samstyr.web.posting import perform
from samstyr.web.shell import address

PER_PAGE = 25
# Where each kind of thing is met by somebody who is told of it.
PLACES = {
    "case_step": "step-treat",
    "consultee": "statement-give",
    "hearing": "hearing-detail",
    "case": "case-detail",
    "need": "need-detail",
    "round": "round-detail",
    "minutes": "minutes-detail",
    "follow_up": "follow-up-done",
    "meeting": "meeting-detail",
    "report": "report-detail",
    "received": "received-detail",
    "seat": "seat-fill",
    "strategy": "strategy-detail",
    "year_period": "year-period",
    "addressee": "counsel-reply",
    "counsel": "counsel-detail",
    "ledger_entry": "ledger-entry",
}


def notice_list(request: HttpRequest) -> HttpResponse:
    """The person's notices, newest first; ``vis=nye`` shows those not read."""
    rows = queries.mine(request.actor)  # type: ignore[attr-defined]
    new_only = request.GET.get("vis") == "nye"
    if new_only:
        rows = rows.filter(seen_at=None)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(row, texts.sentence(row)) for row in page],
        "new_only": new_only,
        "unseen": queries.unseen_count(request.actor),  # type: ignore[attr-defined]
    }
    return render(request, "notices/list.html", context)


def notice_detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """On to what the notice is about; whether one may see it is asked there."""
    row = queries.notice_by_id(request.actor, key)  # type: ignore[attr-defined]
    if row is None:
        raise NotFound
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    if row.object_kind == "report_missing":
        return redirect(address("report-list", tenant))
    if row.object_kind == "wheel":
        return redirect(address("wheel", tenant))
    name = PLACES.get(row.object_kind)
    return redirect(address(name, tenant, row.object_id) if name else address("need-intake", tenant))


def notices_seen(request: HttpRequest) -> HttpResponse:
    """Mark one notice as read, or all of them."""
    text = request.POST.get("notice", "")
    try:
        key = UUID(text) if text else None
    except ValueError:
        raise NotFound from None
    perform(request, actions.mark_seen, notice_id=key)
    if key is None:
        messages.success(request, _("Alle varslene er merket som lest."))
    return redirect("notice-list", tenant=request.tenant.slug)  # type: ignore[attr-defined]
