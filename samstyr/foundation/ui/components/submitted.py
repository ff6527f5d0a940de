"""What a person wrote, shown back when it could not be saved, so that nothing is lost."""

from __future__ import annotations

from django.template import Context
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString

from samstyr.foundation.ui.library import component, register

HIDDEN = ("password", "csrfmiddlewaretoken", "_key", "_version", "token")
WORTH_KEEPING = 3


@register.simple_tag(takes_context=True)
def submitted_texts(context: Context) -> SafeString:
    """The texts of the form that was sent, for copying; passwords and hidden fields are left out."""
    request = context.get("request")
    if request is None or request.method != "POST":
        return SafeString("")
    texts = [
        (name, text)
        for name in request.POST
        if not any(hidden in name.lower() for hidden in HIDDEN)
        for text in request.POST.getlist(name)
        if len(text.strip()) > WORTH_KEEPING
    ]
    return component("submitted", {"texts": texts}) if texts else SafeString("")


@register.simple_tag(takes_context=True)
def back_address(context: Context) -> str:
    """The page that the refused form stood on, when it is one of ours; else the page asked for."""
    request = context.get("request")
    if request is None:
        return "/"
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return str(came_from)
    return str(request.path) if request.method == "GET" else "/"
