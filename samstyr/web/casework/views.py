"""Cases: the list, one case with its trail, and giving a step its outcome."""

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
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.ui.htmx import render as render_part
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.casework import actions, queries
from samstyr.procedure.casework.queries import lists
from samstyr.procedure.casework.queries.standing import standings_of
from samstyr.procedure.contributions.queries import perspectives_on
from samstyr.procedure.lifting import queries as lifting
from samstyr.procedure.mandates.queries import serving
from samstyr.procedure.matters.queries import create_facts, drafts_of, paths_to_choose
from samstyr.web.meetings.presenting_written import in_writing
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.web.shell import address

from . import grounds, presenting
from .forms import CaseFilter, CommentForm, MeetingForm, MergeForm, ParkForm, ReasonForm, TreatForm

PER_PAGE = 50


def case_list(request: HttpRequest) -> HttpResponse:
    """Cases the person may see, with filters, sorting and pages in the address."""
    form = CaseFilter(request.GET or None, model=request.model, organisations=organisations.organisations())  # type: ignore[attr-defined]
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = lists.listing(
        request.actor,  # type: ignore[attr-defined]
        text=chosen.get("q", "").replace("\0", ""),
        state=chosen.get("state", ""),
        overdue_on=request.today if chosen.get("state") == "overdue" else None,  # type: ignore[attr-defined]
        path=chosen.get("path", ""),
        year=chosen.get("year"),
        organisation=UUID(chosen["organisation"]) if chosen.get("organisation") else None,
        sort=request.GET.get("sort", "-number"),
    )
    if chosen.get("merke"):
        rows = rows.filter(pk__in=serving.cases_with(request.actor, request.today, chosen["merke"]) or ())  # type: ignore[attr-defined]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "page": page,
        "rows": [presenting.row_of(case) for case in page],
        "filter_form": form,
        "drafts": drafts_of(actor),
        "may_raise": bool(paths_to_choose(request.today)) and may(actor, Act.CASE_CREATE, create_facts(actor)),  # type: ignore[attr-defined]
    }
    return render_part(request, "casework/list.html", "rows", context)


def case_detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """One case: where it stands, what can be done, the trail, comments, and what it belongs with."""
    case = _visible(request, key)
    return render(request, "casework/detail.html", _case_context(request, case, CommentForm()))


def _case_context(request: HttpRequest, case: Any, comment_form: CommentForm) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    active = [row for row in case.steps.all() if row.state == "active"]
    for row in active:
        row.case = case
        row.verdict = may(actor, Act.CASE_TREAT, queries.step_facts(row))
        row.written = in_writing(request, row)
    return {
        "case": case,
        "crumbs": [Crumb(_("Saker"), address("case-list", tenant))],
        "subject_url": presenting.subject_address(tenant, case),
        "phases": presenting.phases_of(case),
        "entries": presenting.trail_entries(request, case),
        "active": active,
        "comments": queries.comments_of(case),
        "comment_form": comment_form,
        "may_comment": may(actor, Act.CASE_COMMENT, queries.case_facts(case)),
        "may_administer": may(actor, Act.CASE_ADMINISTER, queries.case_facts(case)),
        "may_reopen": case.state == "ended" and case.outcome_effect in queries.REOPENED,
        "lifts": lifting.lifts_of(case),
        "may_lift": bool(lifting.outgoing()),
        "came_from": presenting.came_from(case),
        "perspectives": perspectives_on(case, actor, request.today),  # type: ignore[attr-defined]
        "serves": serving.tags_of(case, request.today),  # type: ignore[attr-defined]
        "may_tag": serving.may_tag(actor, case, request.today),  # type: ignore[attr-defined]
        "related": queries.related(case),
        "plan_places": presenting.plan_places(case),
        "organisations": queries.organisations_of(case),
        "routines": presenting.routines_of(case),
        "hearings": presenting.hearings_of(request, case),
        **grounds.context_of(request, case, active),
    }


def _visible(request: HttpRequest, key: UUID) -> Any:
    """The case, if the person may read it; the same answer for one that is hidden and one that never was."""
    case = queries.case_by_id(key)
    if case is None or not may(request.actor, Act.CASE_READ, queries.case_facts(case)):  # type: ignore[attr-defined]
        raise NotFound
    return case


