"""The meeting: who has scored, what they have said once it is shown, and what is agreed on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.ui import htmx
from samstyr.web.needs.views.parts import key_of
from samstyr.web.posting import perform_form, version_of
from samstyr.wheel.needs import queries as needs
from samstyr.wheel.prioritisation import actions, queries
from samstyr.wheel.strategy import queries as strategy

from ..forms import DescribeForm, DetailsForm, ReasonForm
from ..presenting import Agreeing, overview
from .parts import entry_of, frame, may_manage, round_of, url

MOST_SHOWN = 300


def detail(request: Any, key: UUID) -> HttpResponse:
    """The round as it stands: the scorers, and each need with how far it has come."""
    row = round_of(request, key)
    progress = queries.progress_of(row, request.today)
    context = {
        **frame(request, row, "round-detail"),
        "progress": progress,
        "finished": sum(not one.missing for one in progress),
        "missing": [one.scorer.person.name for one in progress if one.missing and one.scorer.role],
        **overview(row, request.today, request.GET.get("sort", "")),
    }
    return htmx.render(request, "prioritisation/detail.html", "progress", context)


def agree(request: Any, key: UUID, entry: UUID) -> HttpResponse:
    """One need: the spread, what is agreed on, and what else the ranking must know of it."""
    found = entry_of(request, key, entry)
    row = found.round
    manage = may_manage(request)
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    if verb:
        manage.require()
    agreeing = Agreeing(row, found, request.POST if verb == "agree" else None, names=bool(manage))
    describe = _describe_form(request, found, verb)
    reason = ReasonForm(request.POST if verb == "leave_out" else None)
    if verb and _done(request, verb, found, agreeing, describe, reason):
        return redirect(_after(request, key, found, verb))
    entries = list(queries.entries_of(row))
    place = [one.pk for one in entries].index(found.pk)
    failed = bool(agreeing.faults or describe.errors or reason.errors)
    context = {
        **frame(request, row, "round-agree"),
        "entry": found,
        "agreeing": agreeing,
        "describe": describe,
        "reason_form": reason,
        "editable": bool(manage) and row.state != "closed",
        "place": place + 1,
        "size": len(entries),
        "before": entries[place - 1] if place else None,
        "after": entries[place + 1] if place + 1 < len(entries) else None,
    }
    return render(request, "prioritisation/agree.html", context, status=422 if failed else 200)


def manage(request: Any, key: UUID) -> HttpResponse:
    """Change the round, take in more needs, show the scores, close it and open it again."""
    may_manage(request).require()
    row = round_of(request, key)
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    details = DetailsForm(
        request.POST if verb == "change" else None,
        scorers=queries.scorer_choices(request.today),
        initial={"name": row.name, "capacity": row.capacity, "due_on": row.due_on, "scorers": row.scorers},
    )
    if queries.is_keyed(row):
        del details.fields["scorers"]
    form = ReasonForm(request.POST if verb in _VERBS else None)
    if verb == "change" and details.is_valid():
        given = {**details.cleaned_data, "scorers": tuple(details.cleaned_data.get("scorers", ()))}
        if perform_form(request, details, actions.change_round, round_id=key, version=version_of(request), **given):
            messages.success(request, _("Endringene er lagret."))
            return redirect(url(request, "round-manage", key))
    elif verb in _VERBS and _led(request, verb, key, form):
        return redirect(url(request, "round-detail" if verb != "add" else "round-manage", key))
    inside = [entry.need_id for entry in queries.entries_of(row)]
    earlier = queries.passed_needs(row.previous, request.today) if row.previous else None
    outside = queries.needs_to_weigh(request.actor, earlier=earlier).filter(state="submitted").exclude(pk__in=inside)
    context = {
        **frame(request, row, "round-manage"),
        "details": details,
        "form": form,
        "faults": [str(error) for errors in form.errors.values() for error in errors] if verb != "reopen" else [],
        "outside": list(needs.with_parts(needs.ordered(outside, "nummer"))[:MOST_SHOWN]),
    }
    return render(request, "prioritisation/manage.html", context, status=422 if details.errors or form.errors else 200)


_VERBS = {
    "reveal": actions.reveal,
    "unanimous": actions.accept_unanimous,
    "close": actions.close,
    "reopen": actions.reopen,
    "add": actions.add_needs,
}


def _led(request: Any, verb: str, key: UUID, form: ReasonForm) -> bool:
    given: dict[str, Any] = {"round_id": key}
    if verb == "reopen":
        if not form.is_valid():
            return False
        given["reason"] = form.cleaned_data["reason"]
    else:
        form.fields.clear()
        form.is_valid()
    if verb == "add":
        given["need_ids"] = tuple(found for found in map(key_of, request.POST.getlist("needs")) if found)
    else:
        given["version"] = version_of(request)
    if perform_form(request, form, _VERBS[verb], **given) is None:
        return False
    said = {
        "reveal": _("Vurderingene er vist for alle."),
        "unanimous": _("Det alle har vurdert likt, er satt."),
        "close": _("Runden er avsluttet."),
        "reopen": _("Runden er åpnet igjen."),
        "add": _("Behovene er tatt med i runden."),
    }
    messages.success(request, said[verb])
    return True


def _describe_form(request: Any, entry: Any, verb: str) -> DescribeForm:
    model = governance.current_model(request.today)
    return DescribeForm(
        request.POST if verb == "describe" else None,
        kinds=[(kind.key, str(kind.name)) for kind in model.plan.measure_kinds] if model and model.plan else [],
        areas=list(strategy.focus_areas(request.today).items()),
        initial={"owner_committed": entry.owner_committed, "kind": entry.kind, "focus_area": entry.focus_area},
    )


def _done(request: Any, verb: str, entry: Any, agreeing: Agreeing, describe: DescribeForm, reason: ReasonForm) -> bool:
    place = {"entry_id": entry.pk, "version": version_of(request)}
    if verb == "agree":
        try:
            who = {"actor": request.actor, "now": request.now, "key": (request.POST.get("_key") or "")[:64] or None}
            actions.set_consensus(**who, **place, levels=agreeing.levels, reasons=agreeing.reasons)
        except Invalid as invalid:
            agreeing.tell(invalid)
            return False
        messages.success(request, _("Enigheten er lagret."))
        return True
    if verb == "describe" and describe.is_valid():
        return perform_form(request, describe, actions.describe_entry, **place, **describe.cleaned_data) is not None
    if verb == "leave_out" and reason.is_valid():
        return perform_form(request, reason, actions.leave_out, **place, **reason.cleaned_data) is not None
    if verb in ("take_back", "remove"):
        action = actions.take_back if verb == "take_back" else actions.remove_need
        return perform_form(request, reason, action, **place) is not None
    return False


def _after(request: Any, key: UUID, entry: Any, verb: str) -> str:
    """On to the next need when one has asked for it."""
    onward = key_of(request.POST.get("go", ""))
    if verb == "remove":
        return url(request, "round-detail", key)
    return url(request, "round-agree", key, onward or entry.pk)
