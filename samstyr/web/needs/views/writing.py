"""Writing a need: the form, saving it, saving by itself, and what is alike."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.kernel.errors import Conflict, Invalid, Problem, Refused
from samstyr.foundation.ui import htmx
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.web.needs.forms import AttachmentForm, CoAuthorForm, NeedForm
from samstyr.web.needs.labels import changes
from samstyr.web.posting import perform, version_of
from samstyr.wheel.needs import actions, queries
from samstyr.wheel.needs.queries import files

from .parts import crumbs, form_for, key_of, url


def create(request: Any) -> HttpResponse:
    """An empty form; sending it makes a draft."""
    if not queries.units_to_choose(request.actor):
        may(
            request.actor, Act.NEED_CREATE, Facts("need", request.tenant.pk, owners=frozenset({queries.NOBODY}))
        ).require()
    form = form_for(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        need = _created(request, form)
        if need is not None:
            return _on(request, need)
    return _page(request, form, None)


def _created(request: Any, form: NeedForm) -> Any:
    values, submitter = form.values(), key_of(form.cleaned_data.get("submitter") or "")
    own = queries.is_own_place(request.actor, values.unit)
    try:
        if values.unit and (submitter or not own):
            return perform(request, actions.register_on_behalf, values=values, submitter=submitter)
        return perform(request, actions.create_draft, values=values)
    except Invalid as invalid:
        add_faults(form, invalid)
        return None


def edit(request: Any, key: UUID) -> HttpResponse:
    """The form with the need in it."""
    need = queries.get_need(request.actor, key)
    may(request.actor, Act.NEED_EDIT, need.facts()).require()
    if need.state not in ("draft", "returned"):
        return redirect_client(request, url(request, "need-detail", key))
    if request.method != "POST":
        return _page(request, form_for(request, need), need)
    form = form_for(request, need, request.POST)
    if form.is_valid():
        try:
            saved = perform(
                request, actions.save_draft, need_id=key, version=version_of(request) or 0, values=form.values()
            )
        except Invalid as invalid:
            add_faults(form, invalid)
        except Conflict as conflict:
            return _conflict(request, form, key, conflict)
        else:
            return _on(request, saved)
    return _page(request, form, need)


def _conflict(request: Any, form: NeedForm, key: UUID, conflict: Conflict) -> HttpResponse:
    """Both texts side by side, with what was typed still in the form and ready to be saved over."""
    need = queries.get_need(request.actor, key)
    if need.state not in ("draft", "returned"):
        raise conflict
    units = dict(form.fields["unit"].choices)  # type: ignore[attr-defined]
    organisations = {str(one.pk): str(one) for one in queries.organisations_to_choose()}
    differing = changes(
        form.values(),
        queries.values_of(need),
        form.spec,
        units={**units, str(need.unit_id): str(need.unit)},
        organisations=organisations,
    )
    return _page(request, form, need, status=409, conflict=conflict, differing=differing)


def _on(request: Any, need: Any) -> HttpResponse:
    if request.POST.get("_next") == "review":
        return redirect_client(request, url(request, "need-submit", need.pk))
    messages.success(request, _("Utkastet er lagret. Bare du og medforfatterne ser det."))
    return redirect_client(request, url(request, "need-edit", need.pk))


def _page(request: Any, form: NeedForm, need: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    if form.is_bound and form.errors and status == 200:
        status = 422
    typed = (form["title"].value() or "", form["need"].value() or "")
    context = {
        "form": form.mark_mandatory(),
        "need": need,
        "crumbs": crumbs(request, need),
        "alike": queries.similar_to(request.actor, *typed, exclude=need.pk if need else None),
        **more,
    }
    if need is not None:
        people = [(str(person.pk), person.name) for person in queries.people_to_ask(need)]
        context |= {
            "attachments": files.attachments_of(request.actor, need),
            "attachment_form": AttachmentForm(auto_id="id_attachment_%s"),
            "co_author_form": CoAuthorForm(people=people, auto_id="id_co_author_%s"),
            "may_delete": need.state == "draft"
            and bool(request.actor.people & {need.submitter_id, need.registered_by_id}),
        }
    return render_page(request, "needs/form.html", context, status=status)


def autosave(request: Any, key: UUID) -> HttpResponse:
    """Save what is in the form now, and say so in one line; the form's version is renewed with it."""
    need = queries.get_need(request.actor, key)
    form = form_for(request, need, request.POST)
    problem: Problem | str = ""
    if form.is_valid():
        try:
            # Without the form's key: that one belongs to the button.
            need = actions.save_draft(
                actor=request.actor,
                now=request.now,
                need_id=key,
                version=version_of(request) or 0,
                values=form.values(),
            )
        except Invalid as invalid:
            problem = str(invalid.errors[0])
        except (Conflict, Refused) as refused:
            problem = refused
    else:
        problem = str(next(iter(form.errors.values()))[0])
    if not htmx.is_fragment(request) and not problem:
        return redirect_client(request, url(request, "need-edit", key))
    return render_page(request, "needs/saved.html", {"need": need, "problem": problem, "now": request.now})


def similar(request: HttpRequest) -> HttpResponse:
    """The needs like what is being written, as a part of the form's page or on a page of its own."""
    given = request.POST if request.method == "POST" else request.GET
    alike = queries.similar_to(
        request.actor,  # type: ignore[attr-defined]
        given.get("title", "")[:200],
        given.get("need", "")[:4000],
        exclude=key_of(given.get("exclude", "")),
    )
    return htmx.render(request, "needs/similar.html", "alike", {"alike": alike, "crumbs": crumbs(request)})


def add_faults(form: Form, invalid: Invalid) -> None:
    """Put an action's faults at their fields."""
    for error in invalid.errors:
        form.add_error(error.field if error.field in form.fields else None, str(error))
