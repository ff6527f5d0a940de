"""Raising a case that is neither a need nor a plan: writing, sending in, reading, and taking back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound
from samstyr.foundation.kernel.text import say
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.matters import actions, queries
from samstyr.procedure.sources import actions as source_actions
from samstyr.procedure.sources import queries as sources
from samstyr.procedure.sources.rules import KIND_WORDS, lacking
from samstyr.web.casework.forms import CiteForm
from samstyr.web.needs.forms import AttachmentForm
from samstyr.web.posting import perform, perform_form, version_of

from .forms import MatterForm, WithdrawForm, initial_of

EDITABLE = ("draft", "returned")


def create(request: Any) -> HttpResponse:
    """An empty form; sending it makes a draft, or a case at once."""
    may(request.actor, Act.CASE_CREATE, queries.create_facts(request.actor)).require()
    paths = queries.paths_to_choose(request.today)
    if not paths:
        raise Conflict(
            _("Styringsmodellen har ingen beslutningsvei for andre saker enn behov og plan."),
            remedy=_("Be administratoren om å legge til en."),
        )
    form = _form(request, None)
    if request.method == "POST" and form.is_valid():
        matter = perform_form(request, form, actions.create_draft, values=form.values())
        if matter is not None:
            _cite_from(request, matter)
            return _saved(request, matter)
    return _page(request, form, None)


def edit(request: Any, key: UUID) -> HttpResponse:
    """The form with the matter in it: a draft, or one that has come back."""
    matter = queries.get_matter(request.actor, key)
    may(request.actor, Act.CASE_WRITE, matter.facts()).require()
    if matter.state not in EDITABLE:
        return redirect_client(request, _url(request, "matter-detail", key))
    form = _form(request, matter)
    if request.method == "POST" and form.is_valid():
        saved = perform_form(
            request, form, actions.save_draft, matter_id=key, version=version_of(request), values=form.values()
        )
        if saved is not None:
            return _saved(request, saved)
    return _page(request, form, matter)


def _form(request: Any, matter: Any) -> MatterForm:
    return MatterForm(
        request.POST if request.method == "POST" else None,
        initial=initial_of(matter) if matter else {"path": request.GET.get("vei", "")},
        paths=[one for one in queries.paths_to_choose(request.today) if not _fixed(matter) or one.key == matter.path],
        goals=queries.goals_to_choose(request.today),
        organisations=organisations.organisations(),
        questions=_questions(request, matter),
    )


def _questions(request: Any, matter: Any) -> Any:
    """The questions of the path that is chosen: the matter's, else the one in the form or the address, else the only one."""
    paths = queries.paths_to_choose(request.today)
    key = matter.path if matter else request.POST.get("path") or request.GET.get("vei", "")
    only = paths[0] if len(paths) == 1 else None
    path = next((one for one in paths if one.key == key), only)
    return path.questions if path else ()


def _fixed(matter: Any) -> bool:
    return matter is not None and matter.state == "returned"


def _saved(request: Any, matter: Any) -> HttpResponse:
    """After saving: on to the case when it was sent in, else back to the form, with what stops it."""
    if request.POST.get("_next") != "send":
        messages.success(request, _("Utkastet er lagret. Bare du ser det."))
        return redirect_client(request, _url(request, "matter-edit", matter.pk))
    try:
        actions.send(actor=request.actor, now=request.now, matter_id=matter.pk, version=matter.version)
    except Invalid as invalid:
        form = _form(request, matter)
        form.is_valid()
        for error in invalid.errors:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        return _page(request, form, queries.get_matter(request.actor, matter.pk))
    messages.success(request, _("Saken er sendt inn."))
    case = queries.case_of(matter)
    return redirect_client(
        request, _url(request, "case-detail", case.pk) if case else _url(request, "matter-detail", matter.pk)
    )


def _page(request: Any, form: MatterForm, matter: Any) -> HttpResponse:
    # A draft demands neither; sending in does, and the labels say so.
    form.fields["background"].required = form.fields["question"].required = True
    context: dict[str, Any] = {"form": form, "matter": matter, "crumbs": _crumbs(request)}
    if matter is not None:
        context["attachments"] = queries.attachments_of(request.actor, matter)
        context["attachment_form"] = AttachmentForm(auto_id="id_attachment_%s")
        context["cited"] = [(row, True) for row in sources.cited_by(("matter", matter.pk))]
        context["lacking"] = _lacking(request, matter)
        context["action"] = _url(request, "matter-edit", matter.pk)
    return render(request, "matters/form.html", context, status=422 if form.errors else 200)


def detail(request: Any, key: UUID) -> HttpResponse:
    """What the case is about."""
    matter = queries.get_matter(request.actor, key)
    goals = dict(queries.goals_to_choose(request.today))
    context = {
        "matter": matter,
        "case": queries.case_of(matter),
        "goals": [goals.get(one, one) for one in matter.goals],
        "organisations": [row.organisation for row in matter.participants.all()],
        "answers": queries.answers_of(matter, request.today),
        "cited": sources.cited_by(("matter", matter.pk)),
        "attachments": queries.attachments_of(request.actor, matter),
        "may_write": may(request.actor, Act.CASE_WRITE, matter.facts()),
        "crumbs": _crumbs(request),
    }
    return render(request, "matters/detail.html", context)


