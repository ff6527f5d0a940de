"""Hearings: the list, sending out, one round, answering, and each municipality's own list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.ui.htmx import render as render_part
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.hearings import actions, queries
from samstyr.procedure.hearings.actions.open_hearing import identity
from samstyr.web.casework.presenting import subject_address
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.web.shell import address

from .forms import AddForm, AnswerForm, DeadlineForm, HearingFilter, OpenForm, OwnForm, StatementForm

PER_PAGE = 25


def hearing_list(request: HttpRequest) -> HttpResponse:
    """What I am asked, and the hearings I may see."""
    form = HearingFilter(request.GET or None)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    rows = queries.listing(request.actor, state=state, today=request.today)  # type: ignore[attr-defined]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    rounds = [queries.round_of(hearing, request.actor) for hearing in page]  # type: ignore[attr-defined]
    asked = queries.awaiting_statement(request.actor)  # type: ignore[attr-defined]
    context = {"page": page, "rounds": rounds, "asked": asked, "filter_form": form}
    return render_part(request, "hearings/list.html", "rows", context)


def hearing_open(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send a case to hearing: whom the lists say, until when, and what is asked."""
    step = casework.step_of(key)
    if step is None or not may(request.actor, Act.CASE_READ, casework.case_facts(step.case)):  # type: ignore[attr-defined]
        raise NotFound
    may(request.actor, Act.HEARING_MANAGE, casework.case_facts(step.case)).require()  # type: ignore[attr-defined]
    proposed = queries.proposed_for(step)
    offered = [(identity(item.body, org.pk if org else None), _label(item, org)) for item, org in proposed]
    suggested = [identity(item.body, org.pk if org else None) for item, org in proposed if item.suggested]
    today = request.today  # type: ignore[attr-defined]
    initial = {
        "consultees": suggested,
        "deadline": queries.suggested_deadline(step, today),
        "question": _("Hva mener dere om behovet, og hva bør forumet vite før det behandler saken?"),
    }
    others = queries.others_to_send(step, request.actor)  # type: ignore[attr-defined]
    form = OpenForm(request.POST or None, offered=offered, others=others, initial=initial)
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        hearing = perform_form(
            request,
            form,
            actions.open_hearings,
            case_step_ids=[step.pk, *(UUID(key) for key in given.get("others", ()))],
            question=given["question"],
            deadline=given["deadline"],
            consultees=given["consultees"],
        )
        if hearing:
            count = 1 + len(given.get("others", ()))
            words = ngettext("Saken er sendt på høring.", "%(count)s saker er sendt på høring.", count)
            messages.success(request, words % {"count": count})
            return redirect("hearing-detail", tenant=tenant, key=hearing.pk)
    meeting, body = queries.meeting_before(step, today)
    context = {
        "form": form,
        "step": step,
        "case": step.case,
        "meeting": meeting,
        "body": body,
        "crumbs": [
            Crumb(_("Saker"), address("case-list", tenant)),
            Crumb(step.case.title, address("case-detail", tenant, step.case_id)),
        ],
    }
    return render(request, "hearings/open.html", context, status=422 if form.errors else 200)


def _label(item: Any, organisation: Any) -> str:
    where = f", {organisation}" if organisation else ""
    collision = f" {item.collision}." if item.collision else ""
    return f"{item.name}{where} – {item.why}{collision}"


def _round(request: HttpRequest, key: UUID) -> Any:
    found = queries.round_by_id(key, request.actor)  # type: ignore[attr-defined]
    if found is None or not queries.visible_to(request.actor).filter(pk=key).exists():  # type: ignore[attr-defined]
        raise NotFound
    return found


