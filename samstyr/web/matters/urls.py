"""Addresses of matters."""

from samstyr.web.routing import page

from . import views

BOTH = ("GET", "POST")
POST = ("POST",)

urlpatterns = [
    page("saker/ny/", views.create, "matter-create", methods=BOTH),
    page("saker/emne/<uuid:key>/", views.detail, "matter-detail", kind="matter"),
    page("saker/emne/<uuid:key>/rediger/", views.edit, "matter-edit", methods=BOTH, kind="matter"),
    page("saker/emne/<uuid:key>/trekk/", views.withdraw, "matter-withdraw", methods=BOTH, kind="matter"),
    page("saker/emne/<uuid:key>/slett/", views.delete, "matter-delete", methods=POST, kind="matter"),
    page("saker/emne/<uuid:key>/vedlegg/", views.add_attachment, "matter-attachment-add", methods=POST, kind="matter"),
    page("saker/emne/<uuid:key>/kilder/", views.cite, "matter-cite", methods=BOTH, kind="matter"),
    page(
        "saker/emne/<uuid:key>/kilder/<uuid:citation>/fjern/",
        views.uncite,
        "matter-uncite",
        methods=POST,
        kind="matter",
    ),
    page(
        "saker/emne/<uuid:key>/vedlegg/<uuid:document>/fjern/",
        views.remove_attachment,
        "matter-attachment-remove",
        methods=POST,
        kind="matter",
    ),
]
