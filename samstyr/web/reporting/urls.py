"""Addresses of reports. Who may read and write lies with the report: views ask."""

from samstyr.foundation.access import Act
from samstyr.web.routing import outer_page, page

from . import following, public, reading, views, writing

BOTH, POST = ("GET", "POST"), ("POST",)
ONE = "rapporter/<uuid:key>/"

urlpatterns = [
    page("rapporter/", views.report_list, "report-list"),
    page("rapporter/arkiv/", views.archive, "report-archive"),
    page("rapporter/arkiv/liste.xlsx", views.archive_export, "report-archive-export"),
    page("rapporter/begynn/", writing.begin, "report-open", methods=POST),
    page(ONE, reading.detail, "report-detail", kind="report"),
    page(f"{ONE}fil.<str:ending>", reading.export, "report-export", kind="report"),
    page(f"{ONE}sammenlign/", reading.compare, "report-compare", kind="report"),
    page(f"{ONE}skriv/", writing.edit, "report-edit", kind="report_draft"),
    page(f"{ONE}hent/", writing.redraft, "report-redraft", methods=POST, kind="report_draft"),
    page(f"{ONE}send/", writing.send, "report-send", methods=BOTH, kind="report_draft"),
    page("rapporter/deler/<uuid:key>/", writing.part, "report-part", methods=BOTH, kind="report_part"),
    page("rapporter/deler/<uuid:key>/autolagre/", writing.autosave, "report-autosave", methods=POST, kind="report_part"),
    page(f"{ONE}kvitter/", following.receive, "report-receive", methods=POST, kind="report"),
    page(f"{ONE}tillegg/", following.correct, "report-correct", methods=BOTH, kind="report"),
    page(f"{ONE}publiser/", following.publish, "report-publish", methods=POST, kind="report"),
    page(f"{ONE}trekk/", following.withdraw, "report-withdraw", methods=POST, kind="report"),
    page("oversikt/", views.overview, "overview", act=Act.MODEL_READ),
    page("oversikt/fil.xlsx", views.overview_export, "overview-export", act=Act.MODEL_READ),
    outer_page("offentlig/<slug:slug>/rapporter/", public.reports, "public-reports", public=True),
    outer_page("offentlig/<slug:slug>/rapporter/<uuid:key>/", public.report, "public-report", public=True),
]  # fmt: skip
