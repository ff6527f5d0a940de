"""Addresses of sources."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from . import views

BOTH = ("GET", "POST")

urlpatterns = [
    page("kilder/", views.source_list, "source-list", act=Act.MODEL_READ),
    page("kilder/liste.xlsx", views.export, "source-export", act=Act.MODEL_READ),
    page("kilder/ny/", views.add, "source-add", methods=BOTH, act=Act.MODEL_READ),
    page("kilder/<uuid:key>/", views.detail, "source-detail", act=Act.MODEL_READ, kind="source"),
    page("kilder/<uuid:key>/rediger/", views.edit, "source-edit", methods=BOTH, act=Act.MODEL_READ, kind="source"),
    page(
        "kilder/<uuid:key>/behov/",
        views.raise_need,
        "source-need",
        methods=("POST",),
        act=Act.MODEL_READ,
        kind="source",
    ),
]
