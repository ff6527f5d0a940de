"""A report as it is written: begun, its parts, its figures fetched anew, looked over, and sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Problem, Refused
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.ui import htmx
from samstyr.foundation.ui.shell import Crumb
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.web.shell import address
from samstyr.wheel.reporting import actions, queries

from . import presenting
from .forms import PartForm
from .reading import report_of
from .views import crumbs


def begin(request: Any) -> HttpResponse:
    """Begin the report of a period, and go on to write it."""
    row = perform(
        request, actions.open_report, report=request.POST.get("report", "")[:60],
        period=request.POST.get("period", "")[:80],
    )  # fmt: skip
    return redirect("report-edit", tenant=request.tenant.slug, key=row.pk)


def draft_of(request: Any, key: UUID) -> Any:
    """The draft, for those who write it. Raises NotFound, and Refused for those who only read."""
    row = report_of(request, key)
    if not queries.may_write(request.actor, row.sender, request.today):
        raise Refused(say(gettext_noop("Bare avsenderen skriver rapporten.")), rule="report.write")
    return row


def edit(request: Any, key: UUID) -> HttpResponse:
    """The draft with a form for each part; what is sent is read instead."""
    row = draft_of(request, key)
    if row.state != "draft":
        return redirect("report-detail", tenant=request.tenant.slug, key=key)
    before = queries.previous_of(row)
    content = queries.content_of(row, request.today)
    context = {
        "row": row,
        "content": content,
        "period": content["period"]["name"],
        "parts": [_shown(request, one) for one in queries.to_write(row)],
        "before": before,
        "before_name": _period(before) if before else "",
        "carried": any(part.carried for part in row.parts.all()),
        "late": row.due_on < request.today,
        "crumbs": crumbs(request),
    }
    return render(request, "reporting/edit.html", context)


def _period(row: Any) -> str:
    return queries.period_name(row.period_kind, row.starts_on, row.ends_on, row.period_name)


def _shown(request: Any, one: queries.ToWrite, form: PartForm | None = None) -> dict[str, Any]:
    return {
        "one": one,
        "key": str(one.part.pk),
        "part": one.part,
        "form": form or PartForm(one),
        "shown": presenting.block(one.block, request.tenant.slug),
        "before_status": presenting.light(one.before_light) if one.before_light else None,
        "grounds": ", ".join(one.grounds),
    }


def _part(request: Any, key: UUID) -> tuple[Any, queries.ToWrite]:
    part = queries.part_by_id(key)
    if part is None:
        raise NotFound
    row = draft_of(request, part.report_id)
    return row, next(one for one in queries.to_write(row) if one.part.pk == key)


def part(request: Any, key: UUID) -> HttpResponse:
    """One part by itself: for who has no scripts, and when two have written at once."""
    row, one = _part(request, key)
    form = PartForm(one, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            saved = perform_form(
                request, form, actions.write_part, part_id=key, version=version_of(request) or 0, **form.values()
            )
        except Conflict as conflict:
            if "row" not in conflict.details:
                raise
            row, one = _part(request, key)
            context, status = (
                {
                    "conflict": True,
                    "theirs": one.part.written,
                    "now_status": presenting.light(one.part.light),
                    "yours": form.cleaned_data["text"],
                },
                409,
            )
        else:
            if saved:
                messages.success(request, _("Teksten er lagret."))
                return redirect(f"{address('report-edit', request.tenant.slug, row.pk)}#del-{key}")
    context |= {
        "row": row,
        "item": _shown(request, one, form),
        "crumbs": [
            *crumbs(request),
            Crumb(f"{row.name}, {_period(row)}", address("report-edit", request.tenant.slug, row.pk)),
        ],
    }
    return render(request, "reporting/part.html", context, status=422 if form.errors else status)


def autosave(request: Any, key: UUID) -> HttpResponse:
    """Save what is in a part's form now, and say so in one line; the form's version is renewed with it."""
    row, one = _part(request, key)
    form = PartForm(one, request.POST)
    saved, problem = one.part, ""
    if form.is_valid():
        try:
            # Without the form's key: that one belongs to the button.
            saved = actions.write_part(
                actor=request.actor, now=request.now, part_id=key, version=version_of(request) or 0, **form.values()
            )
        except Invalid as invalid:
            problem = str(invalid.errors[0])
        except Problem as refused:
            problem = str(refused.message)
    else:
        problem = str(next(iter(form.errors.values()))[0])
    if not htmx.is_fragment(request) and not problem:
        return redirect("report-edit", tenant=request.tenant.slug, key=row.pk)
    context = {"part": saved, "problem": problem, "now": request.now}
    return render(request, "reporting/saved.html", context)


def redraft(request: Any, key: UUID) -> HttpResponse:
    """Fetch the figures as they are today."""
    draft_of(request, key)
    perform(request, actions.redraft, report_id=key, version=version_of(request))
    messages.success(request, _("Tallene er hentet på nytt. Det du har skrevet selv, står som før."))
    return redirect("report-edit", tenant=request.tenant.slug, key=key)


def send(request: Any, key: UUID) -> HttpResponse:
    """Look the report over as the receiver will see it, and send it."""
    row = draft_of(request, key)
    faults: list[str] = []
    if request.method == "POST":
        try:
            perform(request, actions.send, report_id=key, version=version_of(request))
        except Invalid as invalid:
            faults = [str(one) for one in invalid.errors]
        else:
            sent = queries.report_by_id(key)
            words = _("Rapporten er sendt, og står på sakslisten til neste møte.")
            messages.success(request, words if sent and sent.item_id else _("Rapporten er sendt."))
            return redirect("report-detail", tenant=request.tenant.slug, key=key)
    elif row.state != "draft":
        return redirect("report-detail", tenant=request.tenant.slug, key=key)
    content = queries.content_of(row, request.today)
    receivers = queries.receivers_of(row.receiver, request.today)
    context = {
        "row": row,
        "content": content,
        "period": content["period"]["name"],
        "dimensions": presenting.dimensions(content),
        "sections": presenting.sections(content, request.tenant.slug),
        "faults": faults,
        "receivers": receivers,
        "meeting": queries.next_meeting_of(row.receiver, request.today),
        "carried": [one.title for one in queries.to_write(row) if one.part.carried],
        "crumbs": [
            *crumbs(request),
            Crumb(f"{row.name}, {content['period']['name']}", address("report-edit", request.tenant.slug, key)),
        ],
    }
    return render(request, "reporting/send.html", context, status=422 if faults else 200)
