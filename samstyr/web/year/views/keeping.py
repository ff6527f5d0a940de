"""Keeping the year: made from the model, periods moved and ended, duties done."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.foundation.ui.pieces import Status, Tone, TrailEntry
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.casework.queries.hanging import Shift, moved_by
from samstyr.procedure.casework.queries.wheel_year import faults_after, year_on
from samstyr.procedure.meetings.rules.calendar import spread
from samstyr.procedure.year import actions, queries
from samstyr.procedure.year.rules.findings import new_faults
from samstyr.procedure.year.rules.laying import lay, wheels_of
from samstyr.procedure.year.rules.standing import Due, days_of_duty
from samstyr.web.posting import perform, perform_form, version_of

from .. import presenting
from ..forms import DutyForm, MoveForm, StandingForm
from .reading import FIRST, LAST, need_wheel, number_in

PER_YEAR = {"year": 1, "quarter": 4, "month": 12}


def _crumbs(request: Any, year: int, *more: Crumb) -> list[Crumb]:
    return [Crumb(_("Årshjulet"), reverse("wheel", args=[request.tenant.slug]) + f"?ar={year}"), *more]


def make(request: Any) -> HttpResponse:
    """What a year would be, by the model, with days proposed for the bodies' meetings; sent, the year is made."""
    queries.may_keep(request.actor).require()
    model = need_wheel(request)
    made = queries.years()
    number = number_in(
        request.POST.get("ar") or request.GET.get("ar", ""), _next(made, request.today.year), FIRST, LAST
    )
    if request.method == "POST" and "renew" in request.POST:
        perform(request, actions.renew_year, year=number)
        messages.success(request, _("Året har fått periodene som manglet."))
        return redirect_client(request, reverse("wheel", args=[request.tenant.slug]) + f"?ar={number}")
    if request.method == "POST":
        perform(request, actions.make_year, year=number)
        messages.success(
            request, _("Årshjulet for %(year)s er laget. Flytt periodene som skal ha andre datoer.") % {"year": number}
        )
        return redirect_client(request, reverse("wheel", args=[request.tenant.slug]) + f"?ar={number}")
    year = year_on(model, number, request.today, request.actor)
    names = {key: name or str(model.name) for key, name, _slot in wheels_of(model)}
    bodies = [
        {
            "body": body,
            "planned": [row.held_on for row in year.meetings if row.body == body.key and not row.cancelled],
            "proposed": _proposed(body, year, request.today),
        }
        for body in model.bodies
        if body.frequency and body.per == "tenant"
    ]
    context = {
        "number": number,
        "exists": number in made,
        "rows": [
            (names[one.wheel], one, presenting.span_words(one.starts_on, one.ends_on)) for one in lay(model, number)
        ],
        "bodies": bodies,
        "duties": year.duties,
        "choices": range(request.today.year, request.today.year + 4),
        "crumbs": _crumbs(request, number),
    }
    return render(request, "year/make.html", context)


def _next(made: list[int], present: int) -> int:
    return present if present not in made else max(made) + 1


def _proposed(body: Any, year: Any, today: date) -> list[date]:
    planned = [row.held_on for row in year.meetings if row.body == body.key and not row.cancelled]
    wanted = body.frequency.times * PER_YEAR[body.frequency.per] - len(planned)
    return spread(year.number, max(0, wanted), after=max(today, date(year.number - 1, 12, 31)), taken=planned)


def _period(key: UUID) -> Any:
    row = queries.period_by_id(key)
    if row is None:
        raise NotFound
    return row


def detail(request: Any, key: UUID) -> HttpResponse:
    """A period with how it stands, what is to be done in it, how it was moved; whoever has it says when it is done."""
    row, model = _period(key), need_wheel(request)
    verdict = may(
        request.actor, Act.MEETING_TAKE_PART, queries.owner_facts(row.owner_role, row.owner_body, request.today)
    )
    form = StandingForm(
        request.POST or None, initial={"done_on": row.done_on, "dropped": row.dropped, "note": row.note}
    )
    if request.method == "POST":
        verdict.require()
        valid = form.is_valid()
        if (
            valid
            and perform_form(
                request, form, actions.save_period, period_id=key, version=version_of(request), **form.cleaned_data
            )
            is not None
        ):
            messages.success(request, _("Perioden er lagret."))
            return redirect_client(request, reverse("year-period", args=[request.tenant.slug, key]))
    year = year_on(model, row.of.year, request.today, request.actor)
    line = next(one for one in year.lines if one.placed.row and one.placed.row.pk == row.pk)
    moves, last = queries.moves_of(row.pk), queries.last_move(row.pk)
    keep = queries.may_keep(request.actor)
    first, until = line.placed.span
    names = {body.key: str(body.name) for body in model.bodies}
    context = {
        "row": row,
        "line": line,
        "status": presenting.status_of(line.standing),
        "when": presenting.span_words(first, until),
        "model_when": presenting.span_words(row.model_starts_on, row.model_ends_on),
        "pdca": presenting.pdca_words().get(row.pdca, ""),
        "faults": [one for one in year.faults if one.period == row.key and not row.wheel],
        "verdict": verdict,
        "form": form,
        "activities": list(row.activities.all()),
        "has_sessions": bool(model.need_form and model.need_form.sessions),
        "keep": keep,
        "last": last if keep else None,
        "trail": [_entry(move) for move in moves],
        "meetings": [
            (one, names.get(one.body, one.body))
            for one in year.meetings
            if one.body == row.owner_body and first <= one.held_on <= until
        ],
        "crumbs": _crumbs(request, row.of.year),
    }
    return render(request, "year/period.html", context, status=422 if form.errors else 200)


