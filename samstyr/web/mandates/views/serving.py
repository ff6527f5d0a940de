"""What cases serve, and what a body's members know."""

from __future__ import annotations

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
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.mandates import actions
from samstyr.procedure.mandates.queries import serving
from samstyr.web.posting import perform

from ..forms import CompetenceForm, TagForm
from .parts import crumbs, url


def served(request: Any) -> HttpResponse:
    """For each set of tags, how many cases and entries serve each value, those that none serves, and cases without."""
    model = request.model
    shown = []
    for use in serving.uses(request.actor, request.today):
        body = model.body(use.tags.body) if model and use.tags.body else None
        tasks = [
            (task, ", ".join(str(value.name) for key in use.tags.served_by(number) if (value := use.tags.value(key))))
            for number, task in enumerate(body.tasks if body and use.tags.serves else (), start=1)
        ]  # fmt: skip
        shown.append({"use": use, "body": body, "tasks": tasks})
    return render(request, "mandates/served.html", {"shown": shown, "crumbs": crumbs(request)})


def tag_case(request: Any, key: UUID) -> HttpResponse:
    """Say what a case serves."""
    case = casework.case_by_id(key)
    if case is None or not may(request.actor, Act.CASE_READ, casework.case_facts(case)):
        raise NotFound
    serving.may_tag(request.actor, case, request.today).require()
    sets = [one for one in serving.sets_on(request.today) if one.concerns(case.subject_kind)]
    stored = serving.stored_tags(case)
    initial = {f"tags_{one.key}": [tag for tag in stored if tag.startswith(f"{one.key}:")] for one in sets}
    form = TagForm(request.POST if request.method == "POST" else None, sets=sets, initial=initial)
    if request.method == "POST" and form.is_valid():
        perform(request, actions.tag_case, case_id=key, tags=form.tags())
        messages.success(request, _("Det saken tjener, er lagret."))
        return redirect_client(request, url(request, "case-detail", key))
    way = [
        Crumb(_("Saker"), reverse("case-list", args=[request.tenant.slug])),
        Crumb(case.title, url(request, "case-detail", key)),
    ]
    by_goal = [
        str(one.value.name) for found in serving.tags_of(case, request.today) for one in found.carried if one.by_goal
    ]
    context = {"case": case, "form": form, "by_goal": by_goal, "sets": sets, "crumbs": way}
    return render(request, "mandates/tag.html", context, status=422 if form.errors else 200)


def competence(request: Any, body: str) -> HttpResponse:
    """What the body needs to know between its members, and who knows what; a form for each member."""
    found = request.model and request.model.body(body)
    needs = serving.competence_of(body, request.today)
    if found is None or not needs.needed:
        raise NotFound
    may_note = serving.may_note_competence(request.actor, body, request.today)
    if request.method == "POST":
        return _noted(request, body, needs)
    forms = [
        CompetenceForm(
            needed=needs.needed, who=one.person.name, auto_id=f"id_{one.person.pk}_%s",
            initial={"competences": list(one.held)},
        )
        for one in needs.members
    ]  # fmt: skip
    context = {
        "body": found,
        "needs": needs,
        "rows": [(one, [person.name for person in needs.holders(one.key)]) for one in needs.needed],
        "forms": list(zip(needs.members, forms, strict=True)) if may_note else [],
        "crumbs": crumbs(request),
    }
    return render(request, "mandates/competence.html", context)


def _noted(request: Any, body: str, needs: serving.BodyCompetence) -> HttpResponse:
    form = CompetenceForm(request.POST, needed=needs.needed, who="")
    member = next((one for one in needs.members if str(one.person.pk) == request.POST.get("person")), None)
    chosen = form.cleaned_data["competences"] if form.is_valid() else request.POST.getlist("competences")
    person = member.person.pk if member else UUID(int=0)
    perform(request, actions.note_competence, body=body, person_id=person, competences=chosen)
    messages.success(request, _("Kompetansen er lagret."))
    return redirect_client(request, url(request, "competence", body))
