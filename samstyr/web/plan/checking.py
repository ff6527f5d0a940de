"""What a version lacks, how its effort is spread, and what moves in time: rolled, put off, taken up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import Invalid, NotFound
from samstyr.web.posting import perform, perform_form
from samstyr.web.posting import version_of as version_posted
from samstyr.wheel.portfolio import actions, queries
from samstyr.wheel.portfolio.rules.findings import effort_by_kind, facts_of

from .money import posted, sent
from .money_forms import AnswerForm, AskForm, ContractForm, DeferForm, OverrunForm
from .views import crumbs_of, version_of


def check(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everything the version lacks by the model, with overruns to decide and measures to roll or take up again."""
    version = version_of(request, key)
    rows = queries.lines_of(version)
    lines = [queries.plain(row) for row in rows]
    open_ = [row for row in queries.overruns_of(version, lines) if row.open]
    names = {**queries.sources(request.today), "": _("Hele planen")}  # type: ignore[attr-defined]
    frames = [(f"{row.year}-{row.source}", f"{names.get(row.source, row.source)} {row.year}") for row in open_]
    form = OverrunForm(
        **sent(request, "overrun"), choices={"frame": frames}, initial={"amount": open_[0].over if open_ else None}
    )
    faults: list[Any] = []
    if request.method == "POST":
        try:
            done = _moved(request, version, form)
        except Invalid as invalid:
            done, faults = False, list(invalid.errors)
        if done:
            messages.success(request, _("Lagret."))
            return redirect("plan-check", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]
    context = {
        **_shown(request, version, rows, lines),
        "open": open_,
        "form": form,
        "faults": faults,
        "crumbs": crumbs_of(request, version),
    }
    return render(request, "plan/check.html", context, status=422 if form.errors or faults else 200)


def _shown(request: HttpRequest, version: Any, rows: list[Any], lines: list[Any]) -> dict[str, Any]:
    today = request.today  # type: ignore[attr-defined]
    kinds = queries.measure_kinds(today)
    ids = {row.line_key: row.pk for row in rows}
    editable = version.state == "draft" and may(request.actor, Act.PLAN_EDIT, queries.plan_facts())  # type: ignore[attr-defined]
    before = queries.plan_before(version.plan)
    have = set(ids)
    goals = queries.goals(today)
    return {
        "version": version,
        "today": today,
        "findings": [(item, ids.get(item.line)) for item in queries.findings_of(version, today, rows)],
        "missing": queries.missing_years(today),
        "effort": [
            (kinds[row.kind].name if row.kind in kinds else _("Ikke angitt"), row) for row in effort_by_kind(lines)
        ],
        "investments": [
            (row, amount, [goals.get(goal, goal) for goal in line.goals], line.benefit)
            for row, line in zip(rows, lines, strict=True)
            if (amount := facts_of(line)["investment_cost"])
        ],
        "decisions": queries.overrun_decisions(version),
        "deferred": queries.deferrals_of(version.plan),
        "rollable": [row for row in queries.unfinished(before) if row.line_key not in have]
        if before and editable
        else [],
        "before": before,
        "editable": editable,
    }


def _moved(request: HttpRequest, version: Any, form: Form) -> bool:
    verb = request.POST.get("verb", "")
    if verb == "overrun":
        return posted(request, {"overrun": form}, {"overrun": lambda form: _overrun(request, version, form)})
    if verb == "take_up":
        asked = request.POST.get("deferral", "")
        row = next((row for row in queries.deferrals_of(version.plan) if str(row.pk) == asked), None)
        if row is None:
            raise NotFound
        perform(request, actions.take_up, deferral_id=row.pk, version_id=version.pk)
        return True
    if verb == "roll":
        chosen = [row for row in _candidates(version) if request.POST.get(f"roll-{row.line_key}")]
        reasons = {row.line_key: request.POST.get(f"reason-{row.line_key}", "") for row in chosen}
        perform(request, actions.roll, version_id=version.pk, reasons=reasons)
        return True
    return False


def _candidates(version: Any) -> list[Any]:
    before = queries.plan_before(version.plan)
    return queries.unfinished(before) if before else []


