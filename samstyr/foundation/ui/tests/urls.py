"""Addresses for the component tests: the gallery and one page of each sort."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from samstyr.foundation.kernel.errors import Conflict, NotFound, Refused
from samstyr.foundation.ui import gallery
from samstyr.foundation.ui.htmx import render
from samstyr.foundation.ui.pieces import ChangedText


def show_gallery(request: HttpRequest) -> HttpResponse:
    """Every component."""
    return render(request, "ui/gallery.html", None, gallery.gallery_context(request.GET))


def show_sample(request: HttpRequest, name: str) -> HttpResponse:
    """A list, a detail or a form page as a room would write it."""
    return render(request, f"sample/{name}.html", "rows", gallery.gallery_context(request.GET))


PROBLEMS = {
    "403": Refused("Dette steget hører til en annen rolle.", remedy="Dette kan gjøres av: kommunalsjef.", rule="access.holder"),
    "404": NotFound(),
    "409": Conflict(
        "Behovet er endret av en annen etter at du åpnet det.",
        changed=[ChangedText("Beskrivelse", "Min tekst", "Teksten som står nå")],
    ),
}  # fmt: skip


def show_problem(request: HttpRequest, code: str) -> HttpResponse:
    """A refusal, inside the frame or, with ?bare, outside it."""
    frame = {} if "bare" in request.GET else gallery.gallery_context()
    return render(
        request,
        f"ui/{code}.html",
        None,
        {**frame, "problem": PROBLEMS.get(code)},
        status=int(code),
    )


def show_thing(request: HttpRequest, tenant: str, need_id: str) -> HttpResponse:
    """Something for links to lead to."""
    return HttpResponse(f"{tenant} {need_id} {timezone.now():%Y}")


urlpatterns = [
    path("komponenter/", show_gallery, name="gallery"),
    path("sample/<str:name>/", show_sample, name="sample"),
    path("problem/<str:code>/", show_problem, name="problem"),
    path("o/<slug:tenant>/behov/<uuid:need_id>/", show_thing, name="need-detail"),
]
