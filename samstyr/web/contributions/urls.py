"""Addresses of what members bring."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from . import views

BOTH = ("GET", "POST")

urlpatterns = [
    page("bidrag/", views.contributions, "contribution-list", act=Act.MODEL_READ),
    page("bidrag/liste.xlsx", views.export, "contribution-export", act=Act.MODEL_READ),
    page("bidrag/dekning/", views.covered, "contribution-coverage", act=Act.MODEL_READ),
    page("bidrag/nytt/", views.add, "contribution-add", methods=BOTH, act=Act.MODEL_READ),
    page(
        "bidrag/<uuid:key>/", views.edit, "contribution-edit", methods=BOTH, act=Act.MODEL_READ, kind="contribution"
    ),
    page(
        "bidrag/<uuid:key>/fjern/", views.remove, "contribution-remove", methods=("POST",), act=Act.MODEL_READ,
        kind="contribution",
    ),
]  # fmt: skip
