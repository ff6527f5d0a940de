"""Written procedure: the list, sending out, one procedure, answering, closing and taking back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.htmx import render as render_part
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.meetings import actions, queries
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.web.shell import address

from ..forms_written import ProcedureFilter, ReplyForm, StartForm, WithdrawForm
from ..presenting_written import closable, least_deadline, rate_tables, sheet_of, subject_of

PER_PAGE = 25


def procedure_list(request: HttpRequest) -> HttpResponse:
    """What I am asked, the procedures I may see, and for who serves a body how its members take part."""
    actor, today, model = request.actor, request.today, request.model  # type: ignore[attr-defined]
    form = ProcedureFilter(request.GET or None, bodies=model.bodies if model else ())
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.procedure_listing(actor, today, **{name: chosen.get(name, "") for name in ("body", "state", "due")})
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    tables = rate_tables(request, chosen.get("body", ""), chosen.get("since"), chosen.get("until"))
    if not form.errors and not tables:
        del form.fields["since"], form.fields["until"]
    context = {
        "page": page,
        "sheets": [sheet_of(request, procedure) for procedure in page],
        "asked": queries.awaiting_reply(actor, today),
        "filter_form": form,
        "tables": tables,
    }
    return render_part(request, "meetings/written/list.html", "rows", context)


def start(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send a case to a body's members: what is proposed, why in writing, and until when."""
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    row = casework.step_of(key)
    if row is None:
        raise NotFound
    verdict = may(actor, Act.MEETING_MANAGE, queries.facts_for_sending(row, today))
    if not verdict and not may(actor, Act.CASE_READ, casework.case_facts(row.case)):
        raise NotFound
    verdict.require()
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    hindered = queries.obstacle(row, today)
    if hindered is not None and request.method != "POST":
        return render(request, "meetings/written/start.html", _start_context(request, row, None, hindered))
    form = _start_form(request, row)
    if request.method == "POST" and (form.is_valid() or hindered is not None):
        given = form.cleaned_data
        procedure = perform_form(
            request,
            form,
            actions.start_procedure,
            case_step_id=row.pk,
            outcome=given.get("outcome", ""),
            proposal=given.get("proposal", ""),
            reason=given.get("reason", ""),
            deadline=given.get("deadline") or today,
            short_reason=given.get("short_reason", ""),
            left_out=[UUID(person) for person in given.get("left_out", ())],
            left_out_reason=given.get("left_out_reason", ""),
        )
        if procedure:
            messages.success(request, _("Saken er sendt til medlemmene."))
            return redirect("procedure-detail", tenant=tenant, key=procedure.pk)
    context = _start_context(request, row, form, None)
    return render(request, "meetings/written/start.html", context, status=422 if form.errors else 200)


def _start_form(request: HttpRequest, row: Any) -> StartForm:
    today = request.today  # type: ignore[attr-defined]
    if not row.actor_body or row.step.startswith("_"):
        return StartForm(request.POST or None, outcomes=[], members=[])
    return StartForm(
        request.POST or None,
        outcomes=[(str(item.key), str(item.name)) for item in queries.outcomes_to_propose(row)],
        members=[
            (str(one.person.pk), f"{one.person.name} – {one.name}" if one.name else one.person.name)
            for one in queries.asked_of(row, today)
            if one.person is not None
        ],
        initial={"deadline": least_deadline(row, today)[0]},
    )


def _start_context(request: HttpRequest, row: Any, form: StartForm | None, hindered: Any) -> dict[str, Any]:
    today = request.today  # type: ignore[attr-defined]
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    body = queries.body_on(row.actor_body, today) if row.actor_body else None
    earliest, days, source = least_deadline(row, today) if body else (None, 0, "")
    settings = queries.settings_on(row.actor_body, today)
    return {
        "form": form,
        "row": row,
        "case": row.case,
        "body": body,
        "hindered": hindered,
        "earliest": earliest,
        "days": days,
        "source": source,
        "all_must_agree": settings.value("written_agreement") == "all",
        "agreement_source": settings.written_agreement.source,
        "vacant": [one.name for one in queries.table_on(row, today) if one.person is None] if body else [],
        "crumbs": [
            Crumb(_("Saker"), address("case-list", tenant)),
            Crumb(row.case.title, address("case-detail", tenant, row.case_id)),
        ],
    }


