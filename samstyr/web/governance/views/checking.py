"""Check a model before it is kept: every fault with its line, or findings and pictures; then keep it as a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.governance import actions, bundles, queries
from samstyr.foundation.governance.rules import picture
from samstyr.foundation.governance.rules.lint import lint
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.web.posting import perform_form

from ..forms import CheckForm
from .parts import crumbs, drawn, rule_name, severity_of, url


def check(request: Any) -> HttpResponse:
    """Paste or upload; see all that is wrong at once; save when it can be read."""
    form = CheckForm(request.POST or None, request.FILES or None, initial={"text": _begin_with(request)})
    context: dict[str, Any] = {"form": form, "crumbs": crumbs(request), "templates": bundles.names()}
    if not form.is_bound or not form.is_valid():
        return render(request, "governance/check.html", context, status=422 if form.is_bound else 200)
    content = form.content()
    loaded = load_text(content)
    if loaded.model is None:
        context["faults"] = loaded.errors
        return render(request, "governance/check.html", _kept(form, content, context), status=422)
    if "save" in request.POST:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        row = perform_form(request, form, actions.draft_version, text=text, reason=form.cleaned_data["reason"])
        if row is not None:
            messages.success(request, _("Modellen er lagret som utkast, versjon %(number)s.") % {"number": row.number})
            return redirect_client(request, url(request, "model-findings", row.pk))
    context |= {
        "checked": loaded.model,
        "findings": [
            (item, severity_of(item.severity), rule_name(item.code)) for item in lint(loaded.model, loaded.positions)
        ],
        "paths": drawn(loaded.model),
        "wheel": picture.wheel_svg(loaded.model, request.today),
        "periods": picture.wheel_list(loaded.model, request.today),
    }
    return render(request, "governance/check.html", _kept(form, content, context))


def _kept(form: CheckForm, content: str | bytes, context: dict[str, Any]) -> dict[str, Any]:
    """A chosen file cannot be put back in its field, so its text goes to the text field."""
    if isinstance(content, bytes):
        form.data = {**form.data.dict(), "text": content.decode("utf-8", "replace")}  # type: ignore[attr-defined]
    return context


def _begin_with(request: Any) -> str:
    """The text to start from: a template or the version in force."""
    name = request.GET.get("mal", "")
    if name in bundles.names():
        return bundles.text_of(name)
    if request.GET.get("versjon") == "gjeldende":
        row = queries.version_in_force(request.today)
        return row.text if row else ""
    return ""


def template(request: Any, name: str) -> HttpResponse:
    """One of the templates that come with the product, as a file."""
    if name not in bundles.names():
        raise NotFound
    response = HttpResponse(bundles.text_of(name), content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return response
