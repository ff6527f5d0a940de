"""What other bodies have proposed for a body's agenda, and what came of it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.ui.pieces import Status, Tab, Tone
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.meetings.queries.proposed import proposals_to
from samstyr.web.shell import address

PER_PAGE = 50


def proposals(request: Any) -> HttpResponse:
    """One tab for each body that other bodies send cases to (``organ``)."""
    bodies = _receiving(request.model)
    wanted = request.GET.get("organ", "")
    body = next((one for one in bodies if one.key == wanted), bodies[0] if bodies else None)
    found = proposals_to(body.key, request.actor) if body else None
    names = {one.key: str(one.name) for one in request.model.bodies} if request.model else {}
    page = Paginator(found.rows if found else [], PER_PAGE).get_page(request.GET.get("page"))
    words = {
        "waiting": Status(_("Foreslått"), Tone.INFO),
        "accepted": Status(_("Tatt opp"), Tone.SUCCESS),
        "declined": Status(_("Ikke tatt opp"), Tone.WARNING),
    }
    context = {
        "body": body,
        "tabs": [
            Tab(str(one.name), f"?organ={one.key}", one is body, None) for one in (bodies if len(bodies) > 1 else ())
        ],
        "page": page,
        "lines": [(row, names.get(row.by, row.by), words[row.state]) for row in page],
        "found": found,
        "crumbs": [Crumb(_("Møter"), address("meeting-list", request.tenant.slug))],
    }
    return render(request, "meetings/planning/proposals.html", context)


def _receiving(model: Any) -> list[Any]:
    """The bodies whose step on some path comes after another body's."""
    if model is None:
        return []
    keys = set()
    for path in model.paths:
        seen: set[str] = set()
        for step in path.steps:
            if step.actor.body:
                if seen - {step.actor.body}:
                    keys.add(step.actor.body)
                seen.add(step.actor.body)
    return [body for body in model.bodies if body.key in keys]
