"""Addresses of the plan."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from . import drafting, publishing, views

BOTH = ("GET", "POST")

urlpatterns = [
    page("plan/", views.plan_list, "plan-list", methods=BOTH, act=Act.PLAN_READ),
    page("plan/<uuid:key>/", views.version_detail, "plan-version-detail", act=Act.PLAN_READ, kind="plan_version"),
    page("plan/<uuid:key>/fil.<str:ending>", views.export, "plan-export", act=Act.PLAN_READ, kind="plan_version"),
    page("plan/<uuid:key>/mot/<uuid:other>/", views.compare, "plan-compare", act=Act.PLAN_READ, kind="plan_version"),
    page(
        "plan/<uuid:key>/tiltak/<uuid:line>/",
        views.measure,
        "plan-measure",
        methods=BOTH,
        act=Act.PLAN_READ,
        kind="plan_line",
    ),
    page(
        "plan/<uuid:key>/nytt-tiltak/",
        drafting.line_add,
        "plan-line-add",
        methods=BOTH,
        act=Act.PLAN_EDIT,
        kind="plan_version",
    ),
    page(
        "plan/<uuid:key>/tiltak/<uuid:line>/rediger/",
        drafting.line_edit,
        "plan-line-edit",
        methods=BOTH,
        act=Act.PLAN_EDIT,
        kind="plan_line",
    ),
    page(
        "plan/<uuid:key>/tiltak/<uuid:line>/ta-ut/",
        drafting.line_remove,
        "plan-line-remove",
        methods=("POST",),
        act=Act.PLAN_EDIT,
        kind="plan_line",
    ),
    page(
        "plan/<uuid:key>/rekkefolge/",
        drafting.rank,
        "plan-rank",
        methods=("POST",),
        act=Act.PLAN_EDIT,
        kind="plan_version",
    ),
    page(
        "plan/<uuid:key>/foresla/",
        drafting.propose,
        "plan-propose",
        methods=BOTH,
        act=Act.PLAN_EDIT,
        kind="plan_version",
    ),
    page("plan/mal/", publishing.template, "plan-template", methods=BOTH),
    page("plan/mal/fil.docx", publishing.template_file, "plan-template-file"),
    page("plan/mal/bort/", publishing.template_drop, "plan-template-drop", methods=("POST",)),
    page(
        "plan/<uuid:key>/publisering/",
        publishing.publication,
        "plan-publication",
        methods=BOTH,
        act=Act.PLAN_EDIT,
        kind="plan_version",
    ),
    page(
        "plan/<uuid:key>/publisering/trekk/",
        publishing.withdraw,
        "plan-withdraw",
        methods=("POST",),
        act=Act.PLAN_EDIT,
        kind="plan_version",
    ),
]