def _overrun(request: HttpRequest, version: Any, form: Form) -> Any:
    given = dict(form.cleaned_data)
    year, _dash, source = given.pop("frame").partition("-")
    return perform_form(
        request, form, actions.decide_overrun, version_id=version.pk, year=int(year), source=source, **given
    )


def _line(request: HttpRequest, key: UUID, line: UUID) -> tuple[Any, Any]:
    version = version_of(request, key)
    row = next((item for item in queries.lines_of(version) if item.pk == line), None)
    if row is None:
        raise NotFound
    return version, row


def defer(request: HttpRequest, key: UUID, line: UUID) -> HttpResponse:
    """Put a measure off: out of the draft, with a reason and the day it is looked at again."""
    may(request.actor, Act.PLAN_EDIT, queries.plan_facts()).require()  # type: ignore[attr-defined]
    version, row = _line(request, key, line)
    form = DeferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = perform_form(request, form, actions.defer, line_id=row.pk, version=version_posted(request), **given)
        if done:
            messages.success(request, _("Tiltaket er utsatt."))
            return redirect("plan-check", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]
    context = {"version": version, "row": row, "form": form, "crumbs": crumbs_of(request, version)}
    return render(request, "plan/defer.html", context, status=422 if form.errors else 200)


def participation(request: HttpRequest, key: UUID, line: UUID) -> HttpResponse:
    """Who takes part in a measure, by when they answer, and what each pays of those that are left."""
    version, row = _line(request, key, line)
    today = request.today  # type: ignore[attr-defined]
    call = queries.call_of(version.plan, row.line_key)
    payers = [(str(item.pk), str(item)) for item in queries.payers()]
    asked = [(str(item.organisation_id), str(item.organisation)) for item in call.answers.all()] if call else []
    forms: dict[str, Form] = {
        "ask": AskForm(
            **sent(request, "ask"),
            choices={"organisations": payers},
            initial={"organisations": [key for key, _n in payers]},
        ),
        "answer": AnswerForm(**sent(request, "answer"), choices={"organisation": asked}),
        "contract": ContractForm(**sent(request, "contract"), initial={"contract_on": today}),
    }
    if request.method == "POST" and _answered(request, version, row, call, forms):
        messages.success(request, _("Lagret."))
        return redirect("plan-participation", tenant=request.tenant.slug, key=key, line=line)  # type: ignore[attr-defined]
    shares = queries.shares_of_call(call, row, today) if call else {}
    context = {
        "version": version,
        "row": row,
        "call": call,
        "answers": [
            (item, shares[item.organisation_id][0] / 100, sum(shares[item.organisation_id][1].values()))
            for item in (call.answers.all() if call else [])
        ],
        "total": sum(sum(kroner.values()) for _percent, kroner in shares.values()),
        "forms": forms,
        "may_edit": may(request.actor, Act.PLAN_EDIT, queries.plan_facts()),  # type: ignore[attr-defined]
        "may_answer": may(request.actor, Act.BUDGET_MANAGE, queries.plan_facts(UUID(key) for key, _n in payers)),  # type: ignore[attr-defined]
        "crumbs": crumbs_of(request, version),
    }
    failed = any(form.errors for form in forms.values())
    return render(request, "plan/participation.html", context, status=422 if failed else 200)


def _answered(request: HttpRequest, version: Any, row: Any, call: Any, forms: dict[str, Form]) -> bool:
    def ask(form: Form) -> Any:
        chosen = tuple(UUID(key) for key in form.cleaned_data["organisations"])
        return perform_form(
            request, form, actions.ask_participation, plan_id=version.plan_id, line_key=row.line_key,
            deadline=form.cleaned_data["deadline"], organisations=chosen,
        )  # fmt: skip

    def answer(form: Form) -> Any:
        where = UUID(form.cleaned_data["organisation"])
        return perform_form(
            request, form, actions.answer_participation, call_id=call.pk, organisation_id=where,
            answer=form.cleaned_data["answer"],
        )  # fmt: skip

    def contract(form: Form) -> Any:
        return perform_form(
            request, form, actions.note_contract, call_id=call.pk, version=version_posted(request), **form.cleaned_data
        )

    writes = {"ask": ask} if call is None else {"answer": answer, "contract": contract}
    return request.POST.get("verb") in writes and posted(request, forms, writes)