def comment(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add a comment."""
    case = _visible(request, key)
    form = CommentForm(request.POST)
    if form.is_valid():
        done = perform_form(request, form, actions.comment, case_id=key, text=form.cleaned_data["text"])
        if done:
            messages.success(request, _("Kommentaren er lagt til."))
            return redirect("case-detail", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]
    return render(request, "casework/detail.html", _case_context(request, case, form), status=422)


def treat(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give a step its outcome, with everything that has been said before beside the form."""
    row = queries.step_of(key)
    if row is None or not may(request.actor, Act.CASE_READ, queries.case_facts(row.case)):  # type: ignore[attr-defined]
        raise NotFound
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    if row.step.startswith("_"):
        return redirect(presenting.subject_address(tenant, row.case))
    choices = queries.outcomes_of(row, request.actor)  # type: ignore[attr-defined]
    table = presenting.table_of(row, request.today, request.POST)  # type: ignore[attr-defined]
    initial = {"decided_on": request.today} if row.actor_body else {}  # type: ignore[attr-defined]
    form = TreatForm(
        request.POST or None,
        outcomes=choices,
        body=bool(row.actor_body),
        initial=initial,
        checklist=presenting.checklist_of(row),
        parts=presenting.parts_of(row),
        overridable=any(item.stops and item.override for item in standings_of(row, request.today)),  # type: ignore[attr-defined]
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        treatment = perform_form(
            request,
            form,
            actions.treat,
            case_step_id=row.pk,
            version=version_of(request),
            outcome=given["outcome"],
            text=given.get("text", ""),
            reason=given.get("reason", ""),
            conditions=given.get("conditions", ""),
            until=given.get("until"),
            decided_on=given.get("decided_on"),
            present=presenting.present_from(request.POST, table),
            votes=presenting.votes_from(request.POST, table),
            override=given.get("override", ""),
            checks=form.checks(),
            parts=given.get("parts", []),
        )
        if treatment:
            messages.success(request, _("Registrert: %(outcome)s.") % {"outcome": treatment.outcome_name})
            return redirect("case-detail", tenant=tenant, key=row.case_id)
    case = queries.case_by_id(row.case_id)
    context = {
        **_case_context(request, case, CommentForm()),
        "row": row,
        "need": presenting.need_of(request, row.case),
        "form": form,
        "choices": choices,
        "verdict": may(request.actor, Act.CASE_TREAT, queries.step_facts(row)),  # type: ignore[attr-defined]
        "table": table,
        "step": presenting.step_words(row),
        "written": in_writing(request, row),
        "crumbs": [
            Crumb(_("Saker"), address("case-list", tenant)),
            Crumb(row.case.title, address("case-detail", tenant, row.case_id)),
        ],
    }
    return render(request, "casework/treat.html", context, status=422 if form.errors else 200)


def park(request: HttpRequest, key: UUID) -> HttpResponse:
    """Park a case, or take it up again."""
    case = _visible(request, key)
    if "resume" in request.POST:
        perform(request, actions.resume, case_id=key, version=version_of(request))
        messages.success(request, _("Saken er tatt opp igjen."))
        return redirect("case-detail", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]
    form = ParkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = perform_form(request, form, actions.park, case_id=key, version=version_of(request), **form.cleaned_data)
        if done:
            messages.success(request, _("Saken er parkert."))
            return redirect("case-detail", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]
    return _administer(request, case, form, _("Parker saken"), _("Parker"))


def merge(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make a case part of another."""
    case = _visible(request, key)
    others = lists.listing(request.actor, path=case.path, state="open").exclude(pk=case.pk)[:200]  # type: ignore[attr-defined]
    form = MergeForm(request.POST or None, cases=list(others))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = perform_form(
            request,
            form,
            actions.merge,
            case_id=key,
            version=version_of(request),
            into_id=UUID(given["into"]),
            reason=given["reason"],
        )
        if done:
            messages.success(request, _("Sakene er slått sammen. Begge innmelderne kan følge den videre."))
            return redirect("case-detail", tenant=request.tenant.slug, key=UUID(given["into"]))  # type: ignore[attr-defined]
    return _administer(request, case, form, _("Slå sammen med en annen sak"), _("Slå sammen"))


def reopen(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take up again what a body has put off."""
    case = _visible(request, key)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = perform_form(
            request, form, actions.reopen, case_id=key, version=version_of(request), **form.cleaned_data
        )
        if done:
            messages.success(request, _("Saken er tatt opp igjen."))
            return redirect("case-detail", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]
    return _administer(request, case, form, _("Ta saken opp igjen"), _("Ta opp igjen"))


def _administer(request: HttpRequest, case: Any, form: Any, title: str, submit: str) -> HttpResponse:
    verdict = may(request.actor, Act.CASE_ADMINISTER, queries.case_facts(case)).require()  # type: ignore[attr-defined]
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    crumbs = [
        Crumb(_("Saker"), address("case-list", tenant)),
        Crumb(case.title, address("case-detail", tenant, case.pk)),
    ]
    context = {"case": case, "form": form, "title": title, "submit": submit, "verdict": verdict, "crumbs": crumbs}
    return render(request, "casework/administer.html", context, status=422 if form.errors else 200)


def meeting_list(request: HttpRequest) -> HttpResponse:
    """Planned meetings, whether each body meets as often as the model says, and a form to plan one."""
    may_plan = may(request.actor, Act.CASE_ADMINISTER, Facts("meeting", request.tenant.pk))  # type: ignore[attr-defined]
    model = request.model  # type: ignore[attr-defined]
    form = MeetingForm(
        request.POST or None,
        bodies=model.bodies if model else (),
        organisations=organisations.organisations(),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = perform_form(
            request,
            form,
            actions.plan_meeting,
            body=given["body"],
            held_on=given["held_on"],
            organisation=UUID(given["organisation"]) if given["organisation"] else None,
            title=given["title"],
        )
        if done:
            messages.success(request, _("Møtet er planlagt. Frister som henger på det, er flyttet."))
            return redirect("meeting-list", tenant=request.tenant.slug)  # type: ignore[attr-defined]
    year = _year(request)
    context = {
        "form": form,
        "may_plan": may_plan,
        "year": year,
        "frequencies": presenting.frequencies(model, year),
        "clashes": presenting.clashes(model, year),
        "meetings": presenting.meetings(model, year, request.actor, request.today),  # type: ignore[attr-defined]
    }
    return render(request, "casework/meetings.html", context, status=422 if form.errors else 200)


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    typed = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    return typed if 2000 <= typed <= 2100 else request.today.year  # type: ignore[attr-defined, no-any-return]


def cancel_meeting(request: HttpRequest, key: UUID) -> HttpResponse:
    """Cancel a planned meeting."""
    perform(request, actions.cancel_meeting, meeting_id=key, version=version_of(request))
    messages.success(request, _("Møtet er avlyst. Frister som hang på det, er flyttet."))
    return redirect("meeting-list", tenant=request.tenant.slug)  # type: ignore[attr-defined]
