"""Addresses of the plan."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from . import checking, drafting, grants, money, publishing, views

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
    page(
        "plan/<uuid:key>/penger/",
        money.money,
        "plan-money",
        methods=BOTH,
        act=Act.PLAN_READ,
        kind="plan_version",
    ),
    page(
        "plan/<uuid:key>/penger/fil.xlsx",
        money.money_export,
        "plan-money-export",
        act=Act.PLAN_READ,
        kind="plan_version",
    ),
    page("plan/<uuid:key>/ubrukt/", money.carry, "plan-carry", methods=BOTH, act=Act.PLAN_READ, kind="plan_version"),
    page(
        "plan/<uuid:key>/bevilgninger/",
        money.appropriations,
        "plan-appropriations",
        methods=BOTH,
        act=Act.PLAN_READ,
        kind="plan_version",
    ),
    page(
        "plan/<uuid:key>/budsjettvedtak/",
        money.adopted_budget,
        "plan-adopted-budget",
        methods=BOTH,
        act=Act.BUDGET_MANAGE,
        kind="plan_version",
    ),
    page(
        "plan/<uuid:key>/tilskudd/", grants.grants, "plan-grants", methods=BOTH, act=Act.PLAN_READ, kind="plan_version"
    ),
    page(
        "plan/<uuid:key>/tilskudd/<uuid:grant>/",
        grants.grant,
        "plan-grant",
        methods=BOTH,
        act=Act.PLAN_READ,
        kind="plan_grant",
    ),
    page(
        "plan/<uuid:key>/utpekt/",
        grants.nominations,
        "plan-nominations",
        methods=BOTH,
        act=Act.PLAN_READ,
        kind="plan_version",
    ),
    page(
        "plan/<uuid:key>/kontroll/", checking.check, "plan-check", methods=BOTH, act=Act.PLAN_READ, kind="plan_version"
    ),
    page(
        "plan/<uuid:key>/tiltak/<uuid:line>/utsett/",
        checking.defer,
        "plan-line-defer",
        methods=BOTH,
        act=Act.PLAN_EDIT,
        kind="plan_line",
    ),
    page(
        "plan/<uuid:key>/tiltak/<uuid:line>/deltakelse/",
        checking.participation,
        "plan-participation",
        methods=BOTH,
        act=Act.PLAN_READ,
        kind="plan_line",
    ),
]