def hearing_detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """One round: who has answered, and what the secretariat can do."""
    found = _round(request, key)
    case = casework.case_by_id(found.hearing.case_id)
    assert case is not None
    may_manage = may(request.actor, Act.HEARING_MANAGE, casework.case_facts(case))  # type: ignore[attr-defined]
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    context = {
        "round": found,
        "case": case,
        "may_manage": bool(may_manage) and found.hearing.closed_at is None,
        "deadline_form": DeadlineForm(initial={"deadline": found.hearing.deadline}),
        "may_answer": bool(may_manage),
        "add_form": AddForm(offered=_more(found)) if may_manage and found.hearing.closed_at is None else None,
        "may_read_case": may(request.actor, Act.CASE_READ, casework.case_facts(case)),  # type: ignore[attr-defined]
        "crumbs": [Crumb(_("Høringer"), address("hearing-list", tenant))],
        "history": [line for line in queries.statements_of(case, request.actor) if line[0].consultee.hearing_id == key],  # type: ignore[attr-defined]
    }
    return render(request, "hearings/detail.html", context)


def _more(found: Any) -> list[tuple[str, str]]:
    step = casework.step_of(found.hearing.case_step_id)
    present = {identity(line.consultee.body, line.consultee.organisation_id) for line in found.lines}
    offered = (
        [(identity(item.body, org.pk if org else None), _label(item, org)) for item, org in queries.proposed_for(step)]
        if step
        else []
    )
    return [choice for choice in offered if choice[0] not in present]


def hearing_manage(request: HttpRequest, key: UUID) -> HttpResponse:
    """Remind, give more time, ask one more, or close."""
    _round(request, key)
    verb = request.POST.get("verb", "")
    version = version_of(request)
    if verb == "remind":
        perform(request, actions.remind, hearing_id=key, version=version)
        messages.success(request, _("De som ikke har svart, er påminnet."))
    elif verb == "extend":
        form = DeadlineForm(request.POST)
        if form.is_valid():
            perform(request, actions.extend_deadline, hearing_id=key, version=version, **form.cleaned_data)
            messages.success(request, _("Fristen er flyttet."))
        else:
            messages.error(request, f"{form['deadline'].label}: {_('Dette er ikke en dato som finnes.')}")
    elif verb == "add":
        perform(
            request,
            actions.add_consultee,
            hearing_id=key,
            version=version,
            consultee=request.POST.get("consultee", "")[:120],
        )
        messages.success(request, _("Høringsinstansen er spurt."))
    elif verb == "close":
        perform(request, actions.close_hearing, hearing_id=key, version=version)
        messages.success(request, _("Høringen er avsluttet."))
    return redirect("hearing-detail", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]


def statement_give(request: HttpRequest, key: UUID) -> HttpResponse:
    """Answer for a body, or enter an answer that came another way."""
    consultee = queries.consultee_by_id(key)
    if consultee is None or not queries.visible_to(request.actor).filter(pk=consultee.hearing_id).exists():  # type: ignore[attr-defined]
        raise NotFound
    own = may(request.actor, Act.STATEMENT_GIVE, queries.consultee_facts(consultee))  # type: ignore[attr-defined]
    case = casework.case_by_id(consultee.hearing.case_id)
    assert case is not None
    manages = may(request.actor, Act.HEARING_MANAGE, casework.case_facts(case))  # type: ignore[attr-defined]
    if not own and not manages:
        own.require()
    form = StatementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verb = actions.give_statement if own else actions.record_on_behalf
        statement = perform_form(request, form, verb, consultee_id=key, **form.cleaned_data)
        if statement:
            messages.success(request, _("Uttalelsen er registrert."))
            return redirect("hearing-detail", tenant=request.tenant.slug, key=consultee.hearing_id)  # type: ignore[attr-defined]
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    context = {
        "form": form,
        "consultee": consultee,
        "case": case,
        "on_behalf": not own,
        "answered": consultee.statements.exists(),
        "late": request.today > consultee.hearing.deadline,  # type: ignore[attr-defined]
        "subject_url": subject_address(tenant, case),
        "crumbs": [Crumb(_("Høringer"), address("hearing-list", tenant))],
    }
    return render(request, "hearings/statement.html", context, status=422 if form.errors else 200)


