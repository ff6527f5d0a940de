"""The governing model as a document, and the Word template it is filled into."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samstyr.foundation.documents.rules import TYPES
from samstyr.foundation.kernel.errors import NotFound
from samstyr.outward.exports.governing import pdf, templates, word
from samstyr.outward.exports.templating import MOST_BYTES
from samstyr.outward.exports.word import listed_codes
from samstyr.web.posting import perform, perform_form

from ..forms import DocumentTemplateForm
from .parts import crumbs, url, version_or_404
from .roles import governing_of


def document(request: Any, key: UUID, ending: str) -> HttpResponse:
    """The version as Word or tagged PDF; ``?navn=nei`` leaves names out. Raises NotFound for another ending."""
    if ending not in ("pdf", "docx"):
        raise NotFound
    content = governing_of(request, version_or_404(key), names=request.GET.get("navn") != "nei")
    language = (get_language() or "nb")[:2]
    data = pdf.pdf(content, language) if ending == "pdf" else word.filled(content, templates.template_in_use())
    return _file(data, ending, content.file_name(ending))


def _file(data: bytes, ending: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=TYPES[ending], headers=headers)


def template(request: Any) -> HttpResponse:
    """The Word template in use: download, replace after a trial, go back; with every code it may use."""
    templates.may_change(request.actor).require()
    form = DocumentTemplateForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        taken = (
            perform_form(request, form, templates.take_template, content=file.read(), file_name=file.name)
            if file.size <= MOST_BYTES
            else form.add_error("file", _("Malen er større enn 5 MB."))
        )
        if taken is not None:
            messages.success(request, _("Malen er prøvd og tatt i bruk."))
            return redirect(url(request, "model-document-template"))
    stored = templates.stored_templates()
    context = {
        "form": form,
        "stored": stored[-1] if stored else None,
        "codes": listed_codes(word.codes(word.sample()), word.PICTURES),
        "crumbs": crumbs(request),
    }
    return render(request, "governance/template.html", context, status=422 if form.errors else 200)


def template_file(request: Any) -> HttpResponse:
    """The Word template in use, to change and put in again."""
    templates.may_change(request.actor).require()
    return _file(templates.template_in_use() or word.DEFAULT.read_bytes(), "docx", "styringsmodellmal.docx")


def template_drop(request: Any) -> HttpResponse:
    """Go back to the template that comes along."""
    perform(request, templates.drop_template)
    messages.success(request, _("Malen som følger med, er tatt i bruk igjen."))
    return redirect(url(request, "model-document-template"))
