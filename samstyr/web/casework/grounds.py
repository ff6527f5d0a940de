"""What a case rests on, as its page shows it: what must stand first, what has been said, what it points to, whom it is about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.htmx import render as render_part
from samstyr.foundation.ui.pieces import Status, Tone
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.casework import actions, queries
from samstyr.procedure.casework.queries import standing
from samstyr.procedure.counsel import queries as counsel
from samstyr.procedure.matters.rules import is_matter
from samstyr.procedure.sources import actions as source_actions
from samstyr.procedure.sources import queries as sources
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.web.saving import table_response
from samstyr.web.shell import address

from .forms import CiteForm, ConcernForm, PrecedentFilter

PER_PAGE, MOST_EXPORTED = 50, 10_000


def standings(rows: list[Any], today: Any) -> list[tuple[Any, list[tuple[Any, Status]]]]:
    """For each step now open, what it requires and how that stands."""
    found = []
    for row in rows:
        items = [(item, _status(item)) for item in standing.standings_of(row, today)]
        if items:
            found.append((row, items))
    return found


def _status(item: Any) -> Status:
    if item.met:
        return Status(_("Foreligger"), Tone.SUCCESS)
    if not item.gate:
        return Status(_("Mangler, men hindrer ikke"), Tone.WARNING)
    return (
        Status(_("Mangler, kan fravikes med grunn"), Tone.WARNING)
        if item.override
        else Status(_("Må på plass først"), Tone.DANGER)
    )


def owner_of(case: Any) -> str:
    """The kind of thing that the case is about, as sources know it."""
    return "matter" if is_matter(case.subject_kind) else case.subject_kind


def context_of(request: HttpRequest, case: Any, active: list[Any]) -> dict[str, Any]:
    """All of it, for the page of a case."""
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    cited = sources.cited_by(("case", case.pk), (owner_of(case), case.subject_id))
    open_ = case.state != "ended"
    return {
        "standings": standings(active, today) if case.state == "open" else [],
        "counsel": counsel.on_case(case),
        "may_counsel": open_ and bool(counsel.parties_of(actor, today)),
        "cited": [(row, row.owner_kind == "case") for row in cited],
        "concerned": concerned(case),
        "may_answer_precedent": any(
            outcome.precedent for step in queries.path_of(case).steps for outcome in step.outcomes
        ),
    }


def concerned(case: Any) -> list[str] | None:
    """The names of the bodies that share a step of the path and that the case is about; None where none share one."""
    keys = sharing(case)
    if not keys:
        return None
    model = governance.typed(case.model_version)
    return [str(model.body(key).name) for key in queries.bodies_concerned(case, keys)]  # type: ignore[union-attr]


def sharing(case: Any) -> list[str]:
    """The bodies that share a step of the case's path."""
    return list(dict.fromkeys(key for step in queries.path_of(case).steps for key in step.actor.bodies))


def visible(request: HttpRequest, key: UUID) -> Any:
    """The case, if the person may read it."""
    case = queries.case_by_id(key)
    if case is None or not may(request.actor, Act.CASE_READ, queries.case_facts(case)):  # type: ignore[attr-defined]
        raise NotFound
    return case


def concern(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say which bodies the case is about, beside those whose areas it lies in."""
    case = visible(request, key)
    may(request.actor, Act.CASE_ADMINISTER, queries.case_facts(case)).require()  # type: ignore[attr-defined]
    model, shared = governance.typed(case.model_version), sharing(case)
    names = [(body.key, str(body.name)) for body in model.bodies if not shared or body.key in shared]
    form = ConcernForm(request.POST or None, bodies=names, initial={"bodies": case.concerns})
    if request.method == "POST" and form.is_valid():
        done = perform_form(
            request, form, actions.concern, case_id=key, version=version_of(request), bodies=form.cleaned_data["bodies"]
        )
        if done is not None:
            messages.success(request, _("Lagret. De nye er bedt om å behandle saken hvis den står hos dem nå."))
            return redirect("case-detail", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]
    context = {"case": case, "form": form, "concerned": concerned(case), "crumbs": _crumbs(request, case)}
    return render(request, "casework/concern.html", context, status=422 if form.errors else 200)


def cite(request: HttpRequest, key: UUID) -> HttpResponse:
    """Point to a source from the case."""
    case = visible(request, key)
    may(request.actor, Act.CASE_COMMENT, queries.case_facts(case)).require()  # type: ignore[attr-defined]
    cited = [row.source_id for row in sources.cited_by(("case", case.pk))]
    form = CiteForm(request.POST or None, sources=sources.to_choose(without=cited))
    if request.method == "POST" and form.is_valid():
        done = perform_form(
            request, form, source_actions.cite, source_id=UUID(form.cleaned_data["source"]), owner_kind="case",
            owner_id=case.pk, owner_facts=queries.case_facts(case), act=Act.CASE_COMMENT,
            note=form.cleaned_data["note"],
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("Saken viser nå til kilden."))
            return redirect("case-detail", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]
    context = {
        "case": case,
        "form": form,
        "back": address("case-detail", request.tenant.slug, key),  # type: ignore[attr-defined]
        "crumbs": _crumbs(request, case),
    }
    return render(request, "sources/cite.html", context, status=422 if form.errors else 200)


def uncite(request: HttpRequest, key: UUID, citation: UUID) -> HttpResponse:
    """Let the case no longer point to the source."""
    case = visible(request, key)
    row = sources.citation_by_id(citation)
    if row is None or (row.owner_kind, row.owner_id) != ("case", case.pk):
        raise NotFound
    perform(
        request, source_actions.uncite, citation_id=citation, owner_facts=queries.case_facts(case), act=Act.CASE_COMMENT
    )
    messages.success(request, _("Saken viser ikke lenger til kilden."))
    return redirect("case-detail", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]


def precedents(request: HttpRequest) -> HttpResponse:
    """Answers that are kept to be found again, searched and narrowed in the address."""
    form, rows = _precedents(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "filter_form": form, "query": request.GET.urlencode(),
        "narrowed": any(request.GET.get(name) for name in ("q", "vei", "organ", "ar")),
    }  # fmt: skip
    return render_part(request, "casework/precedents.html", "rows", context)


def precedents_export(request: HttpRequest) -> HttpResponse:
    """The same as Excel."""
    _form, rows = _precedents(request)
    heading = [_("Dato"), _("Sak"), _("Tittel"), _("Hvem"), _("Utfall"), _("Svar")]
    lines = (
        [row.decided_on, f"{row.case.year}/{row.case.number}", row.case.title, row.actor_name, row.outcome_name, row.text or row.reason]
        for row in rows[:MOST_EXPORTED]
    )  # fmt: skip
    return table_response(_("Presedenser"), heading, lines, ending="xlsx", numeric=[])


def _precedents(request: HttpRequest) -> tuple[PrecedentFilter, Any]:
    form = PrecedentFilter(request.GET, model=request.model)  # type: ignore[attr-defined]
    given = form.cleaned_data if form.is_valid() else {}
    rows = standing.precedents(
        request.actor, text=given.get("q", "").replace("\0", ""), path=given.get("vei", ""),  # type: ignore[attr-defined]
        body=given.get("organ", ""), year=given.get("ar"),
    )  # fmt: skip
    return form, rows


def _crumbs(request: HttpRequest, case: Any) -> list[Crumb]:
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    return [Crumb(_("Saker"), address("case-list", tenant)), Crumb(case.title, address("case-detail", tenant, case.pk))]