def statement_answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Tell whoever gave a statement whether it was followed, and why."""
    statement = queries.statement_by_id(key)
    if statement is None or not queries.visible_to(request.actor).filter(pk=statement.consultee.hearing_id).exists():  # type: ignore[attr-defined]
        raise NotFound
    case = casework.case_by_id(statement.consultee.hearing.case_id)
    assert case is not None
    may(request.actor, Act.HEARING_MANAGE, casework.case_facts(case)).require()  # type: ignore[attr-defined]
    earlier = statement.answers.last()
    initial = {"followed": earlier.followed, "reason": earlier.reason} if earlier else {}
    form = AnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = perform_form(request, form, actions.answer_statement, statement_id=key, **form.cleaned_data)
        if done is not None:
            messages.success(request, _("Svaret er lagret, og vises for den som uttalte seg."))
            return redirect("hearing-detail", tenant=request.tenant.slug, key=statement.consultee.hearing_id)  # type: ignore[attr-defined]
    context = {
        "form": form,
        "statement": statement,
        "visible": queries.may_read(request.actor, statement),  # type: ignore[attr-defined]
        "crumbs": [Crumb(_("Høringer"), address("hearing-list", request.tenant.slug))],  # type: ignore[attr-defined]
    }
    return render(request, "hearings/answer.html", context, status=422 if form.errors else 200)


def choices(request: HttpRequest) -> HttpResponse:
    """Whom each municipality hears: the model's list, what it has taken out, and what it has added."""
    model = request.model  # type: ignore[attr-defined]
    members = [org for org in organisations.organisations() if org.kind == "municipality"]
    own = queries.own_choices()
    form = OwnForm(request.POST or None, organisations=members, roles=model.roles if model else ())
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = perform_form(
            request,
            form,
            actions.choose_consultee,
            organisation_id=UUID(given["organisation"]),
            body=slugify(given["name"])[:58] or "egen",
            included=True,
            name=given["name"],
            role=given["role"],
        )
        if done:
            messages.success(request, _("Høringsinstansen er lagt til."))
            return redirect("hearing-choices", tenant=tenant)
    context = {
        "form": form,
        "lists": [(org, _list_of(request, org, own)) for org in members],
        "crumbs": [Crumb(_("Høringer"), address("hearing-list", tenant))],
    }
    return render(request, "hearings/choices.html", context, status=422 if form.errors else 200)


def _list_of(request: HttpRequest, organisation: Any, own: list[Any]) -> dict[str, Any]:
    model = request.model  # type: ignore[attr-defined]
    mine = {row.body: row for row in own if row.organisation_id == organisation.pk}
    facts = Facts("hearing_choice", request.tenant.pk, organisations=frozenset({organisation.pk}))  # type: ignore[attr-defined]
    bodies = [
        {"body": body, "choice": mine.get(body.key), "included": mine[body.key].included if body.key in mine else True}
        for body in (model.hearing_bodies if model else ())
        if body.organisations is None or organisation.slot in body.organisations
    ]
    known = {row["body"].key for row in bodies}
    return {
        "bodies": bodies,
        "own": [row for key, row in mine.items() if key not in known and row.included],
        "may": bool(may(request.actor, Act.ORGANISATION_MANAGE, facts)),  # type: ignore[attr-defined]
    }


def choice_set(request: HttpRequest) -> HttpResponse:
    """Take a body out of an organisation's list, put it back, or remove one of its own."""
    try:
        organisation = UUID(request.POST.get("organisation", ""))
    except ValueError:
        raise NotFound from None
    body = request.POST.get("body", "")[:60]
    if "\0" in body:
        raise NotFound
    perform(
        request,
        actions.choose_consultee,
        organisation_id=organisation,
        body=body,
        included=request.POST.get("included") == "1",
        name=request.POST.get("name", "")[:200],
        role=request.POST.get("role", "")[:60],
    )
    messages.success(request, _("Listen er endret."))
    return redirect("hearing-choices", tenant=request.tenant.slug)  # type: ignore[attr-defined]
