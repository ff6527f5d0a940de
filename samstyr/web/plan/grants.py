"""Pages about applications for outside money, and about the projects that sources point out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, Verdict, may
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.pieces import Status, Tone
from samstyr.foundation.ui.shell import Crumb
from samstyr.web.posting import perform, perform_form
from samstyr.web.posting import version_of as version_posted
from samstyr.web.shell import address
from samstyr.wheel.portfolio import actions, queries
from samstyr.wheel.portfolio.actions import GrantValues
from samstyr.wheel.portfolio.rules.money import own_share_fault

from .money import bound, choices_of, posted, sent
from .money_forms import AdviceForm, GrantForm, NominationForm, SettleForm
from .views import crumbs_of, version_of

TONES = {"draft": Tone.NEUTRAL, "sent": Tone.INFO, "granted": Tone.SUCCESS, "refused": Tone.DANGER}


def _may_edit(request: HttpRequest) -> Any:
    return may(request.actor, Act.PLAN_EDIT, queries.plan_facts())  # type: ignore[attr-defined]


def _status(row: Any) -> Status:
    return Status(row.get_state_display().capitalize(), TONES[row.state])


def _values(form: Form) -> GrantValues:
    given = dict(form.cleaned_data)
    line = given.pop("line")
    own = given.pop("own_share") or 0
    return GrantValues(**given, own_share=own, line_key=UUID(line) if line else None)


def _choices(request: HttpRequest, version: Any) -> dict[str, Any]:
    return {"line": [("", _("Ingen")), *choices_of(request, version)["line"]]}


def grants(request: HttpRequest, key: UUID) -> HttpResponse:
    """All applications of the plan, with what is asked for, granted and used; and a new one."""
    version = version_of(request, key)
    plan = version.plan
    form = GrantForm(**sent(request, "write"), choices=_choices(request, version), initial={"year": plan.first_year})

    def write(form: Form) -> Any:
        return perform_form(request, form, actions.write_grant, plan_id=plan.pk, values=_values(form))

    if request.method == "POST" and posted(request, {"write": form}, {"write": write}):
        messages.success(request, _("Søknaden er lagret."))
        return redirect("plan-grants", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]
    rows = list(queries.grants_of(plan))
    context = {
        "version": version,
        "rows": [(row, _status(row)) for row in rows],
        "applied": sum(row.applied for row in rows),
        "granted": sum(row.granted or 0 for row in rows),
        "used": sum(row.used for row in rows),
        "form": form,
        "may_edit": _may_edit(request),
        "crumbs": crumbs_of(request, version),
    }
    return render(request, "plan/grants.html", context, status=422 if form.errors else 200)


def grant(request: HttpRequest, key: UUID, grant: UUID) -> HttpResponse:
    """One application: what it says, the advice, whether it can be sent, and the fund's answer."""
    version = version_of(request, key)
    row = queries.grant_by_id(grant)
    if row is None or row.plan_id != version.plan_id:
        raise NotFound
    forms = _forms(request, version, row)
    if request.method == "POST" and _done(request, forms, row):
        messages.success(request, _("Lagret."))
        return redirect("plan-grant", tenant=request.tenant.slug, key=key, grant=grant)  # type: ignore[attr-defined]
    today = request.today  # type: ignore[attr-defined]
    line = queries.line_of_grant(row)
    fault = own_share_fault(row.own_share, row.year, line, queries.outside_sources(today))
    may_edit = _may_edit(request)
    slug = request.tenant.slug  # type: ignore[attr-defined]
    context = {
        "version": version,
        "row": row,
        "status": _status(row),
        "line": line,
        "forms": forms,
        "may_edit": may_edit,
        "gate": (Verdict(False, fault, "plan.own_share") if fault else may_edit) if may_edit else may_edit,
        "crumbs": [*crumbs_of(request, version), Crumb(_("Tilskudd"), address("plan-grants", slug, key))],
    }
    failed = any(form.errors for form in forms.values())
    return render(request, "plan/grant.html", context, status=422 if failed else 200)


def _forms(request: HttpRequest, version: Any, row: Any) -> dict[str, Form]:
    initial = {
        name: getattr(row, name) for name in ("fund", "title", "applicant", "year", "applied", "own_share", "purpose")
    }
    return {
        "save": GrantForm(
            **sent(request, "save"), choices=_choices(request, version), initial={**initial, "line": row.line_key}
        ),
        "advise": AdviceForm(
            **sent(request, "advise"),
            initial={"advice": row.advice, "advice_order": row.advice_order, "advice_reason": row.advice_reason},
        ),
        "settle": SettleForm(
            **sent(request, "settle"), initial={"granted": row.granted, "decided_on": row.decided_on, "used": row.used}
        ),
    }


def _done(request: HttpRequest, forms: dict[str, Form], row: Any) -> bool:
    place: dict[str, Any] = {"grant_id": row.pk, "version": version_posted(request)}
    if request.POST.get("verb") == "send":
        perform(request, actions.send_grant, **place)
        return True

    def save(form: Form) -> Any:
        return perform_form(request, form, actions.save_grant, values=_values(form), **place)

    def advise(form: Form) -> Any:
        given = form.cleaned_data
        return perform_form(
            request, form, actions.advise_grant, advice=given["advice"], reason=given["advice_reason"],
            order=given["advice_order"], **place,
        )  # fmt: skip

    def settle(form: Form) -> Any:
        given = {**form.cleaned_data, "used": form.cleaned_data["used"] or 0}
        return perform_form(request, form, actions.settle_grant, **given, **place)

    return posted(request, forms, {"save": save, "advise": advise, "settle": settle})


def nominations(request: HttpRequest, key: UUID) -> HttpResponse:
    """The projects that sources have pointed out for each year, and the way into the draft."""
    version = version_of(request, key)
    plan, today = version.plan, request.today  # type: ignore[attr-defined]
    form = NominationForm(**sent(request, "nominate"), choices=choices_of(request, version))
    slug = request.tenant.slug  # type: ignore[attr-defined]

    def nominate(form: Form) -> Any:
        return perform_form(request, form, actions.nominate, plan_id=plan.pk, **form.cleaned_data)

    taken = request.POST.get("nomination", "")
    if request.method == "POST" and bound(request, "take"):
        if not any(str(row.pk) == taken for row in queries.nominations_of(plan)):
            raise NotFound
        line = perform(request, actions.take_nomination, nomination_id=UUID(taken), version_id=key)
        messages.success(request, _("Prosjektet står i utkastet. Fyll ut pengene."))
        return redirect("plan-line-edit", tenant=slug, key=key, line=line.pk)
    if request.method == "POST" and posted(request, {"nominate": form}, {"nominate": nominate}):
        messages.success(request, _("Prosjektet er pekt ut."))
        return redirect("plan-nominations", tenant=slug, key=key)
    names = queries.sources(today)
    context = {
        "version": version,
        "rows": [(names.get(row.source, row.source), row) for row in queries.nominations_of(plan)],
        "form": form,
        "may_edit": _may_edit(request),
        "draft": version.state == "draft",
        "crumbs": crumbs_of(request, version),
    }
    return render(request, "plan/nominations.html", context, status=422 if form.errors else 200)
