"""What bodies have asked people to do: the list, asking, and saying that it is done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.organisations.queries import lists
from samstyr.foundation.ui.htmx import render as render_part
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.meetings import actions, queries
from samstyr.procedure.meetings.queries import follow_ups as reading
from samstyr.web.posting import perform_form, version_of
from samstyr.web.shell import address

from ..forms_minutes import EVERYBODY, DoneForm, FollowUpFilter, FollowUpForm

PER_PAGE = 25


def follow_up_list(request: HttpRequest) -> HttpResponse:
    """Those one may read, the most overdue first; by body, owner and how they stand."""
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    everything = reading.listing(actor, today, state="all")
    names = reading.bodies_named(everything, today)
    form = FollowUpFilter(
        request.GET or None,
        bodies=sorted(names.items(), key=lambda pair: pair[1]),
        people=[(str(person.pk), person.name) for person in reading.owners_of(everything)],
    )
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = reading.chosen_of(
        everything, today, body=chosen.get("body", ""), owner=chosen.get("owner", ""), state=chosen.get("state", "")
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(row, names[row.body]) for row in page],
        "filter_form": form,
        "may_add": bool(reading.places_of(actor, today)),
    }
    return render_part(request, "meetings/follow_up/list.html", "rows", context)


def add(request: HttpRequest) -> HttpResponse:
    """Ask somebody to do something, from an item (``sak``) or freely."""
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    places = reading.places_of(actor, today)
    if not places:
        may(actor, Act.MEETING_MANAGE, Facts("follow_up", request.tenant.pk)).require()  # type: ignore[attr-defined]
    item = _item(request)
    if item is not None:
        places = [
            one for one in places if (one.body, one.organisation) == (item.meeting.body, item.meeting.organisation_id)
        ]
    people = [(str(person.pk), person.name) for person in lists.people_to_choose()]
    form = FollowUpForm(
        request.POST or None,
        bodies=[(one.key, one.name) for one in places],
        people=people,
        initial={"body": request.GET.get("organ", ""), "due_on": None},
    )
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        body, _sign, place = given["body"].partition(":")
        everybody = given["owner"] == EVERYBODY
        done = perform_form(
            request,
            form,
            actions.add_follow_up_for_all if everybody else actions.add_follow_up,
            body=body,
            organisation_id=UUID(place) if place else None,
            title=given["title"],
            due_on=given["due_on"],
            item_id=item.pk if item else None,
            **({} if everybody else {"owner_id": UUID(given["owner"])}),
        )
        if done:
            messages.success(request, _("Oppfølgingen er lagt til, og den ansvarlige får vite det."))
            return redirect("follow-up-list", tenant=tenant)
    context = {"form": form, "item": item, "crumbs": [Crumb(_("Oppfølging"), address("follow-up-list", tenant))]}
    return render(request, "meetings/follow_up/add.html", context, status=422 if form.errors else 200)


def done(request: HttpRequest, key: UUID) -> HttpResponse:
    """One: what is asked, and the form that says it is done or takes it up again."""
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    row = reading.follow_up_by_id(key)
    if row is None or not reading.may_read_follow_up(actor, row, today):
        raise NotFound
    verdict = may(actor, Act.MEETING_MANAGE, reading.done_facts(row, today))
    form = DoneForm(request.POST or None)
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        again = request.POST.get("verb") == "reopen"
        verb = actions.reopen_follow_up if again else actions.finish_follow_up
        saved = perform_form(
            request, form, verb, follow_up_id=key, version=version_of(request) or 0, note=form.cleaned_data["note"]
        )
        if saved:
            messages.success(
                request, _("Oppfølgingen er tatt opp igjen.") if again else _("Oppfølgingen er meldt ferdig.")
            )
            return redirect("follow-up-list", tenant=tenant)
    context = {
        "row": row,
        "body": reading.body_name(row),
        "form": form,
        "verdict": verdict,
        "overdue": row.done_at is None and row.due_on < today,
        "item_url": _item_url(request, row),
        "crumbs": [Crumb(_("Oppfølging"), address("follow-up-list", tenant))],
    }
    return render(request, "meetings/follow_up/detail.html", context, status=422 if form.errors else 200)


def _item(request: HttpRequest) -> Any:
    """The item that it comes from, when one is named. Raises NotFound for one that may not be read."""
    text = request.GET.get("sak", "")
    if not text:
        return None
    try:
        item = reading.item_to_follow(UUID(text))
    except ValueError:
        raise NotFound from None
    if item is None or not may(request.actor, Act.CASE_READ, queries.item_facts(item)):  # type: ignore[attr-defined]
        raise NotFound
    return item


def _item_url(request: HttpRequest, row: Any) -> str:
    if row.item is None or not may(request.actor, Act.CASE_READ, queries.item_facts(row.item)):  # type: ignore[attr-defined]
        return ""
    return address("minutes-detail", request.tenant.slug, row.item.meeting_id)  # type: ignore[attr-defined]
