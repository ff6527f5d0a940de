"""A year's meetings: days proposed evenly and planned at once, and a meeting moved to another day."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.kernel.errors import Conflict, NotFound
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.casework import actions, queries
from samstyr.procedure.meetings.queries import agenda
from samstyr.procedure.meetings.queries.calendar import secretary_days
from samstyr.procedure.meetings.rules.calendar import spread
from samstyr.web.posting import perform_form, version_of
from samstyr.web.shell import address

from ..forms_planning import BodyForm, MoveForm, YearForm

PER_YEAR = {"year": 1, "quarter": 4, "month": 12}


def plan_year(request: Any) -> HttpResponse:
    """Choose a body and a year, change the days that are proposed, and plan them all or none."""
    may(request.actor, Act.CASE_ADMINISTER, Facts("meeting", request.tenant.pk)).require()
    bodies = request.model.bodies if request.model else ()
    places = list(organisations.organisations())
    choice = BodyForm(request.GET or None, bodies=bodies, organisations=places, year=request.today.year)
    chosen = choice.cleaned_data if choice.is_valid() else None
    context: dict[str, Any] = {
        "choice": choice,
        "crumbs": [Crumb(_("Møter"), address("meeting-list", request.tenant.slug))],
    }
    form = None
    if chosen:
        body = next(body for body in bodies if body.key == chosen["body"])
        place = UUID(chosen["organisation"]) if chosen["organisation"] else None
        planned = _planned(body.key, place, chosen["year"])
        wanted = chosen["count"] or _target(body)
        days = spread(
            chosen["year"],
            max(0, wanted - len(planned)),
            after=request.today,
            taken=[row.held_on for row in planned] + secretary_days(body, bodies, chosen["year"]),
        )
        initial = {"days": "\n".join(day.strftime("%d.%m.%Y") for day in days)}
        form = YearForm(request.POST if request.method == "POST" else None, initial=initial)
        if request.method == "POST" and form.is_valid():
            made = perform_form(
                request, form, actions.plan_meetings, body=body.key, days=form.cleaned_data["days"], organisation=place
            )
            if made:
                messages.success(
                    request,
                    ngettext("%(n)s møte er planlagt.", "%(n)s møter er planlagt.", len(made)) % {"n": len(made)},
                )
                return redirect(f"{address('meeting-list', request.tenant.slug)}?year={chosen['year']}")
        context |= {"form": form, "body": body, "planned": planned, "year": chosen["year"], "target": _target(body)}
    failed = form is not None and bool(form.errors)
    return render(request, "meetings/planning/year.html", context, status=422 if failed else 200)


def move(request: Any, key: UUID) -> HttpResponse:
    """Hold a planned meeting on another day."""
    row = agenda.day_by_id(key)
    if row is None:
        raise NotFound
    form = MoveForm(request.POST if request.method == "POST" else None, initial={"held_on": row.held_on})
    if request.method == "POST" and form.is_valid():
        try:
            done = perform_form(
                request, form, actions.move_meeting, meeting_id=key, version=version_of(request), **form.cleaned_data
            )
        except Conflict as conflict:
            if conflict.rule in ("version", "idempotency"):
                raise
            form.add_error(None, " ".join(str(part) for part in (conflict.message, conflict.remedy) if part))
        else:
            if done:
                messages.success(request, _("Møtet er flyttet. De som er innkalt, får beskjed, og frister flyttes."))
                return redirect(f"{address('meeting-list', request.tenant.slug)}?year={done.held_on.year}")
    context = {
        "row": row,
        "name": agenda.body_name(row.body, row.held_on),
        "form": form,
        "crumbs": [Crumb(_("Møter"), address("meeting-list", request.tenant.slug))],
    }
    return render(request, "meetings/planning/move.html", context, status=422 if form.errors else 200)


def _planned(body: str, place: UUID | None, year: int) -> list[Any]:
    rows = queries.meetings_of(body, since=date(year, 1, 1), until=date(year, 12, 31))
    return [row for row in rows if not row.cancelled and row.organisation_id == place]


def _target(body: Any) -> int:
    """How many meetings a year the model asks for; none where it does not say."""
    return body.frequency.times * PER_YEAR[body.frequency.per] if body.frequency else 0