def _entry(move: Any) -> TrailEntry:
    title = _("Flyttingen ble angret") if move.undoes_id else _("Flyttet")
    return TrailEntry(
        move.recorded_at,
        title,
        move.person.name,
        move.reason,
        facts=(
            (_("Fra"), presenting.span_words(move.was_starts_on, move.was_ends_on)),
            (_("Til"), presenting.span_words(move.starts_on, move.ends_on)),
        ),
    )


def move(request: Any, key: UUID) -> HttpResponse:
    """New days for a period; what follows is shown before it is done."""
    row, model = _period(key), need_wheel(request)
    queries.may_keep(request.actor).require()
    form = MoveForm(request.POST or None, initial={"starts_on": row.starts_on, "ends_on": row.ends_on})
    preview: dict[str, Any] | None = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if "preview" not in request.POST:
            done = perform_form(request, form, actions.move_period, period_id=key, version=version_of(request), **data)
            if done is not None:
                messages.success(request, _("Perioden er flyttet. De som blir berørt, har fått beskjed."))
                return redirect_client(request, reverse("year-period", args=[request.tenant.slug, key]))
        elif data["ends_on"] >= data["starts_on"]:
            preview = _preview(request, row, model, (data["starts_on"], data["ends_on"]))
        else:
            form.add_error("ends_on", _("Siste dag kan ikke være før første dag."))
    context = {
        "row": row,
        "when": presenting.span_words(row.starts_on, row.ends_on),
        "form": form,
        "preview": preview,
        "crumbs": _crumbs(
            request, row.of.year, Crumb(row.name, reverse("year-period", args=[request.tenant.slug, row.pk]))
        ),
    }
    return render(request, "year/move.html", context, status=422 if form.errors else 200)


def _preview(request: Any, row: Any, model: Any, span: tuple[date, date]) -> dict[str, Any]:
    """The deadlines that would move and what would be wrong, before anything is done."""
    year = year_on(model, row.of.year, request.today, request.actor)
    after = faults_after(model, year, (row.wheel, row.key), span, request.today)
    shift = Shift(row.key, row.of.year, (row.starts_on, row.ends_on), span)
    moved = moved_by(shift) if not row.wheel and span != shift.was else []
    return {
        "when": presenting.span_words(*span),
        "moved": moved[:MOST_SHOWN],
        "count": len(moved),
        "more": max(0, len(moved) - MOST_SHOWN),
        "past": sum(one.due.on < request.today for one in moved),
        "faults": new_faults(year.faults, after),
    }


MOST_SHOWN = 20


def undo(request: Any, key: UUID) -> HttpResponse:
    """Take the last move of a period back."""
    found = queries.move_by_id(key)
    if found is None:
        raise NotFound
    perform(request, actions.undo_move, move_id=key)
    messages.success(request, _("Flyttingen er angret. De som ble berørt, har fått beskjed."))
    return redirect_client(request, reverse("year-period", args=[request.tenant.slug, found.period_id]))


def activity(request: Any, key: UUID) -> HttpResponse:
    """Tick off something in a period, or take the tick away."""
    found = queries.activity_by_id(key)
    if found is None:
        raise NotFound
    perform(request, actions.save_activity, activity_id=key, version=version_of(request), done="done" in request.POST)
    return redirect_client(request, reverse("year-period", args=[request.tenant.slug, found.period_id]))


def duty(request: Any, key: str, due: str) -> HttpResponse:
    """A duty on one of its days: when it was done, or that it was not."""
    model = need_wheel(request)
    found = next((one for one in model.wheel.duties if one.key == key), None)
    try:
        due_on = date.fromisoformat(due)
    except ValueError:
        raise NotFound from None
    if found is None or not days_of_duty(found, due_on, due_on):
        raise NotFound
    row = queries.duties_done().get((key, due_on))
    facts = queries.owner_facts(found.owner or "", found.owner_body or "", request.today)
    verdict = may(request.actor, Act.MEETING_TAKE_PART, facts)
    form = DutyForm(request.POST if "undo" not in request.POST else None, initial={"done_on": request.today})
    if request.method != "POST":
        form = DutyForm(initial={"done_on": request.today})
    here = reverse("year-duty", args=[request.tenant.slug, key, due])
    if request.method == "POST" and "undo" in request.POST and row is not None:
        perform(request, actions.undo_duty, done_id=row.pk)
        messages.success(request, _("Gjøremålet er ikke lenger merket som gjort."))
        return redirect_client(request, here)
    if request.method == "POST":
        verdict.require()
        valid = form.is_valid()
        if (
            valid
            and perform_form(request, form, actions.do_duty, duty=key, due_on=due_on, **form.cleaned_data) is not None
        ):
            messages.success(request, _("Gjøremålet er merket som gjort."))
            return redirect_client(request, here)
    owner = model.body(found.owner_body) if found.owner_body else model.role(found.owner) if found.owner else None
    standing = Due(found, due_on, row.done_on if row else None, request.today)
    context = {
        "duty": found,
        "due_on": due_on,
        "row": row,
        "status": Status(str(standing.label), Tone(standing.tone)),
        "owner": str(owner.name) if owner else "",
        "verdict": verdict,
        "form": form,
        "crumbs": _crumbs(request, due_on.year),
    }
    return render(request, "year/duty.html", context, status=422 if form.errors else 200)
