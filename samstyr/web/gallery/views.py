"""The component gallery, shown in demonstration and development only."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.gallery import gallery_context
from samstyr.foundation.ui.htmx import render


def show(request: HttpRequest) -> HttpResponse:
    """All components with invented content."""
    if not (settings.DEBUG or getattr(settings, "SAMSTYR_DEMO", False)):
        raise NotFound
    return render(request, "ui/gallery.html", None, gallery_context(request.GET))
