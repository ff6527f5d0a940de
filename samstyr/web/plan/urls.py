"""Addresses of the plan."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from . import drafting, views

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
]
