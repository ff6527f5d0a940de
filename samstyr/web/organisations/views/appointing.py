"""Before and after an appointment: who is asked about a seat, and a term that lasts longer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.governance import appointing as model
from samstyr.foundation.kernel.workdays import add_working_days
from samstyr.foundation.organisations import actions
from samstyr.foundation.organisations.queries import lists
from samstyr.foundation.organisations.rules.appointing import GroupSpec, may_fill
from samstyr.web.posting import version_of

from ..forms import AnswerForm, ConsultForm, ExtendForm
from .parts import attempt, crumbs, found, url

# How long those asked have to answer unless the one who asks says otherwise.
TIME_TO_ANSWER = 15


def seat_consult(request: Any, key: UUID) -> HttpResponse:
    """Keep that somebody was asked about the next appointment to a seat."""
    seat = found(lists.seat(key))
    group = _group(request, seat)
    by = add_working_days(request.today, TIME_TO_ANSWER)
    form = ConsultForm(
        request.POST or None,
        initial={"asked_on": request.today, "answer_by": by},
        bodies=[(who, who) for who in (*group.consults, *group.may_consult)],
    )
    if request.method == "POST" and form.is_valid():
        saved = attempt(request, form, actions.consult, seat_id=key, group=group, **form.cleaned_data)
        if saved:
            messages.success(request, _("Det er notert at de er spurt."))
            return redirect(url(request, "seat-fill", key))
    return _page(request, form, _("Spurt om plass %(number)s i %(group)s"), seat, group)


def consultation_answer(request: Any, key: UUID) -> HttpResponse:
    """Keep what they answered."""
    row = found(lists.consultation(key))
    group = _group(request, row.seat)
    form = AnswerForm(
        request.POST or None, initial={"answered_on": row.answered_on or request.today, "answer": row.answer}
    )
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            request,
            form,
            actions.answer_consultation,
            consultation_id=key,
            version=version_of(request),
            group=group,
            **form.cleaned_data,
        )
        if saved:
            messages.success(request, _("Svaret er notert."))
            return redirect(url(request, "seat-fill", row.seat_id))
    title = _("Svar fra %(who)s om plass %%(number)s i %%(group)s") % {"who": row.consulted}
    return _page(request, form, title, row.seat, group, row.version)


def seat_extend(request: Any, key: UUID) -> HttpResponse:
    """Let a term last longer than the model says."""
    holding = found(lists.seat_holding(key))
    group = _group(request, holding.seat)
    form = ExtendForm(request.POST or None, initial={"ends_on": holding.ends_on})
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            request,
            form,
            actions.extend_seat,
            holding_id=key,
            version=version_of(request),
            group=group,
            **form.cleaned_data,
        )
        if saved:
            messages.success(request, _("Perioden er forlenget."))
            return redirect(url(request, "body-detail", holding.seat.body))
    title = _("Forleng perioden for plass %(number)s i %(group)s")
    return _page(request, form, title, holding.seat, group, holding.version)


def _group(request: Any, seat: Any) -> GroupSpec:
    """The seat's group, when the reader is the one who fills it. Raises NotFound, Refused."""
    group = found(model.group_of(request.model, seat.body, seat.group, request.today))
    may_fill(request.actor, group, seat.facts(), organisation=seat.organisation_id, unit=seat.unit_id).require()
    return group


def _page(request: Any, form: Any, title: str, seat: Any, group: GroupSpec, version: int | None = None) -> HttpResponse:
    way = crumbs(
        request, (_("Organer"), url(request, "body-list")), (group.body_name, url(request, "body-detail", seat.body))
    )
    context = {
        "edit_form": form,
        "title": title % {"number": seat.number, "group": group.name},
        "version": version,
        "crumbs": way,
    }
    return render(request, "organisations/form.html", context, status=422 if form.errors else 200)
