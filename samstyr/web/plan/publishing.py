"""Publishing an adopted version for everybody, and the Word template that the plan is filled into."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samstyr.foundation.access import Act, may
from samstyr.foundation.organisations.queries import lists as people
from samstyr.outward.exports import actions as exports
from samstyr.outward.exports import templates, word
from samstyr.outward.exports.plan import content_of
from samstyr.outward.exports.public import names_in, public_content
from samstyr.outward.publishing import actions, queries
from samstyr.web.posting import perform, perform_form
from samstyr.web.posting import version_of as version_posted
from samstyr.web.shell import address
from samstyr.wheel.portfolio import queries as plans

from .files import attachment
from .views import crumbs_of, version_of


class TemplateForm(forms.Form):
    """The municipality's own Word template."""

    file = forms.FileField(
        label=gettext_lazy("Wordmal"),
        help_text=gettext_lazy("En docx-fil på høyst 5 MB, uten makroer. Den prøves før den tas i bruk."),
        error_messages={"required": gettext_lazy("Velg en fil."), "empty": gettext_lazy("Filen er tom.")},
    )


def publication(request: HttpRequest, key: UUID) -> HttpResponse:
    """What would be published of an adopted version, and the publishing itself."""
    version = version_of(request, key)
    may(request.actor, Act.PLAN_EDIT, plans.plan_facts()).require()  # type: ignore[attr-defined]
    tenant = request.tenant  # type: ignore[attr-defined]
    if request.method == "POST":
        perform(request, actions.publish, version_id=key, language=tenant.language)
        messages.success(request, _("Versjonen er publisert. Alle med adressen kan lese den."))
        return redirect("plan-publication", tenant=tenant.slug, key=key)
    row = queries.publication_of(key)
    content = content_of(version, request.today, arrangement=tenant.name)  # type: ignore[attr-defined]
    known = people.titles()
    bare = public_content(content, known)
    context: dict[str, Any] = {
        "version": version,
        "ready": version.state in actions.READY,
        "row": row,
        "published": row is not None and row.withdrawn_on is None,
        "public_url": request.build_absolute_uri(address("public-plan", tenant.slug, row.slug)) if row else "",
        "removed": names_in(content, known),
        "content": bare,
        "crumbs": crumbs_of(request, version),
    }
    return render(request, "plan/publication.html", context)


def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take the published version off the net."""
    version_of(request, key)
    perform(request, actions.withdraw, version_id=key, version=version_posted(request))
    messages.success(request, _("Versjonen er trukket tilbake. Adressen svarer ikke lenger."))
    return redirect("plan-publication", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]


def template(request: HttpRequest) -> HttpResponse:
    """The Word template in use: download, replace after a trial, go back; with every code it may use."""
    templates.may_change(request.actor).require()  # type: ignore[attr-defined]
    form = TemplateForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        taken = (
            perform_form(request, form, exports.take_template, content=file.read(), file_name=file.name)
            if file.size <= templates.MOST_BYTES
            else form.add_error("file", _("Malen er større enn 5 MB."))
        )
        if taken is not None:
            messages.success(request, _("Malen er prøvd og tatt i bruk."))
            return redirect("plan-template", tenant=request.tenant.slug)  # type: ignore[attr-defined]
    stored = templates.stored_templates()
    context = {
        "form": form,
        "stored": stored[-1] if stored else None,
        "codes": word.listed_codes(),
        "crumbs": crumbs_of(request),
    }
    return render(request, "plan/template.html", context, status=422 if form.errors else 200)


def template_file(request: HttpRequest) -> HttpResponse:
    """The Word template in use, to change and put in again."""
    templates.may_change(request.actor).require()  # type: ignore[attr-defined]
    return attachment(templates.template_in_use() or word.DEFAULT.read_bytes(), "docx", "planmal.docx")


def template_drop(request: HttpRequest) -> HttpResponse:
    """Go back to the template that comes along."""
    perform(request, exports.drop_template)
    messages.success(request, _("Malen som følger med, er tatt i bruk igjen."))
    return redirect("plan-template", tenant=request.tenant.slug)  # type: ignore[attr-defined]