def _readable(request: HttpRequest, procedure: Any) -> Any:
    """The procedure, if the person may read it; the same answer for one that is hidden and one that never was."""
    if procedure is None or not queries.may_read(request.actor, procedure, request.today):  # type: ignore[attr-defined]
        raise NotFound
    return procedure


def detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """One procedure: what is proposed, who has answered, what came of it, and what can be done."""
    procedure = _readable(request, queries.procedure_by_id(key))
    return render(request, "meetings/written/detail.html", _context(request, procedure, WithdrawForm()))


def _context(request: HttpRequest, procedure: Any, form: WithdrawForm) -> dict[str, Any]:
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    sheet = sheet_of(request, procedure)
    opens = sheet.manages and procedure.state == "open"
    return {
        "sheet": sheet,
        "procedure": procedure,
        "withdraw_form": form,
        "manages": opens,
        "closable": opens and closable(procedure, request.today),  # type: ignore[attr-defined]
        **_about(request, procedure),
        "crumbs": [Crumb(_("Skriftlig behandling"), address("procedure-list", tenant))],
    }


def _about(request: HttpRequest, procedure: Any) -> dict[str, Any]:
    """The case: a link for those who may open it, and what it is about for those who may not."""
    case = procedure.case
    readable = bool(may(request.actor, Act.CASE_READ, casework.case_facts(case)))  # type: ignore[attr-defined]
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    return {
        "case": case,
        "case_url": address("case-detail", tenant, case.pk) if readable else "",
        "need": subject_of(request, procedure),
        "trail": [
            (stage, item)
            for stage in casework.trail_of(case)
            for item in stage.treatments
            if item.pk != procedure.treatment_id
        ],
    }


def reply(request: HttpRequest, key: UUID) -> HttpResponse:
    """Answer for oneself, or enter an answer that came another way."""
    member = queries.member_by_id(key)
    procedure = _readable(request, member.procedure if member else None)
    assert member is not None
    own = may(request.actor, Act.MEETING_TAKE_PART, queries.member_facts(member))  # type: ignore[attr-defined]
    sheet = sheet_of(request, procedure)
    if not own and not sheet.manages:
        own.require()
    earlier = queries.newest(member)
    initial = {"answer": earlier.answer, "text": earlier.text} if earlier else {}
    form = ReplyForm(request.POST or None, votes=member.votes, blank=queries.blank_allowed(procedure), initial=initial)
    if request.method == "POST" and (form.is_valid() or not sheet.answering):
        verb = actions.reply if own else actions.record_reply
        given = {"answer": form.cleaned_data.get("answer", ""), "text": form.cleaned_data.get("text", "")}
        if perform_form(request, form, verb, member_id=key, **given):
            messages.success(request, _("Svaret er registrert. Du kan endre det til fristen er ute."))
            return redirect("procedure-detail", tenant=request.tenant.slug, key=procedure.pk)  # type: ignore[attr-defined]
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    context = {
        "form": form,
        "member": member,
        "sheet": sheet,
        "procedure": procedure,
        "on_behalf": not own,
        "earlier": earlier,
        **_about(request, procedure),
        "crumbs": [
            Crumb(_("Skriftlig behandling"), address("procedure-list", tenant)),
            Crumb(procedure.case.title, address("procedure-detail", tenant, procedure.pk)),
        ],
    }
    return render(request, "meetings/written/reply.html", context, status=422 if form.errors else 200)


def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Count the answers."""
    _readable(request, queries.procedure_by_id(key))
    procedure = perform(request, actions.close_procedure, procedure_id=key, version=version_of(request))
    if procedure.state == "decided":
        messages.success(request, _("Forslaget er vedtatt."))
    else:
        messages.info(request, _("Saken ble ikke avgjort skriftlig. %(why)s") % {"why": procedure.result})
    return redirect("procedure-detail", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]


def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take the procedure back, with why."""
    procedure = _readable(request, queries.procedure_by_id(key))
    queries.may_manage(request.actor, procedure.body, procedure.organisation_id, request.today).require()  # type: ignore[attr-defined]
    form = WithdrawForm(request.POST)
    if form.is_valid():
        given = {"procedure_id": key, "version": version_of(request), **form.cleaned_data}
        done = perform_form(request, form, actions.withdraw_procedure, **given)
        if done:
            messages.success(request, _("Saken er trukket fra skriftlig behandling."))
            return redirect("procedure-detail", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]
    return render(request, "meetings/written/detail.html", _context(request, procedure, form), status=422)