def withdraw(request: Any, key: UUID) -> HttpResponse:
    """Take the case back, with the reason."""
    matter = queries.get_matter(request.actor, key)
    may(request.actor, Act.CASE_WRITE, matter.facts()).require()
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = perform_form(
            request, form, actions.withdraw, matter_id=key, version=version_of(request),
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("Saken er trukket."))
            return redirect_client(request, _url(request, "matter-detail", key))
    context = {"matter": matter, "form": form, "crumbs": _crumbs(request)}
    return render(request, "matters/withdraw.html", context, status=422 if form.errors else 200)


def delete(request: Any, key: UUID) -> HttpResponse:
    """Throw a draft away."""
    perform(request, actions.delete_draft, matter_id=key)
    messages.success(request, _("Utkastet er slettet."))
    return redirect_client(request, _url(request, "case-list"))


def add_attachment(request: Any, key: UUID) -> HttpResponse:
    """Store a file with the matter."""
    form = AttachmentForm(request.POST, request.FILES)
    if not form.is_valid():
        name, faults = next(iter(form.errors.items()))
        messages.error(request, f"{form[name].label}: {faults[0]}")
        return redirect_client(request, _url(request, "matter-edit", key))
    file = form.cleaned_data["file"]
    given = {
        "content": file.read(),
        "file_name": file.name,
        "title": form.cleaned_data["title"] or file.name,
    }
    return _filed(request, key, actions.add_attachment, _("Vedlegget er lagret."), **given)


def remove_attachment(request: Any, key: UUID, document: UUID) -> HttpResponse:
    """Take a file away."""
    return _filed(request, key, actions.remove_attachment, _("Vedlegget er fjernet."), document_id=document)


def _filed(request: Any, key: UUID, action: Any, said: str, **arguments: Any) -> HttpResponse:
    try:
        perform(request, action, matter_id=key, **arguments)
    except Invalid as invalid:
        for error in invalid.errors:
            messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect_client(request, _url(request, "matter-edit", key))


def cite(request: Any, key: UUID) -> HttpResponse:
    """Point to a source from a draft."""
    matter = queries.get_matter(request.actor, key)
    may(request.actor, Act.CASE_WRITE, matter.facts()).require()
    cited = [row.source_id for row in sources.cited_by(("matter", key))]
    form = CiteForm(request.POST or None, sources=sources.to_choose(without=cited))
    back = _url(request, "matter-edit", key)
    if request.method == "POST" and form.is_valid():
        done = perform_form(
            request, form, source_actions.cite, source_id=UUID(form.cleaned_data["source"]), owner_kind="matter",
            owner_id=key, owner_facts=matter.facts(), act=Act.CASE_WRITE, note=form.cleaned_data["note"],
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("Saken viser nå til kilden."))
            return redirect_client(request, back)
    context = {"case": matter, "form": form, "back": back, "crumbs": _crumbs(request)}
    return render(request, "sources/cite.html", context, status=422 if form.errors else 200)


def uncite(request: Any, key: UUID, citation: UUID) -> HttpResponse:
    """Let a draft no longer point to the source."""
    matter = queries.get_matter(request.actor, key)
    row = sources.citation_by_id(citation)
    if row is None or (row.owner_kind, row.owner_id) != ("matter", key):
        raise NotFound
    perform(request, source_actions.uncite, citation_id=citation, owner_facts=matter.facts(), act=Act.CASE_WRITE)
    messages.success(request, _("Saken viser ikke lenger til kilden."))
    return redirect_client(request, _url(request, "matter-edit", key))


def _cite_from(request: Any, matter: Any) -> None:
    """A matter that was begun from a source's page points to it."""
    try:
        source = sources.by_id(UUID(request.GET.get("kilde", "")))
    except ValueError:
        return
    if source is not None:
        source_actions.cite(
            actor=request.actor, now=request.now, source_id=source.pk, owner_kind="matter", owner_id=matter.pk,
            owner_facts=matter.facts(), act=Act.CASE_WRITE,
        )  # fmt: skip


def _lacking(request: Any, matter: Any) -> list[str]:
    """The kinds of source that the path wants it to point to, and that it does not yet."""
    path = next((one for one in queries.paths_to_choose(request.today) if one.key == matter.path), None)
    missing = lacking(path.cites, sources.kinds_cited("matter", matter.pk)) if path else []
    return [str(say(KIND_WORDS[kind])) for kind in missing]


def _url(request: Any, name: str, *keys: object) -> str:
    return reverse(name, args=[request.tenant.slug, *keys])


def _crumbs(request: Any) -> list[Crumb]:
    return [Crumb(_("Saker"), _url(request, "case-list"))]
